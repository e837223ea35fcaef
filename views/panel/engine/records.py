"""One row, whole: its facts, what belongs to it, and what may be done to it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode

from flask import abort, flash, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from models.acts import Act, acts_on
from models.acts.act import Standing
from models.acts.many import do_to_row, standing_of_row
from models.database import db
from models.errors import RuleViolation
from views.access import Verb, may
from views.current import current_actor, current_day
from views.forms.columns import Children
from views.judging import judged
from views.panel.engine.lock import LockedView, Page, page
from views.words.acts import label_of, question_of
from views.words.labels import column_label, table_name
from views.words.messages import words_of
from views.words.values import exact, row_title


@dataclass(frozen=True, slots=True)
class RowButton:
    """An act as the page of a row offers it."""

    name: str
    label: str
    question: str


class RecordPages(LockedView):
    """The details page, with the deeds it offers."""

    children: ClassVar[tuple[Children, ...]] = ()
    # (table, the key in it that names this row): lists reached from the details page.
    related: ClassVar[tuple[tuple[str, str], ...]] = ()
    can_view_details = True
    can_delete = True
    action_disallowed_list = ("delete",)
    details_template = "panel/details.html"

    @page("/details/")
    def details_view(self) -> Page:
        """One row, whole."""
        row = self.find(request.args.get("id"), Verb.DETAIL)
        return str(self.render(self.details_template, **self.details_context(row)))

    def details_context(self, row: Any) -> dict[str, Any]:
        """What the details page shows."""
        key = self.get_pk_value(row)
        return {
            "row": row,
            "row_key": key,
            "title": row_title(row),
            "facts": [(label, exact(row, name)) for name, label in self._details_columns],
            "child_tables": [self._child_table(row, children) for children in self.children],
            "related_lists": list(self._related_lists(key)),
            "edit_url": self._url_if(Verb.EDIT, ".edit_view", row, id=key),
            "delete_url": self._url_if(Verb.DELETE, ".delete_view", row),
            "row_actions": self.row_buttons(row),
        }

    def row_acts(self) -> tuple[Act, ...]:
        """What is done to one row of this table."""
        return acts_on(self.table)

    def row_buttons(self, row: Any) -> list[RowButton]:
        """What this reader may do to the row as it stands."""
        at = self.standing(row)
        offered = self.row_acts() if self.allows(Verb.ACT, row) else ()
        return [
            RowButton(act.name, str(label_of(act)), question_of(act))
            for act in offered
            if act.is_of(at.actor) and act.why_pointless(standing_of_row(act, at)) is None
        ]

    @staticmethod
    def standing(row: Any) -> Standing:
        """The row as the reader finds it today."""
        return Standing(db.session(), current_actor(), current_day(), row)

    def _url_if(self, verb: Verb, endpoint: str, row: Any, **arguments: Any) -> str | None:
        return self.get_url(endpoint, **arguments) if self.allows(verb, row) else None

    def _child_table(self, row: Any, children: Children) -> dict[str, Any]:
        table = children.model.__tablename__
        return {
            "label": column_label("", children.relation),
            "headings": [column_label(table, column) for column in children.columns],
            "rows": [
                [exact(child, column) for column in children.columns]
                for child in getattr(row, children.relation)
            ],
        }

    def _related_lists(self, key: Any) -> Iterator[tuple[Any, str]]:
        for table, column in self.related:
            if may(current_actor(), table, Verb.LIST):
                query = urlencode({f"flt_{column}_is": key})
                yield table_name(table), f"{self.get_url(f'{table}.index_view')}?{query}"

    @page("/delete/", "POST")
    def delete_view(self) -> Response:
        """Take one row away, where its rules allow it."""
        row = self.find(request.form.get("id"), Verb.DELETE)
        details = self._details_or_list(row)
        if self._attempt(lambda: db.session.delete(row)):
            flash(gettext("Deleted."), "success")
            return redirect(self._return_url())
        return redirect(details)

    @page("/action/", "POST")
    def action_view(self) -> Response:
        """Do something to chosen rows; all of it or none."""
        name = request.form.get("action", "")
        act = next((a for a in self.row_acts() if a.name == name), None) or abort(400)
        rows = [self.find(key, Verb.ACT) for key in request.form.getlist("rowid")]
        if not rows:
            flash(gettext("Please choose at least one row."), "warning")
        elif self._attempt(lambda: [self._do_to(act, row) for row in rows]):
            label, count = label_of(act), len(rows)
            flash(gettext("Done: %(label)s (%(count)s)", label=label, count=count), "success")
        return redirect(self._return_url())

    def _do_to(self, act: Act, row: Any) -> object:
        return do_to_row(act, standing_of_row(act, self.standing(row)), {})

    def _attempt(self, deed: Callable[[], object]) -> bool:
        """Carry a deed out and commit it; what stands against it is told, and nothing is saved."""
        refusal = self._judged(deed)
        if refusal is not None:
            flash(words_of(refusal), "danger")
        return refusal is None

    def _judged(self, deed: Callable[[], object]) -> RuleViolation | None:
        """Carry a deed out and commit it; what stands against it, when nothing is saved."""
        return judged(deed)
