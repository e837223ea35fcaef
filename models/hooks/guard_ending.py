"""What stands between a review and its end: decision, forwarding (Art. 35, 43), termination."""

from models.acts.decision import REVIEW_IS_WHOLE, item_is_decided_here, item_is_forwarded
from models.acts.review import refusal_has_its_ground, review_speaks_for_it
from models.application import Application
from models.certificate import Decision
from models.ending import Forwarding
from models.enums import ApplicationStatus, DecisionOutcome, Origin
from models.errors import RuleViolation
from models.hooks.guard_review import part_is_on_an_accepted_case
from models.hooks.guarding import Guard, Judgement, ask
from models.questions.review import last_inspection

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
    """A forwarding or a termination that was signed is not rewritten."""
    if not j.change.is_new:
        raise RuleViolation("decision-is-fixed")


def forwarding_is_complete(j: Judgement) -> None:
    """A forwarding says to whom, under which number, and what the review thinks (Art. 35)."""
    forwarding: Forwarding = j.row
    for column in ("to_organ", "document_number", "opinion"):
        if not (getattr(forwarding, column) or "").strip():
            raise RuleViolation("forwarding-is-incomplete", field=column)
    if forwarding.is_supported:
        ask(j, review_speaks_for_it)


def termination_gives_its_reasons(j: Judgement) -> None:
    """An accepted case ends without a decision only for a written reason."""
    if not (j.row.reasons or "").strip():
        raise RuleViolation("reason-is-missing", field="reasons")


def ending_comes_with_its_document(j: Judgement) -> None:
    """A case is forwarded, and an accepted one ended, by a written document."""
    case: Application = j.row
    if case.origin is Origin.IMPORTED or not j.change.changed("status"):
        return
    if case.status is Case.FORWARDED and case.forwarding is None:
        raise RuleViolation("forwarding-needs-its-document")
    was_accepted = j.change.was("status") is Case.ACCEPTED
    if case.status is Case.TERMINATED and was_accepted and case.termination is None:
        raise RuleViolation("termination-needs-its-document")


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
    "termination": (
        document_is_written_once,
        termination_gives_its_reasons,
    ),
}
