"""The service rating (好差评): which levels are bad, and what a bad one sets going."""

from collections.abc import Sequence
from datetime import date

from models.enums import RatingLevel
from models.rules.working_days import Calendar

SATISFIED_LEVELS = frozenset(
    {RatingLevel.VERY_SATISFIED, RatingLevel.SATISFIED, RatingLevel.FAIRLY_SATISFIED}
)

# Working days after a bad rating: to call the applicant, and to have put the matter right.
CONTACT_DAYS = 1
RECTIFY_DAYS = 15


def is_bad(level: RatingLevel) -> bool:
    """The last two levels are bad ratings (差评)."""
    return level not in SATISFIED_LEVELS


def rectification_dues(calendar: Calendar, rated_on: date) -> tuple[date, date]:
    """The last days to call the applicant and to rectify, after a bad rating."""
    return calendar.add(rated_on, CONTACT_DAYS), calendar.add(rated_on, RECTIFY_DAYS)


def why_no_follow_up(earlier: Sequence[tuple[RatingLevel, bool, date | None]]) -> str | None:
    """Why a case that has these ratings takes no other one; None when it does (一次追评).

    Each rating: its level, whether it is the follow-up, the day on which it was rectified.
    """
    if not earlier:
        return None
    level, _is_follow_up, rectified_on = earlier[0]
    if len(earlier) > 1 or not is_bad(level):
        return "service-is-rated-once"
    return None if rectified_on is not None else "follow-up-needs-a-rectification"
