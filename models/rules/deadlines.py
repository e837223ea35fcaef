"""The clock: when a case is due, what pauses it, and when to warn.

Art. 82 of the Administrative Permit Law counts in working days; Art. 45 leaves hearings,
tests and the like uncounted; Civil Code 201 and 203 leave out the first day and let no
period end on a rest day. Limits in calendar days and months are counted the same way.
"""

import calendar as gregorian
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

from models.enums import LimitUnit
from models.rules.working_days import Calendar, CalendarRangeError

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """A time that is not counted: the days in (start, end], or from ``start`` on while open.

    The day it begins counts as used, unless it is the last day of the limit. A pause that
    ends on the day it began excludes nothing. Raises ``ValueError`` if it ends before that.
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError("the pause ends before it begins")

    def covers(self, day: date) -> bool:
        """Whether ``day`` is left uncounted by this pause."""
        return self.start < day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class DueDate:
    """The answer of the clock.

    ``due_on`` is ``None`` while a pause is open that began on or before it. ``provisional``
    says that the date rests on a year not yet confirmed; without a date it is false.
    ``counted`` are the days used up, one per unit of the limit and one per day of extension:
    all of them when there is a date, those before the open pause when there is none. A month
    is represented by the day on which it is complete.
    """

    due_on: date | None
    provisional: bool
    counted: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class _Reach:
    """How far a clock runs; ``None`` from the step on that an open pause prevents.

    ``last`` is the last day the limit counts, ``rolled`` the working day that stands for it
    (Civil Code 203), ``due`` the due date after any extension.
    """

    last: date | None
    rolled: date | None
    due: date | None


def merge_pauses(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """The same excluded days as pauses that do not touch, in order; at most the last is open.

    Overlapping pauses are one, and so are two of which the second begins on the last day of
    the first. Pauses of no length vanish.
    """
    merged: list[Pause] = []
    for pause in sorted(pauses, key=lambda pause: pause.start):
        if pause.end == pause.start:
            continue
        if merged and _touches(merged[-1], pause):
            merged[-1] = Pause(merged[-1].start, _later_end(merged[-1].end, pause.end))
        else:
            merged.append(pause)
    return tuple(merged)


def due_on(
    calendar: Calendar,
    start: date,
    limit: int,
    unit: LimitUnit = LimitUnit.WORKING_DAY,
    pauses: Iterable[Pause] = (),
    extension_days: int = 0,
) -> date | None:
    """The due date alone: :func:`due_date` for bulk work, without the list of days."""
    return _reach(calendar, start, limit, unit, merge_pauses(pauses), extension_days).due


def due_date(
    calendar: Calendar,
    start: date,
    limit: int,
    unit: LimitUnit = LimitUnit.WORKING_DAY,
    pauses: Iterable[Pause] = (),
    extension_days: int = 0,
) -> DueDate:
    """When a limit that starts on ``start`` ends, with the days it counts.

    ``start`` itself is not counted; the end is always a working day on which no pause begins
    and which no pause covers. ``limit`` is in ``unit``s, ``extension_days`` always in working
    days: they follow the day on which the limit itself would end, rolled forward. A limit of
    0 is due on ``start``, rolled forward past rest days: it counts no day that a pause could
    stop. Raises ``ValueError`` for
    a negative number and :class:`CalendarRangeError` beyond the calendar.
    (Administrative Permit Law 42, 45, 82; Civil Code 201, 203.)
    """
    merged = merge_pauses(pauses)
    reach = _reach(calendar, start, limit, unit, merged, extension_days)
    if unit is LimitUnit.WORKING_DAY:
        limit, extension_days = limit + extension_days, 0
    return DueDate(
        due_on=reach.due,
        provisional=_is_provisional(calendar, start, limit, unit, reach),
        counted=_counted(calendar, start, limit, unit, merged, extension_days, reach),
    )


def warn_date(calendar: Calendar, due_on: date, warning_days: int) -> date:
    """The first day on which at most ``warning_days`` working days remain.

    It is always a working day: only the passing of one lowers what remains.
    """
    return calendar.subtract(due_on, warning_days)


def _reach(
    calendar: Calendar,
    start: date,
    limit: int,
    unit: LimitUnit,
    pauses: tuple[Pause, ...],
    extension_days: int,
) -> _Reach:
    if limit < 0 or extension_days < 0:
        raise ValueError("a limit or an extension is negative")
    if not limit + extension_days:
        rolled_start = calendar.roll_forward(start)
        return _Reach(start, rolled_start, rolled_start)
    if unit is LimitUnit.WORKING_DAY:
        due = _end_of_working_days(calendar, start, limit + extension_days, pauses)
        return _Reach(due, due, due)
    # A day of extension takes from the limit's own end its being the last day.
    is_last = not extension_days
    calendar.is_provisional(start)  # A start that has no calendar is refused for every unit.
    try:
        last = _end_of_span(start, _plain_end(start, limit, unit), pauses, is_last)
    except OverflowError as beyond:
        raise CalendarRangeError(MAXYEAR + 1) from beyond
    rolled = _roll_forward(calendar, last, pauses, is_last) if last else None
    if rolled is None or is_last:
        return _Reach(last, rolled, rolled)
    return _Reach(last, rolled, _end_of_working_days(calendar, rolled, extension_days, pauses))


def _end_of_working_days(
    calendar: Calendar, start: date, limit: int, pauses: tuple[Pause, ...]
) -> date | None:
    """The day on which ``limit`` (at least 1) working days outside every pause have passed."""
    left = limit
    for pause in pauses:
        if pause.start > calendar.add(start, left):
            break
        if pause.end is None:
            return None
        # The day a pause begins is used, but not when it is the last one: that one is kept.
        left -= min(calendar.count(start, pause.start), left - 1)
        start = max(start, pause.end)
    return calendar.add(start, left)


def _plain_end(start: date, limit: int, unit: LimitUnit) -> date:
    """The last day of a limit in months or calendar days, were there no pause."""
    if unit is LimitUnit.MONTH:
        return _add_months(start, limit)
    return start + timedelta(days=limit)


def _add_months(start: date, months: int) -> date:
    """The same day ``months`` later, or the month's last day if it is shorter (Civil Code 202)."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    if year > MAXYEAR:
        raise CalendarRangeError(year)
    return date(year, month + 1, min(start.day, gregorian.monthrange(year, month + 1)[1]))


