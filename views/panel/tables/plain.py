"""Tables without a view of their own: a document of a case is listed as its policy tells it."""

from collections.abc import Iterable, Iterator

from models import Base
from views.access import ACCESS
from views.panel.engine.base import GuardedModelView
from views.panel.tables.cases import PartOfCase

MOST_COLUMNS = 6


def plain_views(taken: Iterable[type[GuardedModelView]]) -> Iterator[type[GuardedModelView]]:
    """A view for each table that is open to somebody and that no other view shows."""
    shown = {view.model for view in taken}
    for mapper in Base.registry.mappers:
        kind = mapper.class_
        if kind not in shown and kind.policy.told and kind.__tablename__ in ACCESS:
            yield _plain_view(kind)


def _plain_view(kind: type[Base]) -> type[GuardedModelView]:
    told = ("application", *kind.policy.told)
    columns = {
        "model": kind,
        "column_list": told[:MOST_COLUMNS],
        "column_details_list": told,
        "column_searchable_list": ("application.number",),
        "column_filters": ("application_id",),
        "column_default_sort": ("id", True),
        "__doc__": kind.__doc__,
    }
    return type(f"{kind.__name__}View", (PartOfCase,), columns)
