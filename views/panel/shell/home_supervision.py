"""What supervision puts before a person: orders received, and what a leader has to look after."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request
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
    root = f"{request.script_root}/admin/supervision_order/edit/?id="
    return [
        OrderCard(
            f"{root}{order.id}",
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
    root = f"{request.script_root}/admin"
    return [
        Tally(f"{root}/{address}", label, _count(model, condition))
        for address, label, model, condition in _tallies(today)
    ]


def _tallies(today: date) -> tuple[tuple[str, LazyString, Any, ColumnElement[bool]], ...]:
    rectify = is_late(Rectification.rectify_due_on, Rectification.rectified_on, today)
    contact = is_late(Rectification.contact_due_on, Rectification.contacted_on, today)
    return (
        ("supervision_order/?tab=overdue", _("Unanswered orders past due"), SupervisionOrder,
         is_overdue(today)),
        ("supervision_order/?tab=answered", _("Answers to look at"), SupervisionOrder,
         is_answered(today)),
        ("absence/", _("Absent today"), Absence, away_on(today)),
        ("reassignment/", _("Reassignments to come"), Reassignment,
         Reassignment.done_on.is_(None)),
        ("complaint/", _("Complaints without an outcome"), Complaint,
         Complaint.answered_on.is_(None)),
        ("service_rating/", _("Service ratings"), ServiceRating, ServiceRating.id > 0),
        ("rectification/", _("Rectifications past due"), Rectification, rectify | contact),
    )  # fmt: skip


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
