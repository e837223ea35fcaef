"""Pause overrun, told once: the first planned end of a case's open pauses is past (Art. 45).

The applicant was notified of how long a procedure takes. Two may run at once: the one that was
to end first is the first to overrun. In SQL and in Python, side by side: the filter, the counter,
the tile of the board, the notice, the list and the page of the case read these.
"""

from datetime import date

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import aliased

from models.application import Application
from models.clock import ClockSuspension
from models.questions.worklists import is_open, literal_day


def open_pause_ends() -> ColumnElement[date]:
    """The first planned end of a case's open suspensions; NULL where none is open."""
    return (
        select(func.min(ClockSuspension.planned_end_on))
        .where(ClockSuspension.application_id == Application.id, ClockSuspension.ended_on.is_(None))
        .correlate(Application)
        .scalar_subquery()
    )


def is_pause_overrun(today: date) -> ColumnElement[bool]:
    """Open, paused, and the first planned end of its open suspensions is past."""
    paused = and_(is_open(), Application.suspended_since.is_not(None))
    return and_(paused, open_pause_ends() < literal_day(today))


def pause_is_overrun(
    today: date, *, closed_on: date | None, suspended_since: date | None, ends_on: date | None
) -> bool:
    """The same of one case whose open suspensions were first to end on ``ends_on``."""
    is_paused = closed_on is None and suspended_since is not None
    return is_paused and ends_on is not None and ends_on < today


def is_first_open_pause() -> ColumnElement[bool]:
    """Of the open suspensions of its case this one was to end first."""
    pause = aliased(ClockSuspension)
    first = (
        select(pause.id)
        .where(pause.application_id == ClockSuspension.application_id, pause.ended_on.is_(None))
        .order_by(pause.planned_end_on, pause.id)
        .limit(1)
        .correlate(ClockSuspension)
        .scalar_subquery()
    )
    return ClockSuspension.id == first


def first_open_pause_of(case: Application) -> ClockSuspension | None:
    """The open suspension of a case that was to end first."""
    pauses = (pause for pause in case.suspensions if pause.ended_on is None)
    return min(pauses, key=lambda pause: (pause.planned_end_on, pause.id), default=None)


def overrun_pause_of(case: Application, today: date) -> ClockSuspension | None:
    """The suspension by which the pause of a case is overrun; None where it is not."""
    pause = first_open_pause_of(case)
    is_overrun = pause_is_overrun(
        today,
        closed_on=case.closed_on,
        suspended_since=case.suspended_since,
        ends_on=pause.planned_end_on if pause else None,
    )
    return pause if is_overrun else None
