"""Check digits: the vectors of the standards, and what a wrong code is told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.codes import (
    ALPHANUMERICS,
    DIGITS,
    KINDS,
    REASONS,
    USCC_ALPHABET,
    CodeCheck,
    certificate_check_character,
    check_certificate,
    food_licence_check_character,
    id_check_character,
    normalise_certificate,
    normalise_id,
    normalise_org,
    normalise_uscc,
    org_check_character,
    uscc_check_character,
)
from tests.tiers import examples

ORDINARY = settings(max_examples=examples(100), deadline=None)

VALID = {
    "uscc": (
        "91350100M000100Y43",
        "91512081MA62K0260E",
        "91110000802100433B",
        "91440300359143307G",
        "91110108735106340Y",
        "11610923MB2900168E",
    ),
    "org": (
        "D2143569-X",
        "D2143569X",
        "MA1FL0LY-9",
        "76822546-9",
        "74371976-1",
        "L1832212-3",
        "87654321-0",
        "12345678-8",
        "M000100Y-4",
    ),
    "id": ("11010519491231002X", "11010519491231002x", "440524188001010014"),
    "certificate": (
        "A12425GABC1234002M",
        "SC10437150000121",
        "SC10137150000075",
        "SC10237150200311",
    ),
}

WRONG = [
    ("uscc", "91350100M000100Y4Z", "wrong-check-digit", "3"),
    ("uscc", "91350211M0000XUF46", "wrong-check-digit", "R"),
    ("uscc", "91350100M000100Y4", "wrong-length", None),
    ("uscc", "", "wrong-length", None),
    ("uscc", "91350100I000100Y43", "wrong-character", None),
    ("uscc", "9135010AM000100Y43", "wrong-character", None),
    ("org", "87654321-X", "wrong-check-digit", "0"),
    ("org", "D2143569-1", "wrong-check-digit", "X"),
    ("org", "D214-3569X", "wrong-length", None),
    ("org", "D214356", "wrong-length", None),
    ("org", "D214356中-X", "wrong-character", None),
    ("id", "110105194912310021", "wrong-check-digit", "X"),
    ("id", "11010519491231002", "wrong-length", None),
    ("id", "110105491231002", "wrong-length", None),
    ("id", "1101051949123100XX", "wrong-character", None),
    ("id", "110105194902300020", "wrong-birth-date", "0"),
    ("id", "110105190002290029", "wrong-birth-date", "5"),
    ("id", "110105000001010029", "wrong-birth-date", "8"),
    ("certificate", "A12425GABC1234002N", "wrong-check-digit", "M"),
    ("certificate", "A", "wrong-length", None),
    ("certificate", "", "wrong-length", None),
    ("certificate", "A12425-ABC1234002M", "wrong-character", None),
    ("certificate", "SC10437150000122", "wrong-check-digit", "1"),
    ("certificate", "SC1043715000012", "wrong-length", None),
    ("certificate", "SC1043715000A121", "wrong-character", None),
]


@pytest.mark.parametrize(
    ("kind", "value"), [(kind, value) for kind, values in VALID.items() for value in values]
)
def test_a_code_of_the_standards_is_valid(kind: str, value: str) -> None:
    result = KINDS[kind](value)
    assert result == CodeCheck(True, None, value[-1].upper())


@pytest.mark.parametrize(("kind", "value", "reason", "expected"), WRONG)
def test_a_wrong_code_is_told_why(kind: str, value: str, reason: str, expected: str | None) -> None:
    assert KINDS[kind](value) == CodeCheck(False, reason, expected)


def test_every_reason_is_seen_in_the_examples() -> None:
    assert {reason for _, _, reason, _ in WRONG} == set(REASONS)


@pytest.mark.parametrize(("body", "check"), [("0794", "5"), ("79462", "3"), ("1043715000012", "1")])
def test_mod_11_10_gives_the_samples_of_the_standard(body: str, check: str) -> None:
    assert food_licence_check_character(body) == check


def test_mod_37_36_gives_the_sample_of_the_standard() -> None:
    assert certificate_check_character("A12425GABC1234002") == "M"


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_code_typed_in_full_width_with_blanks_is_read(kind: str) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) for char in VALID[kind][0].lower())
    assert KINDS[kind](f"\u3000 {wide}\n").valid


def test_foreign_letters_and_digits_are_never_taken_for_latin_ones() -> None:
    # Each of these becomes a plain letter or digit under str.upper(), NFKC or int().
    for foreign in ("ı", "ſ", "①", "²", "٣", "Ａ\u0301"):
        assert KINDS["org"](f"{foreign}2143569X").reason in {"wrong-character", "wrong-length"}


def test_normal_forms_are_what_is_stored() -> None:
    assert normalise_uscc(" 91350100m000100y43 ") == "91350100M000100Y43"
    assert normalise_org("d2143569－x") == "D2143569X"
    assert normalise_id("１１０１０５19491231002x") == "11010519491231002X"
    assert normalise_certificate("1.2.156.3005.2.A12425.GABC.1234.002.M") == "A12425GABC1234002M"


def test_an_electronic_identifier_is_checked_without_its_root_and_dots() -> None:
    assert check_certificate("1.2.156.3005.2.A12425.GABC.1234.002.M").valid


MAKERS = {
    "uscc": (
        st.tuples(
            st.text(USCC_ALPHABET, min_size=2, max_size=2),
            st.text(DIGITS, min_size=6, max_size=6),
            st.text(USCC_ALPHABET, min_size=9, max_size=9),
        ).map("".join),
        uscc_check_character,
    ),
    "org": (st.text(ALPHANUMERICS, min_size=8, max_size=8), org_check_character),
    "id": (
        st.tuples(
            st.text(DIGITS, min_size=6, max_size=6),
            st.dates().map(lambda day: f"{day:%Y%m%d}".rjust(8, "0")),
            st.text(DIGITS, min_size=3, max_size=3),
        ).map("".join),
        id_check_character,
    ),
    "certificate": (
        st.text(ALPHANUMERICS, min_size=1, max_size=30).filter(lambda body: body[:2] != "SC"),
        certificate_check_character,
    ),
    "certificate SC": (
        st.text(DIGITS, min_size=13, max_size=13),
        food_licence_check_character,
    ),
}


@pytest.mark.parametrize("maker", list(MAKERS))
def test_a_code_with_its_own_check_character_is_valid_and_with_any_other_is_not(
    maker: str,
) -> None:
    bodies, check_character = MAKERS[maker]
    kind, _, prefix = maker.partition(" ")

    @ORDINARY
    @given(bodies, st.sampled_from(ALPHANUMERICS))
    def law(body: str, last: str) -> None:
        right = check_character(body)
        # "S" with the check character "C" reads as a food licence, which is no such identifier.
        if not prefix and (body + last).startswith("SC"):
            return
        result = KINDS[kind](prefix + body + last)
        assert result.valid == (last == right)
        assert result.expected == right

    law()


@ORDINARY
@given(st.sampled_from(list(KINDS)), st.text(max_size=40))
def test_no_text_whatever_breaks_a_check(kind: str, value: str) -> None:
    result = KINDS[kind](value)
    assert result.valid == (result.reason is None)
    assert result.reason is None or result.reason in REASONS


@ORDINARY
@given(st.text(DIGITS, min_size=13, max_size=13), st.integers(0, 12), st.sampled_from(DIGITS))
def test_one_mistyped_digit_of_a_food_licence_is_always_found(
    body: str, place: int, other: str
) -> None:
    typed = body[:place] + other + body[place + 1 :]
    if typed != body:
        assert not check_certificate(f"SC{typed}{food_licence_check_character(body)}").valid
