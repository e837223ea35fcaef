"""The clock a second time, by walking day by day: slow, plain, and nobody's relative.

It imports nothing from the product, so that one mistake cannot stand on both sides. Its own
calendar knows 2019-2026 from the package and the statutory days of 2027-2032 by heart.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

FIRST_DAY = date(2019, 1, 1)
LAST_DAY = date(2032, 12, 31)
ONE_DAY = timedelta(days=1)

# 除夕 and 初一 to 初三, 清明, 端午, 中秋: written out, not taken from the package.
MOVING_DAYS_OFF = """
2027-02-05 2027-02-06 2027-02-07 2027-02-08 2027-04-05 2027-06-09 2027-09-15
2028-01-25 2028-01-26 2028-01-27 2028-01-28 2028-04-04 2028-05-28 2028-10-03
2029-02-12 2029-02-13 2029-02-14 2029-02-15 2029-04-04 2029-06-16 2029-09-22
2030-02-02 2030-02-03 2030-02-04 2030-02-05 2030-04-05 2030-06-05 2030-09-12
2031-01-22 2031-01-23 2031-01-24 2031-01-25 2031-04-05 2031-06-24 2031-10-01
2032-02-10 2032-02-11 2032-02-12 2032-02-13 2032-04-04 2032-06-12 2032-09-19
"""
FIXED_DAYS_OFF = ("01-01", "05-01", "05-02", "10-01", "10-02", "10-03")

OraclePause = tuple[date, date | None]


@dataclass(frozen=True)
class Answer:
    """What the walk finds: the due date, and the days it counted on the way."""

    due_on: date | None
    counted: tuple[date, ...]


@cache
def rest_days() -> frozenset[date]:
    """Every rest day from 2019 to 2032."""
    published = holidays.country_holidays("CN", years=range(2019, 2027))
    days = (FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1))
    return frozenset(
        day
        for day in days
        if (not published.is_working_day(day) if day.year < 2027 else _rests_by_rule(day))
    )


def _rests_by_rule(day: date) -> bool:
    iso = day.isoformat()
    return day.weekday() > 4 or iso[5:] in FIXED_DAYS_OFF or iso in MOVING_DAYS_OFF


def works(day: date) -> bool:
    """Whether the offices work on a day; refuses to guess beyond what it knows."""
    assert FIRST_DAY <= day <= LAST_DAY, f"the oracle does not know {day}"
    return day not in rest_days()


def covered(day: date, pauses: Iterable[OraclePause]) -> bool:
    """Whether any pause leaves the day uncounted."""
    return any(a < day and (b is None or day <= b) for a, b in pauses)


def begins(day: date, pauses: Iterable[OraclePause]) -> bool:
    """Whether any pause of some length begins on the day."""
    return any(a == day and (b is None or a < b) for a, b in pauses)


def stopped(day: date, pauses: Iterable[OraclePause]) -> bool:
    """Whether an open pause has begun before the day: then the walk never ends."""
    return any(b is None and a < day for a, b in pauses)


def walk_working_days(
    start: date,
    n: int,
    pauses: list[OraclePause],
    also_rest: frozenset[date] = frozenset(),
    also_work: frozenset[date] = frozenset(),
) -> Answer:
    """The rule of the domain sheet, word for word, for n of at least 1.

    ``also_rest`` are days off, ``also_work`` make-up days, of a notice that came later.
    """
    counted: list[date] = []
    day = start
    while True:
        day += ONE_DAY
        if stopped(day, pauses):
            return Answer(None, tuple(counted))
        rests = day in also_rest or not (works(day) or day in also_work)
        if rests or covered(day, pauses):
            continue
        if len(counted) == n - 1 and begins(day, pauses):
            continue
        counted.append(day)
        if len(counted) == n:
            return Answer(day, tuple(counted))


def walk_calendar_days(start: date, n: int, pauses: list[OraclePause], ends_here: bool) -> Answer:
    """The n-th calendar day outside the pauses; no rest day is passed over yet."""
    counted: list[date] = []
    day = start
    while len(counted) < n:
        day += ONE_DAY
        if stopped(day, pauses):
            return Answer(None, tuple(counted))
        last = ends_here and len(counted) == n - 1
        if not covered(day, pauses) and not (last and begins(day, pauses)):
            counted.append(day)
    return Answer(day, tuple(counted))


def wait_for_working_day(day: date, pauses: list[OraclePause], ends_here: bool) -> date | None:
    """The first day from the given one on which a period may end."""
    while not stopped(day, pauses):
        held = covered(day, pauses) or (ends_here and begins(day, pauses))
        if works(day) and not held:
            return day
        day += ONE_DAY
    return None


def days_in_months(start: date, months: int) -> int:
    """How many calendar days the months after a day have, ends clamped to the month."""
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    end = date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
    return (end - start).days


def expect(
    start: date, limit: int, unit: str, pauses: Iterable[OraclePause], extension: int = 0
) -> Answer:
    """The due date and the counted days for a limit in WORKING_DAY, CALENDAR_DAY or MONTH."""
    # No days at all: the start, rolled forward; there is nothing that a pause could stop.
    held = list(pauses) if limit + extension else []
    if unit == "WORKING_DAY" and limit + extension:
        return walk_working_days(start, limit + extension, held)
    ends_here = extension == 0
    length = days_in_months(start, limit) if unit == "MONTH" else limit
    base = walk_calendar_days(start, length, held, ends_here)
    counted = base.counted
    if unit == "MONTH":
        counted = _month_ends(start, limit, held, base, ends_here)
    if base.due_on is None:
        return Answer(None, counted)
    rolled = wait_for_working_day(base.due_on, held, ends_here)
    if rolled is None or ends_here:
        return Answer(rolled, counted)
    extra = walk_working_days(rolled, extension, held)
    return Answer(extra.due_on, counted + extra.counted)


def _month_ends(
    start: date, limit: int, pauses: list[OraclePause], base: Answer, ends_here: bool
) -> tuple[date, ...]:
    ends = [
        walk_calendar_days(start, days_in_months(start, month), pauses, ends_here=False).due_on
        for month in range(1, limit)
    ]
    last = base.due_on if limit else None
    return tuple(end for end in [*ends, last] if end is not None)
