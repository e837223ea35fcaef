"""Check digits of the codes that a permit office meets.

Each check is a pure function from the text as typed to a :class:`CodeCheck`; ``KINDS`` names
them. The texts are normalised first, and never compared with a table of regions: those
change, and the codes given under them stay good.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

DIGITS = "0123456789"
ALPHANUMERICS = DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# GB 32100-2015 leaves out I, O, S, V and Z, which are easily misread.
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
FOOD_LICENCE_PREFIX = "SC"
FOOD_LICENCE_DIGITS = 14
# The root of every electronic certificate identifier (GB/T 36904); it is not checked.
CERTIFICATE_ROOT = "1.2.156.3005.2."

WRONG_LENGTH = "wrong-length"
WRONG_CHARACTER = "wrong-character"
WRONG_BIRTH_DATE = "wrong-birth-date"
WRONG_CHECK_DIGIT = "wrong-check-digit"
REASONS = (WRONG_LENGTH, WRONG_CHARACTER, WRONG_BIRTH_DATE, WRONG_CHECK_DIGIT)

# Full-width forms as typed with a Chinese input method, and small letters, become plain
# capitals. str.upper() would go too far: it turns foreign letters into valid ones.
_PLAIN = {0xFF01 + offset: 0x21 + offset for offset in range(0x5E)}
_CAPITALS = {ord(letter): letter.upper() for letter in "abcdefghijklmnopqrstuvwxyz"}


@dataclass(frozen=True, slots=True)
class CodeCheck:
    """Whether a code is sound; if not, why (a code of ``REASONS``).

    ``expected`` is the check character that belongs to the rest, where it can be computed.
    """

    valid: bool
    reason: str | None
    expected: str | None


def normalise(value: str) -> str:
    """The code in plain capitals, without the blanks around it."""
    return value.translate(_PLAIN).translate(_CAPITALS).strip()


def normalise_uscc(value: str) -> str:
    """A unified social credit code as stored: 18 plain characters."""
    return normalise(value)


def normalise_org(value: str) -> str:
    """An organisation code as stored: 9 characters, without the hyphen of its printed form."""
    plain = normalise(value)
    return plain[:8] + plain[9:] if plain[8:9] == "-" else plain


def normalise_id(value: str) -> str:
    """A citizen's identity number as stored: 18 characters, the check digit X a capital."""
    return normalise(value)


def normalise_certificate(value: str) -> str:
    """A certificate number as checked: an electronic identifier loses its root and dots."""
    plain = normalise(value)
    if not plain.startswith(CERTIFICATE_ROOT):
        return plain
    return plain.removeprefix(CERTIFICATE_ROOT).replace(".", "")


def uscc_check_character(body: str) -> str:
    """The 18th character of a unified social credit code, from the 17 before it (GB 32100-2015)."""
    return USCC_ALPHABET[-_weighted(body, USCC_ALPHABET, USCC_WEIGHTS) % 31]


def org_check_character(body: str) -> str:
    """The 9th character of an organisation code, from the 8 before it (GB 11714-1997)."""
    return "0123456789X"[-_weighted(body, ALPHANUMERICS, ORG_WEIGHTS) % 11]


def id_check_character(body: str) -> str:
    """The 18th character of an identity number, from the 17 before it (GB 11643-1999)."""
    return ID_CHECKS[_weighted(body, DIGITS, ID_WEIGHTS) % 11]


def certificate_check_character(body: str) -> str:
    """The last character of an electronic certificate identifier (ISO 7064 MOD 37,36)."""
    return _hybrid(body, ALPHANUMERICS)


def food_licence_check_character(body: str) -> str:
    """The 14th digit of a food licence, from the 13 after SC (GB/T 17710 MOD 11,10)."""
    return _hybrid(body, DIGITS)


def check_uscc(value: str) -> CodeCheck:
    """Check a unified social credit code 统一社会信用代码 (GB 32100-2015)."""
    code = normalise_uscc(value)
    if len(code) != 18:
        return _wrong(WRONG_LENGTH)
    if not (_made_of(code[:17], USCC_ALPHABET) and _made_of(code[2:8], DIGITS)):
        return _wrong(WRONG_CHARACTER)
    return _compare(code, uscc_check_character(code[:17]))


def check_org(value: str) -> CodeCheck:
    """Check an organisation code 组织机构代码, with or without its hyphen (GB 11714-1997)."""
    code = normalise_org(value)
    if len(code) != 9:
        return _wrong(WRONG_LENGTH)
    if not _made_of(code[:8], ALPHANUMERICS):
        return _wrong(WRONG_CHARACTER)
    return _compare(code, org_check_character(code[:8]))


def check_id(value: str) -> CodeCheck:
    """Check a citizen's identity number 公民身份号码, its birth date too (GB 11643-1999)."""
    code = normalise_id(value)
    if len(code) != 18:
        return _wrong(WRONG_LENGTH)
    if not _made_of(code[:17], DIGITS):
        return _wrong(WRONG_CHARACTER)
    expected = id_check_character(code[:17])
    if not _is_date(code[6:14]):
        return _wrong(WRONG_BIRTH_DATE, expected)
    return _compare(code, expected)


def check_certificate(value: str) -> CodeCheck:
    """Check a certificate number 证照编号: a food licence SC…, or an electronic identifier."""
    code = normalise_certificate(value)
    if code.startswith(FOOD_LICENCE_PREFIX):
        return _check_food_licence(code)
    if len(code) < 2:
        return _wrong(WRONG_LENGTH)
    if not _made_of(code[:-1], ALPHANUMERICS):
        return _wrong(WRONG_CHARACTER)
    return _compare(code, certificate_check_character(code[:-1]))


KINDS: Mapping[str, Callable[[str], CodeCheck]] = MappingProxyType(
    {
        "uscc": check_uscc,
        "org": check_org,
        "id": check_id,
        "certificate": check_certificate,
    }
)


def _check_food_licence(code: str) -> CodeCheck:
    digits = code.removeprefix(FOOD_LICENCE_PREFIX)
    if len(digits) != FOOD_LICENCE_DIGITS:
        return _wrong(WRONG_LENGTH)
    if not _made_of(digits[:-1], DIGITS):
        return _wrong(WRONG_CHARACTER)
    return _compare(digits, food_licence_check_character(digits[:-1]))


def _weighted(body: str, alphabet: str, weights: tuple[int, ...]) -> int:
    return sum(alphabet.index(char) * weight for char, weight in zip(body, weights, strict=True))


def _hybrid(body: str, alphabet: str) -> str:
    """The hybrid system of ISO 7064 over an alphabet of M characters: MOD M+1,M."""
    size = len(alphabet)
    product = size
    for char in body:
        product = (product + alphabet.index(char)) % size or size
        product = product * 2 % (size + 1)
    return alphabet[(size + 1 - product) % size]


def _made_of(text: str, alphabet: str) -> bool:
    return set(text) <= set(alphabet)


def _is_date(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _compare(code: str, expected: str) -> CodeCheck:
    """A check character that cannot occur is a wrong one too: the answer names the right one."""
    if code[-1] == expected:
        return CodeCheck(True, None, expected)
    return _wrong(WRONG_CHECK_DIGIT, expected)


def _wrong(reason: str, expected: str | None = None) -> CodeCheck:
    return CodeCheck(False, reason, expected)
