"""`onewindow due` and `onewindow code check`: the clock and the check digits, by hand.

Neither needs a database. Wrong usage ends with status 2, an unsound code with status 1.
"""

import re
from datetime import date
from typing import NoReturn

import click

from admin_site.cli.office import kept_calendar
from admin_site.cli.words import Words, language, print_json, speak
from models.enums import LimitUnit
from models.rules.codes import KINDS
from models.rules.deadlines import DueDate, Pause, due_date
from models.rules.statutory_holidays import shipped_calendar
from models.rules.working_days import Calendar, CalendarRangeError

UNITS = {unit.value.lower(): unit for unit in LimitUnit}

# Each line by language, so that a missing translation is seen at once.
WORDS: Words = {
    "due-on": {"zh": "到期日：{day}（{weekday}）", "en": "Due on {day} ({weekday})"},
    "no-due-date": {
        "zh": "暂无到期日：期间尚在中止",
        "en": "No due date: a pause is still open",
    },
    "provisional": {
        "zh": "暂定：所依据年份的放假安排尚未公布",
        "en": "Provisional: it rests on a year whose holidays are not published yet",
    },
    "counted": {"zh": "计入 {number} 个：{days}", "en": "Counted {number}: {days}"},
    "counted-none": {"zh": "未计入任何一天", "en": "Nothing counted"},
    "bad-date": {
        "zh": "“{value}”不是日期，应写作 2025-09-08",
        "en": "'{value}' is not a date; write it as 2025-09-08",
    },
    "bad-number": {"zh": "“{value}”不是整数", "en": "'{value}' is not a whole number"},
    "negative-number": {"zh": "天数不能为负：{value}", "en": "{value} is negative"},
    "bad-pause": {
        "zh": "“{value}”不是中止期间，应写作 2025-09-25..2025-10-15，未结束的写作 2025-09-25..",
        "en": "'{value}' is not a pause; write 2025-09-25..2025-10-15, or 2025-09-25.. while open",
    },
    "pause-backwards": {
        "zh": "中止期间“{value}”的结束早于开始",
        "en": "the pause '{value}' ends before it begins",
    },
    "no-calendar": {
        "zh": "没有 {year} 年的日历，无法计算",
        "en": "there is no calendar for the year {year}",
    },
    "valid": {"zh": "有效", "en": "Valid"},
    "wrong-length": {"zh": "无效：位数不对", "en": "Invalid: wrong length"},
    "wrong-character": {
        "zh": "无效：含有不允许的字符",
        "en": "Invalid: a character that may not stand there",
    },
    "wrong-birth-date": {
        "zh": "无效：出生日期不存在",
        "en": "Invalid: there is no such birth date",
    },
    "wrong-check-digit": {
        "zh": "无效：校验码不对，应为 {expected}",
        "en": "Invalid: wrong check character, {expected} expected",
    },
}
WEEKDAYS = {
    "zh": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def current_calendar() -> Calendar:
    """The calendar that the command line counts by: the office's own, else the shipped one."""
    return kept_calendar() or shipped_calendar()


def parse_date(value: str) -> date:
    """A date as YYYY-MM-DD, the only form of ISO 8601 that is read alike by everyone."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise misuse("bad-date", value)
    try:
        return date.fromisoformat(value)
    except ValueError as unreal:
        raise misuse("bad-date", value) from unreal


def parse_days(value: str) -> int:
    """A whole number, not negative. One of more than 18 digits is no number of days."""
    if not re.fullmatch(r"-?[0-9]{1,18}", value):
        raise misuse("bad-number", value)
    if value.startswith("-"):
        raise misuse("negative-number", value)
    return int(value)


def parse_pause(value: str) -> Pause:
    """A pause as A..B, or A.. while it is open."""
    start, dots, end = value.partition("..")
    if not dots:
        raise misuse("bad-pause", value)
    first, last = parse_date(start), parse_date(end) if end else None
    try:
        return Pause(first, last)
    except ValueError as backwards:
        raise misuse("pause-backwards", value) from backwards


@click.command()
@click.option("--start", required=True, type=parse_date, metavar="DATE", help="Day 0.")
@click.option("--days", required=True, type=parse_days, metavar="N", help="The limit.")
@click.option(
    "--pause",
    "pauses",
    multiple=True,
    type=parse_pause,
    metavar="A..B",
    help="A time not counted; A.. while it is open. May be given several times.",
)
@click.option(
    "--unit",
    type=click.Choice(list(UNITS), case_sensitive=False),
    default="working_day",
    show_default=True,
    help="What the limit is counted in.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def due(start: date, days: int, pauses: tuple[Pause, ...], unit: str, as_json: bool) -> None:
    """Tell when a limit that starts on a day is due."""
    try:
        answer = due_date(current_calendar(), start, days, UNITS[unit], pauses)
    except CalendarRangeError as beyond:
        raise click.UsageError(say("no-calendar", year=beyond.year)) from beyond
    if as_json:
        print_json(
            due_on=answer.due_on and answer.due_on.isoformat(),
            provisional=answer.provisional,
            counted=[day.isoformat() for day in answer.counted],
        )
    else:
        describe(answer)


@click.group()
def code() -> None:
    """Check the codes that a permit office meets."""


@code.command()
@click.argument("kind", type=click.Choice(list(KINDS), case_sensitive=False))
@click.argument("value")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(kind: str, value: str, as_json: bool) -> None:
    """Check the check digit of a code; an unsound one ends with status 1."""
    result = KINDS[kind](value)
    if as_json:
        print_json(valid=result.valid, reason=result.reason, expected=result.expected)
    elif result.valid:
        click.echo(say("valid"))
    if result.reason is not None:
        refuse(say(result.reason, expected=result.expected))


def describe(answer: DueDate) -> None:
    """Tell a due date and the days it counts, in words."""
    if answer.due_on is None:
        click.echo(say("no-due-date"))
    else:
        weekday = WEEKDAYS[language()][answer.due_on.weekday()]
        click.echo(say("due-on", day=answer.due_on, weekday=weekday))
        if answer.provisional:
            click.echo(say("provisional"))
    days = " ".join(day.isoformat() for day in answer.counted)
    key = "counted" if answer.counted else "counted-none"
    click.echo(say(key, number=len(answer.counted), days=days))


def say(key: str, **facts: object) -> str:
    """The line ``key`` of ``WORDS`` in the user's language."""
    return speak(WORDS, key, **facts)


def misuse(key: str, value: str) -> click.BadParameter:
    """The error that names a parameter and ends with status 2."""
    return click.BadParameter(say(key, value=value))


def refuse(reason: str) -> NoReturn:
    """End with status 1 and the reason on standard error."""
    raise click.ClickException(reason)
