"""The manager's board in a real browser: it fits the screen, and its charts are drawn."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.serving import make_server

from tests.browser.conftest import SCREENS, Site, Visitor
from tests.busy import fill_busy_office
from tests.web import PASSWORD, cheap_passwords, close, opened_site

pytestmark = pytest.mark.thorough


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
    visitor = Visitor(chromium, busy_site, width, locale).enter("manager")
    visitor.page.emulate_media(color_scheme=scheme)
    assert visitor.open("/admin/board/") == 200
    assert not visitor.overflows()
    charts = visitor.page.locator("[data-chart] svg")
    charts.first.wait_for()
    assert charts.count() == 5
    for place in range(5):
        box = charts.nth(place).bounding_box()
        assert box is not None
        assert 200 < box["width"] <= width
        assert box["height"] > 30
        assert charts.nth(place).locator("path").count() > 2
    assert visitor.complaints == []
    visitor.context.close()


def colours(page: Any) -> set[str]:
    """The colours with which the first chart is filled."""
    paths = page.locator("[data-chart]").first.locator("path[fill]").all()
    return {path.get_attribute("fill") for path in paths}


def test_a_chart_wears_the_colours_of_the_page(chromium: Any, busy_site: Site) -> None:
    visitor = Visitor(chromium, busy_site, 1366, "en").enter("manager")
    visitor.page.emulate_media(color_scheme="light", reduced_motion="reduce")
    visitor.open("/admin/board/")
    visitor.page.locator("[data-chart] svg").first.wait_for()
    assert "#b3261e" in colours(visitor.page)
    visitor.page.emulate_media(color_scheme="dark")
    visitor.page.wait_for_function("!document.querySelector('[fill=\"#b3261e\"]')")
    assert "#ffb4ab" in colours(visitor.page)
    visitor.page.set_viewport_size({"width": 390, "height": 900})
    visitor.page.wait_for_function(
        "document.querySelector('[data-chart] svg').getBoundingClientRect().width < 390"
    )
    assert not visitor.overflows()
    assert visitor.complaints == []
    visitor.context.close()


def test_without_a_script_the_tables_say_it_all(chromium: Any, busy_site: Site) -> None:
    visitor = Visitor(chromium, busy_site, 390, "zh_Hans_CN").enter("manager")
    plain = chromium.new_context(
        java_script_enabled=False, storage_state=visitor.context.storage_state()
    )
    page = plain.new_page()
    page.goto(f"{busy_site.url}/admin/board/")
    assert page.locator("[data-chart] svg").count() == 0
    assert not page.locator("figure.chart-figure").first.is_visible()
    assert page.locator("table.figures").count() >= 8
    plain.close()
    visitor.context.close()


@pytest.mark.parametrize("place", [0, -1])
def test_a_number_leads_to_its_list(chromium: Any, busy_site: Site, place: int) -> None:
    visitor = Visitor(chromium, busy_site, 1366, "zh_Hans_CN").enter("manager")
    visitor.open("/admin/board/")
    links = visitor.page.locator("a[data-count]")
    assert links.count() > 100
    link = links.nth(place if place >= 0 else links.count() + place)
    number = link.get_attribute("data-count")
    with visitor.page.expect_navigation():
        link.click()
    assert visitor.page.locator("h1 .count").inner_text() == number
    assert visitor.complaints == []
    visitor.context.close()


def test_a_leader_orders_the_officer_of_the_latest_case(chromium: Any, busy_site: Site) -> None:
    visitor = Visitor(chromium, busy_site, 390, "en").enter("manager")
    visitor.open("/admin/board/")
    row = visitor.page.locator("#urgent tbody tr", has_text="Order to act").first
    number = row.locator("a").first.inner_text()
    with visitor.page.expect_navigation():
        row.get_by_text("Order to act").click()
    visitor.page.fill("[name=text]", "Please decide by noon.")
    with visitor.page.expect_navigation():
        visitor.page.locator("main form button[type=submit]").last.click()
    visitor.open("/admin/supervision_order/")
    assert visitor.sees(number)
    assert visitor.complaints == []
    visitor.context.close()
