"""What an act is: who does it, on what, with which form, and what stands against it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel.speaklater import LazyString

from models import Application, ApplicationStep, acts
from models.acting import Actor
from models.enums import ApplicationStatus, Duty
from models.errors import RuleViolation
from models.rules.transitions import APPLICATION_MOVES, Move
from views.forms.acts.base import ActForm


@dataclass(frozen=True, slots=True)
class Situation:
    """A case, and the step an act is about, as a person finds them on a day."""

    case: Application
    actor: Actor
    today: date
    step: ApplicationStep | None = None

    @property
    def at_step(self) -> ApplicationStep:
        """The step that the act is about."""
        assert self.step is not None, "only an act on a step asks for it"
        return self.step


Reason = Callable[[Situation], RuleViolation | None]
Steps = Callable[[Situation], Iterable[ApplicationStep | None]]
Run = Callable[[Situation, Any], None]


def whole_case(_at: Situation) -> Iterable[None]:
    """The act is about the case, not about one of its steps."""
    return (None,)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a person does.

    ``needs`` is the state in which the act means anything; outside of it the act would change
    nothing, so that no rule would look at it. ``reasons`` are what the rules would say.
    ``steps``: to what of the case it is done.
    """

    name: str
    label: LazyString
    duties: frozenset[Duty]
    run: Run
    needs: tuple[Reason, ...] = ()
    reasons: tuple[Reason, ...] = ()
    form: type[ActForm] = ActForm
    question: LazyString | None = None
    steps: Steps = whole_case
    is_main: bool = False

    def is_of(self, actor: Actor) -> bool:
        """Whether one of the person's duties is to do this."""
        return actor.holds(self.duties)

    def why_pointless(self, at: Situation) -> RuleViolation | None:
        """Why the act means nothing in this state of the case."""
        if at.step not in self.steps(at):
            return RuleViolation("step-is-not-open")
        return first_reason(self.needs, at)

    def why_not(self, at: Situation) -> RuleViolation | None:
        """What the rules would say against it, as far as is known beforehand."""
        return first_reason(self.reasons, at)


def first_reason(checks: Iterable[Reason], at: Situation) -> RuleViolation | None:
    """The first of ``checks`` that stands against the act."""
    return next((reason for check in checks if (reason := check(at))), None)


def moves_named(name: str) -> tuple[Move, ...]:
    return tuple(move for move in APPLICATION_MOVES if move.name == name)


def movers(name: str) -> frozenset[Duty]:
    return frozenset().union(*(move.duties for move in moves_named(name)))


def to_status(status: ApplicationStatus) -> Run:
    """The act that is a move of the case and nothing more."""
    return lambda at, _form: acts.intake.move(at.case, status)
