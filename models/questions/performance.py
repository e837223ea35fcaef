"""Performance of the office (效能), read and never kept: how many cases were decided in a period
and in time, how many steps were late, how often a second correction notice was sent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import auto
from typing import Any

from sqlalchemy import ColumnElement, and_, case, distinct, func, not_, or_, select, true
from sqlalchemy.orm import Session

from models.application import Application, ApplicationStep
from models.catalogue import LicenceItem
from models.clock import CorrectionNotice, DueDateChange
from models.enums import DueCause, Duty, Named
from models.questions.figure import Period

# After these the dates of a case are those of its delivery, not of its decision.
AFTER_THE_DECISION = (DueCause.DECIDED, DueCause.CLOSED)


class Dimension(Named):
    """By what the figures are told apart."""

    OFFICER = auto()
    POST = auto()
    ITEM = auto()
    DEPARTMENT = auto()
    CHANNEL = auto()


Key = int | str | None


@dataclass(slots=True)
class Figures:
    """The figures of one officer, post, item, department or channel; ``key`` None: not known.

    Of an officer and of a post: the cases on which they finished a step in the period.
    """

    key: Key
    cases: int = 0
    in_promised_time: int = 0
    in_statutory_time: int = 0
    steps: int = 0
    late_steps: int = 0
    second_notices: int = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """What a period holds, added up as far as every dimension can still be read from it."""

    cases: Sequence[Any]
    worked_on: Mapping[Dimension, Sequence[Any]]
    steps: Sequence[Any]
    second_notices: Sequence[Any]

    def by(self, dimension: Dimension) -> list[Figures]:
        """The figures told apart by ``dimension``, in the order of their keys."""
        found: dict[Key, Figures] = {}

        def of(key: Key) -> Figures:
            return found.setdefault(key, Figures(key))

        for row in self.worked_on.get(dimension, self.cases):
            figures = of(STEP_KEYS[dimension](row))
            figures.cases += row.cases
            figures.in_promised_time += row.in_promised_time
            figures.in_statutory_time += row.in_statutory_time
        for row in self.steps:
            figures = of(STEP_KEYS[dimension](row))
            figures.steps += row.steps
            figures.late_steps += row.late_steps
        for row in self.second_notices:
            of(NOTICE_KEYS[dimension](row)).second_notices += row.notices
        return sorted(found.values(), key=lambda figures: (figures.key is None, figures.key or 0))

    def whole(self) -> Figures:
        """The figures of the whole office."""
        parts = self.by(Dimension.ITEM)
        names = [name for name in Figures.__slots__ if name != "key"]
        return Figures(None, **{name: sum(getattr(p, name) for p in parts) for name in names})


def performance(session: Session, dimension: Dimension, since: date, until: date) -> list[Figures]:
    """The figures of the period, both days included, in the order of their keys."""
    return measured(session, Period(since, until)).by(dimension)


def measured(session: Session, period: Period, *, with_green_lane: bool = True) -> Measured:
    """What was done in the period, in five statements, however many cases there are.

    Without the green lane its cases count nowhere, as if another office had them.
    """
    cases = true() if with_green_lane else not_(Application.is_green_lane)
    return Measured(
        session.execute(_cases(period, cases)).all(),
        {by: session.execute(_worked_on(period, cases, by)).all() for by in WORKERS},
        session.execute(_steps(period, cases)).all(),
        session.execute(_second_notices(period, cases)).all(),
    )


def _in_time(done_on: Any, due_on: Any) -> ColumnElement[bool]:
    """Nothing is late without a due date, nor on the due day itself."""
    return or_(due_on.is_(None), done_on <= due_on)


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _in_statutory_time() -> ColumnElement[bool]:
    """By the statutory date as it stood at the decision: delivery has its own (Art. 44)."""
    # The first row of the history answers by itself: a date read twice would be sought twice.
    history = (
        select(case((_in_time(Application.decided_on, DueDateChange.statutory_due_on), 1), else_=0))
        .where(
            DueDateChange.application_id == Application.id,
            DueDateChange.cause.not_in(AFTER_THE_DECISION),
        )
        .order_by(DueDateChange.effective_on.desc(), DueDateChange.id.desc())
        .limit(1)
        .correlate(Application)
        .scalar_subquery()
    )
    today = case((_in_time(Application.decided_on, Application.statutory_due_on), 1), else_=0)
    return func.coalesce(history, today) == 1


_IN_PROMISED_TIME = _in_time(Application.decided_on, Application.decision_due_on)
_CASE_OF = (Application.licence_item_id, LicenceItem.department_id, Application.channel)

# Who works on a case → the column of the step with the name. When a case is decided it is in
# nobody's hands any more; so they answer for the cases on which they finished a step.
WORKERS: Mapping[Dimension, Any] = {
    Dimension.OFFICER: ApplicationStep.officer_id,
    Dimension.POST: ApplicationStep.duty,
}


def kept_promise() -> ColumnElement[bool]:
    """Decided, and by the promised date."""
    return and_(Application.decided_on.is_not(None), _IN_PROMISED_TIME)


def kept_law() -> ColumnElement[bool]:
    """Decided, and by the statutory date as it stood at the decision.

    A promise lies within the law, so who kept it is not looked up in the history.
    """
    in_promised_time = Application.decided_on <= Application.decision_due_on
    in_law = or_(
        and_(Application.decision_due_on.is_not(None), in_promised_time), _in_statutory_time()
    )
    return and_(Application.decided_on.is_not(None), in_law)


def was_finished_late() -> ColumnElement[bool]:
    """A finished step that was done after its own limit."""
    return ApplicationStep.done_on > ApplicationStep.due_on


def was_worked_on_by(dimension: Dimension, key: Key, period: Period) -> ColumnElement[bool]:
    """The case has a step that this officer or post finished in the period."""
    steps = select(ApplicationStep.application_id).where(
        WORKERS[dimension] == key,
        period.holds(ApplicationStep.done_on),
    )
    return Application.id.in_(steps)


def _cases(period: Period, cases: ColumnElement[bool]) -> Any:
    return (
        select(
            *_CASE_OF,
            func.count().label("cases"),
            _number(kept_promise()).label("in_promised_time"),
            _number(kept_law()).label("in_statutory_time"),
        )
        .join(LicenceItem, LicenceItem.id == Application.licence_item_id)
        .where(period.holds(Application.decided_on), cases)
        .group_by(*_CASE_OF)
    )


def _worked_on(period: Period, cases: ColumnElement[bool], by: Dimension) -> Any:
    # A case counts once for each, however many of its steps the officer finished.
    def number(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count(distinct(case((condition, Application.id))))

    worker = WORKERS[by]
    return (
        select(
            worker,
            func.count(distinct(Application.id)).label("cases"),
            number(kept_promise()).label("in_promised_time"),
            number(kept_law()).label("in_statutory_time"),
        )
        .join(Application, Application.id == ApplicationStep.application_id)
        .where(period.holds(ApplicationStep.done_on), period.holds(Application.decided_on), cases)
        .group_by(worker)
    )


def _steps(period: Period, cases: ColumnElement[bool]) -> Any:
    keys = (ApplicationStep.officer_id, ApplicationStep.duty, *_CASE_OF)
    late = _number(was_finished_late()).label("late_steps")
    return (
        select(*keys, func.count().label("steps"), late)
        .join(Application, Application.id == ApplicationStep.application_id)
        .join(LicenceItem, LicenceItem.id == Application.licence_item_id)
        .where(period.holds(ApplicationStep.done_on), cases)
        .group_by(*keys)
    )


def _second_notices(period: Period, cases: ColumnElement[bool]) -> Any:
    keys = (CorrectionNotice.issued_by_id, *_CASE_OF)
    return (
        select(*keys, func.count().label("notices"))
        .join(Application, Application.id == CorrectionNotice.application_id)
        .join(LicenceItem, LicenceItem.id == Application.licence_item_id)
        .where(CorrectionNotice.sequence > 1, period.holds(CorrectionNotice.issued_on), cases)
        .group_by(*keys)
    )


KeyOf = Callable[[Any], Key]

CASE_KEYS: dict[Dimension, KeyOf] = {
    Dimension.OFFICER: lambda row: row.officer_id,
    Dimension.ITEM: lambda row: row.licence_item_id,
    Dimension.DEPARTMENT: lambda row: row.department_id,
    Dimension.CHANNEL: lambda row: row.channel,
}
STEP_KEYS: dict[Dimension, KeyOf] = {**CASE_KEYS, Dimension.POST: lambda row: row.duty}
NOTICE_KEYS: dict[Dimension, KeyOf] = {
    **CASE_KEYS,
    Dimension.OFFICER: lambda row: row.issued_by_id,
    Dimension.POST: lambda _row: Duty.ACCEPTANCE,
}
