"""The notices by which a year of the working calendar is confirmed, or changed afterwards."""

from datetime import date

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, relationship

from models.base import Base, Keyed, LongText, Versioned, guarded, owned_by, refers_to, rule
from models.enums import Duty
from models.policy import Deletable, Fixed, Policy, System, Whole
from models.rules.duties import CONFIRMING, NOBODY
from models.staff import User

UNANSWERED = text("confirmed_on IS NULL AND rejected_on IS NULL")


class CalendarNotice(Keyed, Versioned, Base):
    """A notice on the days off of a year (节假日安排通知), as a whole (Art. 82).

    It is handed in as its text, or as JSON of the public repositories, and moves nothing until
    the head confirms it; then the year's days become those of the notice. Without a proposer the
    command line handed it in.
    """

    __tablename__ = "calendar_notice"
    __table_args__ = (
        rule("(confirmed_on IS NULL) = (confirmed_by_id IS NULL)", "approval_has_day_and_person"),
        rule("rejected_on IS NULL OR rejected_by_id IS NOT NULL", "rejection_has_day_and_person"),
        rule("confirmed_on IS NULL OR rejected_on IS NULL", "proposal_has_one_answer"),
        rule("confirmed_by_id <> proposed_by_id", "approver_is_not_the_proposer"),
        Index(
            "uq_calendar_notice_one_proposal",
            "year",
            unique=True,
            sqlite_where=UNANSWERED,
            postgresql_where=UNANSWERED,
        ),
    )
    policy = Policy(
        writers=CONFIRMING | {Duty.SYSTEM},
        part_of=None,
        deletable=Deletable.NEVER,
        title=("year", "source"),
        derived=("year", "proposed_on", "proposed_by_id", "confirmed_on", "rejected_on"),
        signed=("proposed_on", "proposed_by_id"),
        fixed=(
            Fixed(
                "calendar-notice-is-fixed",
                once="OLD.confirmed_on IS NOT NULL OR OLD.rejected_on IS NOT NULL",
            ),
        ),
    )

    source: Mapped[str] = guarded(comment="the title or the number of the document")
    text: Mapped[LongText] = guarded(comment="the notice itself, or its JSON")
    year: Mapped[int] = guarded()
    proposed_on: Mapped[date] = guarded()
    proposed_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    confirmed_on: Mapped[date | None] = guarded()
    confirmed_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    rejected_on: Mapped[date | None] = guarded()
    rejected_by_id: Mapped[int | None] = refers_to("user_account", index=False)

    notice_days: Mapped[list["CalendarNoticeDay"]] = relationship(
        back_populates="notice", order_by="CalendarNoticeDay.day"
    )
    proposed_by: Mapped[User | None] = relationship(foreign_keys=[proposed_by_id])
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=[confirmed_by_id])
    rejected_by: Mapped[User | None] = relationship(foreign_keys=[rejected_by_id])

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has answered the proposal."""
        return self.confirmed_on is None and self.rejected_on is None

    def __str__(self) -> str:
        return f"{self.year} {self.source}"


class CalendarNoticeDay(Keyed, Base):
    """A day of a notice: off, or worked at a weekend (调休上班)."""

    __tablename__ = "calendar_notice_day"
    __table_args__ = (UniqueConstraint("notice_id", "day"),)
    policy = Policy(
        writers=NOBODY,
        part_of=Whole("calendar_notice", "notice_id"),
        deletable=Deletable.NEVER,
        title=("day", "name"),
        system=System.NEVER,
        fixed=(Fixed("calendar-notice-is-fixed"),),
    )

    notice_id: Mapped[int] = owned_by("calendar_notice", index=False)
    day: Mapped[date] = guarded()
    is_working: Mapped[bool] = guarded()
    name: Mapped[str] = guarded(default="")

    notice: Mapped[CalendarNotice] = relationship(back_populates="notice_days")

    def __str__(self) -> str:
        return self.day.isoformat()
