"""The form of a row: every field named, nothing typed ever lost, no version overwritten unseen."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import Response, abort, flash, jsonify, redirect, request
from flask_admin.contrib.sqla.form import get_form
from flask_admin.form import BaseForm
from flask_babel import gettext
from flask_babel.speaklater import LazyString
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from models.base import Base, Versioned
from models.database import db
from models.errors import RuleViolation
from views.access import Verb
from views.current import reads_long_forms, shows_form_again, token_expired, too_long
from views.forms.columns import Children, ChildRows, Converter, KeptField, child_rows
from views.forms.references import LONGEST_TERM, MOST_FOUND, RowLoader, loaders_for
from views.judging import violation_of
from views.panel.engine.lock import LockedView, Page, page
from views.requests import whole_number
from views.words.field_help import place
from views.words.labels import row_name
from views.words.messages import words_of
from views.words.values import row_title, show


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field on which the typed and the saved version differ."""

    label: str
    typed: str
    saved: str


@dataclass(frozen=True, slots=True)
class FormSection:
    """A part of a form under its heading."""

    heading: str
    fields: list[Any]


def words_too_long() -> str:
    """What is said of a form that is too long to be read; its texts stand in it again."""
    return str(gettext("This is too long to be saved. Nothing is lost: please shorten it."))


