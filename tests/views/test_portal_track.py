"""Where a case stands, for who applied: by number and four characters, or in his account."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from admin_site import create_app
from models import Applicant
from models.database import db
from models.enums import ApplicationStatus
from tests.views.casework import CasePage, status_of, version_of
from tests.views.portal_site import (
    ID_NUMBER,
    PERSON_NAME,
    PHONE,
    REFUSED_NAME,
    case_of,
    fill_portal,
    in_english,
    words_of,
)
from tests.web import Browser, close, opened_site

OWN = "自有窑厂"
NEUTRAL = "没有与该办件号和后四位相符的办件"


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
    """Who has applied, signed in."""
    browser = Browser(portal)
    browser.sign_in("applicant")
    return browser


def asks(browser: Browser, number: str, last: str) -> Any:
    return browser.post("/track", {"number": number, "last": last})


# --- without an account -----------------------------------------------------------------------


@pytest.mark.parametrize("last", [ID_NUMBER[-4:], ID_NUMBER[-4:].lower(), PHONE[-4:]])
def test_four_characters_open_the_case(portal: Flask, public: Browser, last: str) -> None:
    """Art. 33: who applies can follow his case."""
    number = case_of(portal, PERSON_NAME, status=ApplicationStatus.RECEIVED).number
    answer = asks(public, f" {number.lower()} ", last)
    assert (answer.status_code, answer.location) == (302, f"/track/{number}")
    told = words_of(public.get(answer.location))
    assert "答复期限 2025-03-10" in told
    assert "自收到申请材料之日起即为受理" in told
    assert "撤回申请" not in told
    assert "Receipt" in words_of(in_english(public).get(answer.location))


def test_every_wrong_question_gets_the_same_words(portal: Flask, public: Browser) -> None:
    number = case_of(portal, PERSON_NAME).number
    draft = case_of(portal, "青石食品有限公司").number
    pairs = ((number, "0000"), ("X-2025-000099", ID_NUMBER[-4:]), (number, ""), ("", ""),
             (number, ID_NUMBER), (draft, "000"), (number, "ü" * 4))  # fmt: skip
    for typed, last in pairs:
        answer = asks(public, typed, last)
        assert answer.status_code == 422
        assert NEUTRAL in answer.text
        assert f'value="{typed}"' in answer.text
        assert 'id="last" name="last" maxlength="4" autocomplete="off"' in answer.text


def test_who_has_not_asked_sees_nothing(portal: Flask, public: Browser) -> None:
    for number in (case_of(portal, PERSON_NAME).number, "X-2025-000099"):
        answer = public.get(f"/track/{number}")
        assert (answer.status_code, answer.location) == (302, "/track")


def test_one_question_opens_one_case_only(portal: Flask, public: Browser) -> None:
    asks(public, case_of(portal, PERSON_NAME).number, PHONE[-4:])
    assert public.get(f"/track/{case_of(portal, REFUSED_NAME).number}").status_code == 302


def test_who_only_asked_does_nothing_to_the_case(portal: Flask, public: Browser) -> None:
    case = case_of(portal, PERSON_NAME, status=ApplicationStatus.RECEIVED)
    asks(public, case.number, PHONE[-4:])
    answer = public.post(f"/track/{case.number}/withdraw", {"version": str(case.version)})
    assert answer.location == "/login?next=%2Ftrack"
    assert status_of(portal, case.number) is ApplicationStatus.RECEIVED


def test_a_refusal_names_the_remedies_and_keeps_its_reasons(portal: Flask, public: Browser) -> None:
    """Art. 38: the remedies are told; the reasons are for who applied."""
    case = case_of(portal, REFUSED_NAME)
    with portal.app_context():
        number = case.number
    owner = Browser(portal)
    owner.sign_in("applicant2")
    told = words_of(owner.get(f"/track/{number}"))
    assert "理由 窑炉不符合要求" in told
    assert "六十日内申请行政复议" in told
    assert "不予许可" in told
    digits = _last_of(portal, REFUSED_NAME)
    assert asks(public, number, digits).status_code == 302
    told = words_of(public.get(f"/track/{number}"))
    assert "六十日内申请行政复议" in told
    assert "窑炉不符合要求" not in told


def _last_of(site: Flask, name: str) -> str:
    with site.app_context():
        found = db.session.query(Applicant.identity_number).filter_by(name=name).scalar()
        return str(found)[-4:]


def test_too_many_questions_are_not_heard(portal: Flask) -> None:
    limited = create_app({**portal.config, "RATELIMIT_ENABLED": True})
    browser = Browser(limited)
    number = case_of(portal, PERSON_NAME).number
    answers = [asks(browser, number, f"{guess:04}").status_code for guess in range(8)]
    assert answers == [422] * 8
    answer = asks(browser, number, PHONE[-4:])
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "尝试次数过多" in answer.text
    assert asks(browser, case_of(portal, REFUSED_NAME).number, "0000").status_code == 422
    close(limited)


# --- in one's own account -----------------------------------------------------------------------


def test_an_applicant_finds_his_own_cases(portal: Flask, applicant: Browser) -> None:
    told = words_of(applicant.get("/track"))
    assert case_of(portal, OWN).number in told
    assert "补正" in told
    assert case_of(portal, REFUSED_NAME).number not in told


def test_a_foreign_case_is_not_there(portal: Flask, applicant: Browser) -> None:
    number = case_of(portal, REFUSED_NAME).number
    assert applicant.get(f"/track/{number}").status_code == 404
    assert applicant.post(f"/track/{number}/withdraw", {"version": "1"}).status_code == 404
    assert applicant.get("/track/L-1").status_code == 404


def test_an_officer_withdraws_nothing_here(portal: Flask) -> None:
    clerk = Browser(portal)
    clerk.sign_in("clerk")
    case = case_of(portal, OWN)
    answer = clerk.post(f"/track/{case.number}/withdraw", {"version": str(case.version)})
    assert answer.status_code == 403
    assert "申请人账号" in answer.text


def test_a_pause_says_until_when_and_why(portal: Flask, applicant: Browser) -> None:
    """Art. 45: the applicant is told what is not counted, and how long."""
    number = case_of(portal, OWN, status=ApplicationStatus.ACCEPTED).number
    told = words_of(applicant.get(f"/track/{number}"))
    assert "暂停，预计至 2025-03-03" in told
    assert "检通1号" in told
    for person in ("clerk", "reviewer"):
        assert person not in told


def test_the_dates_of_a_running_case_have_a_meaning(portal: Flask, applicant: Browser) -> None:
    """Art. 42: the promised and the statutory date."""
    number = case_of(portal, OWN, status=ApplicationStatus.ACCEPTED).number
    reviewer = Browser(portal)
    reviewer.sign_in("reviewer")
    assert CasePage(reviewer, number).act("resume").status_code == 302
    told = words_of(applicant.get(f"/track/{number}"))
    assert "承诺决定日期 2025-03-24" in told
    assert "法定决定日期 2025-03-31" in told


def test_the_notice_is_read_and_answered(portal: Flask, applicant: Browser) -> None:
    """Art. 32(4): everything that is missing is told once, and handed in at once."""
    case = case_of(portal, OWN, status=ApplicationStatus.CORRECTING)
    page = applicant.get(f"/track/{case.number}")
    assert "缺少申请书" in page.text
    empty = applicant.post(
        f"/track/{case.number}/answer", {"version": version_of(portal, case.number)}
    )
    assert empty.status_code == 422
    assert "补正须至少提交告知书所列材料之一" in empty.text
    boxes = [part.split('"')[0] for part in page.text.split('name="materials" value="')[1:]]
    answer = applicant.post(
        f"/track/{case.number}/answer",
        {"version": version_of(portal, case.number), "materials": boxes},
    )
    assert answer.location == f"/track/{case.number}"
    assert status_of(portal, case.number) is ApplicationStatus.RECEIVED
    told = words_of(applicant.get(f"/track/{case.number}"))
    assert "申请书 已提交" in told
    assert "2025-03-03 已补正" in told


def test_a_case_is_withdrawn_by_who_applied(portal: Flask, applicant: Browser) -> None:
    case = case_of(portal, OWN, status=ApplicationStatus.ACCEPTED)
    url = f"/track/{case.number}"
    answer = applicant.post(f"{url}/withdraw", {"version": version_of(portal, case.number)})
    assert answer.location == url
    assert status_of(portal, case.number) is ApplicationStatus.WITHDRAWN
    answer = applicant.post(f"{url}/withdraw", {"version": version_of(portal, case.number)})
    assert answer.status_code == 422
    assert "现在不能这样办理" in answer.text


def test_what_has_changed_meanwhile_is_said(portal: Flask, applicant: Browser) -> None:
    case = case_of(portal, OWN, status=ApplicationStatus.CORRECTING)
    boxes = applicant.get(f"/track/{case.number}").text.split('name="materials" value="')
    key = boxes[1].split('"')[0]
    answer = applicant.post(f"/track/{case.number}/answer", {"version": "0", "materials": [key]})
    assert answer.status_code == 409
    assert "办件已有变动" in answer.text
    assert f'value="{key}" id="m-{key}" checked' in answer.text
    assert status_of(portal, case.number) is ApplicationStatus.CORRECTING


def test_an_expired_token_loses_nothing(portal: Flask, applicant: Browser) -> None:
    case = case_of(portal, OWN, status=ApplicationStatus.CORRECTING)
    key = applicant.get(f"/track/{case.number}").text.split('name="materials" value="')[1]
    key = key.split('"')[0]
    answer = applicant.client.post(
        f"/track/{case.number}/answer",
        data={"csrf_token": "old", "version": str(case.version), "materials": [key]},
    )
    assert answer.status_code == 400
    assert f'id="m-{key}" checked' in answer.text
    assert status_of(portal, case.number) is ApplicationStatus.CORRECTING


@pytest.mark.parametrize(("deed", "status"), [("nothing", 404), ("submit", 422), ("bring", 422)])
def test_what_cannot_be_done_is_refused(
    portal: Flask, applicant: Browser, deed: str, status: int
) -> None:
    case = case_of(portal, OWN, status=ApplicationStatus.CORRECTING)
    answer = applicant.post(f"/track/{case.number}/{deed}", {"version": str(case.version)})
    assert answer.status_code == status
    assert status_of(portal, case.number) is ApplicationStatus.CORRECTING


def test_what_may_follow_comes_after_acceptance(portal: Flask, applicant: Browser) -> None:
    """容缺: a material that may follow is handed in while the case runs."""
    own = case_of(portal, OWN, status=ApplicationStatus.ACCEPTED)
    assert "补交容缺材料" not in applicant.get(f"/track/{own.number}").text
    number = case_of(portal, "迟交窑厂").number
    url = f"/track/{number}"
    page = applicant.get(url).text
    key = page.split('name="materials" value="')[1].split('"')[0]
    version = version_of(portal, number)
    assert applicant.post(f"{url}/bring", {"version": version}).status_code == 422
    answer = applicant.post(f"{url}/bring", {"version": version, "materials": [key]})
    assert answer.location == url
    assert "健康证明 已提交" in words_of(applicant.get(url))
    assert status_of(portal, number) is ApplicationStatus.ACCEPTED
