"""The lists of all tables: in the reader's words, filtered by chips, never a dead end."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from models import Base, Post
from models.acting import SYSTEM, acting_as
from models.database import db
from tests.factories import MONDAY
from tests.views.casework import fill_casework
from tests.web import Browser, close, opened_site
from tests.workbooks import Cell, is_frozen, rows_of
from views.panel import FAMILIES
from views.panel.engine.filters import IsMember

TABLES = tuple(Base.metadata.tables)
SignIn = Callable[[str], Browser]
CHIP = re.compile(r'<a class="chip" href="([^"]*)"><span>(.*?)</span>', re.S)
EMPTY = re.compile(r'<div class="empty">.*?</div>', re.S)
HEAD = re.compile(r"<thead>.*?</thead>", re.S)
NOTHING_LIKE_IT = "search=zzzz-nothing"
VIEWS = {view.model.__tablename__: view for family in FAMILIES for view in family.VIEWS}
# Words that a Chinese heading may hold.
LATIN = {"ID"}


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def chips(page: str) -> dict[str, str]:
    """The chips of a page: what each says, and where it leads when it is taken off."""
    return {text_of(words): unescape(url) for url, words in CHIP.findall(page)}


@pytest.mark.parametrize("table", TABLES)
def test_a_list_is_there_and_speaks_the_readers_language(signed_in: SignIn, table: str) -> None:
    page = signed_in("auditor").get(f"/admin/{table}/").text
    for word in ("filter-groups-data", "add-filter", "filter_form", "select2", "named_filter"):
        assert word not in page, "Flask-Admin's own filters are replaced, not doubled"
    assert 'class="save-view"' not in page, "the auditor writes nothing"
    if head := HEAD.search(page):
        latin = set(re.findall(r"[A-Za-z_]{2,}", text_of(head[0]))) - LATIN
        assert latin == set(), table


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_list_leads_on(signed_in: SignIn, table: str) -> None:
    for account in ("auditor", "manager"):
        browser = signed_in(account)
        for query in ("", NOTHING_LIKE_IT):
            page = browser.get(f"/admin/{table}/?{query}").text
            empty = EMPTY.search(page)
            if "data-row" in page:
                assert empty is None
                continue
            assert empty, (table, query)
            links = re.findall(r'href="([^"]+)"', empty[0])
            assert links, (table, query)
            for link in links:
                assert browser.get(unescape(link)).status_code == 200, (table, link)


@pytest.mark.parametrize("table", TABLES)
def test_every_list_is_downloaded_as_a_workbook(signed_in: SignIn, table: str) -> None:
    browser = signed_in("auditor")
    answer = browser.get(f"/admin/{table}/export/xlsx/")
    assert answer.status_code == 200
    rows = rows_of(answer.data)
    assert is_frozen(answer.data)
    csv_lines = browser.get(f"/admin/{table}/export/csv/").text.lstrip("\ufeff").splitlines()
    assert ",".join(map(str, rows[0])) == csv_lines[0], "the headings are the reader's"
    assert f'href="/admin/{table}/export/xlsx/"' in browser.get(f"/admin/{table}/").text


def members() -> list[Any]:
    """A filter of several values for each table that has one."""
    found = []
    for table, view in VIEWS.items():
        names = [name for name in view.column_filters or () if "." not in name]
        columns = Base.metadata.tables[table].c
        for name in names:
            kind = getattr(columns[name].type, "enum_class", None)
            if kind is not None and len(kind) > 1:
                found.append(pytest.param(table, f"{name}_is", list(kind)[:2], id=table))
                break
    return found


@pytest.mark.parametrize(("table", "key", "chosen"), members())
def test_several_values_are_one_chip_in_both_languages(
    signed_in: SignIn, table: str, key: str, chosen: list[Any]
) -> None:
    browser = signed_in("auditor")
    path = f"/admin/{table}/?" + "&".join(f"flt_{key}={member.name}" for member in chosen)
    page = browser.get(f"{path}&sort=").text
    (words, without), *others = chips(page).items()
    assert others == []
    assert "、" in words
    assert not any(member.name in words for member in chosen)
    assert f"flt_{key}" not in without
    switch = re.search(r'href="(/language/en\?[^"]+)"', page)
    assert switch
    onward = browser.get(unescape(switch[1])).location
    assert parse_qs(urlsplit(onward).query)[f"flt_{key}"] == [m.name for m in chosen]
    (english, _url), *others = chips(browser.get(onward).text).items()
    assert others == []
    assert english.isascii()
    assert browser.get(f"/admin/{table}/?flt_{key}={chosen[0].name},NOTHING").status_code == 400


@pytest.fixture
def desk(sqlite_databases: Any) -> Any:
    """The site with cases of every light."""
    site = opened_site(sqlite_databases.fresh(fill_casework))
    yield site
    close(site)


def reader(site: Flask, name: str = "reviewer") -> Browser:
    browser = Browser(site)
    assert browser.sign_in(name).status_code == 302
    return browser


def test_chips_survive_a_tab_a_sort_and_a_search(desk: Flask) -> None:
    browser = reader(desk)
    asked = "flt_status_is=ACCEPTED&flt_status_is=RECEIVED&search=T"
    page = browser.get(f"/admin/application/?{asked}").text
    said = chips(page)
    assert len(said) == 2
    links = re.findall(r'href="(/admin/application/\?[^"]*(?:tab|sort|page_size)=[^"]*)"', page)
    assert len(links) > 5
    for link in links:
        assert list(chips(browser.get(unescape(link)).text)) == list(said), link
    taken_off = browser.get(next(iter(said.values()))).text
    assert len(chips(taken_off)) == 1


@pytest.mark.parametrize(
    ("several", "single"),
    [
        ("flt_status_is=ACCEPTED&flt_status_is=DELIVERED",
         ("flt_status_is=ACCEPTED", "flt_status_is=DELIVERED")),
        ("flt_officer_id_is=0,4,5", ("flt_officer_id_is=0", "flt_officer_id_is=4",
                                     "flt_officer_id_is=5")),
        ("flt_post_is=REVIEW,DECISION", ("flt_post_is=REVIEW", "flt_post_is=DECISION")),
        ("flt_licence_item_id_is=1,2", ("flt_licence_item_id_is=1", "flt_licence_item_id_is=2")),
    ],
)  # fmt: skip
def test_several_values_find_what_each_finds(
    desk: Flask, several: str, single: tuple[str, ...]
) -> None:
    browser = reader(desk)

    def found(query: str) -> set[str]:
        page = browser.get(f"/admin/application/?{query}&page_size=100")
        assert page.status_code == 200
        return set(re.findall(r'<tr data-row>.*?<a href="([^"]+)"', page.text))

    parts = [found(query) for query in single]
    assert any(parts)
    assert found(several) == set().union(*parts)


@pytest.mark.parametrize(
    "query",
    [
        "flt_category_is=NOTHING", "flt_category_is=,", "flt_post_is=AUDIT",
        "flt_officer_id_is=1,x", "flt_received_on_from=2025-01-01&flt_received_on_from=2025-01-02",
        "flt_licence_item_id_is=" + ",".join(map(str, range(51))),
    ],
)  # fmt: skip
def test_an_unknown_value_is_a_bad_request(desk: Flask, query: str) -> None:
    assert reader(desk).get(f"/admin/application/?{query}").status_code == 400


OFFERED = (
    "category_is", "licence_item_id_is", "status_is", "post_is", "officer_id_is",
    "department_id_is", "channel_is", "received_on_from", "received_on_until", "due_on_from",
    "due_on_until", "origin_is", "is_green_lane_is",
)  # fmt: skip


def test_the_filters_of_the_cases_open_on_their_list(desk: Flask) -> None:
    browser = reader(desk)
    page = browser.get("/admin/application/?tab=overdue&flt_channel_is=WINDOW").text
    link = re.search(r'href="([^"]+)" data-opens-filters', page)
    assert link
    opened = browser.get(unescape(link[1])).text
    form = opened[opened.index('class="filter-form"') :]
    for key in OFFERED:
        assert f'name="flt_{key}"' in form, key
    assert 'name="tab" value="overdue"' in form
    assert 'value="WINDOW" checked' in form
    assert "data-row" in opened, "it is the same list"


def test_the_first_page_of_the_cases_weighs_little(desk: Flask) -> None:
    """Fifty rows and everything around them weigh less than 60 KB."""
    browser = reader(desk)
    page = browser.get("/admin/application/?page_size=100").text
    rows = re.findall(r"<tr data-row.*?</tr>", page, re.S)
    assert len(rows) > 10
    in_rows = sum(len(row.encode()) for row in rows)
    around = len(page.encode()) - in_rows
    assert around + 50 * in_rows / len(rows) < 60_000


# --- workbooks --------------------------------------------------------------------------------


def sheet_of(browser: Browser, path: str) -> list[list[Cell]]:
    answer = browser.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    return rows_of(answer.data)


def test_a_workbook_of_cases_is_the_list_with_days_as_days(desk: Flask) -> None:
    browser = reader(desk)
    listed = browser.get("/admin/application/?tab=overdue&page_size=100").text
    numbers = re.findall(r'<tr data-row>.*?<a href="[^"]+">([^<]+)', listed)
    headings, *rows = sheet_of(browser, "/admin/application/export/xlsx/?tab=overdue")
    assert [row[0] for row in rows] == numbers
    due = [row[headings.index("到期日")] for row in rows]
    assert [str(day)[:10] for day in due] == re.findall(
        r'data-label="到期日">(?:<span>)?(\d{4}-\d\d-\d\d)', listed
    )
    assert all(not isinstance(day, str) for day in due), "a day, not its name"
    browser.get("/language/en")
    assert "Due on" in sheet_of(browser, "/admin/application/export/xlsx/")[0]


def test_a_workbook_of_steps_is_the_list(desk: Flask) -> None:
    browser = reader(desk)
    count = re.search(r'aria-current="page">[^<]*<span class="count">(\d+)',
                      browser.get("/admin/application_step/?flt_status_is=OPEN").text)  # fmt: skip
    rows = sheet_of(browser, "/admin/application_step/export/xlsx/?flt_status_is=OPEN")
    assert count
    assert len(rows) - 1 == int(count[1]) > 0


def test_nothing_in_a_workbook_is_computed(signed_in: SignIn, site: Flask) -> None:
    with site.app_context(), acting_as(db.session(), SYSTEM, MONDAY):
        db.session.add(Post(window_id=1, duty="REVIEW", name="=1+1", name_en="@SUM(A1)"))
        db.session.commit()
    path = "/admin/post/export/xlsx/?flt_duty_is=REVIEW"
    assert "=1+1" in {row[0] for row in sheet_of(signed_in("auditor"), path)}


def test_a_workbook_masks_what_the_list_masks(signed_in: SignIn) -> None:
    rows = sheet_of(signed_in("auditor"), "/admin/user_account/export/xlsx/")
    assert not [cell for row in rows for cell in row if "13800" in str(cell)]


def test_a_workbook_has_an_end_and_says_so(signed_in: SignIn, site: Flask) -> None:
    most = site.config["EXPORT_ROWS"]
    site.config["EXPORT_ROWS"] = 3
    try:
        answer = signed_in("auditor").get("/admin/user_account/export/xlsx/")
    finally:
        site.config["EXPORT_ROWS"] = most
    assert answer.status_code == 413
    assert "一次最多导出 3 行" in answer.text


def test_a_workbook_needs_the_verb_of_export(signed_in: SignIn) -> None:
    assert signed_in("reviewer").get("/admin/certificate/export/xlsx/").status_code == 200
    assert signed_in("reviewer").get("/admin/decision/export/xlsx/").status_code == 403


def test_every_filter_of_a_vocabulary_takes_several() -> None:
    assert IsMember.takes_several
