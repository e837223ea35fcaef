"""What a decision rests on: verdicts on the conditions and site inspections. Pure."""

from collections.abc import Iterable, Mapping

LEAST_INSPECTORS = 2  # Art. 34 ¶3, 55 ¶2: two or more


def conditions_not_judged(conditions: Iterable[int], verdicts: Mapping[int, bool]) -> list[int]:
    """The conditions on which nobody has given a verdict yet (Art. 34, 38)."""
    return [key for key in conditions if key not in verdicts]


def conditions_not_met(conditions: Iterable[int], verdicts: Mapping[int, bool]) -> list[int]:
    """The conditions that were found not to be met: each is a ground to refuse (Art. 38)."""
    return [key for key in conditions if verdicts.get(key) is False]


def inspectors_needed(fewest: int | None) -> int:
    """How many officers a check needs at least, whatever its item says (Art. 34 ¶3)."""
    return max(LEAST_INSPECTORS, fewest or 0)
