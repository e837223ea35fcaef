"""The life of a case: what is lawful passes, what is not is refused with its code.

``office.refuses`` also compares every row of the database before and after.
"""

from datetime import date

import pytest
from sqlalchemy import select

from models import (
    Applicant,
    Application,
    ApplicationStep,
    Certificate,
    Decision,
    FeeItem,
    Post,
    PostAssignment,
    RoleGrant,
    acts,
)
from models.enums import (
    ApplicantKind,
    ApplicationStatus,
    BasisLevel,
    CertificateStatus,
    Channel,
    DecisionOutcome,
    Duty,
    HandlingMode,
    IntakeResult,
    Necessity,
    Origin,
    StepStatus,
    SuspensionKind,
    TerminationGround,
)
from tests.factories import LINE, MONDAY, TERMINATION, Office, open_step, recorded_case

pytestmark = pytest.mark.hooks_alone

Case = ApplicationStatus
TUESDAY = date(2025, 3, 4)
FIFTH_DAY = date(2025, 3, 10)
SIXTH_DAY = date(2025, 3, 11)
DUE = date(2025, 3, 24)
PAST_DUE = date(2025, 3, 25)
REFUSAL = {"reasons": "不符合条件", "legal_basis": "条例第三条", "remedies": "六十日内复议"}


def test_the_whole_line_ends_with_a_delivered_certificate(office: Office) -> None:
    case = office.delivered()
    assert (case.status, case.closed_on) == (Case.DELIVERED, MONDAY)
    assert [s.status for s in case.steps] == [StepStatus.DONE] * 3
    assert case.certificate.delivered_on == MONDAY
    assert {u.username for u in (s.officer for s in case.steps)} == {
        "clerk",
        "reviewer",
        "decider",
    }


# --- receipt -----------------------------------------------------------------------------------


def test_receipt_starts_the_five_days_and_opens_acceptance(office: Office) -> None:
    case = office.received()
    assert (case.received_on, case.notice_due_on, case.due_on) == (MONDAY, FIFTH_DAY, None)
    assert [s.status for s in case.steps] == [
        StepStatus.OPEN,
        StepStatus.WAITING,
        StepStatus.WAITING,
    ]


def test_an_item_without_a_published_version_takes_nothing(office: Office) -> None:
    draft, applicant = office.draft(), office.applicant()
    with office.refuses("item-has-no-published-version", "clerk") as session:
        acts.intake.receive(session, draft.licence_item, applicant)
    with office.refuses("item-has-no-published-version", "clerk") as session:
        session.add(Application(licence_item=draft.licence_item, applicant=applicant))


def test_a_case_is_never_pinned_to_a_draft(office: Office) -> None:
    draft, applicant = office.draft(), office.applicant()
    with office.refuses("item-has-no-published-version", "clerk") as session:
        session.add(Application(item_version=draft, applicant=applicant))


def test_the_item_of_a_case_is_the_item_of_its_version(office: Office) -> None:
    one, other = office.item(), office.item()
    applicant = office.applicant()
    with office.acts("clerk", MONDAY) as session:
        case = Application(licence_item=other, item_version=one.versions[0], applicant=applicant)
        session.add(case)
    assert case.licence_item is one


def test_a_case_keeps_the_version_it_began_under(office: Office) -> None:
    case, other = office.received(), office.item()
    with office.refuses("case-is-pinned", "clerk"):
        case.item_version = other.versions[0]
    with office.refuses("case-is-pinned", "clerk"):
        case.licence_item = other


def test_an_item_that_is_not_offered_takes_nothing(office: Office) -> None:
    item, applicant = office.item(item={"is_offered": False}), office.applicant()
    with office.refuses("item-takes-no-applications", "clerk") as session:
        acts.intake.receive(session, item, applicant)


def test_an_item_takes_applications_on_its_last_day_and_none_after_it(office: Office) -> None:
    item, applicant = office.item(item={"ended_on": MONDAY}), office.applicant()
    assert office.received(MONDAY, item).status is Case.RECEIVED
    with office.refuses("item-takes-no-applications", "clerk", TUESDAY) as session:
        acts.intake.receive(session, item, applicant)


def test_a_case_names_its_applicant(office: Office) -> None:
    item = office.item()
    with office.refuses("applicant-is-missing", "clerk") as session:
        session.add(Application(licence_item=item))


def test_the_applicant_of_a_case_is_not_taken_away(office: Office) -> None:
    case = office.received()
    with office.refuses("applicant-is-fixed", "clerk"):
        case.applicant = None


