"""A year is confirmed by a notice: handed in by one person, looked at, confirmed by another."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import inspect, select

from models import (
    Application,
    Base,
    CalendarDay,
    CalendarNotice,
    CalendarRevision,
    CalendarYear,
    Complaint,
    Finding,
    RoleGrant,
    acts,
)
from models.acting import SYSTEM, acting_as
from models.by_time.daily import run_daily
from models.by_time.recalculation import finish_revisions, progress_of
from models.enums import ApplicationStatus, Duty, NoticeProblem, RatingLevel
from models.errors import RuleViolation
from models.questions.attention import counted
from models.questions.calendar import working_calendar
from models.questions.due_dates import DUE_DATES, STAYS, foresee
from models.questions.people import actor_of
from models.rules.statutory_holidays import provisional_year
from tests.factories import Office
from tests.notices import DAYS_OFF, MAKE_UP_DAYS, NOTICE_2027, SOURCE, holiday_json
from tests.rules import clock_oracle as oracle

pytestmark = pytest.mark.hooks_alone

# The days before New Year's Day 2027, over which the notice reaches.
MONDAY, TUESDAY = date(2026, 12, 21), date(2026, 12, 22)


def walk(start: date, n: int) -> date:
    """The n-th working day after a day under the invented notice, counted day by day."""
    answer = oracle.walk_working_days(start, n, [], DAYS_OFF, MAKE_UP_DAYS)
    assert answer.due_on is not None
    return answer.due_on


def propose(office: Office, on: date = TUESDAY, text: str = NOTICE_2027) -> CalendarNotice:
    with office.acts("system", on) as session:
        return acts.calendar.propose(session, text, SOURCE)


def confirm(office: Office, notice: CalendarNotice, on: date = TUESDAY) -> None:
    with office.acts("head", on) as session:
        acts.calendar.confirm(session, notice)


def reckon(office: Office, on: date = TUESDAY) -> None:
    with acting_as(office.session, SYSTEM, on):
        finish_revisions(office.session)


# --- every date is in the table -------------------------------------------------------------------


def test_every_due_date_of_every_table_says_how_it_follows() -> None:
    """A new date cannot be forgotten by a change of the calendar (Art. 82)."""
    named = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.c
        if column.name == "warn_on" or column.name.endswith(("due_on", "_by_on"))
    }
    told = {(each.kind.__tablename__, name) for each in DUE_DATES for name in each.columns}
    assert named - told == set(STAYS), "say how these follow, or why they stay"
    assert not told & set(STAYS)
    for each in DUE_DATES:
        assert set(each.columns) <= set(inspect(each.kind).columns.keys())
        assert (each.relation is None) != (each.waiting is None)


# --- what moves -----------------------------------------------------------------------------------


def open_dates(office: Office) -> dict[tuple[str, int, str], tuple[Any, str]]:
    """Every stored due date of the office, with the case that it stands on."""
    office.session.expire_all()
    found: dict[tuple[str, int, str], tuple[Any, str]] = {}
    for each in DUE_DATES:
        kind: Any = each.kind
        for row in office.session.scalars(select(kind).order_by(kind.id)):
            case = row if isinstance(row, Application) else getattr(row, "application", None)
            number = case.number if each.relation is not None and case is not None else ""
            for name in each.columns:
                if name.endswith(("due_on", "_by_on")):
                    found[kind.__tablename__, row.id, name] = (getattr(row, name), number)
    return found


def fill(office: Office, day: date) -> dict[str, Any]:
    """An open date of every kind, each of which begins on this day."""
    item = office.item()
    rated = office.delivered(
        day, item, applicant=office.applicant("自家厂", user=office.user("applicant"))
    )
    rows: dict[str, Any] = {
        "received": office.received(day, item),
        "accepted": office.accepted(day, item),
        "granted": office.granted(day, item),
        "heard": office.accepted(day, item),
        "correcting": office.correcting(day),
        "far": office.accepted(day, promised=None, statutory=200),
    }
    heard = rows["heard"]
    people = [office.user("reviewer"), office.user("reviewer2")]
    with office.acts("reviewer", day):
        acts.hearing.tell_of_hearing(heard)
        acts.hearing.register_party(heard, "邻家印刷厂", "毗邻生产场所")
        acts.review.assign_inspectors(heard, people, date(2027, 1, 20))
    with office.acts("reviewer", day) as session:
        acts.hearing.tell_party(session, heard.interested_parties[0])
    asked = office.accepted(day, item)
    with office.acts("reviewer", day):
        acts.hearing.tell_of_hearing(asked)
    with office.acts("reviewer", day) as session:
        acts.hearing.request_hearing(session, asked.hearings[0])
    rows["asked"] = asked
    paused, back = office.accepted(day, item), office.accepted(day, item)
    office.suspend(paused, day, date(2027, 1, 20))
    office.pause(back, day, day + timedelta(days=1))
    with office.acts("manager", day) as session:
        rows["order"] = acts.supervision.order(session, office.user("reviewer"), "请答复")
        rows["complaint"] = Complaint(text="窗口推诿")
        session.add(rows["complaint"])
    with office.acts("applicant", day) as session:
        rating = acts.supervision.rate(session, rated, RatingLevel.UNSATISFIED, "等候太久")
    rows["rectification"] = rating.rectification
    return rows


@pytest.mark.parametrize("day", [MONDAY, date(2026, 12, 28)], ids=["earlier", "later"])
def test_a_notice_moves_every_open_date_as_it_was_foreseen(office: Office, day: date) -> None:
    """Art. 32, 36, 42, 44, 47, 55, 82: an invented notice for 2027, looked at, confirmed by a
    second person, and counted day by day by nobody's relative."""
    rows = fill(office, day)
    before = open_dates(office)
    notice = propose(office, day)
    stored = office.stored()
    foreseen = foresee(office.session, notice)
    assert not office.session.dirty
    assert office.stored() == stored, "to look ahead writes nothing"
    assert open_dates(office) == before, "a proposal moves nothing"
    confirm(office, notice, day)
    reckon(office, day)
    after = open_dates(office)
    moved = {key for key in before if before[key] != after[key]}
    assert foreseen.cases_moved == len({before[key][1] for key in moved} - {""})
    assert {(m.row.__tablename__, m.row.id, m.column) for m in foreseen.earlier} == {
        key for key in moved if after[key][0] < before[key][0]
    }
    assert {(m.was, m.becomes) for m in foreseen.earlier} == {
        (before[key][0], after[key][0]) for key in moved if after[key][0] < before[key][0]
    }
    revision = office.session.scalars(select(CalendarRevision)).one()
    assert (revision.notice, revision.cases_changed) == (notice, foreseen.cases_moved)
    heard, asked = rows["heard"], rows["asked"]
    found = {
        "notice": rows["received"].notice_due_on,
        "correction": rows["correcting"].correction_due_on,
        "promised": rows["accepted"].due_on,
        "statutory": rows["accepted"].statutory_due_on,
        "far": rows["far"].due_on,
        "delivery": rows["granted"].due_on,
        "step": rows["accepted"].steps[1].due_on,
        "request": heard.hearings[0].request_due_on,
        "hold": asked.hearings[0].hold_due_on,
        "party": heard.interested_parties[0].answer_due_on,
        "inspectors": heard.inspections[0].assign_by_on,
        "order": rows["order"].answer_due_on,
        "complaint": rows["complaint"].handle_due_on,
        "call": rows["rectification"].contact_due_on,
        "rectify": rows["rectification"].rectify_due_on,
    }
    days = {
        "notice": 5, "correction": 30, "promised": 15, "statutory": 20, "far": 200, "delivery": 10,
        "step": 5, "request": 5, "hold": 20, "party": 5, "inspectors": 5, "order": 3,
        "complaint": 15, "call": 1, "rectify": 15,
    }  # fmt: skip
    assert found == {name: walk(day, n) for name, n in days.items()}
    assert before["hearing", heard.hearings[0].id, "request_due_on"][0] != found["request"]
    assert not rows["accepted"].due_is_provisional


