"""The steps of a case: claimed, worked, given back, assigned."""

from sqlalchemy.orm import Session

from models.acting import acting
from models.acts.review import Verdicts, judge
from models.application import ApplicationStep
from models.enums import (
    StepStatus,
)


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
