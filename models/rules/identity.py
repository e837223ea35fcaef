"""Whose number it is: how the number of an identity is written, however it was typed."""

import unicodedata

# All that is a dash to the reader: the hyphen of an organisation code, and its look-alikes.
_DASHES = {ord(dash): None for dash in "-‐‑‒–—―−"}
_CAPITALS = {ord(letter): letter.upper() for letter in "abcdefghijklmnopqrstuvwxyz"}


def folded_number(text: str) -> str:
    """The number as it is stored and compared: plain capitals, no blanks, no dashes."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).translate(_CAPITALS)
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c) != "Cf")
