"""The manager's board: whose it is, and that every number's list counts the same."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask

from tests.busy import fill_busy_office
from tests.factories import MONDAY
from tests.web import Browser, close, opened_site

BOARD = "/admin/board/"
EARLIER = (MONDAY - timedelta(4)).isoformat()
NUMBER = re.compile(r'<a href="([^"]+)"[^>]*><strong>(\d+)</strong>')
CELL = re.compile(r'<td data-label="[^"]*"><a href="([^"]+)">(\d+)</a></td>')
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
    found = [*NUMBER.findall(page), *CELL.findall(page)]
    return [(unescape(url), int(number)) for url, number in found]


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
    "asked", ["", "?green=0", f"?as_of={EARLIER}", f"?as_of={EARLIER}&green=0", f"?as_of={MONDAY}"]
)
@pytest.mark.parametrize("account", ["manager", "auditor"])
def test_every_number_is_what_its_list_counts(desk: Flask, asked: str, account: str) -> None:
    browser = reader(desk, account)
    numbers = numbers_of(browser.get(f"{BOARD}{asked}").text)
    assert len(numbers) > 10
    assert sum(1 for _url, number in numbers if number) > 5
    counted = {url: counted_by(browser, url) for url, _number in numbers}
    assert counted == dict(numbers)
