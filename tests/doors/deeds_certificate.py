"""What is forbidden to applications about a certificate, to its numbers and quota (Art. 49-57)."""

from datetime import date
from typing import Any

from models import Applicant, Application, Certificate, Decision, LicenceItem, acts
from models.enums import ApplicationKind as Asked
from models.enums import (
    ApplicationStatus,
    CertificateStatus,
    Channel,
    DecisionOutcome,
    LimitUnit,
    VersionStatus,
)
from tests.certificates import about, paper_of, with_status
from tests.doors.deed import Button, Deed, NoWay, does
from tests.doors.deeds_case import BY_ITS_FORM
from tests.factories import MONDAY, Office
from tests.models.test_certificate_silence import FILED, LONG_AFTER, THE_DAY_AFTER, _renewal

Case = ApplicationStatus
TUESDAY = date(2025, 3, 4)
KINDS, SILENCE = (
    f"tests/models/test_certificate_{part}.py::" for part in ("kinds", "silence")
)  # fmt: skip
NUMBERS = "tests/models/test_certificate_numbers.py::"
AMENDED = KINDS + "test_an_amendment_is_a_new_edition_with_the_same_expiry"
RENEWED = KINDS + "test_a_renewal_runs_on_from_the_old_expiry"
IN_ORDER = NUMBERS + "test_permits_go_in_the_order_of_acceptance"
SILENT = SILENCE + "test_silence_renews_on_the_day_after_expiry"
BY_PERSONS = {"system": "move-needs-a-person"}


def _beside_a_stranger(office: Office, **values: Any) -> Certificate:
    office.applicant("白杨食品有限公司")
    paper: Certificate = paper_of(office, **values)
    return paper


def _stranger(office: Office, paper: Certificate) -> Any:
    others = office.session.query(Applicant).filter(Applicant.id != paper.holder_id)
    return others.order_by(Applicant.id).first()


def application(
    code: str,
    kind: Asked,
    reach: Any = paper_of,
    *,
    lawful: str = AMENDED,
    day: date = MONDAY,
    others: Any = None,
    told: Any = None,
) -> Deed:
    """An application about a certificate that must not be taken in."""

    def values(office: Office, paper: Certificate) -> dict[str, Any]:
        return {
            "licence_item": paper.licence_item, "applicant": paper.holder, "kind": kind,
            "prior_certificate": paper, "channel": Channel.WINDOW, "status": Case.RECEIVED,
            **(told(office, paper) if told else {}),
        }  # fmt: skip

    def typed(office: Office, paper: Certificate) -> dict[str, Any]:
        found = values(office, paper)
        return {k: v for k, v in found.items() if k not in ("status",)}

    def act(office: Office, paper: Certificate) -> None:
        office.session.add(Application(**values(office, paper)))

    return Deed(
        code, "clerk", reach, values, lawful, new=Application, typed=typed, act=act, day=day,
        elsewhere={**BY_PERSONS, "action": BY_ITS_FORM, **(others or {})},
    )  # fmt: skip


def silent(code: str, reach: Any, day: date) -> Deed:
    """A renewal that silence does not make."""
    return Deed(
        code, None, reach, {"status": Case.GRANTED}, SILENT,
        act=lambda _office, case: acts.intake.move(case, Case.GRANTED), day=day,
        elsewhere={"action": NoWay("the page has no act of silence")},
    )  # fmt: skip


def grant(code: str, reach: Any, lawful: Any, day: date = TUESDAY, **others: Any) -> Deed:
    """A grant that must not be given."""
    return Deed(
        code, "decider", reach, lambda _office, case: {"application": case, "outcome": "GRANTED"},
        lawful, new=Decision, day=day,
        act=lambda _office, case: acts.decision.decide(case, "GRANTED"),
        button=Button("grant"), elsewhere=BY_PERSONS | others,
    )  # fmt: skip


def _late_renewal(office: Office) -> Application:
    return _renewal(office, day=date(2026, 2, 2))


def _reviewed_renewal(office: Office) -> Application:
    case = _renewal(office)
    office.review(case, FILED)
    return case


def _open_application(office: Office) -> Certificate:
    paper: Certificate = paper_of(office)
    about(office, Asked.AMENDMENT, paper)
    return paper


def _second_of_two(office: Office) -> Application:
    item = office.item(quota=1)
    office.reviewed(MONDAY, item)
    second: Application = office.reviewed(TUESDAY, item)
    return second


def _after_the_last_place(office: Office) -> Application:
    second = _second_of_two(office)
    first = office.session.get_one(Application, second.id - 1)
    with office.acts("decider", TUESDAY):
        acts.decision.decide(first, DecisionOutcome.GRANTED)
    return second


