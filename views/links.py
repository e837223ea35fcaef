"""Addresses inside the house, from the names of its pages: nobody writes a path by hand.

The map of addresses is asked once for each page and prefix of the office, not once for each row:
a list of two hundred cases has two hundred links, and a page of the panel has forty of its own.
"""

from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from flask import request, url_for

from models import ItemVersion

_KEY = "KEY"


@lru_cache(maxsize=1024)
def _path(_root: str, endpoint: str) -> str:
    """The path of a page under the prefix at which the office is served."""
    return url_for(endpoint)


@lru_cache(maxsize=64)
def _around(_root: str, endpoint: str, argument: str) -> tuple[str, str]:
    """What stands before and after the key in the address of a row's own page."""
    key: dict[str, Any] = {argument: _KEY}
    before, _, after = url_for(endpoint, **key).rpartition(_KEY)
    return before, after


def _asked(query: dict[str, Any]) -> str:
    return f"?{urlencode(query)}" if query else ""


def here() -> str:
    """The address of this page, to come back to; a form's own address after a POST."""
    query = request.query_string.decode("ascii", "ignore")
    return f"{path_here()}?{query}" if query else path_here()


def path_here() -> str:
    """The address of this page without what it was asked."""
    return f"{request.script_root}{request.path}"


def endpoint_url(endpoint: str, **query: Any) -> str:
    """The address of a page without a key in its path."""
    return f"{_path(request.script_root, endpoint)}{_asked(query)}"


def list_url(table: str, **query: Any) -> str:
    """The address of a table's list, or of a page that is none."""
    return endpoint_url(f"{table}.index_view", **query)


def new_url(table: str, **query: Any) -> str:
    """The address of a new row's form, with what it already says."""
    return endpoint_url(f"{table}.create_view", **query)


def details_url(table: str, key: Any) -> str:
    """The address at which a row is read."""
    return endpoint_url(f"{table}.details_view", id=key)


def edit_url(table: str, key: Any) -> str:
    """The address at which a row is edited."""
    return endpoint_url(f"{table}.edit_view", id=key)


def home_url() -> str:
    """The address of the panel's first page."""
    return endpoint_url("admin.index")


def sign_in_url(back_to: str) -> str:
    """The address of the sign-in, which leads back to where the reader wanted to go."""
    return endpoint_url("sign_in.login", next=back_to)


def case_url(number: str) -> str:
    """The address of a case's page."""
    before, after = _around(request.script_root, "application.case_view", "number")
    return f"{before}{quote(number)}{after}"


def act_url(number: str, act_name: str) -> str:
    """The address at which something is done to a case."""
    return url_for("application.case_act", number=number, act_name=act_name)


def item_url(code: str, **query: Any) -> str:
    """The address of an item's page."""
    before, after = _around(request.script_root, "licence_item.item_view", "code")
    return f"{before}{quote(code)}{after}{_asked(query)}"


def compare_url(old: ItemVersion, new: ItemVersion) -> str:
    """The address of the difference between two versions of an item."""
    versions: dict[str, Any] = {"from": old.version_number, "to": new.version_number}
    return url_for("licence_item.compare_view", code=new.licence_item.code, **versions)
