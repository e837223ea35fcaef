"""The service rating (好差评)."""

from datetime import date

import pytest

from models.enums import RatingLevel
from models.rules.rating import is_bad, rectification_dues, why_no_follow_up
from models.rules.statutory_holidays import calendar_of, confirmed_years

Level = RatingLevel


def test_the_last_two_of_five_levels_are_bad() -> None:
    assert [is_bad(level) for level in RatingLevel] == [False, False, False, True, True]


def test_a_bad_rating_is_answered_in_one_working_day_and_rectified_in_fifteen() -> None:
    calendar = calendar_of(confirmed_years())
    # Sunday 28 September 2025 is a make-up day; 1 to 8 October are holidays.
    assert rectification_dues(calendar, date(2025, 9, 26)) == (
        date(2025, 9, 28),
        date(2025, 10, 23),
    )


@pytest.mark.parametrize(
    ("earlier", "code"),
    [
        ([], None),
        ([(Level.SATISFIED, False, None)], "service-is-rated-once"),
        ([(Level.UNSATISFIED, False, None)], "follow-up-needs-a-rectification"),
        ([(Level.UNSATISFIED, False, date(2025, 3, 3))], None),
        (
            [(Level.UNSATISFIED, False, date(2025, 3, 3)), (Level.UNSATISFIED, True, None)],
            "service-is-rated-once",
        ),
    ],
)
def test_a_service_is_rated_once_and_once_more_after_its_rectification(
    earlier: list[tuple[RatingLevel, bool, date | None]], code: str | None
) -> None:
    assert why_no_follow_up(earlier) == code
