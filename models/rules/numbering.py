"""How cases and certificates are numbered, and how long a certificate is valid."""

from calendar import monthrange
from datetime import date, timedelta


def certificate_number(series: str, year: int, sequence: int) -> str:
    """A certificate's number: series, year, and a running number without gaps."""
    return f"{series}-{year}-{sequence:05d}"


def case_number(prefix: str, year: int, sequence: int) -> str:
    """A case's number (办件号): the item's prefix, year, and a running number."""
    return f"{prefix}-{year}-{sequence:06d}"


def last_valid_day(valid_from: date, months: int | None) -> date | None:
    """The last day of a validity of ``months``: the eve of the same day of the month.

    None months: the certificate does not expire.
    """
    if months is None:
        return None
    years, month_index = divmod(valid_from.month - 1 + months, 12)
    year, month = valid_from.year + years, month_index + 1
    length = monthrange(year, month)[1]
    if valid_from.day > length:
        return date(year, month, length)
    return date(year, month, valid_from.day) - timedelta(days=1)


def receipt_number(prefix: str, year: int, sequence: int) -> str:
    """The number of an answer to an application (受理): prefix, SL, year, a running number."""
    return f"{prefix}-SL-{year}-{sequence:06d}"
