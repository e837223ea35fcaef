"""How the rows of a list are numbered anew when a person has put them in another order."""

from collections.abc import Sequence


def new_positions(before: Sequence[int], after: Sequence[int | None]) -> list[int]:
    """The positions that keep the rows in the order ``after``.

    ``before`` are the positions in use, in their present order; ``after`` names the rows that
    stay by them, in the order wanted, with None for a new row. Rows in front of the first change
    keep their position. The others take ones that no row has: rows are written one by one, and
    two may not share a position even in between.
    """
    stay = [position for position in before if position in after]
    kept = 0
    while kept < min(len(stay), len(after)) and stay[kept] == after[kept]:
        kept += 1
    head = [position for position in after[:kept] if position is not None]
    moved = len(after) - kept
    first = max(head, default=0) + 1
    if not set(before).isdisjoint(range(first, first + moved)):
        first = max(before, default=0) + 1
    return [*head, *range(first, first + moved)]
