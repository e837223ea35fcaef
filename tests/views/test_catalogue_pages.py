"""Fees at the case, sources and the line of posts at the version, and the figures on their page."""

import csv
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from models import (
    Application,
    FeeCharge,
    FeeItem,
    ItemVersion,
    SourceNote,
    StepTemplate,
    TemplateStep,
    acts,
)
from models.database import GuardedSession, db
from models.enums import BasisLevel, Duty, SourceTag, VersionStatus
from tests.factories import MONDAY, Office
from tests.views.casework import CasePage
from tests.web import Browser, close, fill_site, opened_site

SignIn = Callable[[str], Browser]


def fill_fees(engine: Engine) -> None:
    """What the site has, a case whose version publishes a fee, and a draft with a source."""
    fill_site(engine)
    with GuardedSession(engine) as session:
        office = Office(session)
        office._numbers = iter(range(700, 800))
        version = office.draft()
        with office.acts("admin", MONDAY):
            version.fees = [
                FeeItem(
                    position=1, name="检验费", name_en="Testing fee", amount_fen=2_500, unit="台",
                    basis_level=BasisLevel.LAW, starts_on=MONDAY,
                )
            ]  # fmt: skip
        with office.acts("admin2", MONDAY):
            acts.catalogue.move_version(version, VersionStatus.PUBLISHED)
        office.accepted(MONDAY, version.licence_item)
        draft = office.draft(steps=())
        with office.acts("admin", MONDAY):
            draft.sources = [SourceNote(position=1, subject="ban_months", tag=SourceTag.MEMORY)]
            template = StepTemplate(code="NEW", name="四岗", name_en="Four posts")
            template.steps = [
                TemplateStep(
                    position=place, name=f"环节{place}", name_en="Step", post_name="岗",
                    post_name_en="Post", duty=duty,
                )
                for place, duty in enumerate(
                    (Duty.GUIDANCE, Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION), start=1
                )
            ]  # fmt: skip
            session.add(template)


@pytest.fixture
def site(sqlite_databases: Any) -> Any:
    site = opened_site(sqlite_databases.fresh(fill_fees))
    yield site
    close(site)


def the_draft(site: Flask) -> ItemVersion:
    with site.app_context():
        note = db.session.scalars(select(SourceNote)).one()
        version = note.item_version
        _ = version.steps, version.sources
        return version


def case_with_a_fee(site: Flask) -> str:
    with site.app_context():
        fee = db.session.scalars(select(FeeItem)).one()
        version = fee.item_version_id
        return str(db.session.scalar(select(Application.number).filter_by(item_version_id=version)))


def charges(site: Flask) -> list[tuple[int, int, str | None]]:
    with site.app_context():
        found = db.session.scalars(select(FeeCharge).order_by(FeeCharge.id))
        return [(c.quantity, c.amount_fen, c.receipt_number) for c in found]


def test_a_clerk_charges_a_published_fee_and_takes_its_payment(
    site: Flask, signed_in: SignIn
) -> None:
    """Art. 59: the form offers the fee and asks for no amount."""
    page = CasePage(signed_in("clerk"), case_with_a_fee(site))
    assert "¥25.00 / 台" in page.form("charge")
    assert 'name="amount' not in page.form("charge")
    assert not page.offers("pay")
    with site.app_context():
        fee = db.session.scalars(select(FeeItem.id)).one()
    assert page.act("charge", fee_item=str(fee), quantity="3").status_code == 302
    assert charges(site) == [(3, 7_500, None)]
    assert "¥75.00" in page.text
    with site.app_context():
        charge = db.session.scalars(select(FeeCharge.id)).one()
    answer = page.act("pay", charge=str(charge), receipt_number=" 鲁财0001 ")
    assert answer.status_code == 302
    assert charges(site) == [(3, 7_500, "鲁财0001")]
    assert "鲁财0001" in page.text
    assert not page.offers("pay")


def test_a_typed_amount_is_not_heard(site: Flask, signed_in: SignIn) -> None:
    """Art. 59."""
    page = CasePage(signed_in("clerk"), case_with_a_fee(site))
    with site.app_context():
        fee = db.session.scalars(select(FeeItem.id)).one()
    page.act("charge", fee_item=str(fee), quantity="1", amount_fen="1")
    assert charges(site) == [(1, 2_500, None)]


