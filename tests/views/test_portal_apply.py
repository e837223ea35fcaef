"""Applying online: a draft, what stands against it, and the way to the window."""

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from models import Applicant, Application, LicenceItem, RoleGrant
from models.database import GuardedSession, db
from models.enums import (
    ApplicantKind,
    ApplicationKind,
    ApplicationStatus,
    Channel,
    Duty,
    ServiceObject,
)
from models.rules.codes import id_check_character
from tests.factories import MONDAY, Office
from tests.views.casework import CasePage, case_rows
from tests.views.portal_site import (
    ID_NUMBER,
    PERSON_NAME,
    case_of,
    fill_portal,
    in_english,
    paper_of,
    words_of,
)
from tests.views.test_pages_are_clean import UNCLEAN
from tests.web import Browser, close, opened_site

BODY = "99000019640101008"
NEW_ID = BODY + id_check_character(BODY)
URL = "/apply/kiln"
NEW = {
    "kind": "NEW",
    "applicant": "new",
    "applicant_kind": "PERSON",
    "name": "温窑生",
    "identity_number": NEW_ID,
    "phone": "19900005678",
    "summary": "一座试验窑",
}
TYPED = ("温窑生", "19900005678", "一座试验窑")


@pytest.fixture
def portal(databases: Any) -> Iterator[Flask]:
    """The site as the public meets it, once on each system."""
    site = opened_site(databases.fresh(fill_portal))
    yield site
    close(site)


@pytest.fixture
def applicant(portal: Flask) -> Browser:
    """Who applies, signed in."""
    browser = Browser(portal)
    browser.sign_in("applicant")
    return browser


def materials(browser: Browser, url: str = URL) -> list[str]:
    """The keys of the checklist."""
    return re.findall(r'name="materials"[^>]*value="(\d+)"', browser.get(url).text)


def newest(site: Flask) -> Application:
    """The application that came last."""
    with site.app_context():
        found = db.session.scalars(select(Application).order_by(Application.id.desc())).first()
        assert found is not None
        assert len(found.materials) >= 0
        assert found.applicant is not None
        return found


# --- who comes in ------------------------------------------------------------------------------


def test_who_is_not_signed_in_is_asked_and_comes_back(portal: Flask) -> None:
    visitor = Browser(portal)
    answer = visitor.get(URL)
    assert answer.location == "/login?next=%2Fapply%2Fkiln"
    answer = visitor.sign_in("applicant", next="/apply/kiln")
    assert answer.location == "/apply/kiln"


def test_an_officer_does_not_apply_here(portal: Flask) -> None:
    clerk = Browser(portal)
    clerk.sign_in("clerk")
    assert clerk.get(URL).status_code == 403
    assert clerk.post(URL, NEW).status_code == 403


def test_an_officer_who_applies_too_acts_by_the_duty_of_the_page(portal: Flask) -> None:
    """In the portal as an applicant, at the window as an officer, never on the own case (回避)."""
    with portal.app_context():
        office = Office(GuardedSession(db.engine), count(900))
        with office.acts("security", MONDAY) as session:
            grant = RoleGrant(user=office.user("clerk"), duty=Duty.APPLICANT, valid_from=MONDAY)
            session.add(grant)
        office.session.close()
    clerk = Browser(portal)
    clerk.sign_in("clerk")
    keys = materials(clerk)[:1]
    clerk.post(URL, {**NEW, "deed": "submit", "materials": keys})
    own = newest(portal)
    assert (own.status, own.first_contact_id) == (ApplicationStatus.RECEIVED, None)
    refused = CasePage(clerk, own.number)
    clerk.get("/language/zh_Hans_CN")
    assert not refused.offers("accept") or refused.act("accept").status_code == 422
    assert refused.send("withdraw", version=str(own.version)).status_code != 302
    assert newest(portal).status is ApplicationStatus.RECEIVED
    others = case_of(portal, PERSON_NAME, status=ApplicationStatus.RECEIVED)
    assert CasePage(clerk, others.number).act("accept").status_code == 302


def test_only_whom_an_item_serves_is_asked_for(portal: Flask, applicant: Browser) -> None:
    """服务对象: the form offers no other kind, and takes none."""
    with portal.app_context():
        office = Office(GuardedSession(db.engine), count(900))
        office.item(item={"code": "firms"}, service_object=ServiceObject.ORGANISATION)
        office.session.close()
    assert 'value="PERSON"' in applicant.get(URL).text
    assert 'value="PERSON"' not in applicant.get("/apply/firms").text
    before = case_rows(portal)
    assert applicant.post("/apply/firms", {**NEW, "deed": "submit"}).status_code == 422
    assert case_rows(portal) == before