def test_a_notice_that_came_late_is_foreseen_as_well(office: Office) -> None:
    """Art. 32, 82: also while an earlier change is being reckoned; what was due before the first
    day that changes is not looked at, and stays."""
    early = office.received(date(2026, 12, 14))
    item = office.item()
    received, accepted = office.received(MONDAY, item), office.accepted(MONDAY, item)
    office.change_calendar({date(2026, 12, 24): False}, TUESDAY)
    notice = propose(office)
    foreseen = foresee(office.session, notice)
    before = open_dates(office)
    confirm(office, notice)
    reckon(office)
    after = open_dates(office)
    moved = {before[key][1] for key in before if before[key][0] != after[key][0]}
    assert foreseen.cases_moved == len(moved) == 1
    assert (moved, received.notice_due_on) == ({accepted.number}, date(2026, 12, 28))
    assert early.notice_due_on == date(2026, 12, 21)


@pytest.mark.thorough
def test_any_notice_moves_what_was_foreseen_and_nothing_else(office: Office) -> None:
    """Art. 82: one notice after another changes the turn of the year as chance has it."""
    chance = Random(2027)  # noqa: S311 - a draw that can be repeated, no secret
    fill(office, MONDAY)
    for day in (TUESDAY, date(2026, 12, 25), date(2026, 12, 28)):
        office.accepted(day, office.item())
    statutory = provisional_year(2027).exceptions
    turn = [date(2026, 12, 19) + timedelta(days=n) for n in range(75)]
    for _ in range(8):
        days = {day: (False, name) for day, (_off, name) in statutory.items()}
        for day in chance.sample([day for day in turn if day not in statutory], 12):
            days[day] = (day.weekday() > 4 and chance.random() < 0.8, "虚构")
        on = date(2026, 12, 29)
        notice = propose(office, on, holiday_json(2027, days))
        before, foreseen = open_dates(office), foresee(office.session, notice)
        confirm(office, notice, on)
        reckon(office, on)
        after = open_dates(office)
        moved = {key for key in before if before[key] != after[key]}
        assert foreseen.cases_moved == len({before[key][1] for key in moved} - {""})
        told = {(m.row.__tablename__, m.row.id, m.column) for m in foreseen.earlier}
        both = {key for key in moved if after[key][0] and before[key][0]}
        assert told == {key for key in both if after[key][0] < before[key][0]}
        assert moved, "a notice that moves nothing proves nothing"


