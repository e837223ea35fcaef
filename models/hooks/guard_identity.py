"""The rules of whose case it is, each a sentence."""

from collections.abc import Iterator

from models.application import Application
from models.enums import ApplicationStatus, AuditVerb, StepStatus
from models.errors import RuleViolation
from models.hooks.guarding import Guard, Judgement
from models.identity import ApplicantCorrection
from models.questions.recusal import must_step_aside
from models.staff import User

Case = ApplicationStatus


# --- what a person may write by hand -------------------------------------------------------


def applicant_and_channel_are_fixed(j: Judgement) -> None:
    """Who applies, and how the application came in, are facts from its receipt on; a wrong
    applicant is corrected by an act of its own."""
    if j.change.table != "application" or j.change.verb is not AuditVerb.UPDATE:
        return
    if j.change.was("status") is Case.DRAFT:
        return
    if j.change.changed("applicant_id"):
        raise RuleViolation("applicant-is-fixed", field="applicant")
    if j.change.changed("channel"):
        raise RuleViolation("channel-is-fixed", field="channel")


# --- the correction of an applicant --------------------------------------------------------------


def correction_is_fixed(j: Judgement) -> None:
    """What was corrected, and why, is not rewritten."""
    if not j.change.is_new:
        raise RuleViolation("correction-is-fixed")


def correction_says_why(j: Judgement) -> None:
    """A correction names another applicant, and gives its reason."""
    correction: ApplicantCorrection = j.row
    if not (correction.reason or "").strip():
        raise RuleViolation("reason-is-missing", field="reason")
    if correction.to_applicant_id == correction.from_applicant_id:
        raise RuleViolation("correction-names-another", field="identity_number")


def right_applicant_meets_no_friend(j: Judgement) -> None:
    """Neither who corrects nor who has the case in hand is linked to whom it is now about (回避):
    those hand it over first."""
    case: Application = j.row.application
    if must_step_aside(j.session, j.actor.user_id, case, j.today):
        raise RuleViolation("officer-is-linked")
    for officer_id in _in_charge(case):
        if must_step_aside(j.session, officer_id, case, j.today):
            officer = j.session.get(User, officer_id)
            raise RuleViolation("officer-in-charge-is-linked", officer=officer)


def _in_charge(case: Application) -> Iterator[int]:
    """The first contact, and whoever has a step of the case in hand."""
    at_work = (step.officer_id for step in case.steps if step.status is StepStatus.OPEN)
    return (key for key in (case.first_contact_id, *at_work) if key is not None)


IDENTITY_ACT_GUARDS: tuple[Guard, ...] = (applicant_and_channel_are_fixed,)

IDENTITY_GUARDS: dict[str, tuple[Guard, ...]] = {
    "applicant_correction": (
        correction_is_fixed,
        correction_says_why,
        right_applicant_meets_no_friend,
    ),
}
