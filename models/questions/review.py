"""Questions about the review of a case, each a function named for its question."""

from datetime import date

from sqlalchemy.orm import Session

from models.application import Application
from models.catalogue import ItemCondition
from models.enums import Duty, StepStatus
from models.inspection import SiteInspection
from models.questions.people import work_done
from models.questions.recusal import must_step_aside
from models.rules.review import conditions_not_judged, conditions_not_met
from models.rules.separation import earlier_duty_of, separated_duties
from models.staff import User


def _by_key(case: Application) -> dict[int, ItemCondition]:
    return {condition.id: condition for condition in case.item_version.conditions}


def _verdicts(case: Application) -> dict[int, bool]:
    return {v.item_condition_id or v.item_condition.id: v.is_met for v in case.verdicts}


def unjudged_conditions(case: Application) -> tuple[ItemCondition, ...]:
    """The conditions of the case's version without a verdict, in their order."""
    known = _by_key(case)
    return tuple(known[key] for key in conditions_not_judged(known, _verdicts(case)))


def unmet_conditions(case: Application) -> tuple[ItemCondition, ...]:
    """The conditions that the case does not meet, in their order."""
    known = _by_key(case)
    return tuple(known[key] for key in conditions_not_met(known, _verdicts(case)))


def last_inspection(case: Application) -> SiteInspection | None:
    """The site inspection whose result counts."""
    return case.inspections[-1] if case.inspections else None


def inspection_is_missing(case: Application) -> bool:
    """Whether the item asks for a site inspection, or one was set, that has no result yet."""
    found = last_inspection(case)
    if found is None:
        return case.item_version.needs_inspection
    return found.passes is None


def verdict_duty(case: Application) -> Duty:
    """Whose verdict it is: the reviewer's; the decider's where the line has no review."""
    has_review = any(step.duty is Duty.REVIEW for step in case.steps)
    return Duty.REVIEW if has_review else Duty.DECISION


def reviewers_of(case: Application) -> set[int]:
    """Everyone who took part in the review: officers of its steps, judges of its conditions,
    inspectors."""
    found = {s.officer_id for s in case.steps if s.duty is Duty.REVIEW}
    found |= {v.given_by_id for v in case.verdicts}
    found |= {each.user_id for i in case.inspections for each in i.inspectors}
    return {user_id for user_id in found if user_id is not None}


def is_last_review(case: Application) -> bool:
    """Whether no review step of the case has work left."""
    left = (StepStatus.WAITING, StepStatus.OPEN)
    return not any(s.duty is Duty.REVIEW and s.status in left for s in case.steps)


def may_inspect(session: Session, case: Application, user: User, day: date) -> bool:
    """Whether a person may inspect for a case: impartial (回避), and not its acceptor."""
    if must_step_aside(session, user.id, case, day):
        return False
    separated = separated_duties(case.item_version.duties_are_separated)
    return earlier_duty_of(user.id, Duty.REVIEW, work_done(case), separated) is None
