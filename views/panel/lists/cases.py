"""The list of cases: tabs that are saved views with counts, and a page in three statements.

At 100,000 cases the time goes into counting, into skipping rows and into templates. So the ids
of a page are found first, from an index and from the nearer end of the list, and only then the
rows of the page with what belongs to them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

from flask import abort, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, Row, and_, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from models import Applicant, Application, ApplicationStep, LicenceItem, StepDefinition, User
from models.database import db
from models.enums import StepStatus
from models.questions.calendar import working_calendar
from models.questions.pauses import open_pause_ends, pause_is_overrun
from models.questions.worklists import (
    CONDITIONS,
    Worklist,
    is_open,
    is_past_the_law,
)
from views.access import Verb, may, scope
from views.current import current_actor, current_day
from views.panel.engine.bulk import BulkPages
from views.panel.engine.filters import Filter
from views.panel.engine.links import case_url
from views.panel.engine.listing import PAGE_SIZES, Asked
from views.panel.lists.board_filters import ONLY_IN_ADDRESSES
from views.panel.lists.case_filters import case_filters
from views.words.labels import member_label
from views.words.lights import SHAPES, Lamp, Lamps
from views.words.values import NOTHING, in_english, localised

Criteria = Sequence[ColumnElement[bool]]

MOST_TERMS = 5
TAB_NAMES: dict[Worklist, LazyString] = {
    Worklist.ALL: _("All"),
    Worklist.OVERDUE: _("Overdue"),
    Worklist.DUE_SOON: _("Due soon"),
    Worklist.PAUSED: _("Clock paused"),
    Worklist.CLOSED: _("Ended"),
}
TAB_SHAPES = {tab: SHAPES[light] for light in SHAPES for tab in Worklist if tab.name == light.name}

# Tab → the column it is sorted by at first, and whether downwards; NULL never occurs there.
FIRST_ORDER: dict[Worklist, tuple[Any, bool]] = {
    Worklist.ALL: (Application.id, True),
    Worklist.OVERDUE: (Application.due_on, False),
    Worklist.DUE_SOON: (Application.due_on, False),
    Worklist.PAUSED: (Application.suspended_since, False),
    Worklist.CLOSED: (Application.closed_on, True),
}
OWN_LABELS: dict[str, LazyString] = {"step": _("Step"), "light": _("Limit in working days")}
SORTABLE = ("number", "due_on", "received_on")


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: a saved view of the list, with how many cases it holds."""

    url: str
    shape: str
    name: str
    count: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class Order:
    """How the list runs; the id breaks ties. ``has_gaps``: the column may be empty in it."""

    column: Any
    downwards: bool
    has_gaps: bool = False

    def clauses(self, *, backwards: bool = False) -> list[Any]:
        """The ORDER BY; ``backwards`` from the last row to the first."""
        down = self.downwards is not backwards
        keys = list(dict.fromkeys((self.column, Application.id)))
        clauses = [key.desc() if down else key.asc() for key in keys]
        if self.has_gaps:
            # The two databases put what is empty at different ends. Where nothing is empty this
            # must not be said: PostgreSQL would sort the table instead of reading the index.
            clauses[0] = clauses[0].nulls_first() if backwards else clauses[0].nulls_last()
        return clauses