def test_a_case_came_in_through_a_known_channel(office: Office) -> None:
    item, applicant = office.item(), office.applicant()
    with office.refuses("channel-is-missing", "clerk") as session:
        session.add(Application(licence_item=item, applicant=applicant, channel=None))


def test_an_identity_number_must_check(office: Office) -> None:
    for code, kind, number in (
        ("identity-wrong-check-digit", ApplicantKind.ORGANISATION, "91350100M000100Y44"),
        ("identity-wrong-check-digit", ApplicantKind.PERSON, "110105194912310021"),
        ("identity-wrong-birth-date", ApplicantKind.PERSON, "11010519491331002X"),
        ("identity-wrong-character", ApplicantKind.PERSON, "A1010519491231002X"),
        ("identity-wrong-length", ApplicantKind.PERSON, "110105"),
    ):
        with office.refuses(code, "clerk") as session:
            session.add(Applicant(kind=kind, name="某某", identity_number=number))


def test_an_applicant_drafts_and_submits_his_own_case(office: Office) -> None:
    item, own = office.item(), office.applicant(user=office.user("applicant"))
    with office.acts("applicant", MONDAY) as session:
        case = Application(
            licence_item=item, applicant=own, status=Case.DRAFT, channel=Channel.ONLINE
        )
        session.add(case)
    assert (case.received_on, case.steps) == (None, [])
    with office.acts("applicant", TUESDAY):
        case.status = Case.RECEIVED
    assert case.received_on == TUESDAY


def test_an_applicant_withdraws_his_draft(office: Office) -> None:
    case = _own_draft(office)
    with office.acts("applicant", TUESDAY):
        acts.intake.move(case, Case.WITHDRAWN)
    assert case.closed_on == TUESDAY


def test_an_applicant_deletes_his_draft_and_nothing_else(office: Office) -> None:
    case = _own_draft(office)
    with office.acts("applicant", MONDAY) as session:
        session.delete(case)
    received = office.received()
    with office.refuses("row-is-never-deleted", "clerk") as session:
        session.delete(received)


def test_an_applicant_does_nothing_to_the_case_of_another(office: Office) -> None:
    case = office.received(applicant=office.applicant(user=office.user("applicant2")))
    with office.refuses("case-is-not-yours", "applicant"):
        acts.intake.move(case, Case.WITHDRAWN)


def test_an_applicant_hands_nothing_in_to_the_case_of_another(office: Office) -> None:
    owner = office.applicant(user=office.user("applicant2"))
    case = office.received(applicant=owner, complete=False)
    requirement = case.item_version.materials[0]
    with office.refuses("case-is-not-yours", "applicant"):
        acts.intake.hand_in(case, requirement)


def test_an_officer_does_not_touch_his_own_case(office: Office) -> None:
    case = office.received(applicant=office.applicant(user=office.user("clerk2")))
    with office.refuses("officer-is-the-applicant", "clerk2"):
        acts.intake.move(case, Case.ACCEPTED)


def test_only_an_acceptor_receives(office: Office) -> None:
    item, applicant = office.item(), office.applicant()
    with office.refuses("duty-not-held-for-move", "reviewer") as session:
        acts.intake.receive(session, item, applicant)
    with office.refuses("duty-not-held", "auditor") as session:
        acts.intake.receive(session, item, applicant)


# --- acceptance --------------------------------------------------------------------------------


def test_acceptance_starts_the_clock_and_opens_review(office: Office) -> None:
    case = office.accepted()
    assert (case.accepted_on, case.due_on, case.deemed_accepted) == (MONDAY, DUE, False)
    assert [s.status for s in case.steps][:2] == [StepStatus.DONE, StepStatus.OPEN]


def test_acceptance_needs_every_required_material(office: Office) -> None:
    case = office.received(
        complete=False,
        materials=(
            {},
            {"necessity": Necessity.OPTIONAL},
            {"necessity": Necessity.DEFERRABLE},
            {"necessity": Necessity.CONDITIONAL, "condition": "分支机构"},
        ),
    )
    with office.refuses("materials-are-missing", "clerk"):
        acts.intake.move(case, Case.ACCEPTED)
    with office.acts("clerk", MONDAY):
        acts.intake.hand_in_required(case)
        acts.intake.move(case, Case.ACCEPTED)
    assert len(case.materials) == 1


def test_a_case_takes_no_material_of_another_item(office: Office) -> None:
    case, other = office.received(), office.item()
    with office.refuses("material-is-of-another-item", "clerk"):
        acts.intake.hand_in(case, other.versions[0].materials[0])


