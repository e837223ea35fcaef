"""What the whole law brought to the public pages: fees and elements, agents, what is applied for
about a certificate, editions, supervision, and the rating of the service."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from models import (
    Applicant,
    Application,
    Certificate,
    FeeItem,
    ItemQuestion,
    LicenceItem,
    ServiceRating,
    SupervisionInspector,
    SupervisionRecord,
    acts,
)
from models.database import GuardedSession, db
from models.enums import (
    ApplicationKind,
    ApplicationStatus,
    BasisLevel,
    CertificateChangeKind,
    CheckKind,
    CheckResult,
    RatingLevel,
)
from tests.certificates import changed, granted_about
from tests.factories import MONDAY, Office
from tests.views.portal_site import case_of, fill_portal, in_english, paper_of, words_of
from tests.views.test_portal_apply import NEW, NEW_ID, URL, newest
from tests.web import Browser, close, opened_site

OWN, FIRM = "自有窑厂", "长河窑业有限公司"


@pytest.fixture
def portal(sqlite_databases: Any) -> Iterator[Flask]:
    """The site as the public meets it."""
    site = opened_site(sqlite_databases.fresh(fill_portal))
    yield site
    close(site)


@pytest.fixture
def public(portal: Flask) -> Browser:
    """Somebody without an account."""
    return Browser(portal)


@pytest.fixture
def applicant(portal: Flask) -> Browser:
    """Who applies, signed in."""
    browser = Browser(portal)
    browser.sign_in("applicant")
    return browser


@contextmanager
def office_of(site: Flask) -> Iterator[Office]:
    """The office behind the site, to bring its cases further."""
    with site.app_context():
        engine = db.engine
    with GuardedSession(engine) as session:
        yield Office(session, count(970))


def item_of(office: Office) -> LicenceItem:
    return office.session.scalars(select(LicenceItem).filter_by(code="kiln")).one()


def own_record(office: Office) -> Applicant:
    return office.session.scalars(select(Applicant).filter_by(name=OWN)).one()


# --- the guide ----------------------------------------------------------------------------------


def published_with(site: Flask, **version: Any) -> None:
    with office_of(site) as office:
        office.item(item={"code": "dear", "name": "收费事项", "name_en": "Dear item"}, **version)


def fee(**values: Any) -> FeeItem:
    return FeeItem(
        **{
            "position": 1, "name": "检验费", "name_en": "Testing fee", "amount_fen": 12_050,
            "unit": "台", "basis": "《窑炉条例》第九条", "basis_level": BasisLevel.LAW,
            "starts_on": MONDAY, **values,
        }
    )  # fmt: skip


def test_the_fee_in_force_is_published_with_its_basis(portal: Flask, public: Browser) -> None:
    """Art. 58, 59: only what a law sets is charged, by its published standard."""
    ended = fee(
        position=2, name="旧费", starts_on=MONDAY - timedelta(9), ends_on=MONDAY - timedelta(1)
    )
    published_with(portal, fees=[fee(), ended])
    told = words_of(public.get("/items/dear"))
    assert "收费 检验费: 120.50 元 / 台；收费依据：《窑炉条例》第九条（法律）" in told
    assert "旧费" not in told
    told = words_of(in_english(public).get("/items/dear"))
    assert "Testing fee: 120.50 yuan" in told


def test_a_fee_that_has_not_begun_is_none(portal: Flask, public: Browser) -> None:
    """Art. 58"""
    published_with(portal, fees=[fee(starts_on=MONDAY + timedelta(days=1))])
    assert "收费 不收费" in words_of(public.get("/items/dear"))


def test_the_elements_of_the_national_list_are_told_in_both_languages(
    portal: Flask, public: Browser
) -> None:
    """Art. 30: what the catalogue holds is published; what it leaves empty makes no line."""
    published_with(
        portal,
        place="二楼三号窗口", place_en="Window 3, second floor",
        opening_hours="工作日九点", opening_hours_en="Working days from nine",
        consultation="咨询台", consultation_en="The desk",
        complaints="监察室", complaints_en="The supervision office",
        procedure_text="先看后批", procedure_text_en="First look, then decide",
        has_booking=True, by_courier=True, visits_needed=0,
        questions=[ItemQuestion(position=1, question="多久？", question_en="How long?",
                                answer="五天", answer_en="Five days")],
    )  # fmt: skip
    told = words_of(public.get("/items/dear"))
    for said in ("地点 二楼三号窗口", "工作日九点", "咨询方式 咨询台", "监督投诉方式 监察室",
                 "先看后批", "窗口办理、网上办理、快递申请", "全程不需到现场", "预约办理",
                 "多久？ 五天", "材料齐全即可", "申请书示范文本"):  # fmt: skip
        assert said in told, said
    assert "通办范围" not in told
    told = words_of(in_english(public).get("/items/dear"))
    for said in ("Window 3, second floor", "Working days from nine", "The desk", "How long?",
                 "Five days", "First look, then decide"):  # fmt: skip
        assert said in told, said


# --- applying -----------------------------------------------------------------------------------

AGENT = {"agent_name": "代办生", "agent_identity_number": NEW_ID, "agent_phone": "19900006789"}


def test_an_agent_is_named_and_needs_his_power_of_attorney(
    portal: Flask, applicant: Browser
) -> None:
    """Art. 29: an application may be made through an agent."""
    answer = applicant.post(URL, {**NEW, **AGENT, "deed": "submit"})
    case = newest(portal)
    assert (case.agent_name, case.agent_identity_number) == ("代办生", NEW_ID)
    told = words_of(applicant.get(answer.location))
    assert "尚缺材料 申请书 委托书" in told
    applicant.post(URL, {**NEW, "identity_number": NEW_ID, "applicant": str(case.applicant_id),
                         "deed": "submit"})  # fmt: skip
    second = newest(portal)
    assert (second.agent_name, second.agent_identity_number) == ("", None)
    assert "尚缺材料 申请书 材料" in words_of(applicant.get(f"/track/{second.number}"))


@pytest.mark.parametrize(
    ("change", "beside"),
    [
        ({"agent_identity_number": NEW_ID[:-1] + ("1" if NEW_ID[-1] != "1" else "2")},
         "agent_identity_number"),
        ({"agent_name": ""}, "agent_name"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_agent_stands_beside_its_field(
    applicant: Browser, change: dict[str, str], beside: str
) -> None:
    """Art. 29"""
    answer = applicant.post(URL, {**NEW, **AGENT, **change, "deed": "submit"})
    assert answer.status_code == 422
    assert f'id="{beside}-errors"' in answer.text
    assert 'value="19900006789"' in answer.text


def test_what_stands_against_a_renewal_stands_beside_its_field(
    portal: Flask, applicant: Browser
) -> None:
    """Art. 50: the reason is said in words, and the draft is kept."""
    with office_of(portal) as office:
        paper = office.granted(item=item_of(office), applicant=own_record(office)).certificate
        changed(office, paper, CertificateChangeKind.REVOKE)
        number, own = paper.number, paper.holder_id
    typed = {"kind": "RENEWAL", "certificate_number": number, "applicant": str(own),
             "applicant_kind": "PERSON", "deed": "submit", "summary": "续一年"}  # fmt: skip
    answer = applicant.post(URL, typed)
    assert answer.status_code == 422
    errors = answer.text.split('id="certificate_number-errors"')[1].split("</ul>")[0]
    assert "<li>" in errors
    draft = newest(portal)
    assert draft.status is ApplicationStatus.DRAFT
    assert f'name="draft" type="hidden" value="{draft.number}"' in answer.text
    assert "续一年" in answer.text


def test_only_what_the_item_knows_can_be_applied_for(portal: Flask, applicant: Browser) -> None:
    """Art. 9, 50: what does not end is not renewed, what is not transferable not passed on."""
    page = applicant.get(URL).text
    assert 'value="RENEWAL"' in page
    assert 'value="TRANSFER"' not in page
    published_with(portal, is_transferable=True, certificate_months=None)
    page = applicant.get("/apply/dear").text
    assert 'value="RENEWAL"' not in page
    assert 'value="TRANSFER"' in page


# --- one's own case -----------------------------------------------------------------------------


def test_a_second_notice_is_told_when_it_was_sent(portal: Flask, applicant: Browser) -> None:
    """Art. 32(4): once; a second one waits for the head and is not told before."""
    case = case_of(portal, OWN, status=ApplicationStatus.CORRECTING)
    with office_of(portal) as office:
        row = office.session.get_one(Application, case.id)
        with office.acts("applicant", MONDAY):
            acts.intake.answer_correction(row, row.item_version.materials[:1])
        with office.acts("clerk", MONDAY):
            acts.intake.ask_correction(row, "另需原件", reason="复印件不清")
        assert "另需原件" not in applicant.get(f"/track/{case.number}").text
        with office.acts("head", MONDAY) as session:
            acts.intake.approve_second_notice(session, row)
    told = words_of(applicant.get(f"/track/{case.number}"))
    assert "第二次补正告知" in told
    assert "另需原件 再次告知的原因：复印件不清" in told


def test_the_right_to_a_hearing_is_told_with_its_last_day(
    portal: Flask, applicant: Browser
) -> None:
    """Art. 47: five working days, free of charge, at the window."""
    case = case_of(portal, OWN, status=ApplicationStatus.ACCEPTED)
    with office_of(portal) as office:
        row = office.session.get_one(Application, case.id)
        with office.acts("reviewer", MONDAY):
            acts.hearing.tell_of_hearing(row)
        assert row.hearings[0].request_due_on == date(2025, 3, 10)
    told = words_of(applicant.get(f"/track/{case.number}"))
    assert "申请听证期限 2025-03-10" in told
    assert "不收取费用" in told
    version = re.search(
        r'name="version" value="(\d+)"', applicant.get(f"/track/{case.number}").text
    )
    assert version
    done = applicant.post(f"/track/{case.number}/waive_hearing", {"version": version[1]})
    assert done.status_code == 302
    with office_of(portal) as office:
        row = office.session.get_one(Application, case.id)
        assert row.hearings[0].waived_on == MONDAY


def own_finished(site: Flask) -> str:
    """The number of a case of the reader's own that ended with its certificate."""
    with office_of(site) as office:
        number: str = office.delivered(item=item_of(office), applicant=own_record(office)).number
        return number


