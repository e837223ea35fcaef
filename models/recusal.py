"""Recusal (回避): who is linked to which applicant, and since when."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from models.application import Applicant
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
from models.enums import Duty, LinkKind
from models.policy import Deletable, Policy
from models.rules.duties import CONFIRMING, LINE
from models.staff import User


class ApplicantLink(Keyed, Versioned, Base):
    """An officer's link to an applicant: while it holds, none of that one's cases is the
    officer's to work on."""

    __tablename__ = "applicant_link"
    __table_args__ = (
        UniqueConstraint("user_id", "applicant_id", "since"),
        rule("until IS NULL OR until >= since", "period_is_in_order"),
    )
    policy = Policy(
        writers=LINE | CONFIRMING | {Duty.GUIDANCE},
        part_of=None,
        deletable=Deletable.NEVER,
        title=("user", "applicant"),
        derived=("declared_by_id",),
        signed=("declared_by_id",),
    )

    user_id: Mapped[int] = owned_by("user_account", index=False)
    applicant_id: Mapped[int] = owned_by("applicant")
    relation: Mapped[LinkKind] = guarded(choice(LinkKind))
    note: Mapped[LongText] = guarded(default="")
    since: Mapped[date] = guarded()
    until: Mapped[date | None] = guarded(comment="the last day on which it holds")
    declared_by_id: Mapped[int | None] = refers_to("user_account", index=False)

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    applicant: Mapped[Applicant] = relationship()
    declared_by: Mapped[User | None] = relationship(foreign_keys=[declared_by_id])

    def __str__(self) -> str:
        return f"{self.user_id}/{self.applicant_id}"
