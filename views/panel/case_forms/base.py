"""What a person types with an act: plain forms, filled in beforehand where the law says what.

What must be written is only marked here; rules judge it, and their words stand beside the field.
"""

from datetime import date
from typing import Any, ClassVar

from flask_admin.form import BaseForm
from wtforms import (
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length

from models import (
    Application,
    ApplicationStep,
)
from views.panel.forms import KeptField
from views.panel.labels import column_label

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


class ActForm(BaseForm):  # type: ignore[misc]
    """Any act: the version of the case on which the person looked, and the step it is about."""

    version = KeptField()
    step = KeptField()

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        """Offer what there is to choose from; fill in what is known."""

    def typed(self) -> list[tuple[str, str]]:
        """What a person wrote, labelled: so that nothing is lost when the form cannot be shown."""
        fields = (f for f in self if isinstance(f, StringField) and f.raw_data)
        return [(str(f.label.text), f.raw_data[0]) for f in fields if not isinstance(f, KeptField)]


class SomeChosen(DataRequired):  # type: ignore[misc]
    """At least one is chosen. Unmarked: a browser would ask for every box that is marked."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags: dict[str, bool] = {}
