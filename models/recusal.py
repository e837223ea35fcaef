"""Recusal (回避): who is linked to which applicant, and since when."""

from datetime import date

from sqlalchemy import UniqueConstraint, exists, or_, select
from sqlalchemy.orm import Mapped, Session, relationship

from models.application import Applicant, Application
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
from models.enums import LinkKind
from models.staff import User


class ApplicantLink(Keyed, Versioned, Base):
    """An officer's link to an applicant: while it holds he does nothing on that one's cases."""

    __tablename__ = "applicant_link"
    __table_args__ = (
        UniqueConstraint("user_id", "applicant_id", "since"),
        rule("until IS NULL OR until >= since", "period_is_in_order"),
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


def is_linked(session: Session, user_id: int | None, applicant_id: int | None, day: date) -> bool:
    """Whether a person has declared, or was found to have, a link to an applicant on ``day``."""
    if user_id is None or applicant_id is None:
        return False
    link = ApplicantLink
    holds = (link.since <= day) & or_(link.until.is_(None), link.until >= day)
    found = exists().where(link.user_id == user_id, link.applicant_id == applicant_id, holds)
    return bool(session.scalar(select(found)))


def must_step_aside(session: Session, user_id: int | None, case: Application, day: date) -> bool:
    """Whether a person may do nothing on a case as an officer: he applies, or is linked to who
    does."""
    if user_id is None or case.applicant is None:
        return False
    applicant = case.applicant
    return applicant.user_id == user_id or is_linked(session, user_id, applicant.id, day)
