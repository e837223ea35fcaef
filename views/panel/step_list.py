"""The list of steps: all of them, the queue of one's posts, and what one has in hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import abort, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, inspect, select

from models import Application, ApplicationStep, acts
from models.acting import Actor
from models.database import db
from models.enums import StepStatus
from models.worklists import is_late_step, is_unclaimed_step
from views.current import current_actor, current_day
from views.panel.access import Verb
from views.panel.case_desk import case_url
from views.panel.columns import cell
from views.panel.done_filters import step_filters_of_the_board
from views.panel.filters import Filter, Is
from views.panel.listing import Asked, ListPages
from views.panel.records import RecordPages, RowAction

Criteria = tuple[ColumnElement[bool], ...]


def _everything(_actor: Actor) -> Criteria:
    return ()


def _queue(actor: Actor) -> Criteria:
    return (is_unclaimed_step(), ApplicationStep.duty.in_(sorted(actor.posts)))


def _in_hand(actor: Actor) -> Criteria:
    return (
        ApplicationStep.status == StepStatus.OPEN,
        ApplicationStep.officer_id == actor.user_id,
    )


# The tab's name in addresses → its label, and the steps it holds for a person.
QUEUES: dict[str, tuple[LazyString, Callable[[Actor], Criteria]]] = {
    "all": (_("All"), _everything),
    "queue": (_("To be claimed by my post"), _queue),
    "mine": (_("In my hands"), _in_hand),
}


@dataclass(frozen=True, slots=True)
class StepTab:
    """One tab of the list of steps."""

    url: str
    name: LazyString
    count: int
    is_here: bool


_IS_GREEN_LANE = (
    select(Application.is_green_lane)
    .where(Application.id == ApplicationStep.application_id)
    .correlate(ApplicationStep)
    .scalar_subquery()
)


class LateStep(Is):
    """In hand, and past its own limit."""

    def key(self) -> str:
        return f"late_{self.kind}"

    def choices(self) -> list[tuple[str, str]]:
        return [("1", gettext("Yes"))]

    def clean(self, value: str) -> bool:
        return {"1": True}[value]

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        return query.filter(is_late_step(current_day()))


class StepList(ListPages, RecordPages):
    """The list of steps; a row leads to its case."""

    list_template = "panel/step_list.html"
    row_actions = (RowAction("claim", _("Claim"), lambda step: acts.claim(db.session(), step)),)

    def get_filters(self) -> list[Filter] | None:
        late = LateStep(inspect(ApplicationStep).columns.due_on, _("Late step"))
        return [*(super().get_filters() or ()), late, *step_filters_of_the_board()]

    @staticmethod
    def _tab() -> str:
        name = request.args.get("tab", "all")
        return name if name in QUEUES else abort(400)

    def get_query(self, verb: Verb = Verb.LIST) -> Any:
        query = super().get_query(verb)
        return query.filter(*self._criteria()) if verb is Verb.LIST else query

    def get_count_query(self) -> Any:
        return super().get_count_query().filter(*self._criteria())

    def _criteria(self) -> Criteria:
        _label, criteria = QUEUES[self._tab()]
        return criteria(current_actor())

    def _apply_sorting(
        self, query: Any, joins: Any, sort_column: Any, sort_desc: bool
    ) -> tuple[Any, Any]:
        if sort_column is None and self._tab() != "all":
            # What is due first is taken first (Art. 57: in the order of acceptance).
            # The green lane goes before the others (绿色通道).
            first = ApplicationStep.due_on.nulls_last()
            return query.order_by(_IS_GREEN_LANE.desc(), first, ApplicationStep.id), joins
        return super()._apply_sorting(query, joins, sort_column, sort_desc)

    def list_context(self, asked: Asked, count: int, rows: list[Any]) -> dict[str, Any]:
        return {**super().list_context(asked, count, rows), "tabs": list(self._tabs())}

    def _tabs(self) -> Iterator[StepTab]:
        here = self._tab()
        for name, (label, criteria) in QUEUES.items():
            count = super().get_count_query().filter(*criteria(current_actor())).scalar()
            url = self.list_url(tab=None if name == "all" else name, page=None)
            yield StepTab(url, label, count, name == here)

    def list_rows(self, rows: list[Any]) -> Iterator[tuple[str, str, list[str]]]:
        columns = [name for name, _label in self._list_columns]
        for row in rows:
            url = case_url(row.application.number)
            yield str(row.id), url, [cell(row, column) for column in columns]
