"""The rules of notices, suspensions, extensions, decisions and materials, each a sentence."""

from models.acts.asking import stands_at
from models.acts.clock import (
    case_is_extended_once,
    extension_is_anothers_wish,
    extension_is_in_time,
)
from models.acts.decision import was_heard
from models.application import Application
from models.base import stored
from models.certificate import Certificate, Decision
from models.enums import (
    ApplicationStatus,
    CertificateStatus,
    DecisionOutcome,
    Duty,
    Necessity,
)
from models.errors import RuleViolation
from models.hooks.guarding import (
    Guard,
    Judgement,
    ask,
    confirms_in_person,
    gives_a_sentence,
    standing_of,
)
from models.rules.acceptance import longest_extension
from models.rules.reasons import has_words

Case = ApplicationStatus


def notice_answers_a_received_case(j: Judgement) -> None:
    """A correction notice answers an application that waits for its acceptance."""
    if j.change.is_new:
        ask(j, stands_at(Case.RECEIVED))


def suspension_is_on_an_accepted_case(j: Judgement) -> None:
    """Only the decision clock is stopped by a special procedure (Art. 45)."""
    if j.change.is_new and j.row.application.status is not Case.ACCEPTED:
        raise RuleViolation("case-is-not-accepted")


def procedure_runs_once_at_a_time(j: Judgement) -> None:
    """Procedures may overlap, but one of a kind is entered again when it has ended."""
    others = [s for s in j.row.application.suspensions if s is not j.row and s.ended_on is None]
    if j.change.is_new and j.row.kind in {s.kind for s in others}:
        raise RuleViolation("procedure-is-running", field="kind", kind=j.row.kind)


def suspension_tells_its_end(j: Judgement) -> None:
    """The applicant is notified in writing of how long the procedure takes (Art. 45)."""
    if j.change.is_new and not has_words(j.row.notice_number):
        raise RuleViolation("suspension-needs-its-notice", field="notice_number")
    if j.change.is_new and (j.row.planned_end_on is None or j.row.planned_end_on < j.today):
        raise RuleViolation("planned-end-is-past", field="planned_end_on")


def suspension_ends_today(j: Judgement) -> None:
    """A pause ends on the day on which that is entered; it is never rewritten afterwards."""
    if j.change.is_new:
        if j.row.ended_on is not None:
            raise RuleViolation("suspension-ends-today", field="ended_on")
        return
    if j.change.was("ended_on") is not None or set(j.change.before) - {"ended_on", "version"}:
        raise RuleViolation("suspension-is-fixed")
    # What silence ends may have begun after its lawful day.
    if j.row.ended_on != j.today and not j.actor.is_system:
        raise RuleViolation("suspension-ends-today", field="ended_on")


def extension_is_on_an_accepted_case(j: Judgement) -> None:
    """Only the decision clock is extended (Art. 42)."""
    if j.row.application.status is not Case.ACCEPTED:
        raise RuleViolation("case-is-not-accepted")


def extension_is_given_once(j: Judgement) -> None:
    """A case is extended once (Art. 42)."""
    if j.change.is_new:
        ask(j, case_is_extended_once)


def extension_is_within_the_law(j: Judgement) -> None:
    """One to ten working days; fifteen in joint handling (Art. 42)."""
    mode = j.row.application.item_version.licence_item.handling_mode
    most = longest_extension(mode)
    if j.row.days is None or not 1 <= j.row.days <= most:
        raise RuleViolation("extension-is-too-long", field="days", most=most)


def extension_gives_its_reason(j: Judgement) -> None:
    """The applicant is notified of the reason (Art. 42)."""
    if not has_words(j.row.reason):
        raise RuleViolation("reason-is-missing", field="reason")


