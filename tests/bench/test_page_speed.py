"""Every page at 100,000 cases: within twice its own time at 1,000, the board within a second.

    python -m pytest -m thorough tests/bench/test_page_speed.py -s
    ONEWINDOW_BENCH_POSTGRESQL=1 python -m pytest -m thorough tests/bench/test_page_speed.py -s

The two offices differ in nothing but the number of cases, and they are asked in turns, so that
noise meets both. A page's time is the least of several: what is above it is the machine's. With
SQLite it is the time of the processor, which does all the work there.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from models import Application, Certificate
from models.database import db
from models.enums import ApplicationStatus, Origin
from seed.office import account_names
from tests.bench.volume import CASES, FEW, SYSTEMS, fill_few, fill_many, site_of
from tests.databases import url_of
from tests.web import Browser, close

pytestmark = pytest.mark.thorough

ROUNDS = 7
AT_MOST = 2.0
BOARD = "/admin/board/"
# The figures of the reform are a page of the board: they stand on it, and are reached from it.
BOARD_PAGES = (BOARD, "/admin/figures/")
BOARD_AT_MOST = 1.0  # seconds
LIST_AT_MOST = 60 * 1024  # bytes
MENU_LINK = re.compile(r'href="(/[^"]+)"')
TABS = ("overdue", "due_soon", "paused", "closed")
OF_THE_OFFICE = ("/admin/", *(f"/admin/application/?tab={tab}" for tab in TABS))
# What is open to one account, or to nobody in particular, and stands in no menu.
SINGLE: dict[str, tuple[str, ...]] = {
    "manager": (
        BOARD,
        f"{BOARD}?as_of=2026-10-30",
        f"{BOARD}?green=0",
        f"{BOARD}export/xlsx/",
        "/admin/figures/",
        "/admin/application/?page=40&page_size=20",
        "/admin/application/?flt_open_is=1",
        "/admin/supervision_order/new/",
        "/admin/reassignment/new/",
    ),
    "reviewer": OF_THE_OFFICE,
    "clerk": ("/admin/application/new/",),
    "": ("/", "/login", "/register/", "/items/", "/track", "/help/"),
}


@dataclass(frozen=True)
class Pair:
    """The same person at both offices, and what he may open."""

    name: str
    few: Browser
    many: Browser
    paths: tuple[str, ...]


@pytest.fixture(scope="module", params=SYSTEMS)
def sites(request: pytest.FixtureRequest) -> Iterator[tuple[Flask, Flask]]:
    """The small office and the large one."""
    databases: Any = request.getfixturevalue(f"{request.param}_databases")
    small = databases.copy_of("small", fill_few)
    both = site_of(small), site_of(url_of(databases.fresh(fill_many)))
    yield both
    for site in both:
        close(site)
    databases.drop(small)


def pairs_of(sites: tuple[Flask, Flask]) -> Iterator[Pair]:
    """Everyone, with the pages of his menu and those that this file names."""
    rows = rows_to_open(sites[0])
    for name in ("", *account_names()):
        few, many = (Browser(site) for site in sites)
        menu: list[str] = []
        if name:
            assert few.sign_in(name).status_code == many.sign_in(name).status_code == 302
            home = few.get("/admin/", follow_redirects=True).text
            start = home.index('<nav class="menu"') if '<nav class="menu"' in home else len(home)
            menu = MENU_LINK.findall(home[start : home.find("</nav>", start)])
        paths = dict.fromkeys((*menu, *SINGLE.get(name, ()), *rows.get(name, ())))
        yield Pair(name, few, many, tuple(paths))


def rows_to_open(site: Flask) -> dict[str, tuple[str, ...]]:
    """Pages of single rows: of those that both offices have, for the demonstration made them."""
    with site.app_context():
        case = db.session.scalars(
            select(Application)
            .where(
                Application.origin == Origin.NATIVE,
                Application.status == ApplicationStatus.ACCEPTED,
            )
            .order_by(Application.id)
            .limit(1)
        ).one()
        paper = db.session.scalars(select(Certificate).order_by(Certificate.id).limit(1)).one()
        own = f"/admin/application/{case.number}/"
        item = f"/admin/licence_item/details/?id={case.licence_item_id}"
        return {
            "reviewer": (own, f"/admin/certificate/details/?id={paper.id}", item),
            "manager": (own, item),
            "": (f"/register/{paper.number}",),
        }


def least(clock: Callable[[], float], *calls: Callable[[], Any]) -> list[float]:
    """The least time of each call in seconds; they take turns."""
    taken: list[list[float]] = [[] for _ in calls]
    for _round in range(ROUNDS):
        for call, times in zip(calls, taken, strict=True):
            begun = clock()
            call()
            times.append(clock() - begun)
    return [min(times) for times in taken]


def measured(pair: Pair, path: str) -> tuple[float, float]:
    """The page's time at the small office and at the large one."""
    for browser in (pair.few, pair.many):
        answer = browser.get(path)
        assert answer.status_code in (200, 302), (pair.name, path, answer.status_code)
    with pair.few.site.app_context():
        clock = process_time if db.engine.dialect.name == "sqlite" else perf_counter
    few, many = least(clock, lambda: pair.few.get(path), lambda: pair.many.get(path))
    return few, many


def test_every_page_is_as_quick_with_a_hundred_thousand_cases(sites: tuple[Flask, Flask]) -> None:
    slow: dict[str, str] = {}
    walked = 0
    with sites[0].app_context():
        print(f"\n{db.engine.dialect.name}: ms at {FEW:,}, ms at {CASES:,} cases, ratio")  # noqa: T201
    for pair in pairs_of(sites):
        for path in pair.paths:
            few, many = measured(pair, path)
            walked += 1
            said = f"{few * 1000:7.1f} {many * 1000:7.1f} {many / few:5.2f}"
            is_board = path.startswith(BOARD_PAGES)
            is_slow = many > BOARD_AT_MOST if is_board else many > AT_MOST * few
            mark = "  SLOW" if is_slow else ""
            print(f"{said}  {pair.name or '–':10} {path}{mark}")  # noqa: T201
            if is_slow:
                slow[f"{pair.name} {path}"] = said
    assert walked > 60
    assert slow == {}


def test_the_first_page_of_the_list_is_light(sites: tuple[Flask, Flask]) -> None:
    for name in ("reviewer", "manager"):
        browser = Browser(sites[1])
        browser.sign_in(name)
        size = len(browser.get("/admin/application/").data)
        print(f"\nlist for {name}: {size / 1024:.1f} KB")  # noqa: T201
        assert size < LIST_AT_MOST
