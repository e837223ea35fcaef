"""Fees of a case: charged as published, and paid (Art. 58, 59)."""

from models.acts.act import Act, Input, Kind, Standing, typed
from models.application import Application
from models.enums import Duty
from models.errors import RuleViolation
from models.fees import FeeCharge, FeeItem
from models.questions.fees import charges_owed, fees_in_force


def charge(case: Application, fee: FeeItem, quantity: int = 1) -> None:
    """Charge a published fee; its amount follows (Art. 59)."""
    case.charges.append(FeeCharge(fee_item=fee, quantity=quantity))


def take_payment(owed: FeeCharge, receipt_number: str) -> None:
    """Enter the receipt (票据) of what is paid today."""
    owed.receipt_number = receipt_number


MOST_UNITS = 9999


def fee_is_published(at: Standing) -> RuleViolation | None:
    """Art. 59: charged is what the case's version published, while that is in force."""
    fees = fees_in_force(at.case, at.today)
    found = at.document.fee_item in fees if at.document else bool(fees)
    return None if found else RuleViolation("fee-is-not-published", field="fee_item")


def fee_is_owed(at: Standing) -> RuleViolation | None:
    """Something that was charged is not paid yet."""
    return None if charges_owed(at.case) else RuleViolation("nothing-is-owed")


_CLERKS = frozenset({Duty.ACCEPTANCE})

ACTS: tuple[Act, ...] = (
    Act(
        "charge", _CLERKS,
        lambda at, given: charge(at.case, given["fee_item"], given["quantity"]),
        document="fee_charge", needs=(fee_is_published,),
        inputs=(
            Input(
                "fee_item", Kind.ONE, needed=True,
                offered=lambda at: fees_in_force(at.case, at.today),
            ),
            typed(FeeCharge.quantity, needed=True, most=MOST_UNITS, known=lambda _at: 1),
        ),
    ),
    Act(
        "pay", _CLERKS, lambda _at, given: take_payment(given["charge"], given["receipt_number"]),
        needs=(fee_is_owed,),
        inputs=(
            Input("charge", Kind.ONE, needed=True, offered=lambda at: charges_owed(at.case)),
            typed(FeeCharge.receipt_number, needed=True, strict=True),
        ),
    ),
)  # fmt: skip
