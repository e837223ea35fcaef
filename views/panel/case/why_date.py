"""Why this date? The clock of a case, day by day: what was counted, what was not, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from models import Application
from models.enums import ApplicationStatus, ClockStart, LimitUnit, Origin
from models.hooks.case_clock import limits_of, pauses_of
from models.rules.case_clock import NOTICE_DAYS, green_lane_promise
from models.rules.deadlines import DueDate, Pause, due_date
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


class ClockKind(Enum):
    """Which of the clocks of a case it is."""

    NOTICE = auto()
    DELIVERY = auto()
    PROMISED = auto()
    STATUTORY = auto()


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock of a case: from when, how much, and what stopped it."""

    kind: ClockKind
    start: date
    limit: int
    unit: LimitUnit = LimitUnit.WORKING_DAY
    pauses: tuple[Pause, ...] = ()
    extension: int = 0

    def read(self, calendar: Calendar) -> DueDate:
        """Where it leads. Raises ``CalendarRangeError`` where the calendar ends before it."""
        return due_date(calendar, self.start, self.limit, self.unit, self.pauses, self.extension)


def strip_of(case: Application, calendar: Calendar, today: date) -> Strip | None:
    """The day-by-day proof of the date that binds a case; None where no clock counts days."""
    binding = binding_day(case)
    try:
        for clock in clocks_of(case):
            found = clock.read(calendar)
            # Of the promise and the law the earlier date binds: the strip proves that one.
            if found.due_on == binding:
                return _strip(case, calendar, clock, found, today)
    except CalendarRangeError:
        return None
    return None


def binding_day(case: Application) -> date | None:
    """The date that the page explains: of a closed case the one by which it was to be decided."""
    if case.status is ApplicationStatus.RECEIVED:
        return case.notice_due_on
    if case.status is ApplicationStatus.GRANTED:
        return case.due_on
    return case.decision_due_on or case.due_on


def clocks_of(case: Application) -> Iterator[Clock]:
    """The clocks of which one binds; of a closed case those of its decision."""
    if case.origin is Origin.IMPORTED or case.received_on is None:
        return
    if case.status is ApplicationStatus.RECEIVED:
        answers = [n.answered_on for n in case.notices if n.answered_on]
        yield Clock(ClockKind.NOTICE, max([case.received_on, *answers]), NOTICE_DAYS)
    elif case.status is ApplicationStatus.GRANTED and case.decided_on is not None:
        yield Clock(ClockKind.DELIVERY, case.decided_on, case.item_version.delivery_limit)
    elif case.accepted_on is not None:
        yield from _decision_clocks(case)


def _decision_clocks(case: Application) -> Iterator[Clock]:
    limits = limits_of(case.item_version)
    start = {
        ClockStart.ACCEPTANCE: case.accepted_on,
        ClockStart.RECEIPT: case.received_on,
        ClockStart.REVIEW_CONCLUSION: case.review_concluded_on,
    }[limits.clock_start]
    if start is None:
        return
    promised = green_lane_promise(limits.promised) if case.is_green_lane else limits.promised
    pauses = tuple(pauses_of(case))
    extension = sum(e.days for e in case.extensions if e.approved_on)
    for kind, limit, unit in (
        (ClockKind.PROMISED, promised, limits.promised_unit),
        (ClockKind.STATUTORY, limits.statutory, limits.statutory_unit),
    ):
        if limit is not None:
            yield Clock(kind, start, limit, unit, pauses, extension)


def _strip(
    case: Application, calendar: Calendar, clock: Clock, found: DueDate, today: date
) -> Strip:
    ends = case.closed_on or today
    last = max(found.due_on or ends, ends)
    numbers = {day: place for place, day in enumerate(found.counted, start=1)}
    days = []
    for day in _days(clock.start, min(last, clock.start + LONGEST_STRIP * ONE_DAY)):
        mark, sign = _mark(day, clock, found, numbers, calendar)
        words = f"{show(day)} {_words(day, mark, sign, case, calendar)}"
        days.append(Day(day, mark, sign, words, day == found.due_on, day == today, day > ends))
    return Strip(days, max(0, (last - days[-1].day).days))


def _days(first: date, last: date) -> Iterator[date]:
    return (first + n * ONE_DAY for n in range((last - first).days + 1))


def _mark(
    day: date, clock: Clock, found: DueDate, numbers: dict[date, int], calendar: Calendar
) -> tuple[Mark, str]:
    """What a day is, and what stands under it."""
    if day == clock.start and day not in numbers:
        return Mark.START, str(Mark.START.sign)
    if day in numbers:
        number = numbers[day]
        return (Mark.EXTRA if number > clock.limit else Mark.COUNTED), str(number)
    if not calendar.is_working_day(day):
        return Mark.REST, str(Mark.REST.sign)
    if found.due_on is not None and day > found.due_on:
        return Mark.LATE, f"+{calendar.count(found.due_on, day)}"
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
