"""Intake in the panel: the answers, the second notice, the hand-over, guidance, the receipt."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from models import Applicant, Application, PreGuidance, User, acts
from models.database import GuardedSession, db
from models.enums import ApplicationStatus, Necessity
from tests.factories import MONDAY, Office
from tests.views.casework import CasePage, case_rows, status_of
from tests.web import Browser, close, fill_site, opened_site

Case = ApplicationStatus
NUMBER = "11010519491231002X"


def fill_intake(engine: Engine) -> None:
    """An item with a material for the officer to judge, and cases that wait for their answer."""
    fill_site(engine)
    with GuardedSession(engine) as session:
        office = Office(session, iter(range(700, 800)))
        item = office.item(
            materials=({}, {"necessity": Necessity.CONDITIONAL, "condition": "分支机构"}),
            item={"name": "计量授权", "name_en": "Metrology", "code": "INTAKE"},
        )
        own = office.applicant("云杉检测有限公司", user=office.user("applicant2"))
        for summary in ("one", "two"):
            case = office.received(MONDAY, item, applicant=own, complete=False)
            with office.acts("clerk", MONDAY):
                case.summary = summary
                case.agent_name, case.agent_identity_number = "林某", NUMBER
        with office.acts("clerk", MONDAY):
            acts.intake.ask_correction(case, materials=item.versions[0].materials[1:])
        office.answer(case)


@pytest.fixture
def counter(sqlite_databases: Any) -> Iterator[Flask]:
    """The site with two applications at the window."""
    site = opened_site(sqlite_databases.fresh(fill_intake))
    yield site
    close(site)


def page_of(site: Flask, name: str, summary: str = "one", locale: str = "en") -> CasePage:
    browser = Browser(site)
    assert browser.sign_in(name).status_code == 302
    browser.get(f"/language/{locale}")
    with site.app_context():
        number = db.session.scalar(select(Application.number).filter_by(summary=summary))
    assert number is not None
    return CasePage(browser, number)


def key_of(site: Flask, name: str) -> str:
    with site.app_context():
        return str(db.session.scalar(select(User.id).filter_by(username=name)))


def test_not_accepting_asks_for_its_ground_and_the_organ(counter: Flask) -> None:
    """Art. 32(1), (2): what is missing stands beside its field, and nothing changes."""
    page = page_of(counter, "clerk")
    offered = re.findall(r'<option[^>]*value="(\w+)"', page.form("not_accept"))
    assert offered == ["NO_PERMIT_NEEDED", "NOT_COMPETENT"]
    before = case_rows(counter)
    answer = page.act("not_accept", result="NOT_COMPETENT", reasons="不属本机关")
    assert answer.status_code == 422
    assert "Name the organ that is competent." in unescape(answer.text)
    assert "不属本机关" in answer.text
    answer = page.act("not_accept", result="ACCEPTED", reasons="无需许可，不予受理。")
    assert answer.status_code == 422
    assert case_rows(counter) == before
    done = page.act("not_accept", result="NOT_COMPETENT", reasons="不属本机关", proper_organ="省局")
    assert done.status_code == 302
    assert status_of(counter, page.number) is Case.NOT_ACCEPTED
    assert "Another organ is competent" in page.text
    receipt = unescape(page.browser.get(f"{page.url}receipt/").text)
    for words in ("省局", "不属本机关", "administrative reconsideration", "-SL-2025-", "seal"):
        assert words in receipt, words


def test_a_correction_on_the_spot_is_noted(counter: Flask) -> None:
    """Art. 32(3)."""
    page = page_of(counter, "clerk")
    assert page.act("correct_on_the_spot", reasons="更正电话").status_code == 302
    assert status_of(counter, page.number) is Case.RECEIVED
    assert "更正电话" in page.text


def test_the_notice_offers_what_the_officer_judges(counter: Flask) -> None:
    """Art. 32(4)."""
    page = page_of(counter, "clerk")
    boxes = re.findall(r'name="judged"[^>]*value="(\d+)"', page.form("correct"))
    assert len(boxes) == 1
    assert page.act("correct", missing="", judged=boxes).status_code == 302
    assert status_of(counter, page.number) is Case.CORRECTING
    assert "材料1；材料2" in page.text
    assert page.text.count('<span class="past">missing</span>') == 2


def test_a_second_notice_goes_to_the_head(counter: Flask) -> None:
    """一次性告知制: the applicant learns of it when it is sent."""
    clerk, head = page_of(counter, "clerk", "two"), page_of(counter, "head", "two")
    own = page_of(counter, "applicant2", "two", "zh_Hans_CN")
    assert not head.offers("approve_second_notice")
    answer = clerk.act("ask_second_notice", missing="缺说明", reason="")
    assert answer.status_code == 422
    done = clerk.act("ask_second_notice", missing="缺说明", reason="首次遗漏")
    assert done.status_code == 302
    assert "缺说明" in head.text
    assert "缺说明" not in own.text
    assert "再次告知" not in own.text
    listed = own.browser.get("/admin/correction_notice/?page_size=100").text
    assert listed.count("<tr data-row>") == 1
    assert status_of(counter, head.number) is Case.RECEIVED
    assert head.act("approve_second_notice").status_code == 302
    assert status_of(counter, head.number) is Case.CORRECTING
    assert "缺说明" in own.text


def test_a_wrong_applicant_is_corrected_by_a_number(counter: Flask) -> None:
    """Art. 29: the number finds the right one; who finds nobody is told so beside the field."""
    with counter.app_context():
        right = db.session.scalars(select(Applicant).filter_by(name="自家食品厂")).one()
        number = right.identity_number or ""
    assert not page_of(counter, "reviewer").offers("correct_applicant")
    chinese, page = page_of(counter, "clerk", locale="zh_Hans_CN"), page_of(counter, "clerk")
    before = case_rows(counter)
    answer = chinese.act("correct_applicant", identity_number=NUMBER, reason="误选")
    assert answer.status_code == 422
    assert "没有登记该证件号码的申请人" in unescape(answer.text)
    edit = page.browser.form(f"/admin/application/edit/?id={key_of_case(counter, page.number)}")
    assert not {"applicant", "channel"} & set(edit)
    assert case_rows(counter) == before
    done = page.act("correct_applicant", identity_number=number.lower(), reason="误选同名企业")
    assert done.status_code == 302
    assert "误选同名企业" in page.text
    assert "自家食品厂" in page.text


def test_a_number_is_corrected_with_its_proof_and_by_the_head(counter: Flask) -> None:
    """The acceptance post proposes, the head confirms; the form of the record has no number."""
    clerk, head = Browser(counter), Browser(counter)
    clerk.sign_in("clerk")
    head.sign_in("head")
    head.get("/language/zh_Hans_CN")
    with counter.app_context():
        firm = db.session.scalars(select(Applicant).filter_by(name="自家食品厂")).one()
        key, old = str(firm.id), firm.identity_number or ""
    assert "identity_number" not in clerk.form(f"/admin/applicant/edit/?id={key}")
    typed = {
        **clerk.form("/admin/applicant_identity/new/"),
        "applicant": old, "change": "CORRECTED", "identity_kind": "CREDIT_CODE",
        "identity_number": "9135 0100 M000 100Y 43", "proof": "变更登记通知书3号",
        "proof_on": "2025-03-03",
    }  # fmt: skip
    assert head.post("/admin/applicant_identity/new/", typed).status_code == 403
    for wrong in ({"proof": " "}, {"identity_number": "91350100M000100Y4"}):
        answer = clerk.post("/admin/applicant_identity/new/", typed | wrong)
        assert answer.status_code == 422
    saved = clerk.post("/admin/applicant_identity/new/", typed)
    assert saved.status_code == 302
    page = unescape(head.get(saved.location).text)
    assert "证件号码更正" in page
    assert "变更登记通知书3号" in page
    row = re.findall(r"id=(\d+)", saved.location)[0]
    act = {"action": "confirm", "rowid": row}
    assert clerk.post("/admin/applicant_identity/action/", act).status_code == 403
    assert head.post("/admin/applicant_identity/action/", act).status_code == 302
    with counter.app_context():
        firm = db.session.scalars(select(Applicant).filter_by(name="自家食品厂")).one()
        assert firm.identity_number == "91350100M000100Y43"
        assert {i.identity_number for i in firm.identities} == {old, firm.identity_number}
    assert "自家食品厂" in clerk.get(f"/admin/search/?q={old}").text


def key_of_case(site: Flask, number: str) -> int:
    with site.app_context():
        found = db.session.scalar(select(Application.id).filter_by(number=number))
        assert found is not None
        return found


def test_the_first_contact_is_handed_over_by_a_form(counter: Flask) -> None:
    """首问责任制."""
    page = page_of(counter, "clerk")
    other, applicant = key_of(counter, "clerk2"), key_of(counter, "applicant")
    assert page.act("hand_over", to_user=applicant, reason="轮岗").status_code == 422
    assert page.act("hand_over", to_user=other, reason=" ").status_code == 422
    assert page.act("hand_over", to_user=other, reason="轮岗").status_code == 302
    assert "first contact handed over to clerk2" in page.text
    assert "轮岗" not in page_of(counter, "applicant2").text
    assert not page.offers("hand_over")


def test_the_receipt_says_what_came_in_and_who_is_asked(counter: Flask) -> None:
    """Art. 32 last ¶: in both languages, with masked numbers, to the applicant himself."""
    for locale, words in (("en", "Materials that are missing"), ("zh_Hans_CN", "尚缺材料")):
        own = page_of(counter, "applicant2", locale=locale)
        assert f"{own.url}receipt/" in own.text
        receipt = unescape(own.browser.get(f"{own.url}receipt/").text)
        assert words in receipt
        assert "材料1" in receipt or "Paper" in receipt
        assert NUMBER not in receipt + own.text
        assert "110105********002X" in receipt
        assert "clerk" in receipt
    stranger = page_of(counter, "applicant").browser
    assert stranger.get(f"{own.url}receipt/").status_code == 404


def test_a_draft_has_no_receipt(counter: Flask) -> None:
    """Art. 32: nothing was received yet."""
    clerk = page_of(counter, "clerk")
    form = clerk.browser.form("/admin/application/new/")
    assert form["kind"] == "NEW"
    missing = clerk.browser.get("/admin/application/X-1/receipt/")
    assert missing.status_code == 404


def test_the_guide_ticks_the_checklist_of_the_item(counter: Flask) -> None:
    """Practice 1: missing is needed less ticked."""
    browser = page_of(counter, "guide").browser
    path = "/admin/pre_guidance/new/"
    with counter.app_context():
        item = db.session.scalar(select(Application.licence_item_id).filter_by(summary="one"))
    typed = {
        **browser.form(path),
        "licence_item": str(item),
        "visitor_name": "陈小明",
        "outcome": "READY",
    }
    typed.pop("_add_another", None)
    first = browser.client.post(path, data=typed)
    assert first.status_code == 422
    boxes = re.findall(r'name="ticked"[^>]*value="(\d+)"', first.text)
    assert len(boxes) == 2
    shown = re.search(r'name="checklist_of"[^>]*value="(\d+)"', first.text)
    assert shown
    typed["checklist_of"] = shown.group(1)
    refused = browser.client.post(path, data=typed)
    assert refused.status_code == 422
    assert "材料1" in unescape(refused.text)
    done = browser.client.post(path, data={**typed, "ticked": boxes[:1]})
    assert done.status_code == 302
    with counter.app_context():
        row = db.session.scalars(select(PreGuidance)).one()
        assert [tick.material_requirement_id for tick in row.ticks] == [int(boxes[0])]
        key = row.id
    details = browser.get(f"/admin/pre_guidance/details/?id={key}").text
    assert "Materials that are missing" in details
    assert "陈小明" not in details
    assert "陈**" in details
    prefilled = browser.get(f"{path}?licence_item={item}").text
    assert len(re.findall(r'name="ticked"', prefilled)) == 2
    assert "/admin/pre_guidance/" in browser.get("/admin/").text


def test_a_notice_in_words_is_answered_in_words(counter: Flask) -> None:
    """Art. 32(4): at the window and in the portal, where no material is left to tick off."""
    clerk, own = page_of(counter, "clerk"), page_of(counter, "applicant2", locale="zh_Hans_CN")
    boxes = re.findall(r'name="materials"[^>]*value="(\d+)"', clerk.form("materials"))
    assert clerk.act("materials", materials=boxes).status_code == 302
    assert clerk.act("correct", missing="请更正姓名").status_code == 302
    empty = clerk.act("resubmit", answer=" ")
    assert empty.status_code == 422
    assert "Say what was brought: the notice names no material" in empty.text
    track = f"/track/{own.number}"
    version = re.search(r'name="version" value="(\d+)"', own.browser.get(track).text)
    assert version
    empty = own.browser.post(f"{track}/answer", {"version": version[1], "answer": " "})
    assert empty.status_code == 422
    assert "告知书未列具体材料" in empty.text
    done = own.browser.post(f"{track}/answer", {"version": version[1], "answer": "已更正姓名"})
    assert done.status_code == 302
    assert status_of(counter, own.number) is Case.RECEIVED
    assert "已更正姓名" in clerk.text


def test_an_earlier_receipt_is_entered_and_confirmed(counter: Flask) -> None:
    """Art. 29, 32: by the window, and by the head in person."""
    clerk, head = page_of(counter, "clerk"), page_of(counter, "head", locale="zh_Hans_CN")
    typed = {"cause": "OUTAGE", "proof": "登记 17"}
    late = clerk.act("enter_earlier_receipt", came_on="2025-03-03", **typed)
    assert late.status_code == 422
    assert "lies before the day on which the case was entered" in late.text
    assert clerk.act("enter_earlier_receipt", came_on="2025-02-27", **typed).status_code == 302
    assert not clerk.offers("confirm_earlier_receipt")
    assert "待确认的实际收件日" in head.browser.get("/admin/notices/").text
    assert head.act("confirm_earlier_receipt").status_code == 302
    assert "实际收件日已确认" in head.text
    with counter.app_context():
        case = db.session.scalars(select(Application).filter_by(number=clerk.number)).one()
        assert case.notice_due_on == date(2025, 3, 6)


def test_a_notice_that_is_posted_is_served_by_its_proof(counter: Flask) -> None:
    """Art. 32(4), 送达: until then the applicant's time does not run."""
    page = page_of(counter, "clerk")
    assert page.act("correct", missing="缺说明", service_way="POST").status_code == 302
    typed = {"service_way": "POST", "delivered_on": MONDAY.isoformat()}
    unproved = page.act("serve_notice", service_proof=" ", **typed)
    assert unproved.status_code == 422
    assert "Name the proof of the service." in unproved.text
    assert page.act("serve_notice", service_proof="挂号信 3 号", **typed).status_code == 302
    assert "2025-04-15" in page.text
    assert not page.offers("serve_notice")
