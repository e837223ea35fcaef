"""Who is away and who stands in (AB岗), and work that changes hands in bulk."""

from datetime import date

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from models.application import ApplicationStep
from models.base import Base, Keyed, LongText, Versioned, choice, guarded, owned_by, rule
from models.enums import AbsenceReason, LineOutcome
from models.policy import Deletable, Fixed, Policy
from models.rules.duties import CASEWORK, CONFIRMING, LEADERS
from models.staff import User


class Absence(Keyed, Versioned, Base):
    """Days on which an officer is away (缺位), and the substitute (AB岗) on those days."""

    __tablename__ = "absence"
    __table_args__ = (
        rule("last_day IS NULL OR last_day >= first_day", "period_is_in_order"),
        rule("substitute_id <> user_id", "substitute_is_another"),
        Index("ix_absence_user_first_day", "user_id", "first_day"),
    )
    policy = Policy(
        writers=CASEWORK | CONFIRMING,
        part_of=None,
        deletable=Deletable.BEFORE_IT_BEGINS,
        title=("user", "first_day"),
        derived=("entered_by_id",),
        signed=("entered_by_id",),
    )

    user_id: Mapped[int] = owned_by("user_account", index=False)
    first_day: Mapped[date] = guarded()
    last_day: Mapped[date | None] = guarded(comment="NULL: until further notice")
    reason: Mapped[AbsenceReason] = guarded(choice(AbsenceReason), default=AbsenceReason.LEAVE)
    substitute_id: Mapped[int] = owned_by("user_account")
    entered_by_id: Mapped[int] = owned_by("user_account", index=False)

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    substitute: Mapped[User] = relationship(foreign_keys=[substitute_id])
    entered_by: Mapped[User] = relationship(foreign_keys=[entered_by_id])

    def __str__(self) -> str:
        return f"{self.user_id} {self.first_day}"


class Reassignment(Keyed, Versioned, Base):
    """The open work of one officer goes to another from a day on, by a leader's order."""

    __tablename__ = "reassignment"
    __table_args__ = (
        rule("to_user_id <> from_user_id", "reassignment_is_to_another"),
        rule("reason <> ''", "reassignment_gives_its_reason"),
        rule("done_on IS NULL OR done_on >= effective_on", "reassignment_waits_for_its_day"),
        Index("ix_reassignment_due", "done_on", "effective_on"),
    )
    policy = Policy(
        writers=LEADERS,
        part_of=None,
        deletable=Deletable.NEVER,
        title=("from_user", "to_user", "effective_on"),
        derived=("asked_on", "asked_by_id"),
        signed=(
            "asked_on",
            "asked_by_id",
        ),
    )

    from_user_id: Mapped[int] = owned_by("user_account")
    to_user_id: Mapped[int] = owned_by("user_account")
    effective_on: Mapped[date] = guarded()
    reason: Mapped[LongText] = guarded()
    asked_on: Mapped[date] = guarded()
    asked_by_id: Mapped[int] = owned_by("user_account", index=False)
    done_on: Mapped[date | None] = guarded()

    from_user: Mapped[User] = relationship(foreign_keys=[from_user_id])
    to_user: Mapped[User] = relationship(foreign_keys=[to_user_id])
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])
    lines: Mapped[list["ReassignmentLine"]] = relationship(
        back_populates="reassignment", order_by="ReassignmentLine.id"
    )

    def __str__(self) -> str:
        return f"{self.from_user_id} → {self.to_user_id} {self.effective_on}"


class ReassignmentLine(Keyed, Base):
    """What became of one step of a reassignment: moved, or refused with the code of a rule."""

    __tablename__ = "reassignment_line"
    __table_args__ = (
        UniqueConstraint("reassignment_id", "application_step_id"),
        rule("(outcome = 'REFUSED') = (code <> '')", "refused_line_has_its_code"),
    )
    policy = Policy(
        writers=LEADERS,
        part_of=None,
        deletable=Deletable.NEVER,
        title=("application_step", "outcome"),
        fixed=(Fixed("history-only-grows"),),
    )

    reassignment_id: Mapped[int] = owned_by("reassignment", index=False)
    application_step_id: Mapped[int] = owned_by("application_step")
    outcome: Mapped[LineOutcome] = guarded(choice(LineOutcome))
    code: Mapped[str] = guarded(String(60), default="", comment="the rule that stood against it")

    reassignment: Mapped[Reassignment] = relationship(back_populates="lines")
    application_step: Mapped[ApplicationStep] = relationship()

    def __str__(self) -> str:
        return f"{self.reassignment_id}/{self.application_step_id}"
