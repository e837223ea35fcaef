"""What time does by itself: as SYSTEM, through the hooks, each row with its lawful date.

The parts of a day stand in ``PARTS`` and run in its order. Each finds its rows by their state, so
that a day may be run again without harm; each acts as of the first day on which the law lets it,
so that a day that was missed leaves the same rows as one that was not.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from models.acting import SYSTEM, acting, acting_as
from models.acts.reassignment import carry_out, due_reassignments
from models.application import Application
from models.by_time.recalculation import finish_revisions
from models.by_time.renewals import deem_renewed_on, expire_on
from models.by_time.timely import ONE_DAY, Deed, sets_status
from models.clock import DueDateChange
from models.daily_run import CaseWarning, DailyRun
from models.enums import ApplicationStatus, Origin, WarningKind
from models.questions.worklists import is_due_soon


@dataclass(frozen=True, slots=True)
class DailyReport:
    """How much time did by itself."""

    deemed_accepted: int = 0
    deemed_renewed: int = 0
    expired: int = 0
    terminated: int = 0
    warned: int = 0

    def __add__(self, other: "DailyReport") -> "DailyReport":
        both = (getattr(self, f.name) + getattr(other, f.name) for f in fields(self))
        return DailyReport(*both)


def run_daily(session: Session, day: date) -> DailyReport:
    """Do what time does up to ``day``: on every day since the last one done, in order.

    Cases are first reckoned by the newest calendar. Each row is a transaction of its own.
    """
    session.rollback()
    with acting_as(session, SYSTEM, day):
        finish_revisions(session)
    report = DailyReport()
    for each in _days_to_do(session, day):
        with acting_as(session, SYSTEM, each):
            report += _do_day(session, each)
    return report


def _days_to_do(session: Session, day: date) -> list[date]:
    last = session.scalar(select(func.max(DailyRun.day)))
    session.rollback()
    if last is None or last >= day:
        return [day]
    return [last + timedelta(days=n) for n in range(1, (day - last).days + 1)]


def _do_day(session: Session, day: date) -> DailyReport:
    for order in due_reassignments(session, day):
        carry_out(session, order, day)
    found = DailyReport(**{name: part(session, day) for name, part in PARTS})
    run = session.scalars(select(DailyRun).where(DailyRun.day == day)).one_or_none()
    if run is None:
        run = DailyRun(day=day)
        session.add(run)
    for name, count in asdict(found).items():
        setattr(run, name, getattr(run, name) + count)
    session.commit()
    return found


def _not_before_its_history(case: Application, lawful: date) -> date:
    """The lawful day, or the last day of the case's history: a later calendar may have moved a
    limit into the past, and history only grows."""
    return max([lawful, *(change.effective_on for change in case.due_date_changes)])


def _is_native(status: ApplicationStatus) -> ColumnElement[bool]:
    return and_(
        Application.status == status,
        Application.origin == Origin.NATIVE,
        Application.closed_on.is_(None),
    )


def _is_silent(day: date) -> ColumnElement[bool]:
    return and_(_is_native(ApplicationStatus.RECEIVED), Application.notice_due_on < day)


def _is_unanswered(day: date) -> ColumnElement[bool]:
    return and_(_is_native(ApplicationStatus.CORRECTING), Application.correction_due_on < day)


def _waits_for_a_warning(day: date) -> ColumnElement[bool]:
    """Due soon, not warned of this due date, and no younger than the day itself."""
    warned = select(CaseWarning.id).where(
        CaseWarning.application_id == Application.id,
        CaseWarning.kind == WarningKind.DUE_SOON,
        CaseWarning.due_on == Application.due_on,
    )
    moved_later = select(DueDateChange.id).where(
        DueDateChange.application_id == Application.id, DueDateChange.effective_on > day
    )
    return and_(is_due_soon(day), ~warned.exists(), ~moved_later.exists())


def _warn(session: Session, case: Application) -> None:
    assert case.due_on is not None, "a case that is due soon has its due date"
    session.add(
        CaseWarning(
            application=case,
            kind=WarningKind.DUE_SOON,
            due_on=case.due_on,
            warned_on=acting(session).today,
            officer_id=case.officer_id,
        )
    )


# Art. 32(4): five days of silence are an acceptance, from the first day after them.
deem_accepted = Deed(
    Application,
    _is_silent,
    lambda case, _day: _not_before_its_history(case, case.notice_due_on + ONE_DAY),
    sets_status(ApplicationStatus.ACCEPTED),
)
# An application whose correction is never answered ends with the applicant's time.
end_unanswered = Deed(
    Application,
    _is_unanswered,
    lambda case, _day: _not_before_its_history(case, case.correction_due_on + ONE_DAY),
    sets_status(ApplicationStatus.TERMINATED),
)
# Art. 42: the officer is warned once of each due date.
warn = Deed(Application, _waits_for_a_warning, lambda _case, day: day, _warn)

# What a day does, in this order, by its name in the report. A renewal that the law grants is
# counted before the certificate that it renews would expire.
PARTS: tuple[tuple[str, Callable[[Session, date], int]], ...] = (
    ("deemed_accepted", deem_accepted),
    ("deemed_renewed", deem_renewed_on),
    ("expired", expire_on),
    ("terminated", end_unanswered),
    ("warned", warn),
)
