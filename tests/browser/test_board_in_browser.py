"""The manager's board in a real browser: it fits the screen, and its charts are drawn."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.serving import make_server

from tests.browser.conftest import SCREENS, Site, Visitor
from tests.busy import fill_busy_office
from tests.web import PASSWORD, cheap_passwords, close, opened_site


@pytest.fixture(scope="module")
def busy_site(sqlite_databases: Any) -> Iterator[Site]:
    """The site of a busy Monday, served."""
    with cheap_passwords():
        site = opened_site(sqlite_databases.fresh(fill_busy_office))
        server = make_server("127.0.0.1", 0, site, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Site(f"http://127.0.0.1:{server.server_port}", {"manager": PASSWORD}, {})
        server.shutdown()
        thread.join()
        server.server_close()
        close(site)


@SCREENS
def test_the_board_fits_the_screen(chromium: Any, busy_site: Site, width: int, locale: str) -> None:
    scheme = "dark" if locale == "en" else "light"
    visitor = Visitor(chromium, busy_site, width, locale).sign_in("manager")
    visitor.page.emulate_media(color_scheme=scheme)
    assert visitor.open("/admin/board/") == 200
    assert not visitor.overflows()
    charts = visitor.page.locator("[data-chart] svg")
    assert charts.count() == 5
    for place in range(5):
        box = charts.nth(place).bounding_box()
        assert box is not None
        assert 200 < box["width"] <= width
        assert box["height"] > 30
    assert visitor.complaints == []
    visitor.context.close()


def test_a_number_leads_to_its_list(chromium: Any, busy_site: Site) -> None:
    visitor = Visitor(chromium, busy_site, 1366, "zh_Hans_CN").sign_in("manager")
    visitor.open("/admin/board/")
    tile = visitor.page.locator(".board-tile a", has=visitor.page.locator("strong")).first
    number = tile.locator("strong").inner_text()
    with visitor.page.expect_navigation():
        tile.click()
    assert visitor.page.locator("h1 .count").inner_text() == number
    visitor.context.close()
