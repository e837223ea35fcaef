"""The rules of a review: verdicts on the conditions, and checks on the spot (Art. 34, 55)."""

from sqlalchemy import exists, select

from models.application import Application, ApplicationStep
from models.enums import ApplicationStatus, Duty, Origin, StepStatus
from models.errors import RuleViolation
from models.hooks.changes import stored
from models.hooks.guarding import Guard, Judgement
from models.inspection import ConditionVerdict, SiteInspection, SiteInspector
from models.questions.people import holds_on, work_done
from models.questions.recusal import must_step_aside
from models.questions.review import (
    inspection_is_missing,
    is_last_review,
    unjudged_conditions,
    verdict_duty,
)
from models.rules.duties import INSIDE
from models.rules.review import inspectors_needed
from models.rules.separation import earlier_duty_of, separated_duties
from models.staff import RoleGrant, User

Case = ApplicationStatus


def part_is_on_an_accepted_case(j: Judgement) -> None:
    """A case is reviewed while it is accepted and not decided."""
    if stored(j.row.application, "status") is not Case.ACCEPTED:
        raise RuleViolation("case-is-not-accepted")


def actor_holds_the_review_post(j: Judgement) -> None:
    """What belongs to the review is done from its post (按岗定责)."""
    if Duty.REVIEW not in j.actor.posts:
        raise RuleViolation("post-not-held", post=Duty.REVIEW)


def clock_is_stopped_from_its_post(j: Judgement) -> None:
    """The review post stops the clock and lets it run again (Art. 45)."""
    follows = j.row.application.closed_on is not None  # the end of the case ends its pause
    if j.row.application.origin is Origin.NATIVE and not j.actor.is_system and not follows:
        actor_holds_the_review_post(j)


# --- verdicts on the conditions -----------------------------------------------------------------


def verdict_is_on_a_condition_of_the_version(j: Judgement) -> None:
    """A case is judged by the conditions of its own version and by no others (Art. 30, 38)."""
    verdict: ConditionVerdict = j.row
    if verdict.item_condition_id not in {c.id for c in verdict.application.item_version.conditions}:
        raise RuleViolation("condition-is-of-another-item", field="item_condition_id")


def verdict_is_given_from_its_post(j: Judgement) -> None:
    """The reviewer judges the conditions; where the line has no review, the decider."""
    duty = verdict_duty(j.row.application)
    if duty not in j.actor.posts:
        raise RuleViolation("post-not-held", post=duty)


def verdict_is_given_during_the_review(j: Judgement) -> None:
    """Verdicts are given and changed while the officer's step is open, and fixed afterwards."""
    case: Application = j.row.application
    duty = verdict_duty(case)
    open_steps = [
        s for s in case.steps if s.duty is duty and stored(s, "status") is StepStatus.OPEN
    ]
    if not open_steps:
        raise RuleViolation("verdicts-are-settled")
    mine = (None, j.actor.user_id)
    if not any(stored(step, "officer_id") in mine for step in open_steps):
        raise RuleViolation("step-belongs-to-another", officer=str(open_steps[0].officer or ""))


def review_ends_with_its_findings(j: Judgement) -> None:
    """The last review ends when every condition is judged and the check on the spot is done."""
    step: ApplicationStep = j.row
    if step.status is not StepStatus.DONE or j.change.was("status") is StepStatus.DONE:
        return
    if step.duty is Duty.REVIEW and is_last_review(step.application):
        conditions_are_judged(step.application)
        inspection_is_done(step.application)


def conditions_are_judged(case: Application) -> None:
    """Each condition has its verdict (Art. 34, 38)."""
    if missing := unjudged_conditions(case):
        raise RuleViolation("conditions-are-not-judged", conditions=tuple(c.name for c in missing))


def inspection_is_done(case: Application) -> None:
    """An item that is checked on the spot is decided after the check (Art. 34, 55)."""
    if inspection_is_missing(case):
        raise RuleViolation("inspection-is-not-done")


# --- checks on the spot -------------------------------------------------------------------------


def inspection_is_assigned_from_its_post(j: Judgement) -> None:
    """The review post assigns the inspectors (Art. 55 ¶2)."""
    if j.change.is_new:
        actor_holds_the_review_post(j)


