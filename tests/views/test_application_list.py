"""The list of cases: its counts, its order, its filters, and what it tells to whom."""

import csv
import re
from collections.abc import Callable, Iterator
from html import unescape
from io import StringIO
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, select

from models import Application
from models.database import db
from models.questions.worklists import CASES_WITH, Light, light_of
from tests.factories import MONDAY
from tests.views.casework import cases, fill_casework, total
from tests.web import Browser, close, opened_site

TABS = ("all", "overdue", "due_soon", "paused", "closed")
ROW = re.compile(r"<tr data-row>.*?</tr>", re.S)
NUMBER = re.compile(r'<a href="[^"]*">([^<]+)</a>')
TAB = re.compile(r'<nav class="tabs".*?</nav>', re.S)
COUNT = re.compile(r'<span class="count">(\d+)</span>')


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The site with cases of every light, on each database system."""
    databases = request.getfixturevalue(f"{request.param}_databases")
    site = opened_site(databases.fresh(fill_casework))
    yield site
    close(site)


def reader(site: Flask, name: str = "reviewer", locale: str = "en") -> Browser:
    browser = Browser(site)
    assert browser.sign_in(name).status_code == 302
    browser.get(f"/language/{locale}")
    return browser


def listed(browser: Browser, **asked: Any) -> tuple[list[str], dict[str, int]]:
    """The numbers of a page, and the counts of the tabs."""
    page = browser.get(f"/admin/application/?{urlencode(asked)}")
    assert page.status_code == 200, (asked, page.status_code)
    numbers = [unescape(NUMBER.search(row)[1]) for row in ROW.findall(page.text)]  # type: ignore[index]
    counts = [int(n) for n in COUNT.findall(TAB.search(page.text)[0])]  # type: ignore[index]
    return numbers, dict(zip(TABS, counts, strict=True))


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "flt_status_is": st.sampled_from(["ACCEPTED", "DELIVERED", "DRAFT", "GRANTED"]),
        "flt_channel_is": st.sampled_from(["WINDOW", "ONLINE"]),
        "flt_origin_is": st.sampled_from(["NATIVE", "IMPORTED"]),
        "flt_light_is": st.sampled_from([light.name for light in Light]),
        "flt_licence_item_id_is": st.sampled_from(["1", "2", "3", "4", "999"]),
        "flt_department_id_is": st.sampled_from(["1", "2"]),
        "flt_officer_id_is": st.sampled_from(["0", "4", "5", "6"]),
        "flt_past_the_law_is": st.just("1"),
        "flt_due_on_from": st.sampled_from(["2025-02-20", "2025-03-03"]),
        "flt_due_on_until": st.sampled_from(["2025-02-20", "2025-03-10"]),
        "flt_received_on_until": st.just("2025-02-25"),
        "flt_closed_on_from": st.just("2025-01-01"),
        "search": st.sampled_from(["云杉", "T", "检测 云杉", "nothing like it", "%", "_"]),
    },
)


@pytest.mark.by_chance
def test_every_counter_is_the_length_of_its_list(desk: Flask) -> None:
    browsers = [reader(desk, name) for name in ("reviewer", "applicant2")]

    @given(st.sampled_from(browsers), FILTERS)
    def check(browser: Browser, filters: dict[str, str]) -> None:
        found = {tab: listed(browser, **filters, tab=tab, page_size=100) for tab in TABS}
        counts = [counts for _numbers, counts in found.values()]
        assert all(each == counts[0] for each in counts)
        assert counts[0] == {tab: len(numbers) for tab, (numbers, _c) in found.items()}
        open_tabs = [set(found[tab][0]) for tab in TABS[1:]]
        assert sum(map(len, open_tabs)) == len(set().union(*open_tabs))

    check()


def test_the_filter_of_a_light_finds_what_shows_it(desk: Flask) -> None:
    with desk.app_context():
        for light, condition in CASES_WITH.items():
            found = set(db.session.scalars(select(Application.number).where(condition(MONDAY))))
            shown = {
                case.number
                for case in db.session.scalars(select(Application))
                if light_of(
                    MONDAY,
                    due_on=case.due_on,
                    warn_on=case.warn_on,
                    suspended_since=case.suspended_since,
                    closed_on=case.closed_on,
                )
                is light
            }
            assert found == shown
            assert shown, light


ORDERS = (
    {}, {"sort": "due_on"}, {"sort": "due_on", "desc": "1"}, {"sort": "received_on"},
    {"sort": "received_on", "desc": "1"}, {"sort": "number"}, {"sort": "number", "desc": "1"},
)  # fmt: skip


@pytest.mark.parametrize("order", ORDERS, ids=str)
@pytest.mark.parametrize("tab", ["all", "overdue", "closed"])
def test_the_pages_together_are_the_list(desk: Flask, tab: str, order: dict[str, str]) -> None:
    """Also those that are read from the far end."""
    browser = reader(desk)
    whole, counts = listed(browser, tab=tab, page_size=100, **order)
    pages = -(-counts[tab] // 20)
    parts = [listed(browser, tab=tab, page_size=20, page=n, **order)[0] for n in range(pages)]
    assert [number for part in parts for number in part] == whole
    assert len(set(whole)) == counts[tab]


def test_downwards_is_the_list_turned_round_where_no_date_is_missing(desk: Flask) -> None:
    browser = reader(desk)
    up, _counts = listed(browser, tab="overdue", sort="due_on")
    down, _counts = listed(browser, tab="overdue", sort="due_on", desc="1")
    assert down == up[::-1]
    assert up == listed(browser, tab="overdue")[0]


def test_what_is_past_the_law_is_marked_and_can_be_asked_for(desk: Flask) -> None:
    browser = reader(desk)
    page = browser.get("/admin/application/?tab=overdue").text
    marked = sum("past" in row for row in ROW.findall(page))
    assert marked == len(listed(browser, tab="overdue", flt_past_the_law_is="1")[0]) > 0
    assert "flt_past_the_law_is=1" in page


def test_a_whole_number_finds_its_case_alone(desk: Flask) -> None:
    browser = reader(desk)
    for number in cases(desk):
        assert listed(browser, search=number)[0] == [number]


def test_a_light_says_its_days(desk: Flask) -> None:
    chinese = reader(desk, locale="zh_Hans_CN").get("/admin/application/?tab=overdue").text
    assert "▲</span> 逾 8 日" in chinese
    english = reader(desk).get("/admin/application/?tab=due_soon").text
    assert "◆</span> due today" in english
    assert "◆</span> 1 day left" in english


@pytest.mark.parametrize(
    "query",
    [
        "tab=late", "tab=ALL", "tab=", "flt_light_is=BLUE", "flt_officer_id_is=-1",
        "flt_officer_id_is=x", "flt_past_the_law_is=0", "flt_received_on_from=yesterday",
        "sort=light", "page=-1", "search=%00", "search=" + "x" * 101,
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_a_bad_request(site: Flask, query: str) -> None:
    assert reader(site).get(f"/admin/application/?{query}").status_code == 400


@pytest.mark.parametrize("search", ["'", '"', "\\", "%_%", "😀", "a" * 100, "' OR 1=1 --", "  "])
def test_a_strange_search_finds_nothing_or_something(desk: Flask, search: str) -> None:
    listed(reader(desk), search=search)


def test_the_export_is_the_list(desk: Flask) -> None:
    browser = reader(desk)
    for asked in ({"tab": "overdue"}, {"search": "云杉"}, {"flt_light_is": "CLOSED"}):
        numbers, _counts = listed(browser, page_size=100, **asked)
        page = browser.get(f"/admin/application/export/csv/?{urlencode(asked)}")
        lines = list(csv.reader(StringIO(page.text.lstrip("\ufeff"))))
        assert [line[0] for line in lines[1:]] == numbers


def test_an_applicant_sees_his_own_cases_and_nobody_who_sits_over_them(desk: Flask) -> None:
    browser = reader(desk, "applicant2")
    numbers, counts = listed(browser, page_size=100)
    assert 0 < counts["all"] == len(numbers) < total(desk)
    page = browser.get("/admin/application/?filters=1").text
    for inside in ("Officer", "reviewer", "clerk", "Unclaimed"):
        assert inside not in page


@pytest.mark.parametrize(("locale", "words"), [("en", "Unclaimed"), ("zh_Hans_CN", "未领取")])
def test_a_filter_means_the_same_in_both_languages(desk: Flask, locale: str, words: str) -> None:
    browser = reader(desk, locale=locale)
    page = browser.get("/admin/application/?flt_officer_id_is=0&filters=1").text
    assert words in re.search(r'<a class="chip".*?</a>', page, re.S)[0]  # type: ignore[index]
    assert listed(browser, flt_officer_id_is="0") == listed(reader(desk), flt_officer_id_is="0")


def test_an_empty_view_says_where_to_go(site: Flask) -> None:
    page = reader(site).get("/admin/application/?tab=overdue").text
    assert "No case is in this view today." in page
    assert "Show the whole list" in page


def test_the_list_takes_few_statements(signed_in: Callable[[str], Browser]) -> None:
    browser = signed_in("reviewer")
    browser.get("/admin/application/")  # reads the calendar, once
    with browser.site.app_context():
        engine = db.engine
    said: list[str] = []
    heard = lambda *args: said.append(args[2])  # noqa: E731 - taken off again below
    event.listen(engine, "before_cursor_execute", heard)
    try:
        browser.get("/admin/application/")
    finally:
        event.remove(engine, "before_cursor_execute", heard)
    assert len([statement for statement in said if statement.startswith("SELECT")]) <= 8
