"""A case reckoned again by a changed calendar: its own facts, other working days."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from models.acting import Acting
from models.application import Application, ApplicationStep
from models.enums import ApplicationStatus, DueCause, StepStatus
from models.finding import Finding
from models.hooks.case_clock import set_clock
from models.hooks.case_history import append_history
from models.hooks.holding import hold
from models.questions.case_clock import (
    decision_clock_of,
    delivery_clock_of,
    handed_in_on,
    step_due_on,
)
from models.questions.materials import correction_served_on
from models.rules.case_clock import ClockReading, correction_due_on, notice_due_on
from models.rules.working_days import Calendar

DEEMED_TOO_EARLY = "deemed-acceptance-before-calendar-change"


def recalculate(session: Session, acting: Acting, case: Application, calendar: Calendar) -> bool:
    """Set the dates of an open case anew; whether any of them moved.

    An acceptance that the law made by silence stays, though by the new calendar the silence
    would not have lasted: the manager is notified (Art. 32(4)).
    """
    _flag_deemed_acceptance(session, case, calendar)
    columns = _columns_of(case, calendar)
    reading = _reading_of(case, calendar)
    moved = {name: day for name, day in columns.items() if getattr(case, name) != day}
    moved_steps = [(s, due) for s, due in _steps_of(case, calendar) if s.due_on != due]
    clock_moves = reading is not None and reading != _present_reading(case)
    if not (moved or moved_steps or clock_moves):
        return False
    hold(session, case)
    for name, day in moved.items():
        setattr(case, name, day)
    for step, due in moved_steps:
        step.due_on = due
    dates = (case.due_on, case.statutory_due_on)
    if reading is not None:
        set_clock(case, reading)
    if moved or dates != (case.due_on, case.statutory_due_on):
        append_history(case, acting, acting.today, DueCause.CALENDAR_CHANGED)
    return True


def _columns_of(case: Application, calendar: Calendar) -> dict[str, date]:
    """The limits before acceptance, as they are by this calendar."""
    if case.status is ApplicationStatus.RECEIVED:
        return {"notice_due_on": notice_due_on(calendar, handed_in_on(case))}
    if case.status is ApplicationStatus.CORRECTING:
        served_on = correction_served_on(case)
        due_on = correction_due_on(calendar, served_on) if served_on else None
        return {"correction_due_on": due_on} if due_on else {}
    return {}


def _reading_of(case: Application, calendar: Calendar) -> ClockReading | None:
    if case.status is ApplicationStatus.ACCEPTED:
        return decision_clock_of(case, calendar)
    if case.status is ApplicationStatus.GRANTED:
        return delivery_clock_of(case, calendar)
    return None


def _present_reading(case: Application) -> ClockReading:
    return ClockReading(
        due_on=case.due_on,
        statutory_due_on=case.statutory_due_on,
        is_provisional=case.due_is_provisional,
        statutory_is_provisional=case.statutory_due_is_provisional,
        warn_on=case.warn_on,
    )


def _steps_of(case: Application, calendar: Calendar) -> list[tuple[ApplicationStep, date | None]]:
    return [
        (step, step_due_on(step, case, calendar))
        for step in case.steps
        if step.status is StepStatus.OPEN
    ]


def _flag_deemed_acceptance(session: Session, case: Application, calendar: Calendar) -> None:
    if not case.deemed_accepted or any(f.code == DEEMED_TOO_EARLY for f in case.findings):
        return
    silence_lasts_until = notice_due_on(calendar, handed_in_on(case))
    # An older release recorded nothing of an acceptance that started no clock.
    days = (c.effective_on for c in case.due_date_changes if c.cause is DueCause.DEEMED_ACCEPTED)
    deemed_on = next(days, None)
    if deemed_on is not None and deemed_on <= silence_lasts_until:
        detail = f"{deemed_on} < {silence_lasts_until + timedelta(1)}"
        session.add(Finding(application=case, code=DEEMED_TOO_EARLY, detail=detail))
