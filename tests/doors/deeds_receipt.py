"""What is forbidden to the day of receipt (Art. 29, 32)."""

from datetime import date
from typing import Any

from models import Application, EarlierReceipt
from models.acts.receipt import confirm_earlier_receipt, enter_earlier_receipt
from models.enums import Channel, EarlierReceiptCause
from tests.doors.deed import Button, Deed, NoWay
from tests.factories import DAY_ONE, MONDAY, Office

RECEIPT = "tests/models/test_receipt.py::"
POSTED = RECEIPT + "test_what_came_by_post_is_received_on_its_day_once_confirmed"
THURSDAY = date(2025, 2, 27)
BY_PERSONS = {"system": "move-needs-a-person"}


def _posted(office: Office) -> Application:
    return office.received(channel=Channel.POST)


def _entered(office: Office) -> EarlierReceipt:
    case = _posted(office)
    with office.acts("clerk", MONDAY):
        enter_earlier_receipt(case, THURSDAY, EarlierReceiptCause.POST, "青石 1")
    return case.earlier_receipts[0]


def _confirmed(office: Office) -> Application:
    case: Application = _entered(office).application
    with office.acts("head", MONDAY) as session:
        confirm_earlier_receipt(session, case)
    return case


def receipt(code: str, reach: Any, others: Any = None, **changes: Any) -> Deed:
    """An earlier receipt that is none."""
    typed = {"came_on": THURSDAY, "cause": EarlierReceiptCause.OUTAGE, "proof": "青石 1", **changes}
    return Deed(
        code, "clerk", reach, lambda _office, case: {"application": case, **typed}, POSTED,
        new=EarlierReceipt, act=lambda _office, case: enter_earlier_receipt(case, **typed),
        button=Button("enter_earlier_receipt", {**typed, "came_on": typed["came_on"].isoformat()}),
        elsewhere=BY_PERSONS | (others or {}),
    )  # fmt: skip


DEEDS: dict[str, Deed] = {
    "what was sent online came earlier": receipt(
        "online-is-received-when-sent", lambda office: office.received(channel=Channel.ONLINE),
    ),
    "an earlier receipt is none": receipt(
        "earlier-receipt-is-earlier", _posted, {"sql": "earlier-receipt-is-earlier"},
        came_on=MONDAY,
    ),
    "an application came before its version": receipt(
        "version-was-not-published", _posted, came_on=date(DAY_ONE.year - 1, 12, 31),
    ),
    "an earlier receipt has no proof": receipt(
        "earlier-receipt-has-its-proof", _posted,
        {"sql": NoWay("a blank is a word to the database")}, proof=" ",
    ),
    "what was handed in came by post": receipt(
        "case-came-not-by-post", lambda office: office.received(), cause=EarlierReceiptCause.POST,
    ),
    "a confirmed receipt is entered again": receipt(
        "earlier-receipt-is-confirmed", _confirmed, came_on=date(2025, 2, 26),
    ),
    "an earlier receipt is rewritten": Deed(
        "earlier-receipt-is-fixed", "clerk", _entered, {"came_on": date(2025, 2, 26)},
        RECEIPT + "test_a_wrong_day_is_entered_anew_and_a_confirmed_one_stands",
        elsewhere={**BY_PERSONS},
    ),
    "a clerk confirms an earlier receipt": Deed(
        "earlier-receipt-is-confirmed-by-the-head", "clerk2", _entered,
        lambda office, _receipt: {"confirmed_by_id": office.user("clerk2").id}, POSTED,
        act=lambda office, receipt: confirm_earlier_receipt(office.session, receipt.application),
        button=Button("confirm_earlier_receipt"),
        elsewhere={**BY_PERSONS, "sql": "approval-has-day-and-person"},
    ),
    "the head confirms a receipt that nobody entered": Deed(
        "no-earlier-receipt-waits", "head", _posted, None, POSTED,
        act=lambda office, case: confirm_earlier_receipt(office.session, case),
        button=Button("confirm_earlier_receipt"),
    ),
}  # fmt: skip