def test_after_acceptance_only_what_may_follow_is_handed_in(office: Office) -> None:
    case = office.received(
        complete=False,
        materials=({}, {"necessity": Necessity.OPTIONAL}, {"necessity": Necessity.DEFERRABLE}),
    )
    with office.acts("clerk", MONDAY):
        acts.intake.hand_in_required(case)
        acts.intake.move(case, Case.ACCEPTED)
    _needed, optional, deferrable = case.item_version.materials
    with office.acts("clerk", TUESDAY):
        acts.intake.hand_in(case, deferrable)
    with office.refuses("materials-are-settled", "clerk", TUESDAY):
        acts.intake.hand_in(case, optional)


def test_after_acceptance_no_material_is_taken_away(office: Office) -> None:
    case = office.received()
    with office.acts("clerk", MONDAY) as session:
        session.delete(case.materials[0])
    with office.acts("clerk", MONDAY):
        acts.intake.hand_in_required(case)
        acts.intake.move(case, Case.ACCEPTED)
    with office.refuses("materials-are-settled", "clerk") as session:
        session.delete(case.materials[0])


def test_acceptance_is_the_work_of_its_post(office: Office) -> None:
    case = office.received()
    assignment = office.user("clerk2").assignments[0]
    with office.acts("security", MONDAY):
        assignment.valid_until = MONDAY
    with office.refuses("post-not-held", "clerk2", TUESDAY):
        acts.intake.move(case, Case.ACCEPTED)
    with office.refuses("duty-not-held-for-move", "reviewer"):
        acts.intake.move(case, Case.ACCEPTED)


def test_an_incomplete_case_is_corrected_once(office: Office) -> None:
    case = office.correcting()
    assert (case.status, case.notice_due_on) == (Case.CORRECTING, None)
    assert case.correction_due_on == date(2025, 4, 15)
    with office.acts("clerk", TUESDAY):
        acts.intake.hand_in_required(case)
        acts.intake.move(case, Case.RECEIVED)
    assert (case.notices[0].answered_on, case.correction_due_on) == (TUESDAY, None)
    assert case.received_on == MONDAY
    with office.refuses("notice-is-given-once", "clerk", TUESDAY):
        acts.intake.ask_correction(case, "还缺材料")


def test_a_correction_needs_its_notice(office: Office) -> None:
    case = office.received()
    with office.refuses("correction-needs-its-notice", "clerk"):
        acts.intake.move(case, Case.CORRECTING)


def test_a_notice_answers_a_received_case(office: Office) -> None:
    case = office.accepted()
    with office.refuses("case-is-not-received", "clerk"):
        acts.intake.ask_correction(case, "缺少材料")


def test_a_notice_is_not_rewritten(office: Office) -> None:
    case = office.correcting()
    with office.refuses("notice-is-fixed", "clerk"):
        case.notices[0].missing = "别的材料"


@pytest.mark.parametrize("answer", ["notice", "not_accepted"])
def test_an_answer_comes_within_the_five_days(office: Office, answer: str) -> None:
    item = office.item()
    late, in_time = office.received(item=item), office.received(item=item)

    def respond(case: Application) -> None:
        if answer == "notice":
            acts.intake.ask_correction(case, "缺少材料")
        else:
            acts.intake.answer_not_accepted(case, IntakeResult.NO_PERMIT_NEEDED, "该活动无需许可。")

    with office.acts("clerk", FIFTH_DAY):
        respond(in_time)
    with office.refuses("notice-period-is-over", "clerk", SIXTH_DAY):
        respond(late)


def test_silence_of_five_days_means_acceptance(office: Office) -> None:
    case = office.received(complete=False)
    with office.refuses("notice-period-is-running", None, FIFTH_DAY):
        acts.intake.move(case, Case.ACCEPTED)
    with office.time_acts(SIXTH_DAY):
        acts.intake.move(case, Case.ACCEPTED)
    assert (case.deemed_accepted, case.accepted_on) == (True, MONDAY)
    assert (case.due_on, case.steps[1].opened_on) == (DUE, SIXTH_DAY)


def test_a_late_acceptance_counts_from_receipt(office: Office) -> None:
    case = office.received()
    with office.acts("clerk", SIXTH_DAY):
        acts.intake.move(case, Case.ACCEPTED)
    assert (case.deemed_accepted, case.accepted_on) == (True, MONDAY)


def test_time_makes_no_move_of_a_person(office: Office) -> None:
    received = office.received()
    with office.refuses("move-needs-a-person", None):
        acts.intake.move(received, Case.NOT_ACCEPTED)
    with office.refuses("move-needs-a-person", None) as session:
        acts.intake.receive(session, received.licence_item, received.applicant)


