"""The clocks of a case, one at a time (DOMAIN: the clock, exactly). Pure: facts in, dates out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.enums import ClockStart, LimitUnit
from models.rules.deadlines import DueDate, Pause, due_date, warn_date
from models.rules.working_days import Calendar

NOTICE_DAYS = 5  # Art. 32(4)
CORRECTION_DAYS = 30  # the applicant's time to answer a notice; the office's own rule
DELIVERY_DAYS = 10  # Art. 44
EXTENSION_DAYS = 10  # Art. 42 ¶1
JOINT_EXTENSION_DAYS = 15  # Art. 42 ¶2


@dataclass(frozen=True, slots=True)
class Limits:
    """What an item version allows for the decision, as the law and the promise set it."""

    statutory: int | None
    statutory_unit: LimitUnit
    promised: int | None
    promised_unit: LimitUnit
    clock_start: ClockStart
    warning_days: int


@dataclass(frozen=True, slots=True)
class ClockReading:
    """The dates that bind a case now. ``due_on`` None: no clock runs, or it is paused."""

    due_on: date | None = None
    statutory_due_on: date | None = None
    is_provisional: bool = False
    statutory_is_provisional: bool = False
    warn_on: date | None = None


NO_CLOCK = ClockReading()


def decision_clock(
    calendar: Calendar,
    limits: Limits,
    *,
    received_on: date,
    accepted_on: date,
    concluded_on: date | None = None,
    pauses: Iterable[Pause] = (),
    extension_days: int = 0,
) -> ClockReading:
    """The decision clock of an accepted case (Art. 42, 45); of two dates the earlier binds.

    Where a review's conclusion starts it, no date binds before that.
    """
    start = {
        ClockStart.ACCEPTANCE: accepted_on,
        ClockStart.RECEIPT: received_on,
        ClockStart.REVIEW_CONCLUSION: concluded_on,
    }[limits.clock_start]
    if start is None:
        return NO_CLOCK
    told = tuple(pauses)

    def due(limit: int | None, unit: LimitUnit) -> DueDate | None:
        if limit is None:
            return None
        return due_date(calendar, start, limit, unit, told, extension_days)

    statutory = due(limits.statutory, limits.statutory_unit)
    binding = _earlier(due(limits.promised, limits.promised_unit), statutory)
    if binding is None or binding.due_on is None:
        return NO_CLOCK
    return ClockReading(
        due_on=binding.due_on,
        statutory_due_on=statutory.due_on if statutory else None,
        is_provisional=binding.provisional,
        statutory_is_provisional=bool(statutory and statutory.provisional),
        warn_on=warn_date(calendar, binding.due_on, limits.warning_days),
    )


def _earlier(promised: DueDate | None, statutory: DueDate | None) -> DueDate | None:
    """The date that binds. A promise that is paused stays paused: the law is paused with it."""
    if promised is None or statutory is None:
        return promised or statutory
    if promised.due_on and statutory.due_on and statutory.due_on < promised.due_on:
        return statutory
    return promised


def green_lane_promise(promised: int | None) -> int | None:
    """The promise of a case on the green lane (绿色通道): half of it, rounded up."""
    return None if promised is None else (promised + 1) // 2


def delivery_clock(
    calendar: Calendar, decided_on: date, warning_days: int, limit: int = DELIVERY_DAYS
) -> ClockReading:
    """At most ten working days from the decision to deliver the certificate (Art. 44)."""
    due = due_date(calendar, decided_on, limit)
    assert due.due_on is not None, "a clock without pauses always ends"
    return ClockReading(
        due_on=due.due_on,
        statutory_due_on=due.due_on,
        is_provisional=due.provisional,
        statutory_is_provisional=due.provisional,
        warn_on=warn_date(calendar, due.due_on, warning_days),
    )


def notice_due_on(calendar: Calendar, received_on: date) -> date:
    """The last day for a correction notice; after it the case is deemed accepted (Art. 32(4))."""
    return calendar.add(received_on, NOTICE_DAYS)


def correction_due_on(calendar: Calendar, issued_on: date) -> date:
    """The last day for the applicant to answer a correction notice."""
    return calendar.add(issued_on, CORRECTION_DAYS)


def step_due_on(
    calendar: Calendar, opened_on: date, limit_days: int | None, pauses: Iterable[Pause] = ()
) -> date | None:
    """The due date of one step; it stands still while the case does."""
    if limit_days is None:
        return None
    return due_date(calendar, opened_on, limit_days, LimitUnit.WORKING_DAY, tuple(pauses)).due_on