def test_a_lawful_request_on_the_true_last_day_is_taken(office: Office) -> None:
    """Art. 47: five days from 12-28 end on 01-06 once the fourth of January is off."""
    monday, last = date(2026, 12, 28), date(2027, 1, 6)
    case = office.accepted(monday)
    with office.acts("reviewer", monday):
        acts.hearing.tell_of_hearing(case)
    hearing = case.hearings[0]
    with office.refuses("request-period-is-over", "reviewer", last) as session:
        acts.hearing.request_hearing(session, hearing)
    confirm(office, propose(office))
    reckon(office)
    with office.acts("reviewer", last) as session:
        acts.hearing.request_hearing(session, hearing)
    assert hearing.requested_on == last


def test_an_assignment_that_was_in_time_stays_in_time(office: Office) -> None:
    """Art. 55: nobody becomes late by a calendar that came after the act; who was late by an older
    one is not late by the true one."""
    monday = date(2026, 12, 28)
    people = [office.user("reviewer"), office.user("reviewer2")]
    cases = [office.accepted(MONDAY), office.accepted(monday)]
    for case, day in zip(cases, (monday, date(2027, 1, 6)), strict=True):
        with office.acts("reviewer", day):
            acts.review.assign_inspectors(case, people, date(2027, 1, 20))
    in_time, late = (case.inspections[0] for case in cases)
    assert [i.is_late_assignment for i in (in_time, late)] == [False, True]
    confirm(office, propose(office), date(2027, 1, 6))
    reckon(office, date(2027, 1, 6))
    assert (in_time.assign_by_on, in_time.is_late_assignment) == (date(2026, 12, 27), False)
    assert (late.assign_by_on, late.is_late_assignment) == (date(2027, 1, 6), False)


def test_an_order_that_came_back_is_counted_from_that_day(office: Office) -> None:
    """Art. 10, 82."""
    with office.acts("manager", MONDAY) as session:
        order = acts.supervision.order(session, office.user("reviewer"), "请答复")
    with office.acts("reviewer", TUESDAY):
        acts.supervision.answer(order, "已办")
    thursday = date(2026, 12, 24)
    with office.acts("manager", thursday):
        acts.supervision.send_back(order, "请说明")
    assert (order.returned_on, order.answer_due_on) == (thursday, date(2026, 12, 29))
    confirm(office, propose(office, thursday), thursday)
    assert progress_of(office.session) is not None, "orders wait for it though no case does"
    reckon(office, thursday)
    assert order.answer_due_on == walk(thursday, 3) == date(2026, 12, 28)


# --- what silence did too early -------------------------------------------------------------------


def test_an_acceptance_that_a_notice_would_have_prevented_is_flagged(office: Office) -> None:
    """Art. 32(4): the five days ran until 01-06, or a day more by the notice that came later; a
    case that was ended meanwhile is flagged as well."""
    cases = [office.received(date(2026, 12, 29)) for _ in range(2)]
    run_daily(office.session, date(2027, 1, 7))
    assert all(case.deemed_accepted for case in cases)
    office.withdraw(cases[1], date(2027, 1, 7))
    confirm(office, propose(office, date(2027, 1, 8)), date(2027, 1, 8))
    reckon(office, date(2027, 1, 8))
    found = office.session.scalars(select(Finding).order_by(Finding.application_id)).all()
    assert [(row.application_id, row.code) for row in found] == [
        (case.id, "deemed-acceptance-before-calendar-change") for case in cases
    ]
    assert cases[0].status is ApplicationStatus.ACCEPTED


