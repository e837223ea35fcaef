"""The rules of a case, each a sentence."""

from models.acts.act import holds_post
from models.acts.asking import reviews_are_done
from models.acts.clock import clock_runs
from models.acts.intake import answer_brings_something, materials_are_in, notice_period_runs
from models.application import Application
from models.enums import ApplicationStatus, Channel, Duty, Origin
from models.errors import RuleViolation
from models.hooks.derive_case import DECIDED_STATUS
from models.hooks.guarding import Guard, Judgement, ask
from models.questions.catalogue import why_no_applications

Case = ApplicationStatus

# Entering one of these from RECEIVED answers the application: possible in the five days only.
ANSWERS_WITHIN_NOTICE_PERIOD = frozenset({Case.NOT_ACCEPTED, Case.CORRECTING})
DECIDED = frozenset({Case.GRANTED, Case.REFUSED})
# The line of posts has come to its end: decided here, or sent to the organ that decides.
CONCLUDED = DECIDED | {Case.FORWARDED}
# Entering one of these is the work of a post, not only of a duty.
POST_OF_STATUS = {
    Case.ACCEPTED: Duty.ACCEPTANCE,
    Case.NOT_ACCEPTED: Duty.ACCEPTANCE,
    Case.CORRECTING: Duty.ACCEPTANCE,
    Case.GRANTED: Duty.DECISION,
    Case.REFUSED: Duty.DECISION,
    Case.DELIVERED: Duty.ACCEPTANCE,
    Case.FORWARDED: Duty.DECISION,
}


def _entered(j: Judgement) -> ApplicationStatus | None:
    case: Application = j.row
    if case.origin is Origin.IMPORTED or not j.change.changed("status"):
        return None
    return case.status


def item_takes_applications(j: Judgement) -> None:
    """An item that has ended, or is not offered, takes no new application."""
    case: Application = j.row
    if not j.change.is_new or case.origin is Origin.IMPORTED:
        return
    if refusal := why_no_applications(case.item_version, j.today):
        raise refusal


def case_has_an_applicant(j: Judgement) -> None:
    """A case that was received names who applies."""
    case: Application = j.row
    if case.origin is Origin.NATIVE and case.applicant is None and case.applicant_id is None:
        raise RuleViolation("applicant-is-missing", field="applicant")


def channel_is_known(j: Judgement) -> None:
    """A case handled here came in through a known channel."""
    case: Application = j.row
    if case.origin is Origin.NATIVE and not isinstance(case.channel, Channel):
        raise RuleViolation("channel-is-missing", field="channel")


def officer_holds_the_post(j: Judgement) -> None:
    """A step of the line is done by one who holds its post on that day (按岗定责)."""
    entered = _entered(j)
    post = POST_OF_STATUS.get(entered) if entered else None
    if post and not j.actor.is_system and not _is_approved(j):
        ask(j, holds_post(post))


def _is_approved(j: Judgement) -> bool:
    """Whether a second notice sends the case back, with which the head's duty approves."""
    return _entered(j) is Case.CORRECTING and any(
        n.approved_by_id is not None and n.answered_on is None for n in j.row.notices
    )


def answer_is_in_time(j: Judgement) -> None:
    """After five days without notice the case is accepted by law; no notice stops it (Art. 32)."""
    if _entered(j) in ANSWERS_WITHIN_NOTICE_PERIOD and j.change.was("status") is Case.RECEIVED:
        ask(j, notice_period_runs)


def silence_has_lasted(j: Judgement) -> None:
    """Time accepts a case only when the notice period has passed (Art. 32(4))."""
    case: Application = j.row
    if _entered(j) is Case.ACCEPTED and j.actor.is_system and not case.deemed_accepted:
        raise RuleViolation("notice-period-is-running", due=case.notice_due_on)


def correction_period_has_passed(j: Judgement) -> None:
    """Time ends an unanswered correction only when the applicant's time is over."""
    case: Application = j.row
    if _entered(j) is not Case.TERMINATED or j.change.was("status") is not Case.CORRECTING:
        return
    if case.correction_due_on is None or j.today <= case.correction_due_on:
        raise RuleViolation("correction-period-is-running", due=case.correction_due_on)


def materials_are_complete(j: Judgement) -> None:
    """An application is accepted when every required material is in (Art. 32(5)); what silence
    accepts is accepted as it is."""
    if _entered(j) is Case.ACCEPTED:
        ask(j, materials_are_in)


def correction_comes_with_its_notice(j: Judgement) -> None:
    """A correction is asked for in writing, and once: all that is missing (Art. 32(4))."""
    case: Application = j.row
    if _entered(j) is Case.CORRECTING and not any(
        n.answered_on is None and not n.is_waiting for n in case.notices
    ):
        raise RuleViolation("correction-needs-its-notice")


def correction_is_answered(j: Judgement) -> None:
    """An answer to a correction carries at least one of the things asked for (Art. 32(4))."""
    if _entered(j) is Case.RECEIVED and j.change.was("status") is Case.CORRECTING:
        ask(j, answer_brings_something)


def decision_comes_with_its_document(j: Judgement) -> None:
    """Grant and refusal are written decisions (Art. 38)."""
    case: Application = j.row
    entered = _entered(j)
    if entered not in DECIDED:
        return
    if case.decision is None or DECIDED_STATUS[case.decision.outcome] is not entered:
        raise RuleViolation("decision-needs-its-document")


def case_is_not_paused(j: Judgement) -> None:
    """While a special procedure runs its result is not there to be decided upon (Art. 45)."""
    if _entered(j) in CONCLUDED and not j.actor.is_system:
        ask(j, clock_runs)


def every_step_is_done(j: Judgement) -> None:
    """The line of posts may not be skipped: the decision comes after every review step."""
    # What silence grants waits for no step.
    if _entered(j) in CONCLUDED and not j.actor.is_system:
        ask(j, reviews_are_done)


def delivery_names_its_method(j: Judgement) -> None:
    """A certificate is delivered in a stated way (Art. 44)."""
    case: Application = j.row
    paper = case.certificate
    if _entered(j) is Case.DELIVERED and paper is not None and paper.delivery_method is None:
        raise RuleViolation("delivery-needs-its-method", field="delivery_method")


APPLICATION_GUARDS: tuple[Guard, ...] = (
    item_takes_applications,
    case_has_an_applicant,
    channel_is_known,
    officer_holds_the_post,
    answer_is_in_time,
    silence_has_lasted,
    correction_period_has_passed,
    materials_are_complete,
    correction_comes_with_its_notice,
    correction_is_answered,
    every_step_is_done,
    case_is_not_paused,
    decision_comes_with_its_document,
    delivery_names_its_method,
)
