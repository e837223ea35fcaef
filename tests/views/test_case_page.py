"""The page of a case: what it says, to whom, and that it offers what the rules allow."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import cycle
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from models import Applicant, Application, User
from models.acting import Actor, acting_as
from models.acts import ACTS, Act
from models.acts.act import Standing, holds_post
from models.acts.asking import case_is_open
from models.database import db
from models.enums import (
    ApplicationStatus,
    DeliveryMethod,
    EarlierReceiptCause,
    IntakeResult,
    OrderKind,
    Origin,
    SuspensionKind,
    TerminationGround,
)
from models.errors import RuleViolation
from models.questions.people import actor_of
from tests.factories import MONDAY, PEOPLE
from tests.views.casework import CasePage, cases, fill_casework
from tests.web import Browser, close, opened_site
from views.current import note_request
from views.forms.inputs import form_of

STAFF = [name for name in PEOPLE if name not in ("system", "security", "admin", "admin2")]
LOCALES = ("en", "zh_Hans_CN")


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


@pytest.mark.parametrize("name", [n for n in STAFF if not n.startswith("applicant")])
def test_every_case_has_a_page_for_everyone_who_lists_it(desk: Flask, name: str) -> None:
    browsers = [reader(desk, name, locale) for locale in LOCALES]
    for browser, number in zip(cycle(browsers), cases(desk), strict=False):
        assert f"<h1>{number}</h1>" in CasePage(browser, number).text


@pytest.mark.parametrize("name", ["applicant", "applicant2"])
def test_a_foreign_case_is_not_there(desk: Flask, name: str) -> None:
    browser = reader(desk, name)
    with desk.app_context():
        own = {
            case.number
            for case in db.session.scalars(select(Application))
            if case.applicant and case.applicant.user and case.applicant.user.username == name
        }
    assert own
    for number in cases(desk):
        page = browser.get(f"/admin/application/{number}/")
        assert page.status_code == (200 if number in own else 404), number


HOSTILE = (
    "nothing", "a.b", "a/b/c", "x" * 81, "x" * 5000, "'", "%22%3E%3Cscript%3E", "%F0%9F%98%80",
    "%2e%2e", "..%2F..%2Fetc", "1%20OR%201=1", "%E6%9D%A1", "new%20",
)  # fmt: skip


@pytest.mark.parametrize("number", HOSTILE)
def test_a_number_that_is_none_is_not_there(desk: Flask, number: str) -> None:
    browser = reader(desk, "clerk")
    assert browser.get(f"/admin/application/{number}/").status_code in (404, 308)
    sent = browser.post(f"/admin/application/{number}/act/accept/", {"version": "1"})
    assert sent.status_code == 404


def test_nul_is_a_bad_request(desk: Flask) -> None:
    browser = reader(desk, "clerk")
    assert browser.get("/admin/application/%00/").status_code == 400


def test_the_plain_address_of_a_row_leads_to_the_page(desk: Flask) -> None:
    browser = reader(desk, "clerk")
    answer = browser.get("/admin/application/details/?id=1")
    assert answer.status_code == 302
    assert browser.get(answer.headers["Location"]).status_code == 200
    stranger = reader(desk, "applicant2")
    assert stranger.get("/admin/application/details/?id=1").status_code == 404


def test_who_applies_learns_what_happened_and_not_who_sat_where(desk: Flask) -> None:
    browser = reader(desk, "applicant2")
    for number in cases(desk):
        page = browser.get(f"/admin/application/{number}/").text
        for inside in ("clerk", "reviewer", "decider", "Unclaimed", "Officer", "符合条件"):
            assert inside not in page, (number, inside)


def test_an_imported_case_is_history(desk: Flask) -> None:
    numbers = cases(desk, origin=Origin.IMPORTED)
    assert any("." in number for number in numbers)
    for name in ("clerk", "reviewer", "decider", "head", "manager"):
        for number in numbers:
            page = CasePage(reader(desk, name), number).text
            assert "An imported case is read-only." in page
            assert "/act/" not in page


def test_what_history_shows_is_said_in_words(desk: Flask) -> None:
    number = cases(desk, external_id="a.b/1")[0]
    assert "逾期决定。" in CasePage(reader(desk, "manager", "zh_Hans_CN"), number).text
    assert "It was decided after its due date." in CasePage(reader(desk, "clerk"), number).text


def test_the_page_says_why_the_date_is_what_it_is(desk: Flask) -> None:
    with desk.app_context():
        case = db.session.scalars(
            select(Application).where(Application.suspended_since.is_not(None))
        ).first()
        number, changes = case.number, len(case.due_date_changes)
    page = CasePage(reader(desk, "manager", "zh_Hans_CN"), number).text
    table = re.search(r'<table class="list dates">.*?</table>', page, re.S)
    assert table
    assert table[0].count("<tr") == changes + 1
    for words in ("已受理", "暂停计时", "检通1号", "❚❚"):
        assert words in page


def test_a_closed_case_is_read_only(desk: Flask) -> None:
    for number in cases(desk, status=ApplicationStatus.DELIVERED, origin=Origin.NATIVE):
        page = CasePage(reader(desk, "clerk"), number).text
        assert "The case is closed; nothing of it changes any more." in page
        assert "/act/" not in page


# --- what is offered is lawful, and what is refused is refused for the reason given ----------


def filled(act: Act, at: Standing) -> Any:
    """The form of an act with something lawful in every field."""
    form = form_of(act)()
    form.prepare(at)
    lawful = {
        "opinion": "x", "missing": "x", "kind": SuspensionKind.TESTING, "planned_end_on": MONDAY,
        "notice_number": "1", "reason": "x", "days": 3, "reasons": "Not one condition is met.",
        "legal_basis": "x", "proof_number": "1", "proof_on": MONDAY, "rejection_reason": "x",
        "remedies": "x", "confidential_reason": "x", "delivery_method": DeliveryMethod.WINDOW,
        "planned_on": MONDAY, "findings": "x", "passes": "met", "name": "x", "interest": "x",
        "ground": TerminationGround.OTHER, "to_organ": "x", "document_number": "x",
        "result": IntakeResult.NO_PERMIT_NEEDED, "cause": EarlierReceiptCause.OUTAGE,
        "came_on": date(2020, 1, 2), "proof": "x", "service_proof": "x", "delivered_on": MONDAY,
        "waiver_number": "x", "waiver_paper_on": MONDAY, "answer": "x",
    }  # fmt: skip
    for name, value in lawful.items():
        if name in form:
            form[name].data = value
    for name in ("materials", "officer", "inspectors", "to_user"):
        if name in form:
            chosen = [key for key, _label in form[name].choices]
            form[name].data = chosen[0] if name in ("officer", "to_user") else chosen
    if act.name == "correct_applicant":
        others = select(Applicant.identity_number).where(Applicant.id != at.case.applicant_id)
        form.identity_number.data = at.session.scalars(others.order_by(Applicant.id)).first()
    if act.name == "order":
        form.kind.data, form.text.data = OrderKind.CHASE, "x"
        form.addressee.data = form.addressee.choices[0][0]
    return form


def outcome(site: Flask, act: Act, number: str, actor: Actor, step: int | None) -> Any:
    """The reasons that the page knows, and the code with which the rules refuse the act."""
    with site.test_request_context():
        note_request(actor, MONDAY, {})
        session = db.session()
        case = session.scalars(select(Application).where(Application.number == number)).one()
        whole = Standing(session, actor, MONDAY, case)
        at = whole.at(next(s for s in act.steps(whole) if not s or s.id == step))
        if act.why_pointless(at) or case_is_open(at):
            return None
        asked = ((holds_post(act.post),) if act.post else ()) + act.asks
        known = {reason.code for question in asked if (reason := question(at))}
        with acting_as(session, actor, MONDAY):
            try:
                act.run(at, filled(act, at).given())
                session.flush()
            except RuleViolation as violation:
                return known, violation.code
            except StaleDataError:
                raise AssertionError("nobody else is here") from None
            finally:
                session.rollback()
    return known, None


def test_the_page_knows_what_the_rules_will_say(desk: Flask) -> None:
    """For every case, act and person: refused exactly where the page gives a reason."""
    with desk.app_context():
        people = {
            name: actor_of(db.session(), user, MONDAY)
            for name in STAFF
            for user in db.session.scalars(select(User).where(User.username == name))
        }
    seen, tried = set(), 0
    for number in cases(desk):
        for actor in people.values():
            with desk.test_request_context():
                case = db.session.scalars(select(Application).filter_by(number=number)).one()
                at = Standing(db.session(), actor, MONDAY, case)
                todo = [(a, s and s.id) for a in ACTS if a.is_of(actor) for s in a.steps(at)]
            if actor.duties == {"APPLICANT"} and case_is_foreign(desk, number, actor):
                continue
            for act, step in todo:
                found = outcome(desk, act, number, actor, step)
                if found is None:
                    continue
                known, refused = found
                tried += 1
                assert (refused in known) if known else refused is None, (
                    act.name, number, actor.name, known, refused,
                )  # fmt: skip
                seen |= known
    assert tried > 100
    assert {"steps-are-not-done", "case-is-paused", "step-belongs-to-another"} <= seen


def case_is_foreign(site: Flask, number: str, actor: Actor) -> bool:
    with site.app_context():
        case = db.session.scalars(select(Application).filter_by(number=number)).one()
        return case.applicant is None or case.applicant.user_id != actor.user_id
