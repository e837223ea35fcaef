"""The shipped calendar against the check rows of the catalogue sheet."""

from datetime import date

import pytest
from holidays import country_holidays

from models.rules.statutory_holidays import (
    CONFIRMED_YEARS,
    MAKE_UP_DAY,
    SUPPORTED_YEARS,
    confirmed_years,
    provisional_year,
    shipped_calendar,
    unconfirmed_year,
)
from models.rules.working_days import CalendarRangeError

CALENDAR = shipped_calendar()
YEARS = list(CONFIRMED_YEARS)


@pytest.mark.parametrize(
    ("iso", "works"),
    [
        ("2019-04-28", True),
        ("2019-05-02", False),
        ("2020-02-01", False),
        ("2020-10-01", False),
        ("2022-12-31", False),
        ("2023-01-02", False),
        ("2024-02-09", True),
        ("2025-01-28", False),
        ("2025-10-08", False),
        ("2025-10-11", True),
        ("2026-02-14", True),
        ("2026-02-23", False),
        ("2026-02-28", True),
        ("2026-09-20", True),
        ("2026-10-10", True),
        ("2027-05-03", True),
    ],
)
def test_a_tricky_day_is_worked_or_not(iso: str, works: bool) -> None:
    assert CALENDAR.is_working_day(date.fromisoformat(iso)) is works


@pytest.mark.parametrize(
    ("year", "number"), list(zip(YEARS, (250, 249, 250, 249, 249, 251, 248, 248), strict=True))
)
def test_a_published_year_has_its_number_of_working_days(year: int, number: int) -> None:
    assert CALENDAR.count(date(year - 1, 12, 31), date(year, 12, 31)) == number


@pytest.mark.parametrize(
    ("year", "number"), list(zip(YEARS, (6, 6, 7, 7, 7, 8, 5, 6), strict=True))
)
def test_a_published_year_has_its_number_of_make_up_days(year: int, number: int) -> None:
    (days,) = (known.exceptions for known in confirmed_years() if known.year == year)
    make_up = [day for day, (is_working, _) in days.items() if is_working]
    assert len(make_up) == number
    assert all(day.weekday() >= 5 for day in make_up)


def test_published_years_are_confirmed_and_others_provisional() -> None:
    assert [CALENDAR.is_provisional(date(year, 6, 1)) for year in (2018, 2019, 2026, 2027)] == [
        True,
        False,
        False,
        True,
    ]


def test_days_carry_their_chinese_names() -> None:
    assert CALENDAR.name_of(date(2025, 10, 6)) == "中秋节"
    assert CALENDAR.name_of(date(2025, 10, 11)) == MAKE_UP_DAY
    assert CALENDAR.name_of(date(2025, 10, 13)) is None


def test_two_festivals_on_one_day_are_one_day_with_two_names() -> None:
    assert CALENDAR.name_of(date(2020, 10, 1)) == "中秋节; 国庆节"
    assert CALENDAR.name_of(date(2028, 10, 3)) == "中秋节; 国庆节"


def test_a_provisional_year_rests_on_the_statutory_days_alone() -> None:
    assert {day.isoformat()[5:] for day in provisional_year(2027).exceptions} == {
        *("01-01", "02-05", "02-06", "02-07", "02-08", "04-05", "05-01", "05-02"),
        *("06-09", "09-15", "10-01", "10-02", "10-03"),
    }


def test_a_provisional_year_has_no_make_up_days() -> None:
    assert not any(works for works, _ in provisional_year(2027).exceptions.values())


@pytest.mark.parametrize("year", range(2027, 2100))
def test_the_provisional_rule_gives_the_statutory_days_of_the_package(year: int) -> None:
    unobserved = country_holidays("CN", years=year, observed=False, language="zh_CN")
    # A later edition of the package may know the year's notice: leave out its 休息日.
    statutory = {day for day, name in unobserved.items() if "休息日" not in name}
    assert set(provisional_year(year).exceptions) == statutory


@pytest.mark.parametrize("year", [SUPPORTED_YEARS[0] - 1, SUPPORTED_YEARS[-1] + 1, 0, -5, 10_000])
def test_a_year_beyond_the_lunar_tables_is_refused(year: int) -> None:
    with pytest.raises(CalendarRangeError, match=str(year)):
        provisional_year(year)


@pytest.mark.parametrize("year", [SUPPORTED_YEARS[0], SUPPORTED_YEARS[-1]])
def test_the_first_and_last_lunar_year_are_complete(year: int) -> None:
    names = "; ".join(name for _, name in provisional_year(year).exceptions.values())
    assert all(name in names for name in ("春节", "清明节", "端午节", "中秋节"))


def test_rows_before_the_notice_take_no_statutory_day_away() -> None:
    """Order 795: what the office expects of a year is laid over the days that the law gives."""
    new_year, make_up = date(2027, 1, 1), date(2027, 1, 9)
    rows = {
        make_up: (True, "调休上班"),
        new_year: (True, "误录"),
        date(2027, 3, 1): (False, "停电"),
    }
    known = unconfirmed_year(2027, rows)
    assert not known.confirmed
    assert known.exceptions == {
        **provisional_year(2027).exceptions,
        make_up: (True, "调休上班"),
        date(2027, 3, 1): (False, "停电"),
    }
