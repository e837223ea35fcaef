"""A holiday notice on the pages: handed in by `system`, looked at, confirmed by `head`."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select

from models import Application, CalendarDay, CalendarNotice, CalendarYear
from models.acting import SYSTEM, acting_as
from models.by_time.recalculation import finish_revisions
from models.database import db
from models.enums import ApplicationStatus
from tests.factories import MONDAY
from tests.notices import NOTICE_2027, SOURCE, holiday_json
from tests.web import Browser
from views.panel.shell import attention

NOTICES = "/admin/calendar_notice"
SignIn = Callable[[str], Browser]


@pytest.fixture
def reader(signed_in: SignIn) -> SignIn:
    """Sign an account in, in English."""

    def sign_in(name: str) -> Browser:
        browser = signed_in(name)
        browser.get("/language/en")
        return browser

    return sign_in


def with_a_make_up_day(site: Flask) -> str:
    """The year as it is, with Saturday 8 March worked: what is due after it comes earlier."""
    with site.app_context():
        query = select(CalendarDay).join(CalendarDay.calendar_year).where(CalendarYear.year == 2025)
        days = {row.day: (row.is_working, row.name) for row in db.session.scalars(query)}
    return holiday_json(2025, days | {date(2025, 3, 8): (True, "调休上班")})


def hand_in(browser: Browser, text: str, source: str = SOURCE) -> str:
    """The page that answers the form."""
    form = browser.form(f"{NOTICES}/new/")
    assert set(form) >= {"source", "text"}
    form.pop("_add_another", None)
    answer = browser.post(f"{NOTICES}/new/", {**form, "source": source, "text": text})
    assert answer.status_code in (302, 422), answer.text
    return unescape(answer.text)


def due_on(site: Flask) -> date | None:
    with site.app_context():
        query = select(Application.notice_due_on).where(
            Application.status == ApplicationStatus.RECEIVED
        )
        return db.session.scalars(query).one()


def test_a_notice_is_handed_in_looked_at_and_confirmed(site: Flask, reader: SignIn) -> None:
    """Art. 82: the same preview for both persons; neither does the other's part."""
    before = due_on(site)
    system, head = reader("system"), reader("head")
    hand_in(system, with_a_make_up_day(site))
    page = f"{NOTICES}/details/?id=1"
    for browser in (system, head):
        text = unescape(browser.get(page).text)
        assert "What its confirmation would move" in text
        moved = re.search(r"(\d+) open cases get another date\.\s+(\d+) dates come earlier", text)
        assert moved
        assert "To be notified by" in text or "2025-03-08" in text
    assert ">Confirm<" not in system.get(page).text
    answer = {"action": "confirm", "rowid": "1", "url": page}
    for name in ("system", "clerk", "manager"):
        reader(name).post(f"{NOTICES}/action/", answer)
        with site.app_context():
            assert db.session.get_one(CalendarNotice, 1).is_waiting, name
    assert "Holiday notices to confirm" in head.get("/admin/notices/").text
    assert SOURCE in head.get("/admin/work/").text
    assert ">Confirm<" in head.get(page).text
    assert head.post(f"{NOTICES}/action/", answer).status_code == 302
    with site.app_context(), acting_as(db.session(), SYSTEM, MONDAY):
        assert db.session.get_one(CalendarNotice, 1).confirmed_on == MONDAY
        finish_revisions(db.session())
        changed = db.session.execute(
            select(Application.id).where(Application.due_date_changes.any(cause="CALENDAR_CHANGED"))
        ).all()
    assert int(moved[1]) >= len(changed) > 0
    assert (before, due_on(site)) == (date(2025, 3, 10), date(2025, 3, 8))
    settled = head.get(page).text
    assert "What its confirmation would move" not in settled
    assert ">Confirm<" not in settled


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en", "Line 8: the number of days does not agree (端午节: 2天)."),
        ("zh_Hans_CN", "第 8 行：天数与所列日期不符（端午节: 2天）。"),
    ],
)
def test_what_is_wrong_with_a_notice_stands_beside_its_text(
    signed_in: SignIn, locale: str, words: str
) -> None:
    browser = signed_in("system")
    browser.get(f"/language/{locale}")
    page = hand_in(browser, NOTICE_2027.replace("6月9日（周三）放假1天", "6月9日（周三）放假2天"))
    assert words in page
    assert "各省、自治区、直辖市人民政府" in page, "what was typed is still there"


def test_a_whole_year_that_is_missing_says_so_in_its_words(reader: SignIn) -> None:
    page = hand_in(reader("system"), "放假安排待定", source="某文件")
    assert "The notice as a whole: it does not say of which one year it speaks (某文件)." in page


def test_a_confirmed_year_has_no_form(site: Flask, reader: SignIn) -> None:
    """Art. 82: rows of a confirmed year are neither edited nor taken away, and no year is
    confirmed by a tick."""
    browser = reader("system")
    assert browser.get("/admin/calendar_year/edit/?id=1").status_code == 403
    assert browser.get("/admin/calendar_day/edit/?id=1").status_code == 403
    browser.post("/admin/calendar_day/delete/", {"id": "1"})
    with site.app_context():
        assert db.session.get(CalendarDay, 1) is not None
    form = browser.form("/admin/calendar_year/new/")
    assert "is_confirmed" not in form
    form.pop("_add_another", None)
    typed = {**form, "year": "2027", "source": "预计", "is_confirmed": "y"}
    assert browser.post("/admin/calendar_year/new/", typed).status_code == 302
    with site.app_context():
        year = db.session.scalars(select(CalendarYear).where(CalendarYear.year == 2027)).one()
        key, is_confirmed = str(year.id), year.is_confirmed
    assert not is_confirmed
    assert browser.get(f"/admin/calendar_year/edit/?id={key}").status_code == 200
    form = browser.form("/admin/calendar_day/new/")
    form.pop("_add_another", None)
    new_year = {**form, "calendar_year": key, "day": "2027-01-01", "name": "误", "is_working": "y"}
    answer = browser.post("/admin/calendar_day/new/", new_year)
    assert answer.status_code == 422
    assert "This is a statutory holiday (元旦): only a notice could say otherwise." in unescape(
        answer.text
    )


@pytest.mark.parametrize("name", ["system", "head"])
def test_the_missing_year_is_told_from_november_on(
    signed_in: SignIn, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    browser = signed_in(name)
    words = "工作日历尚缺放假安排通知"
    for day, is_told in ((date(2026, 10, 31), False), (date(2026, 11, 1), True)):
        monkeypatch.setattr(attention, "current_day", lambda day=day: day)
        page = browser.get("/admin/notices/").text
        assert (words in page) is is_told
    assert "2027" in page
