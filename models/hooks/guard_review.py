"""The rules of a review: verdicts on the conditions, and site inspections (Art. 34, 55)."""

from sqlalchemy import exists, select

from models.acts.act import holds_post
from models.acts.asking import stands_at
from models.acts.review import (
    conditions_are_judged,
    inspection_is_done,
    inspector_records_it,
    no_inspection_runs,
    verdict_is_of_its_post,
    verdicts_are_open,
)
from models.application import ApplicationStep
from models.base import stored
from models.enums import ApplicationStatus, Duty, Origin, StepStatus
from models.errors import RuleViolation
from models.hooks.guarding import Guard, Judgement, ask
from models.inspection import ConditionVerdict, SiteInspection, SiteInspector
from models.questions.people import holds_on, work_done
from models.questions.recusal import must_step_aside
from models.questions.review import (
    is_last_review,
)
from models.rules.duties import INSIDE
from models.rules.reasons import has_words
from models.rules.review import inspectors_needed
from models.rules.separation import earlier_duty_of, separated_duties
from models.staff import RoleGrant, User

Case = ApplicationStatus


def part_is_on_an_accepted_case(j: Judgement) -> None:
    """A case is reviewed while it is accepted and not decided."""
    ask(j, stands_at(Case.ACCEPTED))


def actor_holds_the_review_post(j: Judgement) -> None:
    """What belongs to the review is done from its post (按岗定责)."""
    ask(j, holds_post(Duty.REVIEW))


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
    ask(j, verdict_is_of_its_post)


def verdict_is_given_during_the_review(j: Judgement) -> None:
    """Verdicts are given and changed while the officer's step is open, and fixed afterwards."""
    ask(j, verdicts_are_open)


def review_ends_with_its_findings(j: Judgement) -> None:
    """The last review ends when every condition is judged and the site inspection is done."""
    step: ApplicationStep = j.row
    if step.status is not StepStatus.DONE or j.change.was("status") is StepStatus.DONE:
        return
    if step.duty is Duty.REVIEW and is_last_review(step.application):
        ask(j, conditions_are_judged, inspection_is_done)


# --- site inspections ----------------------------------------------------------------------------


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
    ask(j, no_inspection_runs)


def inspection_has_its_inspectors(j: Judgement) -> None:
    """Two officers or more inspect the site, as many as the item says (Art. 34 ¶3, 55 ¶2)."""
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
    ask(j, inspector_records_it)
    if inspection.passes is None:
        raise RuleViolation("inspection-is-not-done", field="passes")
    if not has_words(inspection.findings):
        raise RuleViolation("findings-are-missing", field="findings")
    if not inspection.passes and not has_words(inspection.technical_standard):
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
    """Whether a person is an active officer on the day: one who holds a duty of the office."""
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
