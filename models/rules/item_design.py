"""What an item version must satisfy before it binds anyone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from models.enums import Duty, LimitUnit
from models.rules.working_days import Calendar

# A published version has a step of each of these posts (the line of four, less pre-guidance,
# which is voluntary).
NEEDED_POSTS = (Duty.ACCEPTANCE, Duty.DECISION)


def longest_path(steps: Iterable[tuple[int, int | None]]) -> int:
    """Working days of the longest way through the steps, given as (stage, limit).

    Steps of one stage run in parallel, so a stage takes as long as its longest step.
    """
    stages: dict[int, int] = defaultdict(int)
    for stage, limit in steps:
        stages[stage] = max(stages[stage], limit or 0)
    return sum(stages.values())


def longest_span(calendar: Calendar, working_days: int, years: Iterable[int]) -> int:
    """The most calendar days that ``working_days`` ever take within ``years``."""
    longest = 0
    for year in years:
        day = date(year, 1, 1)
        while day.year == year:
            longest = max(longest, (calendar.add(day, working_days) - day).days)
            day += timedelta(days=1)
    return longest


# The fewest calendar days that so many units can be.
_CALENDAR_DAYS: Mapping[LimitUnit, int] = {LimitUnit.CALENDAR_DAY: 1, LimitUnit.MONTH: 28}


def promise_keeps_the_law(
    calendar: Calendar,
    promised: tuple[int, LimitUnit],
    statutory: tuple[int, LimitUnit],
    confirmed_years: Iterable[int],
) -> bool:
    """Whether the promised limit can never run past the statutory one.

    A promise in working days under a statute in calendar days or months is held to its longest
    span on the confirmed calendar: five working days can take fifteen calendar days.
    """
    (promise, promise_unit), (limit, limit_unit) = promised, statutory
    if promise_unit is limit_unit:
        return promise <= limit
    if promise_unit is LimitUnit.WORKING_DAY:
        span = longest_span(calendar, promise, confirmed_years)
        return span <= limit * _CALENDAR_DAYS[limit_unit]
    longest_unit = 31 if promise_unit is LimitUnit.MONTH else 1
    if limit_unit is LimitUnit.WORKING_DAY:
        # n working days never take fewer than n calendar days.
        return promise * longest_unit <= limit
    return promise * longest_unit <= limit * _CALENDAR_DAYS[limit_unit]
