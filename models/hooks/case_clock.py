"""The clock of a case, read from its rows."""

from dataclasses import replace
from datetime import date

from models.application import Application, ApplicationStep
from models.base import stored
from models.catalogue import ItemVersion
from models.clock import ClockSuspension, DeadlineExtension, GreenLane
from models.enums import ApplicationStatus, StepStatus
from models.hooks.case_change import CaseChange
from models.rules.case_clock import (
    NO_CLOCK,
    ClockReading,
    Limits,
    decision_clock,
    delivery_clock,
    green_lane_promise,
    step_due_on,
)
from models.rules.deadlines import Pause
from models.rules.working_days import Calendar


def pauses_of(case: Application) -> list[Pause]:
    """The case's suspensions as pauses of the clock."""
    return [Pause(s.started_on, s.ended_on) for s in case.suspensions]


def limits_of(version: ItemVersion) -> Limits:
    """The limits of an item version as the clock reads them."""
    return Limits(
        statutory=version.statutory_limit,
        statutory_unit=version.statutory_unit,
        promised=version.promised_limit,
        promised_unit=version.promised_unit,
        clock_start=version.clock_start,
        warning_days=version.warning_days,
    )


# A part that comes or changes moves the clock of an accepted case.
MOVING_PARTS = (ClockSuspension, DeadlineExtension, GreenLane)


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
                step.due_on = step_due(change.calendar, change.case, step)


def decision_clock_of(case: Application, calendar: Calendar) -> ClockReading:
    """The decision clock of an accepted case, from its facts alone."""
    if case.received_on is None or case.accepted_on is None:
        return NO_CLOCK
    limits = limits_of(case.item_version)
    if case.is_green_lane:
        limits = replace(limits, promised=green_lane_promise(limits.promised))
    return decision_clock(
        calendar,
        limits,
        received_on=case.received_on,
        accepted_on=case.accepted_on,
        concluded_on=case.review_concluded_on,
        pauses=pauses_of(case),
        extension_days=sum(e.days for e in case.extensions if e.approved_on),
    )


def delivery_clock_of(case: Application, calendar: Calendar) -> ClockReading:
    """The delivery clock of a granted case, within the limit of its item (Art. 44)."""
    assert case.decided_on is not None, "a granted case has its day"
    version = case.item_version
    return delivery_clock(calendar, case.decided_on, version.warning_days, version.delivery_limit)


def set_clock(case: Application, reading: ClockReading) -> None:
    case.due_on = reading.due_on
    case.statutory_due_on = reading.statutory_due_on
    case.due_is_provisional = reading.is_provisional
    case.statutory_due_is_provisional = reading.statutory_is_provisional
    case.warn_on = reading.warn_on


def step_due(calendar: Calendar, case: Application, step: ApplicationStep) -> date | None:
    """The due date of an open step; it stands still while the case does."""
    assert step.opened_on is not None, "an open step has its day"
    limit = step.step_definition.limit_days
    return step_due_on(calendar, step.opened_on, limit, pauses_of(case))