def ratings(site: Flask) -> list[tuple[RatingLevel, bool, str]]:
    with site.app_context():
        rows = db.session.scalars(select(ServiceRating).order_by(ServiceRating.id))
        return [(r.level, r.is_follow_up, r.text) for r in rows]


def test_the_service_is_rated_once_in_five_levels(portal: Flask, applicant: Browser) -> None:
    """好差评: five levels, by the applicant, once."""
    url = f"/track/{own_finished(portal)}"
    assert len(re.findall('type="radio" name="level"', applicant.get(url).text)) == 5
    answer = applicant.post(f"{url}/rating", {"level": "SATISFIED", "text": "很快"})
    assert answer.location == url
    told = words_of(applicant.get(url))
    assert "感谢您的评价" in told
    assert "很快" in told
    assert 'name="level"' not in applicant.get(url).text
    answer = applicant.post(f"{url}/rating", {"level": "VERY_SATISFIED"})
    assert answer.status_code == 422
    assert ratings(portal) == [(RatingLevel.SATISFIED, False, "很快")]


def test_a_bad_rating_is_followed_up_when_it_was_put_right(
    portal: Flask, applicant: Browser
) -> None:
    """好差评: after the rectification the applicant rates once more (追评)."""
    url = f"/track/{own_finished(portal)}"
    applicant.post(f"{url}/rating", {"level": "UNSATISFIED", "text": "等候太久"})
    assert 'name="level"' not in applicant.get(url).text
    with office_of(portal) as office:
        given = office.session.scalars(select(ServiceRating)).one()
        assert given.rectification is not None
        with office.acts("manager", MONDAY) as session:
            acts.supervision.contact(session, given.rectification)
        with office.acts("manager", MONDAY):
            acts.supervision.rectify(given.rectification, "已增设窗口")
    told = words_of(applicant.get(url))
    assert "已整改：已增设窗口" in told
    assert "请追加评价" in told
    assert applicant.post(f"{url}/rating", {"level": "SATISFIED"}).location == url
    assert [r[:2] for r in ratings(portal)] == [
        (RatingLevel.UNSATISFIED, False), (RatingLevel.SATISFIED, True),
    ]  # fmt: skip


