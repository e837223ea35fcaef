"""How certificates are numbered, and how many permits an item may have."""

from datetime import date

import pytest

from models import Application, acts
from models.enums import ApplicationKind as Asked
from models.enums import ApplicationStatus as Case
from models.enums import CertificateChangeKind, DecisionOutcome, VersionStatus
from tests.certificates import changed, granted_about
from tests.factories import DAY_ONE, MONDAY, Office

pytestmark = pytest.mark.hooks_alone

TUESDAY = date(2025, 3, 4)
NEXT_YEAR = date(2026, 3, 3)


# --- Art. 39: numbers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "numbers"),
    [
        ("QJ371500-{year}-{seq:5}", ["QJ371500-2025-00001", "QJ371500-2026-00001"]),
        ("{yy}1600110{seq:5}", ["25160011000001", "26160011000001"]),
        ("XK12-001-{seq:5}", ["XK12-001-00001", "XK12-001-00002"]),
        ("TS42371{seq:3}-{expiry_year}", ["TS42371001-2026", "TS42371002-2027"]),
        ("SC101371500{seq:4}{check:iso7064-11-10}", ["SC10137150000018", "SC10137150000026"]),
    ],
)
def test_an_items_certificates_have_its_shape(
    office: Office, pattern: str, numbers: list[str]
) -> None:
    """Art. 39: the counter begins again only where the number shows the year."""
    item = office.item(certificate_pattern=pattern, certificate_months=12)
    cases = [office.granted(day, item) for day in (MONDAY, NEXT_YEAR)]
    assert [case.certificate.number for case in cases] == numbers


def test_a_full_series_gives_no_number_twice(office: Office) -> None:
    """Art. 39: the number after the last one is refused, and the case stays undecided."""
    item = office.item(certificate_pattern="A{seq:1}")
    for _ in range(9):
        office.granted(MONDAY, item)
    case = office.reviewed(MONDAY, item)
    with office.refuses("number-series-is-full", "decider"):
        acts.decision.decide(case, DecisionOutcome.GRANTED)


@pytest.mark.parametrize(
    ("pattern", "months"),
    [("XK12", 12), ("{month}{seq:5}", 12), ("{seq:3}-{expiry_year}", None), ("{seq:5", 12)],
)
def test_a_pattern_that_makes_no_numbers_is_not_published(
    office: Office, pattern: str, months: int | None
) -> None:
    draft = office.draft(certificate_pattern=pattern, certificate_months=months)
    with office.refuses("certificate-pattern-is-wrong", "admin2", DAY_ONE):
        draft.status = VersionStatus.PUBLISHED
    with office.acts("admin", DAY_ONE):
        draft.certificate_pattern = "{seq:5}"
    with office.acts("admin2", DAY_ONE):
        draft.status = VersionStatus.PUBLISHED
    assert draft.published_on == DAY_ONE


def test_a_new_edition_takes_no_new_number(office: Office) -> None:
    item = office.item(certificate_pattern="XK12-001-{seq:5}", certificate_months=12)
    paper = office.delivered(MONDAY, item).certificate
    new = granted_about(office, Asked.AMENDMENT, paper, TUESDAY).certificate
    assert new is not None
    assert new.number == paper.number
    assert office.granted(MONDAY, item).certificate.number.endswith("-00002")


# --- Art. 57: the quota --------------------------------------------------------------------------


def _grant(office: Office, case: Application, day: date = MONDAY) -> None:
    with office.acts("decider", day):
        acts.decision.decide(case, DecisionOutcome.GRANTED)


def test_permits_go_in_the_order_of_acceptance(office: Office) -> None:
    """Art. 57: a later application waits while an earlier one is undecided."""
    item = office.item(quota=1)
    first, second = office.reviewed(MONDAY, item), office.reviewed(TUESDAY, item)
    with office.refuses("earlier-application-comes-first", "decider", TUESDAY):
        acts.decision.decide(second, DecisionOutcome.GRANTED)
    _grant(office, first, TUESDAY)
    with office.refuses("quota-is-used-up", "decider", TUESDAY):
        acts.decision.decide(second, DecisionOutcome.GRANTED)


def test_on_one_day_the_instant_of_acceptance_decides(office: Office) -> None:
    """Art. 57: accepted first, though received second."""
    item = office.item(quota=1)
    early, late = office.received(MONDAY, item), office.received(MONDAY, item)
    for case in (late, early):
        with office.acts("clerk", MONDAY):
            acts.intake.move(case, Case.ACCEPTED)
        office.review(case, MONDAY)
    assert late.accepted_at < early.accepted_at
    with office.refuses("earlier-application-comes-first", "decider"):
        acts.decision.decide(early, DecisionOutcome.GRANTED)
    _grant(office, late)


def test_a_refusal_makes_way_for_the_next(office: Office) -> None:
    """Art. 57."""
    item = office.item(quota=1)
    first, second = office.reviewed(MONDAY, item), office.reviewed(TUESDAY, item)
    with office.acts("decider", TUESDAY):
        acts.decision.decide(
            first,
            DecisionOutcome.REFUSED,
            reasons="申请不符合条件。",
            legal_basis="第三十八条",
            remedies="复议",
        )
    _grant(office, second, TUESDAY)
    assert second.status is Case.GRANTED


def test_a_place_comes_free_when_a_permit_ends(office: Office) -> None:
    """Art. 57: permits in force count, a suspended one too; a revoked one does not."""
    item = office.item(quota=1, certificate_months=12)
    paper = office.delivered(MONDAY, item).certificate
    waiting = office.reviewed(MONDAY, item)
    changed(office, paper, CertificateChangeKind.SUSPEND)
    with office.refuses("quota-is-used-up", "decider"):
        acts.decision.decide(waiting, DecisionOutcome.GRANTED)
    changed(office, paper, CertificateChangeKind.REVOKE)
    _grant(office, waiting)


def test_a_renewal_takes_no_new_place(office: Office) -> None:
    """Art. 50, 57: the permit was there before."""
    item = office.item(quota=1, certificate_months=12)
    paper = office.delivered(MONDAY, item).certificate
    case = granted_about(office, Asked.RENEWAL, paper, TUESDAY)
    assert case.status is Case.GRANTED


def test_silence_accepts_in_the_order_of_receipt(office: Office) -> None:
    """Art. 32, 57: what silence accepts was accepted when it came in."""
    case = office.received(MONDAY)
    with office.time_acts(date(2025, 3, 12)):
        acts.intake.move(case, Case.ACCEPTED)
    assert (case.accepted_on, case.accepted_at) == (MONDAY, case.received_at)
    with office.refuses("column-is-derived", "clerk", date(2025, 3, 12)):
        case.accepted_at = None
