"""A list whose columns are rows of data: heading, cell, sort link and download from one place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from flask_babel.speaklater import LazyString

from views.panel.engine.listing import Asked, Heading, ListPages
from views.words.lights import Lamp


class Cell(NamedTuple):
    """A cell that is more than a text; ``small`` and ``past`` are marks behind it."""

    text: str = ""
    url: str = ""
    lamp: Lamp | None = None
    small: str = ""
    past: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column of a list. Without more it shows what the row has under its name.

    ``label``: the heading, where it is not the name of the table's column; on a narrow screen,
    where rows are cards, it stands before each cell. ``reads``: what the statement of the list
    reads for it. ``cell``: how a row of a page shows it, as a text or with marks. ``style``: the
    class of its cells. ``sort``: by what the list can be sorted. ``listed``, ``exported``: on the
    page, in the download. ``is_last``: on the page it stands behind the others. ``is_inside``:
    only for who may know who sits over what.
    """

    name: str
    label: LazyString | None = None
    reads: tuple[Any, ...] = ()
    cell: Callable[[Any, Any], Any] | None = None
    style: str = ""
    sort: Any = None
    listed: bool = True
    exported: bool = False
    is_last: bool = False
    is_inside: bool = False


class ColumnPages(ListPages):
    """A list that is told by its ``columns``, in the order of its download."""

    columns: ClassVar[tuple[Column, ...]] = ()

    def columns_shown(self) -> tuple[Column, ...]:
        """The columns of the page, in their order, as far as the reader may see them."""
        sees_inside = self.sees_inside()
        listed = (c for c in self.columns if c.listed and (sees_inside or not c.is_inside))
        return tuple(sorted(listed, key=lambda column: column.is_last))

    def sees_inside(self) -> bool:
        """Whether the reader learns who in the office sits over what."""
        return True

    def headings(self, asked: Asked) -> list[Heading]:
        labels = dict(self._list_columns)
        return [
            self.heading(column.name, labels[column.name], asked)._replace(style=column.style)
            for column in self.columns_shown()
        ]

    def get_column_name(self, field: str) -> Any:
        label = next((column.label for column in self.columns if column.name == field), None)
        return super().get_column_name(field) if label is None else label

    def scaffold_list_columns(self) -> list[str]:
        return [column.name for column in self.columns if column.listed]

    def get_export_columns(self) -> list[tuple[str, Any]]:
        names = (column.name for column in self.columns if column.exported)
        return [(name, self.get_column_name(name)) for name in names]

    def scaffold_sortable_columns(self) -> dict[str, Any]:
        return {c.name: c.sort for c in self.columns if c.sort is not None}