def test_time_makes_no_document_of_a_person(office: Office) -> None:
    case = office.reviewed()
    for act in (
        lambda: acts.decision.decide(case, DecisionOutcome.GRANTED),
        lambda: acts.clock.ask_extension(case, 5, "需专家论证"),
        lambda: acts.clock.suspend(
            case, SuspensionKind.HEARING, planned_end_on=DUE, notice_number="1"
        ),
    ):
        with office.refuses("move-needs-a-person", None):
            act()


def test_no_person_makes_a_move_of_time(office: Office) -> None:
    case = office.correcting()
    with office.refuses("move-is-made-by-time", "clerk", date(2025, 4, 16)):
        acts.intake.move(case, Case.TERMINATED)


def test_an_unanswered_notice_ends_the_case_after_its_period(office: Office) -> None:
    case = office.correcting()
    with office.refuses("correction-period-is-running", None, date(2025, 4, 15)):
        acts.intake.move(case, Case.TERMINATED)
    with office.time_acts(date(2025, 4, 16)):
        acts.intake.move(case, Case.TERMINATED)
    assert case.closed_on == date(2025, 4, 16)


# --- steps -------------------------------------------------------------------------------------


def test_a_review_step_is_claimed_then_finished_with_an_opinion(office: Office) -> None:
    case = office.reviewed()
    step = case.steps[1]
    assert (step.status, step.officer.username) == (StepStatus.DONE, "reviewer")
    assert case.steps[2].status is StepStatus.OPEN


def test_a_step_is_claimed_by_a_holder_of_its_post(office: Office) -> None:
    case = office.accepted()
    with office.refuses("post-not-held", "clerk2") as session:
        acts.steps.claim(session, case.steps[1])


def test_a_leader_assigns_a_step_to_a_holder_of_its_post(office: Office) -> None:
    case = office.accepted()
    with office.acts("manager", MONDAY):
        case.steps[1].officer = office.user("reviewer2")
    with office.refuses("post-not-held", "manager"):
        case.steps[1].officer = office.user("clerk2")


def test_nobody_claims_a_step_for_another_or_from_another(office: Office) -> None:
    case = office.accepted()
    with office.refuses("step-belongs-to-another", "reviewer"):
        case.steps[1].officer = office.user("reviewer2")
    with office.acts("reviewer", MONDAY) as session:
        acts.steps.claim(session, case.steps[1])
    with office.refuses("step-belongs-to-another", "reviewer2") as session:
        acts.steps.claim(session, case.steps[1])


def test_a_claimed_step_is_finished_by_its_officer(office: Office) -> None:
    case = office.accepted()
    with office.acts("reviewer", MONDAY) as session:
        acts.steps.claim(session, case.steps[1])
    with office.refuses("step-belongs-to-another", "reviewer2"):
        acts.steps.complete(case.steps[1], "符合条件")
    with office.refuses("step-belongs-to-another", "reviewer2") as session:
        acts.steps.claim(session, case.steps[1])
        acts.steps.complete(case.steps[1], "符合条件")


def test_an_opinion_is_written_by_the_officer_of_the_step(office: Office) -> None:
    case = office.accepted()
    with office.acts("reviewer", MONDAY) as session:
        acts.steps.claim(session, case.steps[1])
    with office.refuses("step-belongs-to-another", "reviewer2"):
        case.steps[1].opinion = "不符合条件"


def test_a_finished_step_is_fixed(office: Office) -> None:
    case = office.reviewed()
    with office.refuses("step-is-not-open", "reviewer"):
        case.steps[1].opinion = "不符合条件"
    with office.refuses("step-is-not-open", "reviewer2") as session:
        acts.steps.claim(session, case.steps[1])


def test_a_step_that_waits_is_not_claimed(office: Office) -> None:
    case = office.received()
    with office.refuses("step-is-not-open", "reviewer") as session:
        acts.steps.claim(session, case.steps[1])


def test_a_review_needs_an_opinion(office: Office) -> None:
    case = office.accepted()
    with office.acts("reviewer", MONDAY) as session:
        acts.steps.claim(session, case.steps[1])
    with office.refuses("opinion-is-missing", "reviewer"):
        acts.steps.complete(case.steps[1], "  ")


def test_a_step_is_finished_from_its_post(office: Office) -> None:
    case = office.accepted()
    with office.acts("reviewer", MONDAY) as session:
        acts.steps.claim(session, case.steps[1])
    with office.acts("security", MONDAY):
        office.user("reviewer").assignments[0].valid_until = MONDAY
    with office.refuses("post-not-held", "reviewer", TUESDAY):
        acts.steps.complete(case.steps[1], "符合条件")


