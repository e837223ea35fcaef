"""Nothing typed is ever lost: stale versions, rules, and forms that are too long."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from models import Application, User
from models.database import db
from models.enums import ApplicationStatus, Duty, OrderKind
from tests.views.casework import REQUEST, CasePage, case_rows, cases, fill_casework, version_of
from tests.views.test_case_acts import at_step, reader, said
from tests.views.test_decision_pages import (
    JUDGED,
    fill_reviews,
    page_of,
    send_two,
    verdict_fields,
)
from tests.web import Browser, close, opened_site

MEANWHILE = re.compile(r'aria-labelledby="meanwhile-title">(.*?)</section>', re.S)
TOO_MUCH = "a long opinion " * 160_000  # more than a form may carry


@pytest.fixture
def desk(sqlite_databases: Any) -> Iterator[Flask]:
    """The site with cases of every light."""
    site = opened_site(sqlite_databases.fresh(fill_casework))
    yield site
    close(site)


@pytest.mark.parametrize("locale", ["en", "zh_Hans_CN"])
def test_a_stale_act_shows_what_changed_and_keeps_what_was_typed(desk: Flask, locale: str) -> None:
    number = at_step(desk, Duty.REVIEW)
    slow = CasePage(reader(desk, "reviewer", locale), number)
    opened = slow.hidden("complete")
    quick = CasePage(reader(desk, "reviewer2"), number)
    sent = quick.act(
        "suspend",
        kind="TESTING",
        planned_end_on="2025-04-01",
        notice_number="检通9号",
        reason="样品",
    )
    assert sent.status_code == 302
    answer = slow.send("complete", **opened, opinion="my long opinion")
    assert answer.status_code == 409
    assert "my long opinion" in answer.text
    told = MEANWHILE.search(unescape(answer.text))
    assert told
    # What was seen stands before the arrow, what is saved now after it.
    assert "检通9号" in told[1]
    assert "→" in told[1]


def test_the_other_officer_is_named_in_the_language_of_the_reader(desk: Flask) -> None:
    number = at_step(desk, Duty.REVIEW)
    with desk.app_context(), db.engine.begin() as connection:
        table = User.__table__
        where = table.c.username == "reviewer2"
        connection.execute(table.update().where(where).values(display_name_en="Officer Quick"))
    slow = CasePage(reader(desk, "reviewer"), number)
    opened = slow.hidden("complete")
    assert CasePage(reader(desk, "reviewer2"), number).act("claim").status_code == 302
    answer = slow.send("complete", **opened, opinion="x")
    assert "Officer Quick was first" in said(answer)


def test_an_act_that_cannot_be_done_any_more_gives_back_every_field(desk: Flask) -> None:
    number = at_step(desk, Duty.REVIEW)
    page = CasePage(reader(desk, "reviewer"), number)
    opened = page.hidden("suspend")
    gone = CasePage(reader(desk, "clerk"), number).act("enter_withdrawal", **REQUEST)
    assert gone.status_code == 302
    answer = page.send(
        "suspend", **opened, kind="TESTING", planned_end_on="2025-04-01", notice_number="检通9号",
        reason="samples were sent",
    )  # fmt: skip
    assert answer.status_code == 409
    for typed in ("Testing", "2025-04-01", "检通9号", "samples were sent"):
        assert typed in unescape(answer.text), typed


@pytest.mark.parametrize("address", ["new/", "edit/?id=1"])
def test_a_row_that_is_too_long_stands_in_its_form_again(desk: Flask, address: str) -> None:
    browser = reader(desk, "clerk")
    path = f"/admin/application/{address}"
    before = case_rows(desk)
    answer = browser.post(path, {**browser.form(path), "summary": TOO_MUCH})
    assert answer.status_code == 413
    assert TOO_MUCH.strip() in answer.text
    assert case_rows(desk) == before


def test_whoever_has_not_signed_in_sends_no_long_form(desk: Flask) -> None:
    visitor = Browser(desk).client
    answer = visitor.post("/admin/application/new/", data={"summary": TOO_MUCH})
    assert answer.status_code == 302
    assert "/login" in answer.headers["Location"]
    assert "a long opinion" not in answer.text


def test_a_rule_against_the_whole_act_comes_before_its_empty_fields(
    sqlite_databases: Any,
) -> None:
    """Art. 38: who meets every condition is not refused, however the form is filled in."""
    site = opened_site(sqlite_databases.fresh(fill_reviews))
    review = page_of(site, "reviewer", JUDGED)
    assert send_two(site, review).status_code == 302
    found = {"passes": "met", "findings": "符合", "technical_standard": "GB/T 0000-2020"}
    assert page_of(site, "reviewer2", JUDGED).act("record_inspection", **found).status_code == 302
    verdicts = verdict_fields(review, "complete", ["met", "met"])
    assert review.act("complete", opinion="符合", **verdicts).status_code == 302
    decider = page_of(site, "decider", JUDGED)
    version = version_of(site, decider.number)
    half = {"version": version, "legal_basis": "a basis that was typed", "reasons": "x" * 5000}
    answer = decider.send("refuse", **half)
    assert answer.status_code == 422
    assert "marked fields" not in said(answer)
    assert "only where a condition is not met" in said(answer)
    assert "a basis that was typed" in unescape(answer.text)
    close(site)


def test_a_problem_is_a_link_to_its_field(desk: Flask) -> None:
    number = at_step(desk, Duty.REVIEW)
    answer = CasePage(reader(desk, "reviewer"), number).act("ask_extension", days="many")
    assert answer.status_code == 422
    target = re.search(r'<ul class="error-links">\s*<li><a href="#([^"]+)"', answer.text)
    assert target
    assert f'id="{target[1]}"' in answer.text
    browser = reader(desk, "clerk")
    typed = {**browser.form("/admin/applicant/new/"), "name": "", "identity_number": "1"}
    page = browser.post("/admin/applicant/new/", typed)
    assert page.status_code == 422
    target = re.search(r'<ul class="error-links">\s*<li><a href="#([^"]+)"', page.text)
    assert target
    assert f'id="{target[1]}"' in page.text


def test_a_field_says_what_it_is_for(desk: Flask) -> None:
    form = CasePage(reader(desk, "reviewer"), at_step(desk, Duty.REVIEW)).form("suspend")
    described = re.search(r'aria-describedby="([^" ]+-help)"', form)
    assert described
    assert f'<p class="help" id="{described[1]}">' in form


# --- the story, and supervision -------------------------------------------------------------------


def test_the_story_says_how_an_act_moved_the_date(desk: Flask) -> None:
    with desk.app_context():
        case = db.session.scalars(select(Application).where(Application.extensions.any())).first()
        assert case is not None
        number, due = case.number, case.due_on
    text = CasePage(reader(desk, "manager"), number).text
    assert re.search(rf'class="moved">promised date \S+ → <strong>{due}</strong>', text)


def test_an_identity_number_in_the_story_is_masked(desk: Flask) -> None:
    number = cases(desk, status=ApplicationStatus.RECEIVED)[0]
    browser = reader(desk, "clerk")
    with desk.app_context():
        key = db.session.scalar(select(Application.id).filter_by(number=number))
    path = f"/admin/application/edit/?id={key}"
    typed = {**browser.form(path), "agent_name": "代办人", "agent_phone": "13800138000",
             "agent_identity_number": "11010519491231002X"}  # fmt: skip
    saved = browser.post(path, typed)
    assert saved.status_code == 302, said(saved)
    page = CasePage(browser, number).text
    assert "110105" in page
    assert "11010519491231002X" not in page
    assert "13800138000" not in page


def test_a_leader_orders_and_reads_the_answer_on_the_case(desk: Flask) -> None:
    number = at_step(desk, Duty.REVIEW)
    leader = CasePage(reader(desk, "manager"), number)
    with desk.app_context():
        key = db.session.scalar(select(User.id).filter_by(username="reviewer"))
    sent = leader.act(
        "order",
        addressee=str(key),
        kind=OrderKind.CHASE.name,
        text="请说明超期原因",
        answer_days="3",
    )
    assert sent.status_code == 302, said(sent)
    assert "waits for an answer until" in leader.text
    story = leader.text[leader.text.index('id="story-title"') :]
    assert re.search(r"</time>\s*Supervision order", story)
    officer = CasePage(reader(desk, "reviewer"), number)
    address = re.search(r'href="(/admin/supervision_order/edit/\?id=\d+)"', officer.text)
    assert address
    typed = {**officer.browser.form(address[1]), "answer": "样品检验中"}
    assert officer.browser.post(address[1], typed).status_code == 302
    assert "样品检验中" in leader.text
    assert "Look at the answer" in leader.text


def test_a_leader_hands_over_from_the_case(desk: Flask) -> None:
    number = at_step(desk, Duty.REVIEW, claimed=True)
    page = CasePage(reader(desk, "head"), number).text
    for table in ("absence", "reassignment"):
        found = re.search(rf'href="(/admin/{table}/new/\?[^"]+)"', page)
        assert found, table
        form = reader(desk, "head").form(found[1])
        chosen = form["user" if table == "absence" else "from_user"]
        assert chosen, table
    assert "reassignment/new" not in CasePage(reader(desk, "reviewer"), number).text