class CaseRow(NamedTuple):
    """One line of the list, ready to print."""

    key: int
    url: str
    number: str
    applicant: str
    item: str
    step: str
    lamp: Lamp
    due_on: str
    statutory_due_on: str
    is_past_the_law: bool
    is_pause_overrun: bool
    is_green_lane: bool
    is_provisional: bool
    law_is_provisional: bool
    officer: str
    received_on: str


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the list, with the counts of every tab under the same filters."""

    rows: Sequence[Row[Any]]
    counts: dict[str, int]


def tab_asked() -> Worklist:
    """The tab that the address names. Aborts with 400 for an unknown one."""
    name = request.args.get("tab", "all")
    tab = Worklist.__members__.get(name.upper()) if name.islower() else None
    return tab or abort(400)


# --- what is asked --------------------------------------------------------------------------


def is_like(search: str) -> ColumnElement[bool]:
    """Every word occurs in the number, the summary or the applicant; a credit code is whole."""
    return and_(*(_has_word(word) for word in search.split()[:MOST_TERMS]))


def _has_word(word: str) -> ColumnElement[bool]:
    applicants = select(Applicant.id).where(
        or_(
            Applicant.name.icontains(word, autoescape=True),
            Applicant.identity_number == word.upper(),
        )
    )
    return or_(
        Application.number.icontains(word, autoescape=True),
        Application.summary.icontains(word, autoescape=True),
        Application.applicant_id.in_(applicants),
    )


# --- the statements -------------------------------------------------------------------------


def count_tabs(today: date, criteria: Criteria, *, in_one_pass: bool) -> dict[str, int]:
    """How many cases each tab holds, by its name in addresses.

    A case is open or closed, never both: the many closed ones are what is left.
    """
    statement = _counting(today, criteria, in_one_pass) if criteria else _counting_all(today)
    counts = dict(db.session.execute(statement).one()._mapping)
    return {**counts, "closed": counts["all"] - counts["open"]}


def _counting(today: date, criteria: Criteria, in_one_pass: bool = False) -> Any:
    """Each count reads the index that fits it, unless the criteria need every row anyway."""
    asked: dict[str, Any] = {
        "overdue": CONDITIONS[Worklist.OVERDUE](today),
        "due_soon": CONDITIONS[Worklist.DUE_SOON](today),
        "paused": CONDITIONS[Worklist.PAUSED](today),
        "past_the_law": is_past_the_law(today),
        "open": is_open(),
    }
    everything = select(func.count()).select_from(Application).where(*criteria)
    if in_one_pass:
        parts = [func.count().filter(part).label(name) for name, part in asked.items()]
        return everything.with_only_columns(func.count().label("all"), *parts)
    return select(
        everything.scalar_subquery().label("all"),
        *(everything.where(part).scalar_subquery().label(n) for n, part in asked.items()),
    )


@lru_cache(maxsize=2)
def _counting_all(today: date) -> Any:
    # Building the statement takes longer than running it; it is the same all day.
    return _counting(today, ())


def rows_of_page(criteria: Criteria, order: Order, asked: tuple[int, int], count: int) -> Any:
    """The rows of a page (number, size) of ``count`` in all, from the nearer end of the list."""
    page, size = asked
    skipped = page * size
    wanted = min(size, count - skipped)
    if wanted <= 0:
        return []
    after = count - skipped - wanted
    backwards = after < skipped
    ids = (
        select(Application.id)
        .where(*criteria)
        .order_by(*order.clauses(backwards=backwards))
        .limit(wanted)
        .offset(after if backwards else skipped)
        .subquery("page")
    )
    statement = _rows().join(ids, ids.c.id == Application.id).order_by(*order.clauses())
    return db.session.execute(statement).all()


@cache
def _rows() -> Any:
    return (
        select(*_COLUMNS)
        .select_from(Application)
        .join(LicenceItem, LicenceItem.id == Application.licence_item_id)
        .outerjoin(Applicant, Applicant.id == Application.applicant_id)
        .outerjoin(User, User.id == Application.officer_id)
    )


_COLUMNS = (
    Application.id, Application.number, Application.status, Application.due_on,
    Application.warn_on, Application.statutory_due_on, Application.due_is_provisional,
    Application.statutory_due_is_provisional,
    Application.suspended_since, Application.closed_on, Application.received_on,
    Applicant.name.label("applicant"), LicenceItem.name, LicenceItem.name_en,
    User.display_name, User.display_name_en, Application.is_green_lane,
    open_pause_ends().label("pause_ends_on"),
)  # fmt: skip


def open_steps(ids: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """Case → the names, in both languages, of the steps that are in hand."""
    found: dict[int, list[tuple[str, str]]] = {}
    for case, name, name_en in db.session.execute(_OPEN_STEPS, {"ids": list(ids)}):
        found.setdefault(case, []).append((name, name_en))
    return found


_OPEN_STEPS = (
    select(ApplicationStep.application_id, StepDefinition.name, StepDefinition.name_en)
    .join(StepDefinition, StepDefinition.id == ApplicationStep.step_definition_id)
    .where(
        ApplicationStep.application_id.in_(bindparam("ids", expanding=True)),
        ApplicationStep.status == StepStatus.OPEN,
    )
    .order_by(ApplicationStep.application_id, ApplicationStep.sequence)
)


# --- the pages --------------------------------------------------------------------------------


class ApplicationList(BulkPages):
    """The list of cases, in place of the plain list of a table."""

    list_template = "panel/application_list.html"
    tab_names = tuple(tab.lower() for tab in Worklist)
    page_size = PAGE_SIZES[1]
    column_list = (
        "number", "applicant", "licence_item", "step", "light", "due_on", "statutory_due_on",
        "officer", "received_on",
    )  # fmt: skip
    column_export_list = (
        "number", "applicant", "licence_item", "status", "channel", "received_on", "accepted_on",
        "due_on", "statutory_due_on", "suspended_since", "closed_on", "officer", "summary",
    )  # fmt: skip
    column_searchable_list = ("number", "applicant.name", "summary")

    def get_column_name(self, field: str) -> Any:
        return OWN_LABELS.get(field) or super().get_column_name(field)

    def get_filters(self) -> list[Filter] | None:
        return case_filters()

    def scaffold_sortable_columns(self) -> dict[str, Any]:
        return {name: getattr(Application, name) for name in SORTABLE}

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
            return count, Found(rows_of_page(criteria, order, asked, count), counts)
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
        context = super().list_context(asked, count, rows)
        for heading in context["headings"]:
            heading["label"] = str(heading["label"])
        here = tab_asked()
        filters_open = "filters" in request.args
        return {
            **context,
            "tabs": [self._tab(tab, rows.counts[tab.lower()], here) for tab in Worklist],
            "labels": [heading["label"] for heading in context["headings"]],
            # The words and choices of the filters take as long as the list: on demand.
            "filter_fields": self._offered_filters() if filters_open else [],
            "filters_open": filters_open,
            "filters_url": self.list_url(filters="1"),
            "past_the_law": rows.counts["past_the_law"] if here is Worklist.OVERDUE else 0,
            "past_the_law_url": self.list_url(flt_past_the_law_is="1", page=None),
            "sees_inside": _sees_inside(),
            "is_narrowed": bool(asked.search or asked.filters),
        }

    def _offered_filters(self) -> list[Filter]:
        hidden = {"item_version_id_is", "applicant_id_is", *ONLY_IN_ADDRESSES}
        if not _sees_inside():
            hidden.add("officer_id_is")
        return [flt for flt in self._filters if flt.key() not in hidden]

    def list_url(self, **changes: Any) -> str:
        return f"{request.script_root}{self.url}/{self._query({'filters': None, **changes})}"

    def _kept_arguments(self) -> dict[str, str]:
        return {n: value for n, value in super()._kept_arguments().items() if n != "filters"}

    def _tab(self, tab: Worklist, count: int, here: Worklist) -> Tab:
        name = None if tab is Worklist.ALL else tab.lower()
        url = self.list_url(tab=name, page=None, sort=None, desc=None)
        return Tab(url, TAB_SHAPES.get(tab, ""), str(TAB_NAMES[tab]), count, tab is here)

    def list_rows(self, rows: Any) -> Iterator[CaseRow]:  # type: ignore[override]
        """The lines of the page."""
        found: Sequence[Row[Any]] = rows.rows
        if not found:
            return
        today, language = current_day(), int(in_english())
        lamps = Lamps(working_calendar(db.session()), today)
        steps = open_steps([row.id for row in found])
        # Words are looked up once a page, not once a row.
        joint, unclaimed = gettext(", "), gettext("Unclaimed")
        statuses = {status: str(member_label(status)) for status in {row.status for row in found}}
        sees_inside = _sees_inside()
        for row in found:
            names = [pair[language] or pair[0] for pair in steps.get(row.id, ())]
            nobody = NOTHING if row.closed_on else unclaimed
            law = row.statutory_due_on
            yield CaseRow(
                key=row.id,
                url=case_url(row.number),
                number=row.number,
                applicant=row.applicant or NOTHING,
                item=_in(language, row.name, row.name_en),
                step=joint.join(names) or statuses[row.status],
                lamp=lamps.of(row.due_on, row.warn_on, row.suspended_since, row.closed_on),
                due_on=_day(row.due_on),
                statutory_due_on=_day(law),
                is_past_the_law=law is not None and law < today and _is_late(row, today),
                is_pause_overrun=pause_is_overrun(
                    today,
                    closed_on=row.closed_on,
                    suspended_since=row.suspended_since,
                    ends_on=row.pause_ends_on,
                ),
                is_green_lane=row.is_green_lane,
                is_provisional=row.due_is_provisional and row.closed_on is None,
                law_is_provisional=row.statutory_due_is_provisional and row.closed_on is None,
                officer=_in(language, row.display_name or nobody, row.display_name_en)
                if sees_inside
                else "",
                received_on=_day(row.received_on),
            )

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


def _is_late(row: Any, today: date) -> bool:
    return row.closed_on is None and row.due_on is not None and row.due_on < today


def _day(day: date | None) -> str:
    return NOTHING if day is None else day.isoformat()


def _in(language: int, chinese: str, english: str | None) -> str:
    return english if language and english else chinese


def _sees_inside() -> bool:
    """Whether the reader learns who in the office sits over what."""
    return may(current_actor(), "application_step", Verb.LIST)
