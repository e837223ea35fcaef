"""How the columns of a table become fields: native inputs, labelled in the reader's language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from flask import abort
from flask_admin.contrib.sqla.form import AdminModelConverter, get_form
from flask_admin.form import BaseForm
from flask_admin.model.form import converts
from flask_babel import gettext
from wtforms import BooleanField, DateField, FieldList, FormField, HiddenField, PasswordField
from wtforms.fields import IntegerField, SelectFieldBase
from wtforms.fields.choices import Choice
from wtforms.validators import Length, Optional, StopValidation
from wtforms.widgets import DateInput, PasswordInput, Select

from models.database import db
from views.forms.references import loaders_for, reference_field
from views.passwords import LONGEST, SHORTEST, hash_password
from views.words.labels import column_label, member_label

SMALLEST, LARGEST = -(2**31), 2**31 - 1
BLANK_ROWS = 2
MOST_ROWS = 100


def fits_the_column(_form: BaseForm, field: Any) -> None:
    """Stop at a whole number that no column of the database can hold."""
    if field.data is not None and not SMALLEST <= field.data <= LARGEST:
        raise StopValidation(gettext("The number is too large."))


class KeptField(HiddenField):  # type: ignore[misc]
    """A value that travels with the form and is never written to the row."""

    def populate_obj(self, obj: Any, name: str) -> None:
        """Leave the row as it is."""


class RemoveField(BooleanField):  # type: ignore[misc]
    """A mark on a child row that is to go."""

    def populate_obj(self, obj: Any, name: str) -> None:
        """Leave the row as it is."""


class MemberField(SelectFieldBase):  # type: ignore[misc]
    """One member of a vocabulary, or none where the column allows it."""

    widget = Select()

    def __init__(
        self, *args: Any, vocabulary: type[Enum], allow_blank: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.vocabulary = vocabulary
        self.members: Sequence[Enum] = tuple(vocabulary)
        self.allow_blank = allow_blank

    def offer(self, members: Sequence[Enum]) -> None:
        """Let the reader choose among some of the members only."""
        self.members = members

    def iter_choices(self) -> Iterator[Choice]:
        """The members in their order, after an empty choice where none is allowed."""
        if self.allow_blank or self.data is None:
            yield Choice("", " ", self.data is None, {})
        for member in self.members:
            yield Choice(member.name, str(member_label(member)), member is self.data, {})

    def process_formdata(self, valuelist: list[str]) -> None:
        name = valuelist[0] if valuelist else ""
        self.data = self.vocabulary.__members__.get(name)
        if name and self.data is None:
            raise ValueError(self.gettext("Not a valid choice"))


class NewPasswordField(PasswordField):  # type: ignore[misc]
    """Sets a new password when one is typed, and ends the sessions opened with the old one."""

    widget = PasswordInput(hide_value=True)

    def __init__(self, label: Any = None, **options: Any) -> None:
        rules = [Optional(), Length(min=SHORTEST, max=LONGEST)]
        super().__init__(label, rules, **options)

    def populate_obj(self, obj: Any, name: str) -> None:
        if self.data:
            obj.password_hash = hash_password(self.data)
            obj.session_epoch = (obj.session_epoch or 0) + 1


class Converter(AdminModelConverter):  # type: ignore[misc]
    """Columns to fields, with native date inputs and bounded whole numbers."""

    def _get_label(self, name: str, field_args: Any) -> Any:
        return column_label(self.view.model.__tablename__, name)

    def _get_description(self, name: str, field_args: Any) -> None:
        # A description would be printed as raw HTML; a hint of ours is part of the label.
        return None

    def _model_select_field(
        self, prop: Any, multiple: Any, remote_model: Any, **options: Any
    ) -> Any:
        loader = self.view.loaders.get(prop.key)
        return reference_field(remote_model, loader, **options)

    @converts("sqlalchemy.sql.sqltypes.Enum")  # type: ignore[untyped-decorator]
    def convert_enum(self, column: Any, field_args: Any, **_extra: Any) -> Any:
        return MemberField(
            vocabulary=column.type.enum_class, allow_blank=column.nullable, **field_args
        )

    @converts("Date")  # type: ignore[untyped-decorator]
    def convert_date(self, field_args: Any, **_extra: Any) -> Any:
        return DateField(widget=DateInput(), **field_args)

    @converts("Integer")  # type: ignore[untyped-decorator]
    def handle_integer_types(self, field_args: Any, **_extra: Any) -> Any:
        # First of all: the check for duplicates would ask the database for this number.
        field_args["validators"].insert(0, fits_the_column)
        return IntegerField(**field_args)


@dataclass(frozen=True, slots=True)
class Children:
    """Child rows edited inside their parent's form. A new row without ``key`` is left out."""

    relation: str
    model: Any
    columns: tuple[str, ...]
    key: str = "name"


