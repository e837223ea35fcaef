"""Who may apply, who is asked first, who was guided: bans, hand-overs, pre-guidance, at once."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from models import (
    Applicant,
    Application,
    ApplicationBan,
    FirstContactHandover,
    LicenceItem,
    PostAssignment,
    PreGuidanceMaterial,
    RoleGrant,
    SubmittedMaterial,
    acts,
)
from models.acting import SYSTEM, acting_as
from models.enums import (
    ApplicationKind,
    ApplicationStatus,
    BanCause,
    Channel,
    DecisionOutcome,
    Duty,
    GuidanceOutcome,
    HandlingType,
    Necessity,
)
from models.hooks.bans import ban
from tests.factories import MONDAY, Office, open_step

pytestmark = pytest.mark.hooks_alone

Case = ApplicationStatus
TUESDAY, WEDNESDAY = date(2025, 3, 4), date(2025, 3, 5)
REFUSAL = {"reasons": "检验报告系伪造", "legal_basis": "第七十八条", "remedies": "六十日内复议"}


# --- bans ------------------------------------------------------------------------------------


def _refused_for_lies(office: Office, item: LicenceItem) -> Applicant:
    applicant = office.applicant()
    case = office.reviewed(MONDAY, item, applicant=applicant)
    with office.acts("decider", MONDAY):
        acts.decision.decide(case, DecisionOutcome.REFUSED, **REFUSAL, false_materials=True)
    return applicant


def _bans(office: Office) -> list[ApplicationBan]:
    return list(office.session.query(ApplicationBan))


def test_false_materials_ban_the_applicant_of_a_safety_item_for_a_year(office: Office) -> None:
    """Art. 78."""
    item = office.item(is_safety_item=True)
    applicant = _refused_for_lies(office, item)
    (row,) = _bans(office)
    assert (row.applicant, row.licence_item, row.cause) == (
        applicant, item, BanCause.FALSE_MATERIALS,
    )  # fmt: skip
    assert (row.starts_on, row.ends_on) == (MONDAY, date(2026, 3, 3))
    for day in (TUESDAY, date(2026, 3, 3)):
        with office.refuses("applicant-is-banned", "clerk", day) as session:
            acts.intake.receive(session, item, applicant)
    assert office.received(date(2026, 3, 4), item, applicant=applicant).status is Case.RECEIVED


def test_a_ban_is_of_one_item_and_one_applicant(office: Office) -> None:
    """Art. 78: the same permit."""
    item = office.item(is_safety_item=True)
    applicant = _refused_for_lies(office, item)
    assert office.received(TUESDAY, applicant=applicant).status is Case.RECEIVED
    assert office.received(TUESDAY, item).status is Case.RECEIVED


def test_a_ban_meets_every_kind_of_application(office: Office) -> None:
    """Art. 78, 79: a renewal too."""
    item = office.item(is_safety_item=True)
    applicant = _refused_for_lies(office, item)
    with office.refuses("applicant-is-banned", "clerk", TUESDAY) as session:
        acts.intake.receive(session, item, applicant).kind = ApplicationKind.RENEWAL


def test_a_draft_of_a_banned_applicant_is_not_submitted(office: Office) -> None:
    """Art. 78: by whichever door it comes in."""
    item = office.item(is_safety_item=True)
    applicant = _refused_for_lies(office, item)
    with office.acts("clerk", TUESDAY):
        applicant.user = office.user("applicant")
    with office.acts("applicant", TUESDAY) as session:
        draft = acts.portal.draft(session, item)
        draft.applicant = applicant
    with office.refuses("applicant-is-banned", "applicant", TUESDAY):
        acts.intake.move(draft, Case.RECEIVED)


def test_a_case_received_before_the_ban_goes_on(office: Office) -> None:
    """Art. 78 bars applying again, not what was applied for before."""
    item, applicant = office.item(is_safety_item=True), office.applicant()
    earlier = office.correcting(item=item, applicant=applicant)
    lied = office.reviewed(MONDAY, item, applicant=applicant)
    with office.acts("decider", MONDAY):
        acts.decision.decide(lied, DecisionOutcome.REFUSED, **REFUSAL, false_materials=True)
    office.answer(earlier, TUESDAY)
    assert earlier.status is Case.RECEIVED


def test_false_materials_of_another_item_ban_nobody(office: Office) -> None:
    """Art. 78: the year is for what concerns public safety."""
    item = office.item()
    applicant = _refused_for_lies(office, item)
    assert _bans(office) == []
    assert office.received(TUESDAY, item, applicant=applicant).status is Case.RECEIVED


def test_false_materials_are_a_ground_of_refusal_only(office: Office) -> None:
    """Art. 78."""
    case = office.reviewed()
    with office.refuses("false-materials-mean-refusal", "decider"):
        acts.decision.decide(case, DecisionOutcome.GRANTED, false_materials=True)


def test_nobody_writes_a_ban_by_hand(office: Office) -> None:
    """Art. 78, 79: it follows from a decision; not even SYSTEM writes one."""
    item, applicant = office.item(), office.applicant()
    with office.refuses("duty-not-held", "head") as session:
        ban(session, None, applicant, item, BanCause.FRAUD, MONDAY)
    with office.refuses("table-is-derived", None) as session:
        ban(session, None, applicant, item, BanCause.FRAUD, MONDAY)


def test_an_item_without_such_a_ban_gets_none(office: Office) -> None:
    """A punitive revocation bans for as long as the item's own law says."""
    item, applicant = office.item(), office.applicant()
    with acting_as(office.session, SYSTEM, MONDAY) as session:
        found = ban(session, None, applicant, item, BanCause.PUNITIVE_REVOCATION, MONDAY)
        session.rollback()
    assert found is None


