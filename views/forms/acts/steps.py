"""What is typed on a step."""

from datetime import date

from wtforms import (
    SelectField,
)
from wtforms.validators import DataRequired

from models import (
    Application,
    ApplicationStep,
)
from models.database import db
from models.questions.people import holders_of_post
from views.forms.acts.base import ActForm, text_field
from views.words.labels import column_label
from views.words.values import localised


class OpinionForm(ActForm):
    """The opinion with which a review ends."""

    opinion = text_field("opinion")

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        if self.opinion.raw_data is None and step is not None:
            self.opinion.data = step.opinion


class OfficerForm(ActForm):
    """The officer to whom a leader gives a step: a holder of its post today."""

    officer = SelectField(column_label("", "officer"), [DataRequired()], coerce=int)

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        duty = step.duty if step is not None else None
        holders = holders_of_post(db.session(), duty, today)
        self.officer.choices = [(u.id, localised(u, "display_name")) for u in holders]
        if self.officer.raw_data is None and step is not None:
            self.officer.data = step.officer_id
