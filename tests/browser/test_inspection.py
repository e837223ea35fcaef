"""The inspector of the pages is inspected: each kind of fault is found, and none is made up."""

import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.browser.inspection import (
    AXE,
    AXE_SHA256,
    AXE_VERSION,
    VENDOR,
    equip,
    inspect,
    missing_glyphs,
)

ADDRESS = "http://inspected.invalid/"
POLICY = "default-src 'self'; style-src 'self'"
# What no font can have: unassigned, for private use, and no character at all.
IMPOSSIBLE = "\u0378\ue000\U0010fffe"
GOOD = "<h1>许可 Permit ✓ ▲</h1><p>申请人：<a href='/'>首页</a></p>"
BAD = f"""<h1>许可 {IMPOSSIBLE}</h1><img src="/picture.png">
  <p style="color: red">inline</p><script>document.title = "changed"</script>
  <table><tr><td>{"x" * 400}</td></tr></table>"""


def page_of(body: str) -> str:
    return f'<!doctype html><html lang="zh-Hans-CN"><title>t</title><body>{body}</body></html>'


@pytest.fixture
def opened(chromium: Any) -> Any:
    """A page with that body, under a strict policy, ready to be inspected."""
    context = chromium.new_context(viewport={"width": 390, "height": 900})
    equip(context)
    page = context.new_page()

    def open_page(body: str) -> Any:
        headers = {"Content-Security-Policy": POLICY}
        page.route(
            f"{ADDRESS}**",
            lambda route: route.fulfill(
                body=page_of(body), content_type="text/html; charset=utf-8", headers=headers
            ),
        )
        page.goto(ADDRESS)
        return page

    yield open_page
    context.close()


def test_a_good_page_has_no_finding(opened: Any) -> None:
    page = opened(GOOD)
    seen = inspect(page, "good")
    assert seen.findings == []
    assert seen.links == ["/"]
    assert set("许可Permit✓▲") <= set(seen.characters)
    assert missing_glyphs(page, seen.characters) == []


def test_a_bad_page_has_a_finding_of_every_kind(opened: Any) -> None:
    told = [each.what for each in inspect(opened(BAD), "bad").findings]
    assert "axe: image-alt" in told
    assert any(what.endswith("px too wide") for what in told)
    assert any("against the policy: script-src-elem inline" in what for what in told)
    assert any("against the policy: style-src-attr inline" in what for what in told)


def test_a_letter_that_no_font_has_is_missed(opened: Any) -> None:
    page = opened(BAD)
    assert set(missing_glyphs(page, inspect(page, "bad").characters)) == set(IMPOSSIBLE)


def test_axe_is_whole_and_not_shipped() -> None:
    assert sha256(AXE.read_bytes()).hexdigest() == AXE_SHA256
    assert AXE.read_text("utf-8").startswith(f"/*! axe v{AXE_VERSION}")
    assert "Mozilla Public License" in (VENDOR / "axe-LICENSE.txt").read_text("utf-8")
    settings = tomllib.loads(Path(__file__).parents[2].joinpath("pyproject.toml").read_text())
    wheel = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert all(not VENDOR.is_relative_to(VENDOR.parents[2] / package) for package in wheel)
