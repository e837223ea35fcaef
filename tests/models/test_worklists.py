"""One definition of overdue, due soon, paused and closed: the same in Python and in SQL."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select, text

from models import Application, DueDateChange, acts
from models.database import GuardedSession
from models.enums import ApplicationStatus, DecisionOutcome
from models.errors import RuleViolation
from models.questions.worklists import (
    CONDITIONS,
    Light,
    Worklist,
    days_of_light,
    due_on_as_of,
    is_open_as_of,
    is_overdue,
    is_overdue_as_of,
    is_past_the_law,
    light_of,
    overdue_numbers,
)
from models.rules.statutory_holidays import shipped_calendar
from models.triggers import drop_triggers
from tests.factories import MONDAY, Office, fill_office
from tests.statements import fill_every_table
from tests.tiers import examples

OWN_LIGHT = {
    Worklist.OVERDUE: Light.OVERDUE,
    Worklist.DUE_SOON: Light.DUE_SOON,
    Worklist.PAUSED: Light.PAUSED,
    Worklist.CLOSED: Light.CLOSED,
}
FIRST = date(2025, 3, 1)
days = st.integers(0, 30).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def clocks(draw: st.DrawFn) -> dict[str, date | None]:
    """The stored dates of a case, as the hooks leave them."""
    due = draw(st.none() | days)
    return {
        "due_on": due,
        "warn_on": due and due - timedelta(days=draw(st.integers(0, 9))),
        "statutory_due_on": draw(st.none() | days.map(lambda day: max(day, due or day))),
        "suspended_since": draw(st.none() | days),
        "closed_on": draw(st.none() | days),
    }


@pytest.fixture
def raw(databases: Any) -> Iterator[Connection]:
    """A connection that may write any dates into a case."""
    with databases.fresh(fill_every_table).connect() as connection:
        drop_triggers(connection)
        yield connection


@given(stored=clocks(), today=days)
def test_sql_and_python_agree_and_the_lists_are_disjoint(
    raw: Connection, stored: dict[str, date | None], today: date
) -> None:
    case_id = _store(raw, stored)
    listed = {
        worklist
        for worklist, condition in CONDITIONS.items()
        if raw.scalar(select(condition(today)).where(Application.id == case_id))
    }
    facts = {key: value for key, value in stored.items() if key != "statutory_due_on"}
    light = light_of(today, **facts)
    assert listed - {Worklist.ALL} == {w for w, own in OWN_LIGHT.items() if own is light}
    assert len(listed - {Worklist.ALL}) <= 1


@given(stored=clocks(), today=days)
def test_past_the_law_is_a_mark_on_the_overdue(
    raw: Connection, stored: dict[str, date | None], today: date
) -> None:
    case_id = _store(raw, stored)
    marked, late = (
        bool(raw.scalar(select(condition(today)).where(Application.id == case_id)))
        for condition in (is_past_the_law, is_overdue)
    )
    assert late or not marked
    statutory = stored["statutory_due_on"]
    assert marked == (late and statutory is not None and statutory < today)


def _store(raw: Connection, stored: dict[str, date | None]) -> int:
    case_id = int(raw.scalar(text("SELECT min(id) FROM application")) or 0)
    status = "DELIVERED" if stored["closed_on"] else "ACCEPTED"
    pairs = ", ".join(f"{key} = '{day}'" if day else f"{key} = NULL" for key, day in stored.items())
    raw.execute(text(f"UPDATE application SET status = '{status}', {pairs} WHERE id = {case_id}"))
    return case_id


LIFE = ("accept", "suspend", "resume", "extend", "review", "grant", "deliver", "withdraw")


@settings(max_examples=examples(8))
@given(lives=st.lists(st.lists(st.sampled_from(LIFE), max_size=6), min_size=1, max_size=3))
def test_the_numbers_of_the_overdue_equal_a_recount_by_hand(
    databases: Any, lives: list[list[str]]
) -> None:
    with GuardedSession(databases.fresh(fill_office)) as session:
        office = Office(session)
        item = office.item(promised=8, statutory=9)
        last = MONDAY
        for life in lives:
            last = max(last, _live(office, office.received(MONDAY, item), life))
        for offset in range(-1, (last - MONDAY).days + 20, 2):
            day = MONDAY + timedelta(days=offset)
            assert overdue_numbers(session, day) == _recount(session, day)
        assert {
            case.id: case.due_on
            for case in session.scalars(select(Application).where(is_open_as_of(last)))
        } == dict(
            session.execute(
                select(Application.id, due_on_as_of(last)).where(is_open_as_of(last))
            ).all()
        )


def _live(office: Office, case: Application, life: list[str]) -> date:
    """Try one act after another, four days apart; those out of place are refused."""
    day = MONDAY
    for act in life:
        try:
            _try(office, case, act, day)
        except RuleViolation:
            office.session.rollback()
        day += timedelta(days=4)
    return day


def _try(office: Office, case: Application, act: str, day: date) -> None:
    if act == "accept":
        with office.acts("clerk", day):
            acts.intake.move(case, ApplicationStatus.ACCEPTED)
    elif act == "withdraw":
        office.withdraw(case, day)
    elif act == "suspend":
        office.suspend(case, day, day)
    elif act == "resume":
        office.resume(case, day)
    elif act == "extend" and not case.extensions:
        office.extend(case, day, 5)
    elif act == "review":
        office.review(case, day)
    elif act == "grant":
        with office.acts("decider", day):
            acts.decision.decide(case, DecisionOutcome.GRANTED)
    elif act == "deliver" and case.certificate:
        with office.acts("clerk", day):
            acts.decision.deliver(case)


def _recount(session: Any, day: date) -> list[str]:
    """The same question asked of the history in plain Python, case by case."""
    late = []
    for case in session.scalars(select(Application)):
        if case.received_on > day or (case.closed_on and case.closed_on <= day):
            continue
        rows = session.scalars(
            select(DueDateChange).where(DueDateChange.application_id == case.id)
        ).all()
        stood = [row for row in rows if row.effective_on <= day]
        due = max(stood, key=lambda row: (row.effective_on, row.id)).due_on if stood else None
        if due is not None and due < day:
            late.append((due, case.id, case.number))
    return [number for _due, _id, number in sorted(late)]


def test_a_case_is_not_late_on_its_due_day(office: Office) -> None:
    case = office.accepted(MONDAY, promised=15)
    due = date(2025, 3, 24)
    for day, late in ((due, []), (due + timedelta(days=1), [case.number])):
        assert overdue_numbers(office.session, day) == late
        assert (
            office.session.scalars(select(Application.number).where(is_overdue(day))).all() == late
        )


def test_what_closed_on_a_day_is_not_late_at_its_end(office: Office) -> None:
    case = office.accepted(MONDAY, promised=15)
    office.withdraw(case, date(2025, 4, 1))
    assert overdue_numbers(office.session, date(2025, 3, 31)) == [case.number]
    assert overdue_numbers(office.session, date(2025, 4, 1)) == []
    late = select(Application.number).where(is_overdue_as_of(date(2025, 3, 31)))
    assert office.session.scalars(late).all() == [case.number]


def test_the_oldest_due_date_comes_first(office: Office) -> None:
    item = office.item()
    later = office.accepted(date(2025, 3, 4), item)
    first, second = office.accepted(MONDAY, item), office.accepted(MONDAY, item)
    numbers = overdue_numbers(office.session, date(2025, 4, 30))
    assert numbers == [first.number, second.number, later.number]


def test_days_of_a_light_are_late_or_remaining_working_days() -> None:
    calendar, due = shipped_calendar(), date(2025, 10, 11)
    for today, light, count in (
        (date(2025, 9, 30), Light.RUNNING, 3),
        (date(2025, 10, 8), Light.DUE_SOON, 3),
        (due, Light.DUE_SOON, 0),
        (date(2025, 10, 13), Light.OVERDUE, 1),
        (due, Light.CLOSED, None),
    ):
        assert days_of_light(calendar, today, light, due) == count
    assert days_of_light(calendar, due, Light.PAUSED, None) is None
