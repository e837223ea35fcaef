"""The rules of whose case it is, each a sentence."""

from collections.abc import Iterator

from models.acts.act import holds_post
from models.application import Applicant, Application
from models.enums import (
    ApplicantKind,
    ApplicationStatus,
    AuditVerb,
    Duty,
    IdentityChange,
    IdentityKind,
    StepStatus,
)
from models.errors import RuleViolation
from models.hooks.guarding import Guard, Judgement, ask, confirms_in_person
from models.identity import ApplicantCorrection, ApplicantIdentity
from models.questions.applicants import holder_of
from models.questions.recusal import has_to_do_with, must_step_aside
from models.rules.codes import WRONG_CHECK_DIGIT
from models.rules.identity import ORGANISATION_CODE_ENDED, OWNERS, check_identity
from models.rules.reasons import has_words
from models.staff import User

ANSWERS = frozenset({"confirmed_by_id", "confirmed_on", "rejected_by_id", "rejected_on", "version"})
WHO_IT_IS = ("kind", "identity_kind", "identity_number")

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


def number_is_corrected_by_an_act(j: Judgement) -> None:
    """A number tells who somebody is: once written, another takes its place by a proof that the
    head confirms, and never by a form."""
    if j.change.table != "applicant" or j.change.verb is not AuditVerb.UPDATE:
        return
    if j.change.was("identity_number") is None:
        return
    for column in WHO_IT_IS:
        if j.change.changed(column):
            raise RuleViolation("number-is-fixed", field=column)


def identity_is_proposed_by_a_post(j: Judgement) -> None:
    """A further number, or another one, is proposed by the acceptance post; the first comes with
    its record."""
    if j.change.table != "applicant_identity" or j.change.verb is AuditVerb.DELETE:
        return
    row: ApplicantIdentity = j.row
    if j.actor.is_system:
        raise RuleViolation("move-needs-a-person", target=j.change.table)
    if not j.change.is_new:
        answered = j.change.was("confirmed_on") or j.change.was("rejected_on")
        if answered or set(j.change.before) - ANSWERS:
            raise RuleViolation("identity-is-fixed")
        return
    if row.applicant is None and row.applicant_id is not None:
        row.applicant = j.session.get_one(Applicant, row.applicant_id)
    for column in ("applicant", "change"):
        if getattr(row, column) is None:
            raise RuleViolation("is-missing", field=column)
    if row.change is IdentityChange.REGISTERED:
        raise RuleViolation("identity-comes-with-its-record", field="change")
    ask(j, holds_post(Duty.ACCEPTANCE))


# --- a number ------------------------------------------------------------------------------------


def number_is_of_this_kind_of_applicant(j: Judgement) -> None:
    """A person has documents, an organisation a code of its register."""
    row: ApplicantIdentity = j.row
    kind = row.identity_kind
    if j.change.is_new and kind is not None and OWNERS.get(kind) is not row.applicant.kind:
        raise RuleViolation("identity-is-of-another-kind", field="identity_kind")


def number_checks(j: Judgement) -> None:
    """A number has the shape of its kind, and the right check character (GB 32100, 11643, 11714).

    Real credit codes with a wrong one exist: such a code is proposed with its proof, for the head.
    """
    row: ApplicantIdentity = j.row
    if not j.change.is_new or row.identity_kind is None or row.identity_number is None:
        return
    found = check_identity(row.identity_kind, row.identity_number)
    is_proposed = row.change is not IdentityChange.REGISTERED
    is_known_to_happen = (
        row.identity_kind is IdentityKind.CREDIT_CODE and found.reason == WRONG_CHECK_DIGIT
    )
    if not found.valid and not (is_proposed and is_known_to_happen):
        raise RuleViolation(
            f"identity-{found.reason}", field="identity_number", expected=found.expected
        )


def organisation_code_is_of_its_years(j: Judgement) -> None:
    """Before 2015 an organisation was known by its organisation code; since then by its credit
    code, and the old code is kept beside it."""
    row: ApplicantIdentity = j.row
    is_first = j.change.is_new and row.change is IdentityChange.REGISTERED
    if not is_first or row.identity_kind is not IdentityKind.ORGANISATION_CODE:
        return
    if j.today.year >= ORGANISATION_CODE_ENDED and not j.actor.is_system:
        raise RuleViolation("organisation-code-has-ended", field="identity_kind")


