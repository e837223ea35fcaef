"""Complaints (举报投诉): which are late."""

from datetime import date

from sqlalchemy import ColumnElement

from models.complaints import Complaint
from models.questions.lateness import is_late


def is_overdue(today: date) -> ColumnElement[bool]:
    """Not answered, and the day of its handling is past."""
    return is_late(Complaint.handle_due_on, Complaint.answered_on, today)
