"""Who may apply: whom an item serves, and what the number of an identity looks like. Pure."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType

from models.enums import ApplicantKind, IdentityKind, ServiceObject
from models.rules.codes import (
    WRONG_CHARACTER,
    WRONG_LENGTH,
    CodeCheck,
    check_id,
    check_org,
    check_uscc,
)

# Whose each kind of number is.
OWNERS: Mapping[IdentityKind, ApplicantKind] = MappingProxyType(
    {
        IdentityKind.CREDIT_CODE: ApplicantKind.ORGANISATION,
        IdentityKind.ORGANISATION_CODE: ApplicantKind.ORGANISATION,
        IdentityKind.IDENTITY_CARD: ApplicantKind.PERSON,
        IdentityKind.PASSPORT: ApplicantKind.PERSON,
        IdentityKind.TRAVEL_PERMIT: ApplicantKind.PERSON,
        IdentityKind.RESIDENCE_CARD: ApplicantKind.PERSON,
    }
)
# What is meant where nobody says of what the number is.
USUAL: Mapping[ApplicantKind, IdentityKind] = MappingProxyType(
    {
        ApplicantKind.PERSON: IdentityKind.IDENTITY_CARD,
        ApplicantKind.ORGANISATION: IdentityKind.CREDIT_CODE,
    }
)
# From this year on the credit code takes the place of the organisation code (GB 11714).
ORGANISATION_CODE_ENDED = 2015

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


def _shaped(pattern: str, lengths: frozenset[int]) -> Callable[[str], CodeCheck]:
    """The check of a number that has a shape and no check digit that anybody has published."""

    def check(value: str) -> CodeCheck:
        if len(value) not in lengths:
            return CodeCheck(False, WRONG_LENGTH, None)
        fits = re.fullmatch(pattern, value, re.ASCII)
        return CodeCheck(True, None, None) if fits else CodeCheck(False, WRONG_CHARACTER, None)

    return check


_OLD_RESIDENCE_CARD = _shaped(r"[A-Z]{3}\d{12}", frozenset({15}))


def check_residence_card(value: str) -> CodeCheck:
    """A foreigner's permanent residence card: fifteen characters, or since 2023 eighteen digits
    that begin with 9 and check as an ID number does (GB 11643)."""
    if len(value) != 18:
        return _OLD_RESIDENCE_CARD(value)
    return check_id(value) if value.startswith("9") else CodeCheck(False, WRONG_CHARACTER, None)


_CHECKS: Mapping[IdentityKind, Callable[[str], CodeCheck]] = MappingProxyType(
    {
        IdentityKind.CREDIT_CODE: check_uscc,
        IdentityKind.ORGANISATION_CODE: check_org,
        IdentityKind.IDENTITY_CARD: check_id,
        # ICAO 9303 knows nine characters; some countries print more.
        IdentityKind.PASSPORT: _shaped(r"[A-Z0-9]+", frozenset(range(5, 16))),
        # Hong Kong and Macao: a letter and eight digits; Taiwan: eight. Older ones: ten.
        IdentityKind.TRAVEL_PERMIT: _shaped(
            r"[HM]\d{8}(\d{2})?|\d{8}(\d{2})?", frozenset({8, 9, 10, 11})
        ),
        IdentityKind.RESIDENCE_CARD: check_residence_card,
    }
)


def check_identity(kind: IdentityKind, number: str) -> CodeCheck:
    """Whether a folded number can be one of this kind of document."""
    return _CHECKS[kind](number)
