"""The lists in a browser: filters open in place, a view is saved and stands among the tabs."""

from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from werkzeug.serving import make_server

from tests.browser.conftest import SCREENS, Site, Visitor, free_port
from tests.factories import PEOPLE
from tests.views.casework import fill_casework
from tests.web import PASSWORD, cheap_passwords, close, opened_site

pytestmark = pytest.mark.thorough


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


@SCREENS
def test_a_filtered_list_is_saved_as_a_view(
    chromium: Any, served: Site, width: int, locale: str
) -> None:
    visitor = Visitor(chromium, served, width, locale).sign_in("reviewer")
    page = visitor.page
    visitor.open("/admin/application/?tab=overdue")
    page.click("[data-opens-filters]")
    page.wait_for_selector(".filter-panel[open]")
    assert page.url.endswith("?tab=overdue"), "the filters open on the same page"
    page.check("input[name=flt_status_is][value=ACCEPTED]")
    page.check("input[name=flt_channel_is][value=WINDOW]")
    with page.expect_navigation():
        page.click(".filter-buttons button")
    assert page.locator(".chip[href*='flt_']").count() >= 2
    assert "flt_due_on_from" not in page.url, "what was left empty is not said"
    page.click(".save-view summary")
    page.fill("#view-name", "受理中的")
    page.select_option("#view-shared", "REVIEW")
    with page.expect_navigation():
        page.click(".save-view button")
    tab = page.locator(".tabs a.saved")
    assert "受理中的" in tab.inner_text()
    assert tab.get_attribute("aria-current") == "page"
    assert not visitor.overflows()
    with page.expect_navigation():
        page.click(".view-deeds form button")
    assert page.locator(".tabs a.saved").count() == 0
    assert visitor.complaints == []
    visitor.context.close()
