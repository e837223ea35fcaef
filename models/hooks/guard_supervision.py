"""The rules of supervision orders, of the checks of permit holders, of referrals, complaints and
ratings, each a sentence."""

from collections.abc import Callable

from sqlalchemy import select

from models.application import Application
from models.complaints import Complaint
from models.enums import Origin
from models.errors import RuleViolation
from models.hooks.changes import stored
from models.hooks.guard_handover import HANDOVER_GUARDS, LEADERS, is_made_by_a_person
from models.hooks.guarding import Guard, Judgement
from models.orders import SupervisionOrder
from models.queries import holds_a_duty
from models.ratings import Rectification, ServiceRating
from models.recusal import must_step_aside
from models.rules.rating import why_no_follow_up
from models.rules.writers import WRITERS
from models.supervision import SupervisionRecord

# --- what is said once -------------------------------------------------------------------------


Refusal = Callable[[str], RuleViolation]


def _order_is_fixed(column: str) -> RuleViolation:
    return RuleViolation("order-is-fixed", field=column)


def _referral_is_fixed(column: str) -> RuleViolation:
    return RuleViolation("referral-is-fixed", field=column)


def _complaint_is_fixed(column: str) -> RuleViolation:
    return RuleViolation("complaint-is-fixed", field=column)


def _rating_is_fixed(column: str) -> RuleViolation:
    return RuleViolation("rating-is-fixed", field=column)


def _day_is_set_once(column: str) -> RuleViolation:
    return RuleViolation("day-is-set-once", field=column)


def _fixed(refusal: Refusal, *columns: str) -> Guard:
    def what_was_said_is_fixed(j: Judgement) -> None:
        """What a document states does not change afterwards."""
        for column in columns:
            if not j.change.is_new and j.change.changed(column):
                raise refusal(column)

    return what_was_said_is_fixed


def _once(refusal: Refusal, column: str) -> Guard:
    def what_was_written_stays(j: Judgement) -> None:
        """What was left open is written once."""
        if not j.change.is_new and j.change.changed(column) and j.change.was(column):
            raise refusal(column)

    return what_was_written_stays


def _today_and_once(*columns: str) -> Guard:
    def the_day_is_today(j: Judgement) -> None:
        """What is done is dated on its day, once: nobody dates back."""
        for column in columns:
            value = getattr(j.row, column)
            if not j.change.changed(column) or (j.change.is_new and value is None):
                continue
            if j.change.was(column) is not None:
                raise _day_is_set_once(column)
            if value != j.today:
                raise RuleViolation("day-is-today", field=column)

    return the_day_is_today


# --- supervision orders ------------------------------------------------------------------------


def order_is_a_leaders(j: Judgement) -> None:
    """Orders are given, sent back and closed by supervision or the head (Art. 10, 60)."""
    ours = j.change.is_new or j.change.changed("returned_count")
    if (ours or j.change.changed("accepted_by_id")) and not j.actor.holds(LEADERS):
        raise RuleViolation("order-is-a-leaders")


def who_orders_is_not_linked(j: Judgement) -> None:
    """Who is linked to the applicant of a case steps aside from it, as a leader too (回避)."""
    order: SupervisionOrder = j.row
    case = j.session.get(Application, order.application_id) if order.application_id else None
    if j.change.is_new and case and must_step_aside(j.session, j.actor.user_id, case, j.today):
        raise RuleViolation("officer-is-linked")


def addressee_is_an_officer(j: Judgement) -> None:
    """An order goes to one who can answer it."""
    order: SupervisionOrder = j.row
    duties = WRITERS["supervision_order"]
    if j.change.is_new and not holds_a_duty(j.session, order.addressee_id, duties, j.today):
        raise RuleViolation("addressee-is-no-officer", field="addressee")


def closed_order_is_fixed(j: Judgement) -> None:
    """A closed order is kept as it is."""
    if not j.change.is_new and j.change.was("accepted_on") is not None:
        raise RuleViolation("order-is-closed")


def order_is_answered_by_its_addressee(j: Judgement) -> None:
    """Only the addressee answers, and an answer is given once (监督有效)."""
    order: SupervisionOrder = j.row
    if j.change.is_new or not j.change.changed("answer") or j.change.changed("returned_count"):
        return
    if order.addressee_id != j.actor.user_id:
        raise RuleViolation("answer-is-the-addressees", field="answer")
    if j.change.was("answer"):
        raise RuleViolation("order-is-answered", field="answer")


def only_an_answer_comes_back(j: Judgement) -> None:
    """Sent back or closed is only what was answered."""
    order: SupervisionOrder = j.row
    is_back = bool(order.return_reason) and j.change.changed("return_reason")
    is_closing = order.accepted_by_id is not None and j.change.changed("accepted_by_id")
    if (is_back or is_closing) and j.change.was("answered_on") is None:
        raise RuleViolation("order-is-not-answered")


def order_is_closed_in_ones_own_name(j: Judgement) -> None:
    """Nobody closes an order that was given to himself, and each signs for himself."""
    order: SupervisionOrder = j.row
    if not j.change.changed("accepted_by_id") or order.accepted_by_id is None:
        return
    if order.accepted_by_id != j.actor.user_id or order.addressee_id == j.actor.user_id:
        raise RuleViolation("nobody-closes-his-own-order")


