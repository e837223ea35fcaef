"""The calendar that ships with the product: confirmed years, and the rule for all others.

The days are those of the State Council's holiday regulation (全国年节及纪念日放假办法,
Order 795 of 2024); the confirmed years follow its General Office's yearly notices.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

# The only part of the package that gives a festival's own date for any year, free of the
# substitutes that the country class guesses. A test holds it to the country class.
from holidays.calendars.chinese import _ChineseLunisolar

from models.rules.working_days import Calendar, CalendarDay, CalendarRangeError, CalendarYear

CONFIRMED_YEARS = range(2019, 2027)
# The lunar tables of the package, and its formula for 清明, hold for these years only.
SUPPORTED_YEARS = range(1901, 2100)

MAKE_UP_DAY = "调休上班"

# Festival, its date's name below, and the days off, counted from that date.
STATUTORY_DAYS = (
    ("元旦", "new_year", (0,)),
    ("春节", "lunar_new_year", (-1, 0, 1, 2)),
    ("清明节", "qingming", (0,)),
    ("劳动节", "labour_day", (0, 1)),
    ("端午节", "dragon_boat", (0,)),
    ("中秋节", "mid_autumn", (0,)),
    ("国庆节", "national_day", (0, 1, 2)),
)


def provisional_year(year: int) -> CalendarYear:
    """A year without a notice: Monday to Friday less the statutory days themselves.

    It has no substitute days and no make-up days, for nobody can know them yet.
    Raises :class:`CalendarRangeError` beyond the lunar tables (1901-2099).
    """
    if year not in SUPPORTED_YEARS:
        raise CalendarRangeError(year)
    dates = _festival_dates(year)
    days_off: dict[date, tuple[bool, str]] = {}
    for name, festival, offsets in STATUTORY_DAYS:
        for offset in offsets:
            day = dates[festival] + timedelta(days=offset)
            # 中秋 may fall on 国庆: one day off, two names.
            names = f"{days_off[day][1]}; {name}" if day in days_off else name
            days_off[day] = CalendarDay(False, names)
    return CalendarYear(year, confirmed=False, exceptions=days_off)


def unconfirmed_year(year: int, rows: Mapping[date, tuple[bool, str]]) -> CalendarYear:
    """A year without a notice, with the ``rows`` that an office has entered before it.

    They are laid over the statutory days and replace none of them: a day that the regulation gives
    is worked only by a notice. Raises as :func:`provisional_year` does.
    """
    statutory = provisional_year(year).exceptions
    return CalendarYear(year, confirmed=False, exceptions={**rows, **statutory})


def confirmed_years() -> tuple[CalendarYear, ...]:
    """The years 2019-2026 as published, with Chinese names."""
    source = country_holidays("CN", years=CONFIRMED_YEARS, language="zh_CN")
    days = {day: CalendarDay(False, name) for day, name in source.items()}
    # The package keeps make-up days apart, and mixes in some of years we did not ask for.
    days |= {day: CalendarDay(True, MAKE_UP_DAY) for day in source.weekend_workdays}
    return tuple(
        CalendarYear(
            year,
            confirmed=True,
            exceptions={day: days[day] for day in sorted(days) if day.year == year},
        )
        for year in CONFIRMED_YEARS
    )


def calendar_of(years: Iterable[CalendarYear]) -> Calendar:
    """A calendar of the given years, in which every absent year is provisional."""
    return Calendar(years, fill=provisional_year)


@cache
def shipped_calendar() -> Calendar:
    """The calendar for use without a database; made once."""
    return calendar_of(confirmed_years())


def _festival_dates(year: int) -> dict[str, date]:
    lunar = _ChineseLunisolar()
    moving = {
        "lunar_new_year": lunar.lunar_new_year_date(year)[0],
        "qingming": lunar.qingming_date(year)[0],
        "dragon_boat": lunar.dragon_boat_date(year)[0],
        "mid_autumn": lunar.mid_autumn_date(year)[0],
    }
    fixed = {
        "new_year": date(year, 1, 1),
        "labour_day": date(year, 5, 1),
        "national_day": date(year, 10, 1),
    }
    return fixed | {festival: day for festival, day in moving.items() if day is not None}
