"""An act done to a row of a list: about which step it is, and what no rule would look at."""

from typing import Any

from models.acts.act import Act, Given, Standing, step_is_gone, whole_case
from models.acts.asking import case_is_open, open_steps
from models.application import Application, ApplicationStep
from models.enums import StepStatus
from models.errors import RuleViolation


def standing_of_row(act: Act, at: Standing) -> Standing:
    """A row of a list as ``act`` finds it: a step with its case; a case with the step that the
    act is about, or with any open one."""
    if isinstance(at.row, ApplicationStep):
        return Standing(at.session, at.actor, at.today, at.row.application, step=at.row)
    if not isinstance(at.row, Application):
        return at
    steps = [step for step in (*act.steps(at), *open_steps(at)) if step is not None]
    return at.at(steps[0]) if steps and _is_about_a_step(act) else at


def do_to_row(act: Act, at: Standing, given: Given) -> Any:
    """Do ``act`` to a row of a list. Raises what stands against it that no rule would look at."""
    _stop(_why_nothing_is_done(act, at))
    done = act.run(at, given)
    if _is_about_a_step(act):
        _stop(_changed_nothing(at))
    return done


def _why_nothing_is_done(act: Act, at: Standing) -> RuleViolation | None:
    if not isinstance(at.row, Application):
        return act.why_pointless(at)
    if refusal := case_is_open(at):
        return refusal
    lacks = _is_about_a_step(act) and at.step is None
    return RuleViolation("case-has-no-open-step") if lacks else None


def _is_about_a_step(act: Act) -> bool:
    return act.steps is not whole_case


def _changed_nothing(at: Standing) -> RuleViolation | None:
    """The step stands already as the act would leave it."""
    step = at.at_step
    if at.session.is_modified(step):
        return None
    is_mine = step.status is StepStatus.OPEN and step.officer_id == at.actor.user_id
    return RuleViolation("step-is-with-the-officer") if is_mine else step_is_gone()


def _stop(refusal: RuleViolation | None) -> None:
    if refusal is not None:
        raise refusal