# --- first contact -----------------------------------------------------------------------------


def test_the_first_contact_hands_over_with_a_reason(office: Office) -> None:
    """首问责任制: who, to whom, when and why."""
    case = office.received()
    clerk, other = office.user("clerk"), office.user("clerk2")
    assert case.first_contact == clerk
    with office.acts("clerk", TUESDAY):
        acts.intake.hand_over(case, other.id, "轮岗")
    assert case.first_contact == other
    row = case.handovers[0]
    assert (row.from_user, row.to_user, row.handed_on, row.handed_by) == (
        clerk, other, TUESDAY, clerk,
    )  # fmt: skip


@pytest.mark.parametrize("leader", ["head", "manager"])
def test_a_leader_hands_the_first_contact_over(office: Office, leader: str) -> None:
    """首问责任制."""
    case = office.received()
    with office.acts(leader, MONDAY):
        acts.intake.hand_over(case, office.user("guide").id, "病假")
    assert case.first_contact == office.user("guide")


def test_a_hand_over_is_refused_where_it_is_none(office: Office) -> None:
    """首问责任制: no reason, no other person, no officer, not his to give."""
    case = office.received()
    clerk, other = office.user("clerk").id, office.user("clerk2").id
    with office.refuses("reason-is-missing", "clerk"):
        acts.intake.hand_over(case, other, " ")
    with office.refuses("handover-is-to-another", "clerk"):
        acts.intake.hand_over(case, clerk, "轮岗")
    for name in ("applicant", "auditor"):
        with office.refuses("handover-needs-an-officer", "clerk"):
            acts.intake.hand_over(case, office.user(name).id, "轮岗")
    with office.refuses("handover-is-not-yours", "clerk2"):
        acts.intake.hand_over(case, other, "轮岗")
    with office.refuses("column-is-derived", "clerk"):
        case.first_contact = office.user("clerk2")
    with office.refuses("column-is-derived", "clerk"):
        case.handovers.append(
            FirstContactHandover(to_user_id=other, reason="轮岗", handed_on=MONDAY)
        )


def test_a_hand_over_is_not_rewritten(office: Office) -> None:
    """首问责任制: the log of it stands."""
    case = office.received()
    with office.acts("clerk", MONDAY):
        acts.intake.hand_over(case, office.user("clerk2").id, "轮岗")
    with office.refuses("handover-is-fixed", "clerk"):
        case.handovers[0].reason = "别的"


