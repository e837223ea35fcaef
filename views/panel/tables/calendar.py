"""The working calendar: its years and days, and the notices that confirm them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from models import CalendarDay, CalendarNotice, CalendarNoticeDay, CalendarYear
from models.application import Application
from models.database import db
from models.questions.due_dates import Foreseen, Move, foresee
from views.access import Verb, may
from views.current import current_actor
from views.forms.columns import Children
from views.links import case_url, list_url
from views.panel.engine.base import GuardedModelView
from views.words.labels import column_label, row_name, table_name
from views.words.values import show

MOST_EARLIER = 50  # dates that are shown one by one; the others are counted


class CalendarYearView(GuardedModelView):
    """The years of the working calendar; one that is not confirmed is provisional."""

    model = CalendarYear
    column_list = ("year", "is_confirmed", "source")
    column_details_list = column_list
    column_searchable_list = ("source",)
    column_filters = ("is_confirmed",)
    column_default_sort = ("year", True)
    form_columns = ("year", "source")
    related = (("calendar_day", "calendar_year_id"),)

    def allows(self, verb: Verb, row: Any) -> bool:
        """A confirmed year changes by a notice only."""
        is_fixed = verb is Verb.EDIT and row.is_confirmed
        return super().allows(verb, row) and not is_fixed

    def _related_lists(self, key: Any) -> Iterator[tuple[Any, str]]:
        yield from super()._related_lists(key)
        yield table_name("calendar_notice"), list_url("calendar_notice")


class CalendarDayView(GuardedModelView):
    """The days that differ from their weekday."""

    model = CalendarDay
    column_list = ("day", "is_working", "name", "calendar_year")
    column_details_list = column_list
    column_searchable_list = ("name",)
    column_filters = ("day", "is_working", "calendar_year_id")
    column_default_sort = ("day", True)
    form_columns = ("calendar_year", "day", "is_working", "name")

    def allows(self, verb: Verb, row: Any) -> bool:
        """A day of a confirmed year changes with its year."""
        is_fixed = verb in (Verb.EDIT, Verb.DELETE) and row.calendar_year.is_confirmed
        return super().allows(verb, row) and not is_fixed


@dataclass(frozen=True, slots=True)
class Earlier:
    """A date that a notice would bring forward, in words."""

    title: str
    url: str
    label: Any
    was: str
    becomes: str


class CalendarNoticeView(GuardedModelView):
    """The notices: handed in by one person, looked at, confirmed or refused by another."""

    model = CalendarNotice
    column_list = ("year", "source", "proposed_on", "confirmed_on", "rejected_on")
    column_details_list = (
        "year", "source", "proposed_on", "proposed_by", "confirmed_on", "confirmed_by",
        "rejected_on", "rejected_by", "text",
    )  # fmt: skip
    column_searchable_list = ("source",)
    column_filters = ("year", "proposed_on", "confirmed_on", "rejected_on")
    column_default_sort = ("id", True)
    form_columns = ("source", "text")
    details_template = "panel/calendar_notice.html"
    children: ClassVar[tuple[Children, ...]] = ()
    listed: ClassVar = Children("notice_days", CalendarNoticeDay, ("day", "is_working", "name"))

    def details_context(self, row: Any) -> dict[str, Any]:
        """The facts, the days, and of a notice that waits what its confirmation would move."""
        context = super().details_context(row)
        context["child_tables"] = [self._child_table(row, self.listed)]
        if row.is_waiting:
            foreseen = foresee(db.session(), row)
            shown = [_in_words(move) for move in foreseen.earlier[:MOST_EARLIER]]
            context |= {"foreseen": foreseen, "earlier": shown, "left": _left(foreseen)}
        return context


def _left(foreseen: Foreseen) -> int:
    return max(len(foreseen.earlier) - MOST_EARLIER, 0)


def _in_words(move: Move) -> Earlier:
    row = move.row
    table = row.__tablename__
    case = row if isinstance(row, Application) else getattr(row, "application", None)
    title, url = f"{row_name(table)} {row.id}", ""
    if case is not None:
        title = case.number if case is row else f"{case.number} · {row_name(table)}"
        url = case_url(case.number) if may(current_actor(), "application", Verb.DETAIL) else ""
    return Earlier(title, url, column_label(table, move.column), show(move.was), show(move.becomes))


class CalendarNoticeDayView(GuardedModelView):
    """The days that notices name."""

    model = CalendarNoticeDay
    column_list = ("notice", "day", "is_working", "name")
    column_details_list = column_list
    column_filters = ("day", "is_working", "notice_id")
    column_default_sort = ("day", True)


VIEWS = (CalendarYearView, CalendarDayView, CalendarNoticeView, CalendarNoticeDayView)
