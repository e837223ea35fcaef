"""What the numbers of identities look like, and whom an item serves."""

import pytest

from models.enums import ApplicantKind, IdentityKind, ServiceObject
from models.rules.codes import id_check_character
from models.rules.identity import OWNERS, USUAL, check_identity, folded_number, serves

Kind = IdentityKind
BODY = "93315619850101001"
CARD_OF_2023 = BODY + id_check_character(BODY)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" 9135 0100 M000 100Y 43 ", "91350100M000100Y43"),
        ("d2143569－x", "D2143569X"),
        ("11010519491231002\u200bｘ", "11010519491231002X"),
        ("E—12 345678", "E12345678"),
        ("ß", "ß"),
        ("", ""),
    ],
)
def test_a_number_is_folded_to_plain_capitals(typed: str, stored: str) -> None:
    """§3b: no blanks, no dashes, no format characters; a foreign letter is not made valid."""
    assert folded_number(typed) == stored == folded_number(folded_number(typed))


@pytest.mark.parametrize(
    ("kind", "number", "reason"),
    [
        (Kind.CREDIT_CODE, "91350100M000100Y43", None),
        (Kind.CREDIT_CODE, "91350211M0000XUF46", "wrong-check-digit"),
        (Kind.ORGANISATION_CODE, "D2143569X", None),
        (Kind.ORGANISATION_CODE, "D21435691", "wrong-check-digit"),
        (Kind.IDENTITY_CARD, "11010519491231002X", None),
        (Kind.IDENTITY_CARD, "E12345678", "wrong-length"),
        (Kind.PASSPORT, "E1234", None),
        (Kind.PASSPORT, "E123", "wrong-length"),
        (Kind.PASSPORT, "E" * 15, None),
        (Kind.PASSPORT, "E" * 16, "wrong-length"),
        (Kind.PASSPORT, "護123456", "wrong-character"),
        (Kind.TRAVEL_PERMIT, "H12345678", None),
        (Kind.TRAVEL_PERMIT, "M1234567801", None),
        (Kind.TRAVEL_PERMIT, "12345678", None),
        (Kind.TRAVEL_PERMIT, "H1234567", "wrong-character"),
        (Kind.TRAVEL_PERMIT, "1234567", "wrong-length"),
        (Kind.RESIDENCE_CARD, "USA123456789012", None),
        (Kind.RESIDENCE_CARD, CARD_OF_2023, None),
        (Kind.RESIDENCE_CARD, "11010519491231002X", "wrong-character"),
        (Kind.RESIDENCE_CARD, CARD_OF_2023[:-1], "wrong-length"),
    ],
)
def test_a_number_has_the_shape_of_its_kind(kind: Kind, number: str, reason: str | None) -> None:
    """GB 32100, GB 11714, GB 11643, ICAO 9303, and the cards of the immigration office."""
    found = check_identity(kind, number)
    assert (found.valid, found.reason) == (reason is None, reason)


def test_an_item_serves_persons_organisations_or_both() -> None:
    """服务对象."""
    served = {(s, k) for s in ServiceObject for k in ApplicantKind if serves(s, k)}
    assert served == {
        (ServiceObject.PERSON, ApplicantKind.PERSON),
        (ServiceObject.ORGANISATION, ApplicantKind.ORGANISATION),
        (ServiceObject.BOTH, ApplicantKind.PERSON),
        (ServiceObject.BOTH, ApplicantKind.ORGANISATION),
    }


def test_every_kind_of_number_has_its_owner() -> None:
    assert set(OWNERS) == set(IdentityKind)
    assert all(OWNERS[USUAL[kind]] is kind for kind in ApplicantKind)