def test_reassigning_a_step_leaves_the_first_contact(office: Office) -> None:
    """首问责任制, practice 4."""
    case = office.accepted()
    step = open_step(case, Duty.REVIEW)
    assert step is not None
    with office.acts("head", MONDAY):
        acts.steps.assign(step, office.user("reviewer2").id)
    assert (case.officer, case.first_contact) == (office.user("reviewer2"), office.user("clerk"))


def test_of_an_online_application_the_first_officer_is_the_first_contact(office: Office) -> None:
    """首问责任制: an applicant is not asked about his own case."""
    case = _own_draft(office)
    with office.acts("applicant", MONDAY):
        acts.intake.hand_in_required(case)
        acts.intake.move(case, Case.RECEIVED)
    assert case.first_contact is None
    with office.acts("clerk2", TUESDAY):
        acts.intake.move(case, Case.ACCEPTED)
    assert case.first_contact == office.user("clerk2")


# --- pre-guidance --------------------------------------------------------------------------------


def test_guidance_tells_what_is_missing_and_leads_to_the_case(office: Office) -> None:
    """Practice 1, 21: the application that follows is linked by itself."""
    item, applicant = office.item(materials=({}, {})), office.applicant()
    version = item.versions[0]
    with office.refuses("materials-are-missing", "guide") as session:
        acts.intake.guide(session, version, GuidanceOutcome.READY, ticked=version.materials[:1])
    with office.acts("guide", MONDAY) as session:
        guidance = acts.intake.guide(
            session, version, GuidanceOutcome.INCOMPLETE, ticked=version.materials[:1],
            applicant=applicant,
        )  # fmt: skip
    assert (guidance.guided_on, guidance.guided_by) == (MONDAY, office.user("guide"))
    case = office.received(TUESDAY, item, applicant=applicant)
    assert guidance.application is case


def test_guidance_says_ready_when_nothing_is_missing(office: Office) -> None:
    """Practice 1: needed less ticked is empty."""
    version = office.item(materials=({}, {"necessity": Necessity.OPTIONAL})).versions[0]
    with office.acts("guide", MONDAY) as session:
        guidance = acts.intake.guide(
            session, version, GuidanceOutcome.READY, ticked=version.materials[:1]
        )
    assert guidance.outcome is GuidanceOutcome.READY


def test_guidance_names_the_organ_that_is_competent(office: Office) -> None:
    """Art. 32(2), told before anybody queues."""
    version = office.item().versions[0]
    with office.refuses("proper-organ-is-missing", "guide") as session:
        acts.intake.guide(session, version, GuidanceOutcome.NOT_COMPETENT)
    with office.acts("guide", MONDAY) as session:
        row = acts.intake.guide(
            session, version, GuidanceOutcome.NOT_COMPETENT, proper_organ="省局"
        )
    assert row.proper_organ == "省局"


def test_guidance_is_the_work_of_its_post_on_a_published_item(office: Office) -> None:
    """按岗定责."""
    version, draft = office.item().versions[0], office.draft()
    with office.refuses("duty-not-held", "clerk") as session:
        acts.intake.guide(session, version, GuidanceOutcome.INCOMPLETE)
    with office.refuses("item-has-no-published-version", "guide") as session:
        acts.intake.guide(session, draft, GuidanceOutcome.INCOMPLETE)
    assignment = office.user("guide").assignments[0]
    with office.acts("security", MONDAY):
        assignment.valid_until = MONDAY
    with office.refuses("post-not-held", "guide", TUESDAY) as session:
        acts.intake.guide(session, version, GuidanceOutcome.INCOMPLETE)