def test_nobody_else_rates_and_nothing_unfinished(portal: Flask, applicant: Browser) -> None:
    """好差评"""
    url = f"/track/{own_finished(portal)}"
    assert applicant.post(f"{url}/rating", {"level": ""}).status_code == 422
    assert applicant.post(f"{url}/rating", {"level": "SUPERB"}).status_code == 400
    early = case_of(portal, OWN, status=ApplicationStatus.CORRECTING).number
    assert applicant.post(f"/track/{early}/rating", {"level": "SATISFIED"}).status_code == 422
    other = Browser(portal)
    other.sign_in("applicant2")
    assert other.post(f"{url}/rating", {"level": "SATISFIED"}).status_code == 404
    assert Browser(portal).post(f"{url}/rating", {"level": "SATISFIED"}).status_code == 302
    old = {"csrf_token": "old", "level": "SATISFIED"}
    assert applicant.client.post(f"{url}/rating", data=old).status_code == 400
    assert ratings(portal) == []


# --- the register -------------------------------------------------------------------------------


def reissued(site: Flask) -> tuple[Certificate, Certificate]:
    """A certificate of the firm's and the edition that has replaced it."""
    with office_of(site) as office:
        paper = office.session.scalars(select(Certificate).filter_by(holder_name=FIRM)).one()
        newer = granted_about(office, ApplicationKind.REISSUE, paper, MONDAY).certificate
        assert newer is not None
        found = (paper, newer)
        for row in found:
            office.session.refresh(row)
        office.session.expunge_all()
        return found


