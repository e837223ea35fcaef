"""Why a review, a hearing or an end cannot come yet, said beforehand in the codes of the rules."""

from collections.abc import Callable

from models import Application, Hearing
from models.enums import ApplicationStatus, Duty, HearingKind, ItemType, StepStatus
from models.errors import RuleViolation
from models.hooks import guard_ending, guard_review
from models.questions.review import (
    is_last_review,
    last_inspection,
    unjudged_conditions,
    unmet_conditions,
    verdict_duty,
)
from views.forms.acts.hearing import parties_to_hear, parties_to_tell
from views.panel.case.acts.act import Reason, Situation
from views.panel.case.acts.reasons import UNFINISHED

Case = ApplicationStatus


def said_by(rule: Callable[[Situation], None]) -> Reason:
    """What a rule of the models says of the case as it stands."""

    def check(at: Situation) -> RuleViolation | None:
        try:
            rule(at)
        except RuleViolation as violation:
            return violation
        return None

    return check


# --- what a decision waits for ------------------------------------------------------------------


def conditions_are_judged(at: Situation) -> RuleViolation | None:
    left = unjudged_conditions(at.case)
    return RuleViolation("conditions-are-not-judged", conditions=left) if left else None


def review_speaks_for_it(at: Situation) -> RuleViolation | None:
    if unmet := unmet_conditions(at.case):
        return RuleViolation("condition-is-not-met", conditions=unmet)
    return said_by(lambda this: guard_ending.review_speaks_for_it(this.case))(at)


def has_a_ground_to_refuse(at: Situation) -> RuleViolation | None:
    return said_by(lambda this: guard_ending.refusal_has_its_ground(this.case))(at)


REVIEW_IS_WHOLE: tuple[Reason, ...] = (
    conditions_are_judged,
    said_by(lambda at: guard_review.inspection_is_done(at.case)),
    said_by(lambda at: guard_ending.hearings_are_over(at.case, at.today)),
    said_by(lambda at: guard_ending.parties_were_heard(at.case, at.today)),
)


def _is_first_review(case: Application) -> bool:
    return case.licence_item.item_type is ItemType.FIRST_REVIEW


def decided_here(at: Situation) -> RuleViolation | None:
    return RuleViolation("item-is-forwarded") if _is_first_review(at.case) else None


def forwarded_from_here(at: Situation) -> RuleViolation | None:
    return None if _is_first_review(at.case) else RuleViolation("item-is-decided-here")


# --- the review ---------------------------------------------------------------------------------


def has_conditions(at: Situation) -> RuleViolation | None:
    return None if at.case.item_version.conditions else RuleViolation("nothing-to-judge")


def judges_from_his_post(at: Situation) -> RuleViolation | None:
    duty = verdict_duty(at.case)
    if duty not in at.actor.posts:
        return RuleViolation("post-not-held", post=duty)
    at_work = [s for s in at.case.steps if s.duty is duty and s.status is StepStatus.OPEN]
    if not at_work:
        return RuleViolation("verdicts-are-settled")
    if all(s.officer_id not in (None, at.actor.user_id) for s in at_work):
        return RuleViolation("step-belongs-to-another", officer=at_work[0].officer)
    return None


def chairs_no_hearing(at: Situation) -> RuleViolation | None:
    chairs = {hearing.chair_id for hearing in at.case.hearings}
    is_review = at.step is None or at.step.duty is Duty.REVIEW
    if is_review and at.actor.user_id in chairs:
        return RuleViolation("reviewer-chairs-the-hearing")
    return None


def inspection_is_over(at: Situation) -> RuleViolation | None:
    """The last review step waits for the result of the check on the spot."""
    others = [s for s in at.case.steps if s is not at.step and s.duty is Duty.REVIEW]
    is_last = is_last_review(at.case) or all(s.status not in UNFINISHED for s in others)
    return REVIEW_IS_WHOLE[1](at) if is_last else None


def no_inspection_runs(at: Situation) -> RuleViolation | None:
    found = last_inspection(at.case)
    under_way = found is not None and found.passes is None
    return RuleViolation("inspection-is-under-way") if under_way else None


def inspection_runs(at: Situation) -> RuleViolation | None:
    return None if no_inspection_runs(at) else RuleViolation("no-inspection-is-open")


def was_there(at: Situation) -> RuleViolation | None:
    found = last_inspection(at.case)
    inspectors = {each.user_id for each in found.inspectors} if found else set()
    if at.actor.user_id in inspectors:
        return None
    return RuleViolation("inspection-is-recorded-by-its-inspectors")


# --- hearings and third parties -----------------------------------------------------------------


def kind_to_tell(case: Application) -> HearingKind | None:
    """The hearing that is to be told of next: the prescribed one first, each once."""
    told = {hearing.kind for hearing in case.hearings}
    if case.item_version.hearing_required and HearingKind.BY_LAW not in told:
        return HearingKind.BY_LAW
    return None if HearingKind.ON_REQUEST in told else HearingKind.ON_REQUEST


def hearing_is_to_be_told(at: Situation) -> RuleViolation | None:
    return None if kind_to_tell(at.case) else RuleViolation("hearing-is-told")


def hearing_to_answer(case: Application) -> Hearing | None:
    """The hearing that may still be asked for or waived."""
    return next(
        (
            h
            for h in case.hearings
            if h.kind is HearingKind.ON_REQUEST and not h.requested_on and not h.waived_on
        ),
        None,
    )


def hearing_waits_for_an_answer(at: Situation) -> RuleViolation | None:
    return None if hearing_to_answer(at.case) else RuleViolation("hearing-was-not-told")


def request_period_runs(at: Situation) -> RuleViolation | None:
    hearing = hearing_to_answer(at.case)
    due = hearing.request_due_on if hearing else None
    over = due is not None and at.today > due
    return RuleViolation("request-period-is-over", due=due) if over else None


def hearing_to_hold(case: Application) -> Hearing | None:
    """The hearing that is owed: prescribed, or asked for."""
    return next(
        (
            h
            for h in case.hearings
            if not h.held_on
            and not h.waived_on
            and (h.kind is HearingKind.BY_LAW or h.requested_on)
        ),
        None,
    )


def hearing_is_owed(at: Situation) -> RuleViolation | None:
    return None if hearing_to_hold(at.case) else RuleViolation("hearing-was-not-requested")


def hearing_day_is_here(at: Situation) -> RuleViolation | None:
    hearing = hearing_to_hold(at.case)
    if hearing is None or hearing.planned_on is None:
        return RuleViolation("hearing-is-not-planned")
    if at.today < hearing.planned_on:
        return RuleViolation("hearing-is-before-its-day", day=hearing.planned_on)
    return None


def chairs_or_reviews(at: Situation) -> RuleViolation | None:
    hearing = hearing_to_hold(at.case)
    if hearing is not None and hearing.chair_id == at.actor.user_id:
        return None
    if Duty.REVIEW in at.actor.posts:
        return None
    return RuleViolation("post-not-held", post=Duty.REVIEW)


def a_party_is_to_be_told(at: Situation) -> RuleViolation | None:
    return None if parties_to_tell(at.case) else RuleViolation("no-party-waits")


def a_party_is_to_be_heard(at: Situation) -> RuleViolation | None:
    return None if parties_to_hear(at.case) else RuleViolation("no-party-waits")
