"""What is forbidden to orders, complaints and ratings (Art. 10, 60, 65; 好差评)."""

from typing import Any

from models import Complaint, Rectification, ServiceRating, SupervisionOrder, acts
from models.enums import RatingLevel
from tests.doors.deed import Button, Deed, NoWay, does, sets
from tests.factories import MONDAY, Office
from tests.models.test_supervision_complaints import received
from tests.models.test_supervision_orders import TUESDAY, answered, closed, given
from tests.models.test_supervision_ratings import own_case, rated, rectified

ORDERS, COMPLAINTS, RATINGS = (
    f"tests/models/test_supervision_{part}.py::" for part in ("orders", "complaints", "ratings")
)
ANSWERED = ORDERS + "test_the_addressee_answers_and_the_leader_closes"
HANDLED = COMPLAINTS + "test_its_handler_says_what_came_of_it"
RECTIFIED = RATINGS + "test_a_bad_rating_is_answered_next_day_and_rectified_in_fifteen"
FOLLOWED = RATINGS + "test_one_rating_and_one_more_after_the_rectification"
BY_PERSONS = {"system": "move-needs-a-person"}
BY_ITS_FORM = {"action": NoWay("the panel does this by the form of the row: the door `form`")}
ITS_DAY = {"system": "order-is-a-leaders", "sql": "closing-has-day-and-person"}
BAD, GOOD = RatingLevel.UNSATISFIED, RatingLevel.SATISFIED


def order(code: str, who: str, to: str) -> Deed:
    """An order that must not be given."""
    return Deed(
        code, who, lambda office: office.user(to),
        lambda _office, user: {"addressee": user, "text": "请尽快办理"},
        ORDERS + "test_a_leader_orders_an_officer_to_act_within_three_working_days",
        new=SupervisionOrder,
        act=lambda office, user: acts.supervision.order(office.session, user, "请尽快办理"),
        elsewhere={**BY_PERSONS, **BY_ITS_FORM},
    )  # fmt: skip


def answer(code: str, who: str, reach: Any, text: str, others: Any = None) -> Deed:
    """An answer to an order that must not be given."""
    return Deed(
        code, who, reach, {"answer": text}, ANSWERED,
        act=lambda _office, row: acts.supervision.answer(row, text), day=TUESDAY,
        elsewhere={**BY_ITS_FORM, **(others or {})},
    )  # fmt: skip


def closing(code: str, who: str, reach: Any, others: Any = None) -> Deed:
    """An order that must not be closed."""
    return Deed(
        code, who, reach, lambda office, _row: {"accepted_by": office.user(who)}, ANSWERED,
        act=lambda office, row: acts.supervision.close_order(office.session, row), day=TUESDAY,
        button=Button("close", of_rows=True), elsewhere=others or {},
    )  # fmt: skip


def _answered_by_the_head(office: Office) -> Any:
    row: Any = given(office, "manager", "head")
    with office.acts("head", MONDAY):
        acts.supervision.answer(row, "已督促")
    return row


def _complaint(office: Office) -> Complaint:
    return received(office)


def _taken(office: Office) -> Complaint:
    complaint = received(office)
    with office.acts("head", MONDAY) as session:
        acts.supervision.take_charge(session, complaint)
    return complaint


def _handled(office: Office) -> Complaint:
    complaint = _taken(office)
    with office.acts("head", MONDAY):
        acts.supervision.answer_complaint(complaint, "已批评教育")
    return complaint


def rating(code: str, reach: Any, lawful: str, others: Any = None, **more: Any) -> Deed:
    """A rating that must not be given."""
    return Deed(
        code, "applicant", reach,
        lambda _office, case: {"application": case, "level": GOOD, "channel": "ONLINE"}, lawful,
        new=ServiceRating, typed=lambda _office, case: {"application": case, "level": GOOD},
        act=lambda office, case: acts.supervision.rate(office.session, case, GOOD),
        elsewhere={**BY_ITS_FORM, **(others or {})}, **more,
    )  # fmt: skip


def _rated_case(level: RatingLevel) -> Any:
    def reach(office: Office) -> Any:
        case = own_case(office)
        rated(office, case, level)
        return case

    return reach


def _rectification(office: Office) -> Any:
    return rated(office, own_case(office)).rectification


def _rectified(office: Office) -> Rectification:
    return rectified(office, rated(office, own_case(office)))


