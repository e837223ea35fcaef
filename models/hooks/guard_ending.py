"""What stands between a review and its end: decision, forwarding (Art. 35, 43), termination."""

from models.acts.asking import may_move
from models.acts.decision import REVIEW_IS_WHOLE, item_is_decided_here, item_is_forwarded
from models.acts.review import refusal_has_its_ground, review_speaks_for_it
from models.application import Application
from models.certificate import Decision
from models.ending import Forwarding, Termination, Withdrawal
from models.enums import ApplicationStatus, DecisionOutcome, Origin
from models.errors import RuleViolation
from models.hooks.guard_proposal import (
    proposal_is_answered,
    proposal_is_fixed,
    refusal_says_why,
)
from models.hooks.guard_review import part_is_on_an_accepted_case
from models.hooks.guarding import Guard, Judgement, ask, gives_a_sentence
from models.questions.review import last_inspection
from models.rules.ending import who_terminates
from models.rules.reasons import has_words

Case = ApplicationStatus


def decision_is_ours(j: Judgement) -> None:
    """What is only reviewed first here is decided by the higher organ (Art. 35)."""
    if j.change.is_new and not j.actor.is_system:
        ask(j, item_is_decided_here)


def forwarding_is_of_a_first_review(j: Judgement) -> None:
    """Only a preliminary review (初审) is forwarded; everything else is decided here."""
    ask(j, item_is_forwarded)


def review_is_whole(j: Judgement) -> None:
    """A case ends when its conditions are judged, its check is done, and all were heard; what
    silence renews waits for none of it (Art. 50)."""
    if not j.change.is_new or j.actor.is_system:
        return
    case: Application = j.row.application
    if case.origin is not Origin.IMPORTED:
        ask(j, *REVIEW_IS_WHOLE)


def outcome_follows_the_verdicts(j: Judgement) -> None:
    """A permit is granted when every condition is met, and refused when one is not (Art. 38)."""
    decision: Decision = j.row
    case = decision.application
    if not j.change.is_new or decision.is_deemed or case.origin is Origin.IMPORTED:
        return
    if decision.outcome is DecisionOutcome.GRANTED:
        ask(j, review_speaks_for_it)
    elif not decision.false_materials:
        ask(j, refusal_has_its_ground)


def refusal_cites_the_standard(j: Judgement) -> None:
    """A refusal after a failed check cites the technical standard (Art. 55 ¶3)."""
    decision: Decision = j.row
    inspection = last_inspection(decision.application)
    if decision.outcome is not DecisionOutcome.REFUSED or not j.change.is_new:
        return
    if inspection is None or inspection.passes is not False:
        return
    said = f"{decision.reasons} {decision.legal_basis}"
    if inspection.technical_standard.strip() not in said:
        standard = inspection.technical_standard
        raise RuleViolation("refusal-cites-no-standard", field="legal_basis", standard=standard)


def document_is_written_once(j: Judgement) -> None:
    """A forwarding that was signed is not rewritten."""
    if not j.change.is_new:
        raise RuleViolation("decision-is-fixed")


def forwarding_is_complete(j: Judgement) -> None:
    """A forwarding says to whom, under which number, and what the review thinks (Art. 35)."""
    forwarding: Forwarding = j.row
    for column in ("to_organ", "document_number", "opinion"):
        if not has_words(getattr(forwarding, column)):
            raise RuleViolation("forwarding-is-incomplete", field=column)
    if forwarding.is_supported:
        ask(j, review_speaks_for_it)


def termination_says_all_of_it(j: Judgement) -> None:
    """An accepted case ends undecided in writing: reasons, basis, remedies, and the proof of its
    ground."""
    termination: Termination = j.row
    gives_a_sentence(j)
    if not has_words(termination.legal_basis):
        raise RuleViolation("legal-basis-is-missing", field="legal_basis")
    if not has_words(termination.remedies):
        raise RuleViolation("remedies-are-missing", field="remedies")
    if not has_words(termination.proof_number):
        raise RuleViolation("termination-needs-its-proof", field="proof_number")
    if termination.proof_on is None or termination.proof_on > j.today:
        raise RuleViolation("proof-has-its-day", field="proof_on")


def termination_is_answered(j: Judgement) -> None:
    """On a listed ground the head confirms, on any other the leader; never who proposed it."""
    proposal_is_fixed(j, "terminated_on", RuleViolation("ending-is-fixed"))
    refusal_says_why(j)
    proposal_is_answered(j)
    if j.row.is_answered and not j.actor.holds(who_terminates(j.row.ground)):
        raise RuleViolation("leader-confirms-other-grounds", field="ground")


def withdrawal_names_its_request(j: Judgement) -> None:
    """The window enters a written request: its number, its day, and how it came."""
    withdrawal: Withdrawal = j.row
    if not has_words(withdrawal.document_number):
        raise RuleViolation("withdrawal-names-its-request", field="document_number")
    if withdrawal.requested_on is None or withdrawal.requested_on > j.today:
        raise RuleViolation("proof-has-its-day", field="requested_on")


def withdrawal_is_answered(j: Judgement) -> None:
    """The head answers where the office would gain; what silence has made lawful before stands."""
    proposal_is_fixed(j, "withdrawn_on", RuleViolation("ending-is-fixed"))
    refusal_says_why(j)
    proposal_is_answered(j)
    if j.row.withdrawn_on is not None:
        ask(j, may_move("withdraw"))


def ending_comes_with_its_document(j: Judgement) -> None:
    """A case is forwarded, and an accepted one ended, by a written document; nobody but the
    applicant takes an application back without one."""
    case: Application = j.row
    if case.origin is Origin.IMPORTED or not j.change.changed("status"):
        return
    if case.status is Case.FORWARDED and case.forwarding is None:
        raise RuleViolation("forwarding-needs-its-document")
    was_accepted = j.change.was("status") is Case.ACCEPTED
    is_terminated = any(termination.terminated_on for termination in case.terminations)
    if case.status is Case.TERMINATED and was_accepted and not is_terminated:
        raise RuleViolation("termination-needs-its-document")
    if case.status is Case.WITHDRAWN and not _is_taken_back(j, case):
        raise RuleViolation("withdrawal-needs-its-request")


def _is_taken_back(j: Judgement, case: Application) -> bool:
    """Whether the applicant does it in person, or asked for it in writing."""
    if case.applicant is not None and case.applicant.user_id == j.actor.user_id:
        return True
    return any(withdrawal.withdrawn_on for withdrawal in case.withdrawals)


ENDING_GUARDS: dict[str, tuple[Guard, ...]] = {
    "application": (ending_comes_with_its_document,),
    "decision": (
        decision_is_ours,
        review_is_whole,
        outcome_follows_the_verdicts,
        refusal_cites_the_standard,
    ),
    "forwarding": (
        document_is_written_once,
        part_is_on_an_accepted_case,
        forwarding_is_of_a_first_review,
        forwarding_is_complete,
        review_is_whole,
    ),
    "termination": (termination_is_answered, termination_says_all_of_it),
    "withdrawal": (withdrawal_is_answered, withdrawal_names_its_request),
}
