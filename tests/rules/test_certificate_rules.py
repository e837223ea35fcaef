"""The pure rules of certificates: windows, places, grounds, bans and numbers."""

from datetime import date

import pytest

from models.enums import ApplicantKind, LimitUnit
from models.enums import CertificateChangeKind as Kind
from models.enums import CertificateGround as Ground
from models.enums import CertificateStatus as Paper
from models.rules.certificate_grounds import (
    GROUNDS,
    TARGETS,
    ban_follows,
    compensation_is_owed,
    ground_fits,
)
from models.rules.codes import check_certificate
from models.rules.numbering import (
    certificate_number,
    counter_year,
    number_of,
    pattern_problems,
    series_is_full,
)
from models.rules.renewal import day_before_expiry, last_day_in_time, place_is_free
from models.rules.statutory_holidays import confirmed_years
from models.rules.working_days import Calendar, CalendarYear


def _no_other_year(year: int) -> CalendarYear:
    raise AssertionError(year)


CALENDAR = Calendar(confirmed_years(), _no_other_year)
EXPIRY = date(2025, 10, 31)


# --- Art. 50: when a renewal is filed in time ------------------------------------------------


@pytest.mark.parametrize(
    ("expiry", "window", "unit", "last_day"),
    [
        (EXPIRY, 30, LimitUnit.CALENDAR_DAY, date(2025, 10, 1)),
        (EXPIRY, 30, LimitUnit.WORKING_DAY, date(2025, 9, 15)),
        (EXPIRY, 0, LimitUnit.WORKING_DAY, EXPIRY),
        (EXPIRY, 6, LimitUnit.MONTH, date(2025, 4, 30)),
        (date(2025, 8, 31), 6, LimitUnit.MONTH, date(2025, 2, 28)),
        (date(2025, 1, 15), 1, LimitUnit.MONTH, date(2024, 12, 15)),
        # The last valid day is a Saturday: the working day before it is the first of the five.
        (date(2025, 11, 1), 5, LimitUnit.WORKING_DAY, date(2025, 10, 26)),
        (EXPIRY, None, LimitUnit.MONTH, date(2025, 10, 1)),
    ],
)
def test_the_last_day_of_a_renewal_in_time(
    expiry: date, window: int | None, unit: LimitUnit, last_day: date
) -> None:
    """Art. 50: thirty days before expiry, or what the item says, in its own unit."""
    assert last_day_in_time(CALENDAR, expiry, window, unit) == last_day


@pytest.mark.parametrize("window", range(1, 60))
def test_so_many_working_days_lie_after_the_last_day_in_time(window: int) -> None:
    """Art. 50: on the last day in time the whole window is left, on the next day it is not."""
    last_day = day_before_expiry(CALENDAR, EXPIRY, window, LimitUnit.WORKING_DAY)
    assert CALENDAR.count(last_day, EXPIRY) == window
    assert CALENDAR.count(date.fromordinal(last_day.toordinal() + 1), EXPIRY) == window - 1


# --- Art. 57: the quota ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quota", "in_force", "earlier", "refusal"),
    [
        (None, 999, 999, None),
        (2, 1, 0, None),
        (2, 2, 0, "quota-is-used-up"),
        (2, 3, 5, "quota-is-used-up"),
        (2, 1, 1, "earlier-application-comes-first"),
        (2, 0, 1, None),
        (2, 0, 2, "earlier-application-comes-first"),
    ],
)
def test_places_go_in_the_order_of_acceptance(
    quota: int | None, in_force: int, earlier: int, refusal: str | None
) -> None:
    """Art. 57: first come, first served; those accepted earlier have their places kept."""
    assert place_is_free(quota, in_force, earlier) == refusal


# --- Art. 8, 69, 70: grounds -----------------------------------------------------------------


