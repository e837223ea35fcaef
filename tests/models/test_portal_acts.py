"""What applicants write by themselves, and what the public may see: each rule, both ways."""

import pytest
from sqlalchemy import select

from models import Applicant, Application, Certificate, acts
from models.certificate import new_token
from models.enums import ApplicantKind, ApplicationKind, ApplicationStatus, Channel
from models.errors import RuleViolation
from models.rules.codes import id_check_character
from tests.factories import MONDAY, Office

pytestmark = pytest.mark.hooks_alone

PERSON = ApplicantKind.PERSON


def id_number(serial: int = 1) -> str:
    """An ID number of a place that does not exist."""
    body = f"99000019640101{serial:03d}"
    return body + id_check_character(body)


def drafted(office: Office, **item: object) -> Application:
    """A draft that ``applicant`` wrote for himself, with his own record."""
    offered = office.item(**item)
    with office.acts("applicant", MONDAY) as session:
        record = acts.portal.register_applicant(session, PERSON, "柳试验", id_number())
        case = acts.portal.draft(session, offered)
        acts.portal.describe(case, record, ApplicationKind.NEW, None, "蜂蜜")
        acts.portal.choose_materials(session, case, offered.versions[-1].materials)
    return case


# --- Art. 29, 33: who applies by himself ------------------------------------------------------


def test_an_applicant_drafts_with_a_record_of_his_own(office: Office) -> None:
    """Art. 29, 33: an application may be made electronically."""
    case = drafted(office)
    assert case.status is ApplicationStatus.DRAFT
    assert case.channel is Channel.ONLINE
    assert case.applicant is not None
    assert case.applicant.user_id == office.user("applicant").id
    assert case.received_on is None
    assert len(case.materials) == 1


def test_nothing_runs_before_the_draft_is_handed_in(office: Office) -> None:
    """Art. 32: the five days begin with the receipt."""
    case = drafted(office)
    assert case.notice_due_on is None
    with office.acts("applicant", MONDAY):
        acts.intake.move(case, ApplicationStatus.RECEIVED)
    assert case.received_on == MONDAY
    assert case.notice_due_on is not None


def test_what_is_unticked_in_a_draft_is_left_out(office: Office) -> None:
    case = drafted(office, materials=({}, {}))
    kept = case.item_version.materials[1]
    with office.acts("applicant", MONDAY) as session:
        acts.portal.choose_materials(session, case, [kept])
    office.session.refresh(case)
    assert [m.material_requirement_id for m in case.materials] == [kept.id]


def test_nobody_links_a_record_to_another_account(office: Office) -> None:
    other = office.user("applicant2").id
    with office.refuses("applicant-record-is-not-yours", "applicant") as session:
        session.add(
            Applicant(kind=PERSON, name="柳试验", identity_number=id_number(), user_id=other)
        )


def test_nobody_takes_over_the_record_of_another(office: Office) -> None:
    record = office.applicant()
    with office.refuses("applicant-record-is-not-yours", "applicant"):
        record.user_id = office.user("applicant").id


def test_nobody_rewrites_the_record_of_another(office: Office) -> None:
    record = office.applicant(user=office.user("applicant2"))
    with office.refuses("applicant-record-is-not-yours", "applicant"):
        record.phone = "19900000000"


def test_an_applicant_keeps_his_own_record(office: Office) -> None:
    record = office.applicant(user=office.user("applicant"))
    with office.acts("applicant", MONDAY):
        record.phone = "19900000000"
    assert record.phone == "19900000000"


def test_the_office_keeps_the_records_of_all(office: Office) -> None:
    record = office.applicant(user=office.user("applicant2"))
    with office.acts("guide", MONDAY):
        record.phone = "19900000000"
    assert record.phone == "19900000000"


def test_an_online_number_needs_its_check_digit(office: Office) -> None:
    with office.refuses("identity-wrong-check-digit", "applicant") as session:
        wrong = id_number()[:-1] + ("1" if id_number()[-1] != "1" else "2")
        acts.portal.register_applicant(session, PERSON, "柳试验", wrong)


