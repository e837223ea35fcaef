"""A notice of the State Council on the days off of one year, read from its text or from JSON.

The text is the notice's own (年部分节假日安排的通知); the JSON is that of public repositories of
holidays: ``year``, and ``days`` with ``name``, ``date`` and ``isOffDay``. What is read is compared
with what the notice says of itself, the weekdays and the number of days, and with the days that the
holiday regulation gives. Pure: text in, days out.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from models.enums import NoticeProblem
from models.rules.statutory_holidays import MAKE_UP_DAY, SUPPORTED_YEARS, provisional_year
from models.rules.working_days import SATURDAY, CalendarDay

# Order 795 of 2024 governs the days from this year on; older notices followed older regulations.
REGULATED_FROM = 2025
DECEMBER = 12
ONE_DAY = timedelta(days=1)


class NoticeError(ValueError):
    """Why a text is no notice: what is wrong, in which line (None: in none of them), and what
    stands there."""

    def __init__(self, problem: NoticeProblem, line: int | None, found: str) -> None:
        super().__init__(f"{problem} (line {line}): {found}")
        self.problem, self.line, self.found = problem, line, found


@dataclass(frozen=True, slots=True)
class HolidayNotice:
    """What a notice says: the year, its days off and its make-up days (调休上班).

    A few of them may lie in December of the year before, next to New Year's Day.
    """

    year: int
    days: Mapping[date, CalendarDay]

    @property
    def days_off(self) -> list[date]:
        """The days off, in order."""
        return sorted(day for day, (works, _name) in self.days.items() if not works)

    @property
    def make_up_days(self) -> list[date]:
        """The days at weekends that are worked, in order."""
        return sorted(day for day, (works, _name) in self.days.items() if works)


def read_notice(text: str, source: str = "") -> HolidayNotice:
    """The notice that ``text`` is. ``source``, its title or number, may name the year that the
    text itself leaves out. Raises :class:`NoticeError`."""
    text = text.removeprefix("\ufeff")
    if text.lstrip().startswith("{"):
        year, found = _of_json(text)
        return _judged(year, found)
    plain = unicodedata.normalize("NFKC", text)
    year = _year_of(plain, unicodedata.normalize("NFKC", source))
    return _judged(year, list(_of_text(plain, year)))


class _Told(NamedTuple):
    """One day as a line of the notice gives it."""

    line: int
    day: date
    works: bool
    name: str


# --- the whole ------------------------------------------------------------------------------------


def _judged(year: int, told: list[_Told]) -> HolidayNotice:
    """The days together, when no two contradict each other and none contradicts the law."""
    if year not in SUPPORTED_YEARS:
        raise NoticeError(NoticeProblem.NO_YEAR, None, str(year))
    days: dict[date, CalendarDay] = {}
    for each in told:
        days[each.day] = _merged(days.get(each.day), each, year)
    if not days:
        raise NoticeError(NoticeProblem.NO_DAYS, None, str(year))
    for day, name in _statutory(year):
        if day not in days or days[day].is_working:
            raise NoticeError(NoticeProblem.STATUTORY_DAY, None, f"{day} {name}")
    return HolidayNotice(year, dict(sorted(days.items())))


def _merged(known: CalendarDay | None, told: _Told, year: int) -> CalendarDay:
    line, day, works, name = told
    if day.year != year and (day.year, day.month) != (year - 1, DECEMBER):
        raise NoticeError(NoticeProblem.OTHER_YEAR, line, str(day))
    if works and day.weekday() < SATURDAY:
        raise NoticeError(NoticeProblem.WORKED_ANYWAY, line, str(day))
    if known is None:
        return CalendarDay(works, name)
    if known.is_working is not works:
        raise NoticeError(NoticeProblem.TOLD_TWICE, line, str(day))
    # 中秋 may fall on 国庆: one day off, two names.
    return known if name in known.name else CalendarDay(works, f"{known.name}; {name}")


def _statutory(year: int) -> list[tuple[date, str]]:
    """The days that no notice may leave out."""
    if year < REGULATED_FROM:
        return []
    return [(day, name) for day, (_off, name) in sorted(provisional_year(year).exceptions.items())]


# --- JSON -----------------------------------------------------------------------------------------


def _of_json(text: str) -> tuple[int, list[_Told]]:
    try:
        found = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise NoticeError(NoticeProblem.NOT_READ, line, getattr(error, "msg", "")) from error
    year, days = found.get("year"), found.get("days")
    if not isinstance(year, int) or isinstance(year, bool):
        raise NoticeError(NoticeProblem.NO_YEAR, None, str(year))
    if not isinstance(days, list):
        raise NoticeError(NoticeProblem.NO_DAYS, None, str(year))
    return year, [_of_record(text, record) for record in days]


def _of_record(text: str, record: Any) -> _Told:
    entry = record if isinstance(record, dict) else {}
    iso, name, is_off = entry.get("date"), entry.get("name"), entry.get("isOffDay")
    line = _line_at(text, text.find(f'"{iso}"')) if isinstance(iso, str) else None
    if not (isinstance(iso, str) and isinstance(name, str) and isinstance(is_off, bool)):
        found = json.dumps(record, ensure_ascii=False)
        raise NoticeError(NoticeProblem.NOT_READ, line, found)
    try:
        day = date.fromisoformat(iso)
    except ValueError as error:
        raise NoticeError(NoticeProblem.NO_SUCH_DAY, line, iso) from error
    return _Told(line or 1, day, not is_off, name if is_off else MAKE_UP_DAY)


def _line_at(text: str, place: int) -> int:
    return text.count("\n", 0, max(place, 0)) + 1


# --- the notice's own text ------------------------------------------------------------------------

# A year that is not the beginning of a date: "2027年元旦", not "2026年11月4日".
_YEAR = re.compile(r"(\d{4})年(?!\s*\d+月)")
_FESTIVAL = r"(?:元旦|春节|清明节?|劳动节|端午节|中秋节|国庆节)"
# "一、元旦:" or, where the copy has lost the number, "元旦:".
_HEADING = re.compile(
    r"(?:^|(?<=[\s。;]))(?:[一二三四五六七八九十]+、\s*(?P<numbered>[^:。;\n\d]{1,30})"
    rf"|(?P<plain>{_FESTIVAL}(?:[、和]{_FESTIVAL})*)):"
)
# The day on which the notice was given, under it.
_SIGNATURE = re.compile(r"^[^\S\n]*(?:国务院办公厅)?[^\S\n]*\d{4}年\d+月\d+日[^\S\n]*$", re.M)
_TOKEN = re.compile(
    r"(?P<day>(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月)?(?P<date>\d{1,2})日)"
    r"(?:\((?P<note>[^)]*)\))?"
    r"|(?P<to>至|到|—|–|-|~)"
    r"|(?P<verb>放假|补休|上班)"
    r"|(?P<count>共?(?P<number>\d{1,2})天)"
    r"|(?P<stop>。)"
)
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_WEEKDAYS = "一二三四五六日"
# A wish, which binds nobody: "鼓励各单位结合带薪年休假等制度落实,安排职工在除夕(2月9日)休息".
_WISH = re.compile(r"鼓励[^。;]*")


def _year_of(text: str, source: str) -> int:
    """The one year of which the notice speaks."""
    for where in (text, source):
        years = set(_YEAR.findall(where))
        if len(years) == 1:
            return int(years.pop())
        if years:
            raise NoticeError(NoticeProblem.NO_YEAR, None, ", ".join(sorted(years)))
    raise NoticeError(NoticeProblem.NO_YEAR, None, source)


def _of_text(text: str, year: int) -> Iterator[_Told]:
    """The days of every item of the notice; what stands before the first item names none."""
    # Blanked, not taken away: a place stays the place of its line.
    for pattern in (_SIGNATURE, _WISH):
        text = pattern.sub(lambda found: re.sub(r"\S", " ", found[0]), text)
    headings = list(_HEADING.finditer(text))
    ends = [*(heading.start() for heading in headings), len(text)][1:]
    for heading, end in zip(headings, ends, strict=True):
        name = (heading["numbered"] or heading["plain"]).strip()
        yield from _Item(text, year, name).days(heading.end(), end)


@dataclass
class _Item:
    """One item of the notice (一、元旦：…), read from left to right."""

    text: str
    year: int
    name: str
    told: list[_Told] = field(default_factory=list)
    # Days that wait for what is said of them, and the month and year that go without saying.
    waiting: list[tuple[int, date]] = field(default_factory=list)
    last: date | None = None
    is_range: bool = False
    # The days that the last clause gave; nothing after the sentence that a number could count.
    given: int = 0

    def days(self, start: int, end: int) -> list[_Told]:
        for token in _TOKEN.finditer(self.text, start, end):
            if token["day"]:
                self._day(token)
            elif token["to"]:
                self.is_range = bool(self.waiting)
            elif token["verb"]:
                self._verb(token)
            elif token["count"]:
                self._count(token)
            else:
                self.given = 0
        if self.waiting:
            line, day = self.waiting[0]
            raise NoticeError(NoticeProblem.NOT_READ, line, f"{self.name} {day}")
        if not self.told:
            raise NoticeError(NoticeProblem.NOT_READ, _line_at(self.text, start), self.name)
        return self.told

    def _day(self, token: re.Match[str]) -> None:
        line = _line_at(self.text, token.start())
        day = self._date(token, line)
        weekday = _WEEKDAY.search(token["note"] or "")
        if weekday and _WEEKDAYS.index(weekday[1].replace("天", "日")) != day.weekday():
            raise NoticeError(NoticeProblem.WEEKDAY_DIFFERS, line, token[0])
        if self.is_range:
            first = self.waiting[-1][1]
            if not first < day <= first + 31 * ONE_DAY:
                raise NoticeError(NoticeProblem.NOT_READ, line, token[0])
            between = (day - first).days
            self.waiting += [(line, first + n * ONE_DAY) for n in range(1, between + 1)]
        else:
            self.waiting.append((line, day))
        self.is_range, self.last = False, day

    def _date(self, token: re.Match[str], line: int) -> date:
        """The day that is written, with the year and month that go without saying."""
        known = self.last
        if token["month"] is None and known is None:
            raise NoticeError(NoticeProblem.NOT_READ, line, token[0])
        month = int(token["month"]) if token["month"] else known.month if known else 0
        # After a day of the December before, the next month is again of the notice's own year.
        same = known is not None and month == known.month
        year = int(token["year"] or (known.year if same and known else self.year))
        try:
            return date(year, month, int(token["date"]))
        except ValueError as error:
            raise NoticeError(NoticeProblem.NO_SUCH_DAY, line, token[0]) from error

    def _verb(self, token: re.Match[str]) -> None:
        """What the waiting days are; a word about no day says nothing."""
        if self.is_range:
            line = _line_at(self.text, token.start())
            raise NoticeError(NoticeProblem.NOT_READ, line, f"{self.name}: {token[0]}")
        works = token["verb"] == "上班"
        name = MAKE_UP_DAY if works else self.name
        self.told += [_Told(line, day, works, name) for line, day in self.waiting]
        self.given, self.waiting = len(self.waiting), []

    def _count(self, token: re.Match[str]) -> None:
        """ "共7天" counts the days off of the item, "放假1天" those of its clause."""
        of_item = token[0].startswith("共")
        counted = sum(not each.works for each in self.told) if of_item else self.given
        if self.given and int(token["number"]) != counted:
            line = _line_at(self.text, token.start())
            raise NoticeError(NoticeProblem.COUNT_DIFFERS, line, f"{self.name}: {token[0]}")
