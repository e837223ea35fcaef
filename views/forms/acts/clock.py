"""What is typed where the clock moves."""

from datetime import date

from wtforms import (
    DateField,
    IntegerField,
    SelectField,
    StringField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import DateInput

from models import Application, ApplicationStep
from models.enums import SuspensionKind
from views.forms.acts.base import LONGEST_LINE, ActForm, Needed, stripped, text_field
from views.forms.columns import MemberField
from views.words.labels import column_label, member_label


class SuspensionForm(ActForm):
    """A procedure whose time is not counted, as the applicant was told in writing."""

    kind = MemberField(column_label("", "kind"), [DataRequired()], vocabulary=SuspensionKind)
    planned_end_on = DateField(
        column_label("", "planned_end_on"), [DataRequired()], widget=DateInput()
    )
    notice_number = StringField(
        column_label("", "notice_number"), [Needed(), Length(max=LONGEST_LINE)], filters=[stripped]
    )
    reason = text_field("reason", needed=False)


class ResumptionForm(ActForm):
    """Which of the running procedures ends; the one begun first stands chosen."""

    procedure = SelectField(column_label("", "kind"), coerce=SuspensionKind)

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        running = [s.kind for s in case.suspensions if s.ended_on is None]
        self.procedure.choices = [(kind, member_label(kind)) for kind in running]
        if not self.procedure.raw_data and running:
            self.procedure.data = running[0]


class ExtensionForm(ActForm):
    """More working days, and the reason that the applicant is told."""

    days = IntegerField(column_label("", "days"), [InputRequired(), NumberRange(1, 99)])
    reason = text_field("reason")
