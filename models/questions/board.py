"""The numbers of the manager's board (时限看板): what is open and late, and with whom.

Every number counts by a definition that its list reads too (worklists, orders, silence).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, not_, select, true
from sqlalchemy.orm import Session

from models.application import Application, ApplicationStep
from models.catalogue import LicenceItem
from models.certificate import Certificate
from models.enums import Duty
from models.orders import SupervisionOrder
from models.questions import orders
from models.questions.orders import OrderState
from models.questions.pauses import is_pause_overrun
from models.questions.performance import STEP_KEYS, Dimension, Key
from models.questions.silence import accepts_itself, days_ahead, renews_itself
from models.questions.worklists import (
    AS_OF,
    cancellation_is_owed,
    is_due_soon,
    is_due_today,
    is_late_step,
    is_open,
    is_open_as_of,
    is_overdue,
    is_overdue_as_of,
    is_past_the_law,
    is_paused,
    is_step_in_hand,
    is_unclaimed_step,
    steps_on_green_lane,
)

HORIZONS = (1, 3, 5)

Condition = Callable[[date], ColumnElement[bool]]

OF_OPEN_CASES: Mapping[str, Condition] = {
    "open": lambda _today: is_open(),
    "overdue": is_overdue,
    "past_the_law": is_past_the_law,
    "due_soon": is_due_soon,
    "due_today": is_due_today,
    "paused": is_paused,
    "pause_overrun": is_pause_overrun,
}
BY_ITSELF: Mapping[str, Condition] = {"accepts": accepts_itself, "renews": renews_itself}


@dataclass(frozen=True, slots=True)
class Scope:
    """Of which cases the board speaks: as of ``day``, whose present state counts unless the
    history is asked, with the green lane or without."""

    day: date
    from_history: bool = False
    with_green_lane: bool = True

    def cases(self) -> ColumnElement[bool]:
        """The cases within it."""
        return true() if self.with_green_lane else not_(Application.is_green_lane)

    def steps(self) -> ColumnElement[bool]:
        """The steps within it."""
        return true() if self.with_green_lane else not_(steps_on_green_lane())

    def is_open(self) -> ColumnElement[bool]:
        """The open cases within it."""
        return is_open_as_of(self.day) if self.from_history else is_open()

    def is_overdue(self) -> ColumnElement[bool]:
        """The late ones of them."""
        return is_overdue_as_of(self.day) if self.from_history else is_overdue(self.day)


# --- what is open and late ---------------------------------------------------------------------


def case_numbers(session: Session, scope: Scope) -> dict[str, int]:
    """How many cases are so, each named as in ``OF_OPEN_CASES``, or in ``AS_OF``."""
    named = AS_OF if scope.from_history else OF_OPEN_CASES
    conditions = {name: condition(scope.day) for name, condition in named.items()}
    return _counts(session, Application.id, conditions, scope.is_open(), scope.cases())


def silence_numbers(session: Session, scope: Scope) -> dict[tuple[str, int], int]:
    """What the law does by itself: (accepts or renews, working days ahead) → cases."""
    ends = {days: days_ahead(session, scope.day, days) for days in HORIZONS}
    asked = {(name, days): BY_ITSELF[name](ends[days]) for name in BY_ITSELF for days in HORIZONS}
    named = {f"{name}_{days}": condition for (name, days), condition in asked.items()}
    found = _counts(session, Application.id, named, is_open(), scope.cases())
    return {(name, days): found[f"{name}_{days}"] for name, days in asked}


def _counts(
    session: Session,
    key: Any,
    conditions: Mapping[str, ColumnElement[bool]],
    *within: ColumnElement[bool],
) -> dict[str, int]:
    parts = [func.count(key).filter(part).label(name) for name, part in conditions.items()]
    row = session.execute(select(*parts).where(*within)).one()
    return dict(zip(conditions, row, strict=True))


def late_steps(session: Session, scope: Scope) -> int:
    """Steps in hand past their own limit."""
    counted = select(func.count(ApplicationStep.id))
    return session.scalar(counted.where(is_late_step(scope.day), scope.steps())) or 0


def queues(session: Session, scope: Scope) -> dict[Duty, int]:
    """Post → the steps that wait to be claimed."""
    rows = session.execute(
        select(ApplicationStep.duty, func.count())
        .where(is_unclaimed_step(), scope.steps())
        .group_by(ApplicationStep.duty)
    )
    found = {duty: number for duty, number in rows if duty is not None}
    return {duty: found[duty] for duty in Duty if duty in found}


def order_numbers(session: Session, today: date) -> dict[str, int]:
    """Supervision orders (督办) that are open, and those of them that are overdue."""
    states = (OrderState.OPEN, OrderState.OVERDUE)
    conditions = {state.lower(): orders.CONDITIONS[state](today) for state in states}
    return _counts(session, SupervisionOrder.id, conditions)


def cancellations_owed(session: Session) -> int:
    """Certificates whose record is to be cancelled (Art. 70)."""
    return session.scalar(select(func.count(Certificate.id)).where(cancellation_is_owed())) or 0


# --- who has how much ----------------------------------------------------------------------------


@dataclass(slots=True)
class Load:
    """What lies open with one officer, item, department or channel, and how much of it is late.

    Of a post: its open steps.
    """

    open: int = 0
    late: int = 0


def load_of_cases(session: Session, scope: Scope) -> dict[Dimension, dict[Key, Load]]:
    """Open and late cases by every dimension but the post, in one statement."""
    late = func.count(Application.id).filter(scope.is_overdue())
    keys = (
        Application.officer_id,
        Application.licence_item_id,
        LicenceItem.department_id,
        Application.channel,
    )
    rows = session.execute(
        select(*keys, func.count(Application.id).label("number"), late.label("late"))
        .join(LicenceItem, LicenceItem.id == Application.licence_item_id)
        .where(scope.is_open(), scope.cases())
        .group_by(*keys)
    ).all()
    dimensions = [dimension for dimension in Dimension if dimension is not Dimension.POST]
    return {dimension: _added(rows, STEP_KEYS[dimension]) for dimension in dimensions}


def load_of_posts(session: Session, scope: Scope) -> dict[Key, Load]:
    """Open and late steps of every post."""
    late = func.count(ApplicationStep.id).filter(is_late_step(scope.day))
    rows = session.execute(
        select(
            ApplicationStep.duty, func.count(ApplicationStep.id).label("number"), late.label("late")
        )
        .where(is_step_in_hand(), scope.steps())
        .group_by(ApplicationStep.duty)
    ).all()
    return _added(rows, STEP_KEYS[Dimension.POST])


def _added(rows: Iterable[Any], key_of: Callable[[Any], Key]) -> dict[Key, Load]:
    found: dict[Key, Load] = defaultdict(Load)
    for row in rows:
        load = found[key_of(row)]
        load.open += row.number
        load.late += row.late
    return dict(found)
