"""A changed calendar reckons open cases again: as a job, in steps, and only where a date moves."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from models import (
    Application,
    CalendarDay,
    CalendarRevision,
    CalendarYear,
    Finding,
)
from models.acting import SYSTEM, acting_as
from models.acts.clock import approve_green_lane, ask_green_lane
from models.by_time.daily import DailyReport, run_daily
from models.by_time.recalculation import (
    Progress,
    continue_revision,
    finish_revisions,
    progress_of,
)
from models.database import GuardedSession
from models.enums import ApplicationStatus, ClockStart, DueCause, Duty
from models.questions.calendar import working_calendar
from models.rules.statutory_holidays import provisional_year
from tests.factories import MONDAY, Office, fill_office
from tests.rules.clock_oracle import walk_working_days
from tests.tiers import examples

pytestmark = pytest.mark.hooks_alone

TUESDAY, WEDNESDAY = date(2025, 3, 4), date(2025, 3, 5)
HOLIDAY = date(2025, 3, 12)


def change_day(office: Office, day: date, *, is_working: bool, on: date = TUESDAY) -> None:
    """A notice makes one day differ from its weekday."""
    office.change_calendar({day: is_working}, on)


def reckon(office: Office, day: date = TUESDAY, chunk: int = 200) -> None:
    with acting_as(office.session, SYSTEM, day):
        finish_revisions(office.session, chunk)


def last_change(case: Application) -> tuple[date, DueCause]:
    change = case.due_date_changes[-1]
    return change.effective_on, change.cause


def revision(office: Office) -> CalendarRevision:
    found = select(CalendarRevision).order_by(CalendarRevision.id.desc()).limit(1)
    return office.session.scalars(found).one()


# --- what moves -----------------------------------------------------------------------------------


def test_a_new_holiday_moves_every_clock_that_runs_over_it(office: Office) -> None:
    """Art. 82: working days are counted by the calendar as it is."""
    accepted = office.accepted(MONDAY)
    received = office.received(date(2025, 3, 7))
    correcting = office.correcting(MONDAY)
    granted = office.granted(MONDAY)
    assert accepted.steps[1].due_on == date(2025, 3, 10)
    change_day(office, HOLIDAY, is_working=False)
    assert accepted.due_on == date(2025, 3, 24)
    reckon(office)
    assert (accepted.due_on, accepted.statutory_due_on) == (date(2025, 3, 25), date(2025, 4, 1))
    assert accepted.warn_on == date(2025, 3, 20)
    assert received.notice_due_on == date(2025, 3, 17)
    assert correcting.correction_due_on == date(2025, 4, 16)
    assert granted.due_on == date(2025, 3, 18)
    for case in (accepted, received, correcting, granted):
        assert last_change(case) == (TUESDAY, DueCause.CALENDAR_CHANGED)
    assert accepted.steps[1].due_on == date(2025, 3, 10)
    assert revision(office).cases_changed == 4
    assert revision(office).finished_at is not None


def test_the_limit_of_an_open_step_moves_with_its_days(office: Office) -> None:
    case = office.accepted(MONDAY)
    change_day(office, date(2025, 3, 6), is_working=False)
    reckon(office)
    assert case.steps[1].due_on == date(2025, 3, 11)


def test_what_does_not_move_has_no_new_history(office: Office) -> None:
    case = office.accepted(MONDAY)
    rows, version = len(case.due_date_changes), case.version
    change_day(office, date(2025, 9, 1), is_working=False)
    reckon(office)
    assert (len(case.due_date_changes), case.version) == (rows, version)
    assert revision(office).cases_changed == 0


def test_a_day_taken_away_moves_the_dates_back(office: Office) -> None:
    case = office.accepted(MONDAY)
    change_day(office, HOLIDAY, is_working=False)
    reckon(office)
    office.change_calendar({HOLIDAY: True}, WEDNESDAY)
    reckon(office, WEDNESDAY)
    assert case.due_on == date(2025, 3, 24)
    assert last_change(case) == (WEDNESDAY, DueCause.CALENDAR_CHANGED)


def expected_day(office: Office, day: date, *, is_working: bool, on: date = TUESDAY) -> None:
    """Enter by hand what is expected of a day of a year that no notice has confirmed."""
    found = select(CalendarYear).where(CalendarYear.year == day.year)
    year = office.session.scalars(found).first() or CalendarYear(year=day.year, source="预计")
    with office.acts("system", on) as session:
        session.add(CalendarDay(calendar_year=year, day=day, is_working=is_working, name="预计"))


def test_a_confirmed_year_makes_dates_final(office: Office) -> None:
    """Art. 82: a date that rests on a year without a notice is provisional until there is one."""
    case = office.accepted(date(2026, 11, 23), promised=29, statutory=29)
    assert (case.due_on, case.due_is_provisional) == (date(2027, 1, 4), True)
    rows = len(case.due_date_changes)
    statutory = dict.fromkeys(provisional_year(2027).exceptions, False)
    office.change_calendar(statutory, date(2026, 11, 25))
    reckon(office, date(2026, 11, 25))
    assert (case.due_on, case.due_is_provisional) == (date(2027, 1, 4), False)
    assert len(case.due_date_changes) == rows


def test_a_make_up_day_before_the_notice_leaves_the_holidays(office: Office) -> None:
    """Art. 32, 82: one row of an unconfirmed year takes no holiday away, so that silence does not
    accept too early: five days from 2026-12-29 end on 2027-01-06, with the Saturday or without."""
    case = office.received(date(2026, 12, 29))
    assert case.notice_due_on == date(2027, 1, 6)
    with office.acts("system", date(2026, 12, 29)) as session:
        saturday = CalendarDay(day=date(2027, 1, 9), is_working=True, name="调休上班")
        session.add(CalendarYear(year=2027, source="传闻", days=[saturday]))
    reckon(office, date(2026, 12, 29))
    assert case.notice_due_on == date(2027, 1, 6)
    assert working_calendar(office.session).is_working_day(date(2027, 1, 9))
    assert not working_calendar(office.session).is_working_day(date(2027, 1, 1))


def test_a_closed_case_never_changes(office: Office) -> None:
    closed = office.delivered(MONDAY)
    office.accepted(MONDAY)
    before = (closed.due_on, closed.version, len(closed.due_date_changes))
    change_day(office, HOLIDAY, is_working=False)
    reckon(office)
    assert (closed.due_on, closed.version, len(closed.due_date_changes)) == before


def test_a_calendar_of_no_open_case_starts_no_job(office: Office) -> None:
    office.delivered(MONDAY)
    expected_day(office, date(2027, 3, 1), is_working=False)
    assert progress_of(office.session) is None
    with acting_as(office.session, SYSTEM, TUESDAY):
        assert not continue_revision(office.session)


def test_the_name_of_a_day_moves_nothing(office: Office) -> None:
    office.accepted(MONDAY)
    expected_day(office, date(2027, 3, 1), is_working=False)
    reckon(office)
    with office.acts("system", TUESDAY) as session:
        day = session.scalars(select(CalendarDay).where(CalendarDay.name == "预计")).one()
        day.name, day.calendar_year.source = "停电", "供电局"
    assert progress_of(office.session) is None


# --- the job --------------------------------------------------------------------------------------


def test_the_job_goes_on_where_it_stopped(office: Office) -> None:
    item = office.item()
    found = [office.accepted(MONDAY, item) for _ in range(5)]
    change_day(office, HOLIDAY, is_working=False)
    with acting_as(office.session, SYSTEM, TUESDAY):
        assert progress_of(office.session) == Progress(0, 5)
        assert continue_revision(office.session, chunk=2)
    engine = office.session.get_bind()
    done = [case.due_on == date(2025, 3, 25) for case in found]
    assert done == [True, True, False, False, False]
    assert progress_of(office.session) == Progress(2, 5)
    office.session.rollback()
    with GuardedSession(engine) as other, acting_as(other, SYSTEM, TUESDAY):
        finish_revisions(other, chunk=2)
        assert progress_of(other) is None
    office.session.expire_all()
    assert all(case.due_on == date(2025, 3, 25) for case in found)


def test_a_newer_change_begins_again(office: Office) -> None:
    item, day = office.item(), date(2026, 12, 30)
    found = [office.received(day, item) for _ in range(3)]
    expected_day(office, date(2027, 1, 6), is_working=False, on=day)
    with acting_as(office.session, SYSTEM, day):
        continue_revision(office.session, chunk=2)
    expected_day(office, date(2027, 1, 5), is_working=False, on=day)
    assert (revision(office).next_case_id, revision(office).first_day) == (0, date(2027, 1, 1))
    reckon(office, day)
    assert {case.notice_due_on for case in found} == {date(2027, 1, 11)}


def test_a_newer_notice_ends_the_revision_before_it(office: Office) -> None:
    """Art. 82: one revision for one notice."""
    item = office.item()
    found = [office.accepted(MONDAY, item) for _ in range(3)]
    change_day(office, HOLIDAY, is_working=False)
    with acting_as(office.session, SYSTEM, TUESDAY):
        continue_revision(office.session, chunk=2)
    first = revision(office)
    second = office.change_calendar({date(2025, 3, 11): False}, TUESDAY)
    assert first.finished_at is not None
    assert (revision(office).notice, revision(office).next_case_id) == (second, 0)
    reckon(office)
    assert {case.due_on for case in found} == {date(2025, 3, 26)}
    assert (first.cases_changed, revision(office).cases_changed) == (2, 3)


def test_a_step_that_was_overtaken_leaves_nothing(office: Office) -> None:
    case = office.accepted(MONDAY)
    change_day(office, HOLIDAY, is_working=False)

    def overtake(session: Session, *_rest: Any) -> None:
        session.connection().exec_driver_sql("UPDATE application SET version = version + 1")

    event.listen(office.session, "before_flush", overtake)
    with acting_as(office.session, SYSTEM, TUESDAY), pytest.raises(StaleDataError):
        continue_revision(office.session)
    office.session.rollback()
    event.remove(office.session, "before_flush", overtake)
    assert (case.due_on, revision(office).next_case_id) == (date(2025, 3, 24), 0)
    reckon(office)
    assert case.due_on == date(2025, 3, 25)


def test_nobody_writes_a_revision_by_hand(office: Office) -> None:
    with office.refuses("duty-not-held", "system") as session:
        session.add(CalendarRevision(created_on=MONDAY, first_day=MONDAY))


def test_the_work_of_the_day_reckons_first(office: Office) -> None:
    """Art. 32(4): the five days are those of the newest calendar."""
    case = office.received(MONDAY)
    change_day(office, date(2025, 3, 6), is_working=False)
    assert run_daily(office.session, date(2025, 3, 11)) == DailyReport()
    assert case.notice_due_on == date(2025, 3, 11)
    assert run_daily(office.session, date(2025, 3, 12)) == DailyReport(deemed_accepted=1)


# --- acceptance by silence ------------------------------------------------------------------------


def test_a_deemed_acceptance_is_not_undone_but_flagged(office: Office) -> None:
    """Art. 32(4): what silence accepted stays accepted; the manager is told."""
    case = office.received(MONDAY)
    sound = office.received(date(2025, 2, 24))
    run_daily(office.session, date(2025, 3, 11))
    assert (case.deemed_accepted, sound.deemed_accepted) == (True, True)
    change_day(office, date(2025, 3, 7), is_working=False, on=HOLIDAY)
    reckon(office, HOLIDAY)
    assert (case.status, case.accepted_on) == (ApplicationStatus.ACCEPTED, MONDAY)
    found = office.session.scalars(select(Finding)).all()
    assert [(row.application_id, row.code) for row in found] == [
        (case.id, "deemed-acceptance-before-calendar-change")
    ]
    change_day(office, date(2025, 3, 6), is_working=False, on=HOLIDAY)
    reckon(office, HOLIDAY)
    assert len(office.session.scalars(select(Finding)).all()) == 1


def test_silence_without_a_clock_is_reckoned_too(office: Office) -> None:
    """Art. 32(4), 42: where the review's conclusion starts the clock, the history tells of the
    acceptance all the same, and the job finds it there."""
    case = office.received(MONDAY, clock_start=ClockStart.REVIEW_CONCLUSION)
    run_daily(office.session, date(2025, 3, 11))
    assert (case.deemed_accepted, case.due_on) == (True, None)
    assert last_change(case) == (date(2025, 3, 11), DueCause.DEEMED_ACCEPTED)
    change_day(office, date(2025, 3, 7), is_working=False, on=HOLIDAY)
    reckon(office, HOLIDAY)
    found = office.session.scalars(select(Finding)).all()
    assert [row.application_id for row in found] == [case.id]


def test_a_period_that_a_change_ended_earlier_takes_effect_when_known(office: Office) -> None:
    """Art. 32(4): history only grows, so a period that ended in the past ends on the day on which
    the calendar changed."""
    case = office.received(date(2025, 3, 6))
    with_rest = date(2025, 3, 8)
    change_day(office, with_rest, is_working=True, on=date(2025, 3, 13))
    run_daily(office.session, date(2025, 3, 13))
    assert case.notice_due_on == date(2025, 3, 12)
    assert case.deemed_accepted
    effective = [change.effective_on for change in case.due_date_changes]
    assert effective == sorted(effective)


# --- no day is lost or gained ---------------------------------------------------------------------

DAYS = st.integers(0, 18)
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("pause"), DAYS, st.integers(1, 9)),
        st.tuples(st.just("holiday"), DAYS, DAYS),
        st.tuples(st.just("extend"), DAYS, st.integers(1, 10)),
        st.tuples(st.just("green"), DAYS, st.just(0)),
    ),
    max_size=5,
)


@given(events=EVENTS, promise=st.integers(1, 15))
@settings(
    max_examples=examples(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_clock_loses_or_gains_a_day(
    sqlite_databases: Any, events: list[tuple[str, int, int]], promise: int
) -> None:
    """Art. 42, 45, 82: pauses, an extension, the green lane and a changed calendar, in any order,
    give the date that the oracle walks to day by day."""
    engine = sqlite_databases.fresh(fill_office)
    with GuardedSession(engine) as session:
        office = Office(session)
        steps = ((1, Duty.ACCEPTANCE, 1), (2, Duty.REVIEW, 0), (3, Duty.DECISION, 0))
        case = office.accepted(MONDAY, promised=promise, statutory=20, steps=steps)
        lived = _Lived(office, case, promise)
        for name, offset, number in sorted(events, key=lambda event: event[1]):
            lived.do(name, MONDAY + timedelta(days=offset), number)
        assert (case.due_on, case.statutory_due_on) == lived.expected()
    engine.dispose()


class _Lived:
    """A case with what happened to it, so that the oracle can be asked."""

    def __init__(self, office: Office, case: Application, promise: int) -> None:
        self.office, self.case, self.promise = office, case, promise
        self.pauses: list[tuple[date, date]] = []
        self.extension = 0
        self.rest: set[date] = set()
        self.free_from = MONDAY

    def do(self, name: str, day: date, number: int) -> None:
        if day < self.free_from:
            return
        getattr(self, name)(day, number)

    def pause(self, day: date, number: int) -> None:
        end = day + timedelta(days=number)
        self.office.pause(self.case, day, end)
        self.pauses.append((day, end))
        self.free_from = end

    def holiday(self, day: date, number: int) -> None:
        closed = MONDAY + timedelta(days=number)
        if closed in self.rest:
            return
        change_day(self.office, closed, is_working=False, on=day)
        reckon(self.office, day)
        self.rest.add(closed)

    def extend(self, day: date, number: int) -> None:
        if self.extension or self.case.due_on is None or day > self.case.due_on:
            return
        self.office.extend(self.case, day, number)
        self.extension = number

    def green(self, day: date, _number: int) -> None:
        if self.case.is_green_lane:
            return
        with self.office.acts("clerk", day):
            ask_green_lane(self.case, "急需")
        with self.office.acts("head", day) as session:
            approve_green_lane(session, self.case.green_lanes[0])
        self.promise = (self.promise + 1) // 2

    def expected(self) -> tuple[date | None, date | None]:
        promised, statutory = (
            walk_working_days(
                MONDAY, limit + self.extension, list(self.pauses), frozenset(self.rest)
            ).due_on
            for limit in (self.promise, 20)
        )
        return promised, statutory
