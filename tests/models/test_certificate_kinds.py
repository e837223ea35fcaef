"""Applications about a certificate that is there, and the editions that they bring."""

from datetime import date
from typing import Any

import pytest

from models import Application, Certificate, acts
from models.enums import ApplicationKind as Asked
from models.enums import ApplicationStatus as Case
from models.enums import (
    CertificateChangeKind,
    CertificateGround,
    CertificateKind,
    CertificateStatus,
    DecisionOutcome,
    DeliveryMethod,
    LimitUnit,
)
from models.questions.certificates import newest_edition
from tests.certificates import about, changed, grant, granted_about, paper_of, with_status
from tests.factories import MONDAY, Office

pytestmark = pytest.mark.hooks_alone

TUESDAY = date(2025, 3, 4)
EXPIRY = date(2026, 3, 2)  # of what is granted on MONDAY for twelve months
ABOUT_ONE = [kind for kind in Asked if kind is not Asked.NEW]
OF_THE_HOLDER = [kind for kind in ABOUT_ONE if kind is not Asked.TRANSFER]


def _apply(session: Any, kind: Asked, paper: Certificate, applicant: Any = None) -> Application:
    return acts.certificate.apply_about(session, kind, paper, applicant or paper.holder)


# --- which certificate -----------------------------------------------------------------------


@pytest.mark.parametrize("kind", ABOUT_ONE)
def test_an_application_about_a_permit_names_its_certificate(office: Office, kind: Asked) -> None:
    """Art. 49, 50: nothing is amended or renewed that is not there."""
    item, applicant = office.item(), office.applicant()
    with office.refuses("application-names-no-certificate", "clerk") as session:
        acts.intake.receive(session, item, applicant).kind = kind


def test_a_new_permit_has_no_present_certificate(office: Office) -> None:
    paper = paper_of(office)
    with office.refuses("new-permit-has-no-certificate", "clerk") as session:
        _apply(session, Asked.NEW, paper)
    with office.refuses("new-permit-has-no-certificate", "clerk") as session:
        case = acts.intake.receive(session, paper.licence_item, paper.holder)
        case.prior_certificate_id = paper.id


@pytest.mark.parametrize("kind", ABOUT_ONE)
def test_the_certificate_is_of_the_same_item(office: Office, kind: Asked) -> None:
    """Art. 49, 50."""
    paper, other = paper_of(office), office.item(is_transferable=True)
    with office.refuses("certificate-is-of-another-item", "clerk") as session:
        _apply(session, kind, paper).licence_item = other


@pytest.mark.parametrize("kind", OF_THE_HOLDER)
def test_the_holder_applies(office: Office, kind: Asked) -> None:
    """Art. 49, 50: nobody has another's permit amended, renewed or ended."""
    paper, stranger = paper_of(office), office.applicant("白杨食品有限公司")
    with office.refuses("certificate-is-of-another-holder", "clerk") as session:
        _apply(session, kind, paper, stranger)


def test_a_permit_is_transferred_only_where_the_law_says_so(office: Office) -> None:
    """Art. 9."""
    heir, fixed = office.applicant("白杨食品有限公司"), paper_of(office)
    with office.refuses("permit-is-not-transferable", "clerk") as session:
        _apply(session, Asked.TRANSFER, fixed, heir)
    paper = paper_of(office, is_transferable=True)
    with office.refuses("transfer-names-a-new-holder", "clerk") as session:
        _apply(session, Asked.TRANSFER, paper)
    case = granted_about(office, Asked.TRANSFER, paper, TUESDAY, heir)
    assert case.certificate is not None
    assert case.certificate.holder is heir
    assert case.certificate.holder_name == heir.name
    assert paper.holder is not heir


def test_what_is_applied_for_does_not_change_after_receipt(office: Office) -> None:
    paper = paper_of(office)
    case = about(office, Asked.AMENDMENT, paper)
    with office.refuses("case-is-pinned", "clerk"):
        case.kind = Asked.REISSUE
    with office.refuses("case-is-pinned", "clerk"):
        case.kind, case.prior_certificate = Asked.NEW, None


def test_a_draft_is_judged_when_it_is_handed_in(office: Office) -> None:
    """Art. 50: what has expired meanwhile is not renewed."""
    paper = paper_of(office, applicant=office.applicant(user=office.user("applicant")))
    with office.acts("applicant", MONDAY) as session:
        case = _apply(session, Asked.RENEWAL, paper)
        case.status = Case.DRAFT
    with office.refuses("certificate-is-not-in-force", "applicant", date(2026, 3, 3)):
        acts.intake.move(case, Case.RECEIVED)
    with office.acts("applicant", TUESDAY):
        acts.intake.move(case, Case.RECEIVED)
    assert (case.filed_in_time, case.received_on) == (True, TUESDAY)


