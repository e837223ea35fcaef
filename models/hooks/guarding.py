"""What a guard looks at."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models.acting import Acting, Actor
from models.acts.act import Question, Standing, first_refusal
from models.application import ApplicationStep
from models.errors import RuleViolation
from models.hooks.changes import Change, case_of
from models.rules.duties import CONFIRMING
from models.rules.reasons import has_words, is_a_sentence


@dataclass(frozen=True, slots=True)
class Judgement:
    """One change under judgement, with the session and the circumstances of the act."""

    session: Session
    acting: Acting
    change: Change

    @property
    def row(self) -> Any:
        """The row under judgement; each guard knows its table."""
        return self.change.row

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.acting.actor

    @property
    def today(self) -> date:
        """The office's day of the act."""
        return self.acting.today


Guard = Callable[[Judgement], None]


def confirms_in_person(j: Judgement, signature: int | None) -> bool:
    """Whether the head or the leader signs an answer, in the actor's own name."""
    return j.actor.holds(CONFIRMING) and signature == j.actor.user_id


def gives_a_sentence(j: Judgement) -> None:
    """What is decided or ended against somebody gives its reasons: one full sentence at least."""
    if not has_words(j.row.reasons):
        raise RuleViolation("reason-is-missing", field="reasons")
    if not is_a_sentence(j.row.reasons):
        raise RuleViolation("reasons-are-no-sentence", field="reasons")


def ask(j: Judgement, *questions: Question) -> None:
    """Ask of the finished picture what the act asked beforehand. Raises what the first finds."""
    if violation := first_refusal(questions, standing_of(j)):
        raise violation


def standing_of(j: Judgement) -> Standing:
    """The row under judgement as a question sees it: a case, a step of one, or its document."""
    row = j.row
    if isinstance(row, ApplicationStep):
        return Standing(j.session, j.actor, j.today, row.application, step=row)
    case = case_of(j.session, row)
    if case is None or case is row:
        return Standing(j.session, j.actor, j.today, row)
    return Standing(j.session, j.actor, j.today, case, document=row)
