"""Art. 61, 62, 64: the supervision of permit holders, and violations reported to other organs."""

from datetime import timedelta

import pytest

from models import Referral, SupervisionInspector, SupervisionRecord, acts
from models.enums import CheckKind, CheckResult, ReferralDirection
from models.questions.supervision import public_records
from tests.factories import MONDAY, Office

pytestmark = pytest.mark.hooks_alone

TUESDAY = MONDAY + timedelta(days=1)


def checked(office: Office, *inspectors: str, **more: object) -> SupervisionRecord:
    """An unsigned record of a check on Monday."""
    certificate = office.delivered().certificate
    values = {
        "visited_on": MONDAY,
        "kind": CheckKind.SITE_VISIT,
        "findings": "设备运行正常",
        "result": CheckResult.CONFORMS,
        **more,
    }
    with office.acts("reviewer", MONDAY) as session:
        record = SupervisionRecord(certificate=certificate, **values)
        record.inspectors = [SupervisionInspector(user=office.user(n)) for n in inspectors]
        session.add(record)
    return record


def signed(office: Office, **more: object) -> SupervisionRecord:
    """A record signed on Monday."""
    record = checked(office, "reviewer", "reviewer2", **more)
    with office.acts("reviewer", MONDAY) as session:
        acts.supervision.sign(session, record)
    return record


def test_a_check_by_two_persons_is_signed_and_open_to_the_public(office: Office) -> None:
    """Art. 61: the record is signed and archived, and the public may consult it."""
    record = signed(office)
    assert record.signed_on == MONDAY
    assert list(public_records(office.session, record.certificate_id)) == [record]


def test_the_public_consults_neither_drafts_nor_what_is_not_public(office: Office) -> None:
    draft = checked(office, "reviewer", "reviewer2")
    secret = signed(office, is_public=False)
    for record in (draft, secret):
        assert list(public_records(office.session, record.certificate_id)) == []


@pytest.mark.parametrize("inspectors", [(), ("reviewer",)])
def test_one_person_alone_checks_nobody(office: Office, inspectors: tuple[str, ...]) -> None:
    record = checked(office, *inspectors)
    with office.refuses("supervision-needs-two", "reviewer") as session:
        acts.supervision.sign(session, record)


def test_an_inspector_taken_away_does_not_count(office: Office) -> None:
    record = checked(office, "reviewer", "reviewer2")
    with office.refuses("supervision-needs-two", "reviewer") as session:
        session.delete(record.inspectors[0])
        acts.supervision.sign(session, record)


def test_a_signed_record_is_fixed(office: Office) -> None:
    record = signed(office)
    with office.refuses("signed-record-is-fixed", "reviewer"):
        record.findings = "另有发现"
    with office.refuses("signed-record-is-fixed", "reviewer"):
        record.is_public = False
    with office.refuses("signed-record-is-fixed", "reviewer") as session:
        session.add(SupervisionInspector(record=record, user=office.user("clerk")))
    with office.refuses("signed-record-is-fixed", "reviewer") as session:
        session.delete(record.inspectors[0])
    with office.refuses("row-is-never-deleted", "reviewer") as session:
        session.delete(record)


def test_an_unsigned_record_is_still_written(office: Office) -> None:
    record = checked(office, "reviewer", "reviewer2")
    with office.acts("reviewer", TUESDAY) as session:
        record.findings = "补充：仓储合规"
        session.delete(record.inspectors[0])
    assert [i.user for i in record.inspectors] == [office.user("reviewer2")]


def test_the_correction_of_what_was_ordered_is_noted_on_its_day(office: Office) -> None:
    record = signed(office, result=CheckResult.TO_BE_CORRECTED, correct_by_on=TUESDAY)
    with office.refuses("day-is-today", "reviewer", TUESDAY):
        record.corrected_on = MONDAY
    with office.acts("reviewer", TUESDAY) as session:
        acts.supervision.mark_corrected(session, record)
    assert record.corrected_on == TUESDAY
    with office.refuses("day-is-set-once", "reviewer", TUESDAY):
        record.corrected_on = None


def test_a_record_tells_what_has_happened(office: Office) -> None:
    record = checked(office, "reviewer")
    with office.refuses("visit-is-in-the-future", "reviewer"):
        record.visited_on = TUESDAY
    with office.refuses("day-is-today", "reviewer"):
        record.signed_on = TUESDAY


def test_checks_are_recorded_by_the_review_post(office: Office) -> None:
    certificate = office.delivered().certificate
    for name, code in (("clerk", "duty-not-held"), (None, "move-needs-a-person")):
        with office.refuses(code, name) as session:
            session.add(
                SupervisionRecord(
                    certificate=certificate,
                    visited_on=MONDAY,
                    kind=CheckKind.SAMPLING,
                    findings="抽样",
                    result=CheckResult.VIOLATION,
                )
            )


def referred(office: Office) -> Referral:
    """A violation copied to the organ that gave the permit."""
    with office.acts("reviewer", MONDAY) as session:
        referral = Referral(
            direction=ReferralDirection.TO_DECIDING_ORGAN,
            organ="临江市市场监督管理局",
            holder_name="松风器械有限公司",
            facts="超出许可范围生产",
        )
        session.add(referral)
    return referral


def test_a_violation_elsewhere_is_copied_to_the_deciding_organ(office: Office) -> None:
    """Art. 64: the deciding organ learns the facts and the outcome."""
    referral = referred(office)
    assert (referral.referred_on, referral.referred_by) == (MONDAY, office.user("reviewer"))
    with office.acts("manager", TUESDAY):
        referral.outcome = "已立案查处"
    assert referral.handled_on == TUESDAY


def test_what_was_referred_is_fixed(office: Office) -> None:
    referral = referred(office)
    with office.refuses("referral-is-fixed", "manager"):
        referral.facts = "另一事实"
    with office.acts("manager", MONDAY):
        referral.outcome = "已立案查处"
    with office.refuses("referral-is-fixed", "manager"):
        referral.outcome = "不予处理"
    with office.refuses("duty-not-held", "clerk"):
        referral.holder_name = "别家"
    with office.refuses("row-is-never-deleted", "manager") as session:
        session.delete(referral)
