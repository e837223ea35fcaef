"""The worked examples of the deadline rules: what happens, and the dates that follow from it.

The help page prints them and a test reckons every one of them again with the clock.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A date that the clock computes: so many working days after ``start``."""

    name: str
    told: date
    start: date
    limit: int
    pauses: tuple[tuple[date, date], ...] = ()
    extension: int = 0
    warning: int | None = None  # told is the first day of the warning, not the end of the limit


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """One example: the dates on which something happens, and those that follow."""

    name: str
    facts: dict[str, date]
    reckoned: tuple[Reckoned, ...]

    @property
    def dates(self) -> dict[str, date]:
        """Every date of the example by its name."""
        return {**self.facts, **{each.name: each.told for each in self.reckoned}}


def _d(text: str) -> date:
    return date.fromisoformat(text)


_SEPTEMBER = ((_d("2025-09-25"), _d("2025-10-15")),)
_ON_THE_DAY = ((_d("2025-03-24"), _d("2025-03-28")),)
_TOO_LATE = ((_d("2025-03-26"), _d("2025-03-28")),)
_TWO = ((_d("2025-04-10"), _d("2025-04-18")), (_d("2025-04-16"), _d("2025-04-25")))
_MARCH, _JUNE = _d("2025-03-03"), _d("2025-06-03")

WORKED_CASES = (
    WorkedCase(
        "make_up_days",
        {"accepted": _d("2025-09-08")},
        (
            Reckoned("due", _d("2025-09-28"), _d("2025-09-08"), 15),
            Reckoned("statutory", _d("2025-10-11"), _d("2025-09-08"), 20),
        ),
    ),
    WorkedCase(
        "inspection",
        {"accepted": _d("2025-09-22"), "begins": _d("2025-09-25"), "ends": _d("2025-10-15")},
        (
            Reckoned("due", _d("2025-10-31"), _d("2025-09-22"), 15, _SEPTEMBER),
            Reckoned("without", _d("2025-10-17"), _d("2025-09-22"), 15),
            Reckoned("statutory", _d("2025-11-07"), _d("2025-09-22"), 20, _SEPTEMBER),
            Reckoned("statutory_without", _d("2025-10-24"), _d("2025-09-22"), 20),
        ),
    ),
    WorkedCase(
        "on_the_due_day",
        {"accepted": _MARCH, "begins": _d("2025-03-24"), "ends": _d("2025-03-28")},
        (
            Reckoned("due", _d("2025-03-31"), _MARCH, 15, _ON_THE_DAY),
            Reckoned("statutory", _d("2025-04-07"), _MARCH, 20, _ON_THE_DAY),
        ),
    ),
    WorkedCase(
        "too_late",
        {"accepted": _MARCH, "begins": _d("2025-03-26"), "ends": _d("2025-03-28")},
        (
            Reckoned("due", _d("2025-03-24"), _MARCH, 15, _TOO_LATE),
            Reckoned("statutory", _d("2025-04-02"), _MARCH, 20, _TOO_LATE),
        ),
    ),
    WorkedCase(
        "extension",
        {"accepted": _MARCH, "approved": _d("2025-03-24")},
        (
            Reckoned("due", _d("2025-04-08"), _MARCH, 15, extension=10),
            Reckoned("statutory", _d("2025-04-15"), _MARCH, 20, extension=10),
        ),
    ),
    WorkedCase(
        "silence",
        {"received": _d("2025-09-26"), "deemed": _d("2025-10-11")},
        (
            Reckoned("notice", _d("2025-10-10"), _d("2025-09-26"), 5),
            Reckoned("due", _d("2025-10-16"), _d("2025-09-26"), 10),
            Reckoned("statutory", _d("2025-10-30"), _d("2025-09-26"), 20),
        ),
    ),
    WorkedCase(
        "delivery",
        {"granted": _d("2025-10-09")},
        (Reckoned("due", _d("2025-10-22"), _d("2025-10-09"), 10),),
    ),
    WorkedCase(
        "answer",
        {
            "received": _d("2025-09-22"),
            "notice": _d("2025-09-24"),
            "answered": _d("2025-10-09"),
        },
        (Reckoned("again", _d("2025-10-15"), _d("2025-10-09"), 5),),
    ),
    WorkedCase(
        "two_pauses",
        {
            "accepted": _d("2025-04-07"),
            "first_begins": _TWO[0][0],
            "first_ends": _TWO[0][1],
            "second_begins": _TWO[1][0],
            "second_ends": _TWO[1][1],
        },
        (
            Reckoned("due", _d("2025-05-22"), _d("2025-04-07"), 20, _TWO),
            Reckoned("without", _d("2025-05-07"), _d("2025-04-07"), 20),
        ),
    ),
    WorkedCase(
        "warning",
        {"accepted": _d("2025-04-28")},
        (
            Reckoned("due", _d("2025-05-15"), _d("2025-04-28"), 10),
            Reckoned("warn", _d("2025-05-12"), _d("2025-04-28"), 10, warning=3),
        ),
    ),
    WorkedCase(
        "as_of",
        {"accepted": _JUNE, "day_before": _d("2025-06-29"), "extended": _d("2025-06-30")},
        (
            Reckoned("before", _d("2025-07-01"), _JUNE, 20),
            Reckoned("after", _d("2025-07-08"), _JUNE, 20, extension=5),
        ),
    ),
    WorkedCase(
        "provisional",
        {"accepted": _d("2026-11-23")},
        (Reckoned("due", _d("2027-01-04"), _d("2026-11-23"), 29),),
    ),
)