def test_acceptance_and_decision_steps_end_with_their_act(office: Office) -> None:
    received, reviewed = office.received(), office.reviewed()
    for case, name, duty in (
        (received, "clerk", Duty.ACCEPTANCE),
        (reviewed, "decider", Duty.DECISION),
    ):
        step = open_step(case, duty)
        assert step is not None
        with office.acts(name, MONDAY) as session:
            acts.steps.claim(session, step)
        with office.refuses("step-ends-with-its-act", name):
            acts.steps.complete(step, "同意")


def test_review_waits_for_acceptance(office: Office) -> None:
    case = office.received()
    with office.refuses("unlawful-move", "reviewer"):
        acts.steps.complete(case.steps[1], "符合条件")


def test_what_follows_from_an_act_is_not_done_by_hand(office: Office) -> None:
    case = office.accepted()
    with office.refuses("move-follows-from-an-act", "reviewer"):
        case.steps[1].status = StepStatus.CANCELLED
    with office.refuses("move-follows-from-an-act", "reviewer"):
        case.steps[2].status = StepStatus.OPEN


def test_nobody_does_two_of_acceptance_review_and_decision(office: Office) -> None:
    _gives_every_post(office, "clerk")
    case = office.accepted()
    with office.acts("clerk", MONDAY) as session:
        acts.steps.claim(session, case.steps[1])
    with office.refuses("duties-are-separated", "clerk"):
        acts.steps.complete(case.steps[1], "符合条件")


def test_an_item_may_be_handled_by_one_person(office: Office) -> None:
    _gives_every_post(office, "clerk")
    case = office.accepted(duties_are_separated=False)
    office.review(case, MONDAY, "clerk")
    assert case.steps[1].status is StepStatus.DONE


def test_parallel_steps_open_together_and_the_next_stage_waits_for_both(office: Office) -> None:
    case = office.accepted(
        steps=(LINE[0], (2, Duty.REVIEW, 3), (2, Duty.REVIEW, 4), (3, Duty.DECISION, 2))
    )
    _first, one, other, last = case.steps
    assert (one.status, other.status) == (StepStatus.OPEN, StepStatus.OPEN)
    for step, status in ((one, StepStatus.WAITING), (other, StepStatus.OPEN)):
        with office.acts("reviewer", MONDAY) as session:
            acts.steps.claim(session, step)
        with office.acts("reviewer", MONDAY):
            acts.steps.complete(step, "符合条件")
        assert last.status is status


# --- pauses and extensions ---------------------------------------------------------------------


def test_a_suspension_stops_the_clock_until_it_is_ended(office: Office) -> None:
    case = office.accepted()
    office.suspend(case, MONDAY, DUE)
    assert (case.due_on, case.statutory_due_on, case.suspended_since) == (None, None, MONDAY)
    office.resume(case, TUESDAY)
    assert (case.due_on, case.suspended_since) == (PAST_DUE, None)


def test_only_an_accepted_case_is_suspended(office: Office) -> None:
    case = office.received()
    with office.refuses("case-is-not-accepted", "reviewer"):
        acts.clock.suspend(case, SuspensionKind.HEARING, planned_end_on=DUE, notice_number="听1号")


def test_procedures_overlap_but_one_of_a_kind_runs_once(office: Office) -> None:
    case = office.accepted()
    office.suspend(case, MONDAY, DUE)
    with office.refuses("procedure-is-running", "reviewer"):
        acts.clock.suspend(
            case, SuspensionKind.INSPECTION, planned_end_on=DUE, notice_number="检2号"
        )
    with office.acts("reviewer", MONDAY):
        acts.clock.suspend(case, SuspensionKind.HEARING, planned_end_on=DUE, notice_number="听1号")
    with office.acts("reviewer", TUESDAY) as session:
        acts.clock.resume(session, case, SuspensionKind.INSPECTION)
    assert (case.due_on, case.suspended_since) == (None, MONDAY)
    with office.acts("reviewer", TUESDAY) as session:
        acts.clock.resume(session, case)
    assert (case.due_on, case.suspended_since) == (PAST_DUE, None)


def test_a_suspension_tells_its_notice_and_its_end(office: Office) -> None:
    case = office.accepted()
    with office.refuses("suspension-needs-its-notice", "reviewer"):
        acts.clock.suspend(case, SuspensionKind.HEARING, planned_end_on=DUE, notice_number=" ")
    with office.refuses("planned-end-is-past", "reviewer", TUESDAY):
        acts.clock.suspend(
            case, SuspensionKind.HEARING, planned_end_on=MONDAY, notice_number="听1号"
        )


