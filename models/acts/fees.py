"""Fees of a case: charged as published, and paid (Art. 58, 59)."""

from models.application import Application
from models.fees import FeeCharge, FeeItem


def charge(case: Application, fee: FeeItem, quantity: int = 1) -> None:
    """Charge a published fee; its amount follows (Art. 59)."""
    case.charges.append(FeeCharge(fee_item=fee, quantity=quantity))


def take_payment(owed: FeeCharge, receipt_number: str) -> None:
    """Enter the receipt (票据) of what is paid today."""
    owed.receipt_number = receipt_number
