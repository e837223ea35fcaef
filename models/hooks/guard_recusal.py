"""Recusal (回避): who is linked to an applicant does nothing on that one's cases as an officer."""

from models.application import ApplicationStep
from models.enums import Duty, Origin
from models.errors import RuleViolation
from models.hooks.guarding import Guard, Judgement
from models.questions.recusal import must_step_aside
from models.recusal import ApplicantLink
from models.rules.duties import CONFIRMING
from models.rules.transitions import moves_between


def is_an_applicants_act(j: Judgement) -> bool:
    """Whether applicants may do this on their own case: no more is open there, whatever other
    duties they hold."""
    if not j.change.is_the_applicants:
        return False
    if not (j.change.table == "application" and j.change.changed("status")):
        return True
    moves = moves_between("application", j.change.was("status"), j.row.status)
    return any(Duty.APPLICANT in move.duties for move in moves)


def step_is_given_to_the_impartial(j: Judgement) -> None:
    """A step is neither claimed by nor given to one who is linked to the applicant."""
    step: ApplicationStep = j.row
    case = step.application
    if case.origin is Origin.IMPORTED or j.change.is_new or not j.change.changed("officer_id"):
        return
    if must_step_aside(j.session, step.officer_id, case, j.today):
        raise RuleViolation("officer-is-linked", field="officer")


def link_is_declared_by_its_person(j: Judgement) -> None:
    """Officers declare their own links; the head records those of others too."""
    link: ApplicantLink = j.row
    if j.actor.is_system or j.actor.holds(CONFIRMING):
        return
    if link.user_id != j.actor.user_id:
        raise RuleViolation("link-is-anothers", field="user")


def link_is_kept(j: Judgement) -> None:
    """A declared link stays as it is; another person, the head, alone says when it ended."""
    link: ApplicantLink = j.row
    if not j.change.is_new and set(j.change.before) - {"until", "version"}:
        raise RuleViolation("link-is-fixed")
    if j.actor.is_system or not j.change.changed("until"):
        return
    if j.change.is_new and link.until is None:
        return
    if not j.actor.holds(CONFIRMING) or link.user_id == j.actor.user_id:
        raise RuleViolation("link-is-ended-by-the-head", field="until")


RECUSAL_GUARDS: dict[str, tuple[Guard, ...]] = {
    "application_step": (step_is_given_to_the_impartial,),
    "applicant_link": (link_is_declared_by_its_person, link_is_kept),
}