def test_a_record_of_guidance_is_not_rewritten(office: Office) -> None:
    """What was told was told; and its ticks are of its own item."""
    version, other = office.item().versions[0], office.item().versions[0]
    with office.acts("guide", MONDAY) as session:
        row = acts.intake.guide(session, version, GuidanceOutcome.INCOMPLETE)
    with office.refuses("guidance-is-fixed", "guide"):
        row.outcome = GuidanceOutcome.NO_PERMIT_NEEDED
    with office.refuses("guidance-is-fixed", "guide"):
        row.ticks.append(PreGuidanceMaterial(requirement=version.materials[0]))
    with office.refuses("material-is-of-another-item", "guide") as session:
        acts.intake.guide(session, version, GuidanceOutcome.INCOMPLETE, ticked=other.materials)


def test_no_application_is_refused_for_lack_of_guidance(office: Office) -> None:
    """Practice 21: pre-guidance is voluntary."""
    case = office.delivered()
    assert case.status is Case.DELIVERED


# --- at once -------------------------------------------------------------------------------------


def _item_at_once(office: Office, *duties: Duty) -> LicenceItem:
    return office.item(
        promised=0,
        statutory=0,
        steps=[(stage, duty, 0) for stage, duty in enumerate(duties, start=1)],
        item={"handling_type": HandlingType.AT_ONCE},
    )


def _at_once(office: Office, day: date) -> Application:
    line = _item_at_once(office, Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION)
    case: Application = office.reviewed(day, line)
    return case


def test_what_is_handled_at_once_takes_no_working_day(office: Office) -> None:
    """Art. 34 ¶2, 56: received, accepted and decided on one day."""
    case = _at_once(office, MONDAY)
    assert (case.due_on, case.statutory_due_on) == (MONDAY, MONDAY)
    with office.acts("decider", MONDAY):
        acts.decision.decide(case, DecisionOutcome.GRANTED)
    assert (case.accepted_on, case.decided_on) == (case.decision_due_on, MONDAY)


def test_on_the_next_day_it_is_late(office: Office) -> None:
    """Art. 56: the due day itself is not late."""
    case = _at_once(office, MONDAY)
    assert case.due_on is not None
    assert not case.due_on < MONDAY
    assert case.due_on < TUESDAY


def test_nobody_does_all_of_it_even_at_once(office: Office) -> None:
    """审办分离 holds for what is handled at once, too."""
    case = office.accepted(MONDAY, _item_at_once(office, Duty.ACCEPTANCE, Duty.DECISION))
    post = office.user("decider").assignments[0].post_id
    with office.acts("security", MONDAY) as session:
        _give(session, office.user("clerk").id, post)
    with office.refuses("duties-are-separated", "clerk"):
        acts.decision.decide(case, DecisionOutcome.GRANTED)


def _give(session: Session, user_id: int, post_id: int) -> None:
    session.add(RoleGrant(user_id=user_id, duty=Duty.DECISION, valid_from=MONDAY))
    session.add(PostAssignment(user_id=user_id, post_id=post_id, valid_from=MONDAY))


# --- the applicant's own side ------------------------------------------------------------------


def _own_draft(office: Office) -> Application:
    item, own = office.item(), office.applicant(user=office.user("applicant"))
    with office.acts("applicant", MONDAY) as session:
        case = Application(
            licence_item=item, applicant=own, status=Case.DRAFT, channel=Channel.ONLINE,
            kind=ApplicationKind.NEW, summary="蜂蜜", agent_name="林某",
        )  # fmt: skip
        session.add(case)
    return case


def test_an_applicant_drafts_hands_in_submits_and_answers(office: Office) -> None:
    """Art. 29: applying by electronic means."""
    case = _own_draft(office)
    with office.acts("applicant", MONDAY):
        case.summary = "蜂蜜与蜂王浆"
        case.agent_phone = "13812345678"
    with office.acts("applicant", MONDAY):
        acts.intake.move(case, Case.RECEIVED)
    with office.acts("clerk", TUESDAY):
        acts.intake.ask_correction(case)
    with office.acts("applicant", WEDNESDAY):
        acts.intake.hand_in_required(case)
    with office.acts("applicant", WEDNESDAY):
        acts.intake.move(case, Case.RECEIVED)
    assert (case.status, case.received_on) == (Case.RECEIVED, MONDAY)
    with office.acts("applicant", WEDNESDAY):
        acts.intake.move(case, Case.WITHDRAWN)
    assert case.closed_on == WEDNESDAY


