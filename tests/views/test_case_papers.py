"""Why this date, on paper: one page, in both languages, never with a blank where a letter was."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from itertools import count
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from admin_site.documents import render
from admin_site.documents.glyphs import FONTS, missing_glyphs, printable
from models import Application
from models.database import GuardedSession, db
from tests.factories import MONDAY, Office
from tests.views.casework import cases, fill_casework
from tests.web import Browser, close, opened_site
from views.panel.case.page import printed_facts

# A character of nobody: no font has a glyph for it.
NO_LETTER = "\U0010fffd"


@pytest.fixture
def desk(sqlite_databases: Any) -> Iterator[Flask]:
    """The site with cases of every light."""
    site = opened_site(sqlite_databases.fresh(fill_casework))
    yield site
    close(site)


def reader(site: Flask, name: str, locale: str = "en") -> Browser:
    browser = Browser(site)
    assert browser.sign_in(name).status_code == 302
    browser.get(f"/language/{locale}")
    return browser


def words_on(paper: bytes) -> str:
    pages = PdfReader(BytesIO(paper)).pages
    assert len(pages) == 1
    return " ".join(pages[0].extract_text().split())


@pytest.mark.parametrize(("locale", "question"), [("en", "Why "), ("zh_Hans_CN", "为什么是")])
def test_every_case_explains_its_date_on_one_page(desk: Flask, locale: str, question: str) -> None:
    browser = reader(desk, "reviewer", locale)
    explained = 0
    for number in cases(desk):
        answer = browser.get(f"/admin/application/{number}/why.pdf")
        assert answer.status_code == 200, number
        assert answer.mimetype == "application/pdf"
        text = words_on(answer.data)
        assert number in text
        explained += question in text
    assert explained > 10


def test_the_paper_says_what_the_page_says(desk: Flask) -> None:
    with desk.app_context():
        paused = db.session.scalars(
            select(Application).where(Application.suspended_since.is_not(None))
        ).first()
        assert paused is not None
        number = paused.number
    text = words_on(reader(desk, "manager").get(f"/admin/application/{number}/why.pdf").data)
    for said in ("Counted", "Rest day", "Art. 45", "Accepted", "Statutory date"):
        assert said in text, said


def test_the_same_facts_give_the_same_paper(desk: Flask) -> None:
    with desk.test_request_context():
        case = db.session.scalars(select(Application).order_by(Application.id)).first()
        assert case is not None
        facts = printed_facts(case, MONDAY)
        assert render("why_date", facts) == render("why_date", facts)


def test_a_long_story_stays_on_one_page(desk: Flask) -> None:
    with desk.test_request_context():
        case = db.session.scalars(select(Application).order_by(Application.id)).first()
        assert case is not None
        facts = printed_facts(case, MONDAY)
    facts["causes"] = [["2025-03-03", "已受理", "缘由" * 40, "2025-03-10", "2025-04-01"]] * 60
    day = {"mark": "counted", "short": "3-3", "sign": "1", "is_due": False, "is_today": False}
    facts["days"] = [day] * 400
    assert "2025-04-01" in words_on(render("why_date", facts))


@pytest.mark.parametrize(("locale", "said"), [("en", "no glyph"), ("zh_Hans_CN", "字库缺少")])
def test_a_paper_with_a_blank_is_not_issued(desk: Flask, locale: str, said: str) -> None:
    """A blank in a name on a paper is a defect that nobody would see."""
    with desk.app_context(), GuardedSession(db.engine) as session:
        office = Office(session, count(900))
        named = office.applicant(f"青石{NO_LETTER}食品厂")
        number = office.accepted(item=office.item(item={"code": "blank"}), applicant=named).number
    answer = reader(desk, "reviewer", locale).get(f"/admin/application/{number}/why.pdf")
    assert answer.status_code == 422
    assert answer.mimetype == "text/html"
    assert said in answer.text
    assert "U+10FFFD" in answer.text


def test_the_paper_is_open_to_whom_the_page_is(desk: Flask) -> None:
    number = cases(desk)[0]
    path = f"/admin/application/{number}/why.pdf"
    assert Browser(desk).get(path).status_code == 302
    assert reader(desk, "system").get(path).status_code in (403, 404)
    assert reader(desk, "manager").get("/admin/application/nothing/why.pdf").status_code == 404


def test_the_font_has_the_letters_of_names_and_its_licence() -> None:
    """All of GBK, and rare characters of names beyond it."""
    gbk = {bytes([h, low]).decode("gbk", "ignore") for h in range(0xB0, 0xF8)
           for low in range(0xA1, 0xFF)}  # fmt: skip
    assert {c for c in gbk if len(c) == 1 and "\u4e00" <= c <= "\u9fff"} <= printable()
    assert missing_glyphs({"name": "㛃䶮ABCéüß—…¥№"}) == []
    assert missing_glyphs([NO_LETTER, "好"]) == [NO_LETTER]
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8").upper()


def test_an_act_shows_its_fields_before_and_after(desk: Flask) -> None:
    with desk.app_context():
        moved = db.session.scalars(
            select(Application).where(Application.suspended_since.is_not(None))
        ).first()
        assert moved is not None
        number = moved.number
    page = reader(desk, "manager").get(f"/admin/application/{number}/").text
    assert "Fields that changed" in page
    assert "<del>" in page
    assert 'class="moved">' in page
    own = reader(desk, "applicant2")
    seen = [own.get(f"/admin/application/{n}/") for n in cases(desk)]
    assert any(answer.status_code == 200 for answer in seen)
    assert not any("Fields that changed" in answer.text for answer in seen)


def test_a_form_that_is_too_long_is_shown_again(desk: Flask) -> None:
    """413, with every word that was typed."""
    with desk.app_context():
        session = db.session()
        case = next(
            c for c in session.scalars(select(Application).order_by(Application.id))
            if c.accepted_on == date(2025, 2, 21) and c.closed_on is None
        )  # fmt: skip
        number, version = case.number, case.version
        before = case.due_on
    longest = desk.config["MAX_FORM_MEMORY_SIZE"]
    typed = "理由很长。" * (longest // 15 + 100)
    browser = reader(desk, "reviewer")
    answer = browser.post(
        f"/admin/application/{number}/act/ask_extension/",
        {"version": str(version), "days": "3", "reason": typed},
    )
    assert answer.status_code == 413
    assert "too long" in answer.text
    assert typed[-200:] in answer.text
    with desk.app_context():
        again = db.session.scalar(select(Application).where(Application.number == number))
        assert again is not None
        assert (again.version, again.due_on) == (version, before)
