"""Supervision orders (督办): what a leader asks of an officer, and the answer."""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, relationship

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
from models.enums import Duty, OrderKind
from models.policy import ABOUT_THE_CASE, Audience, Deletable, Policy
from models.rules.duties import CASEWORK, LEADERS
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
    policy = Policy(
        writers=CASEWORK,
        part_of=ABOUT_THE_CASE,
        deletable=Deletable.NEVER,
        title=("kind", "addressee", "ordered_on"),
        derived=(
            "ordered_on", "ordered_by_id", "answer_due_on", "answered_on", "returned_on",
            "returned_count", "accepted_on",
        ),
        seen_by=Audience("addressee_id", overseers=LEADERS | {Duty.COMMITTEE, Duty.AUDIT}),
        signed=("ordered_on", "ordered_by_id",),
    )  # fmt: skip

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
    returned_on: Mapped[date | None] = guarded(comment="the time to answer began again")
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
