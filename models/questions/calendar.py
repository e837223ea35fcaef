"""The office's working calendar, read from its table."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.audit import AuditEntry
from models.clock import CalendarDay, CalendarYear
from models.rules.statutory_holidays import calendar_of, unconfirmed_year
from models.rules.working_days import Calendar
from models.rules.working_days import CalendarYear as YearOfDays

# A calendar is made once for each state of its tables. The versions of the years and the last
# entry about a day are that state: a day added or taken away does not touch its year.
_made: dict[tuple[str, tuple[tuple[int, int, str | None], ...]], Calendar] = {}
_KEPT = 8
_LAST_DAY_ENTRY = select(func.max(AuditEntry.id)).where(
    AuditEntry.subject_table == CalendarDay.__tablename__
)
_LAST_CHANGE = select(AuditEntry.hash).where(AuditEntry.id == _LAST_DAY_ENTRY.scalar_subquery())
_STATE = select(CalendarYear.year, CalendarYear.version, _LAST_CHANGE.scalar_subquery()).order_by(
    CalendarYear.year
)


def working_calendar(session: Session) -> Calendar:
    """The calendar of the office's database; years without rows are provisional."""
    with session.no_autoflush:
        found = session.execute(_STATE).all()
    state = tuple((year, version, entry) for year, version, entry in found)
    key = (str(session.get_bind().engine.url), state)
    if key not in _made:
        if len(_made) >= _KEPT:
            _made.clear()
        _made[key] = _read(session)
    return _made[key]


def _read(session: Session) -> Calendar:
    years = session.execute(
        select(CalendarYear.id, CalendarYear.year, CalendarYear.is_confirmed)
    ).all()
    exceptions: dict[int, dict[date, tuple[bool, str]]] = {row.id: {} for row in years}
    days = select(
        CalendarDay.calendar_year_id, CalendarDay.day, CalendarDay.is_working, CalendarDay.name
    )
    for year_id, day, is_working, name in session.execute(days):
        exceptions[year_id][day] = (is_working, name)
    return calendar_of(
        YearOfDays(row.year, confirmed=True, exceptions=exceptions[row.id])
        if row.is_confirmed
        else unconfirmed_year(row.year, exceptions[row.id])
        for row in years
    )