@pytest.mark.parametrize("code", ["old", "unborn", "log", "nothing"])
def test_only_an_offered_item_is_applied_for(portal: Flask, applicant: Browser, code: str) -> None:
    before = case_rows(portal)
    assert applicant.get(f"/apply/{code}").status_code == 404
    assert applicant.post(f"/apply/{code}", NEW).status_code == 404
    assert case_rows(portal) == before


@pytest.mark.parametrize("locale", ["zh_Hans_CN", "en"])
def test_the_form_is_clean_and_labelled(applicant: Browser, locale: str) -> None:
    applicant.get(f"/language/{locale}")
    text = applicant.get(URL).text
    for what, pattern in UNCLEAN.items():
        assert not pattern.search(text), what
    boxes = re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]*\bid="([^"]+)"', text)
    assert len(boxes) > 8
    assert all(f'for="{box}"' in text for box in boxes)


# --- the draft ---------------------------------------------------------------------------------


def test_a_draft_is_kept_and_nothing_runs(portal: Flask, applicant: Browser) -> None:
    """Art. 33: an application is begun online."""
    key = materials(applicant)[0]
    answer = applicant.post(URL, {**NEW, "deed": "draft", "materials": [key]})
    case = newest(portal)
    assert answer.location == f"/track/{case.number}"
    assert (case.status, case.channel) == (ApplicationStatus.DRAFT, Channel.ONLINE)
    assert case.received_on is None
    assert [str(m.material_requirement_id) for m in case.materials] == [key]
    record = case.applicant
    assert record is not None
    assert (record.name, record.kind) == ("温窑生", ApplicantKind.PERSON)
    assert record.identity_number == NEW_ID
    told = words_of(applicant.get(answer.location))
    assert "已存为草稿" in told
    assert "继续填写草稿" in told


def test_a_draft_is_taken_up_again(portal: Flask, applicant: Browser) -> None:
    keys = materials(applicant)
    applicant.post(URL, {**NEW, "deed": "draft", "materials": keys[:1]})
    case = newest(portal)
    page = applicant.get(f"{URL}?draft={case.number}").text
    assert "一座试验窑" in page
    assert page.count(" checked") == 1
    again = {
        "draft": case.number, "version": str(case.version), "kind": "NEW", "deed": "draft",
        "applicant": str(case.applicant_id), "summary": "两座试验窑", "materials": keys[1:2],
        "applicant_kind": "PERSON",
    }  # fmt: skip
    assert applicant.post(URL, again).status_code == 302
    after = newest(portal)
    assert (after.id, after.summary) == (case.id, "两座试验窑")
    assert [str(m.material_requirement_id) for m in after.materials] == keys[1:2]


def test_a_draft_that_changed_meanwhile_is_not_overwritten_unseen(
    portal: Flask, applicant: Browser
) -> None:
    applicant.post(URL, {**NEW, "deed": "draft"})
    case = newest(portal)
    stale = {
        "draft": case.number, "version": "0", "kind": "NEW", "applicant": str(case.applicant_id),
        "applicant_kind": "PERSON", "summary": "三座试验窑", "deed": "draft",
    }  # fmt: skip
    answer = applicant.post(URL, stale)
    assert answer.status_code == 409
    assert "草稿已在别处修改" in answer.text
    assert "三座试验窑" in answer.text
    assert newest(portal).summary == "一座试验窑"
    assert f'name="version" type="hidden" value="{case.version}"' in answer.text


def test_nobody_takes_up_the_draft_of_another(portal: Flask, applicant: Browser) -> None:
    applicant.post(URL, {**NEW, "deed": "draft"})
    number = newest(portal).number
    other = Browser(portal)
    other.sign_in("applicant2")
    assert other.get(f"{URL}?draft={number}").status_code == 404
    assert other.post(URL, {**NEW, "draft": number}).status_code == 404


def test_what_was_handed_in_is_no_draft_any_more(portal: Flask, applicant: Browser) -> None:
    number = case_of(portal, "自有窑厂").number
    assert applicant.get(f"{URL}?draft={number}").status_code == 404


# --- handing in --------------------------------------------------------------------------------


def test_an_application_is_handed_in(portal: Flask, applicant: Browser) -> None:
    """Art. 29, 32: the five days begin."""
    answer = applicant.post(URL, {**NEW, "deed": "submit", "materials": materials(applicant)[:1]})
    case = newest(portal)
    assert answer.location == f"/track/{case.number}"
    assert case.status is ApplicationStatus.RECEIVED
    assert case.notice_due_on is not None
    assert "您的申请已提交" in applicant.get(answer.location).text
    assert case.number in applicant.get("/track").text


