"""What is typed where the clock moves."""

from wtforms import (
    DateField,
    IntegerField,
    StringField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import DateInput

from models.enums import SuspensionKind
from views.panel.case_forms.base import LONGEST_LINE, ActForm, Needed, stripped, text_field
from views.panel.forms import MemberField
from views.panel.labels import column_label


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


class ExtensionForm(ActForm):
    """More working days, and the reason that the applicant is told."""

    days = IntegerField(column_label("", "days"), [InputRequired(), NumberRange(1, 99)])
    reason = text_field("reason")
