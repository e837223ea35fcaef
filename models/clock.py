"""What moves a due date: the calendar, notices, suspensions, extensions, and the history."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

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
from models.enums import DueCause, Duty, SuspensionKind
from models.policy import ABOUT_THE_CASE, OF_THE_CASE, Deletable, Fixed, Policy, System
from models.rules.duties import CONFIRMING, NOBODY, OFFICE
from models.service import Served, service_is_whole
from models.staff import User

if TYPE_CHECKING:
    from models.intake import CorrectionNoticeLine


class CalendarYear(Keyed, Versioned, Base):
    """A year of the working calendar, confirmed by the State Council's notice as a whole.

    A year without a row, or with one that is not confirmed, is provisional: its rows are what the
    office expects. Nobody confirms a year by hand, and a confirmed one changes by a notice only;
    the years that ship with the product are loaded.
    """

    __tablename__ = "calendar_year"
    __table_args__ = (rule("year BETWEEN 1950 AND 2099", "year_is_in_range"),)
    policy = Policy(
        writers=OFFICE,
        part_of=None,
        deletable=Deletable.NEVER,
        title=("year",),
        system=System.LOADS_WITH_HISTORY,
        derived=("is_confirmed",),
    )

    year: Mapped[int] = guarded(unique=True)
    is_confirmed: Mapped[bool] = guarded(default=False)
    source: Mapped[str] = guarded(default="", comment="the notice that fixes it")

    days: Mapped[list["CalendarDay"]] = relationship(
        back_populates="calendar_year", order_by="CalendarDay.day"
    )

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(Keyed, Versioned, Base):
    """A day that differs from its weekday: a holiday, or a make-up day (调休上班)."""

    __tablename__ = "calendar_day"
    policy = Policy(
        writers=OFFICE,
        part_of=None,
        deletable=Deletable.IN_AN_UNCONFIRMED_YEAR,
        title=("name",),
    )

    calendar_year_id: Mapped[int] = owned_by("calendar_year")
    day: Mapped[date] = guarded(unique=True)
    is_working: Mapped[bool] = guarded()
    name: Mapped[str] = guarded(default="")

    calendar_year: Mapped[CalendarYear] = relationship(back_populates="days")

    def __str__(self) -> str:
        return self.day.isoformat()


class CorrectionNotice(Served, Keyed, Versioned, Base):
    """The complete correction notice (一次性告知书) of Art. 32(4): everything missing, once.

    A second one is asked for with a reason and changes nothing until the head approves it.
    """

    __tablename__ = "correction_notice"
    __table_args__ = (
        UniqueConstraint("application_id", "sequence"),
        rule(
            "answered_on IS NULL OR (issued_on IS NOT NULL AND answered_on >= issued_on)",
            "answer_follows_the_notice",
        ),
        rule("missing <> ''", "notice_says_what_is_missing"),
        rule("sequence = 1 OR reason <> ''", "second_notice_gives_its_reason"),
        rule(
            "(issued_on IS NOT NULL) = (sequence = 1 OR approved_on IS NOT NULL)",
            "second_notice_waits_for_approval",
        ),
        service_is_whole(),
    )
    policy = Policy(
        # The applicant writes the answer, and nothing else of it.
        writers=CONFIRMING | {Duty.ACCEPTANCE, Duty.APPLICANT},
        part_of=OF_THE_CASE,
        deletable=Deletable.NEVER,
        title=("application", "issued_on"),
        system=System.IMPORTS,
        derived=(
            "sequence", "requested_on", "requested_by_id", "approved_on", "issued_on",
            "issued_by_id", "answered_on", "served_on",
        ),
        applicant_writes=("answer",),
        own="application",
        told_on="issued_on",
        told=(
            "issued_on", "issued_by", "missing", "service_way", "delivered_on", "service_proof",
            "served_on", "answered_on", "answer", "reason", "requested_on", "requested_by",
            "approved_on", "approved_by",
        ),
    )  # fmt: skip

    application_id: Mapped[int] = owned_by("application", index=False)
    sequence: Mapped[int] = guarded()
    missing: Mapped[LongText] = guarded()
    reason: Mapped[LongText] = guarded(default="", comment="why a second notice is needed")
    requested_on: Mapped[date] = guarded()
    requested_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    approved_on: Mapped[date | None] = guarded()
    approved_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    issued_on: Mapped[date | None] = guarded(comment="NULL: it waits for the head's approval")
    issued_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    answered_on: Mapped[date | None] = guarded()
    answer: Mapped[LongText] = guarded(
        default="", comment="what was brought, where no line of the checklist says it"
    )

    application: Mapped[Application] = relationship(back_populates="notices")
    requested_by: Mapped[User | None] = relationship(foreign_keys=[requested_by_id])
    approved_by: Mapped[User | None] = relationship(foreign_keys=[approved_by_id])
    issued_by: Mapped[User | None] = relationship(foreign_keys=[issued_by_id])
    lines: Mapped[list["CorrectionNoticeLine"]] = relationship(
        back_populates="notice", order_by="CorrectionNoticeLine.id"
    )

    @property
    def is_waiting(self) -> bool:
        """Whether it was proposed and not sent: the applicant knows nothing of it."""
        return self.issued_on is None

    def __str__(self) -> str:
        return f"{self.application_id}/{self.sequence}"


class ClockSuspension(Keyed, Versioned, Base):
    """Time that is not counted (Art. 45): a pause from ``started_on`` to ``ended_on``.

    Procedures of different kinds may overlap; the clock stands still while any of them runs.
    """

    __tablename__ = "clock_suspension"
    __table_args__ = (
        rule("ended_on IS NULL OR ended_on >= started_on", "suspension_ends_after_it_starts"),
        rule("planned_end_on >= started_on", "planned_end_follows_the_start"),
        rule("notice_number <> ''", "suspension_names_its_notice"),
        Index(
            "uq_clock_suspension_one_open",
            "application_id",
            "kind",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
    )
    policy = Policy(
        writers=frozenset({Duty.REVIEW}),
        part_of=OF_THE_CASE,
        deletable=Deletable.NEVER,
        title=("application", "kind"),
        system=System.IMPORTS,
        derived=("started_on",),
        own="application",
        signed=("started_on",),
        told=(
            "kind",
            "started_on",
            "planned_end_on",
            "ended_on",
            "notice_number",
            "reason",
        ),
    )

    application_id: Mapped[int] = owned_by("application")
    kind: Mapped[SuspensionKind] = guarded(choice(SuspensionKind))
    started_on: Mapped[date] = guarded()
    planned_end_on: Mapped[date] = guarded(comment="told to the applicant in the notice")
    ended_on: Mapped[date | None] = guarded()
    notice_number: Mapped[str] = guarded(String(60))
    reason: Mapped[LongText] = guarded(default="")

    application: Mapped[Application] = relationship(back_populates="suspensions")

    def __str__(self) -> str:
        return f"{self.kind} {self.started_on}"


class DeadlineExtension(Keyed, Versioned, Base):
    """One extension (延期) by at most ten working days, approved by the leader of the organ, or by
    the head of the section under the leader's written delegation (Art. 42).

    It is asked for by an officer and moves nothing until it is approved.
    """

    __tablename__ = "deadline_extension"
    __table_args__ = (
        UniqueConstraint("application_id"),
        rule("days BETWEEN 1 AND 15", "extension_is_at_most_fifteen_days"),
        rule("reason <> ''", "extension_gives_its_reason"),
        rule("(approved_on IS NULL) = (approved_by_id IS NULL)", "approval_has_day_and_person"),
        rule(
            "(delegation_number <> '') = (delegation_on IS NOT NULL)",
            "delegation_has_its_number_and_day",
        ),
    )
    policy = Policy(
        writers=CONFIRMING | {Duty.REVIEW},
        part_of=OF_THE_CASE,
        deletable=Deletable.NEVER,
        title=("application", "days"),
        system=System.IMPORTS,
        derived=("requested_on", "requested_by_id", "approved_on"),
        own="application",
        signed=(
            "requested_on",
            "requested_by_id",
        ),
        told=(
            "days",
            "reason",
            "requested_on",
            "requested_by",
            "approved_on",
            "approved_by",
            "approval_document",
            "delegation_number",
            "delegation_on",
        ),
    )

    application_id: Mapped[int] = owned_by("application", index=False)
    days: Mapped[int] = guarded()
    reason: Mapped[LongText] = guarded(comment="told to the applicant")
    approval_document: Mapped[str] = guarded(
        String(60),
        default="",
        comment="Art. 42 ¶2: joint handling, the number of the government head's approval",
    )
    delegation_number: Mapped[str] = guarded(
        String(60), default="", comment="the leader's written delegation by which the head approves"
    )
    delegation_on: Mapped[date | None] = guarded()
    requested_on: Mapped[date] = guarded()
    requested_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    approved_on: Mapped[date | None] = guarded()
    approved_by_id: Mapped[int | None] = refers_to("user_account", index=False)

    application: Mapped[Application] = relationship(back_populates="extensions")
    requested_by: Mapped[User | None] = relationship(foreign_keys=[requested_by_id])
    approved_by: Mapped[User | None] = relationship(foreign_keys=[approved_by_id])

    def __str__(self) -> str:
        return f"+{self.days}"


class GreenLane(Keyed, Versioned, Base):
    """A case that goes before the others (绿色通道): asked for with a reason, approved by the head.

    It halves the promise from the approval on; the statutory limit (Art. 42) stays.
    """

    __tablename__ = "green_lane"
    __table_args__ = (
        UniqueConstraint("application_id"),
        rule("reason <> ''", "green_lane_gives_its_reason"),
        rule("(approved_on IS NULL) = (approved_by_id IS NULL)", "approval_has_day_and_person"),
        rule(
            "approved_by_id IS NULL OR approved_by_id <> requested_by_id",
            "approver_is_not_the_requester",
        ),
    )
    policy = Policy(
        writers=CONFIRMING | {Duty.ACCEPTANCE, Duty.REVIEW},
        part_of=OF_THE_CASE,
        deletable=Deletable.NEVER,
        title=("application", "requested_on"),
        system=System.IMPORTS,
        derived=("requested_on", "requested_by_id", "approved_on"),
        signed=(
            "requested_on",
            "requested_by_id",
        ),
        told=(
            "reason",
            "requested_on",
            "requested_by",
            "approved_on",
            "approved_by",
        ),
    )

    application_id: Mapped[int] = owned_by("application", index=False)
    reason: Mapped[LongText] = guarded()
    requested_on: Mapped[date] = guarded()
    requested_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    approved_on: Mapped[date | None] = guarded()
    approved_by_id: Mapped[int | None] = refers_to("user_account", index=False)

    application: Mapped[Application] = relationship(back_populates="green_lanes")
    requested_by: Mapped[User | None] = relationship(foreign_keys=[requested_by_id])
    approved_by: Mapped[User | None] = relationship(foreign_keys=[approved_by_id])

    def __str__(self) -> str:
        return f"{self.requested_on} {self.application_id}"


class DueDateChange(Keyed, Base):
    """One row of a case's due-date history: how its clock stood from ``effective_on`` on."""

    __tablename__ = "due_date_change"
    __table_args__ = (Index("ix_due_date_change_as_of", "application_id", "effective_on", "id"),)
    policy = Policy(
        writers=NOBODY,
        part_of=ABOUT_THE_CASE,
        deletable=Deletable.NEVER,
        title=("application", "cause"),
        system=System.NEVER,
        fixed=(Fixed("history-only-grows"),),
    )

    application_id: Mapped[int] = owned_by("application", index=False)
    effective_on: Mapped[date] = guarded()
    cause: Mapped[DueCause] = guarded(choice(DueCause))
    due_on: Mapped[date | None] = guarded()
    statutory_due_on: Mapped[date | None] = guarded()
    is_paused: Mapped[bool] = guarded(default=False)
    is_closed: Mapped[bool] = guarded(default=False)
    recorded_at: Mapped[datetime] = mapped_column()

    application: Mapped[Application] = relationship(back_populates="due_date_changes")

    def __str__(self) -> str:
        return f"{self.effective_on} {self.cause}"
