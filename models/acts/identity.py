"""Whose case it is: a wrong applicant is corrected, until the case is accepted."""

from sqlalchemy.orm import Session

from models.acts.act import Act, Given, Input, Kind, Standing, typed
from models.acts.asking import Case
from models.acts.intake import notice_period_runs
from models.application import Applicant, Application
from models.enums import Duty
from models.errors import RuleViolation
from models.identity import ApplicantCorrection
from models.questions.applicants import applicants_of_number
from models.rules.intake import APPLICANT_IS_OPEN

LONGEST_NUMBER = 60


def correct_applicant(case: Application, applicant: Applicant, reason: str) -> None:
    """Put the right applicant into a case; every rule of intake is asked again."""
    case.applicant_corrections.append(ApplicantCorrection(to_applicant=applicant, reason=reason))


def the_applicant_of(session: Session, number: str) -> Applicant:
    """The one who is known by a number. Raises RuleViolation when nobody is, or several are."""
    found = applicants_of_number(session, number)
    if not found:
        raise RuleViolation("applicant-is-unknown", field="identity_number")
    return found[0]


def applicant_is_open(at: Standing) -> RuleViolation | None:
    """Who applies is corrected until acceptance, be it by silence; afterwards never."""
    status = at.stored("status")
    if status not in APPLICANT_IS_OPEN:
        return RuleViolation("applicant-is-fixed", field="applicant")
    return notice_period_runs(at) if status is Case.RECEIVED else None


def _correct(at: Standing, given: Given) -> None:
    applicant = the_applicant_of(at.session, given["identity_number"])
    correct_applicant(at.case, applicant, given["reason"])


ACTS: tuple[Act, ...] = (
    Act(
        "correct_applicant", ApplicantCorrection.policy.writers, _correct, post=Duty.ACCEPTANCE,
        document="applicant_correction", needs=(applicant_is_open,),
        inputs=(
            Input("identity_number", Kind.LINE, needed=True, longest=LONGEST_NUMBER),
            typed(ApplicantCorrection.reason, needed=True),
        ),
    ),
)  # fmt: skip