def test_nobody_drafts_for_the_record_of_another(office: Office) -> None:
    record, offered = office.applicant(user=office.user("applicant2")), office.item()
    with office.refuses("case-is-not-yours", "applicant") as session:
        acts.portal.describe(
            acts.portal.draft(session, offered), record, ApplicationKind.NEW, None, ""
        )


def test_an_applicant_answers_the_notice_himself(office: Office) -> None:
    """Art. 32(4): what the notice names comes in at once, and the case goes on."""
    case = office.correcting(applicant=office.applicant(user=office.user("applicant")))
    with office.acts("applicant", MONDAY):
        acts.portal.answer_correction(case, case.item_version.materials)
    assert case.status is ApplicationStatus.RECEIVED
    assert case.notices[0].answered_on == MONDAY
    assert len(case.materials) == 1


# --- Art. 5, 40: what the public may see --------------------------------------------------------


@pytest.mark.parametrize("who", ["clerk", "decider"])
def test_the_office_keeps_a_secret_out_of_the_register(office: Office, who: str) -> None:
    """Art. 5: results are public, but for secrets and privacy."""
    case = office.accepted()
    with office.acts(who, MONDAY):
        acts.publicity.keep_out_of_the_register(case, "涉及商业秘密")
    assert case.is_confidential
    with office.acts(who, MONDAY):
        acts.publicity.let_into_the_register(case)
    assert not case.is_confidential


@pytest.mark.parametrize("who", ["reviewer", "head"])
def test_others_do_not_say_what_is_secret(office: Office, who: str) -> None:
    """Art. 5"""
    case = office.accepted()
    with office.refuses("confidentiality-is-of-the-office", who):
        acts.publicity.keep_out_of_the_register(case, "涉及商业秘密")


def test_an_applicant_cannot_hide_his_own_permit(office: Office) -> None:
    """Art. 5, 40"""
    case = office.received(applicant=office.applicant(user=office.user("applicant")))
    with office.refuses("application-is-with-the-office", "applicant"):
        acts.publicity.keep_out_of_the_register(case, "不想公开")


def test_a_draft_is_not_secret_from_its_beginning(office: Office) -> None:
    """Art. 5, 40"""
    record, offered = office.applicant(user=office.user("applicant")), office.item()
    with office.refuses("confidentiality-is-of-the-office", "applicant") as session:
        case = acts.portal.draft(session, offered)
        acts.portal.describe(case, record, ApplicationKind.NEW, None, "")
        acts.publicity.keep_out_of_the_register(case, "不想公开")


def test_a_secret_names_its_reason(office: Office) -> None:
    """Art. 5"""
    case = office.accepted()
    with office.refuses("confidential-case-says-why", "clerk"):
        acts.publicity.keep_out_of_the_register(case, "  ")


# --- certificates: an address that nobody guesses -------------------------------------------------


def test_every_certificate_has_its_own_address(office: Office) -> None:
    """Art. 40: the public may consult what was granted."""
    item = office.item()
    office.granted(item=item)
    office.granted(item=item)
    tokens = office.session.scalars(select(Certificate.verify_token)).all()
    assert len(set(tokens)) == 2
    assert all(len(token) >= 22 for token in tokens)
    assert len({new_token() for _ in range(100)}) == 100


def test_an_address_is_not_written_by_hand(office: Office) -> None:
    paper = office.granted().certificate
    with office.refuses("column-is-derived", "clerk"):
        paper.verify_token = "a-token-of-my-own-choice"


def test_an_applicant_takes_in_no_case_at_the_window(office: Office) -> None:
    record, offered = office.applicant(user=office.user("applicant")), office.item()
    with office.act("applicant", MONDAY) as session:
        acts.intake.receive(session, offered, record)
        with pytest.raises(RuleViolation, match="duty-not-held-for-move"):
            session.commit()
        session.rollback()