DEEDS: dict[str, Deed] = {
    "an officer gives an order": order("order-is-a-leaders", "reviewer", "reviewer2"),
    "an order goes to an applicant": order("addressee-is-no-officer", "manager", "applicant"),
    "an order is answered by another": answer(
        "answer-is-the-addressees", "reviewer2", given, "代答", {"sql": "answer-has-its-day"},
    ),
    "an order is answered with nothing": Deed(
        "answer-is-missing", "reviewer", given, None, ANSWERED,
        act=lambda _office, row: acts.supervision.answer(row, "  "), day=TUESDAY,
        elsewhere={**BY_ITS_FORM},
    ),
    "an order is answered twice": answer(
        "order-is-answered", "reviewer", answered, "另一个说法",
        {"system": "answer-is-the-addressees"},
    ),
    "a closed order is answered": answer("order-is-closed", "reviewer", closed, "改口"),
    "an order is given with its answer": Deed(
        "order-is-not-answered", "manager", lambda office: office.user("reviewer"),
        lambda _office, user: {"addressee": user, "text": "请说明", "answer": "已说明"},
        ANSWERED, new=SupervisionOrder, elsewhere={**BY_PERSONS, "sql": "answer-has-its-day"},
    ),
    "an unanswered order is closed": closing("order-is-not-answered", "manager", given, ITS_DAY),
    "who was ordered closes the order": closing(
        "nobody-closes-his-own-order", "head", _answered_by_the_head, ITS_DAY,
    ),
    "an order is rewritten": Deed(
        "order-is-fixed", "manager", given, {"text": "另一要求"}, ANSWERED,
    ),
    "a complaint is answered by another": Deed(
        "complaint-is-its-handlers", "manager", _taken, {"outcome": "已批评教育"},
        does("head", lambda _office, row: acts.supervision.answer_complaint(row, "已批评教育")),
        act=lambda _office, row: acts.supervision.answer_complaint(row, "已批评教育"),
        elsewhere={**BY_ITS_FORM, "sql": "outcome-has-its-day"},
    ),
    "a complaint is answered twice": Deed(
        "complaint-is-answered", "head", _handled, {"outcome": "另有结论"}, HANDLED,
        act=lambda _office, row: acts.supervision.answer_complaint(row, "另有结论"),
        elsewhere={**BY_ITS_FORM},
    ),
    "a complaint is rewritten": Deed(
        "complaint-is-fixed", "manager", _complaint, {"text": "没有的事"}, HANDLED,
    ),
    "a complaint is handled by its subject": Deed(
        "handler-is-the-subject", "head",
        lambda office: received(office, officer=office.user("head")),
        lambda office, _row: {"handler": office.user("head")},
        lambda office, row: sets("manager", handler=office.user("manager"))(office, row),
        act=lambda office, row: acts.supervision.take_charge(office.session, row),
        button=Button("take", of_rows=True),
    ),
    "a complaint is given to a reviewer": Deed(
        "handler-lacks-the-duty", "manager", _complaint,
        lambda office, _row: {"handler": office.user("reviewer")},
        lambda office, row: sets("manager", handler=office.user("head"))(office, row),
    ),
    "a bad rating is put right before a call": Deed(
        "contact-comes-first", "manager", _rectification, {"result": "已增设窗口"}, RECTIFIED,
        act=lambda _office, row: acts.supervision.rectify(row, "已增设窗口"),
        elsewhere={**BY_ITS_FORM, "sql": "result-has-its-day"},
    ),
    "a call is dated back": Deed(
        "day-is-today", "manager", _rectification, {"contacted_on": MONDAY}, RECTIFIED,
        day=TUESDAY, elsewhere={"sql": "contact-has-its-person"},
    ),
    "a result is rewritten": Deed(
        "day-is-set-once", "manager", _rectified, {"result": "另一说法"}, RECTIFIED,
        act=lambda _office, row: acts.supervision.rectify(row, "另一说法"), day=TUESDAY,
        elsewhere={**BY_ITS_FORM},
    ),
    "a service is rated before it was given": rating(
        "service-is-not-finished", lambda office: own_case(office, "received"), FOLLOWED,
    ),
    "a good rating is given again": rating(
        "service-is-rated-once", _rated_case(GOOD), FOLLOWED, {"sql": "already-exists"},
    ),
    "a bad rating is followed before it was put right": rating(
        "follow-up-needs-a-rectification", _rated_case(BAD), FOLLOWED, {"sql": "already-exists"},
    ),
    "a rating is rewritten": Deed(
        "rating-is-fixed", "applicant", lambda office: rated(office, own_case(office)),
        {"level": GOOD}, RATINGS + "test_an_applicant_rates_the_service_on_his_own_case",
        elsewhere={"sql": "rating-is-fixed"},
    ),
}  # fmt: skip
