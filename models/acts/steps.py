"""The steps of a case: claimed, worked, given back, assigned."""

from sqlalchemy.orm import Session

from models.acting import acting
from models.acts.act import Act, Input, Kind, Standing, typed
from models.acts.asking import (
    UNFINISHED,
    Case,
    duties_are_separated,
    my_steps,
    open_reviews,
    open_steps,
    stands_at,
    step_is_mine,
    step_is_of_my_post,
    steps_to_claim,
)
from models.acts.review import Verdicts, chairs_no_hearing, inspection_is_done, judge
from models.application import ApplicationStep
from models.enums import Duty, StepStatus
from models.errors import RuleViolation
from models.questions.absences import is_absent
from models.questions.people import holders_of_post
from models.questions.review import is_last_review
from models.rules.duties import LEADERS, LINE


def claim(session: Session, step: ApplicationStep) -> None:
    """Take an open step from its post's queue."""
    step.officer_id = acting(session).actor.user_id


def release(step: ApplicationStep) -> None:
    """Give a claimed step back to its post's queue."""
    step.officer_id = None


def assign(step: ApplicationStep, officer_id: int) -> None:
    """Give an open step to an officer, as a leader does."""
    step.officer_id = officer_id


def complete(step: ApplicationStep, opinion: str, verdicts: Verdicts | None = None) -> None:
    """Finish a review step with an opinion, and with verdicts on the conditions."""
    if verdicts:
        judge(step.application, verdicts)
    step.opinion = opinion
    step.status = StepStatus.DONE


# --- what the acts ask ----------------------------------------------------------------------------


def step_is_unclaimed(at: Standing) -> RuleViolation | None:
    """Nobody has the step in hand yet."""
    officer = at.at_step.officer
    return RuleViolation("step-belongs-to-another", officer=officer) if officer else None


def officer_is_present(at: Standing) -> RuleViolation | None:
    """No step is claimed on a day of absence."""
    user_id = at.actor.user_id
    away = user_id is not None and is_absent(at.session, user_id, at.today)
    return RuleViolation("officer-is-absent", field="officer") if away else None


def inspection_comes_before_the_end(at: Standing) -> RuleViolation | None:
    """The last review step waits for the result of the site inspection (Art. 34, 55)."""
    others = [s for s in at.case.steps if s is not at.step and s.duty is Duty.REVIEW]
    is_last = is_last_review(at.case) or all(s.status not in UNFINISHED for s in others)
    return inspection_is_done(at) if is_last else None


ACTS: tuple[Act, ...] = (
    Act(
        "claim", LINE, lambda at, _given: claim(at.session, at.at_step), steps=steps_to_claim,
        asks=(step_is_unclaimed, step_is_of_my_post, officer_is_present, chairs_no_hearing),
        many=("application", "application_step"), is_main=True,
    ),
    Act(
        "complete", frozenset({Duty.REVIEW}),
        lambda at, given: complete(at.at_step, **given), steps=open_reviews,
        needs=(stands_at(Case.ACCEPTED),),
        asks=(
            step_is_of_my_post, step_is_mine, duties_are_separated, chairs_no_hearing,
            inspection_comes_before_the_end,
        ),
        inputs=(
            typed(ApplicationStep.opinion, needed=True, known=lambda at: at.at_step.opinion),
            Input("verdicts", Kind.VERDICTS),
        ),
        is_main=True,
    ),
    Act(
        "release", LINE, lambda at, _given: release(at.at_step), steps=my_steps,
        many=("application_step",),
    ),
)  # fmt: skip

ASSIGNMENT = Act(
    "assign", LEADERS, lambda at, given: assign(at.at_step, given["officer"].id),
    steps=open_steps,
    inputs=(
        Input(
            "officer", Kind.ONE, needed=True,
            offered=lambda at: holders_of_post(at.session, at.at_step.duty, at.today),
            known=lambda at: at.at_step.officer,
        ),
    ),
)  # fmt: skip
