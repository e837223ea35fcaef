"""The rules of intake (Art. 29, 32, 78, 79), each a sentence."""

from models.acts.act import holds_post
from models.acts.asking import draft_is_its_applicants, stands_at
from models.acts.intake import first_contact_hands_over, notice_period_runs
from models.application import Application
from models.base import stored
from models.catalogue import MaterialRequirement
from models.enums import (
    ApplicationStatus,
    AuditVerb,
    DecisionOutcome,
    Duty,
    IntakeResult,
    Necessity,
    Origin,
)
from models.errors import RuleViolation
from models.hooks.bans import banned_until
from models.hooks.changes import case_of
from models.hooks.guard_guidance import GUIDANCE_GUARDS
from models.hooks.guard_notice import NOTICE_GUARDS
from models.hooks.guarding import Guard, Judgement, ask, gives_a_sentence
from models.intake import FirstContactHandover, IntakeAnswer
from models.questions.people import holds_a_duty
from models.questions.recusal import acts_as_applicant
from models.rules.codes import KINDS
from models.rules.duties import CASEWORK
from models.rules.identity import serves
from models.rules.intake import APPLICANT_IS_OPEN, DERIVED_RESULTS, GROUNDS_OF_NON_ACCEPTANCE
from models.rules.reasons import has_words

Case = ApplicationStatus
# What an applicant hands in.
HIS_OWN = ("application", "submitted_material")
# While a case stands here, the application is in the applicant's own hands.
WITH_THE_APPLICANT = (None, Case.DRAFT, Case.CORRECTING)


# --- what a person may write by hand -------------------------------------------------------


def answer_follows_from_its_act(j: Judgement) -> None:
    """Acceptance and a notice bring their answers with them; nobody writes those (Art. 32)."""
    if j.change.table == "intake_answer" and j.change.is_new and j.row.result in DERIVED_RESULTS:
        raise RuleViolation("answer-follows-from-its-act", field="result")


def draft_is_written_by_its_applicant(j: Judgement) -> None:
    """What a draft says is written by who applies; its moves say themselves whose they are."""
    if j.change.table not in HIS_OWN or j.actor.is_system:
        return
    is_a_move = j.change.verb is AuditVerb.UPDATE and set(j.change.before) <= {"status", "version"}
    if not is_a_move and case_of(j.session, j.change.row) is not None:
        ask(j, draft_is_its_applicants)


def applicant_works_on_what_is_in_hand(j: Judgement) -> None:
    """An applicant writes the application while it is a draft or sent back to be corrected."""
    if j.change.table not in HIS_OWN:
        return
    case = case_of(j.session, j.change.row)
    if case is None or not acts_as_applicant(j.session, j.actor, case):
        return
    if j.change.table == "application" and j.change.verb is AuditVerb.UPDATE:
        if j.change.changed("applicant_id"):
            raise RuleViolation("case-is-not-yours")
        if not set(j.change.before) - {"status", "version"}:
            return
    if stored(case, "status") in WITH_THE_APPLICANT or _may_follow(j, case):
        return
    raise RuleViolation("application-is-with-the-office")


def _may_follow(j: Judgement, case: Application) -> bool:
    """Whether a material comes in that was allowed to follow the acceptance (容缺)."""
    if j.change.table != "submitted_material" or not j.change.is_new:
        return False
    material = j.row
    asked = material.requirement or j.session.get(
        MaterialRequirement, material.material_requirement_id
    )
    is_deferrable = asked is not None and asked.necessity is Necessity.DEFERRABLE
    return is_deferrable and stored(case, "status") is Case.ACCEPTED


# --- the case --------------------------------------------------------------------------------


def non_acceptance_comes_with_its_answer(j: Judgement) -> None:
    """An application is not accepted in writing, for one of two grounds (Art. 32(1), (2))."""
    case: Application = j.row
    if case.origin is Origin.IMPORTED or not j.change.changed("status"):
        return
    answered = any(answer.result in GROUNDS_OF_NON_ACCEPTANCE for answer in case.answers)
    if case.status is Case.NOT_ACCEPTED and not answered:
        raise RuleViolation("answer-needs-its-document")


def applies_now(j: Judgement) -> bool:
    """Whether an application comes in, or is now that of another applicant: then every rule of
    intake about who applies is asked."""
    case: Application = j.row
    if case.origin is Origin.IMPORTED or case.status not in APPLICANT_IS_OPEN:
        return False
    comes_in = j.change.changed("status") and j.change.was("status") is not Case.CORRECTING
    return comes_in or j.change.changed("applicant_id")


