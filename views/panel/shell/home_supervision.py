"""What supervision puts before a person: orders received, and what a leader has to look after."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, func, select

from models import (
    Absence,
    Application,
    Complaint,
    Reassignment,
    Rectification,
    ServiceRating,
    SupervisionOrder,
)
from models.acting import Actor
from models.database import db
from models.enums import Duty
from models.questions.absences import away_on
from models.questions.lateness import is_late
from models.questions.orders import is_answered, is_overdue, orders_to_answer
from views.access import Verb, may, scope
from views.current import current_actor
from views.links import edit_url, list_url
from views.words.labels import member_label
from views.words.values import show


@dataclass(frozen=True, slots=True)
class OrderCard:
    """One order that waits for the reader's answer."""

    url: str
    kind: str
    text: str
    due_on: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of something there are, and where they are listed."""

    url: str
    label: LazyString
    count: int


def orders_to_show(actor: Actor) -> list[OrderCard]:
    """The orders that the reader has to answer, the first due one first."""
    if actor.user_id is None or not may(actor, "supervision_order", Verb.EDIT):
        return []
    return [
        OrderCard(
            edit_url("supervision_order", order.id),
            str(member_label(order.kind)),
            order.text,
            show(order.answer_due_on),
        )
        for order in orders_to_answer(db.session(), actor.user_id)
    ]


def oversight_of(actor: Actor, today: date) -> list[Tally]:
    """What a leader has to look after: orders, absences, reassignments, complaints, ratings."""
    if not actor.holds(frozenset({Duty.HEAD, Duty.SUPERVISION})):
        return []
    return [
        Tally(list_url(model.__tablename__, **tab), label, _count(model, condition))
        for model, tab, label, condition in _tallies(today)
    ]


def _tallies(today: date) -> Iterator[tuple[Any, dict[str, str], LazyString, ColumnElement[bool]]]:
    """What is counted: a table, the tab of its list, its words, and the condition."""
    rectify = is_late(Rectification.rectify_due_on, Rectification.rectified_on, today)
    contact = is_late(Rectification.contact_due_on, Rectification.contacted_on, today)
    late, answered = {"tab": "overdue"}, {"tab": "answered"}
    yield SupervisionOrder, late, _("Unanswered orders past due"), is_overdue(today)
    yield SupervisionOrder, answered, _("Answers to look at"), is_answered(today)
    yield Absence, {}, _("Absent today"), away_on(today)
    yield Reassignment, {}, _("Reassignments to come"), Reassignment.done_on.is_(None)
    yield Complaint, {}, _("Complaints without an outcome"), Complaint.answered_on.is_(None)
    yield ServiceRating, {}, _("Service ratings"), ServiceRating.id > 0
    yield Rectification, {}, _("Rectifications past due"), rectify | contact


def _count(model: Any, condition: ColumnElement[bool]) -> int:
    statement = select(func.count()).select_from(model).where(condition)
    return db.session.scalar(_within_scope(statement, model)) or 0


def _within_scope(statement: Any, model: Any) -> Any:
    rows = scope(current_actor(), model.__tablename__, Verb.LIST)
    return statement if rows is None else statement.where(rows)


def rows_about(case: Application, model: Any) -> list[Any]:
    """The rows that name a case, as far as the reader may see them, in their order."""
    statement = select(model).where(model.application_id == case.id).order_by(model.id)
    return list(db.session.scalars(_within_scope(statement, model)))
