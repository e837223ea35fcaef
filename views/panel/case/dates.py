"""The dates of a case as lights, each with its sum in words: limit, extension, days used."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from models import Application
from models.enums import ApplicationStatus, LimitUnit
from models.questions.case_clock import clocks_of, explained_day_of
from models.questions.pauses import overrun_pause_of
from models.rules.case_clock import Clock, ClockKind
from models.rules.deadlines import warn_date
from models.rules.working_days import Calendar, CalendarRangeError
from views.words.labels import member_label
from views.words.lights import Lamp, Lamps
from views.words.values import show


@dataclass(frozen=True, slots=True)
class DateCard:
    """One date of a case. ``sum``: how it is reckoned, in words."""

    label: str
    day: str
    light: Lamp
    sum: str


def dates_of(case: Application, calendar: Calendar, today: date) -> list[DateCard]:
    """Two lights for two dates; before acceptance the one of the notice's five days, after the
    grant the one of the delivery (Art. 44)."""
    sums = _sums(case, calendar, today)
    lamps = Lamps(calendar, today)
    stands = (case.suspended_since, case.closed_on)
    if case.status is ApplicationStatus.RECEIVED and case.notice_due_on and not case.closed_on:
        day = case.notice_due_on
        said = sums.get(ClockKind.NOTICE, "")
        return [DateCard(gettext("Answer to the application"), show(day), lamps.of(day), said)]
    lamp = lamps.of(case.due_on, case.warn_on, *stands)
    if case.status is ApplicationStatus.GRANTED:
        said = sums.get(ClockKind.DELIVERY, "")
        return [DateCard(gettext("Delivery date"), show(case.due_on), lamp, said)]
    promised = sums.get(ClockKind.PROMISED, "")
    found = [DateCard(gettext("Promised date"), show(explained_day_of(case)), lamp, promised)]
    if case.closed_on is not None and case.due_on not in (None, explained_day_of(case)):
        found.append(DateCard(gettext("Delivery date"), show(case.due_on), lamp, ""))
    law = case.statutory_due_on
    if law is not None and case.closed_on is None:
        warn_on = _warns_on(calendar, law, case.item_version.warning_days)
        lamp = lamps.of(law, warn_on, *stands)
        said = sums.get(ClockKind.STATUTORY, "")
        found.append(DateCard(gettext("Statutory date"), show(law), lamp, said))
    return found


def pause_overrun(case: Application, today: date) -> str:
    """The day on which the open pause was to end, if that is past."""
    pause = overrun_pause_of(case, today)
    return show(pause.planned_end_on) if pause else ""


def _warns_on(calendar: Calendar, due_on: date, warning_days: int) -> date | None:
    try:
        return warn_date(calendar, due_on, warning_days)
    except CalendarRangeError:
        return None


def _sums(case: Application, calendar: Calendar, today: date) -> dict[ClockKind, str]:
    until = case.decided_on if case.status is not ApplicationStatus.GRANTED else None
    day = until or case.closed_on or today
    try:
        return {c.kind: " ".join(_sum(c, calendar, day)) for c in clocks_of(case, calendar)}
    except CalendarRangeError:
        return {}


def _sum(clock: Clock, calendar: Calendar, day: date) -> Iterator[str]:
    """Limit and extension, less what is used; what is not counted is named beside it."""
    if clock.unit is LimitUnit.MONTH:
        yield f"{clock.limit} {str(member_label(clock.unit)).lower()}"
    else:
        yield str(gettext("limit %(limit)s days", limit=clock.limit))
    if clock.extension:
        yield str(gettext("+ extended by %(days)s", days=clock.extension))
    if clock.unit is not LimitUnit.MONTH:
        yield str(gettext("− used %(days)s", days=clock.days_used(calendar, day)))
    if stopped := clock.days_stopped(calendar, day):
        yield str(gettext("(not counted: %(days)s)", days=stopped))
