"""The list of cases: its tabs, its columns and its statements as one page."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from flask import request
from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.orm import joinedload

from models import Application
from models.database import db
from models.questions.calendar import working_calendar
from models.questions.worklists import CONDITIONS, Worklist
from views.access import Verb, may, scope
from views.current import current_actor, current_day
from views.links import case_url
from views.panel.engine.bulk import BulkPages
from views.panel.engine.columns import Cell, ColumnPages
from views.panel.engine.filters import Filter
from views.panel.engine.listing import PAGE_SIZES, Asked
from views.panel.lists.board_filters import ONLY_IN_ADDRESSES
from views.panel.lists.case_columns import COLUMNS, Reading, shown_by, words_of_page
from views.panel.lists.case_filters import case_filters
from views.panel.lists.case_statements import (
    Found,
    Order,
    count_tabs,
    is_like,
    open_steps,
    rows_of_page,
)
from views.panel.lists.case_tabs import FIRST_ORDER, TAB_NAMES, TAB_SHAPES, Tab, tab_asked
from views.words.labels import member_label
from views.words.lights import Lamps
from views.words.values import in_english, localised


class CaseLine(NamedTuple):
    """One line of the list, ready to print: ``cells`` are what its columns show, in their order."""

    key: int
    title: str
    cells: list[str | Cell]


class ApplicationList(BulkPages, ColumnPages):
    """The list of cases, in place of the plain list of a table."""

    list_template = "panel/application_list.html"
    tab_names = tuple(tab.lower() for tab in Worklist)
    page_size = PAGE_SIZES[1]
    columns = COLUMNS
    column_searchable_list = ("number", "applicant.name", "summary")

    def sees_inside(self) -> bool:
        return may(current_actor(), "application_step", Verb.LIST)

    def get_filters(self) -> list[Filter] | None:
        return case_filters()

    def get_list(
        self,
        page: int,
        sort_column: str | None,
        sort_desc: bool,
        search: str,
        filters: list[tuple[int, str, str]],
        execute: bool = True,
        page_size: int | None = None,
    ) -> tuple[int, Any]:
        """The number of cases in the tab, and the page; without ``execute`` all of it, unread."""
        today, tab = current_day(), tab_asked()
        whole = self._case_with_number(search) if search else None
        criteria = [*self._criteria(filters), *_searched(search, whole)]
        # Applicants have few cases of their own: they are read once, from an index.
        is_narrow = scope(current_actor(), self.table, Verb.LIST) is not None
        in_one_pass = is_narrow or (bool(search) and whole is None)
        counts = count_tabs(today, criteria, in_one_pass=in_one_pass)
        count = counts[tab.lower()]
        order = Order(*FIRST_ORDER[tab])
        if sort_column:
            column = self._sortable_columns[sort_column]
            order = Order(column, sort_desc, has_gaps=column.nullable)
        if tab is not Worklist.ALL:
            criteria.append(CONDITIONS[tab](today))
        if execute:
            asked = (page, page_size or self.page_size)
            rows = rows_of_page(self.columns_shown(), criteria, order, asked, count)
            return count, Found(rows, counts)
        query = self.get_query().options(*_EXPORTED).filter(*criteria)
        return count, query.order_by(*order.clauses())

    def _criteria(self, filters: list[tuple[int, str, str]]) -> list[ColumnElement[bool]]:
        """The reader's scope and the filters of the address."""
        statement = self._scoped(select(Application.id), Verb.LIST)
        for index, _key, value in filters:
            flt = self._filters[index]
            statement = flt.apply(statement, flt.clean(value))
        return [] if statement.whereclause is None else [statement.whereclause]

    def _case_with_number(self, search: str) -> int | None:
        """The case whose whole number was typed, if the reader may see it."""
        statement = select(Application.id).where(Application.number == search)
        found: int | None = db.session.scalar(self._scoped(statement, Verb.LIST))
        return found

    def list_context(self, asked: Asked, count: int, rows: Any) -> dict[str, Any]:
        here = tab_asked()
        filters_open = "filters" in request.args
        return {
            **super().list_context(asked, count, rows),
            "tabs": [self._tab(tab, rows.counts[tab.lower()], here) for tab in Worklist],
            # The words and choices of the filters take as long as the list: on demand.
            "filter_fields": self._offered_filters() if filters_open else [],
            "filters_open": filters_open,
            "filters_url": self.list_url(filters="1"),
            "past_the_law": rows.counts["past_the_law"] if here is Worklist.OVERDUE else 0,
            "past_the_law_url": self.list_url(flt_past_the_law_is="1", page=None),
            "is_narrowed": bool(asked.search or asked.filters),
        }

    def _offered_filters(self) -> list[Filter]:
        hidden = {"item_version_id_is", "applicant_id_is", *ONLY_IN_ADDRESSES}
        if not self.sees_inside():
            hidden.add("officer_id_is")
        return [flt for flt in self._filters if flt.key() not in hidden]

    def list_url(self, **changes: Any) -> str:
        return f"{self.list_root()}{self._query({'filters': None, **changes})}"

    def _kept_arguments(self) -> dict[str, str]:
        return {n: value for n, value in super()._kept_arguments().items() if n != "filters"}

    def _tab(self, tab: Worklist, count: int, here: Worklist) -> Tab:
        name = None if tab is Worklist.ALL else tab.lower()
        url = self.list_url(tab=name, page=None, sort=None, desc=None)
        return Tab(url, TAB_SHAPES.get(tab, ""), str(TAB_NAMES[tab]), count, tab is here)

    def list_rows(self, rows: Any) -> Iterator[CaseLine]:  # type: ignore[override]
        """The lines of the page."""
        found: Sequence[Row[Any]] = rows.rows
        if not found:
            return
        page = _reading(found)
        shown = [shown_by(column) for column in self.columns_shown()]
        for row in found:
            yield CaseLine(row.id, row.number, [text_of(row, page) for text_of in shown])

    def row_in_words(self, row: Any) -> tuple[str, str, str]:
        item = str(localised(row.licence_item, "name"))
        about = f"{row.applicant} · {item}" if row.applicant else item
        return case_url(row.number), row.number, about


_EXPORTED = (
    joinedload(Application.applicant),
    joinedload(Application.licence_item),
    joinedload(Application.officer),
)


def _searched(search: str, whole: int | None) -> list[ColumnElement[bool]]:
    if whole is not None:
        return [Application.id == whole]
    return [is_like(search)] if search else []


def _reading(rows: Sequence[Row[Any]]) -> Reading:
    today = current_day()
    return Reading(
        today=today,
        language=int(in_english()),
        lamps=Lamps(working_calendar(db.session()), today),
        steps=open_steps([row.id for row in rows]),
        statuses={status: str(member_label(status)) for status in {row.status for row in rows}},
        words=words_of_page(),
    )
