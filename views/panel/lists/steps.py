"""The list of steps: all of them, the queue of one's posts, and what one has in hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import abort, request
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, inspect, select
from sqlalchemy.orm import joinedload

from models import Application, ApplicationStep, acts
from models.acting import Actor
from models.database import db
from models.enums import StepStatus
from models.questions.calendar import working_calendar
from models.questions.worklists import is_late_step, is_unclaimed_step
from views.access import Verb
from views.current import current_actor, current_day
from views.links import case_url
from views.panel.engine.bulk import BulkPages
from views.panel.engine.columns import Column, ColumnPages
from views.panel.engine.filters import Claim, Filter
from views.panel.engine.listing import Asked
from views.panel.engine.records import RecordPages
from views.panel.lists.done_filters import step_filters_of_the_board
from views.words.lights import Lamp, Lamps
from views.words.values import NOTHING, cell, localised

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


def _of_its_case(column: Any) -> Any:
    return (
        select(column)
        .where(Application.id == ApplicationStep.application_id)
        .correlate(ApplicationStep)
        .scalar_subquery()
    )


_IS_GREEN_LANE = _of_its_case(Application.is_green_lane)

# The queue runs as the cases came in (Art. 57), one's own work by its due day.
FIRST_ORDER: dict[str, tuple[Any, ...]] = {
    "queue": (
        _of_its_case(Application.received_on),
        _of_its_case(Application.received_at).nulls_last(),
    ),
    "mine": (ApplicationStep.due_on.nulls_last(),),
}


class LateStep(Claim):
    """In hand, and past its own limit."""

    def key(self) -> str:
        return f"late_{self.kind}"

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        return query.filter(is_late_step(current_day()))


def _about(step: ApplicationStep, _lamps: Lamps) -> str:
    case = step.application
    item = str(localised(case.licence_item, "name"))
    return f"{case.applicant} · {item}" if case.applicant else item


def _light(step: ApplicationStep, lamps: Lamps) -> str | Lamp:
    """The light of a step that is in hand, by its own limit."""
    if step.status is not StepStatus.OPEN:
        return NOTHING
    return lamps.of(step.due_on, step.due_on, step.application.suspended_since)


# The columns of the list, each one row of data, in the order of the download.
COLUMNS: tuple[Column, ...] = (
    Column("application", style="number", exported=True),
    Column("about", _("Applicant and item"), cell=_about),
    Column("sequence", listed=False, exported=True),
    Column("step_definition", exported=True),
    Column("light", _("Limit in working days"), cell=_light),
    Column("duty", listed=False, exported=True),
    Column("status", sort=ApplicationStep.status, exported=True),
    Column("officer", exported=True),
    Column("due_on", style="day", sort=ApplicationStep.due_on, exported=True),
)


class StepList(BulkPages, ColumnPages, RecordPages):
    """The list of steps; a row leads to its case."""

    list_template = "panel/step_list.html"
    columns = COLUMNS
    loads = (
        joinedload(ApplicationStep.application).options(
            joinedload(Application.applicant), joinedload(Application.licence_item)
        ),
        joinedload(ApplicationStep.step_definition),
        joinedload(ApplicationStep.officer),
    )
    tab_names = tuple(QUEUES)

    def row_acts(self) -> tuple[acts.Act, ...]:
        return (acts.BY_NAME["claim"],)

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
        order = FIRST_ORDER.get(self._tab())
        if sort_column is None and order is not None:
            # The green lane goes before the others (绿色通道).
            return query.order_by(_IS_GREEN_LANE.desc(), *order, ApplicationStep.id), joins
        return super()._apply_sorting(query, joins, sort_column, sort_desc)

    def list_context(self, asked: Asked, count: int, rows: list[Any]) -> dict[str, Any]:
        context = super().list_context(asked, count, rows)
        return {**context, "tabs": list(self._tabs(asked)), "list_class": "steps"}

    def _tabs(self, asked: Asked) -> Iterator[StepTab]:
        here = self._tab()
        for name, (label, criteria) in QUEUES.items():
            steps = super().get_count_query().filter(*criteria(current_actor()))
            count = self.narrowed(steps, asked).scalar()
            url = self.list_url(tab=None if name == "all" else name, page=None)
            yield StepTab(url, label, count, name == here)

    def list_rows(self, rows: list[Any]) -> Iterator[tuple[str, str, list[Any]]]:
        columns = self.columns_shown()
        lamps = Lamps(working_calendar(db.session()), current_day())
        for row in rows:
            cells = [c.cell(row, lamps) if c.cell else cell(row, c.name) for c in columns]
            yield str(row.id), case_url(row.application.number), cells

    def row_in_words(self, row: Any) -> tuple[str, str, str]:
        step = str(localised(row.step_definition, "name"))
        return case_url(row.application.number), row.application.number, step
