"""What stands between a review and its end: decision, forwarding (Art. 35, 43), termination."""

from datetime import date

from models.application import Application
from models.certificate import Decision
from models.ending import Forwarding
from models.enums import ApplicationStatus, DecisionOutcome, HearingKind, ItemType, Origin
from models.errors import RuleViolation
from models.hearing import Hearing
from models.hooks.guard_review import (
    conditions_are_judged,
    inspection_is_done,
    part_is_on_an_accepted_case,
)
from models.hooks.guarding import Guard, Judgement
from models.questions.review import last_inspection, unmet_conditions

Case = ApplicationStatus


def _is_first_review(case: Application) -> bool:
    return case.item_version.licence_item.item_type is ItemType.FIRST_REVIEW


def decision_is_ours(j: Judgement) -> None:
    """What is only reviewed first here is decided by the higher organ (Art. 35)."""
    if j.change.is_new and not j.actor.is_system and _is_first_review(j.row.application):
        raise RuleViolation("item-is-forwarded")


def forwarding_is_of_a_first_review(j: Judgement) -> None:
    """Only a preliminary review (初审) is forwarded; everything else is decided here."""
    if not _is_first_review(j.row.application):
        raise RuleViolation("item-is-decided-here")


def review_is_whole(j: Judgement) -> None:
    """A case ends when its conditions are judged, its check is done, and all were heard; what
    silence renews waits for none of it (Art. 50)."""
    if not j.change.is_new or j.actor.is_system:
        return
    case: Application = j.row.application
    if case.origin is Origin.IMPORTED:
        return
    conditions_are_judged(case)
    inspection_is_done(case)
    hearings_are_over(case, j.today)
    parties_were_heard(case, j.today)


def hearings_are_over(case: Application, today: date) -> None:
    """While a hearing may be asked for, or is owed, nothing is decided (Art. 46-48)."""
    prescribed = [h for h in case.hearings if h.kind is HearingKind.BY_LAW]
    if case.item_version.hearing_required and not prescribed:
        raise RuleViolation("hearing-is-not-held")
    for hearing in case.hearings:
        _hearing_is_over(hearing, today)


def _hearing_is_over(hearing: Hearing, today: date) -> None:
    if hearing.held_on is not None or hearing.waived_on is not None:
        return
    if hearing.kind is HearingKind.BY_LAW or hearing.requested_on is not None:
        raise RuleViolation("hearing-is-not-held")
    due = hearing.request_due_on
    if due is not None and today <= due:
        raise RuleViolation("hearing-request-period-runs", due=due)


def parties_were_heard(case: Application, today: date) -> None:
    """Each interested party was told, and spoke, waived, or let its five days pass (Art. 36)."""
    waiting = [
        party.name
        for party in case.interested_parties
        if not party.stated_on
        and not party.has_waived
        and (party.answer_due_on is None or today <= party.answer_due_on)
    ]
    if waiting:
        raise RuleViolation("party-was-not-heard", parties=tuple(waiting))


def outcome_follows_the_verdicts(j: Judgement) -> None:
    """A permit is granted when every condition is met, and refused when one is not (Art. 38)."""
    decision: Decision = j.row
    case = decision.application
    if not j.change.is_new or decision.is_deemed or case.origin is Origin.IMPORTED:
        return
    if decision.outcome is DecisionOutcome.GRANTED:
        review_speaks_for_it(case)
    elif not decision.false_materials:
        refusal_has_its_ground(case)


def review_speaks_for_it(case: Application) -> None:
    """Every condition is met, and the check on the spot was passed (Art. 38, 55)."""
    if unmet := unmet_conditions(case):
        raise RuleViolation("condition-is-not-met", conditions=tuple(c.name for c in unmet))
    inspection = last_inspection(case)
    if inspection is not None and inspection.passes is False:
        raise RuleViolation("inspection-was-not-passed")


def refusal_has_its_ground(case: Application) -> None:
    """Who meets every condition of an item gets its permit (Art. 38)."""
    inspection = last_inspection(case)
    failed = inspection is not None and inspection.passes is False
    if case.item_version.conditions and not failed and not unmet_conditions(case):
        raise RuleViolation("refusal-needs-an-unmet-condition")


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
        review_speaks_for_it(forwarding.application)


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
        part_is_on_an_accepted_case,
        termination_gives_its_reasons,
    ),
}