# --- the year as a whole --------------------------------------------------------------------------


def rows_of(office: Office, year: int) -> dict[date, bool]:
    office.session.expire_all()
    row = office.session.scalars(select(CalendarYear).where(CalendarYear.year == year)).one()
    return {day.day: day.is_working for day in row.days}


def test_a_confirmed_year_is_the_notice_as_a_whole(office: Office) -> None:
    """Art. 82: what was expected of the year by hand is gone; a day of the December before lies
    under its own year, which stays confirmed as it was."""
    with office.acts("system", MONDAY) as session:
        expected = CalendarYear(year=2027, source="预计")
        expected.days = [
            CalendarDay(day=date(2027, 3, 1), is_working=False, name="预计"),
            CalendarDay(day=date(2027, 1, 30), is_working=False, name="预计"),
        ]
        session.add(expected)
    before = rows_of(office, 2026)
    confirm(office, propose(office))
    assert (expected.is_confirmed, expected.source) == (True, SOURCE)
    december = date(2026, 12, 27)
    said = dict.fromkeys(DAYS_OFF, False) | dict.fromkeys(MAKE_UP_DAYS - {december}, True)
    assert rows_of(office, 2027) == said
    assert rows_of(office, 2026) == before | {december: True}
    # Another notice for the same year takes back what the first one said of the December before.
    again = office.change_calendar({date(2027, 3, 1): False}, TUESDAY)
    assert rows_of(office, 2026) == before
    assert rows_of(office, 2027) == said | {date(2027, 3, 1): False}
    # ... and a notice for the year before leaves the days that the later one gave it.
    confirm(office, propose(office))
    office.change_calendar({date(2026, 3, 2): False}, TUESDAY)
    assert rows_of(office, 2026) == before | {december: True, date(2026, 3, 2): False}
    assert again.confirmed_by is office.user("head")


def test_a_notice_of_a_year_that_nobody_wrote_down_makes_it(office: Office) -> None:
    notice = propose(office)
    assert not working_calendar(office.session).is_working_day(date(2026, 12, 27))
    confirm(office, notice)
    calendar = working_calendar(office.session)
    assert calendar.is_working_day(date(2026, 12, 27))
    assert not calendar.is_provisional(date(2027, 6, 1))
    revision = office.session.scalars(select(CalendarRevision)).one()
    assert (revision.notice, revision.first_day) == (notice, date(2026, 12, 27))


# --- who ------------------------------------------------------------------------------------------


def test_one_person_hands_in_and_another_confirms(office: Office) -> None:
    with office.acts("security", MONDAY) as session:
        session.add(RoleGrant(user=office.user("head"), duty=Duty.SYSTEM, valid_from=MONDAY))
    with office.acts("head", MONDAY) as session:
        own = acts.calendar.propose(session, NOTICE_2027, SOURCE)
    with office.refuses("nobody-approves-his-own-proposal", "head") as session:
        acts.calendar.confirm(session, own)
    for name in ("clerk", "manager", "admin"):
        with office.refuses("duty-not-held", name) as session:
            acts.calendar.confirm(session, own)
    with office.refuses("head-answers-proposals", "system") as session:
        acts.calendar.confirm(session, own)
    with office.refuses("head-answers-proposals", "system"):
        own.confirmed_by_id = office.user("head").id
    with office.acts("head", MONDAY) as session:
        acts.calendar.reject(session, own)  # whoever was wrong may take it back
    assert not own.is_waiting


def test_a_refused_notice_moves_nothing_and_frees_its_year(office: Office) -> None:
    first = propose(office)
    with office.refuses("calendar-notice-waits", "system", TUESDAY) as session:
        acts.calendar.propose(session, NOTICE_2027, SOURCE)
    with office.acts("head", TUESDAY) as session:
        acts.calendar.reject(session, first)
    assert (first.rejected_on, first.confirmed_on) == (TUESDAY, None)
    assert working_calendar(office.session).is_provisional(date(2027, 6, 1))
    with office.refuses("calendar-notice-is-fixed", "head", TUESDAY) as session:
        acts.calendar.confirm(session, first)
    confirm(office, propose(office))
    assert not working_calendar(office.session).is_provisional(date(2027, 6, 1))


