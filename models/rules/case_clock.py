"""The clocks of a case, one at a time (DOMAIN: the clock, exactly). Pure: facts in, dates out.

Every clock says what it read and where that led: a page that explains a date draws this, and
reckons nothing anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto

from models.enums import ClockStart, LimitUnit
from models.rules.deadlines import DueDate, Pause, due_date, warn_date
from models.rules.working_days import Calendar

CORRECTION_NOTICE_DAYS = 5  # Art. 32(4): to notify the applicant of what is missing
CORRECTION_DAYS = 30  # the applicant's time to answer a notice; the office's own rule
DELIVERY_DAYS = 10  # Art. 44
EXTENSION_DAYS = 10  # Art. 42 ¶1
JOINT_EXTENSION_DAYS = 15  # Art. 42 ¶2


class ClockKind(Enum):
    """Which of the clocks of a case it is."""

    NOTICE = auto()
    DELIVERY = auto()
    PROMISED = auto()
    STATUTORY = auto()
    STEP = auto()


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
class Clock:
    """One clock that was read: from when, how much, what stopped it, and where it led."""

    kind: ClockKind
    start: date
    limit: int
    led_to: DueDate
    unit: LimitUnit = LimitUnit.WORKING_DAY
    pauses: tuple[Pause, ...] = ()
    extension: int = 0

    @property
    def due_on(self) -> date | None:
        """The day it led to; None while it is stopped."""
        return self.led_to.due_on

    def days_used(self, calendar: Calendar, day: date) -> int:
        """What is used of limit and extension at the end of ``day``, with the days past them."""
        used = sum(1 for each in self.led_to.counted if each <= day)
        if self.due_on is not None and day > self.due_on:
            used += calendar.count(self.due_on, day)
        return used

    def days_stopped(self, calendar: Calendar, day: date) -> int:
        """The working days up to ``day`` that were not counted (Art. 45)."""
        days = calendar.between(self.start, day)
        return sum(1 for each in days if any(pause.covers(each) for pause in self.pauses))


@dataclass(frozen=True, slots=True)
class ClockReading:
    """The dates that bind a case now, and the clocks that were read for them.

    ``due_on`` None: no clock runs, or it is paused. Two readings are equal when their dates are.
    """

    due_on: date | None = None
    statutory_due_on: date | None = None
    is_provisional: bool = False
    statutory_is_provisional: bool = False
    warn_on: date | None = None
    clocks: tuple[Clock, ...] = field(default=(), compare=False)


NO_CLOCK = ClockReading()


def _read(
    calendar: Calendar,
    kind: ClockKind,
    start: date,
    limit: int,
    unit: LimitUnit = LimitUnit.WORKING_DAY,
    pauses: Iterable[Pause] = (),
    extension: int = 0,
) -> Clock:
    """One clock, with where it leads. Raises as :func:`due_date` does."""
    told = tuple(pauses)
    led_to = due_date(calendar, start, limit, unit, told, extension)
    return Clock(kind, start, limit, led_to, unit, told, extension)


def decision_clock(
    calendar: Calendar,
    limits: Limits,
    *,
    complete_on: date,
    accepted_on: date,
    concluded_on: date | None = None,
    pauses: Iterable[Pause] = (),
    extension_days: int = 0,
) -> ClockReading:
    """The decision clock of an accepted case (Art. 42, 45); of two dates the earlier binds.

    ``complete_on``: its receipt, or after a correction the day on which nothing was missing any
    more, for until then the applicant had the case. Where a review's conclusion starts the clock,
    no date binds before that.
    """
    start = {
        ClockStart.ACCEPTANCE: accepted_on,
        ClockStart.RECEIPT: complete_on,
        ClockStart.REVIEW_CONCLUSION: concluded_on,
    }[limits.clock_start]
    if start is None:
        return NO_CLOCK
    told = tuple(pauses)

    def read(kind: ClockKind, limit: int | None, unit: LimitUnit) -> Clock | None:
        if limit is None:
            return None
        return _read(calendar, kind, start, limit, unit, told, extension_days)

    promised = read(ClockKind.PROMISED, limits.promised, limits.promised_unit)
    statutory = read(ClockKind.STATUTORY, limits.statutory, limits.statutory_unit)
    clocks = tuple(clock for clock in (promised, statutory) if clock is not None)
    binding = _earlier(promised, statutory)
    if binding is None or binding.due_on is None:
        return ClockReading(clocks=clocks)
    return ClockReading(
        due_on=binding.due_on,
        statutory_due_on=statutory.due_on if statutory else None,
        is_provisional=binding.led_to.provisional,
        statutory_is_provisional=bool(statutory and statutory.led_to.provisional),
        warn_on=warn_date(calendar, binding.due_on, limits.warning_days),
        clocks=clocks,
    )


def _earlier(promised: Clock | None, statutory: Clock | None) -> Clock | None:
    """The clock that binds: a date that has passed stands, though a pause has stopped the other.
    None: both are stopped."""
    dated = [clock for clock in (promised, statutory) if clock and clock.due_on]
    return min(dated, key=lambda clock: clock.due_on or date.max, default=None)


def green_lane_promise(promised: int | None) -> int | None:
    """The promise of a case on the green lane (绿色通道): half of it, rounded up."""
    return None if promised is None else (promised + 1) // 2


def delivery_clock(
    calendar: Calendar, decided_on: date, warning_days: int, limit: int = DELIVERY_DAYS
) -> ClockReading:
    """At most ten working days from the decision to deliver the certificate (Art. 44)."""
    clock = _read(calendar, ClockKind.DELIVERY, decided_on, limit)
    assert clock.due_on is not None, "a clock without pauses always ends"
    return ClockReading(
        due_on=clock.due_on,
        statutory_due_on=clock.due_on,
        is_provisional=clock.led_to.provisional,
        statutory_is_provisional=clock.led_to.provisional,
        warn_on=warn_date(calendar, clock.due_on, warning_days),
        clocks=(clock,),
    )


def notice_clock(calendar: Calendar, handed_in_on: date) -> Clock:
    """The office's time to notify of what is missing (Art. 32(4))."""
    return _read(calendar, ClockKind.NOTICE, handed_in_on, CORRECTION_NOTICE_DAYS)


def notice_due_on(calendar: Calendar, handed_in_on: date) -> date:
    """The last day for a correction notice; after it the case is deemed accepted (Art. 32(4))."""
    due_on = notice_clock(calendar, handed_in_on).due_on
    assert due_on is not None, "a clock without pauses always ends"
    return due_on


def correction_due_on(calendar: Calendar, issued_on: date) -> date:
    """The last day for the applicant to answer a correction notice."""
    return calendar.add(issued_on, CORRECTION_DAYS)


def step_clock(
    calendar: Calendar, opened_on: date, limit_days: int | None, pauses: Iterable[Pause] = ()
) -> Clock | None:
    """The clock of one step; it stands still while the case does. None: the step has no limit."""
    if limit_days is None:
        return None
    return _read(calendar, ClockKind.STEP, opened_on, limit_days, pauses=pauses)


def days_worked(calendar: Calendar, start: date, until: date, pauses: Iterable[Pause] = ()) -> int:
    """The working days in (start, until] that no pause leaves out, whatever the limit."""
    told = tuple(pauses)
    days = calendar.between(start, until)
    return sum(1 for day in days if not any(pause.covers(day) for pause in told))
