"""Verdicts on the conditions (Art. 34, 38) and site inspections (Art. 34, 55)."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from models import Application, AuditEntry, SiteInspection, SiteInspector, acts
from models.acts.review import all_met, assign_inspectors, judge, record_inspection
from models.enums import ApplicationStatus, DecisionOutcome, Duty, StepStatus, SuspensionKind
from tests.factories import DAY_ONE, LINE, MONDAY, Office, open_step
from tests.statements import judged_item

pytestmark = pytest.mark.hooks_alone

Case = ApplicationStatus
TUESDAY = date(2025, 3, 4)
FIFTH_DAY, SIXTH_DAY = date(2025, 3, 10), date(2025, 3, 11)
REFUSAL = {"reasons": "不符合条件", "legal_basis": "条例第三条", "remedies": "六十日内复议"}
STANDARD = "GB/T 0000-2020"
TWO_REVIEWS = (LINE[0], (2, Duty.REVIEW, 2), (3, Duty.REVIEW, 3), (4, Duty.DECISION, 2))


def in_review(office: Office, **values: Any) -> Application:
    """An accepted case of an item with two conditions, claimed by ``reviewer``."""
    case = office.accepted(item=judged_item(office, **values))
    claim(office, case)
    return case


def claim(office: Office, case: Application, name: str = "reviewer") -> None:
    step = open_step(case, Duty.REVIEW)
    assert step is not None
    with office.acts(name, MONDAY) as session:
        acts.steps.claim(session, step)


def first_unmet(case: Application) -> dict[Any, tuple[bool, str]]:
    one, *others = case.item_version.conditions
    return {one: (False, "厂房不足"), **dict.fromkeys(others, (True, ""))}


def finish(office: Office, case: Application, verdicts: Any, day: date = MONDAY) -> None:
    step = open_step(case, Duty.REVIEW)
    assert step is not None
    with office.acts("reviewer", day):
        acts.steps.complete(step, "已审查", verdicts)


def inspected(office: Office, *, passes: bool = True, **values: Any) -> Application:
    """A claimed case whose site inspection was done by both reviewers."""
    case = office.accepted(item=judged_item(office, needs_inspection=True, **values))
    claim(office, case)
    send_two(office, case)
    with office.acts("reviewer2", TUESDAY):
        standard = "" if passes else STANDARD
        record_inspection(case.inspections[0], passes, "已核查", standard)
    return case


def send_two(office: Office, case: Application, day: date = MONDAY) -> None:
    users = [office.user("reviewer"), office.user("reviewer2")]
    with office.acts("reviewer", day):
        assign_inspectors(case, users, max(day, TUESDAY))


# --- verdicts -----------------------------------------------------------------------------------


def test_a_review_ends_with_a_verdict_on_every_condition(office: Office) -> None:
    """Art. 34: the review judges each condition, and stamps day and person."""
    case = in_review(office)
    finish(office, case, all_met(case))
    assert [v.is_met for v in case.verdicts] == [True, True]
    assert {(v.given_on, v.given_by.username) for v in case.verdicts} == {(MONDAY, "reviewer")}
    with office.acts("decider", MONDAY):
        acts.decision.decide(case, DecisionOutcome.GRANTED)
    assert case.status is Case.GRANTED


def test_the_last_review_does_not_end_before_every_condition_is_judged(office: Office) -> None:
    """Art. 38: a decision needs a verdict on every condition."""
    case = in_review(office)
    one = case.item_version.conditions[0]
    with office.refuses("conditions-are-not-judged", "reviewer"):
        acts.steps.complete(case.steps[1], "已审查")
    with office.refuses("conditions-are-not-judged", "reviewer"):
        acts.steps.complete(case.steps[1], "已审查", {one: (True, "")})


def test_an_earlier_review_may_leave_conditions_to_the_last(office: Office) -> None:
    """Art. 34: only the last review step answers for the whole."""
    case = in_review(office, steps=TWO_REVIEWS)
    finish(office, case, None)
    claim(office, case)
    with office.refuses("conditions-are-not-judged", "reviewer"):
        acts.steps.complete(case.steps[2], "已审查")


def test_a_decision_without_a_review_step_is_judged_by_the_decider(office: Office) -> None:
    """Art. 34, 38: where the line has no review, the decider judges the conditions."""
    case = office.accepted(item=judged_item(office, steps=(LINE[0], (2, Duty.DECISION, 2))))
    with office.refuses("conditions-are-not-judged", "decider"):
        acts.decision.decide(case, DecisionOutcome.GRANTED)
    with office.refuses("post-not-held", "reviewer"):
        judge(case, all_met(case))
    with office.acts("decider", MONDAY):
        judge(case, all_met(case))
    with office.acts("decider", MONDAY):
        acts.decision.decide(case, DecisionOutcome.GRANTED)
    assert case.status is Case.GRANTED


def test_who_does_not_meet_a_condition_is_not_granted(office: Office) -> None:
    """Art. 38 ¶1: a permit is granted to who meets the conditions."""
    case = in_review(office)
    finish(office, case, first_unmet(case))
    with office.refuses("condition-is-not-met", "decider"):
        acts.decision.decide(case, DecisionOutcome.GRANTED)
    with office.acts("decider", MONDAY):
        acts.decision.decide(case, DecisionOutcome.REFUSED, **REFUSAL)
    assert case.status is Case.REFUSED


def test_who_meets_every_condition_is_not_refused(office: Office) -> None:
    """Art. 38: a refusal rests on a condition that is not met."""
    case = in_review(office)
    finish(office, case, all_met(case))
    with office.refuses("refusal-needs-an-unmet-condition", "decider"):
        acts.decision.decide(case, DecisionOutcome.REFUSED, **REFUSAL)


def test_an_item_without_conditions_is_refused_by_its_reasons(office: Office) -> None:
    """Art. 38: where an item names no conditions its reasons are enough."""
    case = office.reviewed()
    with office.acts("decider", MONDAY):
        acts.decision.decide(case, DecisionOutcome.REFUSED, **REFUSAL)
    assert case.status is Case.REFUSED


def test_a_verdict_is_on_a_condition_of_the_version(office: Office) -> None:
    """Art. 30, 38: no condition of another item is asked for."""
    case, other = in_review(office), judged_item(office)
    with office.refuses("condition-is-of-another-item", "reviewer"):
        judge(case, {other.versions[0].conditions[0]: (True, "")})


def test_verdicts_are_changed_during_the_review_and_fixed_after_it(office: Office) -> None:
    """Art. 34: he who reviews may correct himself until his step is done."""
    case = in_review(office)
    with office.acts("reviewer", MONDAY):
        judge(case, first_unmet(case))
    finish(office, case, all_met(case), TUESDAY)
    # Only the verdict that was changed is a verdict of the second day.
    assert [(v.is_met, v.given_on) for v in case.verdicts] == [(True, TUESDAY), (True, MONDAY)]
    with office.refuses("verdicts-are-settled", "reviewer", TUESDAY):
        judge(case, first_unmet(case))


def test_a_verdict_is_of_the_officer_of_the_step(office: Office) -> None:
    """Art. 34: the officer in whose hands the review is judges, and nobody else."""
    case = in_review(office)
    with office.refuses("step-belongs-to-another", "reviewer2"):
        judge(case, all_met(case))
    with office.refuses("duty-not-held", "clerk"):
        judge(case, all_met(case))


def test_a_verdict_waits_for_acceptance(office: Office) -> None:
    """Art. 34: only an accepted application is reviewed."""
    case = office.received(item=judged_item(office))
    with office.refuses("case-is-not-accepted", "reviewer"):
        judge(case, all_met(case))


# --- site inspections ----------------------------------------------------------------------------


def test_two_officers_inspect_the_site_and_the_clock_runs_on(office: Office) -> None:
    """Art. 34 ¶3, 55: two or more; the check is none of the procedures of Art. 45."""
    case = office.accepted(needs_inspection=True)
    due = case.due_on
    send_two(office, case)
    inspection = case.inspections[0]
    assert (inspection.assigned_on, inspection.assign_by_on) == (MONDAY, FIFTH_DAY)
    assert not inspection.is_late_assignment
    with office.acts("reviewer2", TUESDAY):
        record_inspection(inspection, True, "设备齐全")
    assert (inspection.done_on, inspection.passes, case.due_on) == (TUESDAY, True, due)


def test_the_log_tells_the_inspectors_with_their_case(office: Office) -> None:
    """To send two officers is one act on one case: one entry."""
    case = office.accepted(needs_inspection=True)
    entries = select(AuditEntry).order_by(AuditEntry.id.desc())
    before = office.session.scalars(entries).first()
    send_two(office, case)
    entry, former = office.session.scalars(entries.limit(2)).all()
    assert former is before
    assert (entry.subject_table, entry.subject_id) == ("application", case.id)
    told = [change["table"] for change in entry.changes]
    assert told.count("site_inspector") == 2


def test_one_officer_does_not_check_alone(office: Office) -> None:
    """Art. 34 ¶3: one name, or one name twice, is not two officers."""
    case, one = office.accepted(needs_inspection=True), office.user("reviewer")
    with office.refuses("inspection-needs-two", "reviewer"):
        assign_inspectors(case, [one], TUESDAY)
    with office.refuses("inspection-needs-two", "reviewer"):
        assign_inspectors(case, [one, one], TUESDAY)
    plain = office.accepted()
    with office.refuses("inspection-needs-two", "reviewer"):
        assign_inspectors(plain, [one], TUESDAY)


def test_an_item_says_how_many_inspectors_it_takes(office: Office) -> None:
    """Art. 55: two to four checkers, where an item says so."""
    case = office.accepted(needs_inspection=True, fewest_inspectors=3, most_inspectors=3)
    names = ("reviewer", "reviewer2", "head", "manager")
    users = [office.user(name) for name in names]
    with office.refuses("inspection-needs-two", "reviewer"):
        assign_inspectors(case, users[:2], TUESDAY)
    with office.refuses("inspection-has-too-many", "reviewer"):
        assign_inspectors(case, users, TUESDAY)
    with office.acts("reviewer", MONDAY):
        assign_inspectors(case, users[:3], TUESDAY)
    assert len(case.inspections[0].inspectors) == 3


def test_an_assignment_after_five_days_is_late(office: Office) -> None:
    """Art. 55 ¶2: inspectors are assigned within five days of acceptance; later is recorded."""
    case, late = office.accepted(), office.accepted()
    send_two(office, case, FIFTH_DAY)
    send_two(office, late, SIXTH_DAY)
    assert not case.inspections[0].is_late_assignment
    assert late.inspections[0].is_late_assignment


def test_an_inspector_is_an_officer_of_today(office: Office) -> None:
    """Art. 34 ¶3: the administrative organ assigns its own officers."""
    case, one = office.accepted(), office.user("reviewer")
    with office.refuses("inspector-is-no-officer", "reviewer"):
        assign_inspectors(case, [one, office.user("applicant")], TUESDAY)
    other = office.user("reviewer2")
    with office.acts("system", MONDAY):
        other.is_active = False
    with office.refuses("inspector-is-no-officer", "reviewer"):
        assign_inspectors(case, [one, other], TUESDAY)


def test_who_accepted_a_case_does_not_check_it(office: Office) -> None:
    """Separation: the check belongs to the review."""
    case = office.accepted()
    with office.refuses("duties-are-separated", "reviewer"):
        assign_inspectors(case, [office.user("reviewer"), office.user("clerk")], TUESDAY)


def test_inspectors_are_assigned_by_the_review_post_and_ahead(office: Office) -> None:
    """Art. 55 ¶2: the review post assigns them, for a day to come, one check at a time."""
    case = office.accepted()
    users = [office.user("reviewer"), office.user("reviewer2")]
    with office.refuses("post-not-held", "head"):
        case.inspections.append(SiteInspection(planned_on=TUESDAY))
    with office.refuses("planned-day-is-past", "reviewer", TUESDAY):
        assign_inspectors(case, users, MONDAY)
    send_two(office, case)
    with office.refuses("inspection-is-under-way", "reviewer"):
        assign_inspectors(case, users, TUESDAY)
    received = office.received()
    with office.refuses("case-is-not-accepted", "reviewer"):
        assign_inspectors(received, users, TUESDAY)


def test_a_check_is_recorded_once_by_one_who_was_there(office: Office) -> None:
    """Art. 34: who was there writes what was found."""
    case = office.accepted()
    send_two(office, case)
    inspection = case.inspections[0]
    with office.refuses("inspection-is-recorded-by-its-inspectors", "decider", TUESDAY):
        record_inspection(inspection, True, "设备齐全")
    with office.refuses("findings-are-missing", "reviewer", TUESDAY):
        record_inspection(inspection, True, " ")
    with office.refuses("inspection-is-not-done", "reviewer", TUESDAY):
        inspection.findings = "设备齐全"
    with office.acts("reviewer", TUESDAY):
        record_inspection(inspection, True, "设备齐全")
    with office.refuses("inspection-is-fixed", "reviewer", TUESDAY):
        inspection.findings = "缺少设备"


def test_an_assigned_check_keeps_its_inspectors(office: Office) -> None:
    """Art. 34: nobody joins a check afterwards, and its day stays."""
    case = office.accepted()
    send_two(office, case)
    inspection = case.inspections[0]
    with office.refuses("inspection-is-fixed", "reviewer"):
        inspection.inspectors.append(SiteInspector(user=office.user("head")))
    with office.refuses("inspection-is-fixed", "reviewer"):
        inspection.planned_on = SIXTH_DAY
    with office.refuses("inspection-is-recorded-by-its-inspectors", "reviewer"):
        other = office.session.get_one(Application, case.id)
        other.inspections.append(SiteInspection(planned_on=TUESDAY, passes=True, findings="x"))


def test_a_review_and_a_decision_wait_for_the_check(office: Office) -> None:
    """Art. 34, 55: what is to be inspected is decided after the inspection."""
    case = in_review(office, needs_inspection=True)
    with office.refuses("inspection-is-not-done", "reviewer"):
        acts.steps.complete(case.steps[1], "已审查", all_met(case))
    done = inspected(office)
    finish(office, done, all_met(done), TUESDAY)
    assert done.steps[1].status is StepStatus.DONE
    send_two(office, done)  # a second check is under way
    with office.refuses("inspection-is-not-done", "decider", TUESDAY):
        acts.decision.decide(done, DecisionOutcome.GRANTED)


def test_a_failed_check_names_its_standard(office: Office) -> None:
    """Art. 55 ¶3: what fails was measured by a technical standard."""
    case = office.accepted()
    send_two(office, case)
    with office.refuses("standard-is-missing", "reviewer", TUESDAY):
        record_inspection(case.inspections[0], False, "缺少设备")


def test_a_refusal_after_a_failed_check_cites_the_standard(office: Office) -> None:
    """Art. 55 ¶3: the refusal cites the technical standard; a grant is out of the question."""
    case = inspected(office, passes=False)
    finish(office, case, all_met(case), TUESDAY)
    with office.refuses("inspection-was-not-passed", "decider", TUESDAY):
        acts.decision.decide(case, DecisionOutcome.GRANTED)
    with office.refuses("refusal-cites-no-standard", "decider", TUESDAY):
        acts.decision.decide(case, DecisionOutcome.REFUSED, **REFUSAL)
    cited = REFUSAL | {"legal_basis": f"条例第三条；{STANDARD}"}
    with office.acts("decider", TUESDAY):
        acts.decision.decide(case, DecisionOutcome.REFUSED, **cited)
    assert case.status is Case.REFUSED


def test_the_clock_is_stopped_from_the_review_post_only(office: Office) -> None:
    """Art. 45: the duty without the post does not stop the clock."""
    case = office.accepted()
    post = office.user("reviewer").assignments[0]
    with office.acts("security", DAY_ONE):
        post.valid_until = DAY_ONE
    with office.refuses("post-not-held", "reviewer"):
        acts.clock.suspend(
            case, SuspensionKind.TESTING, planned_end_on=SIXTH_DAY, notice_number="1"
        )
