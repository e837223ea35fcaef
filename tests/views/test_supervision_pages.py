"""Supervision in the panel: orders, absences, reassignments, checks, complaints and ratings."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from models import (
    Absence,
    Application,
    ApplicationStep,
    Complaint,
    Reassignment,
    Rectification,
    ServiceRating,
    SupervisionOrder,
    SupervisionRecord,
    User,
)
from models.database import db
from models.enums import Duty, StepStatus
from tests.factories import MONDAY
from tests.views.casework import CasePage, fill_casework
from tests.web import Browser, close, opened_site

TODAY = MONDAY.isoformat()


@pytest.fixture
def desk(sqlite_databases: Any) -> Iterator[Flask]:
    """The site with cases of every light."""
    site = opened_site(sqlite_databases.fresh(fill_casework))
    yield site
    close(site)


def reader(site: Flask, name: str) -> Browser:
    browser = Browser(site)
    assert browser.sign_in(name).status_code == 302
    browser.get("/language/en")
    return browser


def account(site: Flask, name: str) -> str:
    with site.app_context():
        return str(db.session.scalars(select(User.id).filter_by(username=name)).one())


def only(site: Flask, model: Any) -> Any:
    with site.app_context():
        row = db.session.scalars(select(model)).one()
        db.session.expunge(row)
        return row


def claimed(site: Flask) -> Any:
    """The case that the reviewer has in his hands, and its step."""
    with site.app_context():
        step = db.session.scalars(
            select(ApplicationStep).where(
                ApplicationStep.status == StepStatus.OPEN,
                ApplicationStep.duty == Duty.REVIEW,
                ApplicationStep.officer_id.is_not(None),
            )
        ).one()
        return step.application.number, step.id


def ordered(site: Flask, to: str = "reviewer") -> None:
    """The manager's order, from the page of the case that the reviewer has in his hands."""
    number, _step = claimed(site)
    answer = CasePage(reader(site, "manager"), number).act(
        "order", addressee=account(site, to), kind="CHASE", text="请尽快办理", answer_days="3"
    )
    assert answer.status_code == 302


# --- orders ------------------------------------------------------------------------------------


def test_an_order_goes_from_the_case_page_to_the_home_page_of_its_addressee(desk: Flask) -> None:
    number, _step = claimed(desk)
    ordered(desk)
    reviewer = reader(desk, "reviewer")
    home = unescape(reviewer.get("/admin/").text)
    assert home.index("请尽快办理") < home.index("Casework", home.index("Orders to answer"))
    assert "请尽快办理" not in reader(desk, "clerk").get("/admin/").text
    assert "请尽快办理" in CasePage(reviewer, number).text


def test_the_addressee_answers_and_the_leader_closes(desk: Flask) -> None:
    ordered(desk)
    key = only(desk, SupervisionOrder).id
    reviewer, manager = reader(desk, "reviewer"), reader(desk, "manager")
    edit = f"/admin/supervision_order/edit/?id={key}"
    assert manager.get(edit).status_code == 403  # nothing to send back yet
    form = reviewer.form(edit)
    assert "answer" in form
    assert not {"return_reason", "text", "addressee"} & set(form)
    empty = reviewer.post(edit, {**form, "answer": " "})
    assert empty.status_code == 422
    assert reviewer.post(edit, {**form, "answer": "已安排"}).status_code == 302
    back = {**manager.form(edit), "return_reason": "未说明原因"}
    assert manager.post(edit, back).status_code == 302
    assert only(desk, SupervisionOrder).returned_count == 1
    assert reviewer.post(edit, {**reviewer.form(edit), "answer": "因检验"}).status_code == 302
    assert (
        manager.post(
            "/admin/supervision_order/action/", {"action": "close", "rowid": str(key)}
        ).status_code
        == 302
    )
    assert only(desk, SupervisionOrder).accepted_on == MONDAY
    assert reviewer.get(edit).status_code == 403


def test_the_tabs_of_the_orders_count_what_they_list(desk: Flask) -> None:
    ordered(desk)
    manager = reader(desk, "manager")
    listed = {
        tab: manager.get(f"/admin/supervision_order/?tab={tab}").text.count("data-row")
        for tab in ("open", "overdue", "answered", "closed", "all")
    }
    assert listed == {"open": 1, "overdue": 0, "answered": 0, "closed": 0, "all": 1}
    assert manager.get("/admin/supervision_order/?tab=mine").status_code == 400


