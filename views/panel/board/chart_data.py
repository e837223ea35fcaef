"""Charts as data: names, series and colours. charts.js draws them; the table beside says the same.

A chart is never the only place of a number, and without a script there is only the table.
"""

from dataclasses import dataclass
from enum import StrEnum

MOST_LINES = 10  # as many as stay readable; the table has them all


class Colour(StrEnum):
    """A colour of the panel, by the name of its custom property."""

    PRIMARY = "primary"
    RED = "red"
    GREEN = "green"
    QUIET = "quiet"


class Direction(StrEnum):
    """How the bars run: one line for each name, or one column."""

    LINES = "lines"
    COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of bars. ``urls`` are the lists that count the same, where there are any."""

    name: str
    colour: Colour
    values: tuple[float, ...]
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """What one chart shows, and the words that stand for it.

    With ``is_part_of`` the second series is a part of the first and is drawn over it.
    """

    label: str
    names: tuple[str, ...]
    series: tuple[Series, ...]
    direction: Direction = Direction.LINES
    is_part_of: bool = False

    def data(self) -> dict[str, object]:
        """The same for the script."""
        return {
            "direction": self.direction,
            "overlaid": self.is_part_of,
            "names": self.names,
            "series": [
                {"name": s.name, "colour": s.colour, "values": s.values, "urls": s.urls}
                for s in self.series
            ],
        }
