"""The calendar as a machine: counting, adding, rolling, and what it does beyond its data."""

from datetime import date, timedelta

import clock_oracle as oracle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.statutory_holidays import provisional_year, shipped_calendar
from models.rules.working_days import (
    Calendar,
    CalendarDay,
    CalendarRangeError,
    CalendarYear,
    lateness,
    remaining,
)
from tests.tiers import examples

CALENDAR = shipped_calendar()
DAYS = st.dates(oracle.FIRST_DAY, date(2031, 12, 31))
ORDINARY = settings(max_examples=examples(100), deadline=None)


def walk(after: date, until: date) -> list[date]:
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return [day for day in days if oracle.works(day)]


def test_every_day_is_worked_or_not_as_an_independent_calendar_says() -> None:
    day = oracle.FIRST_DAY
    while day <= oracle.LAST_DAY:
        assert CALENDAR.is_working_day(day) == oracle.works(day), day
        day += timedelta(days=1)


@ORDINARY
@given(DAYS, st.integers(-30, 900))
def test_counting_agrees_with_a_walk(after: date, length: int) -> None:
    until = min(after + timedelta(days=length), oracle.LAST_DAY)
    assert CALENDAR.count(after, until) == len(walk(after, until))
    assert list(CALENDAR.between(after, until)) == walk(after, until)


@ORDINARY
@given(DAYS, st.integers(1, 240))
def test_adding_finds_the_last_of_the_days_it_counts(start: date, n: int) -> None:
    end = CALENDAR.add(start, n)
    assert CALENDAR.is_working_day(end)
    assert CALENDAR.count(start, end) == n


@ORDINARY
@given(DAYS, st.integers(0, 240))
def test_adding_more_days_never_ends_earlier(start: date, n: int) -> None:
    assert CALENDAR.add(start, n) <= CALENDAR.add(start, n + 1)


@ORDINARY
@given(DAYS, st.integers(0, 240))
def test_subtracting_undoes_adding(start: date, n: int) -> None:
    first = CALENDAR.roll_forward(start)
    assert CALENDAR.subtract(CALENDAR.add(first, n), n) == first


@ORDINARY
@given(DAYS, st.integers(0, 900))
def test_a_span_is_provisional_when_any_of_its_days_is(after: date, length: int) -> None:
    days = [after + timedelta(days=n) for n in range(1, length + 1)]
    expected = any(CALENDAR.is_provisional(day) for day in days)
    assert CALENDAR.rests_on_provisional(after, after + timedelta(days=length)) == expected


def test_adding_nothing_rolls_a_rest_day_forward() -> None:
    assert CALENDAR.add(date(2025, 10, 1), 0) == date(2025, 10, 9)


def test_adding_nothing_leaves_a_working_day() -> None:
    assert CALENDAR.add(date(2025, 10, 11), 0) == date(2025, 10, 11)


def test_counting_backwards_gives_nothing() -> None:
    assert CALENDAR.count(date(2025, 3, 10), date(2025, 3, 3)) == 0


def test_a_case_is_not_late_on_its_due_day() -> None:
    assert lateness(CALENDAR, date(2025, 10, 11), date(2025, 10, 11)) == 0


def test_lateness_counts_the_working_days_after_the_due_day() -> None:
    assert lateness(CALENDAR, date(2025, 10, 14), date(2025, 10, 11)) == 2


def test_nothing_remains_of_a_due_date_that_has_passed() -> None:
    assert remaining(CALENDAR, date(2025, 10, 14), date(2025, 10, 11)) == 0


@pytest.mark.parametrize("move", [CALENDAR.add, CALENDAR.subtract])
def test_a_negative_number_of_days_is_refused(move: object) -> None:
    with pytest.raises(ValueError, match="negative"):
        move(date(2025, 3, 3), -1)  # type: ignore[operator]


def test_a_year_given_as_data_overrides_the_rule() -> None:
    extra = date(2027, 5, 4)
    year = CalendarYear(2027, True, {extra: CalendarDay(False, "调休")})
    calendar = Calendar([year], fill=provisional_year)
    assert not calendar.is_working_day(extra)
    assert not calendar.is_provisional(extra)
    assert calendar.name_of(extra) == "调休"
    assert calendar.is_working_day(date(2027, 10, 1))


def test_a_year_keeps_its_days_when_the_data_it_came_from_change() -> None:
    source = {date(2027, 5, 4): (False, "调休")}
    calendar = Calendar([CalendarYear(2027, True, source)], fill=provisional_year)
    source.clear()
    assert not calendar.is_working_day(date(2027, 5, 4))
    assert calendar.name_of(date(2027, 5, 4)) == "调休"


def test_a_year_with_a_day_of_another_year_is_refused() -> None:
    with pytest.raises(ValueError, match="2026-01-01 is not a day of 2027"):
        CalendarYear(2027, True, {date(2026, 1, 1): CalendarDay(False, "元旦")})


def test_an_absent_year_is_made_once() -> None:
    asked: list[int] = []

    def fill(year: int) -> CalendarYear:
        asked.append(year)
        return provisional_year(year)

    calendar = Calendar([], fill)
    calendar.count(date(2030, 1, 1), date(2030, 12, 31))
    calendar.add(date(2030, 1, 1), 5)
    assert asked == [2030]


@pytest.mark.parametrize("day", [date.min, date(1900, 12, 31), date(2100, 1, 1), date.max])
def test_a_day_beyond_the_lunar_tables_has_no_calendar(day: date) -> None:
    with pytest.raises(CalendarRangeError, match=str(day.year)):
        CALENDAR.is_working_day(day)


def test_adding_past_the_last_year_is_refused() -> None:
    with pytest.raises(CalendarRangeError, match="2100"):
        CALENDAR.add(date(2099, 12, 31), 1)


def test_subtracting_past_the_first_year_is_refused() -> None:
    with pytest.raises(CalendarRangeError, match="1900"):
        CALENDAR.subtract(date(1901, 1, 1), 1)