def number_is_nobody_elses(j: Judgement) -> None:
    """One row for each identity: a number that tells, or told, who another one is tells nothing
    new; two rows of one person are put together."""
    row: ApplicantIdentity = j.row
    if row.change is IdentityChange.SAME_PERSON or not j.change.is_new:
        return
    if row.identity_kind is None or row.identity_number is None:
        return
    holder = holder_of(j.session, row.identity_kind, row.identity_number)
    if holder is not None:
        raise RuleViolation("number-is-known", field="identity_number")


# --- a proposal ----------------------------------------------------------------------------------

NUMBERED = frozenset({IdentityChange.CORRECTED, IdentityChange.ADDED, IdentityChange.SAME_PERSON})


def proposal_has_its_proof(j: Judgement) -> None:
    """A proposal names the number and the document that shows it, with its day."""
    row: ApplicantIdentity = j.row
    if row.change is IdentityChange.REGISTERED or not j.change.is_new:
        return
    if row.change in NUMBERED and (row.identity_number is None or row.identity_kind is None):
        raise RuleViolation("identity-names-its-number", field="identity_number")
    if not has_words(row.proof) or row.proof_on is None or row.proof_on > j.today:
        raise RuleViolation("identity-has-its-proof", field="proof")
    if row.change is IdentityChange.SAME_PERSON and row.other is None:
        raise RuleViolation("applicant-is-unknown", field="identity_number")


def only_a_foreign_organisation_has_no_number(j: Judgement) -> None:
    """Whoever applies has a number; a foreign organisation may have none, and the head says so."""
    row: ApplicantIdentity = j.row
    if row.change is not IdentityChange.WITHOUT_NUMBER or not j.change.is_new:
        return
    has_one = row.identity_number is not None or row.applicant.identity_number is not None
    if has_one or row.applicant.kind is not ApplicantKind.ORGANISATION:
        raise RuleViolation("only-an-organisation-has-no-number", field="change")


def proposal_is_answered_by_the_head(j: Judgement) -> None:
    """The head confirms or turns down in person, and never one's own proposal."""
    row: ApplicantIdentity = j.row
    for column in ("confirmed_by_id", "rejected_by_id"):
        answered_by = getattr(row, column)
        if not j.change.changed(column) or answered_by is None:
            continue
        if not confirms_in_person(j, answered_by):
            raise RuleViolation("identity-is-confirmed-by-the-head", field=column)
        if answered_by == row.proposed_by_id:
            raise RuleViolation("confirmer-is-not-the-proposer", field=column)


def identity_is_no_friends_work(j: Judgement) -> None:
    """Who is linked to an applicant neither proposes nor confirms that one's number (回避)."""
    row: ApplicantIdentity = j.row
    if row.change is IdentityChange.REGISTERED:
        return
    for key in (row.applicant_id, row.other_id):
        if has_to_do_with(j.session, j.actor.user_id, key, j.today):
            raise RuleViolation("officer-is-linked")


# --- the correction of an applicant --------------------------------------------------------------


def correction_is_fixed(j: Judgement) -> None:
    """What was corrected, and why, is not rewritten."""
    if not j.change.is_new:
        raise RuleViolation("correction-is-fixed")


def correction_says_why(j: Judgement) -> None:
    """A correction names another applicant, and gives its reason."""
    correction: ApplicantCorrection = j.row
    if not has_words(correction.reason):
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


IDENTITY_ACT_GUARDS: tuple[Guard, ...] = (
    applicant_and_channel_are_fixed,
    number_is_corrected_by_an_act,
    identity_is_proposed_by_a_post,
)

IDENTITY_GUARDS: dict[str, tuple[Guard, ...]] = {
    "applicant_identity": (
        number_is_of_this_kind_of_applicant,
        number_checks,
        organisation_code_is_of_its_years,
        number_is_nobody_elses,
        proposal_has_its_proof,
        only_a_foreign_organisation_has_no_number,
        proposal_is_answered_by_the_head,
        identity_is_no_friends_work,
    ),
    "applicant_correction": (
        correction_is_fixed,
        correction_says_why,
        right_applicant_meets_no_friend,
    ),
}