def test_an_applicant_hands_in_while_it_is_a_draft(office: Office) -> None:
    """Art. 29, 31."""
    case = _own_draft(office)
    with office.acts("applicant", MONDAY):
        acts.intake.hand_in_required(case)
    assert len(case.materials) == 1


def test_what_is_with_the_office_the_applicant_leaves_alone(office: Office) -> None:
    """Art. 32: after submitting he waits for the answer, or withdraws."""
    case = _own_draft(office)
    with office.acts("applicant", MONDAY):
        acts.intake.move(case, Case.RECEIVED)
    with office.refuses("application-is-with-the-office", "applicant"):
        case.summary = "别的"
    with office.refuses("application-is-with-the-office", "applicant"):
        acts.intake.hand_in_required(case)
    with office.refuses("duty-not-held-for-move", "applicant"):
        acts.intake.move(case, Case.ACCEPTED)


def test_an_applicant_makes_no_case_of_another_his_own(office: Office) -> None:
    """Art. 29: each applies for himself, or by an agent."""
    case, own = office.received(), office.applicant(user=office.user("applicant"))
    with office.refuses("case-is-not-yours", "applicant"):
        case.applicant = own


def test_an_applicant_receives_nothing_himself(office: Office) -> None:
    """Art. 32: receipt is the office's, a submitted draft aside."""
    item, own = office.item(), office.applicant(user=office.user("applicant"))
    with office.refuses("duty-not-held-for-move", "applicant") as session:
        acts.intake.receive(session, item, own)


def test_what_an_officer_takes_in_is_received_on_the_day(office: Office) -> None:
    """Art. 32: an officer's draft has no receipt, so there is none; an applicant's is his own."""
    item, applicant = office.item(), office.applicant()
    with office.refuses("duty-not-held-for-move", "clerk") as session:
        session.add(Application(licence_item=item, applicant=applicant, status=Case.DRAFT))
    case = _own_draft(office)
    for status in (Case.RECEIVED, Case.WITHDRAWN):
        with office.refuses("duty-not-held-for-move", "clerk"):
            acts.intake.move(case, status)


def test_nobody_but_the_applicant_writes_a_draft(office: Office) -> None:
    """Art. 29, 31: neither an officer nor an officer who applies too, for another applicant."""
    case = _own_draft(office)
    material = case.item_version.materials[0]
    with office.acts("security", MONDAY) as session:
        session.add(RoleGrant(user=office.user("clerk2"), duty=Duty.APPLICANT, valid_from=MONDAY))
    for officer in ("clerk", "clerk2"):
        with office.refuses("draft-is-its-applicants", officer):
            case.summary = "代填"
        with office.refuses("draft-is-its-applicants", officer):
            case.materials.append(SubmittedMaterial(requirement=material))
        with office.refuses("draft-is-its-applicants", officer) as session:
            session.delete(case)
        with office.refuses("duty-not-held-for-move", officer):
            acts.intake.move(case, Case.RECEIVED)
    item, applicant = office.item(), office.applicant()
    with office.refuses("duty-not-held-for-move", "clerk2") as session:
        session.add(Application(licence_item=item, applicant=applicant, status=Case.DRAFT))
    with office.acts("applicant", MONDAY):
        case.summary = "自己的"
    assert case.summary == "自己的"


def test_of_a_notice_the_applicant_writes_his_answer_alone(office: Office) -> None:
    """Art. 32(4): the notice is the office's."""
    case = office.correcting(applicant=office.applicant(user=office.user("applicant")))
    with office.refuses("duty-not-held", "applicant"):
        case.notices[0].missing = "无"
    with office.refuses("duty-not-held", "applicant"):
        acts.intake.ask_correction(case, "缺少申请书", reason="再告知")
