"""The clocks of a case, read from its rows: asked by the hooks that store the dates and by the
pages that explain them. The day that binds stands here in Python and in SQL, side by side."""

from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy import case as either

from models.application import Application, ApplicationStep
from models.enums import ApplicationStatus, Origin, StepStatus
from models.rules.case_clock import (
    NO_CLOCK,
    Clock,
    ClockReading,
    Limits,
    days_worked,
    decision_clock,
    delivery_clock,
    green_lane_promise,
    notice_clock,
    step_clock,
)
from models.rules.deadlines import Pause
from models.rules.working_days import Calendar

# --- what the clocks read ---------------------------------------------------------------------


def pauses_of(case: Application) -> list[Pause]:
    """The case's suspensions as pauses of the clock."""
    return [Pause(s.started_on, s.ended_on) for s in case.suspensions]


def limits_of(case: Application) -> Limits:
    """The limits of the case's item version, with the shorter promise of the green lane."""
    version = case.item_version
    limits = Limits(
        statutory=version.statutory_limit,
        statutory_unit=version.statutory_unit,
        promised=version.promised_limit,
        promised_unit=version.promised_unit,
        clock_start=version.clock_start,
        warning_days=version.warning_days,
    )
    if not case.is_green_lane:
        return limits
    return replace(limits, promised=green_lane_promise(limits.promised))


def extension_of(case: Application) -> int:
    """The working days by which the case was extended (Art. 42)."""
    return sum(extension.days for extension in case.extensions if extension.approved_on)


def last_answered_on(case: Application) -> date | None:
    """The day of the last answer to a correction notice."""
    return max((n.answered_on for n in case.notices if n.answered_on), default=None)


def complete_on(case: Application) -> date:
    """The day of receipt, or after a correction that as of which the case is accepted: on it the
    materials became complete (Art. 32)."""
    assert case.received_on is not None, "a received case has its day"
    if last_answered_on(case) is None:
        return case.received_on
    return case.accepted_on or case.received_on


def handed_in_on(case: Application) -> date:
    """The day of receipt, or of the last answer to a correction notice."""
    assert case.received_on is not None, "a received case has its day"
    return max(case.received_on, last_answered_on(case) or case.received_on)


# --- the clocks -------------------------------------------------------------------------------


def decision_clock_of(case: Application, calendar: Calendar) -> ClockReading:
    """The decision clock of an accepted case, from its facts alone."""
    if case.received_on is None or case.accepted_on is None:
        return NO_CLOCK
    return decision_clock(
        calendar,
        limits_of(case),
        complete_on=complete_on(case),
        accepted_on=case.accepted_on,
        concluded_on=case.review_concluded_on,
        pauses=pauses_of(case),
        extension_days=extension_of(case),
    )


def delivery_clock_of(case: Application, calendar: Calendar) -> ClockReading:
    """The delivery clock of a granted case, within the limit of its item (Art. 44)."""
    assert case.decided_on is not None, "a granted case has its day"
    version = case.item_version
    return delivery_clock(calendar, case.decided_on, version.warning_days, version.delivery_limit)


def clocks_of(case: Application, calendar: Calendar) -> tuple[Clock, ...]:
    """The clocks of which one binds; of a closed case those of its decision.

    Imported history has none: its dates are what its log says.
    """
    if case.origin is Origin.IMPORTED or case.received_on is None:
        return ()
    if case.status is ApplicationStatus.RECEIVED:
        return (notice_clock(calendar, handed_in_on(case)),)
    if case.status is ApplicationStatus.GRANTED:
        return delivery_clock_of(case, calendar).clocks
    return decision_clock_of(case, calendar).clocks


# --- the clock of a step ----------------------------------------------------------------------


def step_due_on(step: ApplicationStep, case: Application, calendar: Calendar) -> date | None:
    """The due date of an open step; it stands still while the case does."""
    assert step.opened_on is not None, "an open step has its day"
    limit = step.step_definition.limit_days
    clock = step_clock(calendar, step.opened_on, limit, pauses_of(case))
    return clock.due_on if clock else None


def step_days_used(
    step: ApplicationStep, case: Application, calendar: Calendar, today: date
) -> int | None:
    """The working days that a step has taken; paused ones are not used. None before it began."""
    if step.opened_on is None or step.status is StepStatus.CANCELLED:
        return None
    return days_worked(calendar, step.opened_on, step.done_on or today, pauses_of(case))


# --- the day that binds -----------------------------------------------------------------------


def binding_day() -> ColumnElement[date | None]:
    """The day that binds the office on a case: of a received one the day for its notice."""
    is_received = Application.status == ApplicationStatus.RECEIVED
    return either((is_received, Application.notice_due_on), else_=Application.due_on)


def binding_day_of(case: Application) -> date | None:
    """The same of one case."""
    return case.notice_due_on if case.status is ApplicationStatus.RECEIVED else case.due_on


def explained_day_of(case: Application) -> date | None:
    """The day that "why this date?" explains: the one that binds, and of a case whose decision
    has closed it, the one by which it was to be decided."""
    if case.closed_on is not None and case.decision_due_on is not None:
        return case.decision_due_on
    return binding_day_of(case)