def test_the_command_line_hands_in_and_confirms_nothing(office: Office) -> None:
    with office.time_acts(MONDAY) as session:
        notice = acts.calendar.propose(session, NOTICE_2027, SOURCE)
    assert notice.proposed_by is None
    with office.refuses("head-answers-proposals", None):
        notice.confirmed_by_id = office.user("head").id
    confirm(office, notice)
    assert notice.confirmed_on == TUESDAY


def test_what_was_handed_in_is_not_rewritten(office: Office) -> None:
    notice = propose(office)
    with office.refuses("calendar-notice-is-fixed", "system"):
        notice.source = "另一文件"
    with office.refuses("calendar-notice-is-fixed", "system"):
        notice.text = holiday_json(2027, {})
    with office.refuses("duty-not-held", "system"):
        notice.notice_days[0].name = "改名"
    with office.refuses("is-missing", "system", MONDAY) as session:
        acts.calendar.propose(session, NOTICE_2027, " ")


def test_a_text_that_is_no_notice_is_refused_with_its_line(office: Office) -> None:
    wrong = NOTICE_2027.replace("放假1天", "放假2天")
    with office.refuses("calendar-notice-is-unreadable", "system") as session:
        acts.calendar.propose(session, wrong, SOURCE)
    with office.act("system", MONDAY) as session:
        acts.calendar.propose(session, wrong, SOURCE)
        with pytest.raises(RuleViolation) as refusal:
            session.commit()
    office.session.rollback()
    assert refusal.value.facts["line"] == 8
    assert refusal.value.facts["problem"] is NoticeProblem.COUNT_DIFFERS
    assert refusal.value.field == "text"


# --- by hand --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["system", None])
def test_a_confirmed_year_changes_by_a_notice_only(office: Office, name: str | None) -> None:
    """Art. 82: neither the year nor a day of it, by nobody's hand."""
    code = "confirmed-year-changes-by-notice"
    year = office.session.scalars(select(CalendarYear).where(CalendarYear.year == 2025)).one()
    day = year.days[0]
    with office.refuses(code, name):
        year.source = "另一通知"
    with office.refuses(code, name) as session:
        session.add(CalendarDay(calendar_year=year, day=date(2025, 12, 3), is_working=False))
    with office.refuses(code, name):
        day.is_working = not day.is_working
    with office.refuses(code, name) as session:
        session.delete(day)
    with office.acts("system", MONDAY) as session:
        expected = CalendarYear(year=2027, source="预计")
        session.add(expected)
    with office.refuses(code, name):
        day.calendar_year = expected
    with office.refuses("column-is-derived" if name else code, name):
        expected.is_confirmed = True


def test_no_row_makes_a_working_day_of_a_statutory_one(office: Office) -> None:
    """Order 795, Art. 82: one make-up day typed for New Year's Day is refused, not kept and left
    without effect."""
    year = CalendarYear(year=2027, source="预计")
    with office.acts("system", MONDAY) as session:
        session.add(year)
    with office.refuses("statutory-day-is-off", "system") as session:
        session.add(CalendarDay(calendar_year=year, day=date(2027, 1, 1), is_working=True))
    with office.acts("system", MONDAY) as session:
        session.add(CalendarDay(calendar_year=year, day=date(2027, 1, 9), is_working=True))
        session.add(CalendarDay(calendar_year=year, day=date(2027, 2, 5), is_working=False))
    assert working_calendar(office.session).is_working_day(date(2027, 1, 9))


# --- next year is missing -------------------------------------------------------------------------


def test_the_office_is_told_from_november_on_that_next_year_is_missing(office: Office) -> None:
    """Art. 82: who keeps the calendar and who confirms it, until it is confirmed."""

    def told(name: str, day: date) -> int:
        return counted(office.session, actor_of(office.session, office.user(name), day), day).get(
            "calendar-missing", 0
        )

    for name, is_told in (("system", 1), ("head", 1), ("clerk", 0), ("manager", 0)):
        days = (date(2026, 10, 31), date(2026, 11, 1), TUESDAY, date(2027, 1, 5))
        assert [told(name, day) for day in days] == [0, is_told, is_told, is_told]
    notice = propose(office)
    assert told("system", TUESDAY) == 1, "a proposal confirms nothing"
    confirm(office, notice)
    assert [told("head", day) for day in (TUESDAY, date(2027, 10, 31))] == [0, 0]
    assert told("head", date(2027, 11, 1)) == 1
