"""The rules of a step of a case, each a sentence."""

from models.acts.asking import step_is_of_my_post
from models.application import ApplicationStep
from models.enums import ApplicationStatus, Duty, Origin, StepStatus
from models.errors import RuleViolation
from models.hooks.derive_case import DECIDED_STATUS
from models.hooks.guard_staffing import is_moved_by_order
from models.hooks.guarding import Guard, Judgement, ask
from models.questions.people import holds_post, work_done
from models.rules.reasons import has_words
from models.rules.separation import earlier_duty_of, separated_duties
from models.staff import User

Case = ApplicationStatus

# Duty → the statuses of the case whose entrance ends a step of that duty.
STATUSES_THAT_END = {
    Duty.ACCEPTANCE: frozenset({Case.ACCEPTED}),
    Duty.DECISION: frozenset({*DECIDED_STATUS.values(), Case.FORWARDED}),
}


def _is_finished_now(j: Judgement) -> bool:
    return j.row.status is StepStatus.DONE and j.change.was("status") is not StepStatus.DONE


def finished_step_is_fixed(j: Judgement) -> None:
    """What was done on a step, and by whom, is not rewritten."""
    if not j.change.is_new and j.change.was("status") in (StepStatus.DONE, StepStatus.CANCELLED):
        raise RuleViolation("step-is-not-open")


def step_is_worked_by_its_officer(j: Judgement) -> None:
    """A claimed step is worked, and finished, by the officer who claimed it."""
    step: ApplicationStep = j.row
    if step.application.origin is Origin.IMPORTED or j.actor.is_system or j.change.is_new:
        return
    if not _is_finished_now(j) and not j.change.changed("opinion"):
        return
    claimed_by = j.change.was("officer_id")
    if step.officer_id != j.actor.user_id or claimed_by not in (None, j.actor.user_id):
        raise RuleViolation("step-belongs-to-another", officer=_holder(j))


def step_is_done_from_its_post(j: Judgement) -> None:
    """A step is finished from its own post (按岗定责)."""
    step: ApplicationStep = j.row
    if step.application.origin is Origin.IMPORTED or not _is_finished_now(j):
        return
    if not j.actor.is_system and step.duty is not None:
        ask(j, step_is_of_my_post)


def step_is_claimed_for_a_holder(j: Judgement) -> None:
    """An open step is claimed for oneself, or assigned by a leader, to a holder of its post."""
    step: ApplicationStep = j.row
    if step.application.origin is Origin.IMPORTED or j.change.is_new or _is_finished_now(j):
        return
    if not j.change.changed("officer_id"):
        return
    if step.status is not StepStatus.OPEN:
        raise RuleViolation("step-is-not-open")
    is_leader = j.actor.holds(frozenset({Duty.HEAD, Duty.SUPERVISION})) or is_moved_by_order(j)
    holder = step.officer_id if step.officer_id is not None else j.change.was("officer_id")
    if holder != j.actor.user_id and not is_leader:
        raise RuleViolation("step-belongs-to-another", officer=_holder(j))
    if j.change.was("officer_id") not in (None, j.actor.user_id) and not is_leader:
        raise RuleViolation("step-belongs-to-another", officer=_holder(j))
    if step.officer_id is not None and step.duty is not None:
        if not holds_post(j.session, step.officer_id, step.duty, j.today):
            raise RuleViolation("post-not-held", post=step.duty)


def duties_are_separated(j: Judgement) -> None:
    """Acceptance, review and decision of one case are done by different persons (审办分离);
    acceptance and decision are so even where an item asks for no separation."""
    step: ApplicationStep = j.row
    case = step.application
    if case.origin is Origin.IMPORTED or not _is_finished_now(j):
        return
    if step.officer_id is None or step.duty is None:
        return
    separated = separated_duties(case.item_version.duties_are_separated)
    earlier = earlier_duty_of(step.officer_id, step.duty, work_done(case), separated)
    if earlier is not None:
        raise RuleViolation("duties-are-separated", earlier=earlier, duty=step.duty)


def review_is_on_an_accepted_case(j: Judgement) -> None:
    """Review and decision steps are worked only while the case is accepted."""
    step: ApplicationStep = j.row
    if step.application.origin is Origin.IMPORTED or not _is_finished_now(j):
        return
    if step.duty is Duty.REVIEW and step.application.status is not Case.ACCEPTED:
        raise RuleViolation("case-is-not-accepted")


def only_review_is_finished_by_hand(j: Judgement) -> None:
    """Acceptance and decision end their steps themselves; nobody ticks them off without one."""
    step: ApplicationStep = j.row
    case = step.application
    if case.origin is Origin.IMPORTED or not _is_finished_now(j):
        return
    ended_by = STATUSES_THAT_END.get(step.duty) if step.duty else None
    if ended_by is not None and case.status not in ended_by:
        raise RuleViolation("step-ends-with-its-act", duty=step.duty)


def opinion_is_given(j: Judgement) -> None:
    """A review step ends with the reviewer's opinion."""
    step: ApplicationStep = j.row
    if step.application.origin is Origin.IMPORTED or not _is_finished_now(j):
        return
    if step.duty is Duty.REVIEW and not has_words(step.opinion):
        raise RuleViolation("opinion-is-missing", field="opinion")


def _holder(j: Judgement) -> User | None:
    """The other person in whose hands the step is, or into whose hands it was to go."""
    before = j.change.was("officer_id")
    key = before if before not in (None, j.actor.user_id) else j.row.officer_id
    return j.session.get(User, key) if key is not None else None


STEP_GUARDS: tuple[Guard, ...] = (
    finished_step_is_fixed,
    step_is_claimed_for_a_holder,
    only_review_is_finished_by_hand,
    review_is_on_an_accepted_case,
    step_is_done_from_its_post,
    step_is_worked_by_its_officer,
    duties_are_separated,
    opinion_is_given,
)
