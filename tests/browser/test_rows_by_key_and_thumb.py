"""Rows of a list in a browser: moved over and chosen by keys, and by a thumb on a telephone."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import SCREENS, Visitor

pytestmark = pytest.mark.thorough

Visit = Callable[..., Visitor]
HERE = "tr[data-row][aria-current]"
THUMB = 44  # pixels


def number_here(officer: Visitor) -> str:
    return str(officer.page.locator(f"{HERE} td.name").inner_text()).split()[0]


def chosen(officer: Visitor) -> int:
    return int(officer.page.locator("[data-bulk-count]").text_content())


def test_the_keys_move_choose_open_and_go(visit: Visit) -> None:
    manager = visit("manager")
    page = manager.page
    manager.open("/admin/application/?tab=overdue")
    numbers = [text.split()[0] for text in page.locator("td.name").all_inner_texts()]
    page.keyboard.press("j")
    assert number_here(manager) == numbers[0]
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert number_here(manager) == numbers[1]
    assert page.locator(f"{HERE} input[name=rowid]").is_checked()
    assert chosen(manager) == 1
    page.keyboard.press("Control+x")
    assert chosen(manager) == 1
    page.keyboard.press("/")
    page.keyboard.type("jxg")
    assert number_here(manager) == numbers[1]
    assert chosen(manager) == 1
    page.locator("td.name a").nth(1).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert numbers[1] in page.url
    page.keyboard.press("g")
    with page.expect_navigation():
        page.keyboard.press("b")
    assert page.url.endswith("/admin/board/")


@pytest.mark.parametrize(
    ("locale", "words"), [("zh_Hans_CN", "下一行、上一行"), ("en", "Next and previous row")]
)
def test_the_keys_are_told_and_can_be_switched_off(visit: Visit, locale: str, words: str) -> None:
    officer = visit("reviewer", locale=locale)
    page = officer.page
    officer.open("/admin/application/")
    dialog = page.locator("dialog[data-keys]")
    assert not dialog.is_visible()
    page.keyboard.press("?")
    assert words in dialog.inner_text()
    letters = dialog.locator("[data-go]").evaluate_all("all => all.map(one => one.dataset.go)")
    assert {"m", "a", "h", "s"} <= set(letters)
    assert "b" not in letters  # the board is not a reviewer's
    dialog.locator("[data-keys-on]").uncheck()
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    page.keyboard.press("j")
    assert page.locator(HERE).count() == 0
    page.click("[data-keys-open]")
    dialog.locator("[data-keys-on]").check()
    dialog.locator("[data-keys-close]").click()
    page.keyboard.press("j")
    assert page.locator(HERE).count() == 1


def _box(locator: Any) -> dict[str, float]:
    found = locator.bounding_box()
    assert found is not None
    return dict(found)


@SCREENS
def test_rows_are_chosen_and_the_act_is_looked_at_first(
    visit: Visit, width: int, locale: str
) -> None:
    manager = visit("manager", width=width, locale=locale)
    page = manager.page
    manager.open("/admin/application/?tab=overdue")
    bar = page.locator("[data-bulk-bar]")
    assert not bar.is_visible()
    page.locator("td.tick").first.click()  # the whole cell, not only the box in it
    page.locator("td.tick").nth(2).click()
    assert chosen(manager) == 2
    place = _box(bar)
    assert place["y"] + place["height"] <= 900 + 1  # it stays in sight while the list is longer
    assert not manager.overflows()
    if width < 800:
        card = page.locator("tr[data-row]").first
        assert _box(card.locator(".light"))["y"] < _box(card.locator("td").nth(2))["y"]
        assert _box(card.locator("td.tick"))["height"] >= THUMB
        assert all(_box(one)["height"] >= THUMB for one in bar.locator("button[name=act]").all())
    with page.expect_navigation():
        bar.locator("button[value=order]").click()
    page.fill("#text", "请说明原因")
    with page.expect_navigation():
        page.click("button[name=_tried]")
    assert page.locator("#accepted-rows").count() == 1
    assert page.locator("tr[data-row]").count() == 2
    assert not manager.overflows()


def test_all_rows_are_chosen_and_none_again(visit: Visit) -> None:
    officer = visit("reviewer", width=390)
    page = officer.page
    officer.open("/admin/application_step/?tab=queue")
    page.locator(".tick-all input").check()
    rows = page.locator("tr[data-row]").count()
    assert chosen(officer) == rows > 1
    page.locator("td.tick").first.click()
    assert page.locator(".tick-all input").evaluate("box => box.indeterminate")
    page.locator("[data-bulk-clear]").click()
    assert chosen(officer) == 0
    assert not page.locator("[data-bulk-bar]").is_visible()
