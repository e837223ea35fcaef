"""A case reckoned again by a changed calendar: its own facts, other working days."""

from datetime import timedelta

from sqlalchemy.orm import Session

from models.acting import Acting
from models.application import Application
from models.enums import DueCause
from models.finding import Finding
from models.hooks.case_history import append_history
from models.hooks.holding import hold
from models.questions.case_clock import handed_in_on
from models.questions.due_dates import moves_of
from models.rules.case_clock import notice_due_on
from models.rules.working_days import Calendar

DEEMED_TOO_EARLY = "deemed-acceptance-before-calendar-change"


def recalculate(session: Session, acting: Acting, case: Application, calendar: Calendar) -> bool:
    """Set the dates of an open case and of its parts anew; whether a due date moved."""
    flag_deemed_acceptance(session, case, calendar)
    moves = moves_of(case, calendar)
    if not moves:
        return False
    hold(session, case)
    for move in moves:
        setattr(move.row, move.column, move.becomes)
    if any(move.row is case and move.is_due_date for move in moves):
        append_history(case, acting, acting.today, DueCause.CALENDAR_CHANGED)
    return any(move.is_due_date for move in moves)


def flag_deemed_acceptance(session: Session, case: Application, calendar: Calendar) -> None:
    """An acceptance that the law made by silence stays, though by the new calendar the silence
    would not have lasted: the manager is notified (Art. 32(4))."""
    if not case.deemed_accepted or any(f.code == DEEMED_TOO_EARLY for f in case.findings):
        return
    silence_lasts_until = notice_due_on(calendar, handed_in_on(case))
    # An older release recorded nothing of an acceptance that started no clock.
    days = (c.effective_on for c in case.due_date_changes if c.cause is DueCause.DEEMED_ACCEPTED)
    deemed_on = next(days, None)
    if deemed_on is not None and deemed_on <= silence_lasts_until:
        detail = f"{deemed_on} < {silence_lasts_until + timedelta(1)}"
        session.add(Finding(application=case, code=DEEMED_TOO_EARLY, detail=detail))
