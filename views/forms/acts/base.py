"""What a person types with an act: plain forms, filled in beforehand where the law says what.

What must be written is only marked here; rules judge it, and their words stand beside the field.
"""

from datetime import date
from typing import Any, ClassVar

from flask_admin.form import BaseForm
from flask_babel import gettext
from wtforms import BooleanField, TextAreaField
from wtforms.fields import SelectFieldBase
from wtforms.fields.choices import Choice
from wtforms.validators import DataRequired, Length

from models import (
    Application,
    ApplicationStep,
)
from views.forms.columns import KeptField
from views.words.labels import column_label
from views.words.values import show

LONGEST_TEXT = 4000
LONGEST_LINE = 60


class Needed:
    """Marks a text that the rules ask for; they say so in their own words."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: BaseForm, field: Any) -> None:
        """Leave the judgement to the rules."""


def stripped(text: str | None) -> str:
    """The text without the blanks around it."""
    return (text or "").strip()


def text_field(column: str, *, needed: bool = True) -> TextAreaField:
    """A field for a text of several lines, labelled as the column is."""
    marks = [Needed()] if needed else []
    rules = [*marks, Length(max=LONGEST_TEXT)]
    return TextAreaField(column_label("", column), rules, filters=[stripped])


def as_typed(field: Any) -> str:
    """What a person put into a field, as he read it there."""
    if hasattr(field, "as_typed"):
        return str(field.as_typed())
    sent = [text for text in field.raw_data or () if isinstance(text, str) and text]
    if isinstance(field, BooleanField):
        return str(show(True)) if field.data else ""
    if isinstance(field, SelectFieldBase):
        labels = {str(each.value): str(each.label) for each in map(_choice, field.iter_choices())}
        return str(gettext(", ")).join(labels.get(text, text) for text in sent)
    return sent[0] if sent else ""


def _choice(each: Any) -> Choice:
    return each if isinstance(each, Choice) else Choice(*each)


class ActForm(BaseForm):  # type: ignore[misc]
    """Any act: the version of the case on which the person looked, and the step it is about."""

    version = KeptField()
    step = KeptField()

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        """Offer what there is to choose from; fill in what is known."""

    def typed(self) -> list[tuple[str, str]]:
        """What a person wrote, labelled: so that nothing is lost when the form cannot be shown."""
        told = ((f, as_typed(f)) for f in self if not isinstance(f, KeptField))
        return [(str(field.label.text), text) for field, text in told if text]


class SomeChosen(DataRequired):  # type: ignore[misc]
    """At least one is chosen. Unmarked: a browser would ask for every box that is marked."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags: dict[str, bool] = {}
