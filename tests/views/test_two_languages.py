"""Every page in its own language: no Latin label in Chinese, no Chinese word in English.

What comes out of the database is data, whatever it is written in; everything else is a label.
"""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import JSON, Enum, String, select

import admin_site
from models import Base
from models.database import db
from tests.views.casework import fill_casework
from tests.web import Browser, close, opened_site
from views.access import ACCESS

STATIC = Path(admin_site.__file__).parent / "static"
ACCOUNTS = (
    "auditor", "clerk", "reviewer", "decider", "head", "manager", "admin", "system", "security",
    "guide", "applicant",
)  # fmt: skip
SOME = ("manager", "clerk", "applicant")
PUBLIC = (
    "/", "/login", "/items/", "/register/", "/track", "/nowhere", "/help/", "/help/first-case",
    "/help/first-item", "/help/managers-week", "/help/deadlines", "/help/law", "/help/words",
)  # fmt: skip
PANEL = (
    "/admin/", "/admin/work/", "/admin/board/", "/admin/figures/", "/admin/notices/",
    "/admin/search/", "/admin/search/?q=2026", "/admin/search/?q=0000000", "/account/password",
    "/admin/application/?filters=1",
)  # fmt: skip

LANGUAGES = pytest.mark.parametrize(
    ("locale", "language"), [("zh_Hans_CN", "zh-Hans-CN"), ("en", "en")]
)

# Names of formats and codes, and what is the same in every language.
ALLOWED = {
    "PDF", "XLSX", "CSV", "QR", "XES", "JSON", "GB", "ID", "AB", "SHA", "HTTP", "UTC", "NUL",
    "SYSTEM", "English", "onewindow",
}  # fmt: skip
CODE = re.compile(r"[A-Z]{1,4}-?\d[\w-]*|\d[\w.-]*|[0-9a-f]{8,}", re.ASCII)
ADDRESS = re.compile(r"https?://\S+")
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9_'-]+")
CHINESE = re.compile(r"[\u3400-\u9fff]+")
READ_ALOUD = {"placeholder", "title", "aria-label", "alt", "data-confirm", "data-label", "label"}


class Reading(HTMLParser):
    """What a page says: its texts, and the attributes that are read aloud or shown."""

    SILENT = frozenset({"script", "style", "code", "pre", "kbd"})
    VOID = frozenset({"meta", "link", "input", "br", "img", "hr", "path", "circle", "rect"})

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.said: list[str] = []
        self.open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        foreign = tag != "html" and named.get("lang", self.language) != self.language
        mark = named.get("aria-hidden") == "true" and tag == "span"
        silent = any(self.open) or tag in self.SILENT or foreign or mark
        if tag not in self.VOID:
            self.open.append(silent)
        if not silent:
            self.said += [value for name, value in named.items() if name in READ_ALOUD]
            if tag == "input" and named.get("type") in {"submit", "button"}:
                self.said.append(named.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(self.open):
            self.said.append(data.strip())


@pytest.fixture
def desk(sqlite_databases: Any) -> Iterator[Flask]:
    """The site with cases of every light."""
    site = opened_site(sqlite_databases.fresh(fill_casework))
    yield site
    close(site)


def texts_of_the_database(site: Flask) -> list[str]:
    """Every text of every row, the longest first; members of vocabularies have labels."""
    found: set[str] = set()
    with site.app_context():
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, JSON):
                    for value in db.session.scalars(select(column)):
                        found |= set(_texts_in(value))
                elif isinstance(column.type, String) and not isinstance(column.type, Enum):
                    found |= {text for text in db.session.scalars(select(column)) if text}
    lines = {line.strip() for text in found for line in text.splitlines()} | found
    return sorted((text for text in lines if len(text) > 1), key=len, reverse=True)


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str) and not re.fullmatch(r"[A-Z]+(_[A-Z]+)*", value):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts_in(part)


def pages_of(browser: Browser, seen: set[str]) -> Iterator[tuple[str, str]]:
    """The pages of an account: lists, forms and rows that nobody before it had; its own always.

    The first account reads every table; of the others only what they may write is news.
    """
    for path in PANEL:
        yield path, browser.get(path, follow_redirects=True).text
    for case in re.findall(r'href="(/admin/application/[^"?#]+/)"', _list_of_cases(browser))[:3]:
        yield case, browser.get(case).text
    for table in ACCESS:
        yield from _pages_of_table(browser, table, seen)


