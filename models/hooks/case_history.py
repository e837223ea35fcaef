"""The due-date history of a case: what makes "as of a day" possible."""

from datetime import date

from sqlalchemy import inspect

from models.acting import Acting
from models.application import Application
from models.base import stored
from models.clock import ClockSuspension, DeadlineExtension, DueDateChange
from models.enums import ApplicationStatus, DueCause
from models.hooks.case_change import CaseChange

_CAUSE_OF_STATUS = {
    ApplicationStatus.CORRECTING: DueCause.CORRECTION_NOTICE,
    ApplicationStatus.GRANTED: DueCause.DECIDED,
}
_CAUSE_OF_COLUMN = {
    "review_concluded_on": DueCause.REVIEW_CONCLUDED,
    "is_green_lane": DueCause.GREEN_LANE,
    "received_on": DueCause.RECEIVED_EARLIER,
}


def record_history(change: CaseChange) -> None:
    """A row whenever the due date, the pause or the closure changed, and for what is recorded of a
    case that has no clock yet."""
    case = change.case
    columns = (
        "due_on", "statutory_due_on", "suspended_since", "closed_on", "is_green_lane",
        "review_concluded_on", "received_on",
    )  # fmt: skip
    moved = any(_moves(case, column) for column in columns)
    if not moved and change.entered not in (
        ApplicationStatus.RECEIVED,
        ApplicationStatus.CORRECTING,
        ApplicationStatus.ACCEPTED,
    ):
        return
    append_history(case, change.acting, change.today, _cause(change))


def _moves(case: Application, column: str) -> bool:
    """Whether a date or a claim changes; a new case claims nothing."""
    return bool((getattr(case, column) or None) != (stored(case, column) or None))


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
    for column, cause in _CAUSE_OF_COLUMN.items():
        if _moves(case, column):
            return cause
    if change.touches(ClockSuspension):
        return DueCause.SUSPENDED if case.suspended_since else DueCause.RESUMED
    return DueCause.EXTENDED if change.touches(DeadlineExtension) else DueCause.CALENDAR_CHANGED


def append_history(case: Application, acting: Acting, effective_on: date, cause: DueCause) -> None:
    """One row of the history: how the clock of ``case`` stands from ``effective_on`` on."""
    case.due_date_changes.append(
        DueDateChange(
            effective_on=effective_on,
            cause=cause,
            due_on=case.due_on,
            statutory_due_on=case.statutory_due_on,
            is_paused=case.suspended_since is not None,
            is_closed=cause is DueCause.CLOSED,
            recorded_at=acting.now(),
        )
    )


def record_imported_history(change: CaseChange) -> None:
    """An imported case has two days of history: when it came in, and when it closed."""
    case = change.case
    if inspect(case).persistent or case.received_on is None:
        return
    append_history(case, change.acting, case.received_on, DueCause.IMPORTED)
    if case.closed_on is not None:
        append_history(case, change.acting, case.closed_on, DueCause.CLOSED)
