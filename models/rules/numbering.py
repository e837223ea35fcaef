"""How cases and certificates are numbered, and how long a certificate is valid."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from models.rules.codes import DIGITS, food_licence_check_character

_FIELD = re.compile(r"\{([^{}]*)\}")
_SEQUENCE = re.compile(r"seq:([1-9])")
CHECK = "check:iso7064-11-10"
YEARS = frozenset({"year", "yy"})
_PLAIN = frozenset({*YEARS, "expiry_year", CHECK})
LONGEST_NUMBER = 60


def certificate_number(series: str, year: int, sequence: int) -> str:
    """A certificate's number: series, year, and a running number without gaps."""
    return f"{series}-{year}-{sequence:05d}"


def pattern_problems(pattern: str, *, expires: bool = True) -> list[str]:
    """What is wrong with the pattern of a certificate's number; nothing for an empty one."""
    return list(_problems(pattern, expires)) if pattern else []


def _problems(pattern: str, expires: bool) -> Iterator[str]:
    fields = _FIELD.findall(pattern)
    if set(_FIELD.sub("", pattern)) & set("{}"):
        yield "braces"
    if sum(1 for field in fields if _SEQUENCE.fullmatch(field)) != 1:
        yield "sequence"
    if any(field not in _PLAIN and not _SEQUENCE.fullmatch(field) for field in fields):
        yield "field"
    if "expiry_year" in fields and not expires:
        yield "expiry_year"
    if fields.count(CHECK) > 1 or (CHECK in fields and fields[-1] != CHECK):
        yield "check"


def shows_the_year(pattern: str) -> bool:
    """Whether the numbers begin again each year: only where the year keeps them apart."""
    return not pattern or bool(YEARS & set(_FIELD.findall(pattern)))


def series_is_full(pattern: str, sequence: int) -> bool:
    """Whether ``sequence`` has more digits than the pattern has places."""
    places = _SEQUENCE.search(pattern)
    return places is not None and sequence >= 10 ** int(places.group(1))


def patterned_number(pattern: str, issued_on: date, valid_until: date | None, sequence: int) -> str:
    """A certificate's number in the shape of its item."""
    values = {
        "year": f"{issued_on.year:04d}",
        "yy": f"{issued_on.year % 100:02d}",
        "expiry_year": f"{valid_until.year:04d}" if valid_until else "",
    }
    said = ""
    for index, part in enumerate(_FIELD.split(pattern)):
        is_field = index % 2 == 1
        if not is_field:
            said += part
        elif part == CHECK:
            # GB/T 17710: over all the digits before it.
            said += food_licence_check_character("".join(c for c in said if c in DIGITS))
        elif places := _SEQUENCE.fullmatch(part):
            said += f"{sequence:0{places.group(1)}d}"
        else:
            said += values[part]
    return said


def counter_year(pattern: str, issued_on: date) -> int:
    """The year of the counter: where the numbers show none, those of all years are one series."""
    return issued_on.year if shows_the_year(pattern) else 0


def number_of(
    series: str, pattern: str, issued_on: date, valid_until: date | None, sequence: int
) -> str:
    """The number of a certificate: in the pattern of its item, or by series and year."""
    if not pattern:
        return certificate_number(series, issued_on.year, sequence)
    return patterned_number(pattern, issued_on, valid_until, sequence)


def case_number(prefix: str, year: int, sequence: int) -> str:
    """A case's number (办件号): the item's prefix, year, and a running number."""
    return f"{prefix}-{year}-{sequence:06d}"


def months_before(day: date, months: int) -> date:
    """The same day of the month, so many months earlier; the month's last where it has none."""
    years, month_index = divmod(day.month - 1 - months, 12)
    year, month = day.year + years, month_index + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


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
