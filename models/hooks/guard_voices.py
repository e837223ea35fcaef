"""The rules of complaints and ratings: what people say of the office, each a sentence."""

from sqlalchemy import select

from models.application import Application
from models.complaints import Complaint
from models.enums import Origin
from models.errors import RuleViolation
from models.hooks.guard_staffing import is_made_by_a_person
from models.hooks.guarding import Guard, Judgement
from models.hooks.keeping import day_is_set_once, fixed, once, today_and_once
from models.questions.people import holds_a_duty
from models.ratings import Rectification, ServiceRating
from models.rules.rating import why_no_follow_up


def _complaint_is_fixed(column: str) -> RuleViolation:
    return RuleViolation("complaint-is-fixed", field=column)


def _rating_is_fixed(column: str) -> RuleViolation:
    return RuleViolation("rating-is-fixed", field=column)


def _case_of(j: Judgement) -> Application | None:
    """The case that a row names, found by relationship or by key."""
    key = j.row.application_id
    return j.row.application or (j.session.get(Application, key) if key else None)


# --- complaints --------------------------------------------------------------------------------


def complaint_keeps_clear_of_its_subject(j: Judgement) -> None:
    """Nobody handles, or writes upon, a complaint about their own conduct (Art. 65; 回避)."""
    complaint: Complaint = j.row
    case = _case_of(j)
    subjects = {complaint.officer_id, case.officer_id if case else None} - {None}
    if {complaint.handler_id, j.actor.user_id} & subjects:
        raise RuleViolation("handler-is-the-subject", field="handler")


def handler_may_handle(j: Judgement) -> None:
    """A complaint is handled by one whose duty it is."""
    handler = j.row.handler_id
    if handler is None or not j.change.changed("handler_id"):
        return
    if not holds_a_duty(j.session, handler, Complaint.policy.writers, j.today):
        raise RuleViolation("handler-lacks-the-duty", field="handler")


def complaint_is_answered_by_its_handler(j: Judgement) -> None:
    """What came of a complaint is said by its handler, once (Art. 65)."""
    if not j.change.is_new and j.change.was("answered_on") is not None:
        raise RuleViolation("complaint-is-answered")
    if j.row.outcome and j.change.changed("outcome") and j.row.handler_id != j.actor.user_id:
        raise RuleViolation("complaint-is-its-handlers", field="outcome")


# --- ratings -----------------------------------------------------------------------------------


def rating_is_the_applicants(j: Judgement) -> None:
    """Applicants rate their own cases; officers never rate (好差评)."""
    case = _case_of(j)
    user_id = case.applicant.user_id if case and case.applicant else None
    if not j.actor.is_system and (user_id is None or user_id != j.actor.user_id):
        raise RuleViolation("case-is-not-yours")


def service_is_finished(j: Judgement) -> None:
    """A service is rated when it was given here: the case is accepted, or closed."""
    case = _case_of(j)
    if case is None or not j.change.is_new:
        return
    if case.origin is Origin.IMPORTED:
        raise RuleViolation("imported-case-is-read-only")
    if case.accepted_on is None and case.closed_on is None:
        raise RuleViolation("service-is-not-finished", field="application")


def service_is_rated_once(j: Judgement) -> None:
    """One rating for each service, and one more after a bad one was rectified (一次追评)."""
    rating: ServiceRating = j.row
    if not j.change.is_new:
        return
    earlier = j.session.execute(
        select(ServiceRating.level, ServiceRating.is_follow_up, Rectification.rectified_on)
        .outerjoin(Rectification, Rectification.rating_id == ServiceRating.id)
        .where(ServiceRating.application_id == rating.application_id)
        .order_by(ServiceRating.is_follow_up)
    ).all()
    code = why_no_follow_up([(r.level, r.is_follow_up, r.rectified_on) for r in earlier])
    if code == "service-is-rated-once":
        raise RuleViolation("service-is-rated-once")
    if code is not None:
        raise RuleViolation("follow-up-needs-a-rectification")


def rectification_keeps_clear_of_its_subject(j: Judgement) -> None:
    """The officer of the case does not rectify a bad rating of that work."""
    if j.change.is_new:
        return
    officer = j.row.rating.application.officer_id
    if officer is not None and officer == j.actor.user_id:
        raise RuleViolation("handler-is-the-subject")


def applicant_is_contacted_first(j: Judgement) -> None:
    """The applicant is called before the matter is put right (回访)."""
    if j.row.result and j.row.contacted_on is None:
        raise RuleViolation("contact-comes-first", field="result")


VOICE_GUARDS: dict[str, tuple[Guard, ...]] = {
    "complaint": (
        is_made_by_a_person,
        complaint_keeps_clear_of_its_subject,
        fixed(
            _complaint_is_fixed,
            "channel", "application_id", "certificate_id", "officer_id", "text", "handling_days",
        ),
        handler_may_handle,
        complaint_is_answered_by_its_handler,
    ),
    "service_rating": (
        fixed(_rating_is_fixed, "application_id", "level", "text", "channel"),
        service_is_finished,
        rating_is_the_applicants,
        service_is_rated_once,
    ),
    "rectification": (
        rectification_keeps_clear_of_its_subject,
        today_and_once("contacted_on"),
        applicant_is_contacted_first,
        once(day_is_set_once, "result"),
    ),
}  # fmt: skip