def _end_of_span(start: date, end: date, pauses: tuple[Pause, ...], is_last: bool) -> date | None:
    """``end`` pushed on by the calendar days of each pause begun before it.

    A pause that begins on it keeps that day for later if it is the last of the limit.
    """
    for pause in pauses:
        if pause.start > end or (pause.start == end and not is_last):
            break
        if pause.end is None:
            return None
        kept = ONE_DAY if pause.start == end else timedelta()
        end += kept + max(pause.end - max(pause.start, start), timedelta())
    return end


def _roll_forward(
    calendar: Calendar, day: date, pauses: tuple[Pause, ...], is_last: bool
) -> date | None:
    """The first working day from ``day`` on that no pause covers, and none begins if last."""
    day = calendar.roll_forward(day)
    for pause in pauses:
        if pause.start > day or (pause.start == day and not is_last):
            break
        if pause.end is None:
            return None
        if pause.end >= day:
            day = calendar.add(pause.end, 1)
    return day


def _is_provisional(
    calendar: Calendar, start: date, limit: int, unit: LimitUnit, reach: _Reach
) -> bool:
    if reach.due is None or reach.last is None:
        return False
    if unit is LimitUnit.WORKING_DAY and limit:
        return calendar.rests_on_provisional(start, reach.due)
    # Only from the last day on does it matter here which days are worked.
    return calendar.rests_on_provisional(reach.last - ONE_DAY, reach.due)


def _counted(
    calendar: Calendar,
    start: date,
    limit: int,
    unit: LimitUnit,
    pauses: tuple[Pause, ...],
    extension_days: int,
    reach: _Reach,
) -> tuple[date, ...]:
    """The days used up by the limit, then those used up by the extension."""
    stop = pauses[-1].start if reach.due is None else reach.due
    if unit is LimitUnit.WORKING_DAY:
        candidates = calendar.between(start, stop)
    elif unit is LimitUnit.CALENDAR_DAY:
        candidates = _days_between(start, reach.last or stop)
    else:
        candidates = _month_ends(start, limit, pauses)
    counted = _used(candidates, limit, pauses, reach.last)
    if reach.rolled is None:
        return counted
    extra = calendar.between(reach.rolled, stop)
    return counted + _used(extra, extension_days, pauses, reach.due)


def _used(
    candidates: Iterable[date], number: int, pauses: tuple[Pause, ...], last: date | None
) -> tuple[date, ...]:
    """The first ``number`` unpaused days, of which the last one is known to be ``last``."""
    if number == 0:
        return ()
    free = tuple(day for day in candidates if not any(pause.covers(day) for pause in pauses))
    # Days passed over because a pause began on them stand between the last but one and the last.
    return free[: number - 1] + ((last,) if last else ())


def _days_between(after: date, until: date) -> tuple[date, ...]:
    return tuple(after + timedelta(days=n) for n in range(1, (until - after).days + 1))


def _month_ends(start: date, limit: int, pauses: tuple[Pause, ...]) -> tuple[date, ...]:
    """The days on which the months before the last one are complete; none after an open pause."""
    ends = (
        _end_of_span(start, _add_months(start, months), pauses, is_last=False)
        for months in range(1, limit)
    )
    return tuple(end for end in ends if end is not None)


def _touches(earlier: Pause, later: Pause) -> bool:
    return earlier.end is None or later.start <= earlier.end


def _later_end(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)
