"""Whose case it is: the applicant and the channel stay, and what belongs to a case stays there."""

from datetime import date

import pytest

from models import ApplicantLink, Application, ItemVersion, acts
from models.acts import BY_NAME
from models.acts.act import Standing
from models.base import classes
from models.enums import (
    ApplicationKind,
    ApplicationStatus,
    Channel,
    DecisionOutcome,
    LinkKind,
    ServiceObject,
)
from models.questions.people import actor_of
from tests.factories import MONDAY, Office

pytestmark = pytest.mark.hooks_alone

Case, Kind = ApplicationStatus, ApplicationKind
TUESDAY = date(2025, 3, 4)
REASON = "窗口误选同名企业"
REFUSAL = {"reasons": "检验报告系伪造", "legal_basis": "第七十八条", "remedies": "六十日内复议"}


# --- what belongs to a case, or a version, stays there ------------------------------------------


def test_nothing_of_a_case_is_moved_to_another(office: Office) -> None:
    """Art. 31, 32: by key, by reference, or out of one list into the other."""
    first, other = office.received(), office.received(complete=False, item=office.item())
    with office.refuses("part-keeps-its-whole", "clerk"):
        first.materials[0].application_id = other.id
    with office.refuses("part-keeps-its-whole", "clerk"):
        first.materials[0].application = other
    with office.refuses("part-keeps-its-whole", "clerk"):
        other.materials.append(first.materials[0])
    with office.refuses("part-keeps-its-whole", "clerk"):
        first.materials.remove(first.materials[0])


def test_a_part_of_a_part_is_not_moved_either(office: Office) -> None:
    """Art. 32(4): a line stays with its notice, and so with its case."""
    first, other = office.correcting(), office.correcting()
    with office.refuses("part-keeps-its-whole", "clerk"):
        first.notices[0].lines[0].notice = other.notices[0]


def test_a_step_of_a_draft_stays_in_its_version(office: Office) -> None:
    """A version says all of itself."""
    one, other = office.draft(), office.draft()
    with office.refuses("part-keeps-its-whole", "admin"):
        one.steps[0].item_version = other


def test_every_part_says_by_which_column_it_belongs() -> None:
    for table, kind in classes().items():
        whole = kind.policy.part_of
        if whole is not None and whole.table != table:
            assert whole.column in kind.__table__.c, table


# --- nothing is unsaid by a reference to nobody --------------------------------------------------


def test_a_reference_to_nobody_wipes_no_signature(office: Office) -> None:
    """Who drafted, who handed over, who took a payment is written by the act, whatever was said."""
    version = office.draft().licence_item
    with office.acts("admin", MONDAY) as session:
        again = ItemVersion(
            licence_item=version, version_number=2, drafted_by=None, promised_limit=1
        )
        session.add(again)
    assert again.drafted_by is office.user("admin")
    case = office.received()
    with office.acts("clerk", MONDAY):
        acts.intake.hand_over(case, office.user("clerk2").id, "轮岗")
        case.handovers[0].handed_by = None
    assert case.handovers[0].handed_by is office.user("clerk")


# --- the applicant and the channel ---------------------------------------------------------------


def _correct(office: Office, case: Application, number: str, day: date = MONDAY) -> None:
    actor = actor_of(office.session, office.user("clerk"), day)
    at = Standing(office.session, actor, day, case)
    BY_NAME["correct_applicant"].run(at, {"identity_number": number, "reason": REASON})


def test_a_wrong_applicant_is_corrected_until_acceptance(office: Office) -> None:
    """Art. 29: by an act with its reason, which stays with the case."""
    case, right = office.received(), office.applicant("另一家")
    wrong, number = case.applicant, right.identity_number or ""
    with office.acts("clerk", MONDAY):
        _correct(office, case, f" {number[:9].lower()} {number[9:]} ")
    (row,) = case.applicant_corrections
    assert (case.applicant, row.from_applicant, row.to_applicant) == (right, wrong, right)
    assert (row.corrected_on, row.corrected_by) == (MONDAY, office.user("clerk"))
    with office.acts("clerk", MONDAY):
        acts.intake.move(case, Case.ACCEPTED)
    with office.refuses("applicant-is-fixed", "clerk"):
        _correct(office, case, wrong.identity_number)


