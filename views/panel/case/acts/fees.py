"""Fees of a case: charged as published, and paid (Art. 58, 59)."""

from flask_babel import lazy_gettext as _

from models import acts
from models.enums import Duty
from models.errors import RuleViolation
from views.forms.acts.fees import ChargeForm, PaymentForm, fees_in_force
from views.panel.case.acts.act import Act, Situation


def has_a_fee(at: Situation) -> RuleViolation | None:
    """Nothing is charged but what is published."""
    return None if any(fees_in_force(at.case, at.today)) else RuleViolation("fee-is-not-published")


def owes_a_fee(at: Situation) -> RuleViolation | None:
    """Something that was charged is not paid yet."""
    owed = [charge for charge in at.case.charges if charge.paid_on is None]
    return None if owed else RuleViolation("nothing-is-owed")


def _charge(at: Situation, form: ChargeForm) -> None:
    fee = next(f for f in at.case.item_version.fees if f.id == form.fee_item.data)
    acts.fees.charge(at.case, fee, form.quantity.data)


def _take_payment(at: Situation, form: PaymentForm) -> None:
    charge = next(c for c in at.case.charges if c.id == form.charge.data)
    acts.fees.take_payment(charge, form.receipt_number.data)


_CLERKS = frozenset({Duty.ACCEPTANCE})

ACTS: tuple[Act, ...] = (
    Act("charge", _("Charge a fee"), _CLERKS, _charge, needs=(has_a_fee,), form=ChargeForm),
    Act("pay", _("Enter a payment"), _CLERKS, _take_payment, needs=(owes_a_fee,), form=PaymentForm),
)
