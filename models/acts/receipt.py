"""The day of receipt: what came before it was entered, and the head who confirms it (Art. 29)."""

from datetime import date

from sqlalchemy.orm import Session

from models.acting import acting
from models.acts.act import Act, Standing, typed
from models.acts.asking import is_a_second_person
from models.application import Application
from models.enums import Channel, Duty, EarlierReceiptCause
from models.errors import RuleViolation
from models.receipt import EarlierReceipt
from models.rules.duties import CONFIRMING


def enter_earlier_receipt(
    case: Application, came_on: date, cause: EarlierReceiptCause, proof: str
) -> None:
    """Enter that an application came on an earlier day, with its postmark or register number."""
    case.earlier_receipts.append(EarlierReceipt(came_on=came_on, cause=cause, proof=proof))


def confirm_earlier_receipt(session: Session, case: Application) -> None:
    """Confirm the earlier day that was entered last, as the head, in one's own name."""
    receipt = waiting_receipt(case)
    if receipt is None:
        raise RuleViolation("no-earlier-receipt-waits")
    receipt.confirmed_by_id = acting(session).actor.user_id


def waiting_receipt(case: Application) -> EarlierReceipt | None:
    """The earlier day that was entered last and is not confirmed. A wrong one is entered anew."""
    last = case.earlier_receipts[-1] if case.earlier_receipts else None
    return last if last is not None and last.confirmed_by_id is None else None


def case_came_on_paper(at: Standing) -> RuleViolation | None:
    """What is handed in online is received when it is sent."""
    if at.case.received_on is None:
        return RuleViolation("case-is-not-received")
    online = at.case.channel is Channel.ONLINE
    return RuleViolation("online-is-received-when-sent") if online else None


def receipt_is_not_confirmed(at: Standing) -> RuleViolation | None:
    """A day of receipt that the head has confirmed stands."""
    confirmed = any(r.confirmed_on is not None for r in at.others(at.case.earlier_receipts))
    return RuleViolation("earlier-receipt-is-confirmed") if confirmed else None


def an_earlier_receipt_waits(at: Standing) -> RuleViolation | None:
    """An earlier day was entered, and the head has not confirmed it."""
    return None if waiting_receipt(at.case) else RuleViolation("no-earlier-receipt-waits")


def receipt_is_anothers(at: Standing) -> RuleViolation | None:
    """Nobody confirms the day that the same person entered."""
    receipt = at.document or waiting_receipt(at.case)
    return is_a_second_person(at, (receipt.entered_by_id,)) if receipt is not None else None


ACTS: tuple[Act, ...] = (
    Act(
        "enter_earlier_receipt", frozenset({Duty.ACCEPTANCE}),
        lambda at, given: enter_earlier_receipt(at.case, **given),
        post=Duty.ACCEPTANCE, document="earlier_receipt",
        needs=(case_came_on_paper, receipt_is_not_confirmed),
        inputs=(
            typed(EarlierReceipt.came_on, needed=True),
            typed(EarlierReceipt.cause, needed=True),
            typed(EarlierReceipt.proof, needed=True),
        ),
    ),
    Act(
        "confirm_earlier_receipt", CONFIRMING,
        lambda at, _given: confirm_earlier_receipt(at.session, at.case),
        needs=(an_earlier_receipt_waits,), asks=(receipt_is_anothers,),
    ),
)  # fmt: skip
