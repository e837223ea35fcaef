"""When a renewal is applied for, and how many permits an item may have (Art. 50, 57)."""

from datetime import date, timedelta

from models.enums import LimitUnit
from models.rules.numbering import months_before
from models.rules.working_days import Calendar

# Art. 50: thirty days, where no other rule says more.
DEFAULT_WINDOW = 30
ONE_DAY = timedelta(days=1)


def day_before_expiry(calendar: Calendar, expiry: date, window: int, unit: LimitUnit) -> date:
    """The last day that is at least ``window`` before the last valid day (Art. 50).

    So many days, or working days, lie after it up to and including the last valid day.
    """
    if unit is LimitUnit.MONTH:
        return months_before(expiry, window)
    if unit is LimitUnit.CALENDAR_DAY or window == 0:
        return expiry - window * ONE_DAY
    return calendar.subtract(expiry, window - 1) - ONE_DAY


def last_day_in_time(calendar: Calendar, expiry: date, window: int | None, unit: LimitUnit) -> date:
    """The last day on which a renewal is filed in time (Art. 50)."""
    if window is None:
        return day_before_expiry(calendar, expiry, DEFAULT_WINDOW, LimitUnit.CALENDAR_DAY)
    return day_before_expiry(calendar, expiry, window, unit)


def place_is_free(quota: int | None, in_force: int, earlier_waiting: int) -> str | None:
    """Art. 57: why there is no place for one more permit; None when there is one.

    Places go in the order of acceptance: those who were accepted earlier and still wait have
    theirs kept.
    """
    if quota is None or in_force + earlier_waiting < quota:
        return None
    return "quota-is-used-up" if in_force >= quota else "earlier-application-comes-first"
