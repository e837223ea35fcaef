"""What leaders, officers and applicants do in the supervision of the office."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.acting import acting
from models.acts.act import Act, Given, Input, Kind, Question, Standing, typed
from models.application import Application
from models.catalogue import LicenceItem
from models.complaints import Complaint
from models.enums import Channel, Duty, OrderKind, RatingLevel
from models.errors import RuleViolation
from models.orders import ANSWER_DAYS, SupervisionOrder
from models.questions.orders import is_ordered
from models.questions.people import officers_on_duty
from models.ratings import Rectification, ServiceRating
from models.rules.duties import LEADERS
from models.staff import User
from models.staffing import Reassignment
from models.supervision import SupervisionRecord

Run = Callable[[Session, Any], object]


def order(
    session: Session,
    addressee: User,
    text: str,
    *,
    kind: OrderKind = OrderKind.CHASE,
    application: Application | None = None,
    licence_item: LicenceItem | None = None,
    answer_days: int = ANSWER_DAYS,
) -> SupervisionOrder:
    """Order an officer to act (督办), as a leader."""
    given = SupervisionOrder(
        addressee=addressee,
        text=text,
        kind=kind,
        application=application,
        licence_item=licence_item,
        answer_days=answer_days,
    )
    session.add(given)
    return given


def order_its_officer(
    session: Session,
    case: Application,
    text: str,
    *,
    kind: OrderKind = OrderKind.CHASE,
    answer_days: int = ANSWER_DAYS,
) -> SupervisionOrder:
    """Order the officer of a case to act; of an unclaimed one who received it first (首问负责).

    The same words on the same case on the same day are one order: a button pressed twice must
    not ask for two answers.
    """
    now, addressee = acting(session), case.officer or case.first_contact
    if addressee is None:
        raise RuleViolation("case-has-no-officer")
    # Whoever presses at the same moment waits here until the first order is there to be seen.
    session.execute(select(Application.id).where(Application.id == case.id).with_for_update())
    if is_ordered(session, case, text, now.actor.user_id, now.today):
        raise RuleViolation("order-is-given-once-a-day")
    return order(session, addressee, text, kind=kind, application=case, answer_days=answer_days)


def answer(given: SupervisionOrder, text: str) -> None:
    """Answer an order, as its addressee. An empty answer is none."""
    given.answer = text.strip()
    if not given.answer:
        raise RuleViolation("answer-is-missing", field="answer")


def send_back(given: SupervisionOrder, reason: str) -> None:
    """Send an answer back that is not enough, as a leader: the time to answer begins again."""
    given.return_reason = reason.strip()
    if not given.return_reason:
        raise RuleViolation("reason-is-missing", field="return_reason")


def close_order(session: Session, given: SupervisionOrder) -> None:
    """Accept the answer and close the order, as a leader in one's own name."""
    given.accepted_by_id = acting(session).actor.user_id


def ask_reassignment(
    session: Session, from_user: User, to_user: User, effective_on: date, reason: str
) -> Reassignment:
    """Order that one officer's open work goes to another from a day on, as a leader."""
    asked = Reassignment(
        from_user=from_user, to_user=to_user, effective_on=effective_on, reason=reason
    )
    session.add(asked)
    return asked


def sign(session: Session, record: SupervisionRecord) -> None:
    """Sign the record of a check (Art. 61): nothing of it changes any more."""
    record.signed_on = acting(session).today


def mark_corrected(session: Session, record: SupervisionRecord) -> None:
    """Note that the holder has put right what was ordered."""
    record.corrected_on = acting(session).today


def take_charge(session: Session, complaint: Complaint) -> None:
    """Take a complaint in hand, in one's own name."""
    complaint.handler_id = acting(session).actor.user_id


def answer_complaint(complaint: Complaint, outcome: str) -> None:
    """Say what came of a complaint, as its handler."""
    complaint.outcome = outcome.strip()


