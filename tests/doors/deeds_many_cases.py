"""What is forbidden to leaders who order or give away many cases at once (督办, 首问负责)."""

from typing import Any

from models import Application, acts
from models.acts.reassignment import give, give_case
from models.enums import OrderKind
from tests.doors.deed import Button, Deed, Does, NoWay, does
from tests.doors.deeds_case import own_draft
from tests.factories import MONDAY, Office
from tests.models.test_many_cases import in_hand

MANY = "tests/models/test_many_cases.py::"
TEXT, OTHER_TEXT = "请说明原因", "请于今日答复"
# An order is a row like any other; only the act looks for the officer, or for the first order.
WRITTEN = NoWay("an order written as a row names its addressee, and is meant as it is written")
BY_THE_ACT_ALONE = dict.fromkeys(("orm", "system", "bulk", "sql", "delete", "form"), WRITTEN)


def ordering(code: str, reach: Any, lawful: Does | str) -> Deed:
    """An order to the officer of a case that must not be given."""
    return Deed(
        code, "manager", reach, None, lawful, act=_orders(TEXT),
        button=Button(
            "order", {"text": TEXT, "kind": OrderKind.CHASE, "answer_days": 3}, of_many=True
        ),
        elsewhere={**BY_THE_ACT_ALONE},
    )  # fmt: skip


def giving(code: str, reach: Any, act: Any, lawful: Does | str) -> Deed:
    """Work that must not be given to ``reviewer``: he has it already, or there is none."""
    return Deed(
        code, "manager", reach, None, lawful,
        act=lambda office, row: act(office.session, row, office.user("reviewer").id, MONDAY),
        button=Button(
            "give", lambda office, _row: {"officer": office.user("reviewer")}, of_many=True
        ),
    )  # fmt: skip


def _orders(text: str) -> Does:
    return lambda office, case: acts.supervision.order_its_officer(office.session, case, text)


def _gives_on(act: Any) -> Does:
    """The same work goes to a colleague who does not have it."""
    return does(
        "manager",
        lambda office, row: act(office.session, row, office.user("reviewer2").id, MONDAY),
    )


def _case_in_hand(office: Office) -> Application:
    return in_hand(office).application


def _ordered_case(office: Office) -> Application:
    case = _case_in_hand(office)
    with office.acts("manager", MONDAY) as session:
        acts.supervision.order_its_officer(session, case, TEXT)
    return case


DEEDS: dict[str, Deed] = {
    "an order goes out on a case that nobody has": ordering(
        "case-has-no-officer", own_draft,
        MANY + "test_an_unclaimed_case_is_ordered_from_who_received_it",
    ),
    "an order is given twice on a day": ordering(
        "order-is-given-once-a-day", _ordered_case, does("manager", _orders(OTHER_TEXT)),
    ),
    "a step is given to who has it": giving(
        "step-is-with-the-officer", in_hand, give, _gives_on(give),
    ),
    "a case is given to who has it": giving(
        "step-is-with-the-officer", _case_in_hand, give_case, _gives_on(give_case),
    ),
    "a decided case is given to a reviewer": giving(
        "case-has-no-open-step", lambda office: office.granted(), give_case,
        MANY + "test_the_open_steps_of_a_case_go_together",
    ),
}  # fmt: skip
