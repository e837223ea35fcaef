"""What is typed where a fee is charged or paid."""

from collections.abc import Iterable
from datetime import date

from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from models import Application, ApplicationStep, FeeItem
from models.rules.item_guide import is_in_force
from views.forms.acts.base import LONGEST_LINE, ActForm, stripped
from views.words.labels import column_label
from views.words.values import localised, yuan

MOST_UNITS = 9999


class ChargeForm(ActForm):
    """A published fee and how many units of it; the amount follows."""

    fee_item = SelectField(column_label("", "fee_item"), [DataRequired()], coerce=int)
    quantity = IntegerField(
        column_label("", "quantity"), [InputRequired(), NumberRange(1, MOST_UNITS)], default=1
    )

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        self.fee_item.choices = [
            (fee.id, f"{localised(fee, 'name')} · {yuan(fee.amount_fen)} / {fee.unit}")
            for fee in fees_in_force(case, today)
        ]


class PaymentForm(ActForm):
    """A charge that is paid now, and the number of its receipt."""

    charge = SelectField(column_label("", "charge"), [DataRequired()], coerce=int)
    receipt_number = StringField(
        column_label("", "receipt_number"),
        [DataRequired(), Length(max=LONGEST_LINE)],
        filters=[stripped],
    )

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        self.charge.choices = [
            (charge.id, f"{localised(charge.fee_item, 'name')} · {yuan(charge.amount_fen)}")
            for charge in case.charges
            if charge.paid_on is None
        ]


def fees_in_force(case: Application, today: date) -> Iterable[FeeItem]:
    """The fees that the case's version publishes for today."""
    return (f for f in case.item_version.fees if is_in_force(f.starts_on, f.ends_on, today))