def applicant_is_not_banned(j: Judgement) -> None:
    """Who deceived the office does not apply for that item again for a time (Art. 78, 79)."""
    case: Application = j.row
    if not applies_now(j) or case.applicant_id is None:
        return
    until = banned_until(j.session, case.applicant_id, case.licence_item_id, j.today)
    if until is not None:
        raise RuleViolation("applicant-is-banned", field="applicant", until=until)


def applicant_has_a_number(j: Judgement) -> None:
    """Who applies is known by a number: without one nobody could tell who is banned or linked."""
    case: Application = j.row
    if not applies_now(j) or case.applicant is None:
        return
    if case.applicant.identity_number is None and not case.applicant.is_without_number:
        raise RuleViolation("applicant-has-no-number", field="applicant")


def item_serves_the_applicant(j: Judgement) -> None:
    """An item is applied for by those whom it serves (服务对象): persons, organisations or both."""
    case: Application = j.row
    if not applies_now(j) or case.applicant is None:
        return
    served = case.item_version.service_object
    if not serves(served, case.applicant.kind):
        raise RuleViolation("item-serves-others", field="applicant", served=served)


def agent_number_checks(j: Judgement) -> None:
    """An agent is a person with a name and an ID number that checks (Art. 29, GB 11643)."""
    case: Application = j.row
    if case.origin is Origin.IMPORTED:
        return
    if not case.agent_name and (case.agent_identity_number or case.agent_phone):
        raise RuleViolation("agent-has-a-name", field="agent_name")
    if not case.agent_identity_number or not j.change.changed("agent_identity_number"):
        return
    found = KINDS["id"](case.agent_identity_number)
    if not found.valid:
        raise RuleViolation(
            f"identity-{found.reason}", field="agent_identity_number", expected=found.expected
        )


# --- the written answer ------------------------------------------------------------------------


def answer_is_fixed(j: Judgement) -> None:
    """An answer that was given is not rewritten."""
    if not j.change.is_new:
        raise RuleViolation("answer-is-fixed")


def answer_is_to_a_received_case(j: Judgement) -> None:
    """Only an application that waits for its answer is answered, within the five days."""
    answer: IntakeAnswer = j.row
    if answer.result in DERIVED_RESULTS or not j.change.is_new:
        return
    ask(j, stands_at(Case.RECEIVED), notice_period_runs, holds_post(Duty.ACCEPTANCE))


def answer_says_why(j: Judgement) -> None:
    """An answer gives its reasons; who is not competent names the right organ (Art. 32(2))."""
    answer: IntakeAnswer = j.row
    if answer.result in DERIVED_RESULTS:
        return
    if not has_words(answer.reasons):
        raise RuleViolation("answer-gives-its-reasons", field="reasons")
    if answer.result in GROUNDS_OF_NON_ACCEPTANCE:
        gives_a_sentence(j)
    if answer.result is IntakeResult.NOT_COMPETENT and not has_words(answer.proper_organ):
        raise RuleViolation("proper-organ-is-missing", field="proper_organ")


# --- first contact, false materials --------------------------------------------------------------


def handover_is_in_order(j: Judgement) -> None:
    """The first contact, or a leader, hands a case over to another officer, with a reason."""
    handover: FirstContactHandover = j.row
    if not j.change.is_new:
        raise RuleViolation("handover-is-fixed")
    if not has_words(handover.reason):
        raise RuleViolation("reason-is-missing", field="reason")
    ask(j, first_contact_hands_over)
    if handover.to_user_id == handover.from_user_id:
        raise RuleViolation("handover-is-to-another", field="to_user")
    if not holds_a_duty(j.session, handover.to_user_id, CASEWORK, j.today):
        raise RuleViolation("handover-needs-an-officer", field="to_user")


def false_materials_mean_refusal(j: Judgement) -> None:
    """False materials are a ground of refusal (Art. 78)."""
    if j.row.false_materials and j.row.outcome is not DecisionOutcome.REFUSED:
        raise RuleViolation("false-materials-mean-refusal", field="false_materials")


INTAKE_ACT_GUARDS: tuple[Guard, ...] = (
    answer_follows_from_its_act,
    draft_is_written_by_its_applicant,
    applicant_works_on_what_is_in_hand,
)

INTAKE_GUARDS: dict[str, tuple[Guard, ...]] = {
    "application": (
        non_acceptance_comes_with_its_answer,
        applicant_has_a_number,
        applicant_is_not_banned,
        item_serves_the_applicant,
        agent_number_checks,
    ),
    "intake_answer": (answer_is_fixed, answer_is_to_a_received_case, answer_says_why),
    "first_contact_handover": (handover_is_in_order,),
    "decision": (false_materials_mean_refusal,),
    **NOTICE_GUARDS,
    **GUIDANCE_GUARDS,
}