def test_a_suspension_ends_on_the_day_it_is_ended_and_stays_so(office: Office) -> None:
    case = office.accepted()
    office.suspend(case, MONDAY, DUE)
    with office.refuses("suspension-ends-today", "reviewer", TUESDAY):
        case.suspensions[0].ended_on = MONDAY
    with office.refuses("suspension-is-fixed", "reviewer", TUESDAY):
        case.suspensions[0].planned_end_on = PAST_DUE
    office.resume(case, TUESDAY)
    with office.refuses("suspension-is-fixed", "reviewer", TUESDAY):
        case.suspensions[0].ended_on = None


def test_only_a_paused_case_is_resumed(office: Office) -> None:
    case = office.accepted()
    with office.refuses("case-is-not-paused", "reviewer") as session:
        acts.clock.resume(session, case)


def test_a_paused_case_is_not_decided(office: Office) -> None:
    case = office.reviewed()
    office.suspend(case, MONDAY, DUE)
    with office.refuses("case-is-paused", "decider"):
        acts.decision.decide(case, DecisionOutcome.GRANTED)


def test_an_extension_moves_both_dates_when_the_leader_approves_it(office: Office) -> None:
    case = office.accepted()
    with office.acts("reviewer", MONDAY):
        acts.clock.ask_extension(case, 10, "需专家论证")
    assert case.due_on == DUE
    with office.refuses("leader-approves", "reviewer") as session:
        acts.clock.approve_extension(session, case.extensions[0])
    with office.acts("leader", DUE) as session:
        acts.clock.approve_extension(session, case.extensions[0])
    assert (case.due_on, case.statutory_due_on) == (date(2025, 4, 8), date(2025, 4, 15))
    with office.refuses("extension-is-fixed", "leader", DUE):
        case.extensions[0].days = 5


def test_an_extension_is_not_approved_in_the_name_of_another(office: Office) -> None:
    case = office.accepted()
    with office.acts("reviewer", MONDAY):
        acts.clock.ask_extension(case, 10, "需专家论证")
    with office.refuses("leader-approves", "leader"):
        case.extensions[0].approved_by_id = office.user("manager").id


def test_an_extension_is_approved_on_the_due_day_at_the_latest(office: Office) -> None:
    case = office.accepted()
    with office.acts("reviewer", MONDAY):
        acts.clock.ask_extension(case, 10, "需专家论证")
    with office.refuses("extension-is-too-late", "leader", PAST_DUE) as session:
        acts.clock.approve_extension(session, case.extensions[0])


def test_the_head_extends_under_a_written_delegation_only(office: Office) -> None:
    """Art. 42: the law names the head of the organ; the section's head needs it in writing."""
    case = office.accepted()
    with office.acts("reviewer", MONDAY):
        acts.clock.ask_extension(case, 10, "需专家论证")
    (asked,) = case.extensions
    with office.refuses("delegation-is-missing", "head") as session:
        acts.clock.approve_extension(session, asked)
    with office.refuses("day-is-to-come", "head") as session:
        acts.clock.approve_extension(
            session, asked, delegation_number="青委〔2025〕1号", delegation_on=DUE
        )
    with office.acts("head", MONDAY) as session:
        acts.clock.approve_extension(
            session, asked, delegation_number="青委〔2025〕1号", delegation_on=MONDAY
        )
    assert (asked.approved_by, case.due_on) == (office.user("head"), date(2025, 4, 8))


def test_an_extension_has_a_reason_and_at_most_ten_days(office: Office) -> None:
    case = office.accepted()
    with office.refuses("extension-is-too-long", "reviewer"):
        acts.clock.ask_extension(case, 11, "需专家论证")
    with office.refuses("reason-is-missing", "reviewer"):
        acts.clock.ask_extension(case, 10, " ")


def test_joint_handling_is_extended_by_up_to_fifteen_days(office: Office) -> None:
    case = office.accepted(item=office.item(item={"handling_mode": HandlingMode.JOINT}))
    office.extend(case, MONDAY, 15, "青政函〔2025〕3号")
    assert case.due_on == date(2025, 4, 15)


def test_a_case_is_extended_once(office: Office) -> None:
    case = office.accepted()
    office.extend(case, MONDAY, 5)
    with office.refuses("extension-is-given-once", "reviewer"):
        acts.clock.ask_extension(case, 5, "再次延期")


def test_only_an_accepted_case_is_extended(office: Office) -> None:
    case = office.received()
    with office.refuses("case-is-not-accepted", "reviewer"):
        acts.clock.ask_extension(case, 5, "需专家论证")


# --- decision and after ------------------------------------------------------------------------