def order_begins_unanswered(j: Judgement) -> None:
    """An answer comes after its order."""
    if j.change.is_new and (j.row.answer or j.row.accepted_by_id or j.row.return_reason):
        raise RuleViolation("order-is-not-answered")


# --- supervision of permit holders -------------------------------------------------------------


def signed_record_is_fixed(j: Judgement) -> None:
    """A signed record is archived as it is (Art. 61); later only the correction is noted."""
    changed = set(j.change.before) - {"corrected_on", "version"}
    if not j.change.is_new and j.change.was("signed_on") is not None and changed:
        raise RuleViolation("signed-record-is-fixed")


def two_persons_check(j: Judgement) -> None:
    """A check is made, and its record signed, by two persons at least (Art. 61)."""
    record: SupervisionRecord = j.row
    if record.signed_on is None or not j.change.changed("signed_on"):
        return
    gone = set(j.session.deleted)
    people = {i.user_id for i in record.inspectors if i not in gone}
    if len(people) < 2:
        raise RuleViolation("supervision-needs-two", field="inspectors")


def visit_has_taken_place(j: Judgement) -> None:
    """A record tells what has happened."""
    visited_on = j.row.visited_on
    if visited_on is not None and visited_on > j.today:
        raise RuleViolation("visit-is-in-the-future", field="visited_on")


def inspectors_of_a_signed_record_stay(j: Judgement) -> None:
    """Who checked is part of the signed record (Art. 61)."""
    record = j.row.record or j.session.get(SupervisionRecord, j.row.record_id)
    if record is not None and stored(record, "signed_on") is not None:
        raise RuleViolation("signed-record-is-fixed")


def _case_of(j: Judgement) -> Application | None:
    """The case that a row names, found by relationship or by key."""
    key = j.row.application_id
    return j.row.application or (j.session.get(Application, key) if key else None)


# --- complaints --------------------------------------------------------------------------------


def complaint_keeps_clear_of_its_subject(j: Judgement) -> None:
    """Nobody handles, or writes upon, a complaint about himself (Art. 65; 回避)."""
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
    if not holds_a_duty(j.session, handler, WRITERS["complaint"], j.today):
        raise RuleViolation("handler-lacks-the-duty", field="handler")


def complaint_is_answered_by_its_handler(j: Judgement) -> None:
    """What came of a complaint is said by its handler, once (Art. 65)."""
    if not j.change.is_new and j.change.was("answered_on") is not None:
        raise RuleViolation("complaint-is-answered")
    if j.row.outcome and j.change.changed("outcome") and j.row.handler_id != j.actor.user_id:
        raise RuleViolation("complaint-is-its-handlers", field="outcome")


# --- ratings -----------------------------------------------------------------------------------


def rating_is_the_applicants(j: Judgement) -> None:
    """The applicant rates his own case; officers never rate (好差评)."""
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
    """The officer of the case does not rectify a bad rating of his own work."""
    if j.change.is_new:
        return
    officer = j.row.rating.application.officer_id
    if officer is not None and officer == j.actor.user_id:
        raise RuleViolation("handler-is-the-subject")


def applicant_is_contacted_first(j: Judgement) -> None:
    """The applicant is called before the matter is put right (回访)."""
    if j.row.result and j.row.contacted_on is None:
        raise RuleViolation("contact-comes-first", field="result")


SUPERVISION_GUARDS: dict[str, tuple[Guard, ...]] = {
    **HANDOVER_GUARDS,
    "supervision_order": (
        is_made_by_a_person,
        order_is_a_leaders,
        who_orders_is_not_linked,
        order_begins_unanswered,
        closed_order_is_fixed,
        _fixed(
            _order_is_fixed,
            "application_id", "licence_item_id", "addressee_id", "kind", "text", "answer_days",
        ),
        addressee_is_an_officer,
        only_an_answer_comes_back,
        order_is_answered_by_its_addressee,
        order_is_closed_in_ones_own_name,
    ),
    "supervision_record": (
        is_made_by_a_person,
        signed_record_is_fixed,
        visit_has_taken_place,
        _today_and_once("signed_on", "corrected_on"),
        two_persons_check,
    ),
    "supervision_inspector": (inspectors_of_a_signed_record_stay,),
    "referral": (
        is_made_by_a_person,
        _fixed(
            _referral_is_fixed, "direction", "organ", "certificate_id", "holder_name", "facts",
        ),
        _once(_referral_is_fixed, "outcome"),
    ),
    "complaint": (
        is_made_by_a_person,
        complaint_keeps_clear_of_its_subject,
        _fixed(
            _complaint_is_fixed,
            "channel", "application_id", "certificate_id", "officer_id", "text", "handling_days",
        ),
        handler_may_handle,
        complaint_is_answered_by_its_handler,
    ),
    "service_rating": (
        _fixed(_rating_is_fixed, "application_id", "level", "text", "channel"),
        service_is_finished,
        rating_is_the_applicants,
        service_is_rated_once,
    ),
    "rectification": (
        rectification_keeps_clear_of_its_subject,
        _today_and_once("contacted_on"),
        applicant_is_contacted_first,
        _once(_day_is_set_once, "result"),
    ),
}  # fmt: skip