def test_an_older_edition_says_which_one_superseded_it(portal: Flask, public: Browser) -> None:
    """Art. 49, 50: the newest edition counts."""
    old, new = reissued(portal)
    told = words_of(public.get(f"/verify/{old.verify_token}"))
    assert "已被同一编号、2025-03-03 核发的第 2 版替代" in told
    assert "standing ended" in public.get(f"/verify/{old.verify_token}").text
    page = public.get(f"/verify/{new.verify_token}").text
    assert "替代" not in page
    assert "standing holds" in page
    assert old.verify_token not in page


def test_a_secret_edition_is_not_described(portal: Flask, public: Browser) -> None:
    """Art. 5"""
    old, new = reissued(portal)
    with office_of(portal) as office:
        case = office.session.get_one(Application, new.application_id)
        with office.acts("clerk", MONDAY):
            acts.publicity.keep_out_of_the_register(case, "涉及国家秘密")
    told = words_of(public.get(f"/verify/{old.verify_token}"))
    assert "已被同一编号的新版证照替代" in told
    assert "第 2 版" not in words_of(public.get(f"/register/{old.number}"))


def test_the_entry_shows_every_edition_the_newest_first(portal: Flask, public: Browser) -> None:
    """Art. 40"""
    old, _new = reissued(portal)
    assert f'href="/register/{old.number}"' in public.get("/register/").text
    told = words_of(public.get(f"/register/{old.number}"))
    assert told.index("第 2 版") < told.index("第 1 版")
    assert "edition 2" in words_of(in_english(public).get(f"/register/{old.number}"))


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (CertificateChangeKind.REVOKE, "撤销"),
        (CertificateChangeKind.WITHDRAW, "撤回"),
        (CertificateChangeKind.PUNITIVE_REVOKE, "吊销"),
        (CertificateChangeKind.CANCEL, "注销"),
    ],
)
def test_how_a_permit_ended_is_public(
    portal: Flask, public: Browser, kind: CertificateChangeKind, words: str
) -> None:
    """Art. 8, 69, 70: each end has its own word, in the list, the entry and the verification."""
    with office_of(portal) as office:
        paper = office.session.scalars(select(Certificate).filter_by(holder_name=FIRM)).one()
        changed(office, paper, kind)
        number, token = paper.number, paper.verify_token
    for path in ("/register/", f"/register/{number}", f"/verify/{token}"):
        assert words in words_of(public.get(path)), path
    assert "standing ended" in public.get(f"/verify/{token}").text


