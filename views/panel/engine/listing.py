"""The list of a table: sorted, searched, filtered by its address, and exported as it is seen."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar, NamedTuple
from urllib.parse import urlencode

from flask import abort, current_app, flash, redirect, request
from flask_babel import gettext
from sqlalchemy import inspect, or_
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.wrappers import Response

from views.access import Verb
from views.current import shows_form_again, token_expired
from views.exports import EXPORTS, csv_response, xlsx_response
from views.panel.engine.addresses import filter_key, kept_query, number_in, said
from views.panel.engine.filters import BETWEEN, LONGEST_TEXT, Filter, checked, filters_for
from views.panel.engine.lock import LockedView, Page, page
from views.panel.engine.saving_views import Saving, keeps_views, share_choices, view_tabs
from views.words.empty_lists import next_step
from views.words.labels import column_label
from views.words.values import cell, cell_value

MOST_ROWS_PASSED = 10**7
PAGE_SIZES = (20, 50, 100)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a list asks for."""

    page: int
    size: int
    sort: str | None
    descending: bool
    search: str
    filters: list[tuple[int, str, str]]


class Heading(NamedTuple):
    """What stands over a column. ``url`` sorts by it; ``sorted``: which way it is sorted now;
    ``style``: the class of the cells below."""

    label: str
    url: str | None = None
    sorted: str | None = None
    style: str = ""


class TooManyRows(RequestEntityTooLarge):
    """The list is longer than one export may be."""

    is_for_the_reader = True

    def __init__(self, count: int, most: int) -> None:
        super().__init__(
            gettext(
                "The list has %(count)s rows; an export takes at most %(most)s. "
                "Narrow it with filters first.",
                count=f"{count:,}",
                most=f"{most:,}",
            )
        )


