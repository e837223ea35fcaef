"""What follows from a change of the working calendar: open cases are reckoned again, as a job.

The change itself only opens a revision. Each step that a revision takes is one flush: the cases
up to its new key are reckoned by the calendar as it is then.
"""

from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.acting import Acting
from models.application import Application, ApplicationStep
from models.base import stored
from models.clock import CalendarDay, CalendarYear
from models.daily_run import CalendarRevision
from models.enums import ApplicationStatus, Origin
from models.hooks.case_recalculation import recalculate
from models.hooks.changes import Change
from models.questions.calendar import working_calendar

CALENDAR_TABLES = frozenset({"calendar_day", "calendar_year"})


def derive_calendar(session: Session, acting: Acting, changes: Iterable[Change]) -> None:
    """Open a revision for what changed of the calendar; take the steps of one."""
    changed_days = []
    for change in changes:
        if change.table in CALENDAR_TABLES:
            changed_days += _days_touched(change)
        elif isinstance(change.row, CalendarRevision) and change.changed("next_case_id"):
            _take_step(session, acting, change.row)
    if changed_days:
        _open_revision(session, acting, min(changed_days))


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
    if session.scalar(open_cases().limit(1)) is None:
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


def open_cases() -> Select[int]:
    """The keys of the cases that a change of the calendar may touch, in their order."""
    return (
        select(Application.id)
        .where(
            Application.closed_on.is_(None),
            Application.origin == Origin.NATIVE,
            Application.status != ApplicationStatus.DRAFT,
        )
        .order_by(Application.id)
    )


def _take_step(session: Session, acting: Acting, revision: CalendarRevision) -> None:
    before, until = stored(revision, "next_case_id"), revision.next_case_id
    if before is None or until <= before:
        return
    keys = open_cases().where(Application.id > before, Application.id <= until)
    cases = session.scalars(
        select(Application)
        .where(Application.id.in_(keys.order_by(None)))
        .order_by(Application.id)
        .options(
            joinedload(Application.item_version),
            joinedload(Application.applicant),
            selectinload(Application.steps).joinedload(ApplicationStep.step_definition),
            selectinload(Application.due_date_changes),
            selectinload(Application.suspensions),
            selectinload(Application.extensions),
            selectinload(Application.notices),
        )
    ).all()
    calendar = working_calendar(session)
    for case in cases:
        if recalculate(session, acting, case, calendar):
            revision.cases_changed += 1
