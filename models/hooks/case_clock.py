"""The dates of a case's clock are set: which clock runs now, and what moves it."""

from models.application import Application
from models.base import stored
from models.clock import ClockSuspension, DeadlineExtension, GreenLane
from models.enums import ApplicationStatus, StepStatus
from models.hooks.case_change import CaseChange
from models.questions.case_clock import decision_clock_of, delivery_clock_of, step_due_on
from models.receipt import EarlierReceipt
from models.rules.case_clock import ClockReading

# A part that comes or changes moves the clock of an accepted case.
MOVING_PARTS = (ClockSuspension, DeadlineExtension, GreenLane, EarlierReceipt)


def _is_concluded_now(case: Application) -> bool:
    return bool(case.review_concluded_on != stored(case, "review_concluded_on"))


def read_clock(change: CaseChange) -> None:
    """Set the dates of the clock that runs now; acceptance, pauses and extensions move them."""
    case = change.case
    if case.status is ApplicationStatus.GRANTED and change.entered:
        set_clock(case, delivery_clock_of(case, change.calendar))
    elif case.status is ApplicationStatus.ACCEPTED and (
        change.entered or change.touches(*MOVING_PARTS) or _is_concluded_now(case)
    ):
        set_clock(case, decision_clock_of(case, change.calendar))
        pauses = [s for s in case.suspensions if s.ended_on is None]
        case.suspended_since = pauses[0].started_on if pauses else None
        for step in case.steps:
            if step.status is StepStatus.OPEN:
                step.due_on = step_due_on(step, case, change.calendar)


def set_clock(case: Application, reading: ClockReading) -> None:
    case.due_on = reading.due_on
    case.statutory_due_on = reading.statutory_due_on
    case.due_is_provisional = reading.is_provisional
    case.statutory_due_is_provisional = reading.statutory_is_provisional
    case.warn_on = reading.warn_on
