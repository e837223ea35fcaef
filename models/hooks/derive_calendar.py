"""What follows from the working calendar: a confirmed notice becomes its rows, and every open date
is reckoned again, as a job.

The change itself only opens a revision. Each step that a revision takes is one flush: the cases
up to its new key are reckoned by the calendar as it is then, and with the last step what belongs
to no case.
"""

from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, date

from sqlalchemy import Select, inspect, select
from sqlalchemy.orm import Session

from models.acting import Acting
from models.application import Application
from models.base import stored
from models.calendar_notice import CalendarNotice, CalendarNoticeDay
from models.clock import CalendarDay, CalendarYear, DueDateChange
from models.daily_run import CalendarRevision
from models.enums import DueCause, Origin
from models.errors import RuleViolation
from models.hooks.case_recalculation import flag_deemed_acceptance, recalculate
from models.hooks.changes import Change
from models.questions.calendar import Days, rows_by, working_calendar
from models.questions.due_dates import anything_is_open, moves_of_others, open_cases, whole_cases
from models.rules.holiday_notice import NoticeError, read_notice

CALENDAR_TABLES = frozenset({"calendar_day", "calendar_year"})


def derive_calendar(session: Session, acting: Acting, changes: Iterable[Change]) -> None:
    """Read and apply a notice; open a revision for what changed; take the steps of one."""
    changed_days = []
    for change in changes:
        if change.table in CALENDAR_TABLES:
            changed_days += _days_touched(change)
        elif isinstance(change.row, CalendarNotice):
            _follow_notice(session, acting, change, change.row)
        elif isinstance(change.row, CalendarRevision):
            _follow_revision(session, acting, change, change.row)
    if changed_days:
        _open_revision(session, acting, min(changed_days))


# --- a notice -------------------------------------------------------------------------------------


def _follow_notice(
    session: Session, acting: Acting, change: Change, notice: CalendarNotice
) -> None:
    if change.is_new:
        _read(notice)
    elif notice.confirmed_by_id is not None and notice.confirmed_on is None:
        notice.confirmed_on = acting.today
        _apply(session, acting, notice)
    elif notice.rejected_by_id is not None and notice.rejected_on is None:
        notice.rejected_on = acting.today


def _read(notice: CalendarNotice) -> None:
    """The year and the days that a new notice names."""
    try:
        found = read_notice(notice.text or "", notice.source or "")
    except NoticeError as error:
        raise _refusal_of(error) from error
    notice.year = found.year
    notice.notice_days = [
        CalendarNoticeDay(day=day, is_working=works, name=name)
        for day, (works, name) in found.days.items()
    ]


def _refusal_of(error: NoticeError) -> RuleViolation:
    """What is wrong with a line, or with the whole."""
    problem, line, found = error.problem, error.line, error.found
    if line is None:
        return RuleViolation(
            "calendar-notice-is-incomplete", field="text", problem=problem, found=found
        )
    return RuleViolation(
        "calendar-notice-is-unreadable", field="text", problem=problem, line=line, found=found
    )


def _apply(session: Session, acting: Acting, notice: CalendarNotice) -> None:
    """The rows of its year become those of the notice, and one revision is opened for it."""
    for year, days in rows_by(session, notice).items():
        row = session.scalars(select(CalendarYear).where(CalendarYear.year == year)).first()
        if row is None:
            row = CalendarYear(year=year, source=notice.source)
            session.add(row)
        if year == notice.year:
            row.is_confirmed, row.source = True, notice.source
        _rewrite(session, row, days)
    for unfinished_one in session.scalars(unfinished()):
        unfinished_one.finished_at = acting.now()
    first_day = min(date(notice.year, 1, 1), *(each.day for each in notice.notice_days))
    session.add(CalendarRevision(notice=notice, created_on=acting.today, first_day=first_day))


def _rewrite(session: Session, year: CalendarYear, days: Days) -> None:
    """Make the rows of a year these. A row of the same day is kept and altered: a day is there
    once, also in the middle of a flush."""
    present = {row.day: row for row in year.days} if inspect(year).persistent else {}
    for day, row in present.items():
        if day not in days:
            session.delete(row)
    for day, (is_working, name) in days.items():
        if day in present:
            present[day].is_working, present[day].name = is_working, name
        else:
            new = CalendarDay(calendar_year=year, day=day, is_working=is_working, name=name)
            session.add(new)


# --- a revision -----------------------------------------------------------------------------------


def _days_touched(change: Change) -> list[date]:
    """The days, or the first day, for which other working days may now be counted."""
    row = change.row
    if isinstance(row, CalendarDay):
        touched = change.is_new or not change.before or set(change.before) & {"day", "is_working"}
        return [d for d in (row.day, stored(row, "day")) if d is not None] if touched else []
    assert isinstance(row, CalendarYear)
    touched = change.is_new or not change.before or set(change.before) & {"year", "is_confirmed"}
    # A year that is none is refused by its CHECK.
    is_a_year = isinstance(row.year, int) and MINYEAR <= row.year <= MAXYEAR
    return [date(row.year, 1, 1)] if touched and is_a_year else []


def _open_revision(session: Session, acting: Acting, first_day: date) -> None:
    if not anything_is_open(session):
        return
    revision = session.scalars(unfinished()).first()
    if revision is None:
        session.add(CalendarRevision(created_on=acting.today, first_day=first_day))
        return
    # What was reckoned by the calendar between is reckoned again by the newest.
    revision.first_day = min(first_day, revision.first_day)
    revision.next_case_id = 0


def unfinished() -> Select[CalendarRevision]:
    """The revisions that are not finished, the oldest first."""
    return (
        select(CalendarRevision)
        .where(CalendarRevision.finished_at.is_(None))
        .order_by(CalendarRevision.id)
    )


def _follow_revision(
    session: Session, acting: Acting, change: Change, revision: CalendarRevision
) -> None:
    if change.is_new:
        return
    calendar = working_calendar(session)
    before, until = stored(revision, "next_case_id"), revision.next_case_id
    if before is not None and until > before:
        keys = open_cases().where(Application.id > before, Application.id <= until)
        for case in whole_cases(session, keys):
            revision.cases_changed += recalculate(session, acting, case, calendar)
    if change.changed("finished_at"):
        for move in moves_of_others(session, calendar):
            setattr(move.row, move.column, move.becomes)
        for case in session.scalars(_closed_after_silence(revision.first_day)):
            flag_deemed_acceptance(session, case, calendar)


def _closed_after_silence(first_day: date) -> Select[Application]:
    """Closed cases that silence had accepted on a day that the change may concern."""
    deemed = select(DueDateChange.application_id).where(
        DueDateChange.cause == DueCause.DEEMED_ACCEPTED, DueDateChange.effective_on >= first_day
    )
    return (
        select(Application)
        .where(
            Application.id.in_(deemed),
            Application.deemed_accepted,
            Application.closed_on.is_not(None),
            Application.origin == Origin.NATIVE,
        )
        .order_by(Application.id)
    )
