"""A table of the board, as the page shows it and the workbook takes it."""

from dataclasses import dataclass

from views.words.values import NOTHING

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One value, and the list behind it. ``is_share``: read as a percentage.

    ``counted`` is how many rows the list has, where the value itself does not say so.
    """

    value: Value
    url: str = ""
    is_share: bool = False
    counted: int | None = None

    def __str__(self) -> str:
        if self.value is None:
            return NOTHING
        if self.is_share:
            return f"{self.value:.1%}"
        return f"{self.value:g}" if isinstance(self.value, float) else str(self.value)

    @property
    def count(self) -> Value:
        """How many rows the list behind it has."""
        return self.value if self.counted is None else self.counted


@dataclass(frozen=True, slots=True)
class Table:
    """One table. ``deeds``: for each row what a leader may do there, as words and address."""

    code: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    deeds: tuple[tuple[str, str] | None, ...] = ()


def share(part: int, whole: int, url: str = "") -> Cell:
    """A part of a whole; behind it the list of the part."""
    return Cell(part / whole if whole else None, url, is_share=True, counted=part)
