"""Addresses inside the house come from the names of its pages, and carry the office's prefix."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask, url_for

from tests.web import Browser
from views.links import act_url, case_url, details_url, edit_url, item_url, list_url

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "admin_site/templates"

# An attribute that begins with a path of ours, or the path of the page, which lacks the prefix.
WRITTEN_OUT = re.compile(
    r"""\b(?:href|action|formaction|src|content|data-[\w-]+)\s*=\s*["']/\w*|request\.path"""
)
# The key to the search field; no page has that address.
NOT_AN_ADDRESS = {'data-hotkey="/'}
# Where rules of addresses are declared: a table of them, and the prefix of the panel.
DECLARED_IN = {"views/portal/__init__.py", "views/panel/__init__.py"}
DECLARING = ("page", "route", "get", "post")
# Who may ask for the office's prefix: the two that keep addresses for the whole process.
PREFIX_ASKED_IN = ["admin_site/pages.py", "views/links.py"]


def sources() -> Iterator[tuple[str, ast.Module]]:
    for folder in ("admin_site", "views"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def declared(tree: ast.Module) -> set[int]:
    """The texts that declare an address: the first argument of ``page``, ``route`` and so on."""
    return {
        id(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and node.args
        and ast.unparse(node.func).rpartition(".")[2] in DECLARING
    }


def test_no_template_writes_an_address_out() -> None:
    found = {
        (path.relative_to(TEMPLATES).as_posix(), text)
        for path in TEMPLATES.rglob("*.html")
        for text in WRITTEN_OUT.findall(path.read_text("utf-8"))
        if text not in NOT_AN_ADDRESS
    }
    assert found == set()


def test_no_view_writes_an_address_out() -> None:
    found = [
        (path, node.value)
        for path, tree in sources()
        if path not in DECLARED_IN
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.match(r"/[a-z_]+(/|\?|$)", node.value)
        and id(node) not in declared(tree)
    ]
    assert found == []


def test_the_prefix_is_asked_for_in_two_places() -> None:
    asking = {
        path
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "script_root"
    }
    assert sorted(asking) == PREFIX_ASKED_IN


def test_links_lead_to_the_pages_that_they_name(site: Flask) -> None:
    with site.test_request_context("/", base_url="https://office.test/window"):
        assert list_url("application") == "/window/admin/application/"
        assert list_url("application", tab="overdue", search="a&b") == (
            "/window/admin/application/?tab=overdue&search=a%26b"
        )
        assert list_url("board") == "/window/admin/board/"
        assert edit_url("saved_view", 7) == "/window/admin/saved_view/edit/?id=7"
        assert details_url("absence", 7) == "/window/admin/absence/details/?id=7"


@pytest.mark.parametrize("prefix", ["", "/window", "/KEY"])
@pytest.mark.parametrize("key", ["2026-000001", "a/b c", "许?可#1", "KEY"])
def test_rows_have_the_addresses_of_the_map(site: Flask, prefix: str, key: str) -> None:
    """The pattern that is kept for a page gives what the map gives for each row."""
    with site.test_request_context("/", base_url=f"https://office.test{prefix}"):
        assert case_url(key) == url_for("application.case_view", number=key)
        assert item_url(key) == url_for("licence_item.item_view", code=key)
        assert item_url(key, version=2) == url_for("licence_item.item_view", code=key, version=2)
        assert act_url(key, "accept") == f"{case_url(key)}act/accept/"


LINK = re.compile(r"""(?:href|action|src)="(/[^"]*)\"""")


@pytest.mark.parametrize("path", ["/", "/items/", "/track", "/register/", "/help/", "/login"])
def test_an_office_under_a_prefix_keeps_its_visitors(visitor: Browser, path: str) -> None:
    links = LINK.findall(visitor.client.get(path, base_url="http://localhost/window").text)
    assert links
    assert [link for link in links if not link.startswith("/window/")] == []


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/work/", "/admin/application/", "/admin/notices/", "/admin/absence/"]
)
def test_an_office_under_a_prefix_keeps_its_officers(
    signed_in: Callable[[str], Browser], path: str
) -> None:
    head = signed_in("head")
    links = LINK.findall(head.client.get(path, base_url="http://localhost/window").text)
    assert links
    assert [link for link in links if not link.startswith("/window/")] == []