def test_who_applies_and_how_it_came_in_are_facts_from_receipt_on(office: Office) -> None:
    """Art. 29, 32: no form, no import and no script swaps them."""
    case, other = office.received(), office.applicant("另一家")
    for name in ("clerk", "head", None):
        with office.refuses("applicant-is-fixed", name):
            case.applicant = other
    with office.refuses("channel-is-fixed", "clerk"):
        case.channel = Channel.ONLINE
    with office.refuses("duty-not-held", "reviewer"):
        acts.identity.correct_applicant(case, other, REASON)
    sixth_day = date(2025, 3, 11)
    with office.refuses("notice-period-is-over", "clerk", sixth_day):
        acts.identity.correct_applicant(case, other, REASON)
    with office.refuses("applicant-is-unknown", "clerk"):
        _correct(office, case, "91350100M000100Y43")


def test_a_banned_company_gets_no_case_in_hand(office: Office) -> None:
    """Art. 78: not by taking the place of another either."""
    item = office.item(is_safety_item=True)
    lied = office.reviewed(MONDAY, item)
    with office.acts("decider", MONDAY):
        acts.decision.decide(lied, DecisionOutcome.REFUSED, **REFUSAL, false_materials=True)
    for case in (office.received(TUESDAY, item), office.correcting(TUESDAY, item=item)):
        with office.refuses("applicant-is-banned", "clerk", TUESDAY):
            acts.identity.correct_applicant(case, lied.applicant, REASON)


def test_a_case_is_not_corrected_to_a_friend(office: Office) -> None:
    """回避: neither to one's own, nor to that of whoever has the case in hand."""
    case, friends = office.received(), office.applicant("亲友食品厂")
    for name in ("clerk", "clerk2"):
        link = ApplicantLink(
            user=office.user(name), applicant=friends, relation=LinkKind.RELATIVE, since=MONDAY
        )
        with office.acts(name, MONDAY) as session:
            session.add(link)
        if name == "clerk":
            with office.refuses("officer-in-charge-is-linked", "clerk2"):
                acts.identity.correct_applicant(case, friends, REASON)
    with office.refuses("officer-is-linked", "clerk2"):
        acts.identity.correct_applicant(case, friends, REASON)


def test_a_correction_asks_whose_certificate_it_is(office: Office) -> None:
    """Art. 9, 49: a change of a permit is of its holder."""
    paper = office.delivered(certificate_months=12).certificate
    with office.acts("clerk", MONDAY) as session:
        case = acts.certificate.apply_about(session, Kind.AMENDMENT, paper, paper.holder)
    other = office.applicant("另一家")
    with office.refuses("certificate-is-of-another-holder", "clerk"):
        acts.identity.correct_applicant(case, other, REASON)


# --- whom an item serves -------------------------------------------------------------------------


def test_an_item_is_applied_for_by_those_whom_it_serves(office: Office) -> None:
    """服务对象: at receipt, from a draft, and by a correction."""
    firms, persons, both = (
        office.item(service_object=served)
        for served in (ServiceObject.ORGANISATION, ServiceObject.PERSON, ServiceObject.BOTH)
    )
    firm, person = office.applicant(), office.person(user=office.user("applicant"))
    for item, wrong in ((firms, person), (persons, firm)):
        with office.refuses("item-serves-others", "clerk") as session:
            acts.intake.receive(session, item, wrong)
    with office.acts("applicant", MONDAY) as session:
        draft = acts.portal.draft(session, firms)
        draft.applicant = person
    with office.refuses("item-serves-others", "applicant"):
        acts.intake.move(draft, Case.RECEIVED)
    case = office.received(item=firms, applicant=firm)
    with office.refuses("item-serves-others", "clerk"):
        acts.identity.correct_applicant(case, person, REASON)
    for who in (firm, person):
        assert office.received(item=both, applicant=who).status is Case.RECEIVED
