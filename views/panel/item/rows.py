"""The rows of an item's page as they are edited together: in an order, each with its own errors."""

import re
from collections.abc import Iterator
from typing import Any

from flask import abort
from flask_babel import gettext
from sqlalchemy import CheckConstraint, cast, literal, select, text
from wtforms.fields import IntegerField
from wtforms.validators import Optional

from models.base import Base
from models.database import db
from models.questions.conflicts import was_part_of
from models.rules.placing import new_positions
from views.forms.columns import (
    BLANK_ROWS,
    Children,
    ChildRows,
    KeptField,
    RemoveField,
    child_form,
    fits_the_column,
)
from views.requests import is_key
from views.words.labels import column_label


class PlaceField(IntegerField):  # type: ignore[misc]
    """The place of a row among the others, from one on. The rows' positions follow from it."""

    def populate_obj(self, obj: Any, name: str) -> None:
        """Leave the row as it is: its position depends on the others."""


class PlacedRows(ChildRows):
    """Child rows that are put in order by their places, and of which nothing typed is dropped."""

    def process(self, formdata: Any, data: Any = (), extra_filters: Any = None) -> None:
        super().process(formdata, data, extra_filters)
        if formdata:
            return
        for place, entry in enumerate(self.entries, start=1):
            entry.form.position.data = place if entry.form.id.data else None

    def _written(self) -> Iterator[Any]:
        for entry in self.entries:
            if entry.form.id.data or any(_is_filled(field) for field in entry.form):
                yield entry.form

    def differences(self, parent: Any) -> Iterator[tuple[str, Any, Any]]:
        place = str(column_label("", "position"))
        for label, typed, saved in super().differences(parent):
            # Places are counted anew on every page: the rest says what differs.
            if not label.endswith(place):
                yield label, typed, saved

    @property
    def saved(self) -> list[Any]:
        """The entries to show as rows: saved ones, and new ones in which something was typed."""
        written = list(self._written())
        return [entry for entry in self.entries if any(entry.form is form for form in written)]

    @property
    def blank(self) -> list[Any]:
        """The entries to show as new rows."""
        written = list(self._written())
        return [entry for entry in self.entries if all(entry.form is not f for f in written)]

    def offer_blank_rows(self) -> None:
        """Have blank rows at the end also when the form is shown again."""
        for _ in range(BLANK_ROWS - len(self.blank)):
            if self.max_entries is None or len(self.entries) < self.max_entries:
                self.append_entry()

    def is_stale(self, parent: Any) -> bool:
        """Whether a row was changed or removed meanwhile. Aborts with 400 at a row of another
        parent, or at one that never was."""
        known = self._known(parent)
        table = self.children.model.__tablename__
        for row in self._written():
            key = row.id.data or ""
            if not key or key in known:
                continue
            if not is_key(key) or not was_part_of(db.session(), parent, table, int(key)):
                abort(400)
            if db.session.get(self.children.model, int(key)) is not None:
                abort(400)
        return super().is_stale(parent)

    def populate_obj(self, obj: Any, name: str) -> None:
        before = list(getattr(obj, name))
        places = {id(row): place for place, row in enumerate(before, start=1)}
        known = self._known(obj)
        kept: list[tuple[tuple[float, int], Any]] = []
        for form in list(self._written()):
            if form.id.data and form.id.data not in known:
                abort(400)  # a row of another parent
            row = known.get(form.id.data or "")
            if form.remove.data:
                if row is not None:
                    db.session.delete(row)
                continue
            if row is None:
                row = self.children.model()
                getattr(obj, name).append(row)
            form.populate_obj(row)
            kept.append((_wanted(form.position.data, places.get(id(row))), row))
        self._number(before, [row for _place, row in sorted(kept, key=lambda pair: pair[0])])

    @staticmethod
    def _number(before: list[Any], after: list[Any]) -> None:
        old = [row.position if row in before else None for row in after]
        positions = new_positions([row.position for row in before], old)
        for row, position in zip(after, positions, strict=True):
            if row.position != position:
                row.position = position

    def mark(self, code: str, words: str) -> bool:
        """Put what a constraint refused beside the field of each row that breaks it."""
        kept = (form for form in self._written() if not form.remove.data)
        broken = [f for form in kept for f in broken_fields(self.children.model, form, code)]
        for field in broken:
            field.errors = [*field.errors, words]
        if broken:
            self.errors = [gettext("Please correct the marked rows.")]
        return bool(broken)


def _wanted(typed: int | None, present: int | None) -> tuple[float, int]:
    """Where a row wants to stand: one that was moved goes before or after the row whose place
    it takes, by the way it came; a new row without a place goes to the end."""
    if typed is None:
        return (float(present) if present is not None else float("inf"), 1)
    if present is None or typed < present:
        return float(typed), 0
    return float(typed), 2 if typed > present else 1


def _is_filled(field: Any) -> bool:
    """Whether somebody typed something here; a value that every blank row has says nothing."""
    if isinstance(field, KeptField | RemoveField | PlaceField):
        return False
    default = field.default() if callable(field.default) else field.default
    return field.data not in (None, "", False, default) or bool(
        getattr(field, "raw_data", None) and field.data is None and any(field.raw_data)
    )


def placed_rows(children: Children, base: Any) -> Any:
    """The field for child rows that stand in an order."""
    form = child_form(children, base)
    place = PlaceField(column_label("", "position"), [Optional(), fits_the_column])
    return PlacedRows(
        type(form.__name__, (form,), {"position": place}),
        children,
        label=column_label("", children.relation),
    )


_NAMES = re.compile(r"[a-z_]+")


def broken_fields(model: type[Base], form: Any, code: str) -> Iterator[Any]:
    """The fields of a form whose values break the constraint of this code.

    The database is asked: a constraint is said once, and not again in Python.
    """
    for constraint in model.__table__.constraints:  # type: ignore[attr-defined]
        if not isinstance(constraint, CheckConstraint) or _code_of(model, constraint) != code:
            continue
        condition = str(constraint.sqltext)
        named = [c for c in model.__table__.columns if c.name in _NAMES.findall(condition)]
        fields = [form[c.name] for c in named if c.name in form]
        if fields and _is_broken(condition, named, form):
            order = _NAMES.findall(condition)
            yield max(fields, key=lambda field: order.index(field.short_name))


def _code_of(model: type[Base], constraint: CheckConstraint) -> str:
    return str(constraint.name).removeprefix(f"ck_{model.__tablename__}_").replace("_", "-")


def _is_broken(condition: str, columns: list[Any], form: Any) -> bool:
    values = [
        cast(literal(form[c.name].data if c.name in form else None, c.type), c.type).label(c.name)
        for c in columns
    ]
    row = select(*values).subquery()
    asked = select(literal(1)).select_from(row).where(text(f"NOT ({condition})"))
    return db.session.execute(asked).first() is not None
