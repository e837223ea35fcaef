"""The catalogue as text: a plain dictionary for each item, and the rows that it describes.

The text is TOML or JSON. An item holds its own columns, those of one version, and a list for each
of their parts. A column that has its default is left out, so that the text says what is particular.
The order in a list is the order of the parts: no position is written.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Boolean, Column, Date, Enum, Integer, inspect

from models import (
    Base,
    FeeItem,
    FormerStep,
    ItemCondition,
    ItemQuestion,
    ItemVersion,
    LicenceItem,
    MaterialRequirement,
    SourceNote,
    StepDefinition,
)

# What no text says: keys, and what follows from acts.
UNSAID = frozenset(
    {
        "id", "version", "position", "licence_item_id", "item_version_id", "department_id",
        "former_department_id", "origin", "version_number", "status", "drafted_by_id",
        "published_by_id", "published_on", "is_verified", "verified_on", "verified_by_id",
    }
)  # fmt: skip

# Part of an item → its rows; the first hangs on the item itself, the others on the version.
OF_THE_ITEM: dict[str, type[Base]] = {"former_steps": FormerStep}
OF_THE_VERSION: dict[str, type[Base]] = {
    "steps": StepDefinition,
    "materials": MaterialRequirement,
    "conditions": ItemCondition,
    "fees": FeeItem,
    "questions": ItemQuestion,
    "sources": SourceNote,
}
PARTS = {**OF_THE_ITEM, **OF_THE_VERSION}
DEPARTMENTS = ("department", "former_department")


class TextError(ValueError):
    """What the text says cannot be read as a catalogue; ``place`` names item and key."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ItemText:
    """One item as the text describes it: values by column, parts in their order."""

    code: str
    item: dict[str, Any]
    version: dict[str, Any]
    parts: dict[str, list[dict[str, Any]]]
    departments: dict[str, str]


def columns_of(table: type[Base]) -> dict[str, Column[Any]]:
    """The columns that a text may say."""
    return {name: c for name, c in inspect(table).columns.items() if name not in UNSAID}


def written(row: Base) -> dict[str, Any]:
    """What is particular to a row, in the order of its columns."""
    told: dict[str, Any] = {}
    for name, column in columns_of(type(row)).items():
        value = getattr(row, name)
        if value is not None and value != _default(column):
            told[name] = value.name if isinstance(column.type, Enum) else value
    return told


def _default(column: Column[Any]) -> Any:
    default = column.default
    return default.arg if default is not None and default.is_scalar else None  # type: ignore[attr-defined]


def item_text(version: ItemVersion) -> dict[str, Any]:
    """An item as text, under one of its versions."""
    item = version.licence_item
    told = written(item)
    for name in DEPARTMENTS:
        if (department := getattr(item, name)) is not None:
            told[name] = department.code
    told |= written(version)
    for part in PARTS:
        owner = item if part in OF_THE_ITEM else version
        if rows := [written(row) for row in getattr(owner, part)]:
            told[part] = rows
    return told


def read_items(text: Mapping[str, Any]) -> list[ItemText]:
    """The items of a text. Raises TextError at the first thing that cannot be read."""
    items = text.get("items")
    if set(text) - {"items"}:
        raise TextError(sorted(set(text) - {"items"})[0], "unknown key")
    if not isinstance(items, list):
        raise TextError("items", "a list is needed")
    read = [_read_item(spec, place) for place, spec in enumerate(items, start=1)]
    codes = [item.code for item in read]
    if twice := next((code for code in codes if codes.count(code) > 1), None):
        raise TextError(twice, "described twice")
    return read


def _read_item(spec: Any, place: int) -> ItemText:
    if not isinstance(spec, dict) or not isinstance(spec.get("code"), str) or not spec["code"]:
        raise TextError(f"items[{place}]", "code is needed")
    code = spec["code"]
    item_columns, version_columns = columns_of(LicenceItem), columns_of(ItemVersion)
    own: dict[str, Any] = {}
    of_version: dict[str, Any] = {}
    parts: dict[str, list[dict[str, Any]]] = {}
    departments: dict[str, str] = {}
    for key, value in spec.items():
        at = f"{code}.{key}"
        if key in PARTS:
            parts[key] = list(_read_parts(PARTS[key], value, at))
        elif key in DEPARTMENTS:
            departments[key] = _text(value, at)
        elif key in item_columns:
            own[key] = _value(item_columns[key], value, at)
        elif key in version_columns:
            of_version[key] = _value(version_columns[key], value, at)
        else:
            raise TextError(at, "unknown key")
    _need(item_columns, own, code)
    if "department" not in departments:
        raise TextError(f"{code}.department", "is needed")
    return ItemText(code, own, of_version, parts, departments)


def _read_parts(table: type[Base], rows: Any, at: str) -> Iterator[dict[str, Any]]:
    if not isinstance(rows, list):
        raise TextError(at, "a list is needed")
    columns = columns_of(table)
    for number, row in enumerate(rows, start=1):
        place = f"{at}[{number}]"
        if not isinstance(row, dict):
            raise TextError(place, "a table is needed")
        if unknown := sorted(set(row) - set(columns)):
            raise TextError(f"{place}.{unknown[0]}", "unknown key")
        told = {key: _value(columns[key], v, f"{place}.{key}") for key, v in row.items()}
        _need(columns, told, place)
        yield told


def _need(columns: Mapping[str, Column[Any]], told: Mapping[str, Any], place: str) -> None:
    for name, column in columns.items():
        if not column.nullable and column.default is None and name not in told:
            raise TextError(f"{place}.{name}", "is needed")


def _value(column: Column[Any], value: Any, at: str) -> Any:
    kind = column.type
    if isinstance(kind, Enum):
        members = kind.enum_class.__members__  # type: ignore[union-attr]
        if value not in members:
            raise TextError(at, f"{value} is none of {', '.join(members)}")
        return members[value]
    if isinstance(kind, Boolean):
        return _of(bool, value, at)
    if isinstance(kind, Integer):
        if isinstance(value, bool):
            raise TextError(at, "a whole number is needed")
        return _of(int, value, at)
    if isinstance(kind, Date):
        return _day(value, at)
    return _fitting(_text(value, at), getattr(kind, "length", None), at)


def _fitting(text: str, longest: int | None, at: str) -> str:
    if longest is not None and len(text) > longest:
        raise TextError(at, f"at most {longest} characters")
    return text


def _day(value: Any, at: str) -> date:
    # TOML has dates; JSON writes them as text.
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(_text(value, at))
    except ValueError as error:
        raise TextError(at, "a date is needed (YYYY-MM-DD)") from error


def _text(value: Any, at: str) -> str:
    return str(_of(str, value, at))


_KINDS = {str: "a text", int: "a whole number", bool: "true or false"}


def _of(kind: type, value: Any, at: str) -> Any:
    if not isinstance(value, kind):
        raise TextError(at, f"{_KINDS[kind]} is needed")
    return value
