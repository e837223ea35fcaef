"""Why this date: the strip of days proves the date that is stored, for every case."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from models import Application
from models.database import db
from models.enums import ApplicationStatus, Origin
from models.questions.calendar import working_calendar
from tests.factories import MONDAY, Office
from tests.views.casework import CasePage, fill_casework
from tests.web import Browser, close, opened_site
from views.panel.case.why_date import Mark, Strip, strip_of

Case = ApplicationStatus


@pytest.fixture
def desk(sqlite_databases: Any) -> Any:
    """The site with cases of every light."""
    site = opened_site(sqlite_databases.fresh(fill_casework))
    yield site
    close(site)


def read(site: Flask, office: Office, case: Application, today: date) -> Strip:
    with site.test_request_context():
        strip = strip_of(case, working_calendar(office.session), today)
    assert strip is not None
    return strip


def signs(strip: Strip) -> str:
    return " ".join(day.sign for day in strip.days)


@pytest.fixture
def strip_on(site: Flask, office: Office) -> Callable[[Application, date], Strip]:
    """The strip of a case on a day."""
    return lambda case, today: read(site, office, case, today)


def test_every_date_is_proved_by_its_strip(desk: Flask) -> None:
    proved = 0
    with desk.test_request_context():
        calendar = working_calendar(db.session())
        for case in db.session.scalars(select(Application).order_by(Application.id)):
            strip = strip_of(case, calendar, MONDAY)
            if strip is None:
                assert case.origin is Origin.IMPORTED or case.status in (
                    Case.DRAFT, Case.CORRECTING, Case.DELIVERED,
                ), case.number  # fmt: skip
                continue
            due = [day.day for day in strip.days if day.is_due]
            binding = case.notice_due_on if case.status is Case.RECEIVED else case.due_on
            if case.decision_due_on and case.status is not Case.GRANTED:
                binding = case.decision_due_on
            assert due == ([binding] if binding else []), case.number
            proved += 1
    assert proved > 10


def test_a_pause_and_an_extension_stand_in_the_strip(
    office: Office, strip_on: Callable[[Application, date], Strip]
) -> None:
    case = office.accepted(MONDAY, promised=3, statutory=20, steps=STEPS)
    office.pause(case, date(2025, 3, 4), date(2025, 3, 6))
    office.extend(case, date(2025, 3, 7), 2)
    strip = strip_on(case, date(2025, 3, 14))
    marks = [day.mark for day in strip.days]
    assert marks.count(Mark.PAUSED) == 2
    assert marks.count(Mark.COUNTED) == 3
    assert marks.count(Mark.EXTRA) == 2
    assert marks[0] is Mark.START
    assert strip.days[-1].sign == "+2"
    assert [day.day for day in strip.days if day.is_due] == [date(2025, 3, 12)]


STEPS = ((1, "ACCEPTANCE", 1), (2, "REVIEW", 1), (3, "DECISION", 1))


def test_the_page_shows_the_strip_in_both_languages(desk: Flask) -> None:
    with desk.app_context():
        number = db.session.scalars(
            select(Application.number).where(Application.suspended_since.is_not(None))
        ).first()
    for locale, words in (("en", "Not counted (Art. 45)"), ("zh_Hans_CN", "不计入")):
        browser = Browser(desk)
        assert browser.sign_in("manager").status_code == 302
        browser.get(f"/language/{locale}")
        text = CasePage(browser, str(number)).text
        assert '<ol class="strip"' in text
        assert words in text
