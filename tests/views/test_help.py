"""The help: whole in both languages, every link works, every date is the clock's own."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from models.enums import LimitUnit
from models.rules.deadlines import Pause, due_date, warn_date
from models.rules.statutory_holidays import shipped_calendar
from tests.web import Browser
from views.portal.help_pages import HELP_PAGES
from views.portal.worked_cases import WORKED_CASES, Reckoned, WorkedCase

LOCALES = ("zh_Hans_CN", "en")
FOLDER = Path(__file__).parents[2] / "admin_site/templates/help"
ISO = re.compile(r"\b20\d\d-\d\d-\d\d\b")
ELSEWHERE = re.compile(r'<(\w+)[^>]*\blang="[^"]*"[^>]*>.*?</\1>', re.S)


def read(visitor: Browser, locale: str, path: str) -> str:
    """The main part of a page in a language."""
    visitor.get(f"/language/{locale}")
    page = visitor.get(path)
    assert page.status_code == 200, (locale, path)
    return page.text[page.text.index("<main") : page.text.index("</main>")]


def words(page: str) -> str:
    """The text of a page in its own language, without its tags."""
    return unescape(re.sub(r"<[^>]+>", " ", ELSEWHERE.sub(" ", page)))


def headings(page: str) -> list[str]:
    return re.findall(r"<(h[1-3])\b", page)


@pytest.mark.parametrize("locale", LOCALES)
def test_each_language_has_exactly_the_pages_of_the_help(locale: str) -> None:
    assert {path.stem for path in (FOLDER / locale).iterdir()} == set(HELP_PAGES)


@pytest.mark.parametrize("name", HELP_PAGES)
def test_a_page_has_the_same_parts_in_both_languages(visitor: Browser, name: str) -> None:
    chinese, english = (read(visitor, locale, f"/help/{name}") for locale in LOCALES)
    assert headings(chinese) == headings(english) != []
    for pattern in (r'<h2 id="([^"]+)"', r'href="([^"]+)"', r"<time[^>]*>", r"<(li|dt|dd|p)\b"):
        found = [sorted(re.findall(pattern, page)) for page in (chinese, english)]
        assert found[0] == found[1], (name, pattern)


@pytest.mark.parametrize("name", ["", *HELP_PAGES])
def test_no_text_stays_in_the_other_language(visitor: Browser, name: str) -> None:
    english = words(read(visitor, "en", f"/help/{name}"))
    assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", english)
    chinese = words(read(visitor, "zh_Hans_CN", f"/help/{name}"))
    assert not re.search(r"[A-Za-z]{2,}", chinese)


def test_every_link_leads_somewhere(visitor: Browser, signed_in: Callable[[str], Browser]) -> None:
    """Public pages open for everybody, pages of the panel for somebody whose work they are."""
    people = [signed_in(name) for name in ("head", "manager", "clerk", "admin")]
    followed = set()
    for name in ("", *HELP_PAGES):
        for target in re.findall(r'href="([^"]+)"', read(visitor, "en", f"/help/{name}")):
            url = unescape(target)
            if url in followed:
                continue
            followed.add(url)
            assert urlsplit(url).scheme == "", url
            readers = people if url.startswith("/admin/") else [visitor]
            assert 200 in {reader.get(url).status_code for reader in readers}, url
    assert len(followed) > 15


def test_there_is_no_other_page(visitor: Browser) -> None:
    for path in ("/help/nowhere", "/help/page", "/help/parts", "/help/..%2Findex"):
        assert visitor.get(path).status_code == 404, path


# --- the worked examples --------------------------------------------------------------------------


def reckon(each: Reckoned) -> date | None:
    calendar = shipped_calendar()
    pauses = [Pause(start, end) for start, end in each.pauses]
    found = due_date(
        calendar, each.start, each.limit, LimitUnit.WORKING_DAY, pauses, each.extension
    ).due_on
    if found is None or each.warning is None:
        return found
    return warn_date(calendar, found, each.warning)


@pytest.mark.parametrize("case", WORKED_CASES, ids=lambda case: case.name)
def test_every_date_that_is_told_is_the_one_the_clock_computes(case: WorkedCase) -> None:
    """Art. 32, 42, 44, 45, 82; Civil Code 201, 203: the twelve worked examples."""
    assert {each.name: reckon(each) for each in case.reckoned} == {
        each.name: each.told for each in case.reckoned
    }


def test_the_day_of_deemed_acceptance_follows_the_day_of_the_notice() -> None:
    """Art. 32(4): on the first day after the five."""
    dates = next(case for case in WORKED_CASES if case.name == "silence").dates
    assert dates["deemed"] == dates["notice"] + timedelta(days=1)


def test_only_the_last_example_rests_on_a_year_without_a_notice() -> None:
    provisional = [
        case.name
        for case in WORKED_CASES
        for each in case.reckoned
        if due_date(shipped_calendar(), each.start, each.limit).provisional
    ]
    assert provisional == ["provisional"]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_page_shows_the_dates_of_each_example_and_no_others(
    visitor: Browser, locale: str
) -> None:
    page = read(visitor, locale, "/help/deadlines")
    examples = page.split("<h3>")[1:]
    assert len(examples) == len(WORKED_CASES) == 12
    for example, case in zip(examples, WORKED_CASES, strict=True):
        shown = {date.fromisoformat(day) for day in ISO.findall(words(example))}
        # The same case goes on from one example to the next: its acceptance is told once.
        hidden = {case.dates["accepted"]} if case.name == "too_late" else set()
        assert shown == set(case.dates.values()) - hidden, case.name


# --- where it is linked from ----------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/items/", "/register/"])
def test_the_portal_links_to_the_help(visitor: Browser, path: str) -> None:
    page = visitor.get(path).text
    assert 'href="/help/"' in page[page.index("<footer") :]


def test_the_panel_and_the_case_page_link_to_the_help(
    signed_in: Callable[[str], Browser],
) -> None:
    browser = signed_in("reviewer")
    home = browser.get("/admin/").text
    assert 'href="/help/"' in home[home.index('class="topbar"') : home.index("<main")]
    listed = browser.get("/admin/application/").text
    number = re.search(r'<td class="name"[^>]*><a href="([^"]+)"', listed)
    assert number
    case = browser.get(number.group(1)).text
    why = case[case.index('id="why-title"') :]
    assert 'href="/help/deadlines"' in why[: why.index("</h2>")]