def test_every_kind_of_change_has_grounds_and_a_target() -> None:
    """Art. 8, 69, 70: no change without a ground."""
    assert set(GROUNDS) == set(TARGETS) == set(Kind)
    assert all(GROUNDS.values())
    assert frozenset().union(*GROUNDS.values()) == set(Ground)


@pytest.mark.parametrize("kind", Kind)
def test_only_its_own_grounds_fit_a_change(kind: Kind) -> None:
    """Art. 8, 69, 70: 撤销, 撤回, 吊销 and 注销 do not borrow each other's grounds."""
    fitting = {
        ground
        for ground in Ground
        for status in Paper
        for holder in ApplicantKind
        if ground_fits(kind, ground, status, holder)
    }
    assert fitting == GROUNDS[kind]


@pytest.mark.parametrize(
    ("ground", "status", "holder", "fits"),
    [
        (Ground.EXPIRED_NOT_RENEWED, Paper.EXPIRED, ApplicantKind.PERSON, True),
        (Ground.EXPIRED_NOT_RENEWED, Paper.VALID, ApplicantKind.PERSON, False),
        (Ground.PERMIT_ENDED, Paper.REVOKED, ApplicantKind.PERSON, True),
        (Ground.PERMIT_ENDED, Paper.WITHDRAWN, ApplicantKind.PERSON, True),
        (Ground.PERMIT_ENDED, Paper.PUNITIVELY_REVOKED, ApplicantKind.PERSON, True),
        (Ground.PERMIT_ENDED, Paper.EXPIRED, ApplicantKind.PERSON, False),
        (Ground.PERSON_DEAD_OR_INCAPABLE, Paper.VALID, ApplicantKind.PERSON, True),
        (Ground.PERSON_DEAD_OR_INCAPABLE, Paper.VALID, ApplicantKind.ORGANISATION, False),
        (Ground.LEGAL_PERSON_ENDED, Paper.VALID, ApplicantKind.ORGANISATION, True),
        (Ground.LEGAL_PERSON_ENDED, Paper.VALID, ApplicantKind.PERSON, False),
        (Ground.FORCE_MAJEURE, Paper.VALID, ApplicantKind.PERSON, True),
        (Ground.OTHER_LAWFUL, Paper.SUSPENDED, ApplicantKind.PERSON, True),
    ],
)
def test_the_six_grounds_of_a_cancellation(
    ground: Ground, status: Paper, holder: ApplicantKind, fits: bool
) -> None:
    """Art. 70: each ground has its certificate and its holder."""
    assert ground_fits(Kind.CANCEL, ground, status, holder) is fits


def test_a_lawful_interest_is_compensated_and_a_fraud_is_not() -> None:
    """Art. 8, 69 ¶4."""
    owed = {
        (kind, ground)
        for kind in Kind
        for ground in GROUNDS[kind]
        if compensation_is_owed(kind, ground)
    }
    assert owed == {
        *((Kind.REVOKE, g) for g in GROUNDS[Kind.REVOKE] - {Ground.FRAUD_OR_BRIBERY}),
        *((Kind.WITHDRAW, g) for g in GROUNDS[Kind.WITHDRAW]),
    }


@pytest.mark.parametrize(
    ("kind", "ground", "is_safety_item", "ban_months", "months"),
    [
        (Kind.REVOKE, Ground.FRAUD_OR_BRIBERY, True, None, 36),
        (Kind.REVOKE, Ground.FRAUD_OR_BRIBERY, False, 24, None),
        (Kind.REVOKE, Ground.ULTRA_VIRES, True, 24, None),
        (Kind.PUNITIVE_REVOKE, Ground.SERIOUS_VIOLATION, False, 60, 60),
        (Kind.PUNITIVE_REVOKE, Ground.SERIOUS_VIOLATION, True, None, None),
        (Kind.WITHDRAW, Ground.LAW_CHANGED, True, 60, None),
        (Kind.CANCEL, Ground.PERMIT_ENDED, True, 60, None),
    ],
)
def test_who_gained_a_permit_by_fraud_does_not_apply_again_for_three_years(
    kind: Kind, ground: Ground, is_safety_item: bool, ban_months: int | None, months: int | None
) -> None:
    """Art. 79: three years on safety items; a punitive revocation as its law says."""
    assert ban_follows(kind, ground, is_safety_item=is_safety_item, ban_months=ban_months) == months