def test_a_cancellation_is_no_new_permit(portal: Flask, public: Browser) -> None:
    """Art. 70: the register shows the permit as cancelled, not a permit to cancel."""
    before = public.get("/register/").text.count("<tr>")
    with office_of(portal) as office:
        paper = office.session.scalars(select(Certificate).filter_by(holder_name=FIRM)).one()
        granted_about(office, ApplicationKind.CANCELLATION, paper, MONDAY)
    assert public.get("/register/").text.count("<tr>") == before
    assert "注销" in words_of(public.get(f"/register/{paper_of(portal, FIRM).number}"))


def supervised(office: Office, paper: Certificate, findings: str, **values: Any) -> None:
    record = SupervisionRecord(
        certificate=paper, visited_on=MONDAY, kind=CheckKind.SITE_VISIT, findings=findings,
        **{"result": CheckResult.CONFORMS, **values},
    )  # fmt: skip
    with office.acts("reviewer", MONDAY) as session:
        record.inspectors = [
            SupervisionInspector(user=office.user(name)) for name in ("reviewer", "reviewer2")
        ]
        session.add(record)
    with office.acts("reviewer", MONDAY) as session:
        acts.supervision.sign(session, record)


def test_the_public_reads_how_a_holder_was_supervised(portal: Flask, public: Browser) -> None:
    """Art. 61: the public may consult the records; not those kept back, and no officer's name."""
    with office_of(portal) as office:
        paper = office.session.scalars(select(Certificate).filter_by(holder_name=FIRM)).one()
        supervised(office, paper, "窑温合格")
        supervised(office, paper, "窑门须修", result=CheckResult.TO_BE_CORRECTED,
                   correct_by_on=date(2025, 4, 1))  # fmt: skip
        supervised(office, paper, "内部情况", is_public=False)
        number = paper.number
    told = words_of(public.get(f"/register/{number}"))
    assert "窑温合格" in told
    assert "责令 2025-04-01 前改正" in told
    assert "内部情况" not in told
    assert "reviewer" not in told


@pytest.mark.parametrize("number", ["nothing", "%25", "x" * 300, "a/b"])
def test_what_is_not_in_the_register_has_no_entry(public: Browser, number: str) -> None:
    answer = public.get(f"/register/{number}")
    assert answer.status_code == 404
    assert "许可公示中没有这一编号的证照" in answer.text


def test_a_secret_permit_has_no_entry(portal: Flask, public: Browser) -> None:
    """Art. 5"""
    number = paper_of(portal, "静默研究所").number
    assert public.get(f"/register/{number}").status_code == 404
    with portal.app_context():
        assert db.session.scalars(select(Certificate).filter_by(number=number)).one()
