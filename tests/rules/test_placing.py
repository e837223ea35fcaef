"""Rows that are put in another order get positions that nobody has, not even in between."""

from hypothesis import given
from hypothesis import strategies as st

from models.rules.placing import new_positions


def test_rows_that_stay_keep_their_positions() -> None:
    assert new_positions([1, 2, 5], [1, 2, 5]) == [1, 2, 5]


def test_a_row_that_goes_leaves_the_others_alone() -> None:
    assert new_positions([1, 2, 3], [1, 3]) == [1, 3]


def test_a_new_row_goes_to_the_end() -> None:
    assert new_positions([1, 2], [1, 2, None]) == [1, 2, 3]


def test_two_rows_change_places() -> None:
    assert new_positions([1, 2, 3], [1, 3, 2]) == [1, 4, 5]


def test_free_positions_below_are_used_again() -> None:
    assert new_positions([11, 12], [12, 11]) == [1, 2]


@st.composite
def reorderings(draw: st.DrawFn) -> tuple[list[int], list[int | None]]:
    before = draw(st.lists(st.integers(0, 60), unique=True, max_size=8))
    kept = draw(st.permutations(before))[: draw(st.integers(0, len(before)))]
    after: list[int | None] = list(kept)
    for place in draw(st.lists(st.integers(0, 8), max_size=3)):
        after.insert(min(place, len(after)), None)
    return before, after


@given(reorderings())
def test_no_row_takes_a_position_that_another_has(
    rows: tuple[list[int], list[int | None]],
) -> None:
    before, after = rows
    positions = new_positions(before, after)
    assert len(set(positions)) == len(after)
    for old, new in zip(after, positions, strict=True):
        assert new == old or new not in before


@given(reorderings())
def test_the_wanted_order_holds(rows: tuple[list[int], list[int | None]]) -> None:
    before, after = rows
    positions = new_positions(sorted(before), after)
    assert positions == sorted(positions)
