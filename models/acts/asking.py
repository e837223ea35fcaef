"""Questions that acts of several families ask, each in the code of its rule."""

from collections.abc import Callable, Iterable, Iterator

from models.acts.act import Question, Standing
from models.application import ApplicationStep
from models.base import stored
from models.enums import ApplicationStatus, Duty, Origin, StepStatus
from models.errors import RuleViolation
from models.questions.people import work_done
from models.questions.recusal import acting_on, acts_as_applicant, is_own, must_step_aside
from models.rules.separation import earlier_duty_of, separated_duties
from models.rules.transitions import APPLICATION_MOVES, moves_from
from models.staff import User

Case = ApplicationStatus
UNFINISHED = (StepStatus.WAITING, StepStatus.OPEN)

# Where an act is only thinkable in one state, the code names that state.
_NOT_THERE: dict[ApplicationStatus, Callable[[], RuleViolation]] = {
    Case.RECEIVED: lambda: RuleViolation("case-is-not-received"),
    Case.ACCEPTED: lambda: RuleViolation("case-is-not-accepted"),
}


# --- the second person --------------------------------------------------------------------------


def is_a_second_person(at: Standing, first: Iterable[int | None]) -> RuleViolation | None:
    """Nobody confirms what the same person proposed or decided: where that is the head, the leader
    of the organ confirms."""
    own = at.actor.user_id in set(first)
    return RuleViolation("nobody-approves-his-own-proposal") if own else None


# --- the case -----------------------------------------------------------------------------------


def case_is_open(at: Standing) -> RuleViolation | None:
    """Something can be done on the case: it is no history, and something is owed."""
    case = at.case
    if case.origin is Origin.IMPORTED:
        return RuleViolation("imported-case-is-read-only")
    if case.status is Case.FORWARDED:
        return RuleViolation("case-is-forwarded")
    if case.closed_on is not None:
        return RuleViolation("case-is-closed", number=case.number)
    return None


def officer_is_impartial(at: Standing) -> RuleViolation | None:
    """Who applies, or is linked to who does, does nothing on the case as an officer (回避)."""
    if acts_as_applicant(at.session, at.actor, at.case) or not at.actor.duties:
        return None
    if must_step_aside(at.session, at.actor.user_id, at.case, at.today):
        return RuleViolation("officer-is-linked")
    return None


def is_the_applicant(at: Standing) -> bool:
    """Whether the person acts as the applicant of the case, under whichever row that one is kept;
    who is an officer here is not."""
    own = is_own(at.session, at.actor.user_id, at.case.applicant)
    return own and acts_as_applicant(at.session, at.actor, at.case)


def draft_is_its_applicants(at: Standing) -> RuleViolation | None:
    """Nobody but who applies writes what a draft says: the office has not received it."""
    is_draft = at.stored("status") is Case.DRAFT
    if is_draft and not acts_as_applicant(at.session, at.actor, at.case):
        return RuleViolation("draft-is-its-applicants")
    return None


def stands_at(status: ApplicationStatus) -> Question:
    """The case stands where the act is possible at all."""

    def stands(at: Standing) -> RuleViolation | None:
        return None if at.stored("status") is status else _NOT_THERE[status]()

    return stands


def may_move(name: str) -> Question:
    """The table of moves leads from the present status by this move, for one of these duties."""
    target = next(move.target for move in APPLICATION_MOVES if move.name == name)

    def leads_there(at: Standing) -> RuleViolation | None:
        source = at.stored("status")
        moves = (move for move in moves_from("application", source) if move.name == name)
        actor = acting_on(at.session, at.actor, at.case)
        if any(actor.holds(move.duties) for move in moves):
            return None
        return RuleViolation("unlawful-move", source=source, target=target)

    return leads_there


# --- the step -----------------------------------------------------------------------------------


def step_is_free(duty: Duty) -> Question:
    """The open step of the post is nobody else's, and its officer did no other duty before."""

    def is_free(at: Standing) -> RuleViolation | None:
        step = next((s for s in open_steps(at) if s.duty is duty), None)
        if step is None:
            return None
        return step_is_mine(at.at(step)) or duties_are_separated(at.at(step))

    return is_free


def step_is_mine(at: Standing) -> RuleViolation | None:
    """The step is in nobody else's hands."""
    officer_id = stored(at.at_step, "officer_id")
    if officer_id in (None, at.actor.user_id):
        return None
    return RuleViolation("step-belongs-to-another", officer=at.session.get(User, officer_id))


def step_is_of_my_post(at: Standing) -> RuleViolation | None:
    """A step is worked from its own post (按岗定责)."""
    duty = at.at_step.duty
    return RuleViolation("post-not-held", post=duty) if duty not in at.actor.posts else None


def duties_are_separated(at: Standing) -> RuleViolation | None:
    """Who did one duty on the case does not do the next one (审办分离)."""
    step = at.at_step
    if step.duty is None or at.actor.user_id is None:
        return None
    separated = separated_duties(at.case.item_version.duties_are_separated)
    earlier = earlier_duty_of(at.actor.user_id, step.duty, work_done(at.case), separated)
    return RuleViolation("duties-are-separated", earlier=earlier) if earlier else None


def reviews_are_done(at: Standing) -> RuleViolation | None:
    """The line of posts is not skipped: the decision comes after every other step."""
    left = tuple(
        step.step_definition
        for step in at.case.steps
        if step.duty is not Duty.DECISION and (stored(step, "status") or step.status) in UNFINISHED
    )
    return RuleViolation("steps-are-not-done", steps=left) if left else None


# --- about which steps of the case ----------------------------------------------------------------


def open_steps(at: Standing) -> Iterator[ApplicationStep]:
    """The steps that are being worked."""
    return (step for step in at.case.steps if step.status is StepStatus.OPEN)


def steps_to_claim(at: Standing) -> Iterator[ApplicationStep]:
    """The open steps of the person's duties that are not in hand yet."""
    return (
        step
        for step in open_steps(at)
        if step.duty in at.actor.duties and step.officer_id != at.actor.user_id
    )


def my_steps(at: Standing) -> Iterator[ApplicationStep]:
    """The open steps in the person's hands."""
    return (step for step in open_steps(at) if step.officer_id == at.actor.user_id)


def open_reviews(at: Standing) -> Iterator[ApplicationStep]:
    """The open steps of the review."""
    return (step for step in open_steps(at) if step.duty is Duty.REVIEW)
