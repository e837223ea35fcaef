"""Charts as plain geometry: numbers in, rectangles and words out. A template draws them.

A chart never stands alone: the table beside it says the same and is what counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 360
LINE = 40
MOST_LINES = 10
LONGEST_NAME = 24
COLUMN_AREA = 150
MARGIN = 26


@dataclass(frozen=True, slots=True)
class Bar:
    """One rectangle; ``style`` is the class that colours it."""

    x: float
    y: float
    width: float
    height: float
    style: str


@dataclass(frozen=True, slots=True)
class Words:
    """Some words at a place; ``anchor``: start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Chart:
    """One drawing, with the words that stand for it."""

    label: str
    height: float
    bars: tuple[Bar, ...]
    words: tuple[Words, ...]
    width: int = WIDTH


def bar_chart(label: str, lines: Sequence[tuple[str, int, int]]) -> Chart:
    """A line for each (name, whole, part): a bar for the whole, and in it one for the part."""
    lines = lines[:MOST_LINES]
    most = max((whole for _name, whole, _part in lines), default=0) or 1
    reach = WIDTH - 70
    bars: list[Bar] = []
    words: list[Words] = []
    for place, (name, whole, part) in enumerate(lines):
        y = place * LINE
        words.append(Words(0, y + 14, _short(name)))
        bars.append(Bar(0, y + 20, _scaled(whole, most, reach), 13, "whole"))
        bars.append(Bar(0, y + 20, _scaled(part, most, reach), 13, "part"))
        said = str(whole) if part in (0, whole) else f"{part} / {whole}"
        words.append(Words(_scaled(whole, most, reach) + 6, y + 31, said))
    return Chart(label, max(len(lines), 1) * LINE, tuple(b for b in bars if b.width), tuple(words))


def column_chart(label: str, groups: Sequence[tuple[str, tuple[int, ...]]]) -> Chart:
    """A group of columns for each name, the first series first."""
    most = max((value for _name, values in groups for value in values), default=0) or 1
    step = (WIDTH - MARGIN) / (len(groups) or 1)
    bars: list[Bar] = []
    words = [Words(MARGIN - 4, 12, str(most), "end"), Words(MARGIN - 4, COLUMN_AREA, "0", "end")]
    for place, (name, values) in enumerate(groups):
        left, width = MARGIN + place * step, (step - 4) / (len(values) or 1)
        for series, value in enumerate(values):
            height = _scaled(value, most, COLUMN_AREA - 4)
            x, y = round(left + series * width, 1), round(COLUMN_AREA - height, 1)
            bars.append(Bar(x, y, round(width - 1, 1), height, f"series-{series}"))
        if place % 2 == 0:
            words.append(Words(round(left, 1), COLUMN_AREA + 16, name))
    return Chart(label, COLUMN_AREA + 22, tuple(b for b in bars if b.height), tuple(words))


def _scaled(value: int, most: int, reach: float) -> float:
    return round(value / most * reach, 1)


def _short(name: str) -> str:
    # A Chinese character is as wide as two letters.
    wide = [2 if ord(letter) > 0x2E7F else 1 for letter in name]
    if sum(wide) <= 2 * LONGEST_NAME:
        return name
    length, room = 0, 2 * LONGEST_NAME - 2
    while room >= wide[length]:
        room -= wide[length]
        length += 1
    return f"{name[:length]}…"
