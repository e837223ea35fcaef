"""What an entry of the log changed: each field before and after, in the reader's language."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext
from sqlalchemy import Boolean, Column, DateTime, Enum

from models.base import classes
from models.database import db
from models.enums import AuditVerb
from views.words.labels import TABLES, column_label, member_label, row_name
from views.words.values import NOTHING, mask_in_log, row_title, show, yuan

Values = Mapping[str, Any]

LONGEST_VALUE = 160
# What belongs to the case says so by standing here; keys and clockwork say nothing to a reader.
UNSAID = frozenset({"id", "application_id", "version", "sequence", "notice_id", "inspection_id"})
MODELS: Mapping[str, Any] = classes()


@dataclass(frozen=True, slots=True)
class Altered:
    """One field: what it was and what it is. ``before`` is empty where the row is new."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One row that an act touched, with its fields."""

    name: str
    fields: list[Altered]

    @property
    def size(self) -> int:
        """How many fields changed."""
        return len(self.fields)


class Rows:
    """The rows that the log names by key; each is asked for once for a page."""

    def __init__(self) -> None:
        self._titles: dict[tuple[str, Any], str] = {}

    def title(self, table: str, key: Any) -> str:
        """What a row is called; of one that is gone its key."""
        if (table, key) not in self._titles:
            row = db.session.get(MODELS[table], key)
            self._titles[table, key] = row_title(row) if row is not None else f"#{key}"
        return self._titles[table, key]


def changed_rows(
    changes: list[dict[str, Any]], rows: Rows, sees: Callable[[str], bool]
) -> list[ChangedRow]:
    """The rows that changed, as far as the reader may list their tables."""
    found = (_changed(change, rows) for change in changes if _is_open(change, sees))
    return [row for row in found if row.fields]


def _is_open(change: Values, sees: Callable[[str], bool]) -> bool:
    table = str(change.get("table"))
    return table in MODELS and table in TABLES and sees(table)


def _changed(change: Values, rows: Rows) -> ChangedRow:
    table = str(change["table"])
    before, after = change.get("before") or {}, change.get("after") or {}
    name = str(row_name(table))
    if change.get("verb") == AuditVerb.DELETE:
        name = gettext("%(row)s, taken away", row=name)
    return ChangedRow(name, list(_fields(table, before, after, rows)))


def _fields(table: str, before: Values, after: Values, rows: Rows) -> Iterator[Altered]:
    columns = MODELS[table].__table__.columns
    for key in dict.fromkeys([*before, *after]):
        column = columns.get(key)
        if column is None or key in UNSAID:
            continue
        old, new = (_said(column, side.get(key), rows) for side in (before, after))
        if old != new:
            yield Altered(str(column_label(table, key)), old if key in before else "", new)


def _said(column: Column[Any], value: Any, rows: Rows) -> str:
    if value is None or value == "":
        return NOTHING
    mask = mask_in_log(column.table.name, column.key)
    if mask is not None:
        return mask(str(value))
    if column.key in MODELS[column.table.name].policy.hidden:
        return str(value)
    for key in column.foreign_keys:
        return rows.title(key.column.table.name, value)
    return _shortened(_typed(column, value))


def _typed(column: Column[Any], value: Any) -> str:
    """A value of the log as its column means it."""
    kind = column.type
    if isinstance(kind, Enum) and kind.enum_class is not None:
        member = kind.enum_class.__members__.get(value)
        return str(member_label(member)) if member is not None else str(value)
    if isinstance(kind, Boolean):
        return show(bool(value))
    if isinstance(kind, DateTime):
        return show(datetime.fromisoformat(value))
    if column.key.endswith("_fen"):
        return yuan(int(value))
    return str(value)


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"
