"""Supervision orders (督办): what a leader asks of an officer, and how he answered."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import auto

from sqlalchemy import ColumnElement, Index, and_, select, true
from sqlalchemy.orm import Mapped, Session, relationship

from models.application import Application
from models.base import (
    Base,
    Keyed,
    LongText,
    Versioned,
    choice,
    guarded,
    owned_by,
    refers_to,
    rule,
)
from models.catalogue import LicenceItem
from models.enums import Named, OrderKind
from models.lateness import is_late, late
from models.staff import User

ANSWER_DAYS = 3


class SupervisionOrder(Keyed, Versioned, Base):
    """One order (督办) to an officer, which must be answered (Art. 10, 60; 监督有效).

    It may name a case or an item, and changes nothing of either.
    """

    __tablename__ = "supervision_order"
    __table_args__ = (
        rule("text <> ''", "order_says_what_to_do"),
        rule("answer_days BETWEEN 1 AND 15", "order_is_answered_within_fifteen_days"),
        rule("(answer <> '') = (answered_on IS NOT NULL)", "answer_has_its_day"),
        rule("(accepted_on IS NULL) = (accepted_by_id IS NULL)", "closing_has_day_and_person"),
        rule("accepted_on IS NULL OR answered_on IS NOT NULL", "closed_order_is_answered"),
        rule("returned_count >= 0", "returns_are_counted"),
        Index("ix_supervision_order_due", "answer_due_on", "id"),
    )

    application_id: Mapped[int | None] = refers_to("application")
    licence_item_id: Mapped[int | None] = refers_to("licence_item")
    addressee_id: Mapped[int] = owned_by("user_account")
    kind: Mapped[OrderKind] = guarded(choice(OrderKind), default=OrderKind.CHASE)
    text: Mapped[LongText] = guarded()
    answer_days: Mapped[int] = guarded(default=ANSWER_DAYS, comment="working days to answer")
    ordered_on: Mapped[date] = guarded()
    ordered_by_id: Mapped[int] = owned_by("user_account", index=False)
    answer_due_on: Mapped[date] = guarded()
    answer: Mapped[LongText] = guarded(default="")
    answered_on: Mapped[date | None] = guarded()
    return_reason: Mapped[LongText] = guarded(default="", comment="why it came back")
    returned_count: Mapped[int] = guarded(default=0)
    accepted_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    accepted_on: Mapped[date | None] = guarded(comment="the day on which the order was closed")

    application: Mapped[Application | None] = relationship()
    licence_item: Mapped[LicenceItem | None] = relationship()
    addressee: Mapped[User] = relationship(foreign_keys=[addressee_id])
    ordered_by: Mapped[User] = relationship(foreign_keys=[ordered_by_id])
    accepted_by: Mapped[User | None] = relationship(foreign_keys=[accepted_by_id])

    def __str__(self) -> str:
        return f"{self.kind} {self.ordered_on}"


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