def test_a_grant_issues_its_certificate_and_starts_delivery(office: Office) -> None:
    case = office.granted(certificate_months=60)
    paper = case.certificate
    assert (case.decision_due_on, case.due_on) == (DUE, date(2025, 3, 17))
    assert (paper.valid_from, paper.valid_until) == (MONDAY, date(2030, 3, 2))
    assert paper.number.endswith("-2025-00001")
    assert paper.holder_name == case.applicant.name


def test_an_item_without_a_certificate_is_granted_without_one(office: Office) -> None:
    case = office.granted(certificate_name="", certificate_series="")
    assert case.certificate is None
    with office.acts("clerk", MONDAY):
        acts.decision.deliver(case)
    assert case.status is Case.DELIVERED


def test_a_decision_comes_after_every_review_step(office: Office) -> None:
    case = office.accepted()
    with office.refuses("steps-are-not-done", "decider"):
        acts.decision.decide(case, DecisionOutcome.GRANTED)


def test_a_decision_is_made_by_its_post_and_in_writing(office: Office) -> None:
    case = office.reviewed()
    with office.refuses("duty-not-held", "reviewer"):
        acts.decision.decide(case, DecisionOutcome.GRANTED)
    with office.refuses("decision-needs-its-document", "decider"):
        acts.intake.move(case, Case.GRANTED)
    with office.refuses("decision-needs-its-document", "decider"):
        acts.decision.decide(case, DecisionOutcome.GRANTED)
        acts.intake.move(case, Case.REFUSED)


def test_only_an_accepted_case_is_decided(office: Office) -> None:
    case = office.received()
    with office.refuses("case-is-not-accepted", "decider"):
        acts.decision.decide(case, DecisionOutcome.GRANTED)


@pytest.mark.parametrize("missing", ["reasons", "legal_basis", "remedies"])
def test_a_refusal_gives_reasons_basis_and_remedies(office: Office, missing: str) -> None:
    case = office.reviewed()
    with office.refuses(f"refusal-needs-{missing.replace('_', '-')}", "decider"):
        acts.decision.decide(case, DecisionOutcome.REFUSED, **(REFUSAL | {missing: " "}))
    with office.acts("decider", MONDAY):
        acts.decision.decide(case, DecisionOutcome.REFUSED, **REFUSAL)
    assert (case.status, case.closed_on, case.certificate) == (Case.REFUSED, MONDAY, None)


def test_a_decision_is_not_rewritten(office: Office) -> None:
    case = office.granted()
    with office.refuses("decision-is-fixed", "decider"):
        case.decision.reasons = "另有原因"


def test_delivery_names_its_method(office: Office) -> None:
    case = office.granted()
    with office.refuses("delivery-needs-its-method", "clerk"):
        acts.intake.move(case, Case.DELIVERED)


def test_a_closed_case_is_read_only(office: Office) -> None:
    case = office.delivered()
    with office.refuses("case-is-closed", "clerk"):
        case.summary = "补记"
    with office.refuses("case-is-closed", "clerk"):
        acts.intake.move(case, Case.RECEIVED)
    with office.refuses("case-is-closed", "reviewer"):
        acts.clock.suspend(case, SuspensionKind.HEARING, planned_end_on=DUE, notice_number="听1号")


def test_an_unlawful_move_is_refused(office: Office) -> None:
    case = office.received()
    with office.refuses("unlawful-move", "decider"):
        acts.intake.move(case, Case.TERMINATED)


@pytest.mark.parametrize("reach", ["received", "correcting", "accepted"])
def test_an_open_case_may_be_withdrawn_until_it_is_decided(office: Office, reach: str) -> None:
    case = getattr(office, reach)()
    office.withdraw(case, TUESDAY)
    assert case.closed_on == TUESDAY
    assert {s.status for s in case.steps} <= {StepStatus.DONE, StepStatus.CANCELLED}


def test_withdrawal_ends_an_open_suspension(office: Office) -> None:
    case = office.accepted()
    office.suspend(case, MONDAY, DUE)
    office.withdraw(case, TUESDAY)
    assert (case.suspensions[0].ended_on, case.suspended_since) == (TUESDAY, None)


def test_a_certificate_expires_by_time_after_its_last_day(office: Office) -> None:
    case = office.delivered(certificate_months=12)
    paper, last_day = case.certificate, date(2026, 3, 2)
    assert paper.valid_until == last_day
    with office.refuses("certificate-is-valid", None, last_day):
        paper.status = CertificateStatus.EXPIRED
    with office.refuses("move-is-made-by-time", "clerk", date(2026, 3, 3)):
        paper.status = CertificateStatus.EXPIRED
    with office.time_acts(date(2026, 3, 3)):
        paper.status = CertificateStatus.EXPIRED
    assert paper.status is CertificateStatus.EXPIRED


