"""What one person proposes and another answers (双人复核): the second person is never the first."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, declared_attr, relationship

from models.base import LongText, guarded, refers_to, rule
from models.staff import User

# What the answer of the second person writes.
ANSWER = (
    "approved_on", "approved_by_id", "rejected_on", "rejected_by_id", "rejection_reason",
)  # fmt: skip
# What follows when a proposal is made, and when it is answered.
DERIVED = ("proposed_on", "proposed_by_id", "approved_on", "rejected_on")
TOLD = (
    "proposed_on", "proposed_by", "approved_on", "approved_by", "rejected_on", "rejected_by",
    "rejection_reason",
)  # fmt: skip


class Proposal:
    """A row that one person proposes; another approves it, or turns it down, in person."""

    proposed_on: Mapped[date] = guarded()
    proposed_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    approved_on: Mapped[date | None] = guarded()
    approved_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    rejected_on: Mapped[date | None] = guarded()
    rejected_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    rejection_reason: Mapped[LongText] = guarded(default="")

    @declared_attr
    def proposed_by(cls) -> Mapped[User | None]:  # noqa: N805 - declared_attr receives the class
        return relationship(foreign_keys=[cls.proposed_by_id])  # type: ignore[list-item]

    @declared_attr
    def approved_by(cls) -> Mapped[User | None]:  # noqa: N805
        return relationship(foreign_keys=[cls.approved_by_id])  # type: ignore[list-item]

    @declared_attr
    def rejected_by(cls) -> Mapped[User | None]:  # noqa: N805
        return relationship(foreign_keys=[cls.rejected_by_id])  # type: ignore[list-item]

    @property
    def is_answered(self) -> bool:
        """Whether the second person has said yes or no."""
        return self.approved_by_id is not None or self.rejected_by_id is not None


def answers_are_in_order() -> tuple[CheckConstraint, ...]:
    """What the database holds of every proposal."""
    return (
        rule("(approved_on IS NULL) = (approved_by_id IS NULL)", "approval_has_day_and_person"),
        rule("rejected_on IS NULL OR rejected_by_id IS NOT NULL", "rejection_has_day_and_person"),
        rule("approved_on IS NULL OR rejected_on IS NULL", "proposal_has_one_answer"),
        rule("approved_by_id <> proposed_by_id", "approver_is_not_the_proposer"),
    )
