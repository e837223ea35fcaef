"""The manager's board: whose it is, and that every number's list counts the same."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select

from models import Application
from models.database import db
from models.questions.urgent import MOST
from tests.busy import fill_busy_office
from tests.factories import MONDAY
from tests.web import Browser, close, opened_site
from views.panel.board.cells import Cell, Table
from views.panel.board.workbook import workbook

BOARD = "/admin/board/"
EARLIER = (MONDAY - timedelta(4)).isoformat()
NUMBER = re.compile(r'<a href="([^"]+)" data-count="(\d+)"')
COUNT = re.compile(r'<h1>.*?<span class="count">([\d,]+)</span>', re.S)


@pytest.fixture
def desk(sqlite_databases: Any) -> Iterator[Flask]:
    """The site of a busy Monday."""
    site = opened_site(sqlite_databases.fresh(fill_busy_office))
    yield site
    close(site)


def reader(site: Flask, name: str = "manager", language: str = "en") -> Browser:
    browser = Browser(site)
    assert browser.sign_in(name).status_code == 302
    browser.get(f"/language/{language}")
    return browser


def numbers_of(page: str) -> list[tuple[str, int]]:
    return [(unescape(url), int(number)) for url, number in NUMBER.findall(page)]


def counted_by(browser: Browser, url: str) -> int:
    answer = browser.get(url)
    assert answer.status_code == 200, url
    found = COUNT.search(answer.text)
    assert found, url
    return int(found.group(1).replace(",", ""))


@pytest.mark.parametrize("account", ["manager", "head", "auditor"])
def test_leaders_and_overseers_open_the_board_first(desk: Flask, account: str) -> None:
    browser = reader(desk, account)
    assert browser.get(BOARD).status_code == 200
    home = browser.get("/admin/").text
    menu = home[home.index('<nav class="menu"') : home.index("</nav>")]
    assert re.findall(r'href="([^"]+)"', menu)[0] == BOARD


@pytest.mark.parametrize("account", ["clerk", "reviewer", "decider", "applicant", "admin"])
def test_the_board_is_shut_to_all_others(desk: Flask, account: str) -> None:
    browser = reader(desk, account)
    assert browser.get(BOARD).status_code == 403
    assert browser.get(f"{BOARD}export/xlsx/").status_code == 403
    assert BOARD not in browser.get("/admin/").text


def test_a_stranger_is_asked_to_sign_in(desk: Flask) -> None:
    answer = Browser(desk).get(BOARD)
    assert answer.status_code == 302
    assert answer.location == "/login?next=%2Fadmin%2Fboard%2F"


@pytest.mark.parametrize(
    ("account", "asked"),
    [
        ("manager", ""),
        ("manager", f"?as_of={EARLIER}&green=0"),
        *(
            pytest.param(account, asked, marks=pytest.mark.thorough)
            for account, asked in [
                ("manager", "?green=0"),
                ("manager", f"?as_of={EARLIER}"),
                ("manager", f"?as_of={MONDAY}"),
                ("auditor", ""),
                ("auditor", "?green=0"),
                ("auditor", f"?as_of={EARLIER}"),
                ("auditor", f"?as_of={EARLIER}&green=0"),
                ("auditor", f"?as_of={MONDAY}"),
            ]
        ),
    ],
)
def test_every_number_is_what_its_list_counts(desk: Flask, asked: str, account: str) -> None:
    browser = reader(desk, account)
    numbers = numbers_of(browser.get(f"{BOARD}{asked}").text)
    assert len(numbers) > 10
    assert sum(1 for _url, number in numbers if number) > 5
    counted = {url: counted_by(browser, url) for url, _number in numbers}
    assert counted == dict(numbers)


def test_the_first_page_counts_what_the_office_has(desk: Flask) -> None:
    page = reader(desk).get(BOARD).text
    tiles = dict(re.findall(r"</span> ([^<]+)</h3>\s*<p[^>]*><a[^>]*><strong>(\d+)", page))
    with desk.app_context():
        own = db.session.scalars(select(Application).filter_by(closed_on=None)).all()
        late = [case for case in own if case.due_on is not None and case.due_on < MONDAY]
        assert tiles["Late by the promised date"] == str(len(late)) != "0"
        assert tiles["Not ended"] == str(len(own))


# --- as of a day, and what cannot be asked --------------------------------------------------------


def test_a_day_that_is_over_says_so(desk: Flask) -> None:
    page = reader(desk).get(f"{BOARD}?as_of={EARLIER}").text
    assert f"as of {EARLIER}" in page
    assert "only what the cases' history keeps" in unescape(page)
    assert "Supervision orders</h3>" not in page
    assert f"flt_overdue_as_of={EARLIER}" in page


TOMORROW = (MONDAY + timedelta(1)).isoformat()
REFUSED = {
    "as_of=yesterday": ("“yesterday” is no day.", "“yesterday”不是日期"),
    "as_of=2025-02-30": ("“2025-02-30” is no day.", "“2025-02-30”不是日期"),
    f"as_of={TOMORROW}": (f"{TOMORROW} is still to come.", f"{TOMORROW} 尚未到来。"),
    "first=0001-01-01": ("No calendar reaches 0001-01-01.", "工作日历不含 0001-01-01。"),
    "last=9999-12-31": ("No calendar reaches 9999-12-31.", "工作日历不含 9999-12-31。"),
    "first=2025-02-02&last=2025-02-01": ("The period ends before it begins.", "止日早于起日"),
    "green=2": ("The green lane counts (1) or does not (0).", "绿色通道只能计入"),
}


@pytest.mark.parametrize("asked", REFUSED)
@pytest.mark.parametrize("place", [0, 1], ids=["en", "zh"])
def test_a_bad_request_is_refused_in_words(desk: Flask, asked: str, place: int) -> None:
    browser = reader(desk, language=("en", "zh_Hans_CN")[place])
    for address in (BOARD, f"{BOARD}export/xlsx/"):
        answer = browser.get(f"{address}?{asked}")
        assert answer.status_code == 400
        assert REFUSED[asked][place] in unescape(answer.text)


# --- the words, the charts, the workbook ----------------------------------------------------------


def visible(page: str) -> str:
    main = page[page.index("<main") : page.index("</main>")]
    main = re.sub(r"<script.*?</script>", "", main, flags=re.S)
    return unescape(re.sub(r"<[^>]+>", " ", main))


@pytest.mark.parametrize("asked", ["", "?green=0", f"?as_of={EARLIER}"])
def test_the_board_speaks_both_languages(desk: Flask, asked: str) -> None:
    english = visible(reader(desk).get(f"{BOARD}{asked}").text)
    # 计量许可 has no English name in the catalogue, and persons keep theirs.
    assert set(re.findall(r"[\u4e00-\u9fff]+", english)) <= {"计量许可", "员"}
    chinese = visible(reader(desk, language="zh_Hans_CN").get(f"{BOARD}{asked}").text)
    names = {"XLSX", "manager", "reviewer", "clerk", "decider"}
    assert set(re.findall(r"[A-Za-z]{2,}", chinese)) <= names


def test_each_chart_stands_beside_its_table(desk: Flask) -> None:
    page = reader(desk).get(BOARD).text
    figures = re.findall(
        r"<figure class=\"chart-figure\">.*?</figure>\s*<div class=\"table-frame\".*?</table>",
        page,
        re.S,
    )
    assert len(figures) == 5
    for figure in figures:
        assert re.search(r'data-chart role="img" aria-label="[^"]+"', figure)
        for series in data_of(figure)["series"]:
            said = {float(number) for number in re.findall(r">([\d.]+)</", figure)}
            assert {value for value in series["values"] if value} <= said
            assert len(series["values"]) == len(data_of(figure)["names"])
    assert "style=" not in page[page.index("<main") :]


def data_of(figure: str) -> Any:
    """What the script of a chart reads."""
    found = re.search(r'<script type="application/json" nonce="[^"]+">(.*?)</script>', figure)
    assert found
    return json.loads(found.group(1))


def test_a_chart_leads_where_its_table_does(desk: Flask) -> None:
    page = reader(desk).get(BOARD).text
    urls = {
        url
        for data in re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', page)
        for series in json.loads(data)["series"]
        for url, value in zip(series["urls"], series["values"], strict=False)
        if value
    }
    assert len(urls) > 10
    assert urls <= {url for url, _number in numbers_of(page)}


def test_the_most_urgent_cases_stand_above_the_tables(desk: Flask) -> None:
    page = reader(desk).get(BOARD).text
    assert page.index("Late the longest") < page.index("Decided on time")
    late = re.findall(r"(\d+) days? late<", unescape(re.sub(r"</?span[^>]*>", "", page)) + "<")
    with desk.app_context():
        cases = db.session.scalars(select(Application).filter_by(closed_on=None)).all()
        days = sorted(c.due_on for c in cases if c.due_on is not None and c.due_on < MONDAY)
    assert re.findall(r"data-row", page) == ["data-row"] * min(len(days), MOST)
    assert late == sorted(late, key=int, reverse=True)


@pytest.mark.parametrize(
    ("account", "acts"), [("manager", True), ("head", True), ("auditor", False)]
)
def test_a_leader_acts_from_the_board_in_a_click(desk: Flask, account: str, acts: bool) -> None:
    browser = reader(desk, account)
    page = unescape(browser.get(BOARD).text)
    orders = re.findall(r'href="(/admin/supervision_order/new/[^"]+)"', page)
    moves = re.findall(r'href="(/admin/reassignment/new/[^"]+)"', page)
    assert bool(orders) is bool(moves) is acts
    for url in (*orders[:1], *moves[:1]):
        form = browser.form(url)
        chosen = dict(parse_qsl(url.partition("?")[2]))
        named = "addressee" if "addressee" in chosen else "from_user"
        assert form[named] == chosen[named]
        if "application" in chosen:
            assert form["application"].startswith(f"{chosen['application']} · ")


def sheets(content: bytes) -> tuple[list[str], str]:
    with ZipFile(BytesIO(content)) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        cells = "".join(
            book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name
        )
    return names, cells


def test_the_workbook_has_a_sheet_for_each_table(desk: Flask) -> None:
    answer = reader(desk).get(f"{BOARD}export/xlsx/?green=0")
    assert answer.status_code == 200
    assert f"board-{MONDAY}.xlsx" in answer.headers["Content-Disposition"]
    names, cells = sheets(answer.data)
    assert names == [
        "Numbers", "Decided on time", "By item", "By officer", "By position", "By department",
        "By channel", "Flow by week", "Median time by step", "Figures of the reform",
    ]  # fmt: skip
    assert "<f>" not in cells


def test_no_name_becomes_a_formula() -> None:
    table = Table("x", "Names", ("Name",), ((Cell('=HYPERLINK("http://a.test")'),), (Cell("1"),)))
    _names, cells = sheets(workbook([table]))
    assert "<f>" not in cells
    assert "hyperlink" not in cells
    assert cells.count('t="s"') == 3
