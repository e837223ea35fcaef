"""What is typed where somebody is heard, and where a case ends without a permit of ours."""

from datetime import date

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import DateInput

from models import Application, ApplicationStep, InterestedParty
from models.database import db
from models.enums import Duty, TerminationGround
from models.questions.people import officers_on_duty
from models.questions.recusal import must_step_aside
from models.questions.review import reviewers_of
from models.rules.duties import CASEWORK
from views.forms.acts.base import LONGEST_LINE, LONGEST_TEXT, ActForm, Needed, stripped, text_field
from views.forms.acts.review import LONGEST_NAME
from views.forms.columns import MemberField
from views.words.labels import column_label
from views.words.values import localised


def line_field(column: str, longest: int = LONGEST_NAME, *, needed: bool = True) -> StringField:
    """A field for one line of text, labelled as the column is."""
    marks = [Needed()] if needed else []
    return StringField(column_label("", column), [*marks, Length(max=longest)], filters=[stripped])


class HearingForm(ActForm):
    """Day, place and chair of a hearing."""

    planned_on = DateField(column_label("", "planned_on"), [DataRequired()], widget=DateInput())
    place = line_field("place")
    chair = SelectField(column_label("", "chair"), [DataRequired()], coerce=int)

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        reviewers = reviewers_of(case)
        self.chair.choices = [
            (user.id, localised(user, "display_name"))
            for user in officers_on_duty(db.session(), today, CASEWORK - {Duty.GUIDANCE})
            if user.id not in reviewers and not must_step_aside(db.session(), user.id, case, today)
        ]


class MinutesForm(ActForm):
    """The minutes of a hearing, signed by those who took part."""

    minutes = text_field("minutes")
    is_signed = BooleanField(
        _("The minutes were signed today by those who took part"), [DataRequired()]
    )


class PartyForm(ActForm):
    """A third party, and what the permit means to it."""

    name = line_field("name")
    interest = text_field("interest")
    phone = line_field("phone", 30, needed=False)


class ChosenPartyForm(ActForm):
    """One of the interested parties of the case."""

    party = SelectField(column_label("", "party"), [DataRequired()], coerce=int)

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        self.party.choices = [(p.id, p.name) for p in self.waiting(case)]

    def waiting(self, case: Application) -> list[InterestedParty]:
        """The parties among whom to choose: those who were not told yet."""
        return parties_to_tell(case)


class StatementForm(ChosenPartyForm):
    """What an interested party has stated."""

    statement = TextAreaField(
        _("Statement; nothing written means that it waives"),
        [Length(max=LONGEST_TEXT)],
        filters=[stripped],
    )

    def waiting(self, case: Application) -> list[InterestedParty]:
        """The parties among whom to choose: those who were told and have not answered."""
        return parties_to_hear(case)


def parties_to_tell(case: Application) -> list[InterestedParty]:
    """The interested parties who were not told of the application yet."""
    return [p for p in case.interested_parties if p.told_on is None]


def parties_to_hear(case: Application) -> list[InterestedParty]:
    """The interested parties who were told, and have neither stated their case nor waived."""
    return [
        p
        for p in case.interested_parties
        if p.told_on is not None and p.stated_on is None and not p.has_waived
    ]


class ForwardingForm(ActForm):
    """The opinion of a preliminary review, and to whom it goes."""

    to_organ = line_field("to_organ")
    document_number = line_field("document_number", LONGEST_LINE)
    is_supported = BooleanField(column_label("", "is_supported"))
    opinion = text_field("forwarding.opinion")


class TerminationForm(ActForm):
    """Why a case ends without a decision."""

    ground = MemberField(column_label("", "ground"), [DataRequired()], vocabulary=TerminationGround)
    reasons = text_field("reasons")