def _list_of_cases(browser: Browser) -> str:
    return browser.get("/admin/application/?page_size=100").text


def _pages_of_table(browser: Browser, table: str, seen: set[str]) -> Iterator[tuple[str, str]]:
    at = f"/admin/{table}/"
    if at not in seen:
        listed = browser.get(at)
        if listed.status_code == 200:
            seen.add(at)
            yield at, listed.text
            for link in re.findall(r'<tr data-row>.*?href="([^"]+)"', listed.text, re.S)[:1]:
                yield link, browser.get(link, follow_redirects=True).text
    for path in (f"{at}new/", f"{at}edit/?id=1"):
        if path not in seen and (page := browser.get(path)).status_code == 200:
            seen.add(path)
            yield path, page.text


def foreign_words(page: str, language: str, data: list[str]) -> set[str]:
    """The words of a page that belong to the other language."""
    reading = Reading(language)
    reading.feed(page[page.index("<body") :])
    said = "\n".join(reading.said)
    pattern = LATIN if language.startswith("zh") else CHINESE
    if not pattern.search(said):
        return set()
    for text in data:
        if text in said:
            said = said.replace(text, " ")
    said = CODE.sub(" ", ADDRESS.sub(" ", said))
    return {word for word in pattern.findall(said) if word not in ALLOWED}


@pytest.mark.parametrize(
    ("locale", "language", "accounts"),
    [
        ("zh_Hans_CN", "zh-Hans-CN", SOME),
        ("en", "en", SOME),
        pytest.param("zh_Hans_CN", "zh-Hans-CN", ACCOUNTS, marks=pytest.mark.thorough),
        pytest.param("en", "en", ACCOUNTS, marks=pytest.mark.thorough),
    ],
    ids=["Chinese", "English", "Chinese, everybody", "English, everybody"],
)
def test_the_panel_speaks_one_language(
    desk: Flask, locale: str, language: str, accounts: tuple[str, ...]
) -> None:
    data, seen, found = texts_of_the_database(desk), set[str](), dict[str, set[str]]()
    for account in accounts:
        browser = Browser(desk)
        assert browser.sign_in(account).status_code == 302
        browser.get(f"/language/{locale}")
        for path, text in pages_of(browser, seen):
            if words := foreign_words(text, language, data):
                found[f"{account} {path}"] = words
    assert found == {}


@pytest.mark.parametrize(
    ("language", "page", "words"),
    [
        ("zh-Hans-CN", "<p>办件 Cases</p>", {"Cases"}),
        ("zh-Hans-CN", '<input placeholder="Search">', {"Search"}),
        ("zh-Hans-CN", '<p>导出 XLSX XK-2026-000187</p><a lang="en">English words</a>', set()),
        ("zh-Hans-CN", "<script>const words = 1;</script><p>Kiln permit</p>", set()),
        ("en", '<button aria-label="关闭">Close</button>', {"关闭"}),
    ],
)
def test_a_foreign_word_is_noticed(language: str, page: str, words: set[str]) -> None:
    assert foreign_words(f"<body>{page}", language, ["Kiln permit"]) == words


@LANGUAGES
def test_the_pages_for_everybody_speak_one_language(
    desk: Flask, locale: str, language: str
) -> None:
    browser = Browser(desk)
    browser.get(f"/language/{locale}")
    data = texts_of_the_database(desk)
    pages = {path: browser.get(path, follow_redirects=True).text for path in PUBLIC}
    items = re.findall(r'href="(/items/[^"]+)"', pages["/items/"])
    pages |= {path: browser.get(path).text for path in items[:3]}
    found = {
        path: words
        for path, text in pages.items()
        if (words := foreign_words(text, language, data))
    }
    assert found == {}


LITERAL = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|`(?:[^`\\]|\\.)*`')
SENTENCE = re.compile(r"^[A-Z][a-z]+( [a-z]+)+|^[A-Z][a-z]{2,}$|[\u3400-\u9fff]")


def test_no_script_speaks_for_itself() -> None:
    """The words of a script come with the page, in the page's language."""
    found = {
        (path.name, literal)
        for path in STATIC.glob("*.js")
        for literal in LITERAL.findall(path.read_text("utf-8"))
        if SENTENCE.search(literal[1:-1]) and literal[1:-1] not in {"Enter", "Escape", "Tab"}
    }
    assert json.dumps(sorted(found)) == "[]"