def test_an_officer_sees_the_orders_to_himself_and_no_other(desk: Flask) -> None:
    ordered(desk)
    key = only(desk, SupervisionOrder).id
    clerk = reader(desk, "clerk")
    assert "data-row" not in clerk.get("/admin/supervision_order/").text
    for page in ("details", "edit"):
        assert clerk.get(f"/admin/supervision_order/{page}/?id={key}").status_code == 404


def test_an_order_on_a_closed_case_is_given_from_the_list(desk: Flask) -> None:
    with desk.app_context():
        closed = db.session.scalars(
            select(Application.id).where(Application.closed_on.is_not(None))
        ).first()
    manager = reader(desk, "manager")
    form = {
        **manager.form("/admin/supervision_order/new/"),
        "addressee": account(desk, "clerk"),
        "kind": "EXPLAIN",
        "text": "请说明情况",
        "application": str(closed),
    }
    form.pop("_add_another", None)
    answer = manager.post("/admin/supervision_order/new/", form)
    assert answer.status_code == 302
    assert only(desk, SupervisionOrder).application_id == closed


# --- absence and reassignment --------------------------------------------------------------------


def test_a_leader_previews_confirms_and_sees_what_moved(desk: Flask) -> None:
    number, _step = claimed(desk)
    head = reader(desk, "head")
    url = "/admin/reassignment/new/"
    typed = {
        **head.form(url),
        "from_user": account(desk, "reviewer"),
        "to_user": account(desk, "reviewer2"),
        "effective_on": TODAY,
        "reason": "调离岗位",
    }
    page = unescape(head.post(url, typed).text)
    assert number in page
    assert "Moves; its dates and pauses stay as they are." in page
    with desk.app_context():
        assert db.session.scalars(select(Reassignment)).all() == []
    done = head.post(url, {**typed, "_confirmed": "1"})
    assert done.status_code == 302
    result = unescape(head.get(done.headers["Location"]).text)
    assert number in result
    assert "Moved" in result
    late = CasePage(reader(desk, "reviewer"), number)
    assert not late.offers("complete") or "reviewer2" in late.text


def test_a_preview_says_in_words_what_would_be_refused(desk: Flask) -> None:
    head = reader(desk, "head")
    url = "/admin/reassignment/new/"
    typed = {
        "from_user": account(desk, "reviewer"),
        "to_user": account(desk, "clerk"),
        "effective_on": TODAY,
        "reason": "轮岗",
    }
    words = "The officer holds no post for this step on that day."
    assert words in unescape(head.post(url, typed).text)
    done = head.post(url, {**typed, "_confirmed": "1"})
    assert words in unescape(head.get(done.headers["Location"]).text)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"to_user": "reviewer"}, "The work goes to another person."),
        ({"effective_on": "2025-02-28"}, "choose today or a coming day"),
    ],
)
def test_a_reassignment_that_cannot_be_is_told_before_its_preview(
    desk: Flask, typed: dict[str, str], words: str
) -> None:
    values = {
        "from_user": "reviewer", "to_user": "reviewer2", "effective_on": TODAY, "reason": "x",
        **typed,
    }  # fmt: skip
    for column in ("from_user", "to_user"):
        values[column] = account(desk, values[column])
    answer = reader(desk, "manager").post("/admin/reassignment/new/", values)
    assert answer.status_code == 422
    assert words in unescape(answer.text)


def test_an_absence_leads_to_the_hand_over_and_stops_claims(desk: Flask) -> None:
    clerk, head = reader(desk, "reviewer2"), reader(desk, "head")
    typed = {
        "user": account(desk, "reviewer2"),
        "substitute": account(desk, "reviewer"),
        "first_day": TODAY,
        "last_day": TODAY,
        "reason": "SICK",
    }
    assert clerk.post("/admin/absence/new/", typed).status_code == 302
    key = only(desk, Absence).id
    page = unescape(head.get(f"/admin/absence/details/?id={key}").text)
    link = re.search(r'href="(/admin/reassignment/new/[^"]*)"', page)
    assert link
    form = head.form(link[1])
    assert (form["from_user"], form["to_user"]) == (typed["user"], typed["substitute"])
    assert "reassignment/new" not in clerk.get(f"/admin/absence/details/?id={key}").text
    assert "Absent today" in head.get("/admin/").text
    number, _step = claimed(desk)
    page = CasePage(head, number).form("assign")
    assert re.findall(r'<option[^>]*value="(\d+)"', page) == [account(desk, "reviewer")]


