"""The review of a case: verdicts on its conditions (Art. 34, 38), site inspections (Art. 55)."""

from collections.abc import Iterable, Mapping
from datetime import date

from models.acts.act import Act, Given, Input, Kind, Standing, holds_post, typed
from models.acts.asking import Case, stands_at
from models.application import Application, ApplicationStep
from models.base import stored
from models.catalogue import ItemCondition
from models.enums import Duty, StepStatus
from models.errors import RuleViolation
from models.inspection import ConditionVerdict, SiteInspection, SiteInspector
from models.questions.people import officers_on_duty
from models.questions.review import (
    inspection_is_missing,
    last_inspection,
    may_inspect,
    unjudged_conditions,
    unmet_conditions,
    verdict_duty,
)
from models.rules.duties import CASEWORK
from models.staff import User

# Condition → whether it is met, and a note.
Verdicts = Mapping[ItemCondition, tuple[bool, str]]


def judge(case: Application, verdicts: Verdicts) -> None:
    """Say of each condition whether it is met (Art. 34, 38); a verdict given before is changed."""
    given = {verdict.item_condition: verdict for verdict in case.verdicts}
    for condition, (is_met, note) in verdicts.items():
        verdict = given.get(condition)
        if verdict is None:
            case.verdicts.append(
                ConditionVerdict(item_condition=condition, is_met=is_met, note=note)
            )
        else:
            verdict.is_met, verdict.note = is_met, note


def all_met(case: Application) -> Verdicts:
    """Every condition of the case's version, as met."""
    return dict.fromkeys(case.item_version.conditions, (True, ""))


def assign_inspectors(case: Application, users: Iterable[User], planned_on: date) -> None:
    """Assign the officers of a site inspection (Art. 55)."""
    inspection = SiteInspection(planned_on=planned_on)
    inspection.inspectors = [SiteInspector(user=user) for user in users]
    case.inspections.append(inspection)


def record_inspection(
    inspection: SiteInspection, passes: bool, findings: str, technical_standard: str = ""
) -> None:
    """Enter what a site inspection has found, as one who was there."""
    inspection.passes, inspection.findings = passes, findings
    inspection.technical_standard = technical_standard


# --- what the acts, and the end of a case, ask ----------------------------------------------------


def has_conditions(at: Standing) -> RuleViolation | None:
    """The item has conditions to be judged."""
    return None if at.case.item_version.conditions else RuleViolation("nothing-to-judge")


def verdict_is_of_its_post(at: Standing) -> RuleViolation | None:
    """The reviewer judges the conditions; where the line has no review, the decider."""
    return holds_post(verdict_duty(at.case))(at)


def verdicts_are_open(at: Standing) -> RuleViolation | None:
    """Verdicts are given and changed while the officer's step is open, and fixed afterwards."""
    duty = verdict_duty(at.case)
    at_work = [s for s in at.case.steps if s.duty is duty and _is_open(s)]
    if not at_work:
        return RuleViolation("verdicts-are-settled")
    if all(stored(s, "officer_id") not in (None, at.actor.user_id) for s in at_work):
        return RuleViolation("step-belongs-to-another", officer=at_work[0].officer)
    return None


def _is_open(step: ApplicationStep) -> bool:
    return stored(step, "status") is StepStatus.OPEN


def chairs_no_hearing(at: Standing) -> RuleViolation | None:
    """Who chairs the hearing of a case reviews nothing of it (Art. 48)."""
    is_review = at.step is None or at.step.duty is Duty.REVIEW
    return no_chair(at.case, at.actor.user_id) if is_review else None


def no_chair(case: Application, user_id: int | None) -> RuleViolation | None:
    """Whether a person chairs no hearing of ``case`` (Art. 48)."""
    chairs = {hearing.chair_id for hearing in case.hearings} - {None}
    return RuleViolation("reviewer-chairs-the-hearing") if user_id in chairs else None


