"""Why an act cannot be done, said beforehand in the codes of the rules."""

from collections.abc import Iterator

from models import Application, ApplicationStep
from models.database import db
from models.enums import ApplicationStatus, ClockStart, Duty, Necessity, StepStatus
from models.errors import RuleViolation
from models.questions.absences import is_absent
from models.questions.materials import missing_of
from models.questions.people import work_done
from models.rules.acceptance import extension_is_too_late, notice_period_is_over
from models.rules.separation import earlier_duty_of, separated_duties
from models.rules.transitions import moves_from
from views.forms.acts.intake import materials_that_may_come, missing_materials_of
from views.panel.case.acts.act import Reason, Situation, moves_named

Case = ApplicationStatus
UNFINISHED = (StepStatus.WAITING, StepStatus.OPEN)

# Where an act is only thinkable in one state, the words name that state.
_NOT_THERE = {Case.RECEIVED: "case-is-not-received", Case.ACCEPTED: "case-is-not-accepted"}


def stands_at(status: ApplicationStatus) -> Reason:
    def check(at: Situation) -> RuleViolation | None:
        return None if at.case.status is status else RuleViolation(_NOT_THERE[status])

    return check


def may_move(name: str) -> Reason:
    """The table of moves leads from the present status by this move."""

    def check(at: Situation) -> RuleViolation | None:
        if any(move.name == name for move in moves_from("application", at.case.status)):
            return None
        target = moves_named(name)[0].target
        return RuleViolation("unlawful-move", source=at.case.status, target=target)

    return check


def holds_post(duty: Duty) -> Reason:
    def check(at: Situation) -> RuleViolation | None:
        return None if duty in at.actor.posts else RuleViolation("post-not-held", post=duty)

    return check


def step_is_free(duty: Duty) -> Reason:
    """The open step of the post is nobody else's, and its officer did no other duty before."""

    def check(at: Situation) -> RuleViolation | None:
        for step in at.case.steps:
            if step.duty is duty and step.status is StepStatus.OPEN:
                return is_anothers(at, step) or did_another_duty(at, step)
        return None

    return check


def is_anothers(at: Situation, step: ApplicationStep) -> RuleViolation | None:
    if step.officer_id in (None, at.actor.user_id):
        return None
    return RuleViolation("step-belongs-to-another", officer=step.officer)


def did_another_duty(at: Situation, step: ApplicationStep) -> RuleViolation | None:
    if step.duty is None or at.actor.user_id is None:
        return None
    separated = separated_duties(at.case.item_version.duties_are_separated)
    earlier = earlier_duty_of(at.actor.user_id, step.duty, work_done(at.case), separated)
    return RuleViolation("duties-are-separated", earlier=earlier) if earlier else None


def materials_are_in(at: Situation) -> RuleViolation | None:
    case = at.case
    if notice_period_is_over(case.notice_due_on, at.today):
        return None  # silence accepts the case as it is
    missing = missing_of(case)
    return RuleViolation("materials-are-missing", materials=tuple(missing)) if missing else None


def something_may_come(at: Situation) -> RuleViolation | None:
    if missing_materials_of(at.case, materials_that_may_come(at.case)):
        return None
    if missing_materials_of(at.case, Necessity):
        return RuleViolation("materials-are-settled")
    return RuleViolation("materials-are-all-in")


def notice_period_runs(at: Situation) -> RuleViolation | None:
    due = at.case.notice_due_on
    over = notice_period_is_over(due, at.today)
    return RuleViolation("notice-period-is-over", due=due) if over else None


def no_notice_yet(at: Situation) -> RuleViolation | None:
    return RuleViolation("notice-is-given-once") if at.case.notices else None


def is_paused(case: Application) -> bool:
    return any(suspension.ended_on is None for suspension in case.suspensions)


def clock_runs(at: Situation) -> RuleViolation | None:
    return RuleViolation("case-is-paused") if is_paused(at.case) else None


def conclusion_is_in(at: Situation) -> RuleViolation | None:
    awaited = at.case.item_version.clock_start is ClockStart.REVIEW_CONCLUSION
    is_in = at.case.review_concluded_on is not None
    return RuleViolation("review-is-not-concluded") if awaited and not is_in else None


def clock_is_paused(at: Situation) -> RuleViolation | None:
    return None if is_paused(at.case) else RuleViolation("case-is-not-paused")


def reviews_are_done(at: Situation) -> RuleViolation | None:
    left = tuple(
        step.step_definition
        for step in at.case.steps
        if step.duty is not Duty.DECISION and step.status in UNFINISHED
    )
    return RuleViolation("steps-are-not-done", steps=left) if left else None


def not_extended_yet(at: Situation) -> RuleViolation | None:
    return RuleViolation("extension-is-given-once") if at.case.extensions else None


def extension_waits(at: Situation) -> RuleViolation | None:
    if not at.case.extensions:
        return RuleViolation("extension-is-not-asked-for")
    given = at.case.extensions[0].approved_on is not None
    return RuleViolation("extension-is-given-once") if given else None


def extension_is_in_time(at: Situation) -> RuleViolation | None:
    due = at.case.due_on
    late = extension_is_too_late(due, at.today)
    return RuleViolation("extension-is-too-late", due=due) if late else None


def is_mine(at: Situation) -> RuleViolation | None:
    return is_anothers(at, at.at_step)


def is_unclaimed(at: Situation) -> RuleViolation | None:
    officer = at.at_step.officer
    return RuleViolation("step-belongs-to-another", officer=officer) if officer else None


def from_my_post(at: Situation) -> RuleViolation | None:
    duty = at.at_step.duty
    return RuleViolation("post-not-held", post=duty) if duty not in at.actor.posts else None


def i_am_present(at: Situation) -> RuleViolation | None:
    user_id = at.actor.user_id
    away = user_id is not None and is_absent(db.session(), user_id, at.today)
    return RuleViolation("officer-is-absent") if away else None


def no_other_duty(at: Situation) -> RuleViolation | None:
    return did_another_duty(at, at.at_step)


# --- of which step an act may be ------------------------------------------------------------


def open_steps(at: Situation) -> Iterator[ApplicationStep]:
    return (step for step in at.case.steps if step.status is StepStatus.OPEN)


def steps_to_claim(at: Situation) -> Iterator[ApplicationStep]:
    return (
        step
        for step in open_steps(at)
        if step.duty in at.actor.duties and step.officer_id != at.actor.user_id
    )


def my_steps(at: Situation) -> Iterator[ApplicationStep]:
    return (s for s in open_steps(at) if s.officer_id == at.actor.user_id)


def reviews(at: Situation) -> Iterator[ApplicationStep]:
    return (s for s in open_steps(at) if s.duty is Duty.REVIEW)
