"""Whose case it is: a wrong applicant is corrected, until the case is accepted; a number by which
an applicant is known is proposed with its proof, and confirmed by the head."""

from datetime import date

from sqlalchemy.orm import Session

from models.acting import acting
from models.acts.act import Act, Given, Input, Kind, Standing, typed
from models.acts.asking import Case
from models.acts.intake import notice_period_runs
from models.application import Applicant, Application
from models.enums import Duty, IdentityChange, IdentityKind
from models.errors import RuleViolation
from models.identity import ApplicantCorrection, ApplicantIdentity
from models.questions.applicants import applicants_of_number
from models.rules.duties import CONFIRMING
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
    if len(found) > 1:
        raise RuleViolation("number-is-of-several", field="identity_number")
    return found[0]


def propose_identity(
    applicant: Applicant,
    change: IdentityChange,
    kind: IdentityKind | None,
    number: str | None,
    *,
    proof: str,
    proof_on: date,
) -> ApplicantIdentity:
    """Propose another number, a further one, or that two rows are one person's."""
    row = ApplicantIdentity(
        change=change, identity_kind=kind, identity_number=number, proof=proof, proof_on=proof_on
    )
    applicant.identities.append(row)
    return row


def confirm(session: Session, row: ApplicantIdentity) -> None:
    """Confirm a proposal as the head, in one's own name."""
    row.confirmed_by_id = acting(session).actor.user_id


def turn_down(session: Session, row: ApplicantIdentity) -> None:
    """Turn a proposal down as the head, in one's own name."""
    row.rejected_by_id = acting(session).actor.user_id


def applicant_is_open(at: Standing) -> RuleViolation | None:
    """Who applies is corrected until acceptance, be it by silence; afterwards never."""
    status = at.stored("status")
    if status not in APPLICANT_IS_OPEN:
        return RuleViolation("applicant-is-fixed", field="applicant")
    return notice_period_runs(at) if status is Case.RECEIVED else None


def proposal_is_open(at: Standing) -> RuleViolation | None:
    """The proposal was neither confirmed nor turned down."""
    row: ApplicantIdentity = at.row
    is_open = row.confirmed_on is None and row.rejected_on is None
    return None if is_open else RuleViolation("identity-is-fixed")


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

_IDENTITIES = "applicant_identity"

ROW_ACTS: tuple[Act, ...] = (
    Act(
        "confirm", CONFIRMING, lambda at, _given: confirm(at.session, at.row), on=_IDENTITIES,
        needs=(proposal_is_open,),
    ),
    Act(
        "turn_down", CONFIRMING, lambda at, _given: turn_down(at.session, at.row), on=_IDENTITIES,
        needs=(proposal_is_open,),
    ),
)  # fmt: skip