def _after_the_last_number(office: Office) -> Application:
    item = office.item(certificate_pattern="A{seq:1}")
    for _ in range(9):
        office.granted(MONDAY, item)
    case: Application = office.reviewed(MONDAY, item)
    return case


def _beside_an_item(office: Office) -> Certificate:
    office.item(is_transferable=True)
    paper: Certificate = paper_of(office)
    return paper


def _first_item(office: Office, _paper: Certificate) -> dict[str, Any]:
    return {"licence_item": office.session.query(LicenceItem).order_by(LicenceItem.id).first()}


DEEDS: dict[str, Deed] = {
    "an amendment names no certificate": application(
        "application-names-no-certificate", Asked.AMENDMENT,
        told=lambda _office, _paper: {"prior_certificate": None},
    ),
    "a new permit names a certificate": application("new-permit-has-no-certificate", Asked.NEW),
    "the certificate of another item is amended": application(
        "certificate-is-of-another-item", Asked.AMENDMENT, _beside_an_item, told=_first_item,
    ),
    "the certificate of another holder is amended": application(
        "certificate-is-of-another-holder", Asked.AMENDMENT, _beside_a_stranger,
        told=lambda office, paper: {"applicant": _stranger(office, paper)},
    ),
    "a permit is transferred against the law": application(
        "permit-is-not-transferable", Asked.TRANSFER, _beside_a_stranger,
        told=lambda office, paper: {"applicant": _stranger(office, paper)},
        lawful=KINDS + "test_a_permit_is_transferred_only_where_the_law_says_so",
    ),
    "a permit is transferred to its holder": application(
        "transfer-names-a-new-holder", Asked.TRANSFER,
        lambda office: paper_of(office, is_transferable=True),
        lawful=KINDS + "test_a_permit_is_transferred_only_where_the_law_says_so",
    ),
    "a suspended certificate is amended": application(
        "certificate-is-not-in-force", Asked.AMENDMENT,
        lambda office: with_status(office, "SUSPENDED"), day=TUESDAY,
    ),
    "what never expires is renewed": application(
        "certificate-never-expires", Asked.RENEWAL, lambda office: paper_of(office, months=None),
        lawful=RENEWED,
    ),
    "a renewal comes before its window": application(
        "renewal-window-is-not-open", Asked.RENEWAL,
        lambda office: paper_of(
            office, renewal_window=30, renewal_opens=90, renewal_unit=LimitUnit.CALENDAR_DAY
        ),
        lawful=KINDS + "test_a_renewal_waits_for_its_window_to_open", day=date(2025, 12, 1),
    ),
    "two applications about one certificate": application(
        "certificate-has-an-open-application", Asked.RENEWAL, _open_application,
        lawful=KINDS + "test_one_application_about_a_certificate_is_open_at_a_time",
        others={"sql": "already-exists"},
    ),
    "a late renewal is made by silence": silent(
        "nothing-renews-by-silence", _late_renewal, THE_DAY_AFTER,
    ),
    "silence renews long after": silent(
        "silence-renews-on-the-day-after", _renewal, LONG_AFTER,
    ),
    "what silence renews expires": Deed(
        "renewal-is-undecided", None, lambda office: _renewal(office).prior_certificate,
        {"status": CertificateStatus.EXPIRED}, SILENT, day=THE_DAY_AFTER,
    ),
    "what silence renewed is decided": grant(
        "silence-has-renewed", _reviewed_renewal, SILENT, THE_DAY_AFTER,
    ),
    "a later application takes the last place": grant(
        "earlier-application-comes-first", _second_of_two, IN_ORDER,
    ),
    "a permit is given beyond the quota": grant(
        "quota-is-used-up", _after_the_last_place, IN_ORDER,
    ),
    "a full series gives a number": grant(
        "number-series-is-full", _after_the_last_number,
        NUMBERS + "test_an_items_certificates_have_its_shape", MONDAY,
    ),
    "a pattern that makes no numbers is published": Deed(
        "certificate-pattern-is-wrong", "admin2",
        lambda office: office.draft(certificate_pattern="XK12", certificate_months=12),
        {"status": VersionStatus.PUBLISHED},
        does("admin", lambda _office, version: setattr(version, "certificate_pattern", "{seq:5}")),
        act=lambda _office, version: acts.catalogue.move_version(version, VersionStatus.PUBLISHED),
        button=Button("publish", of_rows=True),
    ),
}  # fmt: skip
