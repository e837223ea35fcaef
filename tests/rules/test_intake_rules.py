"""The pure rules of intake: what a case needs, the day of acceptance, the length of a ban."""

from datetime import date

import pytest

from models.enums import ApplicationKind, BanCause, ClockStart, LimitUnit, Necessity, Situation
from models.rules.case_clock import Limits, decision_clock
from models.rules.intake import (
    Asked,
    acceptance_day,
    answer_is_empty,
    ban_end,
    missing_materials,
    needed_materials,
    situations_of,
)
from models.rules.statutory_holidays import confirmed_years, provisional_year
from models.rules.working_days import Calendar

MONDAY, TUESDAY = date(2025, 3, 3), date(2025, 3, 4)
CHECKLIST = (
    Asked(1, Necessity.REQUIRED),
    Asked(2, Necessity.CONDITIONAL, Situation.AGENT),
    Asked(3, Necessity.CONDITIONAL, Situation.RENEWAL_OR_AMENDMENT),
    Asked(4, Necessity.CONDITIONAL),
    Asked(5, Necessity.DEFERRABLE),
    Asked(6, Necessity.OPTIONAL),
    Asked(7, Necessity.CONDITIONAL, Situation.FIRST_APPLICATION),
)


@pytest.mark.parametrize(
    ("kind", "has_agent", "needed"),
    [
        (ApplicationKind.NEW, False, (1, 7)),
        (ApplicationKind.NEW, True, (1, 2, 7)),
        (ApplicationKind.RENEWAL, False, (1, 3)),
        (ApplicationKind.AMENDMENT, True, (1, 2, 3)),
        (ApplicationKind.REISSUE, False, (1,)),
    ],
)
def test_the_situation_of_a_case_tells_what_it_needs(
    kind: ApplicationKind, has_agent: bool, needed: tuple[int, ...]
) -> None:
    """Art. 29, 31: an agent shows his power of attorney; the rest follows from the kind."""
    assert needed_materials(CHECKLIST, situations_of(kind, has_agent=has_agent)) == needed


def test_what_a_notice_named_is_needed() -> None:
    """Art. 32(4): what the officer judged to be needed is needed for acceptance."""
    assert needed_materials(CHECKLIST, frozenset(), [4, 99]) == (1, 4)
    assert missing_materials(CHECKLIST, [1], frozenset(), [4]) == (4,)


def test_missing_is_needed_less_ticked() -> None:
    """Practice 1: the list of missing materials is the needed set less the ticked set."""
    assert missing_materials(CHECKLIST, [6, 5]) == (1,)
    assert missing_materials(CHECKLIST, [1, 2, 3]) == ()


@pytest.mark.parametrize(
    ("came_on", "words", "is_empty"),
    [
        ([None, None], "已补正", True),  # what was asked for is missing: words bring nothing
        ([None, TUESDAY], "", False),
        ([TUESDAY], "", False),
        ([MONDAY, None], "已补正", True),  # what came before it was asked for is no answer
        ([MONDAY], "已补正", False),
        ([MONDAY], " ", True),
        ([], "", True),
    ],
)
def test_an_answer_that_brings_nothing_is_none(
    came_on: list[date | None], words: str, is_empty: bool
) -> None:
    """Art. 32(4)."""
    assert answer_is_empty(TUESDAY, came_on, words) is is_empty


@pytest.mark.parametrize(
    ("is_deemed", "answered_on", "last", "expected"),
    [
        (False, None, None, date(2025, 3, 7)),  # a person, today
        (True, None, MONDAY, MONDAY),  # silence, as of receipt
        (False, TUESDAY, MONDAY, TUESDAY),  # the last supplement, whoever accepts
        (True, TUESDAY, None, TUESDAY),
        (True, TUESDAY, date(2025, 3, 6), date(2025, 3, 6)),
    ],
)
def test_a_case_is_accepted_as_of_its_last_supplement(
    is_deemed: bool, answered_on: date | None, last: date | None, expected: date
) -> None:
    """Art. 32(4), (5)."""
    found = acceptance_day(
        date(2025, 3, 7), MONDAY, is_deemed=is_deemed, answered_on=answered_on,
        came_on=[last] if last else [],
    )  # fmt: skip
    assert found == expected


@pytest.mark.parametrize(
    ("cause", "starts_on", "months", "expected"),
    [
        (BanCause.FALSE_MATERIALS, date(2025, 3, 3), None, date(2026, 3, 3)),  # Art. 78
        (BanCause.FALSE_MATERIALS, date(2024, 2, 29), None, date(2025, 2, 28)),
        (BanCause.FRAUD, date(2025, 3, 3), 6, date(2028, 3, 3)),  # Art. 79
        (BanCause.PUNITIVE_REVOCATION, date(2025, 8, 31), 6, date(2026, 2, 28)),
        (BanCause.PUNITIVE_REVOCATION, date(2025, 8, 31), None, None),
    ],
)
def test_a_ban_ends_with_the_same_day(
    cause: BanCause, starts_on: date, months: int | None, expected: date | None
) -> None:
    """Art. 78, 79: one year, three years, or what the item's own law says."""
    assert ban_end(cause, starts_on, months) == expected


@pytest.mark.parametrize(
    ("accepted_on", "due_on"),
    [
        (MONDAY, MONDAY),
        (date(2025, 9, 28), date(2025, 9, 28)),  # a make-up Sunday works
        (date(2025, 3, 8), date(2025, 3, 10)),  # a Saturday rolls on
    ],
)
def test_what_is_handled_at_once_is_due_on_its_day(accepted_on: date, due_on: date) -> None:
    """Art. 34 ¶2, 56: a limit of 0 is due on the day of acceptance, rolled to a working day."""
    limits = Limits(0, LimitUnit.WORKING_DAY, 0, LimitUnit.WORKING_DAY, ClockStart.ACCEPTANCE, 3)
    calendar = Calendar(confirmed_years(), fill=provisional_year)
    reading = decision_clock(calendar, limits, complete_on=accepted_on, accepted_on=accepted_on)
    assert (reading.due_on, reading.statutory_due_on) == (due_on, due_on)
