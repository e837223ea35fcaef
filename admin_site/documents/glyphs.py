"""Which characters the font of the documents can print, read from the font itself."""

import struct
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
FONT = FONTS / "NotoSerifCJKsc-subset.otf"
# What breaks a line needs no glyph.
BREAKS = frozenset("\n")
FULL_UNICODE = (3, 10)


@cache
def printable() -> frozenset[str]:
    """The characters that have a glyph."""
    data = FONT.read_bytes()
    table = _character_map(data)
    (groups,) = struct.unpack_from(">I", data, table + 12)
    ranges = struct.iter_unpack(">III", data[table + 16 : table + 16 + 12 * groups])
    return frozenset(
        chr(code)
        for first, last, glyph in ranges
        for code in range(first, last + 1)
        if glyph + code - first > 0  # glyph 0 is the empty box
    )


def missing_glyphs(facts: object) -> list[str]:
    """The characters in ``facts`` that would be printed as nothing, each once, in order."""
    return sorted({c for text in _texts(facts) for c in text} - printable() - BREAKS)


def _texts(facts: object) -> Iterable[str]:
    if isinstance(facts, str):
        yield facts
    elif isinstance(facts, Mapping):
        for value in facts.values():
            yield from _texts(value)
    elif isinstance(facts, list | tuple):
        for value in facts:
            yield from _texts(value)


def _character_map(data: bytes) -> int:
    """Where the map of all characters begins (OpenType: table cmap, format 12)."""
    (tables,) = struct.unpack_from(">H", data, 4)
    records = struct.iter_unpack(">4sIII", data[12 : 12 + 16 * tables])
    start = next(offset for tag, _sum, offset, _length in records if tag == b"cmap")
    (maps,) = struct.unpack_from(">H", data, start + 2)
    for platform, encoding, offset in struct.iter_unpack(
        ">HHI", data[start + 4 : start + 4 + 8 * maps]
    ):
        if (platform, encoding) == FULL_UNICODE:
            return int(start + offset)
    raise ValueError("the font has no map of all characters")
