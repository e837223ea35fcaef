"""Questions about the fees of a case, each a function named for its question."""

from datetime import date

from models.application import Application
from models.fees import FeeCharge, FeeItem
from models.rules.item_guide import is_in_force


def fees_in_force(case: Application, day: date) -> list[FeeItem]:
    """The fees that the case's version publishes for ``day`` (Art. 59)."""
    fees = case.item_version.fees
    return [fee for fee in fees if is_in_force(fee.starts_on, fee.ends_on, day)]


def charges_owed(case: Application) -> list[FeeCharge]:
    """What was charged and is not paid yet."""
    return [charge for charge in case.charges if charge.paid_on is None]
