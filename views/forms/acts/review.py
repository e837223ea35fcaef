"""What is typed in a review: verdicts on the conditions, and checks on the spot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    DateField,
    Field,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.utils import unset_value
from wtforms.validators import DataRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, DateInput, ListWidget

from models import Application, ApplicationStep, ItemCondition
from models.database import db
from models.enums import Duty
from models.questions.people import officers_on_duty
from models.questions.review import may_inspect
from models.rules.duties import CASEWORK
from views.forms.acts.base import LONGEST_TEXT, ActForm, stripped, text_field
from views.forms.acts.steps import OpinionForm
from views.words.labels import column_label
from views.words.values import localised

LONGEST_NAME = 200
CHOICES = {"met": True, "unmet": False}


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """One condition as the form shows it. ``is_met`` None: nobody has judged it yet."""

    name: str
    is_met: bool | None
    note: str
    input_name: str
    note_name: str


class VerdictsField(Field):  # type: ignore[misc]
    """Met or not met, with a note, for each condition of the case. Nothing is chosen beforehand.

    Its data are the verdicts that were chosen; whether one is missing is judged by the rules.
    """

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        super().process(None, {}, extra_filters)
        self.sent = formdata
        self.rows: list[VerdictRow] = []

    def offer(self, case: Application) -> None:
        """Ask about the conditions of a case; what was given before is shown."""
        given = {v.item_condition_id: (v.is_met, v.note) for v in case.verdicts}
        self.data = {}
        for condition in case.item_version.conditions:
            is_met, note = self._chosen(condition) if self.sent else given.get(
                condition.id, (None, "")
            )  # fmt: skip
            key = f"{self.name}-{condition.id}"
            name = str(localised(condition, "name"))
            self.rows.append(VerdictRow(name, is_met, note, key, f"{key}-note"))
            if is_met is not None:
                self.data[condition] = (is_met, note)

    def _chosen(self, condition: ItemCondition) -> tuple[bool | None, str]:
        key = f"{self.name}-{condition.id}"
        return CHOICES.get(self.sent.get(key, "")), stripped(self.sent.get(f"{key}-note"))

    def as_typed(self) -> str:
        """The verdicts that were chosen, and the notes, a line for each condition."""
        words = {True: _("Met"), False: _("Not met"), None: ""}
        lines = (
            " ".join(str(part) for part in (f"{row.name}:", words[row.is_met], row.note) if part)
            for row in self.rows
            if row.is_met is not None or row.note
        )
        return "\n".join(lines)

    def pre_validate(self, form: Any) -> None:
        if any(len(row.note) > LONGEST_TEXT for row in self.rows):
            raise ValidationError(str(_("A note is too long.")))


def offer_verdicts(form: Any, case: Application) -> None:
    """Ask about the conditions, where the item has any."""
    if case.item_version.conditions:
        form.verdicts.offer(case)
    else:
        del form.verdicts


def verdicts_of(form: Any) -> Mapping[ItemCondition, tuple[bool, str]]:
    """The verdicts that were chosen on a form."""
    return form.verdicts.data if "verdicts" in form else {}


class VerdictsForm(ActForm):
    """Verdicts on the conditions, given while the review goes on."""

    verdicts = VerdictsField(column_label("", "verdicts"))

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        offer_verdicts(self, case)


class ReviewForm(OpinionForm):
    """The verdicts and the opinion with which a review ends."""

    verdicts = VerdictsField(column_label("", "verdicts"))

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        super().prepare(case, step, today)
        offer_verdicts(self, case)


class InspectionForm(ActForm):
    """Who checks on the spot, and when."""

    inspectors = SelectMultipleField(
        column_label("", "inspectors"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    planned_on = DateField(column_label("", "planned_on"), [DataRequired()], widget=DateInput())

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        self.inspectors.choices = [
            (user.id, localised(user, "display_name"))
            for user in officers_on_duty(db.session(), today, CASEWORK - {Duty.GUIDANCE})
            if may_inspect(db.session(), case, user, today)
        ]


class ResultForm(ActForm):
    """What a check on the spot has found."""

    passes = SelectField(column_label("", "passes"), [DataRequired()])
    findings = text_field("findings")
    technical_standard = StringField(
        column_label("", "technical_standard"), [Length(max=LONGEST_NAME)], filters=[stripped]
    )

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        self.passes.choices = [("", " "), ("met", _("Met")), ("unmet", _("Not met"))]