# --- Art. 39: numbers ------------------------------------------------------------------------

ISSUED, UNTIL = date(2026, 5, 1), date(2030, 4, 30)
CHECKED = "{check:iso7064-11-10}"


@pytest.mark.parametrize(
    ("pattern", "sequence", "number"),
    [
        ("XK12-001-{seq:5}", 123, "XK12-001-00123"),
        (f"SC10437150000{{seq:2}}{CHECKED}", 12, "SC10437150000121"),
        (f"SC101371500{{seq:4}}{CHECKED}", 7, "SC10137150000075"),
        (f"SC102371502{{seq:4}}{CHECKED}", 31, "SC10237150200311"),
        (f"{{seq:4}}{CHECKED}", 794, "07945"),
        (f"{{seq:5}}{CHECKED}", 79462, "794623"),
        ("TS42371{seq:3}-{expiry_year}", 7, "TS42371007-2030"),
        ("梯11鲁P{seq:5}({yy})", 123, "梯11鲁P00123(26)"),
        ("{yy}1600110{seq:5}", 1, "26160011000001"),
        ("〔{year}〕鲁量标聊证字第{seq:3}号", 9, "〔2026〕鲁量标聊证字第009号"),
        ("(鲁)法计({year}){seq:5}号", 12, "(鲁)法计(2026)00012号"),
        ("QJ371500-{year}-{seq:5}", 1, "QJ371500-2026-00001"),
        ("", 1, "S-2026-00001"),
    ],
)
def test_a_certificate_is_numbered_in_the_shape_of_its_item(
    pattern: str, sequence: int, number: str
) -> None:
    """Art. 39: each item has its own numbers, as the field knows them."""
    assert pattern_problems(pattern) == []
    assert number_of("S", pattern, ISSUED, UNTIL, sequence) == number
    if number.startswith("SC"):
        assert check_certificate(number).valid


def test_a_number_without_a_pattern_is_the_series_and_the_year() -> None:
    assert certificate_number("S", 2026, 1) == number_of("S", "", ISSUED, None, 1)


@pytest.mark.parametrize(
    ("pattern", "problems"),
    [
        ("XK12", ["sequence"]),
        ("{seq:5}{seq:5}", ["sequence"]),
        ("{seq}", ["sequence", "field"]),
        ("{seq:0}", ["sequence", "field"]),
        ("{month}{seq:5}", ["field"]),
        ("{seq:5", ["braces", "sequence"]),
        ("{check:iso7064-11-10}{seq:5}", ["check"]),
    ],
)
def test_what_is_wrong_with_a_pattern_is_told(pattern: str, problems: list[str]) -> None:
    assert pattern_problems(pattern) == problems


def test_a_certificate_without_expiry_shows_no_year_of_expiry() -> None:
    pattern = "{seq:3}-{expiry_year}"
    assert pattern_problems(pattern, expires=False) == ["expiry_year"]
    assert pattern_problems(pattern) == []


@pytest.mark.parametrize(
    ("pattern", "year"),
    [
        ("", 2026),
        ("{year}-{seq:5}", 2026),
        ("{yy}{seq:5}", 2026),
        ("XK12-001-{seq:5}", 0),
        ("{seq:3}-{expiry_year}", 0),
    ],
)
def test_numbers_begin_again_only_where_the_year_keeps_them_apart(pattern: str, year: int) -> None:
    assert counter_year(pattern, ISSUED) == year


def test_a_series_is_full_when_its_places_are() -> None:
    assert not series_is_full("A{seq:3}", 999)
    assert series_is_full("A{seq:3}", 1000)
    assert not series_is_full("", 10**9)