class FormPages(LockedView):
    """The pages to create and to edit a row, and the lookups of their references."""

    children: ClassVar[tuple[Children, ...]] = ()
    form_columns: Any = ()
    form_base_class = BaseForm
    create_template = "panel/form.html"
    edit_template = "panel/form.html"
    # (heading, the columns that follow it): a long form in parts; what is not named comes first.
    form_parts: ClassVar[tuple[tuple[LazyString, tuple[str, ...]], ...]] = ()

    def __init__(self) -> None:
        self.loaders: dict[str, RowLoader] = loaders_for(self.model, tuple(self.form_columns))
        super().__init__()

    def scaffold_form(self) -> type[BaseForm]:
        """The form of the named columns, and of nothing else."""
        if not self.form_columns:
            return self.form_base_class  # type: ignore[no-any-return]
        form: type[BaseForm] = get_form(
            self.model, Converter(db, self), base_class=self.form_base_class,
            only=self.form_columns, field_args=self.form_args, extra_fields=self.form_extra_fields,
        )  # fmt: skip
        rows = {c.relation: self.rows_field(c) for c in self.children}
        return type(form.__name__, (form,), rows)

    def rows_field(self, children: Children) -> Any:
        """The field in which child rows are edited."""
        return child_rows(children, self.form_base_class)

    def get_edit_form(self) -> type[BaseForm]:
        form = self.get_form()
        if not issubclass(self.model, Versioned):
            return form  # type: ignore[no-any-return]
        return type(form.__name__, (form,), {"version": KeptField()})

    def _prefill(self) -> dict[str, Any]:
        """What the link to a new row already says, such as the parent it belongs to."""
        return {
            name: self.loaders[name].get_one(value)
            for name, value in request.args.items()
            if name in self.loaders
        }

    @page("/new/", "GET", "POST")
    @shows_form_again
    @reads_long_forms
    def create_view(self) -> Page:
        """A new row."""
        if request.method == "GET":
            return self.form_page(self._create_form_class(None, **self._prefill()), None)
        return self._handle_form(self.create_form(), None)

    @page("/edit/", "GET", "POST")
    @shows_form_again
    @reads_long_forms
    def edit_view(self) -> Page:
        """An existing row."""
        row = self.find(request.args.get("id"), Verb.EDIT)
        if not self.allows(Verb.EDIT, row):
            abort(403)
        form = self.edit_form(row)
        return (
            self.form_page(form, row) if request.method == "GET" else self._handle_form(form, row)
        )

    def _handle_form(self, form: BaseForm, row: Any) -> Page:
        if token_expired():
            words = gettext("The page was open too long. Nothing is lost: please save again.")
            return self.form_page(form, row, status=400, problems=[words])
        if too_long():
            return self.form_page(form, row, status=413, problems=[words_too_long()])
        if row is not None and self._is_stale(form, row):
            return self._conflict_page(form, row)
        if not form.validate():
            return self.form_page(form, row, status=422)
        try:
            saved = self._save(form, row)
        except RuleViolation as violation:
            return self._refused(form, row, violation)
        except IntegrityError as error:
            return self._refused(form, row, violation_of(error))
        except StaleDataError:
            db.session.rollback()
            return self._conflict_page(form, row)
        flash(gettext("Saved."), "success")
        return redirect(self._after_save(saved))

    def build_new_instance(self) -> Any:
        """A new row with its defaults: guards must see them before the flush fills them in."""
        return self.model()

    def _save(self, form: BaseForm, row: Any) -> Any:
        target = self.build_new_instance() if row is None else row
        form.populate_obj(target)
        if row is None:
            db.session.add(target)
        db.session.commit()
        return target

    def _after_save(self, row: Any) -> str:
        if "_add_another" in request.form:
            return self._here()
        if not self.may(Verb.DETAIL):
            return self._return_url()
        return str(self.get_url(".details_view", id=self.get_pk_value(row)))

    def _is_stale(self, form: BaseForm, row: Any) -> bool:
        if "version" in form and form.version.data != str(row.version):
            return True
        return any(field.is_stale(row) for field in form if isinstance(field, ChildRows))

    def _conflict_page(self, form: BaseForm, row: Any) -> Page:
        """Both versions side by side; saving again now means to overwrite knowingly."""
        db.session.refresh(row)
        if "version" in form:
            form.version.data = str(row.version)
        for field in form:
            if isinstance(field, ChildRows):
                field.catch_up(row)
        return self.form_page(form, row, status=409, conflicts=list(_conflicts(form, row)))

    def _refused(self, form: BaseForm, row: Any, violation: RuleViolation) -> Page:
        db.session.rollback()
        words = words_of(violation)
        name = next((n for n in _field_names(violation.field) if n in form), None)
        if name is None:
            return self.form_page(form, row, status=422, problems=[words])
        form[name].errors = [*form[name].errors, words]
        return self.form_page(form, row, status=422)

    def form_page(
        self,
        form: BaseForm,
        row: Any,
        status: int = 200,
        problems: list[str] | None = None,
        conflicts: list[Conflict] | None = None,
    ) -> tuple[str, int]:
        """The form, with what was typed and what stands against it."""
        place(form, self.table)
        text = self.render(
            self.edit_template if row is not None else self.create_template,
            form=form,
            row=row,
            title=row_title(row) if row is not None else row_name(self.table),
            problems=problems or [],
            conflicts=conflicts,
            sections=self._sections(form),
            hidden_fields=[f for f in form if isinstance(f, KeptField)],
            child_fields=[f for f in form if isinstance(f, ChildRows)],
            lookup_url=self.get_url(".ajax_lookup"),
            return_url=self._details_or_list(row),
        )
        return text, status

    def _sections(self, form: BaseForm) -> list[FormSection]:
        fields = {f.short_name: f for f in form if not isinstance(f, KeptField | ChildRows)}
        named = {name for _heading, names in self.form_parts for name in names}
        parts = [("", [name for name in fields if name not in named]), *self.form_parts]
        found = (
            FormSection(str(heading), [fields[name] for name in names if name in fields])
            for heading, names in parts
        )
        return [section for section in found if section.fields]

    @page("/ajax/lookup/")
    def ajax_lookup(self) -> Response:
        """Rows to refer to, a few at a time, as far as the reader may list them."""
        loader = self.loaders.get(request.args.get("name", "")) or abort(404)
        term = request.args.get("query", "").strip()
        if len(term) > LONGEST_TERM:
            abort(400)
        offset, limit = whole_number("offset"), whole_number("limit", MOST_FOUND)
        return jsonify([loader.format(row) for row in loader.get_list(term, offset, limit)])

    @page("/ajax/update/", "POST")
    def ajax_update(self) -> None:
        """No cell is edited in place: a change needs the form, with the version it began from."""
        abort(404)


def _field_names(field: str | None) -> tuple[str, ...]:
    """A column, or the reference whose key it is."""
    return (field, field.removesuffix("_id")) if field else ()


def _conflicts(form: BaseForm, row: Base) -> Iterator[Conflict]:
    for field in form:
        if isinstance(field, ChildRows):
            for label, data, now in field.differences(row):
                yield Conflict(label, show(data), show(now))
        if isinstance(field, KeptField | ChildRows) or not hasattr(row, field.name):
            continue
        typed, saved = show(field.data), show(getattr(row, field.name))
        if typed != saved:
            yield Conflict(str(field.label.text), typed, saved)
