"""How work flows through the office: what came and went week by week, and how long steps took."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.application import Application, ApplicationStep
from models.catalogue import StepDefinition
from models.questions.board import Scope
from models.questions.calendar import working_calendar
from models.questions.figure import Period
from models.rules.working_days import Calendar, CalendarRangeError

WEEKS = 12


@dataclass(frozen=True, slots=True)
class Week:
    """What came, was decided and was closed in the week that begins on ``monday``."""

    monday: date
    received: int
    decided: int
    closed: int


def throughput(session: Session, scope: Scope, weeks: int = WEEKS) -> list[Week]:
    """The last weeks up to the day of the board, the oldest first; the last may be unfinished."""
    this_week = scope.day - timedelta(scope.day.weekday())
    mondays = [this_week - timedelta(7 * ago) for ago in reversed(range(weeks))]
    period = Period(mondays[0], scope.day)
    columns = (Application.received_on, Application.decided_on, Application.closed_on)
    found = [_by_week(session, column, period, scope) for column in columns]
    return [Week(monday, *(counter[monday] for counter in found)) for monday in mondays]


def _by_week(session: Session, column: Any, period: Period, scope: Scope) -> Counter[date]:
    days = session.execute(
        select(column, func.count()).where(period.holds(column), scope.cases()).group_by(column)
    )
    found: Counter[date] = Counter()
    for day, number in days:
        found[day - timedelta(day.weekday())] += number
    return found


@dataclass(frozen=True, slots=True)
class StepTime:
    """How long a step of this name took, in working days, the day of its opening not counted."""

    name: str
    name_en: str
    finished: int
    median: float


def step_times(session: Session, period: Period, scope: Scope) -> list[StepTime]:
    """The steps finished in the period, those first that were finished most often."""
    rows = session.execute(
        select(
            StepDefinition.name,
            StepDefinition.name_en,
            ApplicationStep.opened_on,
            ApplicationStep.done_on,
            func.count(),
        )
        .join(StepDefinition, StepDefinition.id == ApplicationStep.step_definition_id)
        .where(period.holds(ApplicationStep.done_on), scope.steps())
        .group_by(
            StepDefinition.name,
            StepDefinition.name_en,
            ApplicationStep.opened_on,
            ApplicationStep.done_on,
        )
    )
    calendar = working_calendar(session)
    taken: dict[str, Counter[int]] = defaultdict(Counter)
    english: dict[str, str] = {}
    for name, name_en, opened_on, done_on, number in rows:
        english[name] = english.get(name) or name_en
        days = _days_taken(calendar, opened_on, done_on)
        if days is not None:
            taken[name][days] += number
    times = [
        StepTime(name, english[name], days.total(), median_of(days)) for name, days in taken.items()
    ]
    return sorted(times, key=lambda time: (-time.finished, time.name))


def _days_taken(calendar: Calendar, opened_on: date | None, done_on: date | None) -> int | None:
    if opened_on is None or done_on is None:
        return None
    try:
        return calendar.count(opened_on, done_on)
    except CalendarRangeError:
        return None  # imported history may lie where no calendar reaches


def median_of(days: Counter[int]) -> float:
    """The middle of all, or the mean of the two in the middle."""
    number = days.total()
    middle = {(number - 1) // 2, number // 2}
    passed, values = 0, []
    for value in sorted(days):
        values += [value for place in middle if passed <= place < passed + days[value]]
        passed += days[value]
    return sum(values) / len(values)
