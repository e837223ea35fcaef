"""The day of receipt: what came before it was entered (Art. 29)."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, relationship

from models.application import Application
from models.base import Base, Keyed, Versioned, choice, guarded, owned_by, refers_to, rule
from models.enums import Duty, EarlierReceiptCause
from models.policy import OF_THE_CASE, Deletable, Policy, System
from models.rules.duties import CONFIRMING
from models.staff import User


class EarlierReceipt(Keyed, Versioned, Base):
    """What came by post, or while the system was down, is received on the day on which it came
    (收件日), once the head has confirmed it; until then on the day on which it was entered."""

    __tablename__ = "earlier_receipt"
    __table_args__ = (
        rule("proof <> ''", "earlier_receipt_has_its_proof"),
        rule("came_on < entered_on", "earlier_receipt_is_earlier"),
        rule("(confirmed_on IS NULL) = (confirmed_by_id IS NULL)", "approval_has_day_and_person"),
        rule(
            "confirmed_by_id IS NULL OR confirmed_by_id <> entered_by_id",
            "approver_is_not_the_requester",
        ),
    )
    policy = Policy(
        writers=CONFIRMING | {Duty.ACCEPTANCE},
        part_of=OF_THE_CASE,
        deletable=Deletable.NEVER,
        title=("application", "came_on"),
        system=System.IMPORTS,
        derived=("entered_on", "entered_by_id", "confirmed_on"),
        signed=("entered_on", "entered_by_id"),
        told=(
            "came_on", "cause", "proof", "entered_on", "entered_by", "confirmed_on",
            "confirmed_by",
        ),
    )  # fmt: skip

    application_id: Mapped[int] = owned_by("application")
    came_on: Mapped[date] = guarded(comment="the day of its arrival")
    cause: Mapped[EarlierReceiptCause] = guarded(choice(EarlierReceiptCause))
    proof: Mapped[str] = guarded(String(60), comment="postmark, or number in the paper register")
    entered_on: Mapped[date] = guarded()
    entered_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    confirmed_on: Mapped[date | None] = guarded()
    confirmed_by_id: Mapped[int | None] = refers_to("user_account", index=False)

    application: Mapped[Application] = relationship(back_populates="earlier_receipts")
    entered_by: Mapped[User | None] = relationship(foreign_keys=[entered_by_id])
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=[confirmed_by_id])

    def __str__(self) -> str:
        return f"{self.application_id} {self.came_on}"
