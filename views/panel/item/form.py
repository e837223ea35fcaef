"""The form of an item or a version: in sections with a word of help, its rows edited with it."""

from dataclasses import dataclass
from typing import Any, ClassVar

from flask_admin.form import BaseForm

from models.errors import RuleViolation
from views.forms.columns import Children, ChildRows
from views.panel.engine.editing import Conflict, FormPages
from views.panel.engine.lock import Page
from views.panel.item.rows import PlacedRows, broken_fields, placed_rows
from views.panel.item.sections import FIRST_COLUMNS, Section
from views.words.labels import column_label
from views.words.messages import words_of


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A section of the form with its fields and its rows."""

    section: Section
    fields: list[Any]
    rows: list[PlacedRows]

    @property
    def has_errors(self) -> bool:
        """Whether something in it is marked."""
        return any(each.errors for each in (*self.fields, *self.rows))


class SectionedForm(FormPages):
    """The form pages of a view whose ``sections`` name every field once."""

    sections: ClassVar[tuple[Section, ...]]
    create_template = "panel/item_form.html"
    edit_template = "panel/item_form.html"

    def rows_field(self, children: Children) -> Any:
        return placed_rows(children, self.form_base_class)

    def form_page(
        self,
        form: BaseForm,
        row: Any,
        status: int = 200,
        problems: list[str] | None = None,
        conflicts: list[Conflict] | None = None,
    ) -> tuple[str, int]:
        for field in form:
            if isinstance(field, PlacedRows):
                field.offer_blank_rows()
        return super().form_page(form, row, status, problems, conflicts)

    def laid_out(self, form: BaseForm) -> list[LaidOut]:
        """The sections as the template draws them."""
        return [
            LaidOut(
                section,
                [form[column] for column in section.columns if column in form],
                [form[part] for part in section.parts if part in form],
            )
            for section in self.sections
        ]

    def folded(self, rows: ChildRows, entry: Any) -> tuple[list[Any], list[Any]]:
        """The fields of a row: those asked for first, and those folded away."""
        first = FIRST_COLUMNS.get(rows.children.relation)
        told = [entry.form[c] for c in rows.children.columns if c != "position"]
        if first is None:
            return told, []
        shown = [field for field in told if field.short_name in first]
        return shown, [field for field in told if field.short_name not in first]

    def name_of(self, rows: ChildRows, entry: Any) -> str:
        """What a row is called above its fields; a source by the label of what it is about."""
        typed = entry.form[rows.children.key].data or ""
        is_source = rows.children.relation == "sources"
        return str(column_label("item_version", typed)) if is_source else str(typed)

    def _refused(self, form: BaseForm, row: Any, violation: RuleViolation) -> Page:
        answer = super()._refused(form, row, violation)
        words = words_of(violation)
        marked = [rows.mark(violation.code, words) for rows in form if isinstance(rows, PlacedRows)]
        own = [] if any(marked) else list(broken_fields(self.model, form, violation.code))
        for field in own:
            field.errors = [*field.errors, words]
        return self.form_page(form, row, status=422) if any(marked) or own else answer