# --- is it in force ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Asked.AMENDMENT, Asked.REISSUE, Asked.RENEWAL])
@pytest.mark.parametrize("status", sorted(set(CertificateStatus) - {CertificateStatus.VALID}))
def test_only_a_permit_in_force_is_amended_reissued_or_renewed(
    office: Office, kind: Asked, status: str
) -> None:
    """Art. 49, 50: not what is suspended, and not what has ended in any way."""
    paper = with_status(office, status)
    with office.refuses("certificate-is-not-in-force", "clerk", TUESDAY) as session:
        _apply(session, kind, paper)


@pytest.mark.parametrize("status", sorted(CertificateStatus))
def test_a_holder_gives_up_what_has_not_ended(office: Office, status: str) -> None:
    """Art. 70: the holder's own application cancels the record, whatever still stands in it."""
    paper = with_status(office, status)
    if status in ("VALID", "SUSPENDED", "EXPIRED"):
        case = granted_about(office, Asked.CANCELLATION, paper, TUESDAY)
        assert case.certificate is None
        assert paper.status is CertificateStatus.CANCELLED
        record = paper.changes[-1]
        assert (record.kind, record.ground, record.effective_on) == (
            CertificateChangeKind.CANCEL,
            CertificateGround.HOLDER_REQUEST,
            TUESDAY,
        )
    else:
        with office.refuses("certificate-is-not-in-force", "clerk", TUESDAY) as session:
            _apply(session, Asked.CANCELLATION, paper)


def test_a_permit_is_in_force_up_to_its_last_day(office: Office) -> None:
    """Art. 50: on the last valid day itself a renewal still comes in, too late to be in time."""
    paper = paper_of(office)
    with office.refuses("certificate-is-not-in-force", "clerk", date(2026, 3, 3)) as session:
        _apply(session, Asked.RENEWAL, paper)
    case = about(office, Asked.RENEWAL, paper, EXPIRY)
    assert case.filed_in_time is False


def test_what_was_revoked_meanwhile_is_not_amended(office: Office) -> None:
    """Art. 69: the application was lawful; when it is decided the permit is gone."""
    paper = paper_of(office)
    case = about(office, Asked.AMENDMENT, paper)
    with office.acts("clerk", MONDAY):
        acts.intake.move(case, Case.ACCEPTED)
    office.review(case, MONDAY)
    changed(office, paper, CertificateChangeKind.REVOKE)
    with office.refuses("certificate-is-not-in-force", "decider"):
        acts.decision.decide(case, DecisionOutcome.GRANTED)


# --- the window of a renewal ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("window", "unit", "last_day"),
    [
        (None, LimitUnit.CALENDAR_DAY, date(2026, 1, 31)),
        (30, LimitUnit.CALENDAR_DAY, date(2026, 1, 31)),
        (5, LimitUnit.WORKING_DAY, date(2026, 2, 24)),
        (6, LimitUnit.MONTH, date(2025, 9, 2)),
    ],
)
def test_a_renewal_is_in_time_up_to_the_day_of_its_item(
    office: Office, window: int | None, unit: LimitUnit, last_day: date
) -> None:
    """Art. 50: thirty days before expiry, or what the item says; later is late, not refused."""
    rule = {"renewal_window": window, "renewal_unit": unit}
    in_time = about(office, Asked.RENEWAL, paper_of(office, **rule), last_day)
    after = date.fromordinal(last_day.toordinal() + 1)
    late = about(office, Asked.RENEWAL, paper_of(office, **rule), after)
    assert (in_time.filed_in_time, late.filed_in_time) == (True, False)


def test_a_renewal_waits_for_its_window_to_open(office: Office) -> None:
    """Art. 50: where the item says how early, it is not taken in before."""
    paper = paper_of(
        office, renewal_window=30, renewal_opens=90, renewal_unit=LimitUnit.CALENDAR_DAY
    )
    opens = date(2025, 12, 2)
    with office.refuses("renewal-window-is-not-open", "clerk", date(2025, 12, 1)) as session:
        _apply(session, Asked.RENEWAL, paper)
    assert about(office, Asked.RENEWAL, paper, opens).filed_in_time


def test_what_never_expires_is_not_renewed(office: Office) -> None:
    """Art. 50."""
    paper = paper_of(office, months=None)
    with office.refuses("certificate-never-expires", "clerk") as session:
        _apply(session, Asked.RENEWAL, paper)


def test_nobody_writes_that_a_renewal_was_in_time(office: Office) -> None:
    paper = paper_of(office)
    case = about(office, Asked.RENEWAL, paper, EXPIRY)
    with office.refuses("column-is-derived", "clerk", EXPIRY):
        case.filed_in_time = True


