"""What is typed when a leader orders an officer to act."""

from datetime import date

from wtforms import IntegerField, SelectField
from wtforms.validators import DataRequired, InputRequired, NumberRange

from models import Application, ApplicationStep
from models.database import db
from models.enums import OrderKind
from models.orders import ANSWER_DAYS
from models.questions.people import officers_on_duty
from views.forms.acts.base import ActForm, text_field
from views.forms.columns import MemberField
from views.words.labels import column_label
from views.words.values import localised


class OrderForm(ActForm):
    """A supervision order to an officer, at first to the one who has the case."""

    addressee = SelectField(column_label("", "addressee"), [DataRequired()], coerce=int)
    kind = MemberField(column_label("", "kind"), [DataRequired()], vocabulary=OrderKind)
    text = text_field("text")
    answer_days = IntegerField(
        column_label("", "answer_days"), [InputRequired(), NumberRange(1, 15)], default=ANSWER_DAYS
    )

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        officers = officers_on_duty(db.session(), today)
        self.addressee.choices = [(u.id, localised(u, "display_name")) for u in officers]
        if self.addressee.raw_data is None:
            self.addressee.data = case.officer_id or case.first_contact_id
            self.kind.data = OrderKind.CHASE
