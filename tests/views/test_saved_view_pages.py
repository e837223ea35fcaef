"""A reader's own views on every list: saved from the page, seen as tabs, never a bad request."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import select

from models import Base, SavedView
from models.acting import SYSTEM, acting_as
from models.database import db
from tests.factories import MONDAY
from tests.web import Browser

TABS = re.compile(r'<nav class="tabs".*?</nav>', re.S)
SAVED = re.compile(r'<a class="saved" href="([^"]+)"([^>]*)>([^<]+)')
SignIn = Callable[[str], Browser]


def save(browser: Browser, table: str = "application", query: str = "", **typed: str) -> Any:
    return browser.post(f"/admin/{table}/view/?{query}", {"name": "我的视图", **typed})


def tabs(browser: Browser, path: str = "/admin/application/") -> dict[str, tuple[str, bool]]:
    """Each saved view among the tabs: its address, and whether it is this page."""
    page = browser.get(path)
    assert page.status_code == 200
    found = TABS.search(page.text)
    return {
        name.strip(): (unescape(url), "aria-current" in rest)
        for url, rest, name in SAVED.findall(found[0] if found else "")
    }


def stored(site: Flask) -> list[SavedView]:
    with site.app_context():
        rows = list(db.session.scalars(select(SavedView).order_by(SavedView.id)))
        db.session.expunge_all()
        return rows


def test_what_the_list_shows_is_saved_and_marked(signed_in: SignIn, site: Flask) -> None:
    browser = signed_in("reviewer")
    query = "tab=overdue&flt_category_is=PRODUCTION&flt_category_is=MEASUREMENT&sort=due_on&page=1"
    answer = save(browser, query=query)
    assert answer.status_code == 302
    kept = "tab=overdue&flt_category_is=PRODUCTION%2CMEASUREMENT&sort=due_on"
    assert answer.location == f"/admin/application/?{kept}"
    assert [view.query for view in stored(site)] == [kept]
    assert tabs(browser) == {"我的视图": (answer.location, False)}
    assert tabs(browser, answer.location) == {"我的视图": (answer.location, True)}
    browser.get("/language/en")
    assert tabs(browser, answer.location)["我的视图"][1]
    assert tabs(browser, "/admin/certificate/") == {}


def test_one_tab_is_the_present_one(signed_in: SignIn) -> None:
    browser = signed_in("reviewer")
    location = save(browser, query="tab=overdue").location
    assert TABS.search(browser.get(location).text)[0].count("aria-current") == 1  # type: ignore[index]
    page = browser.get("/admin/application/?tab=overdue&search=x").text
    assert TABS.search(page)[0].count("aria-current") == 1  # type: ignore[index]


def test_a_shared_view_stands_on_the_list_of_colleagues(signed_in: SignIn) -> None:
    save(signed_in("reviewer"), name="共用的", shared_with="REVIEW", query="tab=paused")
    colleague = signed_in("reviewer2")
    page = colleague.get("/admin/application/?tab=paused").text
    assert "共享" in TABS.search(page)[0]  # type: ignore[index]
    assert tabs(colleague, "/admin/application/?tab=paused")["共用的"][1]
    assert "saved_view/edit" not in page, "only its owner changes it"
    assert tabs(signed_in("decider")) == {}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": " "}, "请填写视图名称"),
        ({"name": "长" * 61}, "名称最多60个字"),
        ({"name": "给别人", "shared_with": "DECISION"}, "Not a valid choice"),
        ({"name": "我的视图", "shared_with": "REVIEW"}, "已有同名视图"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(
    signed_in: SignIn, site: Flask, typed: dict[str, str], words: str
) -> None:
    browser = signed_in("reviewer")
    save(browser)
    answer = save(browser, query="tab=overdue&search=x", **typed)
    page = unescape(answer.text)
    assert answer.status_code == 422
    assert words in page or "不是有效的选项" in page
    assert '<details class="save-view" open>' in page
    assert f'value="{typed["name"].strip()}"' in page
    assert 'name="search" value="x"' in page
    if typed.get("shared_with") == "REVIEW":
        assert '<option value="REVIEW" selected>' in page
    assert len(stored(site)) == 1


def test_an_expired_token_keeps_what_was_typed(signed_in: SignIn, site: Flask) -> None:
    browser = signed_in("reviewer")
    answer = browser.client.post(
        "/admin/application/view/?tab=paused", data={"name": "暂停的", "csrf_token": "old"}
    )
    assert answer.status_code == 400
    assert 'value="暂停的"' in answer.text
    assert stored(site) == []


def test_the_form_has_an_address_of_its_own(signed_in: SignIn) -> None:
    browser = signed_in("reviewer")
    assert '<details class="save-view" open>' in browser.get("/admin/application/view/").text
    assert browser.get("/admin/application/view/?tab=never").status_code == 400


def test_the_auditor_saves_nothing(signed_in: SignIn, site: Flask) -> None:
    auditor = signed_in("auditor")
    assert "save-view" not in auditor.get("/admin/application/").text
    assert auditor.get("/admin/application/view/").status_code == 403
    assert save(auditor).status_code == 403
    assert stored(site) == []


def test_a_bad_address_is_no_view(signed_in: SignIn, site: Flask) -> None:
    browser = signed_in("reviewer")
    for query in ("flt_status_is=NOTHING", "sort=light", "tab=late", "search=%00"):
        assert save(browser, query=query).status_code == 400
    assert stored(site) == []


def test_a_view_that_the_list_no_longer_understands_leads_nowhere(
    signed_in: SignIn, site: Flask
) -> None:
    browser = signed_in("reviewer")
    save(browser, query="tab=overdue")
    for query in ("tab=late", "flt_nothing_is=1", "flt_status_is=X", "sort=x", "page_size=x"):
        with site.app_context():
            key = db.session.scalars(select(SavedView.id)).one()
            db.session.connection().exec_driver_sql(
                "UPDATE saved_view SET query = ? WHERE id = ?", (query, key)
            )
            db.session.commit()
        page = browser.get("/admin/application/")
        assert page.status_code == 200
        assert "已不适用于本列表" in page.text
        assert query not in unescape(page.text), "no link leads to it"
        assert "saved_view/delete" in page.text, "its owner can take it away"


def test_the_owner_renames_shares_and_deletes_from_the_list(signed_in: SignIn, site: Flask) -> None:
    browser = signed_in("reviewer")
    location = save(browser, query="tab=overdue").location
    key = stored(site)[0].id
    path = f"/admin/saved_view/edit/?id={key}"
    assert unescape(browser.get(location).text).count(path) == 1
    form = browser.form(path)
    assert 'value="DECISION"' not in browser.get(path).text, "he shares with his own duties"
    answer = browser.client.post(path, data={**form, "name": "改了名", "shared_with": "REVIEW"})
    assert answer.location == location, "back on the list"
    assert tabs(browser, location) == {"改了名": (location, True)}
    gone = browser.post("/admin/saved_view/delete/", {"id": key, "url": "/admin/application/"})
    assert gone.location == "/admin/application/"
    assert stored(site) == []


def test_nobody_else_reaches_a_view(signed_in: SignIn, site: Flask) -> None:
    save(signed_in("reviewer"), shared_with="REVIEW")
    key = stored(site)[0].id
    for name in ("reviewer2", "manager", "applicant"):
        browser = signed_in(name)
        assert browser.get(f"/admin/saved_view/edit/?id={key}").status_code == 404
        assert browser.post("/admin/saved_view/delete/", {"id": str(key)}).status_code == 404
        assert "data-row" not in browser.get("/admin/saved_view/").text
    assert "我的视图" in signed_in("auditor").get("/admin/saved_view/").text


def test_applicants_share_with_nobody(signed_in: SignIn) -> None:
    browser = signed_in("applicant")
    assert 'name="shared_with"' not in browser.get("/admin/application/view/").text
    assert save(browser, name="自己的").status_code == 302
    assert list(tabs(browser)) == ["自己的"]


def test_every_list_keeps_views(signed_in: SignIn, site: Flask) -> None:
    manager = signed_in("manager")
    for table in Base.metadata.tables:
        assert save(manager, table, urlencode({"page_size": 50})).status_code == 302, table
        page = manager.get(f"/admin/{table}/?page_size=50")
        assert page.status_code == 200, table
        assert 'class="saved"' in page.text, table
    assert len(stored(site)) == len(Base.metadata.tables)
    listed = manager.get("/admin/saved_view/?page_size=100").text
    assert 'href="/admin/certificate/?page_size=50"' in listed


def test_the_system_loads_no_view(site: Flask) -> None:
    with site.app_context(), acting_as(db.session(), SYSTEM, MONDAY):
        db.session.add(SavedView(list_name="application", name="x", query=""))
        with pytest.raises(Exception, match="move-needs-a-person"):
            db.session.commit()
