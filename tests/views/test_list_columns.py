"""A column of a list is one row of data: what it brings to the page, to cards and to downloads."""

import csv
import re
from collections.abc import Callable, Iterator
from html import unescape
from io import StringIO
from typing import Any

import pytest
from flask_babel import force_locale
from sqlalchemy import select

from models import Application, ApplicationStep
from models.database import db
from tests.databases import url_of
from tests.views.casework import fill_casework
from tests.web import Browser, close, site_on
from views.panel.engine.columns import Cell, Column, ColumnPages
from views.panel.lists.cases import ApplicationList
from views.panel.lists.steps import StepList
from views.words.labels import column_label
from views.words.values import show

ROW = re.compile(r"<tr data-row>.*?</tr>", re.S)
HEAD = re.compile(r"<thead>.*?</thead>", re.S)
CELL = re.compile(r'<td[^>]* data-label="([^"]*)">(.*?)</td>', re.S)

Adding = Callable[[type[ColumnPages], Column], Browser]


@pytest.fixture
def adding(sqlite_databases: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Adding]:
    """A reviewer of a site whose list has one more column."""
    engine = sqlite_databases.fresh(fill_casework)
    sites = []

    def with_column(pages: type[ColumnPages], column: Column) -> Browser:
        monkeypatch.setattr(pages, "columns", (*pages.columns, column))
        site = site_on.__wrapped__(url_of(engine))  # one of its own: what is there is kept
        sites.append(site)
        return signed_in(site, "reviewer")

    yield with_column
    for site in sites:
        close(site)


def signed_in(site: Any, name: str) -> Browser:
    browser = Browser(site)
    assert browser.sign_in(name).status_code == 302
    browser.get("/language/en")
    return browser


def cells(page: str, label: str) -> list[str]:
    """What stands under a label, row by row."""
    found = [dict(CELL.findall(row)) for row in ROW.findall(page)]
    assert all(label in row for row in found), label
    return [unescape(re.sub(r"<[^>]*>", "", row[label]).strip()) for row in found]


def lines(browser: Browser, address: str) -> list[dict[str, str]]:
    """The download, line by line, each value under its heading."""
    text = browser.get(address).text.lstrip("\ufeff")
    return list(csv.DictReader(StringIO(text)))


@pytest.mark.parametrize(
    ("pages", "column", "address", "values"),
    [
        (ApplicationList, Column("kind", reads=(Application.kind,), sort=Application.kind,
                                 exported=True), "/admin/application/", Application.kind),
        (StepList, Column("opened_on", sort=ApplicationStep.opened_on, exported=True),
         "/admin/application_step/", ApplicationStep.opened_on),
    ],
    ids=["cases", "steps"],
)  # fmt: skip
def test_one_row_of_data_is_heading_cell_card_sort_link_and_download(
    adding: Adding, pages: type[ColumnPages], column: Column, address: str, values: Any
) -> None:
    browser = adding(pages, column)
    with browser.site.test_request_context(), force_locale("en"):
        label = str(column_label(address.split("/")[2], column.name))
        stored = sorted(show(each) for each in db.session.scalars(select(values)))
    page = browser.get(f"{address}?page_size=100").text
    assert re.search(rf'<a href="[^"]*sort={column.name}">{label}</a>', HEAD.search(page)[0])  # type: ignore[index]
    assert sorted(cells(page, label)) == stored
    turned = browser.get(f"{address}?page_size=100&sort={column.name}&desc=1").text
    assert f'aria-sort="descending"><a href="{address}?' in re.sub(r">\s+<", "><", turned)
    assert sorted(cells(turned, label)) == stored
    assert sorted(line[label] for line in lines(browser, f"{address}export/csv/")) == stored


def test_a_column_of_its_own_words_stays_out_of_the_download(adding: Adding) -> None:
    long = Column(
        "long", column_label("application", "summary"), reads=(Application.is_confidential,),
        cell=lambda row, page: Cell(f"{page.today} {row.is_confidential}", small="<b>"),
        style="day",
    )  # fmt: skip
    browser = adding(ApplicationList, long)
    page = browser.get("/admin/application/").text
    assert set(cells(page, "Summary")) == {"2025-03-03 False <b>"}
    assert "<small>&lt;b&gt;</small>" in page
    assert "sort=long" not in page
    assert browser.get("/admin/application/?sort=long").status_code == 400


def test_a_column_of_the_inside_is_not_for_applicants(adding: Adding) -> None:
    inside = Column("channel", reads=(Application.channel,), is_inside=True)
    browser = adding(ApplicationList, inside)
    label = 'data-label="Channel"'
    assert label in browser.get("/admin/application/").text
    own = signed_in(browser.site, "applicant2").get("/admin/application/").text
    assert "data-row" in own
    assert label not in own


def test_every_column_has_a_place_and_a_name_of_its_own() -> None:
    for pages in (ApplicationList, StepList):
        names = [column.name for column in pages.columns]
        assert len(set(names)) == len(names)
        assert all(column.listed or column.exported for column in pages.columns)