def extension_is_approved_by_the_leader(j: Judgement) -> None:
    """The leader of the organ approves, in person, on or before the due date (Art. 42); the head of
    the section under the leader's written delegation only."""
    if not j.change.is_new and j.change.was("approved_by_id") is not None:
        raise RuleViolation("extension-is-fixed")
    if j.row.approved_by_id is None:
        return
    if not confirms_in_person(j, j.row.approved_by_id):
        raise RuleViolation("leader-approves", field="approved_by_id")
    if Duty.LEADER not in j.actor.duties and not has_words(j.row.delegation_number):
        raise RuleViolation("delegation-is-missing", field="delegation_number")
    if j.row.delegation_on is not None and j.row.delegation_on > j.today:
        raise RuleViolation("day-is-to-come", field="delegation_on", day=j.row.delegation_on)
    ask(j, extension_is_anothers_wish, extension_is_in_time)


def decision_is_on_an_accepted_case(j: Judgement) -> None:
    """Only an accepted case is decided, and once."""
    decision: Decision = j.row
    if j.change.is_new and not decision.is_deemed:
        ask(j, stands_at(Case.ACCEPTED))


def decision_is_fixed(j: Judgement) -> None:
    """A decision that was given is not rewritten."""
    if not j.change.is_new:
        raise RuleViolation("decision-is-fixed")


def refusal_gives_reasons_and_remedies(j: Judgement) -> None:
    """A refusal states its reasons, its legal basis and the remedies (Art. 38)."""
    decision: Decision = j.row
    if decision.outcome is not DecisionOutcome.REFUSED:
        return
    for column in ("reasons", "legal_basis", "remedies"):
        if not has_words(getattr(decision, column)):
            raise RuleViolation(f"refusal-needs-{column.replace('_', '-')}", field=column)
    gives_a_sentence(j)


def decision_cites_the_minutes(j: Judgement) -> None:
    """After a hearing the decision is made according to its minutes, and says so (Art. 48)."""
    decision: Decision = j.row
    if not j.change.is_new or decision.is_deemed or has_words(decision.hearing_minutes):
        return
    if was_heard(standing_of(j)):
        raise RuleViolation("decision-cites-the-minutes", field="hearing_minutes")


def material_is_of_this_item(j: Judgement) -> None:
    """A case takes the materials of its own item version and no others (Art. 31)."""
    case: Application = j.row.application
    if j.row.material_requirement_id not in {m.id for m in case.item_version.materials}:
        raise RuleViolation("material-is-of-another-item", field="material_requirement_id")


def material_comes_before_acceptance(j: Judgement) -> None:
    """The checklist is settled at acceptance; deferrable materials may follow."""
    case: Application = j.row.application
    open_to_all = (Case.DRAFT, Case.RECEIVED, Case.CORRECTING)
    if case.status not in open_to_all and stored(case, "status") not in open_to_all:
        if j.row.requirement.necessity is not Necessity.DEFERRABLE:
            raise RuleViolation("materials-are-settled")


def certificate_expires_after_its_last_day(j: Judgement) -> None:
    """A certificate is in force up to and including its last valid day."""
    paper: Certificate = j.row
    if paper.status is not CertificateStatus.EXPIRED or not j.change.changed("status"):
        return
    if paper.valid_until is None or j.today <= paper.valid_until:
        raise RuleViolation("certificate-is-valid", until=paper.valid_until)


PART_GUARDS: dict[str, tuple[Guard, ...]] = {
    "correction_notice": (notice_answers_a_received_case,),
    "clock_suspension": (
        suspension_is_on_an_accepted_case,
        procedure_runs_once_at_a_time,
        suspension_tells_its_end,
        suspension_ends_today,
    ),
    "deadline_extension": (
        extension_is_on_an_accepted_case,
        extension_is_given_once,
        extension_is_within_the_law,
        extension_gives_its_reason,
        extension_is_approved_by_the_leader,
    ),
    "decision": (
        decision_is_fixed,
        decision_is_on_an_accepted_case,
        refusal_gives_reasons_and_remedies,
        decision_cites_the_minutes,
    ),
    "certificate": (certificate_expires_after_its_last_day,),
    "submitted_material": (material_is_of_this_item, material_comes_before_acceptance),
}
