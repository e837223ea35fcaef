"""Performance of the office (效能), read and never kept: how many cases were decided in a period
and in time, how many steps were late, how often an applicant was told of missing things again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import auto
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.application import Application, ApplicationStep
from models.catalogue import LicenceItem
from models.clock import CorrectionNotice, DueDateChange
from models.enums import DueCause, Duty, Named, StepStatus

# After these the dates of a case are those of its delivery, not of its decision.
AFTER_THE_DECISION = (DueCause.DECIDED, DueCause.CLOSED)


class Dimension(Named):
    """By what the figures are told apart."""

    OFFICER = auto()
    POST = auto()
    ITEM = auto()
    DEPARTMENT = auto()


@dataclass(slots=True)
class Figures:
    """The figures of one officer, post, item or department; ``key`` None: not known.

    Of a post: the cases whose steps of that post were finished in the period are its cases.
    """

    key: int | str | None
    cases: int = 0
    in_promised_time: int = 0
    in_statutory_time: int = 0
    steps: int = 0
    late_steps: int = 0
    second_notices: int = 0


def performance(session: Session, dimension: Dimension, since: date, until: date) -> list[Figures]:
    """The figures of the period, both days included, in the order of their keys."""
    found: dict[int | str | None, Figures] = {}

    def of(key: int | str | None) -> Figures:
        return found.setdefault(key, Figures(key))

    for decided in session.execute(_decided(since, until)):
        statutory = _statutory_due(session, decided.id, decided.statutory_due_on)
        for key in _keys_of_case(session, dimension, decided, since, until):
            figures = of(key)
            figures.cases += 1
            figures.in_promised_time += _in_time(decided.decided_on, decided.decision_due_on)
            figures.in_statutory_time += _in_time(decided.decided_on, statutory)
    for step in session.execute(_finished_steps(since, until)):
        figures = of(STEP_KEYS[dimension](step))
        figures.steps += 1
        figures.late_steps += not _in_time(step.done_on, step.due_on)
    for notice in session.execute(_second_notices(since, until)):
        of(NOTICE_KEYS[dimension](notice)).second_notices += 1
    return sorted(found.values(), key=lambda figures: (figures.key is None, figures.key or 0))


def _in_time(done_on: date, due_on: date | None) -> bool:
    """Nothing is late without a due date, nor on the due day itself."""
    return due_on is None or done_on <= due_on


def _statutory_due(session: Session, case_id: int, present: date | None) -> date | None:
    """The statutory date as it stood at the decision: delivery has one of its own (Art. 44)."""
    history = session.execute(
        select(DueDateChange.statutory_due_on)
        .where(
            DueDateChange.application_id == case_id,
            DueDateChange.cause.not_in(AFTER_THE_DECISION),
        )
        .order_by(DueDateChange.effective_on.desc(), DueDateChange.id.desc())
        .limit(1)
    ).first()
    return present if history is None else history.statutory_due_on


def _decided(since: date, until: date) -> Any:
    return (
        select(
            Application.id,
            Application.decided_on,
            Application.decision_due_on,
            Application.statutory_due_on,
            Application.officer_id,
            Application.licence_item_id,
            LicenceItem.department_id,
        )
        .join(LicenceItem, LicenceItem.id == Application.licence_item_id)
        .where(Application.decided_on.between(since, until))
        .order_by(Application.id)
    )


def _finished_steps(since: date, until: date) -> Any:
    return (
        select(
            ApplicationStep.done_on,
            ApplicationStep.due_on,
            ApplicationStep.officer_id,
            ApplicationStep.duty,
            Application.licence_item_id,
            LicenceItem.department_id,
        )
        .join(Application, Application.id == ApplicationStep.application_id)
        .join(LicenceItem, LicenceItem.id == Application.licence_item_id)
        .where(
            ApplicationStep.status == StepStatus.DONE,
            ApplicationStep.done_on.between(since, until),
        )
        .order_by(ApplicationStep.id)
    )


def _second_notices(since: date, until: date) -> Any:
    return (
        select(
            CorrectionNotice.issued_by_id, Application.licence_item_id, LicenceItem.department_id
        )
        .join(Application, Application.id == CorrectionNotice.application_id)
        .join(LicenceItem, LicenceItem.id == Application.licence_item_id)
        .where(CorrectionNotice.sequence > 1, CorrectionNotice.issued_on.between(since, until))
        .order_by(CorrectionNotice.id)
    )


def _keys_of_case(
    session: Session, dimension: Dimension, case: Any, since: date, until: date
) -> Iterator[int | str | None]:
    if dimension is not Dimension.POST:
        yield CASE_KEYS[dimension](case)
        return
    duties = session.scalars(
        select(ApplicationStep.duty)
        .where(
            ApplicationStep.application_id == case.id,
            ApplicationStep.status == StepStatus.DONE,
            ApplicationStep.done_on.between(since, until),
        )
        .distinct()
        .order_by(ApplicationStep.duty)
    )
    yield from duties


Key = Callable[[Any], int | str | None]

CASE_KEYS: dict[Dimension, Key] = {
    Dimension.OFFICER: lambda row: row.officer_id,
    Dimension.ITEM: lambda row: row.licence_item_id,
    Dimension.DEPARTMENT: lambda row: row.department_id,
}
STEP_KEYS: dict[Dimension, Key] = {**CASE_KEYS, Dimension.POST: lambda row: row.duty}
NOTICE_KEYS: dict[Dimension, Key] = {
    **CASE_KEYS,
    Dimension.OFFICER: lambda row: row.issued_by_id,
    Dimension.POST: lambda _row: Duty.ACCEPTANCE,
}
