"""The table of saved views: where their owner renames, shares, orders and takes them away."""

from collections.abc import Iterator
from typing import Any

from flask_admin.form import BaseForm

from models import SavedView
from views.access import Verb, may
from views.current import current_actor
from views.links import list_url
from views.panel.engine.base import GuardedModelView
from views.panel.engine.saving_views import share_choices
from views.words.values import cell


class SavedViewView(GuardedModelView):
    """One's own views of all lists; the auditor reads everybody's. A row leads to its list."""

    model = SavedView
    column_list = ("name", "list_name", "shared_with", "position", "owner")
    column_details_list = ("name", "list_name", "query", "shared_with", "position", "owner")
    column_searchable_list = ("name",)
    column_filters = ("shared_with", "list_name")
    column_default_sort = ("list_name", False)
    form_columns = ("name", "shared_with", "position")

    def list_rows(self, rows: list[Any]) -> Iterator[tuple[str, str, list[str]]]:
        columns = [name for name, _label in self._list_columns]
        for row in rows:
            is_open = may(current_actor(), row.list_name, Verb.LIST)
            yield str(row.id), _url_of(row) if is_open else "", [cell(row, c) for c in columns]

    def edit_form(self, obj: Any = None) -> BaseForm:
        form = super().edit_form(obj)
        kept = {name for name, _label in share_choices()}
        if obj is not None and obj.shared_with is not None:
            kept.add(obj.shared_with.name)
        form.shared_with.offer([m for m in form.shared_with.members if m.name in kept])
        return form

    def _after_save(self, row: Any) -> str:
        return _url_of(row)


def _url_of(view: SavedView) -> str:
    root = list_url(view.list_name)
    return f"{root}?{view.query}" if view.query else root


VIEWS = (SavedViewView,)
