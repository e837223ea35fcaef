"""Periods of absence and of posts."""

from datetime import date

import pytest

from models.rules.absence import Period, common_period, covers, periods_meet

D = [date(2025, 3, day) for day in range(1, 11)]


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ((D[0], D[2]), (D[2], D[4]), True),
        ((D[0], D[2]), (D[3], D[4]), False),
        ((D[5], None), (D[0], D[4]), False),
        ((D[5], None), (D[9], None), True),
    ],
)
def test_periods_meet_on_a_common_day(one: Period, other: Period, meet: bool) -> None:
    assert periods_meet(one, other) is meet
    assert periods_meet(other, one) is meet


def test_the_common_days_of_two_periods() -> None:
    assert common_period((D[0], None), (D[2], D[4])) == (D[2], D[4])
    assert common_period((D[0], None), (D[2], None)) == (D[2], None)


@pytest.mark.parametrize(
    ("periods", "covered"),
    [
        ([(D[0], None)], True),
        ([(D[0], D[4]), (D[5], D[9])], True),
        ([(D[5], D[9]), (D[0], D[4]), (D[2], D[3])], True),
        ([(D[0], D[4]), (D[6], D[9])], False),
        ([(D[0], D[7])], False),
        ([(D[3], None)], False),
        ([], False),
    ],
)
def test_every_day_lies_in_a_period_or_one_is_missing(periods: list[Period], covered: bool) -> None:
    assert covers(periods, (D[1], D[8])) is covered


def test_only_a_period_without_end_covers_one_without_end() -> None:
    assert covers([(D[0], D[4]), (D[5], None)], (D[1], None))
    assert not covers([(D[0], D[9])], (D[1], None))
