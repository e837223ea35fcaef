"""How far a day may lie that a person types. Pure."""

from datetime import date

# Terms are counted from what is typed; no calendar reaches beyond 2099, so a year is left for them.
FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2098, 12, 31)


def is_within_reach(day: date) -> bool:
    """Whether terms can be counted from a day, forwards and back."""
    return FIRST_DAY <= day <= LAST_DAY
