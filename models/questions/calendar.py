"""The office's working calendar, read from its table."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.audit import AuditEntry
from models.calendar_notice import CalendarNotice
from models.clock import CalendarDay, CalendarYear
from models.rules.statutory_holidays import calendar_of, unconfirmed_year
from models.rules.working_days import Calendar
from models.rules.working_days import CalendarDay as Special
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


# The rows of the years of a calendar, and which of the years are confirmed.
Days = Mapping[date, tuple[bool, str]]


def _read(session: Session) -> Calendar:
    return _made_of(*_rows_of_years(session))


def _rows_of_years(session: Session) -> tuple[dict[int, Days], set[int]]:
    years = session.execute(
        select(CalendarYear.id, CalendarYear.year, CalendarYear.is_confirmed)
    ).all()
    exceptions: dict[int, dict[date, tuple[bool, str]]] = {row.id: {} for row in years}
    days = select(
        CalendarDay.calendar_year_id, CalendarDay.day, CalendarDay.is_working, CalendarDay.name
    )
    for year_id, day, is_working, name in session.execute(days):
        exceptions[year_id][day] = (is_working, name)
    rows: dict[int, Days] = {row.year: exceptions[row.id] for row in years}
    return rows, {row.year for row in years if row.is_confirmed}


def _made_of(rows: Mapping[int, Days], confirmed: set[int]) -> Calendar:
    return calendar_of(
        YearOfDays(year, confirmed=True, exceptions=days)
        if year in confirmed
        else unconfirmed_year(year, days)
        for year, days in rows.items()
    )


# --- the calendar as a notice makes it ------------------------------------------------------------


def calendar_by(session: Session, notice: CalendarNotice) -> Calendar:
    """The calendar as it would be if the notice were confirmed now; nothing is written."""
    with session.no_autoflush:
        rows, confirmed = _rows_of_years(session)
    return _made_of(rows | rows_by(session, notice), confirmed | {notice.year})


def rows_by(session: Session, notice: CalendarNotice) -> dict[int, Days]:
    """The rows of each year that a notice changes, as they are once it is confirmed.

    Its own year is the notice as a whole. Of the December before it changes the days that it
    names; those of the next New Year's notice stay in the December of its own year.
    """
    own, before = _split(notice)
    next_year = standing_notice(session, notice.year + 1)
    rows: dict[int, Days] = {notice.year: own | (_split(next_year)[1] if next_year else {})}
    last = standing_notice(session, notice.year)
    gone = _split(last)[1] if last else {}
    if before or gone:
        kept = _days_of(session, notice.year - 1)
        rows[notice.year - 1] = {d: kept[d] for d in kept if d not in gone} | before
    return rows


def first_change(before: Calendar, after: Calendar, year: int) -> date | None:
    """The first day that a notice for ``year`` makes a working day, or a day off; None: no day."""
    first, last = date(year - 1, 12, 1), date(year, 12, 31)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    differ = (day for day in days if before.is_working_day(day) != after.is_working_day(day))
    return next(differ, None)


def standing_notice(session: Session, year: int) -> CalendarNotice | None:
    """The notice that was confirmed last for a year; of the loaded years there is none."""
    return session.scalars(
        select(CalendarNotice)
        .where(CalendarNotice.year == year, CalendarNotice.confirmed_on.is_not(None))
        .order_by(CalendarNotice.confirmed_on.desc(), CalendarNotice.id.desc())
        .limit(1)
    ).first()


def notice_waits(session: Session, year: int) -> bool:
    """Whether a notice for a year waits for its answer."""
    waiting = select(CalendarNotice.id).where(
        CalendarNotice.year == year,
        CalendarNotice.confirmed_on.is_(None),
        CalendarNotice.rejected_on.is_(None),
    )
    return session.scalar(waiting.limit(1)) is not None


def _split(notice: CalendarNotice) -> tuple[dict[date, Special], dict[date, Special]]:
    """The days of the notice's own year, and those of the December before."""
    days = {day.day: Special(day.is_working, day.name) for day in notice.notice_days}
    own = {day: what for day, what in days.items() if day.year == notice.year}
    return own, {day: what for day, what in days.items() if day not in own}


def _days_of(session: Session, year: int) -> Days:
    found = select(CalendarDay.day, CalendarDay.is_working, CalendarDay.name).join(
        CalendarDay.calendar_year
    )
    return {
        day: (is_working, name)
        for day, is_working, name in session.execute(found.where(CalendarYear.year == year))
    }
