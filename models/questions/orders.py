"""Supervision orders (督办): where they stand, and who owes an answer."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import auto

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import Session

from models.application import Application
from models.enums import Named
from models.orders import SupervisionOrder
from models.questions.lateness import is_late, late


class OrderState(Named):
    """The tabs of the list of orders. OPEN: not closed, whatever else it is."""

    ALL = auto()
    OPEN = auto()
    OVERDUE = auto()
    ANSWERED = auto()
    CLOSED = auto()


def is_open(_today: date) -> ColumnElement[bool]:
    """Nobody has closed the order."""
    return SupervisionOrder.accepted_on.is_(None)


def is_overdue(today: date) -> ColumnElement[bool]:
    """Unanswered, and the day for the answer is past."""
    return is_late(SupervisionOrder.answer_due_on, SupervisionOrder.answered_on, today)


def is_answered(today: date) -> ColumnElement[bool]:
    """Answered and not closed: it waits for a leader."""
    return and_(is_open(today), SupervisionOrder.answered_on.is_not(None))


CONDITIONS: dict[OrderState, Callable[[date], ColumnElement[bool]]] = {
    OrderState.ALL: lambda _today: true(),
    OrderState.OPEN: is_open,
    OrderState.OVERDUE: is_overdue,
    OrderState.ANSWERED: is_answered,
    OrderState.CLOSED: lambda _today: SupervisionOrder.accepted_on.is_not(None),
}


def state_of(order: SupervisionOrder, today: date) -> OrderState:
    """Where an order stands: the Python side of the conditions above."""
    if order.accepted_on is not None:
        return OrderState.CLOSED
    if order.answered_on is not None:
        return OrderState.ANSWERED
    if late(order.answer_due_on, order.answered_on, today):
        return OrderState.OVERDUE
    return OrderState.OPEN


def orders_to_answer(session: Session, user_id: int) -> Sequence[SupervisionOrder]:
    """The unanswered orders addressed to a person, the first due one first."""
    return session.scalars(
        select(SupervisionOrder)
        .where(SupervisionOrder.addressee_id == user_id, SupervisionOrder.answered_on.is_(None))
        .order_by(SupervisionOrder.answer_due_on, SupervisionOrder.id)
    ).all()


def is_ordered(
    session: Session, case: Application, text: str, leader: int | None, day: date
) -> bool:
    """Whether a leader gave an order of these words on the case on ``day``."""
    same = select(SupervisionOrder.id).where(
        SupervisionOrder.application_id == case.id,
        SupervisionOrder.text == text,
        SupervisionOrder.ordered_by_id == leader,
        SupervisionOrder.ordered_on == day,
    )
    return session.scalar(select(same.exists())) is True
