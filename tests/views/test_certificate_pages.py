"""The life of a certificate through the pages of the panel."""

from collections.abc import Callable
from html import unescape
from itertools import count
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from models import Applicant, Application, Certificate, CertificateChange, acts
from models.database import GuardedSession, db
from models.enums import (
    ApplicationKind,
    ApplicationStatus,
    CertificateChangeKind,
    CertificateStatus,
)
from tests.certificates import about, changed, paper_of
from tests.factories import MONDAY, Office
from tests.views.casework import CasePage, cases, fill_casework
from tests.web import Browser, close, fill_site, opened_site

NEW = "/admin/certificate_change/new/"
TEXTS = {
    "legal_basis": "第六十九条",
    "reasons": "核查情况属实。",
    "remedies": "六十日内申请复议",
}
SUSPENSION = {"kind": "SUSPEND", "ground": "CONDITIONS_NOT_KEPT", **TEXTS}


def _paper(site: Flask) -> Any:
    with site.app_context():
        return db.session.execute(
            select(
                Certificate.id, Certificate.number, Certificate.status, Certificate.holder_id
            ).order_by(Certificate.id)
        ).first()


def _changes(site: Flask) -> list[Any]:
    with site.app_context():
        rows = select(
            CertificateChange.id, CertificateChange.kind, CertificateChange.effective_on
        ).order_by(CertificateChange.id)
        return list(db.session.execute(rows))


def _in_english(browser: Browser) -> Browser:
    browser.get("/language/en")
    return browser


def _propose(browser: Browser, paper: Any, **typed: str) -> Any:
    form = browser.form(f"{NEW}?certificate={paper.id}")
    assert paper.number in form["certificate"]
    return browser.post(NEW, {**form, **typed})


def _answer(browser: Browser, change: int, action: str) -> Any:
    return browser.post(
        "/admin/certificate_change/action/", {"action": action, "rowid": str(change)}
    )


@pytest.fixture
def signed(signed_in: Callable[[str], Browser]) -> Callable[[str], Browser]:
    """Sign an account in, in English."""
    return lambda name: _in_english(signed_in(name))


def test_a_suspension_is_proposed_approved_and_shown(
    site: Flask, signed: Callable[[str], Browser]
) -> None:
    """Art. 69, 70: proposed on one page, approved on another by the head."""
    paper = _paper(site)
    details = f"/admin/certificate/details/?id={paper.id}"
    reviewer, head = signed("reviewer"), signed("head")
    page = reviewer.get(details).text
    assert f"{NEW}?certificate={paper.id}" in page
    assert "Editions" in page
    assert _propose(reviewer, paper, **SUSPENSION).status_code == 302
    change = _changes(site)[0]
    assert (change.effective_on, _paper(site).status) == (None, CertificateStatus.VALID)
    assert _answer(reviewer, change.id, "approve").status_code == 403
    assert _answer(head, change.id, "approve").status_code == 302
    assert _changes(site)[0].effective_on is not None
    assert _paper(site).status is CertificateStatus.SUSPENDED
    page = head.get(details).text
    assert "Permit suspended" in page
    assert "Suspend the permit" in page


def test_the_head_turns_a_proposal_down_on_its_page(
    site: Flask, signed: Callable[[str], Browser]
) -> None:
    paper, head = _paper(site), signed("head")
    _propose(signed("reviewer"), paper, **SUSPENSION)
    change = _changes(site)[0]
    page = head.get(f"/admin/certificate_change/details/?id={change.id}").text
    assert 'value="approve"' in page
    assert 'value="reject"' in page
    assert _answer(head, change.id, "reject").status_code == 302
    page = head.get(f"/admin/certificate_change/details/?id={change.id}").text
    assert 'value="approve"' not in page
    assert _paper(site).status is CertificateStatus.VALID


def test_what_the_rules_miss_is_said_beside_its_field(
    site: Flask, signed: Callable[[str], Browser]
) -> None:
    """Art. 69: nothing typed is lost."""
    answer = _propose(
        signed("reviewer"), _paper(site), kind="REVOKE", ground="ULTRA_VIRES", **TEXTS
    )
    assert answer.status_code == 422
    text = unescape(answer.text)
    assert "Say how the holder's loss is made good." in text
    assert TEXTS["reasons"] in text
    assert _changes(site) == []


def test_the_clerk_cancels_a_record_in_force_with_the_head(
    site: Flask, signed: Callable[[str], Browser]
) -> None:
    """Art. 70: proposed from the acceptance post with its proof, and approved by the head."""
    proof = {"proof_number": "注销证明1号", "proof_on": MONDAY.isoformat()}
    typed = {"kind": "CANCEL", "ground": "LEGAL_PERSON_ENDED", **TEXTS, **proof}
    assert _propose(signed("reviewer"), _paper(site), **typed).status_code == 422
    for gap in ({"reasons": "."}, {"proof_number": ""}, {"remedies": ""}):
        assert _propose(signed("clerk"), _paper(site), **typed | gap).status_code == 422
    assert _propose(signed("clerk"), _paper(site), **typed).status_code == 302
    assert _paper(site).status is CertificateStatus.VALID
    assert _answer(signed("clerk"), _changes(site)[0].id, "approve").status_code == 403
    _answer(signed("head"), _changes(site)[0].id, "approve")
    assert _paper(site).status is CertificateStatus.CANCELLED


