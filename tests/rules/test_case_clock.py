"""The clock says what it reads: from when, how much, what stopped it, and where that led."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.enums import ClockStart, LimitUnit
from models.rules.case_clock import (
    Clock,
    ClockKind,
    ClockReading,
    Limits,
    days_worked,
    decision_clock,
    delivery_clock,
    notice_clock,
    notice_due_on,
    step_clock,
)
from models.rules.deadlines import Pause, due_date
from models.rules.statutory_holidays import shipped_calendar

CALENDAR = shipped_calendar()
DAY = LimitUnit.WORKING_DAY
LIMITS = Limits(20, DAY, 15, DAY, ClockStart.ACCEPTANCE, 3)


def read(
    accepted_on: date, *pauses: Pause, extension: int = 0, limits: Limits = LIMITS
) -> ClockReading:
    return decision_clock(
        CALENDAR,
        limits,
        complete_on=accepted_on,
        accepted_on=accepted_on,
        pauses=pauses,
        extension_days=extension,
    )


def test_a_decision_clock_names_both_clocks_it_read() -> None:
    """Worked case 2: an inspection from 09-25 to 10-15."""
    pause = Pause(date(2025, 9, 25), date(2025, 10, 15))
    reading = read(date(2025, 9, 22), pause)
    promised, statutory = reading.clocks
    assert (promised.kind, promised.limit) == (ClockKind.PROMISED, 15)
    assert (statutory.kind, statutory.limit) == (ClockKind.STATUTORY, 20)
    for clock in reading.clocks:
        assert (clock.start, clock.unit) == (date(2025, 9, 22), DAY)
        assert (clock.pauses, clock.extension) == ((pause,), 0)
    assert promised.due_on == reading.due_on == date(2025, 10, 31)
    assert statutory.due_on == reading.statutory_due_on == date(2025, 11, 7)


def test_a_stopped_clock_still_says_what_it_counted() -> None:
    """Art. 45: no date binds while it is open, and three days are used."""
    reading = read(date(2025, 9, 22), Pause(date(2025, 9, 25)))
    assert reading == ClockReading()
    assert [clock.due_on for clock in reading.clocks] == [None, None]
    counted = (date(2025, 9, 23), date(2025, 9, 24), date(2025, 9, 25))
    assert reading.clocks[0].led_to.counted == counted


# The shipped workshop item: five working days promised, fifteen calendar days by law.
WORKSHOP = Limits(15, LimitUnit.CALENDAR_DAY, 5, DAY, ClockStart.RECEIPT, 2)
FIRST_PAUSE = Pause(date(2020, 1, 19), date(2020, 1, 21))


def test_a_date_that_has_passed_stands_each_clock_for_itself() -> None:
    """Art. 45: a pause of the promise does not take back the law's date that came before it."""
    before = read(date(2020, 1, 17), FIRST_PAUSE, limits=WORKSHOP)
    assert [clock.due_on for clock in before.clocks] == [date(2020, 2, 4), date(2020, 2, 3)]
    assert before.due_on == before.statutory_due_on == date(2020, 2, 3)
    again = read(date(2020, 1, 17), FIRST_PAUSE, Pause(date(2020, 2, 4)), limits=WORKSHOP)
    assert [clock.due_on for clock in again.clocks] == [None, date(2020, 2, 3)]
    assert again == before


def test_a_clock_from_receipt_starts_when_nothing_is_missing() -> None:
    """Art. 32: until a correction is answered in full, the applicant has the case."""
    reading = decision_clock(
        CALENDAR, WORKSHOP, complete_on=date(2026, 12, 18), accepted_on=date(2026, 12, 18)
    )
    assert (reading.due_on, reading.is_provisional) == (date(2026, 12, 25), False)
    assert reading.statutory_due_on == date(2027, 1, 4)
    assert reading.statutory_is_provisional


def test_a_conclusion_that_is_awaited_starts_no_clock() -> None:
    limits = Limits(20, DAY, 15, DAY, ClockStart.REVIEW_CONCLUSION, 3)
    assert read(date(2025, 9, 22), limits=limits).clocks == ()


def test_a_clock_says_when_it_rests_on_an_unconfirmed_year() -> None:
    """Worked case 12: 29 working days from 2026-11-23 end in a year without a notice."""
    limits = Limits(29, DAY, None, DAY, ClockStart.ACCEPTANCE, 3)
    reading = read(date(2026, 11, 23), limits=limits)
    assert [clock.kind for clock in reading.clocks] == [ClockKind.STATUTORY]
    assert reading.clocks[0].led_to.provisional
    assert reading.is_provisional
    assert reading.due_on == date(2027, 1, 4)


def test_notice_delivery_and_step_are_clocks_too() -> None:
    """Worked cases 6 and 7; Art. 32(4), 44."""
    notice = notice_clock(CALENDAR, date(2025, 9, 26))
    assert notice.due_on == notice_due_on(CALENDAR, date(2025, 9, 26)) == date(2025, 10, 10)
    reading = delivery_clock(CALENDAR, date(2025, 10, 9), 3)
    assert [(c.kind, c.due_on) for c in reading.clocks] == [
        (ClockKind.DELIVERY, date(2025, 10, 22))
    ]
    step = step_clock(CALENDAR, date(2025, 3, 3), 5)
    assert step is not None
    assert (step.kind, step.due_on) == (ClockKind.STEP, date(2025, 3, 10))
    assert step_clock(CALENDAR, date(2025, 3, 3), None) is None


@pytest.mark.parametrize(("day", "used"), [(6, 3), (24, 15), (25, 16), (31, 20)])
def test_days_past_the_date_are_used_too(day: int, used: int) -> None:
    """Worked case 4: due on 03-24 and not decided by then."""
    promised = read(date(2025, 3, 3)).clocks[0]
    assert promised.due_on == date(2025, 3, 24)
    assert promised.days_used(CALENDAR, date(2025, 3, day)) == used


days = st.dates(date(2025, 1, 1), date(2025, 12, 31))
pauses = st.builds(lambda one, other: Pause(min(one, other), max(one, other)), days, days)
told = st.lists(pauses, max_size=3)


@given(start=days, told=told, limit=st.integers(0, 40), extension=st.integers(0, 10))
def test_a_clock_led_where_its_own_facts_lead(
    start: date, told: list[Pause], limit: int, extension: int
) -> None:
    """Who reckons it again from what it says comes to the same day."""
    limits = Limits(limit + 5, DAY, limit, DAY, ClockStart.ACCEPTANCE, 3)
    reading = read(start, *told, extension=extension, limits=limits)
    for clock in reading.clocks:
        assert clock.led_to == due_date(
            CALENDAR, clock.start, clock.limit, clock.unit, clock.pauses, clock.extension
        )
    dues = [clock.due_on for clock in reading.clocks]
    assert (dues[0], dues[1]) == (reading.due_on, reading.statutory_due_on)


@given(start=days, told=told, until=days)
def test_a_working_day_is_worked_or_stopped(start: date, told: list[Pause], until: date) -> None:
    clock = read(start, *told).clocks[0]
    assert isinstance(clock, Clock)
    stopped = clock.days_stopped(CALENDAR, until)
    worked = days_worked(CALENDAR, start, until, told)
    assert stopped + worked == len(CALENDAR.between(start, until))