def rate(
    session: Session,
    case: Application,
    level: RatingLevel,
    text: str = "",
    *,
    channel: Channel = Channel.ONLINE,
) -> ServiceRating:
    """Rate the service on one's own case; after a rectified bad rating, once more (追评)."""
    rating = ServiceRating(application=case, level=level, text=text.strip(), channel=channel)
    session.add(rating)
    return rating


def contact(session: Session, rectification: Rectification) -> None:
    """Note that the applicant was called about the bad rating."""
    rectification.contacted_on = acting(session).today


def rectify(rectification: Rectification, result: str) -> None:
    """Say how the matter was put right, and the applicant notified."""
    rectification.result = result.strip()


# --- what the acts ask ----------------------------------------------------------------------------


def order_waits_for_closing(at: Standing) -> RuleViolation | None:
    """An answer is there, the order is not closed, and it was given to somebody else."""
    given: SupervisionOrder = at.row
    if given.accepted_on is not None:
        return RuleViolation("order-is-closed")
    if given.answered_on is None:
        return RuleViolation("order-is-not-answered")
    is_own = given.addressee_id == at.actor.user_id
    return RuleViolation("nobody-closes-his-own-order") if is_own else None


def record_is_not_signed(at: Standing) -> RuleViolation | None:
    """A record is signed once (Art. 61)."""
    signed = at.row.signed_on is not None
    return RuleViolation("signed-record-is-fixed") if signed else None


def correction_is_awaited(at: Standing) -> RuleViolation | None:
    """The holder was ordered in a signed record to put something right, and has not yet."""
    record: SupervisionRecord = at.row
    is_told = record.signed_on is not None and record.correct_by_on is not None
    awaited = is_told and record.corrected_on is None
    return None if awaited else RuleViolation("no-correction-is-awaited")


def complaint_is_open(at: Standing) -> RuleViolation | None:
    """The complaint has no answer yet (Art. 65)."""
    answered = at.row.answered_on is not None
    return RuleViolation("complaint-is-answered") if answered else None


def applicant_was_not_called(at: Standing) -> RuleViolation | None:
    """The applicant is called once (回访)."""
    called = at.row.contacted_on is not None
    return RuleViolation("day-is-set-once", field="contacted_on") if called else None


# --- the acts -------------------------------------------------------------------------------------


def _order(at: Standing, given: Given) -> SupervisionOrder:
    if "addressee" in given:
        return order(at.session, application=at.case, **given)
    return order_its_officer(at.session, at.case, **given)


ACTS: tuple[Act, ...] = (
    Act(
        "order", LEADERS, _order, many=("application",),
        inputs=(
            # At first the officer who has the case; of many cases each has its own.
            Input(
                "addressee", Kind.ONE, needed=True, each=True,
                offered=lambda at: officers_on_duty(at.session, at.today),
                known=lambda at: at.case.officer or at.case.first_contact,
            ),
            typed(SupervisionOrder.kind, needed=True, known=lambda _at: OrderKind.CHASE),
            typed(SupervisionOrder.text, needed=True, strict=True),
            typed(
                SupervisionOrder.answer_days, needed=True, most=15, known=lambda _at: ANSWER_DAYS
            ),
        ),
    ),
)  # fmt: skip


def _on(table: str, name: str, duties: frozenset[Duty], run: Run, *needs: Question) -> Act:
    return Act(
        name, duties, lambda at, _given: run(at.session, at.row), on=table, needs=needs,
        many=(table,),
    )  # fmt: skip


_REVIEW = frozenset({Duty.REVIEW})

ROW_ACTS: tuple[Act, ...] = (
    _on("supervision_order", "close", LEADERS, close_order, order_waits_for_closing),
    _on("supervision_record", "sign", _REVIEW, sign, record_is_not_signed),
    _on("supervision_record", "corrected", _REVIEW, mark_corrected, correction_is_awaited),
    _on("complaint", "take", LEADERS, take_charge, complaint_is_open),
    _on("rectification", "contact", LEADERS, contact, applicant_was_not_called),
)
