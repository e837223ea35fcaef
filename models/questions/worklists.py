"""The one definition of overdue, due soon, paused and closed: in Python and in SQL, side by side.

Every list, counter, filter, light and command reads these. The three states of an open case are
disjoint; a case is not late on its due day.
"""

from collections.abc import Callable
from datetime import date
from enum import auto
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, literal_column, or_, select, true
from sqlalchemy.orm import Session, aliased

from models.application import Application, ApplicationStep
from models.certificate import Certificate
from models.clock import DueDateChange
from models.enums import CertificateStatus, Named, StepStatus
from models.rules.transitions import PERMIT_ENDED
from models.rules.working_days import Calendar, CalendarRangeError, lateness, remaining


class Worklist(Named):
    """The tabs of the list of cases."""

    ALL = auto()
    OVERDUE = auto()
    DUE_SOON = auto()
    PAUSED = auto()
    CLOSED = auto()


class Light(Named):
    """The light beside a case. NO_CLOCK: open, and no date binds the office yet."""

    OVERDUE = auto()
    DUE_SOON = auto()
    RUNNING = auto()
    PAUSED = auto()
    NO_CLOCK = auto()
    CLOSED = auto()


def literal_day(day: date) -> ColumnElement[date]:
    """A day, written into the statement."""
    # SQLite proves a partial index from literals only, and the
    # planner of either database sees how few rows are late.
    return literal_column(f"'{day.isoformat()}'", Date)


def is_open() -> ColumnElement[bool]:
    """Something is still owed."""
    return Application.closed_on.is_(None)


def is_overdue(today: date) -> ColumnElement[bool]:
    """Open, and the promised date is past."""
    return and_(is_open(), Application.due_on < literal_day(today))


def is_past_the_law(today: date) -> ColumnElement[bool]:
    """Overdue, and the statutory date is past too: the graver mark on the same row."""
    return and_(is_overdue(today), Application.statutory_due_on < literal_day(today))


def is_due_soon(today: date) -> ColumnElement[bool]:
    """Open, not late, and inside the warning days."""
    return and_(
        is_open(),
        Application.warn_on <= literal_day(today),
        Application.due_on >= literal_day(today),
    )


def is_due_today(today: date) -> ColumnElement[bool]:
    """Open, and today is its last day."""
    return and_(is_open(), Application.due_on == literal_day(today))


def is_paused(_today: date) -> ColumnElement[bool]:
    """An open suspension has stopped the clock."""
    return and_(is_open(), Application.suspended_since.is_not(None), Application.due_on.is_(None))


def is_closed(_today: date) -> ColumnElement[bool]:
    """Nothing is owed any more."""
    return Application.closed_on.is_not(None)


CONDITIONS: dict[Worklist, Callable[[date], ColumnElement[bool]]] = {
    Worklist.ALL: lambda _today: true(),
    Worklist.OVERDUE: is_overdue,
    Worklist.DUE_SOON: is_due_soon,
    Worklist.PAUSED: is_paused,
    Worklist.CLOSED: is_closed,
}


def is_running(today: date) -> ColumnElement[bool]:
    """Open, in time, and not yet inside the warning days."""
    later = or_(Application.warn_on.is_(None), Application.warn_on > literal_day(today))
    return and_(is_open(), Application.due_on >= literal_day(today), later)


def has_no_clock(_today: date) -> ColumnElement[bool]:
    """Open, and no date binds the office: neither a due date nor a pause."""
    columns = (Application.due_on, Application.suspended_since)
    return and_(is_open(), *(column.is_(None) for column in columns))


# Light → the cases that show it; a test holds it to ``light_of``.
CASES_WITH: dict[Light, Callable[[date], ColumnElement[bool]]] = {
    Light.OVERDUE: is_overdue,
    Light.DUE_SOON: is_due_soon,
    Light.RUNNING: is_running,
    Light.PAUSED: is_paused,
    Light.NO_CLOCK: has_no_clock,
    Light.CLOSED: is_closed,
}


def light_of(
    today: date,
    *,
    due_on: date | None,
    warn_on: date | None,
    suspended_since: date | None,
    closed_on: date | None,
) -> Light:
    """The light of a case: the Python side of the conditions above."""
    if closed_on is not None:
        return Light.CLOSED
    if due_on is None:
        return Light.PAUSED if suspended_since is not None else Light.NO_CLOCK
    if due_on < today:
        return Light.OVERDUE
    return Light.DUE_SOON if warn_on is not None and warn_on <= today else Light.RUNNING


