"""The register and the verification of certificates: public, and no more than the law publishes."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from flask import Flask

from models import Application, Certificate
from models.acting import SYSTEM, acting_as
from models.database import GuardedSession, db
from models.enums import CertificateStatus
from tests.factories import MONDAY, Office
from tests.views.casework import CasePage
from tests.views.portal_site import (
    ID_NUMBER,
    PERSON_NAME,
    PHONE,
    REFUSED_NAME,
    SECRET_NAME,
    case_of,
    fill_portal,
    in_english,
    paper_of,
    words_of,
)
from tests.web import Browser, close, opened_site
from views.portal import register
from views.portal.verify import standing_of


@pytest.fixture
def portal(databases: Any) -> Iterator[Flask]:
    """The site as the public meets it, once on each system."""
    site = opened_site(databases.fresh(fill_portal))
    yield site
    close(site)


@pytest.fixture
def public(portal: Flask) -> Browser:
    """Somebody without an account."""
    return Browser(portal)


def rows(answer: Any) -> list[str]:
    """The lines of the register."""
    body = answer.text.partition("<tbody>")[2].partition("</tbody>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in body.split("<tr>")[1:]]


def test_what_was_granted_stands_in_the_register(portal: Flask, public: Browser) -> None:
    """Art. 40: the public may consult what was granted."""
    number = paper_of(portal, "长河窑业有限公司").number
    line = next(row for row in rows(public.get("/register/")) if number in row)
    assert "窑炉许可" in line
    assert "长河窑业有限公司 91350100M" in line
    assert "2025-03-03 2026-03-02 有效" in line
    assert any("Kiln permit" in r for r in rows(in_english(public).get("/register/")))


def test_a_person_is_named_by_his_first_letter(portal: Flask, public: Browser) -> None:
    """Art. 5: privacy."""
    line = next(
        r for r in rows(public.get("/register/")) if paper_of(portal, PERSON_NAME).number in r
    )
    assert "柳**" in line


def test_refusals_and_secrets_are_not_published(portal: Flask, public: Browser) -> None:
    """Art. 5, 40"""
    for name in (REFUSED_NAME, SECRET_NAME):
        assert case_of(portal, name).number not in public.get("/register/").text
        assert rows(public.get("/register/", query_string={"q": name})) == []
    number = paper_of(portal, SECRET_NAME).number
    assert rows(public.get("/register/", query_string={"q": number})) == []
    assert number not in public.get("/register/register.csv").text


def test_persons_are_not_looked_for_by_name(portal: Flask, public: Browser) -> None:
    """Art. 5"""
    for term in (PERSON_NAME, "柳", ID_NUMBER, PHONE):
        assert rows(public.get("/register/", query_string={"q": term})) == []
    number = paper_of(portal, PERSON_NAME).number
    assert len(rows(public.get("/register/", query_string={"q": number.lower()}))) == 1


def test_the_register_is_filtered(public: Browser) -> None:
    assert len(rows(public.get("/register/?item=kiln"))) == 2
    assert len(rows(public.get("/register/", query_string={"q": "窑业"}))) == 1
    assert rows(public.get("/register/?q=%25")) == []
    assert public.get("/register/?item=nowhere").status_code == 400


@pytest.mark.parametrize("before", ["x", "2025-03-03", "2025-99-99.1", "2025-03-03.99999999999"])
def test_a_place_that_cannot_be_is_a_bad_request(public: Browser, before: str) -> None:
    assert public.get(f"/register/?before={before}").status_code == 400


def test_the_pages_hold_every_row_once(public: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = rows(public.get("/register/"))
    monkeypatch.setattr("views.portal.register.PAGE_SIZE", 1)
    found, address = [], "/register/"
    while address:
        page = public.get(address)
        found += rows(page)
        older = re.search(r'rel="next" href="([^"]+)"', page.text)
        address = older.group(1).replace("&amp;", "&") if older else ""
    assert found == whole
    assert len(whole) == 3


def test_the_file_holds_what_the_page_shows(
    portal: Flask, public: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = public.get("/register/register.csv")
    assert answer.text.startswith("\ufeff")
    lines = list(csv.reader(StringIO(answer.text[1:])))
    assert len(lines) == 1 + len(rows(public.get("/register/")))
    assert any("柳**" in line for line in lines)
    assert f"最多最新 {register.MOST_EXPORTED} 条" in public.get("/register/").text
    monkeypatch.setattr("views.portal.register.MOST_EXPORTED", 1)
    assert len(list(csv.reader(StringIO(public.get("/register/register.csv").text)))) == 2


def test_no_formula_runs_in_the_file(portal: Flask, public: Browser, databases: Any) -> None:
    with GuardedSession(_engine(portal)) as session:
        office = Office(session, iter(range(900, 950)))
        office.granted(applicant=office.applicant("=HYPERLINK(1)有限公司"))
    assert ",'=HYPERLINK(1)有限公司," in public.get("/register/register.csv").text


def _engine(site: Flask) -> Any:
    with site.app_context():
        return db.engine


# --- verification ---------------------------------------------------------------------------------


def test_a_certificate_is_verified_by_its_own_address(portal: Flask, public: Browser) -> None:
    """Art. 40, 61: everybody can see whether it holds."""
    paper = paper_of(portal, "长河窑业有限公司")
    answer = public.get(f"/verify/{paper.verify_token}")
    told = words_of(answer)
    for fact in (paper.number, "长河窑业有限公司", "窑炉许可", "2026-03-02", "有效"):
        assert fact in told, fact
    assert '<svg viewBox="' in answer.text
    assert "In force" in in_english(public).get(f"/verify/{paper.verify_token}").text


def test_a_person_is_not_named_there(portal: Flask, public: Browser) -> None:
    """Art. 5"""
    told = words_of(public.get(f"/verify/{paper_of(portal, PERSON_NAME).verify_token}"))
    assert "柳**" in told
    assert PERSON_NAME not in told


def test_a_secret_certificate_tells_its_number_only(portal: Flask, public: Browser) -> None:
    """Art. 5"""
    paper = paper_of(portal, SECRET_NAME)
    told = words_of(public.get(f"/verify/{paper.verify_token}"))
    assert paper.number in told
    assert "不予公开" in told
    assert SECRET_NAME not in told
    assert "窑炉许可" not in told


def test_nobody_guesses_a_certificate(portal: Flask, public: Browser) -> None:
    paper = paper_of(portal, "长河窑业有限公司")
    guesses = (paper.number, str(paper.id), "x", "x" * 500, paper.verify_token[:-1], "%25", "ü")
    said = {words_of(public.get(f"/verify/{guess}")) for guess in guesses}
    assert len({re.sub(r"/verify/\S+", "", words) for words in said}) == 1
    assert {public.get(f"/verify/{guess}").status_code for guess in guesses} == {404}
    assert "未核发过" in said.pop()


def test_the_standing_is_that_of_the_day(portal: Flask) -> None:
    paper = paper_of(portal, "长河窑业有限公司")
    assert paper.valid_until is not None
    assert standing_of(paper, paper.valid_until).holds
    with portal.test_request_context():
        after = standing_of(paper, paper.valid_until.replace(year=2027))
        assert not after.holds
        before = standing_of(paper, MONDAY.replace(year=2024))
        assert (before.holds, str(before.words)) == (False, "尚未生效")


def test_what_has_ended_is_said_to_have_ended(portal: Flask, public: Browser) -> None:
    paper = paper_of(portal, "长河窑业有限公司")
    late = MONDAY.replace(year=2027)
    with GuardedSession(_engine(portal)) as session, acting_as(session, SYSTEM, late):
        session.get_one(Certificate, paper.id).status = CertificateStatus.EXPIRED
        session.commit()
    page = public.get(f"/verify/{paper.verify_token}").text
    assert "standing ended" in page
    assert "standing holds" not in page


def test_the_panel_shows_the_address_and_its_code(portal: Flask) -> None:
    paper, clerk = paper_of(portal, "长河窑业有限公司"), Browser(portal)
    clerk.sign_in("clerk")
    page = clerk.get(f"/admin/certificate/details/?id={paper.id}").text
    assert f"/verify/{paper.verify_token}" in page
    assert '<svg viewBox="' in page


def test_the_panel_keeps_a_case_out_of_the_register(portal: Flask) -> None:
    """Art. 5: with its reason, and back again."""
    case = case_of(portal, "长河窑业有限公司")
    clerk = Browser(portal)
    clerk.sign_in("clerk")
    page = CasePage(clerk, case.number)
    assert page.act("keep_out", confidential_reason=" ").status_code == 422
    assert page.act("keep_out", confidential_reason="涉及商业秘密").status_code == 302
    assert case.number not in Browser(portal).get("/register/").text
    assert not page.offers("keep_out")
    assert page.act("let_in").status_code == 302
    with portal.app_context():
        assert not db.session.get_one(Application, case.id).is_confidential


# --- nothing leaks ------------------------------------------------------------------------------


def test_no_public_page_tells_a_number_of_a_person(portal: Flask, public: Browser) -> None:
    """Art. 5: no ID number, no telephone, no address, no whole name of a person, and no officer."""
    token = paper_of(portal, PERSON_NAME).verify_token
    number = case_of(portal, PERSON_NAME).number
    public.post("/track", {"number": number, "last": ID_NUMBER[-4:]})
    paths = ("/", "/items/", "/items/kiln", "/register/", "/register/register.csv",
             f"/verify/{token}", "/track", f"/track/{number}")  # fmt: skip
    for path in paths:
        answer = public.get(path)
        assert answer.status_code == 200, path
        for private in (ID_NUMBER, PHONE, "无名路", PERSON_NAME, "clerk", "decider", "reviewer"):
            assert private not in words_of(answer), (path, private)
