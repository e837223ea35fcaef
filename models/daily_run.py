"""What time has done: daily runs, the warnings they gave, and revisions of the calendar."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from models.application import Application
from models.base import (
    Base,
    Keyed,
    Versioned,
    choice,
    guarded,
    owned_by,
    refers_to,
    rule,
)
from models.calendar_notice import CalendarNotice
from models.enums import WarningKind
from models.policy import ABOUT_THE_CASE, Deletable, Fixed, Policy
from models.rules.duties import NOBODY
from models.staff import User


class CaseWarning(Keyed, Base):
    """One warning that a case is due soon: once for each due date, never twice."""

    __tablename__ = "warning"
    __table_args__ = (UniqueConstraint("application_id", "kind", "due_on"),)
    policy = Policy(
        writers=NOBODY,
        part_of=ABOUT_THE_CASE,
        deletable=Deletable.NEVER,
        title=("kind", "due_on"),
        fixed=(Fixed("history-only-grows"),),
    )

    application_id: Mapped[int] = owned_by("application", index=False)
    kind: Mapped[WarningKind] = guarded(choice(WarningKind))
    due_on: Mapped[date] = guarded()
    warned_on: Mapped[date] = guarded(index=True)
    officer_id: Mapped[int | None] = refers_to("user_account")

    application: Mapped[Application] = relationship(back_populates="warnings")
    officer: Mapped[User | None] = relationship()

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"


class DailyRun(Keyed, Base):
    """A day on which time did what it does by itself, and how much of it."""

    __tablename__ = "daily_run"
    policy = Policy(writers=NOBODY, part_of=None, deletable=Deletable.NEVER, title=("day",))

    day: Mapped[date] = guarded(unique=True)
    deemed_accepted: Mapped[int] = guarded(default=0)
    deemed_renewed: Mapped[int] = guarded(default=0)
    expired: Mapped[int] = guarded(default=0)
    terminated: Mapped[int] = guarded(default=0)
    warned: Mapped[int] = guarded(default=0)

    def __str__(self) -> str:
        return self.day.isoformat()


class CalendarRevision(Keyed, Versioned, Base):
    """A change of the working calendar, until every open date is reckoned by the new one.

    At most one is unfinished: a newer change of the calendar begins it again, and a confirmed
    notice, which has a revision of its own, ends it and begins.
    """

    __tablename__ = "calendar_revision"
    __table_args__ = (
        rule("next_case_id >= 0", "progress_is_not_negative"),
        rule("cases_changed >= 0", "cases_changed_is_not_negative"),
    )
    policy = Policy(
        writers=NOBODY, part_of=None, deletable=Deletable.NEVER, title=("created_on", "first_day")
    )

    notice_id: Mapped[int | None] = refers_to("calendar_notice", index=False)
    created_on: Mapped[date] = guarded()
    first_day: Mapped[date] = guarded(comment="the earliest day that changed")
    next_case_id: Mapped[int] = guarded(default=0, comment="cases up to this key are reckoned")
    cases_changed: Mapped[int] = guarded(default=0, comment="cases of which a due date moved")
    finished_at: Mapped[datetime | None] = guarded()

    notice: Mapped[CalendarNotice | None] = relationship()

    def __str__(self) -> str:
        return f"{self.created_on} {self.first_day}"