def inspection_is_planned_ahead(j: Judgement) -> None:
    """A check is set for today or a later day."""
    inspection: SiteInspection = j.row
    if not j.change.is_new:
        return
    if inspection.planned_on is None or inspection.planned_on < j.today:
        raise RuleViolation("planned-day-is-past", field="planned_on")
    if any(i is not inspection and i.passes is None for i in inspection.application.inspections):
        raise RuleViolation("inspection-is-under-way")


def inspection_has_its_inspectors(j: Judgement) -> None:
    """Two officers or more check on the spot, as many as the item says (Art. 34 ¶3, 55 ¶2)."""
    inspection: SiteInspection = j.row
    if not j.change.is_new:
        return
    version = inspection.application.item_version
    names = {each.user.id if each.user else each.user_id for each in inspection.inspectors}
    fewest = inspectors_needed(version.fewest_inspectors)
    if len(names) < fewest:
        raise RuleViolation("inspection-needs-two", field="inspectors", fewest=fewest)
    if version.most_inspectors is not None and len(names) > version.most_inspectors:
        most = version.most_inspectors
        raise RuleViolation("inspection-has-too-many", field="inspectors", most=most)


def inspection_is_fixed(j: Judgement) -> None:
    """Of an assigned check only the result is entered, once."""
    results = {"findings", "passes", "technical_standard", "done_on", "version"}
    if j.change.is_new:
        if j.row.passes is not None:
            raise RuleViolation("inspection-is-recorded-by-its-inspectors")
    elif j.change.was("done_on") is not None or set(j.change.before) - results:
        raise RuleViolation("inspection-is-fixed")


def result_is_recorded_by_an_inspector(j: Judgement) -> None:
    """Who was there records what was found; a failure names the standard (Art. 55 ¶3)."""
    inspection: SiteInspection = j.row
    if j.change.is_new:
        return
    if j.actor.user_id not in {each.user_id for each in inspection.inspectors}:
        raise RuleViolation("inspection-is-recorded-by-its-inspectors")
    if inspection.passes is None:
        raise RuleViolation("inspection-is-not-done", field="passes")
    if not (inspection.findings or "").strip():
        raise RuleViolation("findings-are-missing", field="findings")
    if not inspection.passes and not (inspection.technical_standard or "").strip():
        raise RuleViolation("standard-is-missing", field="technical_standard")


def inspectors_are_named_at_once(j: Judgement) -> None:
    """The inspectors are assigned with the check, and stay."""
    inspector: SiteInspector = j.row
    if not j.change.is_new or stored(inspector.inspection, "id") is not None:
        raise RuleViolation("inspection-is-fixed")


def inspector_is_of_the_office(j: Judgement) -> None:
    """An inspector is an officer of today, and not linked to the applicant (回避)."""
    inspector: SiteInspector = j.row
    user = inspector.user or j.session.get(User, inspector.user_id)
    if user is None or not works_here(j, user):
        raise RuleViolation("inspector-is-no-officer", field="inspectors")
    case = inspector.inspection.application
    if must_step_aside(j.session, user.id, case, j.today):
        raise RuleViolation("officer-is-linked", field="inspectors")
    separated = separated_duties(case.item_version.duties_are_separated)
    if earlier := earlier_duty_of(user.id, Duty.REVIEW, work_done(case), separated):
        raise RuleViolation("duties-are-separated", field="inspectors", earlier=earlier)


def works_here(j: Judgement, user: User) -> bool:
    """Whether a person is an active officer on the day: he holds a duty of the office."""
    held = exists().where(
        RoleGrant.user_id == user.id, RoleGrant.duty.in_(INSIDE), holds_on(RoleGrant, j.today)
    )
    return bool(user.is_active and j.session.scalar(select(held)))


REVIEW_GUARDS: dict[str, tuple[Guard, ...]] = {
    "condition_verdict": (
        part_is_on_an_accepted_case,
        verdict_is_on_a_condition_of_the_version,
        verdict_is_given_from_its_post,
        verdict_is_given_during_the_review,
    ),
    "application_step": (review_ends_with_its_findings,),
    "site_inspection": (
        part_is_on_an_accepted_case,
        inspection_is_assigned_from_its_post,
        inspection_is_fixed,
        inspection_is_planned_ahead,
        inspection_has_its_inspectors,
        result_is_recorded_by_an_inspector,
    ),
    "site_inspector": (inspectors_are_named_at_once, inspector_is_of_the_office),
    "clock_suspension": (clock_is_stopped_from_its_post,),
}
