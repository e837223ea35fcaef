"""Art. 10, 60: supervision orders must be answered (监督有效)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from models import SupervisionOrder, acts
from models.enums import OrderKind
from models.questions.orders import CONDITIONS, OrderState, orders_to_answer, state_of
from tests.factories import MONDAY, Office

pytestmark = pytest.mark.hooks_alone

TUESDAY = MONDAY + timedelta(days=1)


def given(office: Office, who: str = "manager", to: str = "reviewer", **more: object) -> object:
    """An order by ``who`` to ``to``."""
    with office.acts(who, MONDAY) as session:
        return acts.supervision.order(session, office.user(to), "请尽快办理", **more)  # type: ignore[arg-type]


def answered(office: Office) -> SupervisionOrder:
    """An order that the reviewer has answered."""
    order = given(office)
    assert isinstance(order, SupervisionOrder)
    with office.acts("reviewer", TUESDAY):
        acts.supervision.answer(order, "已安排检验")
    return order


def closed(office: Office) -> SupervisionOrder:
    """An order whose answer was accepted."""
    order = answered(office)
    with office.acts("manager", TUESDAY) as session:
        acts.supervision.close_order(session, order)
    return order


@pytest.mark.parametrize("leader", ["manager", "head"])
def test_a_leader_orders_an_officer_to_act_within_three_working_days(
    office: Office, leader: str
) -> None:
    order = given(office, leader)
    assert isinstance(order, SupervisionOrder)
    assert order.kind is OrderKind.CHASE
    assert (order.ordered_on, order.ordered_by) == (MONDAY, office.user(leader))
    assert order.answer_due_on == date(2025, 3, 6)


def test_the_time_to_answer_is_set_for_each_order_in_working_days(office: Office) -> None:
    order = given(office, answer_days=15)
    assert isinstance(order, SupervisionOrder)
    assert order.answer_due_on == date(2025, 3, 24)


@pytest.mark.parametrize("name", ["clerk", "reviewer", "decider", "guide"])
def test_an_officer_gives_no_orders(office: Office, name: str) -> None:
    with office.refuses("order-is-a-leaders", name) as session:
        acts.supervision.order(session, office.user("reviewer2"), "请尽快办理")


def test_the_system_gives_no_orders(office: Office) -> None:
    with office.refuses("move-needs-a-person", None) as session:
        acts.supervision.order(session, office.user("reviewer"), "请尽快办理")


@pytest.mark.parametrize("name", ["applicant", "auditor"])
def test_an_order_goes_to_one_who_can_answer_it(office: Office, name: str) -> None:
    with office.refuses("addressee-is-no-officer", "manager") as session:
        acts.supervision.order(session, office.user(name), "请尽快办理")


def test_the_addressee_answers_and_the_leader_closes(office: Office) -> None:
    order = closed(office)
    assert order.answered_on == TUESDAY
    assert (order.accepted_on, order.accepted_by) == (TUESDAY, office.user("manager"))


@pytest.mark.parametrize("name", ["reviewer2", "clerk", "manager", "head"])
def test_nobody_answers_for_the_addressee(office: Office, name: str) -> None:
    order = given(office)
    assert isinstance(order, SupervisionOrder)
    with office.refuses("answer-is-the-addressees", name):
        acts.supervision.answer(order, "代答")


def test_an_empty_answer_is_none(office: Office) -> None:
    order = given(office)
    assert isinstance(order, SupervisionOrder)
    with office.refuses("answer-is-missing", "reviewer"):
        acts.supervision.answer(order, "  ")


def test_an_answer_is_given_once(office: Office) -> None:
    order = answered(office)
    with office.refuses("order-is-answered", "reviewer"):
        acts.supervision.answer(order, "另一个说法")


def test_an_order_is_not_given_with_its_answer(office: Office) -> None:
    with office.refuses("order-is-not-answered", "manager") as session:
        session.add(
            SupervisionOrder(addressee=office.user("reviewer"), text="请说明", answer="已说明")
        )


def test_an_unanswered_order_is_not_closed(office: Office) -> None:
    order = given(office)
    assert isinstance(order, SupervisionOrder)
    with office.refuses("order-is-not-answered", "manager") as session:
        acts.supervision.close_order(session, order)


def test_an_officer_closes_no_order(office: Office) -> None:
    order = answered(office)
    with office.refuses("order-is-a-leaders", "reviewer") as session:
        acts.supervision.close_order(session, order)


def test_nobody_closes_an_order_given_to_himself(office: Office) -> None:
    order = given(office, "manager", "head")
    assert isinstance(order, SupervisionOrder)
    with office.acts("head", MONDAY):
        acts.supervision.answer(order, "已督促")
    with office.refuses("nobody-closes-his-own-order", "head") as session:
        acts.supervision.close_order(session, order)


def test_nobody_closes_in_anothers_name(office: Office) -> None:
    order = answered(office)
    with office.refuses("nobody-closes-his-own-order", "manager"):
        order.accepted_by = office.user("head")


def test_an_answer_that_is_not_enough_comes_back_and_the_time_begins_again(
    office: Office,
) -> None:
    order = answered(office)
    for count in (1, 2):
        with office.acts("manager", TUESDAY) as session:
            acts.supervision.send_back(order, "未说明原因")
        assert (order.returned_count, order.answer, order.answered_on) == (count, "", None)
        assert order.answer_due_on == date(2025, 3, 7)
        with office.acts("reviewer", TUESDAY):
            acts.supervision.answer(order, f"补充说明{count}")
        assert order.return_reason == ""
    assert session is office.session


def test_only_an_answer_comes_back_and_with_a_reason(office: Office) -> None:
    order = given(office)
    assert isinstance(order, SupervisionOrder)
    with office.refuses("order-is-not-answered", "manager"):
        acts.supervision.send_back(order, "未说明原因")
    with office.refuses("reason-is-missing", "manager"):
        acts.supervision.send_back(order, " ")


def test_an_officer_sends_nothing_back(office: Office) -> None:
    order = answered(office)
    with office.refuses("order-is-a-leaders", "clerk"):
        acts.supervision.send_back(order, "未说明原因")


@pytest.mark.parametrize(
    "values", [{"text": "另一要求"}, {"kind": "EXPLAIN"}, {"answer_days": 9}, {"addressee_id": 2}]
)
def test_what_an_order_says_is_fixed(office: Office, values: dict[str, object]) -> None:
    order = given(office)
    assert isinstance(order, SupervisionOrder)
    with office.refuses("order-is-fixed", "manager"):
        for column, value in values.items():
            setattr(order, column, value)


def test_a_closed_order_is_kept_as_it_is(office: Office) -> None:
    order = closed(office)
    with office.refuses("order-is-closed", "reviewer"):
        order.answer = "改口"
    with office.refuses("order-is-closed", "manager"):
        acts.supervision.send_back(order, "未说明原因")


def test_an_order_is_never_deleted(office: Office) -> None:
    order = given(office)
    with office.refuses("row-is-never-deleted", "manager") as session:
        session.delete(order)


def test_the_days_of_an_order_are_not_written_by_hand(office: Office) -> None:
    with office.refuses("column-is-derived", "manager") as session:
        order = acts.supervision.order(session, office.user("reviewer"), "请尽快办理")
        order.answer_due_on = MONDAY


def test_an_order_on_a_closed_case_changes_nothing_of_it(office: Office) -> None:
    case = office.delivered()
    before = office.stored()["application"]
    order = given(office, application=case, licence_item=case.licence_item)
    assert isinstance(order, SupervisionOrder)
    assert order.application is case
    assert office.stored()["application"] == before


def test_an_order_is_late_the_day_after_its_due_and_python_says_what_sql_says(
    office: Office,
) -> None:
    unanswered, waits, done = given(office), answered(office), closed(office)
    assert isinstance(unanswered, SupervisionOrder)
    due = unanswered.answer_due_on
    session = office.session
    for day in (MONDAY, due, due + timedelta(days=1)):
        told = {o.id: state_of(o, day) for o in (unanswered, waits, done)}
        late = OrderState.OVERDUE if day > due else OrderState.OPEN
        assert list(told.values()) == [late, OrderState.ANSWERED, OrderState.CLOSED]
        for state in (OrderState.OVERDUE, OrderState.ANSWERED, OrderState.CLOSED):
            found = select(SupervisionOrder.id).where(CONDITIONS[state](day))
            assert set(session.scalars(found)) == {k for k, v in told.items() if v is state}
        open_ones = select(func.count()).where(CONDITIONS[OrderState.OPEN](day))
        assert session.scalar(open_ones) == 2


def test_the_addressee_finds_what_he_has_to_answer_first_due_first(office: Office) -> None:
    later, sooner = given(office, answer_days=9), given(office)
    given(office, to="clerk")
    answered(office)
    reviewer = office.user("reviewer").id
    assert list(orders_to_answer(office.session, reviewer)) == [sooner, later]