def test_one_of_his_own_records_is_chosen(portal: Flask, applicant: Browser) -> None:
    own = case_of(portal, "自有窑厂").applicant_id
    typed = {"kind": "NEW", "applicant": str(own), "applicant_kind": "PERSON", "deed": "submit"}
    assert applicant.post(URL, typed).status_code == 302
    assert newest(portal).applicant_id == own


def test_the_record_of_another_cannot_be_chosen(portal: Flask, applicant: Browser) -> None:
    foreign = case_of(portal, "长河窑业有限公司").applicant_id
    before = case_rows(portal)
    answer = applicant.post(URL, {**NEW, "applicant": str(foreign), "deed": "submit"})
    assert answer.status_code == 422
    assert case_rows(portal) == before


# --- what stands against it --------------------------------------------------------------------

WRONG_CHECK = NEW_ID[:-1] + ("1" if NEW_ID[-1] != "1" else "2")


@pytest.mark.parametrize(
    ("change", "words", "beside"),
    [
        ({"identity_number": WRONG_CHECK}, "校验码不正确", "identity_number"),
        ({"identity_number": "12"}, "长度", "identity_number"),
        ({"identity_number": ""}, "必填", "identity_number"),
        ({"identity_number": ID_NUMBER}, "到窗口与您的账号关联", "identity_number"),
        ({"kind": "RENEWAL"}, "必填", "certificate_number"),
        (
            {"kind": "RENEWAL", "certificate_number": "S-1"},
            "您名下没有该事项的这一证照编号",
            "certificate_number",
        ),
    ],
)
def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(
    portal: Flask, applicant: Browser, change: dict[str, str], words: str, beside: str
) -> None:
    before = case_rows(portal)
    key = materials(applicant)[0]
    answer = applicant.post(URL, {**NEW, "deed": "submit", "materials": [key], **change})
    assert answer.status_code == 422
    errors = answer.text.split(f'id="{beside}-errors"')[1].split("</ul>")[0]
    assert words in errors
    assert all(typed in answer.text for typed in TYPED)
    assert re.search(rf'checked[^>]*value="{key}"', answer.text)
    assert case_rows(portal) == before


def test_a_missing_name_is_asked_for_in_english_too(applicant: Browser) -> None:
    answer = in_english(applicant).post(URL, {**NEW, "name": " ", "deed": "submit"})
    assert answer.status_code == 422
    errors = answer.text.split('id="name-errors"')[1].split("</ul>")[0]
    assert "This is required." in errors


@pytest.mark.parametrize(
    "change", [{"kind": "NOTHING"}, {"applicant": "x"}, {"summary": "长" * 201}]
)
def test_what_is_not_offered_is_not_taken(
    portal: Flask, applicant: Browser, change: dict[str, str]
) -> None:
    before = case_rows(portal)
    assert applicant.post(URL, {**NEW, "deed": "submit", **change}).status_code == 422
    assert case_rows(portal) == before


def test_an_expired_token_loses_nothing(portal: Flask, applicant: Browser) -> None:
    before = case_rows(portal)
    answer = applicant.client.post(URL, data={**NEW, "csrf_token": "old", "deed": "submit"})
    assert answer.status_code == 400
    assert all(typed in answer.text for typed in TYPED)
    assert case_rows(portal) == before


def test_a_certificate_of_ones_own_is_named(portal: Flask, applicant: Browser) -> None:
    """Art. 49, 50: an amendment or a renewal names the certificate it is about."""
    _own_certificate(portal)
    paper = paper_of(portal, "自有窑厂")
    own = case_of(portal, "自有窑厂").applicant_id
    typed = {
        "kind": "AMENDMENT", "certificate_number": paper.number, "applicant": str(own),
        "applicant_kind": "PERSON", "deed": "draft",
    }  # fmt: skip
    assert applicant.post(URL, typed).status_code == 302
    case = newest(portal)
    assert (case.kind, case.prior_certificate_id) == (ApplicationKind.AMENDMENT, paper.id)
    assert paper.number in applicant.get(f"{URL}?draft={case.number}").text


def _own_certificate(site: Flask) -> None:
    with site.app_context():
        engine = db.engine
    with GuardedSession(engine) as session:
        office = Office(session, count(950))
        item = session.scalars(select(LicenceItem).filter_by(code="kiln")).one()
        own = session.scalars(select(Applicant).filter_by(name="自有窑厂")).one()
        office.granted(item=item, applicant=own)
