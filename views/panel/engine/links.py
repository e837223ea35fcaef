"""The addresses of the pages of cases and items."""

from typing import Any
from urllib.parse import quote, urlencode

from flask import request

from models import ItemVersion


def case_url(number: str) -> str:
    """The address of a case's page."""
    return f"{request.script_root}/admin/application/{quote(number)}/"


def item_url(code: str, **query: Any) -> str:
    """The address of an item's page."""
    asked = f"?{urlencode(query)}" if query else ""
    return f"{request.script_root}/admin/licence_item/{quote(code)}/{asked}"


def compare_url(old: ItemVersion, new: ItemVersion) -> str:
    """The address of the difference between two versions of an item."""
    query = urlencode({"from": old.version_number, "to": new.version_number})
    return f"{item_url(new.licence_item.code)}compare/?{query}"
