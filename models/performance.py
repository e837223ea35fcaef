"""Performance of the office (效能), read and never kept: how many cases were decided in a period
and in time, how many steps were late, how often an applicant was told of missing things again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import auto
from typing import Any

from sqlalchemy import ColumnElement, case, func, not_, or_, select, true
from sqlalchemy.orm import Session

from models.application import Application, ApplicationStep
from models.catalogue import LicenceItem
from models.clock import CorrectionNotice, DueDateChange
from models.enums import DueCause, Duty, Named, StepStatus
from models.figure import Period

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

    Of a post: the cases whose steps of that post were finished in the period are its cases.
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
    cases_of_posts: Sequence[Any]
    steps: Sequence[Any]
    second_notices: Sequence[Any]

    def by(self, dimension: Dimension) -> list[Figures]:
        """The figures told apart by ``dimension``, in the order of their keys."""
        found: dict[Key, Figures] = {}

        def of(key: Key) -> Figures:
            return found.setdefault(key, Figures(key))

        cases = self.cases_of_posts if dimension is Dimension.POST else self.cases
        for row in cases:
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
    """What was done in the period, in four statements, however many cases there are.

    Without the green lane its cases count nowhere, as if another office had them.
    """
    cases = true() if with_green_lane else not_(Application.is_green_lane)
    return Measured(
        session.execute(_cases(period, cases)).all(),
        session.execute(_cases_of_posts(period, cases)).all(),
        session.execute(_steps(period, cases)).all(),
        session.execute(_second_notices(period, cases)).all(),
    )


def _in_time(done_on: Any, due_on: Any) -> ColumnElement[bool]:
    """Nothing is late without a due date, nor on the due day itself."""
    return or_(due_on.is_(None), done_on <= due_on)


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _statutory_at_decision() -> ColumnElement[date | None]:
    """The statutory date as it stood at the decision: delivery has one of its own (Art. 44)."""
    history = (
        select(DueDateChange.statutory_due_on)
        .where(
            DueDateChange.application_id == Application.id,
            DueDateChange.cause.not_in(AFTER_THE_DECISION),
        )
        .order_by(DueDateChange.effective_on.desc(), DueDateChange.id.desc())
        .limit(1)
        .correlate(Application)
    )
    return case((history.exists(), history.scalar_subquery()), else_=Application.statutory_due_on)


_IN_PROMISED_TIME = _in_time(Application.decided_on, Application.decision_due_on)
_CASE_OF = (Application.licence_item_id, LicenceItem.department_id, Application.channel)


def _cases(period: Period, cases: ColumnElement[bool]) -> Any:
    in_law = _in_time(Application.decided_on, _statutory_at_decision())
    keys = (Application.officer_id, *_CASE_OF)
    return (
        select(
            *keys,
            func.count().label("cases"),
            _number(_IN_PROMISED_TIME).label("in_promised_time"),
            _number(in_law).label("in_statutory_time"),
        )
        .join(LicenceItem, LicenceItem.id == Application.licence_item_id)
        .where(period.holds(Application.decided_on), cases)
        .group_by(*keys)
    )


def _cases_of_posts(period: Period, cases: ColumnElement[bool]) -> Any:
    each = (
        select(
            Application.id,
            ApplicationStep.duty,
            case((_IN_PROMISED_TIME, 1), else_=0).label("promised"),
            case((_in_time(Application.decided_on, _statutory_at_decision()), 1), else_=0).label(
                "statutory"
            ),
        )
        .join(ApplicationStep, ApplicationStep.application_id == Application.id)
        .where(
            period.holds(Application.decided_on),
            cases,
            ApplicationStep.status == StepStatus.DONE,
            period.holds(ApplicationStep.done_on),
        )
        .distinct()
        .subquery()
    )
    return select(
        each.c.duty,
        func.count().label("cases"),
        func.sum(each.c.promised).label("in_promised_time"),
        func.sum(each.c.statutory).label("in_statutory_time"),
    ).group_by(each.c.duty)


def _steps(period: Period, cases: ColumnElement[bool]) -> Any:
    is_late = not_(_in_time(ApplicationStep.done_on, ApplicationStep.due_on))
    keys = (ApplicationStep.officer_id, ApplicationStep.duty, *_CASE_OF)
    return (
        select(*keys, func.count().label("steps"), _number(is_late).label("late_steps"))
        .join(Application, Application.id == ApplicationStep.application_id)
        .join(LicenceItem, LicenceItem.id == Application.licence_item_id)
        .where(
            ApplicationStep.status == StepStatus.DONE,
            period.holds(ApplicationStep.done_on),
            cases,
        )
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
