"""The files of the catalogue: TOML or JSON, read with the place of what is wrong, and written."""

import json
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import tomli_w
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import ItemVersion, LicenceItem
from models.enums import Origin
from models.questions.catalogue import published_version
from seed.catalogue_text import ItemText, TextError, item_text, read_items


def read_file(path: Path) -> list[ItemText]:
    """The items of a file. Raises TextError naming the line or the key at fault."""
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise TextError(path.name, "not a text in UTF-8") from error
    try:
        parsed = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except (tomllib.TOMLDecodeError, json.JSONDecodeError) as error:
        # Both say in which line and column.
        raise TextError(path.name, str(error)) from error
    if not isinstance(parsed, dict):
        raise TextError(path.name, "a table with a list named items is needed")
    return read_items(parsed)


def catalogue_of(session: Session) -> dict[str, Any]:
    """Every item of the office's own under its latest version, by code; imported ones are not."""
    items = session.scalars(
        select(LicenceItem).where(LicenceItem.origin == Origin.NATIVE).order_by(LicenceItem.code)
    )
    versions = (current_version(item) for item in items)
    return {"items": [item_text(version) for version in versions if version is not None]}


def current_version(item: LicenceItem) -> ItemVersion | None:
    """The version that binds, or the latest draft of an item that has none yet."""
    return published_version(item) or (item.versions[-1] if item.versions else None)


def as_toml(catalogue: Mapping[str, Any]) -> str:
    """The text of a catalogue."""
    return tomli_w.dumps(catalogue)


def as_json(catalogue: Mapping[str, Any]) -> str:
    """The same as JSON; days are written as text."""
    return json.dumps(catalogue, ensure_ascii=False, indent=1, default=date.isoformat)
