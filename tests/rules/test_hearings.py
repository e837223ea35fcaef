"""The periods of hearings, of interested parties and of site inspections."""

from datetime import date

import pytest

from models.enums import Duty
from models.rules.hearings import (
    answer_due_on,
    assign_by_on,
    hold_due_on,
    notify_by,
    request_due_on,
)
from models.rules.review import conditions_not_judged, conditions_not_met, inspectors_needed
from models.rules.separation import covers, earlier_duty_of, separated_duties
from models.rules.statutory_holidays import confirmed_years
from models.rules.working_days import Calendar, CalendarYear

CALENDAR = Calendar(confirmed_years(), lambda year: CalendarYear(year, False))


def test_a_hearing_is_asked_for_within_five_working_days() -> None:
    """Art. 47: told on 24 September 2025, asked for by the 30th."""
    assert request_due_on(CALENDAR, date(2025, 9, 24)) == date(2025, 9, 30)


def test_a_hearing_is_held_within_twenty_working_days() -> None:
    """Art. 47: asked for on 26 September 2025, held by 30 October, past the holidays."""
    assert hold_due_on(CALENDAR, date(2025, 9, 26)) == date(2025, 10, 30)


def test_a_hearing_is_told_seven_working_days_before() -> None:
    """Art. 48: for a hearing on 20 October 2025 the notice goes out by the 10th."""
    assert notify_by(CALENDAR, date(2025, 10, 20)) == date(2025, 10, 10)


def test_a_party_and_the_inspectors_have_five_working_days() -> None:
    """Art. 36, 55: both periods skip the holidays."""
    assert answer_due_on(CALENDAR, date(2025, 9, 24)) == date(2025, 9, 30)
    assert assign_by_on(CALENDAR, date(2025, 9, 29)) == date(2025, 10, 13)


def test_a_condition_without_a_verdict_is_neither_met_nor_unmet() -> None:
    """Art. 38: only a verdict says that a condition is not met."""
    verdicts = {1: True, 2: False}
    assert conditions_not_judged([1, 2, 3], verdicts) == [3]
    assert conditions_not_met([1, 2, 3], verdicts) == [2]


@pytest.mark.parametrize(("fewest", "needed"), [(None, 2), (1, 2), (2, 2), (3, 3)])
def test_two_inspectors_are_the_least(fewest: int | None, needed: int) -> None:
    """Art. 34, 55: no item may ask for fewer than two."""
    assert inspectors_needed(fewest) == needed


def test_acceptance_and_decision_are_never_of_one_person() -> None:
    """Separation: an item may join the review to either, not acceptance to decision."""
    least = separated_duties(False)
    done = [(Duty.ACCEPTANCE, 1), (Duty.REVIEW, 2)]
    assert earlier_duty_of(1, Duty.DECISION, done, least) is Duty.ACCEPTANCE
    assert earlier_duty_of(2, Duty.DECISION, done, least) is None
    assert earlier_duty_of(1, Duty.REVIEW, done, least) is None
    assert earlier_duty_of(2, Duty.DECISION, done, separated_duties(True)) is Duty.REVIEW


ONE, TWO, THREE, FOUR = (date(2025, 3, day) for day in (1, 2, 3, 4))


@pytest.mark.parametrize(
    ("periods", "end", "answer"),
    [
        ([(ONE, None)], None, True),
        ([(ONE, FOUR)], FOUR, True),
        ([(ONE, FOUR)], None, False),
        ([(THREE, None), (ONE, TWO)], None, True),
        ([(ONE, ONE), (THREE, None)], None, False),
        ([(TWO, None)], None, False),
        ([], FOUR, False),
    ],
)
def test_periods_cover_each_day_together(
    periods: list[tuple[date, date | None]], end: date | None, answer: bool
) -> None:
    assert covers(periods, ONE, end) is answer