class ListPages(LockedView):
    """The list, and its download."""

    column_display_pk = True
    can_export = True
    page_size = PAGE_SIZES[0]
    list_template = "panel/list.html"
    # The tabs that an address may name, the first of them when it names none.
    tab_names: ClassVar[tuple[str, ...]] = ()

    def asked(self, arguments: dict[str, str] | None = None) -> Asked:
        """What the address asks for, or these arguments. Aborts with 400 when it cannot be."""
        said_here = said() if arguments is None else arguments
        size = number_in(said_here, "page_size", self.page_size)
        size = size if size in PAGE_SIZES else self.page_size
        page = number_in(said_here, "page")
        sort = said_here.get("sort") or None
        search = said_here.get("search", "").strip()
        if page * size > MOST_ROWS_PASSED or len(search) > LONGEST_TEXT:
            abort(400)
        if sort is not None and sort not in self._sortable_columns:
            abort(400)
        if self.tab_names and said_here.get("tab", self.tab_names[0]) not in self.tab_names:
            abort(400)
        return Asked(
            page, size, sort, said_here.get("desc") == "1", search, self._filters_in(said_here)
        )

    @page("/")
    def index_view(self) -> Page:
        """The list."""
        return self.list_page(self.asked())

    def list_page(self, asked: Asked, saving: Saving | None = None) -> str:
        """The page; with ``saving`` the form to save it as a view is open, with what it says."""
        count, rows = self.get_list(
            asked.page, asked.sort, asked.descending, asked.search, asked.filters,
            page_size=asked.size,
        )  # fmt: skip
        context = self.list_context(asked, count, rows)
        return str(self.render(self.list_template, **context, **self.views_context(saving)))

    @page("/view/", "GET", "POST")
    @shows_form_again
    def save_view(self) -> Page:
        """The list, with the form that saves what its address asks as a view of the reader's."""
        if not keeps_views():
            abort(403)
        asked, saving = self.asked(), Saving.typed()
        if request.method == "GET":
            return self.list_page(asked, saving)
        query = kept_query(said())
        problem = saving.problem_with(self.table, query)
        if problem is not None:
            status = 400 if token_expired() else 422
            return self.list_page(asked, replace(saving, problem=problem)), status
        flash(gettext("The view “%(name)s” is saved.", name=saving.name), "success")
        return redirect(f"{self.list_root()}{query and f'?{query}'}")

    def views_context(self, saving: Saving | None) -> dict[str, Any]:
        """What the page shows of saved views."""
        return {
            "saved_views": view_tabs(self.table, self.list_root(), self.understands),
            "keeps_views": keeps_views(),
            "saving": saving,
            "save_view_url": f"{self.list_root()}view/{self._query({'page': None})}",
            "share_choices": share_choices(),
        }

    def understands(self, arguments: dict[str, str]) -> bool:
        """Whether a list asked for this would answer: what no longer can be is shown as such."""
        try:
            self.asked(arguments)
        except BadRequest:
            return False
        return True

    def narrowed(self, query: Any, asked: Asked) -> Any:
        """A count of rows under the search and the filters of the address."""
        joins: dict[Any, Any] = {}
        if asked.search:
            query, _count, joins, _joins = self._apply_search(query, None, joins, {}, asked.search)
        query, *_rest = self._apply_filters(query, None, joins, {}, asked.filters)
        return query

    def _cleared(self) -> str:
        """The address of this list without search and filters; tab and order stay."""
        gone = [name for name in said() if filter_key(name) is not None]
        return self.list_url(page=None, search=None, **dict.fromkeys(gone))

    def list_root(self) -> str:
        """The address of the whole list."""
        return str(self.get_url(".index_view"))

    def list_context(self, asked: Asked, count: int, rows: list[Any]) -> dict[str, Any]:
        """What the list's page shows."""
        return {
            "asked": asked,
            "count": count,
            "last_page": max(0, -(-count // asked.size) - 1),
            "headings": self.headings(asked),
            "zip": zip,  # each cell with its heading: templates count no columns
            "rows": list(self.list_rows(rows)),
            "chips": list(self._chips(asked)),
            "filter_fields": [flt for flt in self._filters or () if not flt.column.foreign_keys],
            "typed_filters": {key: value for _index, key, value in asked.filters},
            "ticked": {key: value.split(BETWEEN) for _index, key, value in asked.filters},
            "list_url": self.list_url,
            "page_sizes": PAGE_SIZES,
            "kept": self._kept_arguments(),
            "search_label": self.search_label() if self._search_supported else None,
            "may_create": self.may(Verb.CREATE),
            "may_export": self.may(Verb.EXPORT),
            "exports": [(self.export_url(kind), words) for kind, words in EXPORTS.items()],
            "whole_list_url": self.list_root(),
            "clear_url": self._cleared(),
            # Words that only an empty list says.
            "next_step": partial(next_step, self.table),
        }

    def list_rows(self, rows: list[Any]) -> Iterator[tuple[str, str, list[str]]]:
        """For each row its key, the address of its page (if open) and the text of its cells."""
        columns = [name for name, _label in self._list_columns]
        details = f"{self.get_url('.details_view')}?id=" if self.may(Verb.DETAIL) else ""
        for row in rows:
            key = str(self.get_pk_value(row))
            url = f"{details}{key}" if details else ""
            yield key, url, [cell(row, column) for column in columns]

    def headings(self, asked: Asked) -> list[Heading]:
        """What stands over the columns of the page."""
        return [self.heading(name, label, asked) for name, label in self._list_columns]

    def heading(self, name: str, words: Any, asked: Asked) -> Heading:
        """What stands over one column."""
        label = str(words)  # once for the page: every cell repeats it for narrow screens
        if name not in self._sortable_columns:
            return Heading(label)
        is_sorted = asked.sort == name
        downwards = "1" if is_sorted and not asked.descending else None
        order = ("descending" if asked.descending else "ascending") if is_sorted else None
        url = self.list_url(sort=name, desc=downwards, page=None)
        return Heading(label, url, order)

    def _chips(self, asked: Asked) -> Iterator[dict[str, Any]]:
        for index, key, value in asked.filters:
            flt = self._filters[index]
            names = [a for a in said() if filter_key(a) == key]
            without = self.list_url(page=None, **dict.fromkeys(names))
            yield {
                "label": flt.name,
                # "Category: these two" reads better than "Category is these two".
                "word": "" if flt.kind == "is" else flt.operation(),
                "value": flt.shown(value),
                "url": without,
            }

    def _kept_arguments(self) -> dict[str, str]:
        """What a new search or filter leaves as it is."""
        return {
            name: value
            for name, value in said().items()
            if name != "page" and name != "search" and filter_key(name) is None
        }

    def list_url(self, **changes: Any) -> str:
        """The address of this list with some arguments changed (None: taken away)."""
        return f"{self.list_root()}{self._query(changes)}"

    def export_url(self, kind: str) -> str:
        """The address at which this list, as it is filtered, is downloaded."""
        return f"{self.list_root()}export/{kind}/{self._query({'page': None})}"

    @staticmethod
    def _query(changes: dict[str, Any]) -> str:
        arguments = {**said(), **changes}
        kept = {name: value for name, value in arguments.items() if value is not None}
        return f"?{urlencode(kept)}" if kept else ""

    def search_label(self) -> str:
        """What the search looks at."""
        # Of a row that is referred to, the reader knows the whole: its applicant, its case.
        parts = [str(name).partition(".")[0] for name in self.column_searchable_list]
        labels = dict.fromkeys(str(column_label(self.table, part)) for part in parts)
        return str(gettext("Search: %(columns)s", columns=gettext(", ").join(labels)))

    @page("/export/<export_type>/")
    def export(self, export_type: str) -> Response:
        """The list as it is filtered, as a file; as much as the office allows at once."""
        if export_type not in EXPORTS:
            abort(404)
        asked = self.asked()
        most: int = current_app.config["EXPORT_ROWS"]
        count, query = self.get_list(
            0, asked.sort, asked.descending, asked.search, asked.filters,
            execute=False, page_size=most,
        )  # fmt: skip
        if count > most:
            raise TooManyRows(count, most)
        columns = [name for name, _label in self._export_columns]
        headings = [str(label) for _name, label in self._export_columns]
        rows = query.yield_per(500)
        if export_type == "csv":
            texts = ([cell(row, column) for column in columns] for row in rows)
            return csv_response(self.table, headings, texts)
        values = ([cell_value(row, column) for column in columns] for row in rows)
        return xlsx_response(self.table, str(self.name), headings, values)

    def get_filters(self) -> list[Filter] | None:
        table = inspect(self.model).columns
        return [
            flt
            for name in self.column_filters or ()
            for flt in filters_for(table[name], column_label(self.table, name))
        ] or None

    def get_filter_arg(self, index: int, flt: Filter) -> str:
        return flt.key()

    def _filters_in(self, arguments: dict[str, str]) -> list[tuple[int, str, str]]:
        found = []
        for argument, value in arguments.items():
            key = filter_key(argument)
            if key is not None and value:
                if key not in (self._filter_args or {}):
                    abort(400)
                index, flt = self._filter_args[key]
                found.append((index, key, checked(flt, value)))
        return found

    def _get_list_filter_args(self) -> list[tuple[int, str, str]]:
        return self._filters_in(said())

    def _apply_sorting(
        self, query: Any, joins: Any, sort_column: Any, sort_desc: bool
    ) -> tuple[Any, Any]:
        query, joins = super()._apply_sorting(query, joins, sort_column, sort_desc)
        downwards = (
            sort_desc if sort_column else any(down for *_, down in self._get_default_order())
        )
        keys = [getattr(self.model, c.key) for c in inspect(self.model).primary_key]
        return query.order_by(*(key.desc() if downwards else key for key in keys)), joins

    def _apply_search(
        self, query: Any, count_query: Any, joins: Any, count_joins: Any, search: str
    ) -> tuple[Any, Any, Any, Any]:
        for term in search.split():
            query, joins = self._with_term(query, joins, term)
            if count_query is not None:
                count_query, count_joins = self._with_term(count_query, count_joins, term)
        return query, count_query, joins, count_joins

    def _with_term(self, query: Any, joins: Any, term: str) -> tuple[Any, Any]:
        matches = []
        for field, path in self._search_fields:
            query, joins, alias = self._apply_path_joins(query, joins, path, inner_join=False)
            column = field if alias is None else getattr(alias, field.key)
            matches.append(column.icontains(term, autoescape=True))
        return query.filter(or_(*matches)), joins

    def scaffold_sortable_columns(self) -> dict[str, Any]:
        """The columns of the list that belong to the table itself."""
        columns = inspect(self.model).columns
        return {name: columns[name] for name in self.column_list if name in columns}

    def scaffold_list_columns(self) -> list[str]:
        """The columns of the table, in its own order; lists name theirs."""
        return [column.key for column in inspect(self.model).column_attrs]
