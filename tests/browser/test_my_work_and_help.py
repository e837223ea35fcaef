"""My work and the help in a browser, on a desk and on a telephone."""

from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import pytest
from werkzeug.serving import make_server

from tests.browser.conftest import Site, Visitor, free_port
from tests.factories import PEOPLE
from tests.views.casework import fill_casework
from tests.web import PASSWORD, cheap_passwords, close, opened_site

Arrive = Callable[..., Visitor]
HELP = ("", "first-case", "first-item", "managers-week", "deadlines", "law", "words")


@pytest.fixture
def served(sqlite_databases: Any) -> Iterator[Site]:
    """The site with cases of every light, on a port of its own."""
    site = opened_site(sqlite_databases.fresh(fill_casework))
    port = free_port()
    server = make_server("127.0.0.1", port, site, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    with cheap_passwords():
        yield Site(f"http://127.0.0.1:{port}", dict.fromkeys(PEOPLE, PASSWORD), {})
    server.shutdown()
    thread.join()
    server.server_close()
    close(site)


@pytest.fixture
def arrive(chromium: Any, served: Site) -> Iterator[Arrive]:
    """A visitor of that site; in the end no script has complained."""
    visitors: list[Visitor] = []

    def come(name: str | None = None, width: int = 1366, locale: str = "zh_Hans_CN") -> Visitor:
        visitors.append(Visitor(chromium, served, width, locale))
        return visitors[-1].enter(name) if name else visitors[-1]

    yield come
    for visitor in visitors:
        visitor.context.close()
    assert [c for visitor in visitors for c in visitor.complaints] == []


def test_a_step_is_claimed_with_one_press_and_the_next_stands_on_top(arrive: Arrive) -> None:
    officer = arrive("reviewer")
    officer.open("/admin/work/")
    rows = officer.page.locator("#to-claim tbody tr")
    before, in_hand = rows.count(), officer.page.locator("#mine tbody tr").count()
    assert before > 0
    with officer.page.expect_navigation():
        officer.page.click("#to-claim .work-head button")
    assert officer.sees("已领取，现由您办理。")
    assert rows.count() == before - 1
    assert officer.page.locator("#mine tbody tr").count() == in_hand + 1