def no_inspection_runs(at: Standing) -> RuleViolation | None:
    """An inspection has its result before the next one is set."""
    under_way = any(each.passes is None for each in at.others(at.case.inspections))
    return RuleViolation("inspection-is-under-way") if under_way else None


def inspection_runs(at: Standing) -> RuleViolation | None:
    """An inspection was set and has no result yet."""
    return None if no_inspection_runs(at) else RuleViolation("no-inspection-is-open")


def inspector_records_it(at: Standing) -> RuleViolation | None:
    """Who was there records what was found (Art. 34 ¶3)."""
    found = at.document or last_inspection(at.case)
    inspectors = {each.user_id for each in found.inspectors} if found else set()
    if at.actor.user_id in inspectors:
        return None
    return RuleViolation("inspection-is-recorded-by-its-inspectors")


def conditions_are_judged(at: Standing) -> RuleViolation | None:
    """Each condition has its verdict (Art. 34, 38)."""
    left = unjudged_conditions(at.case)
    return RuleViolation("conditions-are-not-judged", conditions=left) if left else None


def inspection_is_done(at: Standing) -> RuleViolation | None:
    """An item that is inspected on site is decided after the inspection (Art. 34, 55)."""
    return RuleViolation("inspection-is-not-done") if inspection_is_missing(at.case) else None


def review_speaks_for_it(at: Standing) -> RuleViolation | None:
    """Every condition is met, and the site inspection was passed (Art. 38, 55)."""
    if unmet := unmet_conditions(at.case):
        return RuleViolation("condition-is-not-met", conditions=unmet)
    return RuleViolation("inspection-was-not-passed") if _has_failed(at.case) else None


def _has_failed(case: Application) -> bool:
    inspection = last_inspection(case)
    return inspection is not None and inspection.passes is False


def refusal_has_its_ground(at: Standing) -> RuleViolation | None:
    """Who meets every condition of an item gets its permit (Art. 38)."""
    case = at.case
    if case.item_version.conditions and not _has_failed(case) and not unmet_conditions(case):
        return RuleViolation("refusal-needs-an-unmet-condition")
    return None


# --- the acts -------------------------------------------------------------------------------------


def _inspectors(at: Standing) -> list[User]:
    officers = officers_on_duty(at.session, at.today, CASEWORK - {Duty.GUIDANCE})
    return [user for user in officers if may_inspect(at.session, at.case, user, at.today)]


def _judge(at: Standing, given: Given) -> None:
    if not given["verdicts"]:
        missing = unjudged_conditions(at.case) or tuple(at.case.item_version.conditions)
        raise RuleViolation("conditions-are-not-judged", conditions=missing)
    judge(at.case, given["verdicts"])


def _record(at: Standing, given: Given) -> None:
    inspection = last_inspection(at.case)
    assert inspection is not None, "only an open inspection is recorded"
    record_inspection(inspection, **given)


ACTS: tuple[Act, ...] = (
    Act(
        "judge", ConditionVerdict.policy.writers, _judge,
        needs=(stands_at(Case.ACCEPTED), has_conditions),
        asks=(verdict_is_of_its_post, verdicts_are_open, chairs_no_hearing),
        inputs=(Input("verdicts", Kind.VERDICTS),),
    ),
    Act(
        "assign_inspectors", frozenset({Duty.REVIEW}),
        lambda at, given: assign_inspectors(at.case, given["inspectors"], given["planned_on"]),
        post=Duty.REVIEW, needs=(stands_at(Case.ACCEPTED),), asks=(no_inspection_runs,),
        inputs=(
            Input("inspectors", Kind.SOME, offered=_inspectors),
            typed(SiteInspection.planned_on, needed=True),
        ),
    ),
    Act(
        "record_inspection", SiteInspection.policy.writers, _record,
        needs=(stands_at(Case.ACCEPTED), inspection_runs), asks=(inspector_records_it,),
        inputs=(
            typed(SiteInspection.passes, kind=Kind.MET, needed=True),
            typed(SiteInspection.findings, needed=True),
            typed(SiteInspection.technical_standard),
        ),
    ),
)  # fmt: skip
