"""The working-day calendar: which days count, and arithmetic on them.

Art. 82 of the Administrative Permit Law counts in working days. A make-up day (调休上班)
at a weekend is one; a statutory holiday on a weekday is not. Which day is which is data,
one :class:`CalendarYear` at a time; nothing here knows a date.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from typing import NamedTuple

SATURDAY = 5


class CalendarRangeError(ValueError):
    """No calendar can be given for ``year``: it lies beyond every table we have."""

    def __init__(self, year: int) -> None:
        super().__init__(f"there is no calendar for the year {year}")
        self.year = year


class CalendarDay(NamedTuple):
    """What is special about one day: whether it is worked, and the name of the reason."""

    is_working: bool
    name: str


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year of the calendar: Monday to Friday, except the days in ``exceptions``.

    ``confirmed`` says that the State Council has published the year. A weekend holiday may
    stand among the exceptions only for its name. Raises ``ValueError`` for a foreign date.
    """

    year: int
    confirmed: bool
    exceptions: Mapping[date, tuple[bool, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if strangers := [day for day in self.exceptions if day.year != self.year]:
            raise ValueError(f"{min(strangers)} is not a day of {self.year}")


class _Table:
    """A year made ready for questions: its working days, and how many fall up to each day."""

    __slots__ = ("confirmed", "eve", "exceptions", "upto", "working")

    def __init__(self, year: CalendarYear) -> None:
        first = date(year.year, 1, 1)
        length = date(year.year, 12, 31).toordinal() - first.toordinal() + 1
        days = [first + timedelta(days=index) for index in range(length)]
        exceptions = dict(year.exceptions)
        flags = [
            exceptions[day][0] if day in exceptions else day.weekday() < SATURDAY for day in days
        ]
        self.confirmed = year.confirmed
        self.exceptions = exceptions
        self.eve = first.toordinal() - 1
        self.working = tuple(day for day, works in zip(days, flags, strict=True) if works)
        # upto[i] is the number of working days among the first i days of the year.
        self.upto = tuple(accumulate(flags, initial=0))

    def rank(self, day: date) -> int:
        """The number of the year's working days up to and including ``day``."""
        return self.upto[day.toordinal() - self.eve]


class Calendar:
    """Answers every question about working days; immutable, and safe to share between threads.

    ``years`` are the known years; an absent one is asked of ``fill`` when it is first needed
    and then kept. Each answer costs one look-up per calendar year it spans, whatever the
    number of days. Raises :class:`CalendarRangeError` where ``fill`` does.
    """

    __slots__ = ("_fill", "_tables")

    def __init__(self, years: Iterable[CalendarYear], fill: Callable[[int], CalendarYear]) -> None:
        self._fill = fill
        self._tables = {year.year: _Table(year) for year in years}

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on ``day``, make-up days included."""
        table = self._table(day.year)
        index = day.toordinal() - table.eve
        return table.upto[index] > table.upto[index - 1]

    def is_provisional(self, day: date) -> bool:
        """Whether ``day`` lies in a year that no notice has confirmed."""
        return not self._table(day.year).confirmed

    def name_of(self, day: date) -> str | None:
        """The holiday or make-up day that ``day`` is, or ``None`` for an ordinary day."""
        special = self._table(day.year).exceptions.get(day)
        return special[1] if special else None

    def count(self, after: date, until: date) -> int:
        """The working days in (after, until]; 0 when ``until`` is not later."""
        if until <= after:
            return 0
        total = self._table(until.year).rank(until) - self._table(after.year).rank(after)
        for year in range(after.year, until.year):
            total += len(self._table(year).working)
        return total

    def between(self, after: date, until: date) -> tuple[date, ...]:
        """The working days in (after, until], in order."""
        if until <= after:
            return ()
        days: list[date] = []
        for year in range(after.year, until.year + 1):
            table = self._table(year)
            first = table.rank(after) if year == after.year else 0
            last = table.rank(until) if year == until.year else None
            days += table.working[first:last]
        return tuple(days)

    def add(self, start: date, n: int) -> date:
        """The ``n``-th working day after ``start``; for 0 ``start`` itself, rolled forward."""
        if n < 0:
            raise ValueError("the number of working days is negative")
        if n == 0:
            return self.roll_forward(start)
        year, place = start.year, self._table(start.year).rank(start) + n
        while place > len(working := self._table(year).working):
            place -= len(working)
            year += 1
        return working[place - 1]

    def subtract(self, until: date, n: int) -> date:
        """The working day, on or before ``until``, after which ``n`` remain up to ``until``."""
        if n < 0:
            raise ValueError("the number of working days is negative")
        year, place = until.year, self._table(until.year).rank(until) - n
        while place < 1:
            year -= 1
            place += len(self._table(year).working)
        return self._table(year).working[place - 1]

    def roll_forward(self, day: date) -> date:
        """``day``, or the next working day if it is a rest day (Civil Code 203)."""
        return day if self.is_working_day(day) else self.add(day, 1)

    def rests_on_provisional(self, after: date, until: date) -> bool:
        """Whether any day in (after, until] lies in an unconfirmed year."""
        if until <= after:
            return False
        first = after.year + (after.month == 12 and after.day == 31)
        return any(not self._table(year).confirmed for year in range(first, until.year + 1))

    def _table(self, year: int) -> _Table:
        table = self._tables.get(year)
        if table is None:
            # Two threads may both build a year; the tables are equal, so either may stay.
            table = self._tables[year] = _Table(self._fill(year))
        return table


def remaining(calendar: Calendar, today: date, due: date) -> int:
    """Working days left, in (today, due]; 0 on the due day itself, which is not yet late."""
    return calendar.count(today, due)


def lateness(calendar: Calendar, today: date, due: date) -> int:
    """Working days late, in (due, today].

    A case past its due date may be 0 working days late, on the rest days that follow it.
    """
    return calendar.count(due, today)
