"""Why this date? The clock of a case, day by day: what was counted, what was not, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from models import Application
from models.questions.case_clock import clocks_of, explained_day_of
from models.rules.case_clock import Clock
from models.rules.deadlines import Pause
from models.rules.working_days import Calendar, CalendarRangeError
from views.words.labels import member_label
from views.words.values import show

# A strip longer than this says no more to a reader; its end is then said in words.
LONGEST_STRIP = 126
ONE_DAY = timedelta(days=1)


class Mark(Enum):
    """What a day of the strip is, as its style, its sign and its words."""

    START = ("start", _("start"), _("The first day is not counted (Civil Code 201)"))
    COUNTED = ("counted", _("count"), _("Counted"))
    EXTRA = ("extra", _("more"), _("Counted by the extension (Art. 42)"))
    REST = ("rest", _("rest"), _("Rest day (Art. 82)"))
    PAUSED = ("paused", _("stop"), _("Not counted (Art. 45)"))
    LATE = ("late", _("late"), _("Past the date"))

    @property
    def style(self) -> str:
        """The class of its style."""
        return self.value[0]

    @property
    def sign(self) -> LazyString:
        """What stands under the day where it has no number."""
        return self.value[1]

    @property
    def words(self) -> LazyString:
        """What the legend says."""
        return self.value[2]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the strip. ``sign`` is its number in the count, or what it is instead."""

    day: date
    mark: Mark
    sign: str
    words: str
    is_due: bool
    is_today: bool
    is_ahead: bool

    @property
    def short(self) -> str:
        """The day without its year."""
        return f"{self.day.month}-{self.day.day}"


@dataclass(frozen=True, slots=True)
class Strip:
    """The proof of a date. ``cut``: the days after the last one shown."""

    days: list[Day]
    cut: int

    @property
    def legend(self) -> list[Mark]:
        """The marks that occur, in the order of their table."""
        found = {day.mark for day in self.days}
        return [mark for mark in Mark if mark in found]


def strip_of(case: Application, calendar: Calendar, today: date) -> Strip | None:
    """The day-by-day proof of the date that binds a case; None where no clock counts days."""
    explained = explained_day_of(case)
    try:
        for clock in clocks_of(case, calendar):
            # Of the promise and the law the earlier date binds: the strip proves that one.
            if clock.due_on == explained:
                return _strip(case, calendar, clock, today)
    except CalendarRangeError:
        return None
    return None


def _strip(case: Application, calendar: Calendar, clock: Clock, today: date) -> Strip:
    ends = case.closed_on or today
    last = max(clock.due_on or ends, ends)
    numbers = {day: place for place, day in enumerate(clock.led_to.counted, start=1)}
    days = []
    for day in _days(clock.start, min(last, clock.start + LONGEST_STRIP * ONE_DAY)):
        mark, sign = _mark(day, clock, numbers, calendar)
        words = f"{show(day)} {_words(day, mark, sign, case, calendar)}"
        days.append(Day(day, mark, sign, words, day == clock.due_on, day == today, day > ends))
    return Strip(days, max(0, (last - days[-1].day).days))


def _days(first: date, last: date) -> Iterator[date]:
    return (first + n * ONE_DAY for n in range((last - first).days + 1))


def _mark(
    day: date, clock: Clock, numbers: dict[date, int], calendar: Calendar
) -> tuple[Mark, str]:
    """What a day is, and what stands under it."""
    if day == clock.start and day not in numbers:
        return Mark.START, str(Mark.START.sign)
    if day in numbers:
        number = numbers[day]
        return (Mark.EXTRA if number > clock.limit else Mark.COUNTED), str(number)
    if not calendar.is_working_day(day):
        return Mark.REST, str(Mark.REST.sign)
    if clock.due_on is not None and day > clock.due_on:
        return Mark.LATE, f"+{calendar.count(clock.due_on, day)}"
    return Mark.PAUSED, str(Mark.PAUSED.sign)


def _words(day: date, mark: Mark, sign: str, case: Application, calendar: Calendar) -> str:
    """The day in words, for those who hear the page, and for a pointer that rests on it."""
    if mark is Mark.PAUSED:
        kinds = [s.kind for s in case.suspensions if Pause(s.started_on, s.ended_on).covers(day)]
        named = gettext(", ").join(str(member_label(kind)) for kind in kinds)
        return f"{mark.words}{gettext(', ')}{named}" if named else str(mark.words)
    name = calendar.name_of(day)
    told = f"{mark.words} {sign}" if mark in (Mark.COUNTED, Mark.EXTRA, Mark.LATE) else mark.words
    return f"{told}{gettext(', ')}{name}" if name else str(told)
