"""Every page of the demonstration, as the people who read it see it: nothing that a screen reader
stumbles over, nothing that sticks out, nothing that the policy forbids, no empty box for a letter.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Error

from tests.browser.atlas import ACCOUNTS, Stop, every_page
from tests.browser.conftest import Site, Visitor
from tests.browser.inspection import Finding, equip, inspect, missing_glyphs
from views.access import ACCESS

Visitors = dict[str | None, Visitor]
SEND = """how => {
  const button = document.querySelector("main form[method=post] .btn-primary");
  if (how === "sent late") button.form.elements.version.value = "0";
  button.form.noValidate = true;
  button.form.requestSubmit(button);
}"""
MORE = "; and more"
# The menu of an account is the same on all its pages: axe reads it on the first three.
MENU_PAGES = 3


@dataclass(frozen=True)
class Look:
    """How a page is read: language, light or dark, width of the screen."""

    locale: str
    scheme: str
    width: int

    def __str__(self) -> str:
        return f"{self.locale}-{self.scheme}-{self.width}"


CLOSED, DOWNLOAD = 403, 0
DESK = Look("zh_Hans_CN", "light", 1366)
TELEPHONE = Look("en", "dark", 390)
LOOKS = [
    Look(locale, scheme, width)
    for locale in ("zh_Hans_CN", "en")
    for scheme in ("light", "dark")
    for width in (1366, 390)
    if Look(locale, scheme, width) not in (DESK, TELEPHONE)
]


class Tour:
    """A walk through the pages, read in one way; what is wrong with them is noted."""

    def __init__(self, visitors: Visitors, look: Look) -> None:
        self.visitors = visitors
        self.findings: list[Finding] = []
        self.drawn: dict[str, str] = {}
        self.walked: Counter[str | None] = Counter()
        for visitor in visitors.values():
            turn_to(visitor, look)

    def read(self, stop: Stop) -> list[str] | None:
        """Inspect a page; where it leads, or nothing if it is no page for this account."""
        visitor, name = self.visitors[stop.account], str(stop)
        before = len(visitor.complaints)
        status = opened(visitor, stop.path)
        if status == DOWNLOAD or (status == CLOSED and stop.status != CLOSED):
            # The help tells of pages that are not open to each of its readers.
            return None
        if stop.sends:
            self.findings += send(visitor, name, stop.sends)
        elif status != stop.status:
            self.findings.append(Finding(name, f"answered {status}, not {stop.status}"))
        self.walked[stop.account] += 1
        seen = inspect(visitor.page, name, self.walked[stop.account] <= MENU_PAGES)
        self.findings += seen.findings
        self.findings += [Finding(name, f"console: {c}") for c in visitor.complaints[before:]]
        for character in seen.characters:
            self.drawn.setdefault(character, name)
        return seen.links

    def close(self) -> None:
        """Look whether all that was drawn can be drawn."""
        for each in missing_glyphs(self.visitors[None].page, "".join(self.drawn)):
            self.findings.append(Finding(self.drawn[each], f"no font has U+{ord(each):04X} {each}"))


def opened(visitor: Visitor, path: str) -> int:
    """Go to a page; returns its status, or that it is a file to be kept."""
    try:
        return visitor.open(path)
    except Error as error:
        if "Download is starting" not in error.message:
            raise
        return DOWNLOAD


def turn_to(visitor: Visitor, look: Look) -> None:
    """Let a visitor read in another way."""
    visitor.page.set_viewport_size({"width": look.width, "height": 900})
    visitor.page.emulate_media(color_scheme=look.scheme)
    visitor.read_in(look.locale)


def send(visitor: Visitor, name: str, how: str) -> Iterator[Finding]:
    """Send the form of the page as it is; what stands against it must then be told."""
    with visitor.page.expect_navigation():
        visitor.page.evaluate(SEND, how)
    if visitor.page.locator("[aria-invalid], .errors, [role=alert]").count() == 0:
        yield Finding(name, "the form comes back without a word")


@pytest.fixture(scope="module")
def visitors(chromium: Any, demo_site: Site) -> Iterator[Visitors]:
    """Every account at a browser of its own, and one who has none."""
    there: Visitors = {}
    for account in ACCOUNTS:
        there[account] = Visitor(chromium, demo_site, DESK.width, DESK.locale)
        if account:
            there[account].enter(account)
        equip(there[account].context)
    yield there
    for visitor in there.values():
        visitor.context.close()


@pytest.fixture(scope="module")
def desk(visitors: Visitors) -> tuple[list[Stop], list[Finding]]:
    """All pages of the site, found on a walk, and what is wrong with them on the desk."""
    tour = Tour(visitors, DESK)
    pages = every_page(visitors, tour.read)
    tour.close()
    return pages, tour.findings


@pytest.fixture
def pages(desk: tuple[list[Stop], list[Finding]]) -> list[Stop]:
    """All pages of the site."""
    return desk[0]


def walk(visitors: Visitors, pages: list[Stop], look: Look) -> list[Finding]:
    """Read pages that are known in another way; returns all that is wrong with them."""
    tour = Tour(visitors, look)
    for stop in pages:
        tour.read(stop)
    tour.close()
    return tour.findings


def told(findings: list[Finding]) -> str:
    """Each thing that is wrong once, with the pages on which it stands."""
    pages: dict[tuple[str, str], list[str]] = {}
    for each in findings:
        pages.setdefault((each.what, each.place), []).append(each.page)
    return "\n".join(
        f"{what}\n    {place}\n    on {'; '.join(names[:4])}{MORE if names[4:] else ''}"
        for (what, place), names in pages.items()
    )


def assert_nothing_is_wrong(findings: list[Finding]) -> None:
    assert not findings, f"{len(findings)} findings\n{told(findings)}"


@pytest.mark.thorough
def test_every_page_is_in_order_on_the_desk(desk: tuple[list[Stop], list[Finding]]) -> None:
    assert_nothing_is_wrong(desk[1])


@pytest.mark.thorough
def test_every_page_is_in_order_on_a_telephone_in_the_dark(
    visitors: Visitors, pages: list[Stop]
) -> None:
    """With the desk: both languages, both colours and both widths."""
    assert_nothing_is_wrong(walk(visitors, pages, TELEPHONE))


@pytest.mark.marathon
@pytest.mark.parametrize(
    "look", LOOKS, ids=lambda look: f"{look.locale}-{look.scheme}-{look.width}"
)
def test_every_page_is_in_order_however_it_is_read(
    visitors: Visitors, pages: list[Stop], look: Look
) -> None:
    assert_nothing_is_wrong(walk(visitors, pages, look))


@pytest.mark.thorough
def test_the_walk_comes_to_the_list_of_every_table(pages: list[Stop]) -> None:
    walked = {stop.path.partition("?")[0] for stop in pages}
    assert {f"/admin/{table}/" for table in ACCESS} - walked == set()