def days_of_light(calendar: Calendar, today: date, light: Light, due_on: date | None) -> int | None:
    """The working days that the light speaks of: late, or remaining; None where no clock runs.

    None, too, for a date that no calendar reaches: imported history keeps whatever date it had.
    """
    if due_on is None or light is Light.CLOSED:
        return None
    count = lateness if light is Light.OVERDUE else remaining
    try:
        return count(calendar, today, due_on)
    except CalendarRangeError:
        return None


# --- beside the lights: a step over its time ---------------------------------------------------


def is_step_in_hand() -> ColumnElement[bool]:
    """An open step. The word is written into the statement, as the days are."""
    return ApplicationStep.status == literal_column(f"'{StepStatus.OPEN.value}'")


def is_late_step(today: date) -> ColumnElement[bool]:
    """A step in hand past its own limit; it does not make the case overdue."""
    return and_(is_step_in_hand(), ApplicationStep.due_on < literal_day(today))


def is_unclaimed_step() -> ColumnElement[bool]:
    """An open step that waits in the queue of its post."""
    columns = (ApplicationStep.duty.is_not(None), ApplicationStep.officer_id.is_(None))
    return and_(is_step_in_hand(), *columns)


def steps_on_green_lane() -> ColumnElement[bool]:
    """The steps of the cases of the green lane (绿色通道)."""
    green = select(Application.id).where(Application.is_green_lane)
    return ApplicationStep.application_id.in_(green)


def step_is_late(today: date, status: StepStatus, due_on: date | None) -> bool:
    """Late, of one step: the Python side of ``is_late_step``."""
    return status is StepStatus.OPEN and due_on is not None and due_on < today


# --- as of a day -----------------------------------------------------------------------------


def is_open_as_of(day: date) -> ColumnElement[bool]:
    """Received on or before ``day`` and not closed by its end."""
    return and_(
        Application.received_on <= literal_day(day),
        (Application.closed_on.is_(None)) | (Application.closed_on > literal_day(day)),
    )


def due_on_as_of(day: date) -> ColumnElement[date | None]:
    """The due date as it stood at the end of ``day``, from the case's history."""
    due_on: ColumnElement[date | None] = _as_of("due_on", day)
    return due_on


def _as_of(column: str, day: date) -> Any:
    change = aliased(DueDateChange)
    return (
        select(getattr(change, column))
        .where(change.application_id == Application.id, change.effective_on <= literal_day(day))
        .order_by(change.effective_on.desc(), change.id.desc())
        .limit(1)
        .correlate(Application)
        .scalar_subquery()
    )


def is_overdue_as_of(day: date) -> ColumnElement[bool]:
    """Open at the end of ``day``, and past the due date as it stood then."""
    return and_(is_open_as_of(day), due_on_as_of(day) < literal_day(day))


def is_past_the_law_as_of(day: date) -> ColumnElement[bool]:
    """Overdue at the end of ``day``, and past the statutory date as it stood then."""
    return and_(is_overdue_as_of(day), _as_of("statutory_due_on", day) < literal_day(day))


def is_due_on_the_day(day: date) -> ColumnElement[bool]:
    """Open at the end of ``day``, which was its last day."""
    return and_(is_open_as_of(day), due_on_as_of(day) == literal_day(day))


def is_paused_as_of(day: date) -> ColumnElement[bool]:
    """Open at the end of ``day``, and its clock stood still."""
    return and_(is_open_as_of(day), _as_of("is_paused", day))


# What the history says of any day that is over.
AS_OF: dict[str, Callable[[date], ColumnElement[bool]]] = {
    "open": is_open_as_of,
    "overdue": is_overdue_as_of,
    "past_the_law": is_past_the_law_as_of,
    "due": is_due_on_the_day,
    "paused": is_paused_as_of,
}


def overdue_numbers(session: Session, day: date) -> list[str]:
    """The numbers of the cases overdue as of ``day``, oldest due date first."""
    statement = (
        select(Application.number)
        .where(is_overdue_as_of(day))
        .order_by(due_on_as_of(day), Application.id)
    )
    return list(session.scalars(statement))


# --- certificates ----------------------------------------------------------------------------


def cancellation_is_owed() -> ColumnElement[bool]:
    """The permit has ended and its record is still there: Art. 70 asks for its cancellation."""
    return Certificate.status.in_((*PERMIT_ENDED, CertificateStatus.EXPIRED))