# --- checks, complaints and ratings --------------------------------------------------------------


def test_a_check_is_signed_by_two(desk: Flask) -> None:
    reviewer = reader(desk, "reviewer")
    url = "/admin/supervision_record/new/"
    typed = {
        "certificate": "1", "visited_on": TODAY, "kind": "SITE_VISIT", "findings": "设备正常",
        "result": "CONFORMS", "is_public": "y", "inspectors": [account(desk, "reviewer")],
    }  # fmt: skip
    assert reviewer.post(url, typed).status_code == 302
    record = only(desk, SupervisionRecord)
    sign = {"action": "sign", "rowid": str(record.id)}
    reviewer.post("/admin/supervision_record/action/", sign)
    assert only(desk, SupervisionRecord).signed_on is None
    edit = f"/admin/supervision_record/edit/?id={record.id}"
    two = [account(desk, "reviewer"), account(desk, "reviewer2")]
    assert (
        reviewer.post(
            edit, {**typed, "version": str(record.version), "inspectors": two}
        ).status_code
        == 302
    )
    reviewer.post("/admin/supervision_record/action/", sign)
    assert only(desk, SupervisionRecord).signed_on == MONDAY
    assert reviewer.get(edit).status_code == 403


def test_a_complaint_is_masked_and_not_shown_to_its_subject(desk: Flask) -> None:
    manager = reader(desk, "manager")
    typed = {
        "channel": "POST", "complainant_name": "柳青禾", "complainant_phone": "13912345678",
        "officer": account(desk, "head"), "text": "推诿", "handling_days": "15",
    }  # fmt: skip
    assert manager.post("/admin/complaint/new/", typed).status_code == 302
    key = only(desk, Complaint).id
    details = f"/admin/complaint/details/?id={key}"
    log = "/admin/audit_entry/details/?id="
    with desk.app_context():
        entry = db.session.execute(db.text("SELECT max(id) FROM audit_entry")).scalar()
    pages = [manager.get(p).text for p in (details, "/admin/complaint/", f"{log}{entry}")]
    pages.append(manager.get(f"/admin/complaint/edit/?id={key}").text)
    pages.append(manager.get("/admin/complaint/export/csv/").get_data(as_text=True))
    for page in pages:
        assert "13912345678" not in page
        assert "柳青禾" not in page
    assert reader(desk, "auditor").get(details).status_code == 200
    assert reader(desk, "head").get(details).status_code == 404
    take = {"action": "take", "rowid": str(key)}
    assert manager.post("/admin/complaint/action/", take).status_code == 302
    edit = f"/admin/complaint/edit/?id={key}"
    assert manager.post(edit, {**manager.form(edit), "outcome": "已纠正"}).status_code == 302
    assert only(desk, Complaint).answered_on == MONDAY


def test_an_applicant_rates_his_own_case_and_a_bad_rating_is_rectified(desk: Flask) -> None:
    own = account(desk, "applicant2")
    with desk.app_context():
        case = db.session.scalars(
            select(Application.id).where(
                Application.applicant.has(user_id=int(own)), Application.accepted_on.is_not(None)
            )
        ).first()
        other = db.session.scalars(
            select(Application.id).where(~Application.applicant.has(user_id=int(own)))
        ).first()
    applicant, manager = reader(desk, "applicant2"), reader(desk, "manager")
    url = "/admin/service_rating/new/"
    typed = {"application": str(other), "level": "VERY_UNSATISFIED", "text": "太慢"}
    assert applicant.post(url, typed).status_code == 422
    assert applicant.post(url, {**typed, "application": str(case)}).status_code == 302
    assert "data-row" not in reader(desk, "applicant").get("/admin/service_rating/").text
    assert only(desk, ServiceRating).application_id == case
    key = only(desk, Rectification).id
    called = {"action": "contact", "rowid": str(key)}
    assert manager.post("/admin/rectification/action/", called).status_code == 302
    edit = f"/admin/rectification/edit/?id={key}"
    assert manager.post(edit, {**manager.form(edit), "result": "已增设窗口"}).status_code == 302
    assert only(desk, Rectification).rectified_on == MONDAY
