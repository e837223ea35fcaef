"""The frame of the panel in Chromium: keys, the menu of a phone without a script, and paper."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import SCREENS, Site, Visitor

pytestmark = pytest.mark.thorough

Visit = Callable[..., Visitor]
PAGES = ("/admin/", "/admin/notices/", "/admin/search/?q=2026", "/admin/search/?q=0000000")


@SCREENS
def test_the_frame_fits_the_screen(visit: Visit, width: int, locale: str) -> None:
    visitor = visit("head", width=width, locale=locale)
    for path in PAGES:
        assert visitor.open(path) == 200
        assert not visitor.overflows(), path
    for summary in visitor.page.locator(".drop > summary").all():
        summary.click()
        assert not visitor.overflows()
        summary.click()


def test_a_key_leads_to_the_search_and_a_number_to_its_case(visit: Visit) -> None:
    visitor = visit("head")
    page = visitor.page
    visitor.open("/admin/application/?tab=overdue")
    number = page.locator("[data-row] a").first.inner_text()
    page.keyboard.press("/")
    page.keyboard.type(number)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith(f"/admin/application/{number}/")


def test_a_phone_opens_the_menu_without_a_script(chromium: Any, demo_site: Site) -> None:
    context = chromium.new_context(
        viewport={"width": 390, "height": 800}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{demo_site.url}/login")
    page.fill("#username", "clerk")
    page.fill("#password", demo_site.accounts["clerk"])
    page.click("form[action='/login'] button[type=submit]")
    menu = page.locator(".menu")
    assert not menu.is_visible()
    page.click(".menu-open")
    assert menu.is_visible()
    page.click(".menu-close")
    assert not menu.is_visible()
    page.click(".menu-open")
    page.locator(".menu a[href='/admin/applicant/']").click()
    page.wait_for_url("**/admin/applicant/")
    assert not menu.is_visible()
    context.close()


def test_a_chosen_theme_holds_against_the_system(chromium: Any, demo_site: Site) -> None:
    context = chromium.new_context(color_scheme="light")
    page = context.new_page()
    grounds = {}
    for name in ("system", "dark", "light"):
        page.goto(f"{demo_site.url}/theme/{name}?next=/login")
        grounds[name] = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert grounds["system"] == grounds["light"] != grounds["dark"]
    page.goto(f"{demo_site.url}/theme/dark?next=/login")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    context.close()


def test_paper_shows_no_menu_and_nothing_to_press(visit: Visit) -> None:
    visitor = visit("head")
    visitor.open("/admin/application/?tab=overdue")
    page = visitor.page
    page.emulate_media(media="print")
    for hidden in (".sidebar", ".topbar", ".tabs", ".page-actions"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator("table.list").first.is_visible()
