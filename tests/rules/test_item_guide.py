"""What a guide must tell, and on what a fee may rest."""

from datetime import date

import pytest

from models.enums import BasisLevel, Duty, SourceTag
from models.rules.item_guide import (
    GUIDE_ELEMENTS,
    absent_elements,
    decides_at_the_window,
    is_in_force,
    is_lawful_fee,
    is_unverified,
)

DAY = date(2025, 3, 3)


@pytest.mark.parametrize("element", GUIDE_ELEMENTS)
def test_each_element_that_is_not_told_is_named(element: str) -> None:
    """Art. 30."""
    told = dict.fromkeys(GUIDE_ELEMENTS, True)
    assert absent_elements(told) == ()
    assert absent_elements({**told, element: False}) == (element,)


def test_a_fee_rests_on_a_law_or_an_administrative_regulation() -> None:
    """Art. 58, 59."""
    assert {level for level in BasisLevel if is_lawful_fee(level)} == {
        BasisLevel.LAW,
        BasisLevel.ADMIN_REGULATION,
    }


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [
        (DAY, None, True),
        (DAY, DAY, True),
        (date(2025, 3, 4), None, False),
        (date(2024, 1, 1), date(2025, 3, 2), False),
    ],
)
def test_a_fee_is_in_force_from_its_first_to_its_last_day(
    starts: date, ends: date | None, holds: bool
) -> None:
    """Art. 59."""
    assert is_in_force(starts, ends, DAY) is holds


def test_what_was_read_or_reckoned_needs_no_second_reading() -> None:
    doubtful = {tag for tag in SourceTag if is_unverified(tag, False)}
    assert doubtful == {SourceTag.SECONDARY, SourceTag.MEMORY, SourceTag.INVENTED}
    assert not any(is_unverified(tag, True) for tag in SourceTag)


def test_a_window_decides_when_it_has_the_post() -> None:
    assert decides_at_the_window(frozenset({Duty.ACCEPTANCE, Duty.DECISION}))
    assert not decides_at_the_window(frozenset({Duty.ACCEPTANCE, Duty.REVIEW}))
