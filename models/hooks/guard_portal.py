"""The rules of what the public sees and of what applicants write themselves."""

from models.acts.publicity import SAY_WHAT_IS_SECRET
from models.application import Applicant, Application
from models.enums import Duty
from models.errors import RuleViolation
from models.hooks.guarding import Guard, Judgement
from models.rules.reasons import has_words

# The duties that keep the records of other people.
KEEP_APPLICANTS = frozenset({Duty.ACCEPTANCE, Duty.GUIDANCE})


def confidentiality_is_said_by_the_office(j: Judgement) -> None:
    """Results are public but for secrets and privacy; the office says so, with its reason (Art. 5).

    Applicants cannot take their own permits out of the register.
    """
    case: Application = j.row
    columns = ("is_confidential", "confidential_reason")
    said = any(getattr(case, c) for c in columns) if j.change.is_new else any(
        j.change.changed(c) for c in columns
    )  # fmt: skip
    if said and not j.actor.is_system and not j.actor.holds(SAY_WHAT_IS_SECRET):
        raise RuleViolation("confidentiality-is-of-the-office", field="is_confidential")
    if case.is_confidential and not has_words(case.confidential_reason):
        raise RuleViolation("confidential-case-says-why", field="confidential_reason")


def applicants_write_their_own_records(j: Judgement) -> None:
    """An applicant's account keeps the records of its owner and of those it applies for (Art. 29),
    links none to another account, and takes over none."""
    row: Applicant = j.row
    if Duty.APPLICANT not in j.actor.duties or j.actor.holds(KEEP_APPLICANTS):
        return
    owners = {row.user_id} if j.change.is_new else {row.user_id, j.change.was("user_id")}
    if owners != {j.actor.user_id}:
        raise RuleViolation("applicant-record-is-not-yours", field="user_id")


PORTAL_GUARDS: dict[str, tuple[Guard, ...]] = {
    "application": (confidentiality_is_said_by_the_office,),
    "applicant": (applicants_write_their_own_records,),
}