@pytest.mark.parametrize("typed", [{"fee_item": "999"}, {"quantity": "0"}, {"quantity": ""}])
def test_what_is_no_fee_is_not_charged(
    site: Flask, signed_in: SignIn, typed: dict[str, str]
) -> None:
    page = CasePage(signed_in("clerk"), case_with_a_fee(site))
    with site.app_context():
        fee = str(db.session.scalars(select(FeeItem.id)).one())
    answer = page.act("charge", **{"fee_item": fee, "quantity": "1", **typed})
    assert answer.status_code == 422
    assert charges(site) == []


def test_a_reviewer_is_offered_no_charge(site: Flask, signed_in: SignIn) -> None:
    page = CasePage(signed_in("reviewer"), case_with_a_fee(site))
    assert not page.offers("charge")


def test_a_version_tells_what_is_to_be_verified(site: Flask, signed_in: SignIn) -> None:
    draft = the_draft(site)
    browser = signed_in("admin")
    page = browser.get(f"/admin/item_version/details/?id={draft.id}").text
    assert "待核实要素数" in page
    assert "凭记忆，待核实" in page
    note = {"action": "verify", "rowid": str(draft.sources[0].id)}
    assert browser.post("/admin/source_note/action/", note).status_code == 302
    with site.app_context():
        row = db.session.scalars(select(SourceNote)).one()
        assert (row.is_verified, row.verified_on, row.verified_by.username) == (
            True, MONDAY, "admin",
        )  # fmt: skip


def test_a_draft_takes_the_line_of_four_posts(site: Flask, signed_in: SignIn) -> None:
    draft = the_draft(site)
    line = {"action": "line", "rowid": str(draft.id)}
    assert signed_in("admin").post("/admin/item_version/action/", line).status_code == 302
    duties = [step.duty for step in the_draft(site).steps]
    assert duties == [Duty.GUIDANCE, Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION]


# --- the figures ----------------------------------------------------------------------------


@pytest.mark.parametrize("account", ["head", "manager", "auditor"])
def test_leaders_and_overseers_read_the_figures(signed_in: SignIn, account: str) -> None:
    browser = signed_in(account)
    page = browser.get("/admin/figures/?first=2025-03-01&last=2025-03-31")
    assert page.status_code == 200
    assert "网上申请 / 受理申请" in page.text
    assert 'href="/admin/figures/?' in browser.get("/admin/board/").text


@pytest.mark.parametrize("account", ["clerk", "reviewer", "admin", "applicant", "system"])
def test_nobody_else_does(signed_in: SignIn, account: str) -> None:
    browser = signed_in(account)
    assert browser.get("/admin/figures/").status_code == 403
    assert browser.get("/admin/figures/export/csv/").status_code == 403
    assert "/admin/figures/" not in browser.get("/admin/").text


def test_a_stranger_signs_in_first(visitor: Browser) -> None:
    answer = visitor.get("/admin/figures/")
    assert answer.status_code == 302
    assert answer.location.startswith("/login")


def test_the_file_says_what_the_page_says(signed_in: SignIn) -> None:
    browser = signed_in("manager")
    browser.get("/language/en")
    query = "?first=2025-03-01&last=2025-03-31&paper=1"
    answer = browser.get(f"/admin/figures/export/csv/{query}")
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(StringIO(answer.get_data().decode("utf-8-sig"))))
    assert rows[0] == ["Figure", "Numerator", "Denominator", "Value"]
    page = browser.get(f"/admin/figures/{query}").text
    for row in rows[1:]:
        for text in row:
            assert text in page
    assert len(rows) == 1 + 11, "a heading and eleven figures"


@pytest.mark.parametrize("query", ["first=soon", "first=2025-04-01&last=2025-03-01"])
def test_a_period_that_is_none_is_refused(signed_in: SignIn, query: str) -> None:
    assert signed_in("manager").get(f"/admin/figures/?{query}").status_code == 400
