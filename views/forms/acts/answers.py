"""What is typed with an answer to an application, a second notice, a hand-over."""

from collections.abc import Iterator
from datetime import date

from wtforms import SelectField, StringField
from wtforms.fields.choices import Choice
from wtforms.validators import DataRequired, Length

from models import Application, ApplicationStep
from models.database import db
from models.enums import IntakeResult
from models.questions.people import officers_on_duty
from models.rules.intake import GROUNDS_OF_NON_ACCEPTANCE
from views.forms.acts.base import ActForm, stripped, text_field
from views.forms.acts.intake import NoticeForm
from views.forms.columns import MemberField
from views.words.labels import column_label
from views.words.values import localised

LONGEST_NAME = 200


class GroundField(MemberField):
    """One of the two grounds on which an application is not accepted."""

    def iter_choices(self) -> Iterator[Choice]:
        """The blank choice and the grounds; the other answers are given otherwise."""
        for choice in super().iter_choices():
            if not choice.value or IntakeResult[choice.value] in GROUNDS_OF_NON_ACCEPTANCE:
                yield choice


class NotAcceptForm(ActForm):
    """Why the application is not accepted, and where to apply instead (Art. 32(1), (2))."""

    result = GroundField(column_label("", "ground"), [DataRequired()], vocabulary=IntakeResult)
    proper_organ = StringField(
        column_label("", "proper_organ"), [Length(max=LONGEST_NAME)], filters=[stripped]
    )
    reasons = text_field("reasons")


class SpotForm(ActForm):
    """What the applicant corrected on the spot (Art. 32(3))."""

    reasons = text_field("corrected")


class SecondNoticeForm(NoticeForm):
    """A second notice, and why the first did not name everything."""

    reason = text_field("reason")


class HandOverForm(ActForm):
    """Who is asked first from now on, and why."""

    to_user = SelectField(column_label("", "to_user"), [DataRequired()], coerce=int)
    reason = text_field("reason")

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        colleagues = officers_on_duty(db.session(), today)
        self.to_user.choices = [
            (u.id, localised(u, "display_name"))
            for u in colleagues
            if u.id != case.first_contact_id
        ]
