"""The steps of a case as a track: those of one stage run in parallel and stand in one column."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask_babel import gettext

from models import Application, ApplicationStep
from models.enums import ApplicationStatus, StepStatus
from models.questions.case_clock import step_days_used
from models.questions.worklists import step_is_late
from models.rules.working_days import Calendar, CalendarRangeError
from views.panel.case.reader import Reader
from views.words.labels import member_label
from views.words.values import localised, show

MARKS = {
    StepStatus.DONE: "✓",
    StepStatus.OPEN: "●",
    StepStatus.WAITING: "○",
    StepStatus.CANCELLED: "–",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """Days used of days allowed, as a bar that is full when they are used up."""

    used: int
    allowed: int

    @property
    def is_over(self) -> bool:
        """Whether more is used than allowed."""
        return self.used > self.allowed

    @property
    def shown(self) -> int:
        """How much of the bar is full, in days; more than all of it cannot be shown."""
        return min(self.used, self.allowed)


@dataclass(frozen=True, slots=True)
class StepCard:
    """One step in the track of the case."""

    mark: str
    status: str
    state: str
    name: str
    officer: str
    days: str
    bar: "Bar | None"
    due_on: str
    is_late: bool


def stages_of(case: Application, calendar: Calendar, reader: Reader) -> list[list[StepCard]]:
    """The steps of the case; those of one stage run in parallel and stand in one column."""
    return [
        [_card(step, case, calendar, reader) for step in steps]
        for _number, steps in groupby(case.steps, key=lambda step: step.stage_number)
    ]


def _card(step: ApplicationStep, case: Application, calendar: Calendar, reader: Reader) -> StepCard:
    used = _days_used(step, case, calendar, reader.today)
    limit = step.step_definition.limit_days
    inside = reader.sees_inside
    return StepCard(
        mark=MARKS[step.status],
        status=step.status.lower(),
        state=str(member_label(step.status)),
        name=str(localised(step.step_definition, "name")),
        officer=_officer(step) if inside else "",
        days=_days(used, limit),
        bar=Bar(used, limit) if used is not None and limit else None,
        due_on=show(step.due_on) if step.due_on and step.status is StepStatus.OPEN else "",
        is_late=step_is_late(reader.today, step.status, step.due_on)
        or (step.due_on is not None and step.done_on is not None and step.done_on > step.due_on),
    )


def _officer(step: ApplicationStep) -> str:
    if step.officer is not None:
        return str(localised(step.officer, "display_name"))
    return gettext("Unclaimed") if step.status is StepStatus.OPEN else ""


def _days_used(
    step: ApplicationStep, case: Application, calendar: Calendar, today: date
) -> int | None:
    try:
        return step_days_used(step, case, calendar, today)
    except CalendarRangeError:
        return None


def _days(used: int | None, limit: int | None) -> str:
    if used is None:
        return "" if limit is None else str(gettext("limit %(limit)s days", limit=limit))
    if limit is None:
        return str(gettext("%(used)s days", used=used))
    return str(gettext("%(used)s of %(limit)s days", used=used, limit=limit))


def who_acts_next(case: Application) -> str:
    """What the case waits for, in words."""
    if case.closed_on is not None:
        return ""
    if case.status in _WAITS_FOR:
        return str(_WAITS_FOR[case.status]())
    open_steps = [s for s in case.steps if s.status is StepStatus.OPEN]
    names = gettext(", ").join(str(localised(s.step_definition, "name")) for s in open_steps)
    return str(gettext("Next: %(steps)s", steps=names)) if names else ""


_WAITS_FOR: dict[ApplicationStatus, Callable[[], str]] = {
    ApplicationStatus.DRAFT: lambda: gettext("Next: the application is handed in"),
    ApplicationStatus.CORRECTING: lambda: gettext("Next: the applicant answers the notice"),
    ApplicationStatus.GRANTED: lambda: gettext("Next: the certificate is delivered"),
}