def test_one_application_about_a_certificate_is_open_at_a_time(office: Office) -> None:
    """Art. 49, 50: a second one waits until the first is decided."""
    paper = paper_of(office)
    first = about(office, Asked.AMENDMENT, paper)
    with office.refuses("certificate-has-an-open-application", "clerk") as session:
        _apply(session, Asked.RENEWAL, paper)
    office.withdraw(first, MONDAY)
    assert about(office, Asked.RENEWAL, paper).filed_in_time


# --- editions ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Asked.AMENDMENT, Asked.REISSUE])
def test_an_amendment_is_a_new_edition_with_the_same_expiry(office: Office, kind: Asked) -> None:
    """Art. 49: the number and the last valid day stay; the old edition is replaced."""
    paper = paper_of(office)
    new = granted_about(office, kind, paper, TUESDAY).certificate
    assert new is not None
    assert (new.number, new.edition, new.status) == (paper.number, 2, CertificateStatus.VALID)
    assert (new.issued_on, new.valid_from, new.valid_until) == (TUESDAY, TUESDAY, EXPIRY)
    assert paper.status is CertificateStatus.SUPERSEDED
    assert [c.kind for c in paper.changes] == [CertificateChangeKind.SUPERSEDE]
    assert newest_edition(office.session, paper.number) is new
    office.session.expire_all()
    assert [p.edition for p in new.editions] == [1, 2]


def test_a_renewal_runs_on_from_the_old_expiry(office: Office) -> None:
    """Art. 50: granted before expiry, it begins on the day after it."""
    paper = paper_of(office)
    new = granted_about(office, Asked.RENEWAL, paper, date(2026, 1, 12)).certificate
    assert new is not None
    assert (new.valid_from, new.valid_until) == (date(2026, 3, 3), date(2027, 3, 2))
    again = granted_about(office, Asked.RENEWAL, new, date(2026, 3, 9)).certificate
    assert again is not None
    assert (again.edition, again.valid_until) == (3, date(2028, 3, 2))


def test_a_late_renewal_granted_after_expiry_begins_when_granted(office: Office) -> None:
    """Art. 50: filed late, so nothing was deemed; the gap between the two stays."""
    paper = paper_of(office)
    case = about(office, Asked.RENEWAL, paper, EXPIRY)
    with office.time_acts(date(2026, 3, 3)):
        paper.status = CertificateStatus.EXPIRED
    grant(office, case, date(2026, 3, 5))
    assert case.certificate is not None
    assert case.certificate.valid_from == date(2026, 3, 5)
    assert paper.status is CertificateStatus.SUPERSEDED


def test_a_renewal_does_not_lift_a_suspension(office: Office) -> None:
    """Art. 50: the suspension was ordered by itself, and is lifted by itself."""
    paper = paper_of(office)
    case = about(office, Asked.RENEWAL, paper)
    changed(office, paper, CertificateChangeKind.SUSPEND)
    grant(office, case, TUESDAY)
    assert case.certificate is not None
    assert case.certificate.status is CertificateStatus.SUSPENDED
    changed(office, case.certificate, CertificateChangeKind.REINSTATE, TUESDAY)
    assert case.certificate.status is CertificateStatus.VALID


def test_a_replaced_edition_is_not_applied_about(office: Office) -> None:
    """Art. 49: the newest edition counts."""
    paper = paper_of(office)
    granted_about(office, Asked.AMENDMENT, paper, MONDAY)
    with office.refuses("certificate-is-not-in-force", "clerk") as session:
        _apply(session, Asked.AMENDMENT, paper)


def test_the_certificate_states_its_kind_and_holder(office: Office) -> None:
    """Art. 39: the kind of document is the one that the item names."""
    paper = paper_of(office, certificate_kind=CertificateKind.QUALIFICATION)
    assert (paper.kind, paper.edition) == (CertificateKind.QUALIFICATION, 1)
    assert paper.holder is paper.application.applicant
    for column, value in (("edition", 2), ("holder_id", 99), ("kind", CertificateKind.LABEL)):
        with office.refuses("case-is-closed", "clerk"):
            setattr(paper, column, value)


def test_who_handed_a_certificate_over_and_who_took_it_is_kept(office: Office) -> None:
    """Art. 44: delivered on the spot, to a person with a name."""
    case = office.granted()
    with office.refuses("column-is-derived", "clerk"):
        case.certificate.delivered_by_id = office.user("clerk2").id
    with office.acts("clerk", TUESDAY):
        acts.decision.deliver(case, DeliveryMethod.WINDOW, recipient=" 林晓青 ")
    paper = case.certificate
    assert (paper.delivered_by, paper.recipient_name) == (office.user("clerk"), "林晓青")
