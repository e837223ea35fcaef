"""Who may apply: whom an item serves, and how the number of an identity is written. Pure."""

import unicodedata

from models.enums import ApplicantKind, ServiceObject

_SERVED = {
    ServiceObject.PERSON: frozenset({ApplicantKind.PERSON}),
    ServiceObject.ORGANISATION: frozenset({ApplicantKind.ORGANISATION}),
    ServiceObject.BOTH: frozenset(ApplicantKind),
}


def serves(served: ServiceObject, kind: ApplicantKind) -> bool:
    """Whether an item (服务对象) is for applicants of this kind."""
    return kind in _SERVED[served]


# All that is a dash to the reader: the hyphen of an organisation code, and its look-alikes.
_DASHES = {ord(dash): None for dash in "-‐‑‒–—―−"}
_CAPITALS = {ord(letter): letter.upper() for letter in "abcdefghijklmnopqrstuvwxyz"}


def folded_number(text: str) -> str:
    """The number as it is stored and compared: plain capitals, no blanks, no dashes."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).translate(_CAPITALS)
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c) != "Cf")
