"""Pause overrun is one fact (Art. 45): whoever tells it tells it of the same cases."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from itertools import count
from typing import Any, NamedTuple

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models import Application, acts
from models.database import GuardedSession, db
from models.enums import Duty, SuspensionKind
from models.questions import board, my_work
from models.questions.board import Scope
from models.questions.pauses import is_pause_overrun, overrun_pause_of
from tests.factories import MONDAY, Office, open_step
from tests.views.casework import CasePage
from tests.web import Browser, close, fill_site, opened_site

ACCEPTED_ON = date(2025, 2, 10)
LISTED = "/admin/application/?page_size=100"
ROW = re.compile(r"<tr data-row>.*?</tr>", re.S)
NUMBER = re.compile(r'<a href="[^"]*">([^<]+)</a>')


class Walk(NamedTuple):
    """One pause: begun, told to last, and ended so many days later; None: it is still open."""

    kind: SuspensionKind
    begins: int
    lasts: int
    ends: int | None


walks = st.lists(
    st.builds(
        Walk,
        st.sampled_from(SuspensionKind),
        st.integers(0, 9),
        st.integers(0, 20),
        st.none() | st.integers(0, 10),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda walk: walk.kind,
)


@pytest.fixture
def desk(sqlite_databases: Any) -> Iterator[Flask]:
    """The site; today is MONDAY."""
    site = opened_site(sqlite_databases.fresh(fill_site))
    yield site
    close(site)


def walked(office: Office, pauses: list[Walk], *, is_withdrawn: bool) -> str:
    """A case in the reviewer's hands that went through these pauses; its number."""
    case = office.accepted(ACCEPTED_ON)
    step = open_step(case, Duty.REVIEW)
    assert step is not None
    with office.acts("reviewer", ACCEPTED_ON) as session:
        acts.steps.claim(session, step)
    for day in range(20):
        for pause in pauses:
            _one_day(office, case, pause, day)
    if is_withdrawn:
        office.withdraw(case, MONDAY)
    return str(case.number)


def _one_day(office: Office, case: Application, pause: Walk, day: int) -> None:
    today = ACCEPTED_ON + timedelta(day)
    if day == pause.begins:
        with office.acts("reviewer", today):
            acts.clock.suspend(
                case,
                pause.kind,
                planned_end_on=today + timedelta(pause.lasts),
                notice_number=f"通{pause.kind}",
            )
    if pause.ends is not None and day == pause.begins + pause.ends:
        with office.acts("reviewer", today) as session:
            acts.clock.resume(session, case, pause.kind)


def told(pauses: list[Walk], *, is_withdrawn: bool) -> date | None:
    """By the walk alone: the first planned end of the open pauses, if it is past on MONDAY."""
    ends = [
        ACCEPTED_ON + timedelta(pause.begins + pause.lasts)
        for pause in pauses
        if pause.ends is None
    ]
    first = min(ends, default=MONDAY)
    return first if first < MONDAY and not is_withdrawn else None


def numbers_in(page: str) -> list[str]:
    return [unescape(NUMBER.search(row)[1]) for row in ROW.findall(page)]  # type: ignore[index]


def marked_in(page: str) -> list[str]:
    rows = [row for row in ROW.findall(page) if "❚❚▲ pause overrun" in row]
    return [unescape(NUMBER.search(row)[1]) for row in rows]  # type: ignore[index]


def test_filter_list_counter_tile_notice_and_case_page_agree(desk: Flask) -> None:
    """Art. 45: whatever pauses of a case run at once."""
    with desk.app_context():
        engine = db.engine
    browser = Browser(desk)
    assert browser.sign_in("reviewer").status_code == 302
    browser.get("/language/en")
    over: dict[str, date] = {}
    numbers = count(900)

    @settings(max_examples=20)
    @given(pauses=walks, is_withdrawn=st.sampled_from([False, False, False, True]))
    def check(pauses: list[Walk], is_withdrawn: bool) -> None:
        with GuardedSession(engine) as session:
            office = Office(session, numbers)
            number = walked(office, pauses, is_withdrawn=is_withdrawn)
            first = told(pauses, is_withdrawn=is_withdrawn)
            if first is not None:
                over[number] = first
            _the_questions_agree(office, over)
        _the_pages_agree(browser, over)
        words = f"pause overrun: it was to end on {first}"
        page = CasePage(browser, number).text
        assert (words in page) is (first is not None)
        assert ("❚❚▲" in page) is (first is not None)

    check()
    assert over


def _the_questions_agree(office: Office, over: dict[str, date]) -> None:
    session = office.session
    found = session.scalars(select(Application.number).where(is_pause_overrun(MONDAY))).all()
    assert sorted(found) == sorted(over)
    for case in session.scalars(select(Application)):
        pause = overrun_pause_of(case, MONDAY)
        assert (pause.planned_end_on if pause else None) == over.get(case.number)
    assert board.case_numbers(session, Scope(MONDAY))["pause_overrun"] == len(over)
    notice = my_work.pauses_overrun(office.user("reviewer").id, MONDAY)
    rows = my_work.ask(session, notice, 100)
    assert rows.count == len(over)
    assert {row.application.number: row.planned_end_on for row in rows.rows} == over


def _the_pages_agree(browser: Browser, over: dict[str, date]) -> None:
    filtered = browser.get(f"{LISTED}&flt_pause_overrun_is=1").text
    assert sorted(numbers_in(filtered)) == sorted(over)
    assert sorted(marked_in(browser.get(LISTED).text)) == sorted(over)
