"""The due-date history of a case: what makes "as of a day" possible."""

from datetime import date

from sqlalchemy import inspect

from models.clock import ClockSuspension, DeadlineExtension, DueDateChange
from models.enums import ApplicationStatus, DueCause
from models.hooks.case_change import CaseChange
from models.hooks.changes import stored

_CAUSE_OF_STATUS = {
    ApplicationStatus.CORRECTING: DueCause.CORRECTION_NOTICE,
    ApplicationStatus.GRANTED: DueCause.DECIDED,
}


def record_history(change: CaseChange) -> None:
    """A row whenever the due date, the pause or the closure changed."""
    case = change.case
    columns = ("due_on", "statutory_due_on", "suspended_since", "closed_on")
    moved = any(getattr(case, column) != stored(case, column) for column in columns)
    if not moved and change.entered not in (
        ApplicationStatus.RECEIVED,
        ApplicationStatus.CORRECTING,
    ):
        return
    _append_history(change, change.today, _cause(change))


def _cause(change: CaseChange) -> DueCause:
    case = change.case
    if case.closed_on is not None:
        return DueCause.CLOSED
    if change.entered is ApplicationStatus.ACCEPTED:
        return DueCause.DEEMED_ACCEPTED if case.deemed_accepted else DueCause.ACCEPTED
    if change.entered is ApplicationStatus.RECEIVED:
        return (
            DueCause.RESUBMITTED if stored(case, "status") and case.notices else DueCause.RECEIVED
        )
    if case.decision is not None and case.decision.is_deemed:
        return DueCause.DEEMED_RENEWED
    if change.entered is not None:
        return _CAUSE_OF_STATUS[change.entered]
    if change.touches(ClockSuspension):
        return DueCause.SUSPENDED if case.suspended_since else DueCause.RESUMED
    return DueCause.EXTENDED if change.touches(DeadlineExtension) else DueCause.CALENDAR_CHANGED


def _append_history(change: CaseChange, effective_on: date, cause: DueCause) -> None:
    case = change.case
    case.due_date_changes.append(
        DueDateChange(
            effective_on=effective_on,
            cause=cause,
            due_on=case.due_on,
            statutory_due_on=case.statutory_due_on,
            is_paused=case.suspended_since is not None,
            is_closed=cause is DueCause.CLOSED,
            recorded_at=change.acting.now(),
        )
    )


def record_imported_history(change: CaseChange) -> None:
    """An imported case has two days of history: when it came in, and when it closed."""
    case = change.case
    if inspect(case).persistent or case.received_on is None:
        return
    _append_history(change, case.received_on, DueCause.IMPORTED)
    if case.closed_on is not None:
        _append_history(change, case.closed_on, DueCause.CLOSED)