@dataclass(frozen=True, slots=True)
class _ChildInfo:
    """What the converter asks of a view, for a child table."""

    model: Any
    form_columns: tuple[str, ...]
    loaders: dict[str, Any]


class ChildRows(FieldList):  # type: ignore[misc]
    """The rows of a child table, with a few blank ones at the end for new rows."""

    def __init__(self, form_class: type[BaseForm], children: Children, **options: Any) -> None:
        super().__init__(FormField(form_class), max_entries=MOST_ROWS, **options)
        self.children = children

    def process(self, formdata: Any, data: Any = (), extra_filters: Any = None) -> None:
        super().process(formdata, data or (), extra_filters)
        if not formdata:
            for _ in range(BLANK_ROWS):
                self.append_entry()

    def _written(self) -> Iterator[Any]:
        """The forms of the rows that are there or were filled in."""
        for entry in self.entries:
            if entry.form.id.data or entry.form[self.children.key].data:
                yield entry.form

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        kept = [row for row in self._written() if not row.remove.data]
        results = [row.validate() for row in kept]
        self.errors = [] if all(results) else [gettext("Please correct the marked rows.")]
        return not self.errors

    def is_stale(self, parent: Any) -> bool:
        """Whether somebody else has changed one of the rows since the form was opened."""
        known = self._known(parent)
        return any(
            row.id.data not in known or str(known[row.id.data].version) != row.version.data
            for row in self._written()
            if row.id.data
        )

    def _known(self, parent: Any) -> dict[str, Any]:
        return {str(row.id): row for row in getattr(parent, self.children.relation)}

    def catch_up(self, parent: Any) -> None:
        """Take the rows as they are saved now for what is overwritten when this is sent again.

        A row that is gone meanwhile is not lost: what was typed becomes a new one.
        """
        db.session.expire(parent, [self.children.relation])
        known = self._known(parent)
        for row in self._written():
            saved = known.get(row.id.data or "")
            row.id.data = str(saved.id) if saved is not None else ""
            row.version.data = str(saved.version) if saved is not None else ""

    def differences(self, parent: Any) -> Iterator[tuple[str, Any, Any]]:
        """Where what was typed in a row differs from what is saved: label, typed, saved."""
        known = self._known(parent)
        for row in self._written():
            saved = known.get(row.id.data or "")
            for field in row if saved is not None else ():
                if isinstance(field, KeptField | RemoveField) or not hasattr(
                    saved, field.short_name
                ):
                    continue
                now = getattr(saved, field.short_name)
                if (field.data or None) != (now or None):
                    yield f"{self.label.text}: {saved} · {field.label.text}", field.data, now

    def populate_obj(self, obj: Any, name: str) -> None:
        known = self._known(obj)
        for row in list(self._written()):
            if row.id.data and row.id.data not in known:
                abort(400)  # a row of another parent
            self._write(obj, name, row, known.get(row.id.data or ""))

    def _write(self, parent: Any, name: str, row: Any, existing: Any) -> None:
        if row.remove.data:
            if existing is not None:
                db.session.delete(existing)
            return
        target = existing if existing is not None else self.children.model()
        row.populate_obj(target)
        if existing is None:
            getattr(parent, name).append(target)


def child_form(children: Children, base: type[BaseForm]) -> type[BaseForm]:
    """The form of one child row."""
    info = _ChildInfo(
        children.model, children.columns, loaders_for(children.model, children.columns)
    )
    form_class = get_form(
        children.model, Converter(db, info), base_class=base, only=children.columns
    )
    extra = {"id": KeptField(), "version": KeptField(), "remove": RemoveField()}
    return type(form_class.__name__, (form_class,), extra)


def child_rows(children: Children, base: type[BaseForm]) -> Any:
    """The field for the child rows of a parent."""
    label = column_label("", children.relation)
    return ChildRows(child_form(children, base), children, label=label)
