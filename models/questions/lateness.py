"""What is owed by a day and not done: one definition, in Python and in SQL, side by side.

Supervision orders, complaints and rectifications read it. On its due day nothing is late.
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_


def is_late(due_on: Any, done_on: Any, today: date) -> ColumnElement[bool]:
    """Not done, and its day is past: the columns that say so."""
    return and_(done_on.is_(None), due_on < today)


def late(due_on: date, done_on: date | None, today: date) -> bool:
    """The Python side of ``is_late``."""
    return done_on is None and due_on < today