def test_nobody_issues_a_certificate_by_hand(office: Office) -> None:
    case = office.accepted()
    with office.refuses("move-follows-from-an-act", "clerk") as session:
        session.add(Certificate(application=case))


# --- what nobody writes ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "column", ["due_on", "accepted_on", "received_on", "closed_on", "number", "notice_due_on"]
)
def test_derived_columns_are_written_by_nobody(office: Office, column: str) -> None:
    case = office.accepted()
    value = "T9-2025-000009" if column == "number" else date(2024, 1, 2)
    for name in ("clerk", "head"):
        with office.refuses("column-is-derived", name):
            setattr(case, column, value)


def test_nothing_is_back_dated_at_its_creation(office: Office) -> None:
    case = office.reviewed()
    with office.refuses("column-is-derived", "decider") as session:
        session.add(Decision(application=case, outcome=DecisionOutcome.GRANTED, decided_on=TUESDAY))


def test_a_step_is_not_added_by_hand(office: Office) -> None:
    case = office.accepted()
    with office.refuses("move-follows-from-an-act", "reviewer"):
        case.steps.append(ApplicationStep(step_definition=case.steps[1].step_definition))


def test_cases_people_and_history_are_never_deleted(office: Office) -> None:
    case = office.granted()
    for row, name in (
        (case.decision, "decider"),
        (case.certificate, "clerk"),
        (case.steps[0], "clerk"),
        (case.due_date_changes[0], None),
        (office.user("guide"), "system"),
    ):
        with office.refuses("row-is-never-deleted", name) as session:
            session.delete(row)


def test_an_imported_case_is_recorded_by_the_system_and_never_altered(office: Office) -> None:
    case = _imported(office)
    assert case.due_date_changes[0].effective_on == MONDAY
    with office.refuses("import-is-for-the-system", "clerk"):
        case.summary = "补记"
    with office.refuses("imported-case-is-read-only", None):
        case.summary = "补记"
    step = case.item_version.materials[0]
    with office.refuses("imported-case-is-read-only", "clerk"):
        acts.intake.hand_in(case, step)


def test_imported_history_brings_no_document_that_its_case_could_not_have(office: Office) -> None:
    """A termination ends an accepted case, of a log too; what a log charges was published."""
    fee = FeeItem(
        position=1, name="工本费", name_en="Fee", amount_fen=1000, unit="本", starts_on=MONDAY,
        basis_level=BasisLevel.LAW,
    )  # fmt: skip
    other = office.draft()
    with office.acts("admin", MONDAY):
        other.fees = [fee]
    item = office.item()
    with office.refuses("case-is-not-accepted", None) as session:
        case = recorded_case(item)
        acts.ending.terminate(case, TerminationGround.OTHER, "案件就此结束。", **TERMINATION)
        session.add(case)
    with office.refuses("fee-is-not-published", None) as session:
        case = recorded_case(item)
        acts.fees.charge(case, fee)
        session.add(case)


def test_history_is_imported_by_the_system_only(office: Office) -> None:
    item = office.item()
    with office.refuses("import-is-for-the-system", "clerk") as session:
        session.add(
            Application(item_version=item.versions[0], origin=Origin.IMPORTED, number="I-1")
        )


def test_the_origin_of_a_case_never_changes(office: Office) -> None:
    native, imported = office.received(), _imported(office)
    with office.refuses("origin-never-changes", None):
        native.origin = Origin.IMPORTED
    with office.refuses("origin-never-changes", None):
        imported.origin = Origin.NATIVE


def _own_draft(office: Office) -> Application:
    item, own = office.item(), office.applicant(user=office.user("applicant"))
    with office.acts("applicant", MONDAY) as session:
        case = Application(
            licence_item=item, applicant=own, status=Case.DRAFT, channel=Channel.ONLINE
        )
        session.add(case)
    return case


def _imported(office: Office) -> Application:
    item = office.item()
    with office.time_acts(TUESDAY) as session:
        case = recorded_case(item)
        session.add(case)
    return case


def _gives_every_post(office: Office, name: str) -> None:
    posts = office.session.scalars(select(Post)).all()
    with office.acts("security", MONDAY) as session:
        for post in posts:
            if post.duty is not Duty.ACCEPTANCE:
                session.add(PostAssignment(user=office.user(name), post=post, valid_from=MONDAY))
                session.add(RoleGrant(user=office.user(name), duty=post.duty, valid_from=MONDAY))