def test_the_list_finds_the_cancellations_that_are_owed(
    site: Flask, signed: Callable[[str], Browser]
) -> None:
    """Art. 70: what was revoked waits for its cancellation."""
    paper = _paper(site)
    owed = "/admin/certificate/?flt_cancellation_is_owed="
    clerk = signed("clerk")
    assert paper.number not in clerk.get(f"{owed}1").text
    assert paper.number in clerk.get(f"{owed}0").text
    typed = {"kind": "REVOKE", "ground": "ULTRA_VIRES", "compensation": "赔偿", **TEXTS}
    _propose(signed("reviewer"), paper, **typed)
    _answer(signed("head"), _changes(site)[0].id, "approve")
    assert paper.number in clerk.get(f"{owed}1").text
    assert paper.number not in clerk.get(f"{owed}0").text
    assert clerk.get(f"{owed}2").status_code == 400


def test_a_certificate_is_printed_in_both_languages(
    site: Flask, signed: Callable[[str], Browser]
) -> None:
    """Art. 39: by the acceptance duty; what is not in force says so in words."""
    paper = _paper(site)
    address = f"/admin/certificate/print/?id={paper.id}"
    clerk = signed("clerk")
    page = clerk.get(address).text
    for words in (paper.number, "蜂蜜加工许可证", "蜂蜜加工许可", "Honey processing permit"):
        assert words in page
    assert "watermark" not in page
    for name in ("reviewer", "head", "applicant"):
        assert signed(name).get(address).status_code == 403
    _propose(signed("reviewer"), paper, **SUSPENSION)
    _answer(signed("head"), _changes(site)[0].id, "approve")
    assert "Not in force: Permit suspended" in clerk.get(address).text
    assert clerk.get("/admin/certificate/print/?id=9999").status_code == 404


def test_an_applicant_sees_no_proposals(site: Flask, signed: Callable[[str], Browser]) -> None:
    """What the office considers is not yet said to the holder."""
    assert signed("applicant").get("/admin/certificate_change/").status_code == 403


def test_an_amendment_is_taken_in_by_the_form(
    site: Flask, signed: Callable[[str], Browser]
) -> None:
    """Art. 49: the kind and the present certificate stand on the form of a new case."""
    paper, clerk = _paper(site), signed("clerk")
    with site.app_context():
        row = db.session.get_one(Certificate, paper.id)
        item, holder = row.licence_item_id, db.session.get_one(Applicant, paper.holder_id).id
    found = clerk.get(
        f"/admin/application/ajax/lookup/?name=prior_certificate&query={paper.number}"
    )
    assert [key for key, _title in found.get_json()] == [paper.id]
    form = clerk.form("/admin/application/new/")
    assert form["kind"] == "NEW"
    typed = {
        **form, "licence_item": str(item), "applicant": str(holder), "kind": "AMENDMENT",
    }  # fmt: skip
    refused = clerk.post("/admin/application/new/", typed)
    assert refused.status_code == 422
    assert "Name the certificate that the application is about." in unescape(refused.text)
    typed["prior_certificate"] = str(paper.id)
    assert clerk.post("/admin/application/new/", typed).status_code == 302
    with site.app_context():
        case = db.session.scalars(select(Application).order_by(Application.id.desc())).first()
        assert case is not None
        assert (case.kind, case.prior_certificate_id) == (ApplicationKind.AMENDMENT, paper.id)
        number = case.number
    page = clerk.get(f"/admin/application/{number}/").text
    assert "Amendment" in page
    assert paper.number in page


def test_who_collected_a_certificate_is_typed_at_its_delivery(
    sqlite_databases: Any,
) -> None:
    """Art. 44: the name of the recipient, beside the method."""
    desk = opened_site(sqlite_databases.fresh(fill_casework))
    number = cases(desk, status="GRANTED")[0]
    browser = Browser(desk)
    browser.sign_in("clerk")
    page = CasePage(browser, number)
    assert page.act("deliver", delivery_method="WINDOW", recipient_name="林晓青").status_code == 302
    assert "林晓青" in page.text
    close(desk)


def test_the_page_says_beforehand_why_there_is_no_grant(sqlite_databases: Any) -> None:
    """Art. 50, 57: a used-up quota and an ended certificate stand beside the button."""
    engine = sqlite_databases.fresh(fill_site)
    with GuardedSession(engine) as session:
        office = Office(session, count(700))
        item = office.item(quota=1)
        office.granted(MONDAY, item)
        crowded = office.reviewed(MONDAY, item).number
        paper = paper_of(office)
        amended = about(office, ApplicationKind.AMENDMENT, paper)
        with office.acts("clerk", MONDAY):
            acts.intake.move(amended, ApplicationStatus.ACCEPTED)
        office.review(amended, MONDAY)
        changed(office, paper, CertificateChangeKind.SUSPEND)
        stopped = amended.number
    site = opened_site(engine)
    browser = _in_english(Browser(site))
    browser.sign_in("decider")
    for number, words in (
        (crowded, "All 1 permits that the quota allows are in force."),
        (stopped, "The certificate is not in force."),
    ):
        page = CasePage(browser, number)
        assert words in page.text
        assert not page.offers("grant")
        assert page.offers("refuse")
    close(site)
