"""How the inputs of an act become a form: plain fields, filled in beforehand where that is known.

What must be written is only marked here; rules judge it, and their words stand beside the field.
"""

from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from typing import Any, ClassVar

from flask_admin.form import BaseForm
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    Field,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectFieldBase
from wtforms.fields.choices import Choice
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)
from wtforms.widgets import CheckboxInput, DateInput, ListWidget

from models.acts.act import NOTHING, Act, Input, Kind, Standing
from views.forms.columns import KeptField, MemberField
from views.forms.verdicts import MET, VerdictsField
from views.words.acts import input_label, row_offered
from views.words.values import show


class Needed:
    """Marks a text that the rules ask for; they say so in their own words."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: BaseForm, field: Any) -> None:
        """Leave the judgement to the rules."""


class SomeChosen(DataRequired):  # type: ignore[misc]
    """At least one is chosen. Unmarked: a browser would ask for every box that is marked."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags: dict[str, bool] = {}


def stripped(text: str | None) -> str:
    """The text without the blanks around it."""
    return (text or "").strip()


def _key(row: Any) -> str:
    """What a form sends for a row, or for a member of a vocabulary."""
    return row.name if isinstance(row, Enum) else str(row.id)


class OneField(SelectField):  # type: ignore[misc]
    """One of the rows that the act offers. Its data is the row's key."""

    rows: Mapping[str, Any]

    def offer(self, rows: Any) -> None:
        """Let the reader choose among ``rows``."""
        self.rows = {_key(row): row for row in rows}
        self.choices = [(key, row_offered(row)) for key, row in self.rows.items()]

    def know(self, row: Any) -> None:
        """Let ``row`` stand chosen."""
        self.data = _key(row) if row is not None else None

    def pre_validate(self, form: BaseForm) -> None:
        """What is sent is one of the choices; nothing sent is for the act to judge."""
        if self.data is not None:
            super().pre_validate(form)

    def given(self) -> Any:
        """The row that was chosen."""
        return self.rows.get(self.data or "")


class SomeField(SelectMultipleField):  # type: ignore[misc]
    """Any of the rows that the act offers, as boxes to tick. Its data are the rows' keys."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
    rows: Mapping[str, Any]
    offer = OneField.offer

    def given(self) -> list[Any]:
        """The rows that were ticked, in the order in which they are offered."""
        ticked = set(self.data or ())
        return [row for key, row in self.rows.items() if key in ticked]


class OfferedMemberField(MemberField):
    """One of the members that the act offers; another one is no choice."""

    def pre_validate(self, form: BaseForm) -> None:
        if self.data is not None and self.data not in self.members:
            raise ValidationError(self.gettext("Not a valid choice"))


class MetField(SelectField):  # type: ignore[misc]
    """Met or not met; nothing is chosen beforehand."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.choices = [("", " "), ("met", _("Met")), ("unmet", _("Not met"))]

    def given(self) -> bool | None:
        """Whether it was met."""
        return MET.get(self.data or "")


def _marked(asked: Input) -> list[Any]:
    if asked.strict:
        return [DataRequired()]
    return [Needed()] if asked.needed else []


def _required(asked: Input) -> list[Any]:
    return [DataRequired()] if asked.needed else []


# Kind of input → its field, made from the label and the declaration.
FIELDS: dict[Kind, Callable[[Any, Input], Field]] = {
    Kind.LINE: lambda label, asked: StringField(
        label, validators=[*_marked(asked), Length(max=asked.longest)], filters=[stripped]
    ),
    Kind.TEXT: lambda label, asked: TextAreaField(
        label, validators=[*_marked(asked), Length(max=asked.longest)], filters=[stripped]
    ),
    Kind.DAY: lambda label, asked: DateField(
        label, _required(asked) or [Optional()], widget=DateInput()
    ),
    Kind.NUMBER: lambda label, asked: IntegerField(
        label, [InputRequired(), NumberRange(asked.least, asked.most)]
    ),
    Kind.TICK: lambda label, asked: BooleanField(label, _required(asked)),
    Kind.MEMBER: lambda label, asked: OfferedMemberField(
        label, _required(asked), vocabulary=asked.members
    ),
    Kind.ONE: lambda label, asked: OneField(label, _required(asked)),
    Kind.SOME: lambda label, asked: SomeField(label, [SomeChosen()] if asked.needed else []),
    Kind.MET: lambda label, asked: MetField(label, _required(asked)),
    Kind.VERDICTS: lambda label, _asked: VerdictsField(label),
}


def as_typed(field: Any) -> str:
    """What a person put into a field, as it was to be read there."""
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


class InputsForm(BaseForm):  # type: ignore[misc]
    """What is typed with an act."""

    inputs: ClassVar[tuple[Input, ...]] = ()

    def prepare(self, at: Standing) -> None:
        """Offer the choices, fill in what is known, and leave out what is not asked."""
        for asked in self.inputs:
            if asked.asked is not None and not asked.asked(at):
                del self[asked.name]
            else:
                self._prepare(asked, self[asked.name], at)

    def _prepare(self, asked: Input, field: Any, at: Standing) -> None:
        if asked.kind is Kind.VERDICTS:
            field.offer(at.case)
        elif asked.offered is not None:
            field.offer(asked.offered(at))
        nothing = asked.kind in (Kind.SOME, Kind.VERDICTS) and not field.rows
        if nothing and not asked.needed:
            del self[asked.name]
        elif asked.known is not None and field.raw_data is None:
            self._know(field, asked.known(at))

    @staticmethod
    def _know(field: Any, value: Any) -> None:
        know = getattr(field, "know", None)
        if know is not None:
            know(value)
        else:
            field.data = value

    def given(self) -> dict[str, Any]:
        """What was typed, by the names of the inputs; rows instead of their keys."""
        return {
            asked.name: _given(self[asked.name]) if asked.name in self else NOTHING[asked.kind]
            for asked in self.inputs
        }

    def typed(self) -> list[tuple[str, str]]:
        """What a person wrote, labelled: so that nothing is lost when the form cannot be shown."""
        told = ((f, as_typed(f)) for f in self if not isinstance(f, KeptField))
        return [(str(field.label.text), text) for field, text in told if text]


class ActForm(InputsForm):
    """An act on one row: with the version on which the person looked, and the step it is about."""

    version = KeptField()
    step = KeptField()


def _given(field: Any) -> Any:
    if hasattr(field, "given"):
        return field.given()
    return (field.data or "") if isinstance(field, StringField) else field.data


@cache
def form_of(act: Act) -> type[ActForm]:
    """The form of an act."""
    return type("ActForm", (ActForm,), _fields(act, act.inputs))


@cache
def form_of_many(act: Act) -> type[InputsForm]:
    """The form of an act that is done to many rows: what is the same for all of them. A text that
    is missing would be refused row by row: it is asked for at once."""
    shared = tuple(asked for asked in act.inputs if not asked.each)
    fields = _fields(act, shared)
    for asked in shared:
        if asked.needed and asked.kind in (Kind.LINE, Kind.TEXT):
            fields[asked.name].kwargs["validators"] = [DataRequired(), Length(max=asked.longest)]
    return type("ManyForm", (InputsForm,), fields)


def _fields(act: Act, inputs: tuple[Input, ...]) -> dict[str, Any]:
    made = {each.name: FIELDS[each.kind](input_label(act, each.name), each) for each in inputs}
    return {**made, "inputs": inputs}
