"""Periods of absence and of posts: whether they meet, and whether one covers another."""

from collections.abc import Iterable
from datetime import date, timedelta

# The first and the last day; without a last day it has no end.
Period = tuple[date, date | None]

_FOR_EVER = date.max


def periods_meet(one: Period, other: Period) -> bool:
    """Whether two periods have a day in common."""
    return one[0] <= (other[1] or _FOR_EVER) and other[0] <= (one[1] or _FOR_EVER)


def common_period(one: Period, other: Period) -> Period:
    """The days that two periods which meet have in common."""
    last = min(one[1] or _FOR_EVER, other[1] or _FOR_EVER)
    return max(one[0], other[0]), None if last == _FOR_EVER else last


def covers(periods: Iterable[Period], wanted: Period) -> bool:
    """Whether every day of ``wanted`` lies in one of ``periods``: no post is left empty (AB岗)."""
    day = wanted[0]
    for first, last in sorted(periods, key=lambda period: period[0]):
        if first > day:
            return False
        if last is None:
            return True
        if last >= day:
            if wanted[1] is not None and last >= wanted[1]:
                return True
            day = last + timedelta(days=1)
    return False
