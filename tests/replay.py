"""The rows of the office told once more from the audit log alone."""

from typing import Any

from sqlalchemy import Connection, select

from models import AuditEntry, Base
from models.hooks.audit import HIDDEN_VALUE, plain

Rows = dict[tuple[str, int], dict[str, Any]]
# The chain itself and the counters are no subject of the log.
UNTOLD = frozenset({"audit_entry", "audit_head", "number_counter"})
# The log tells that these changed, and not from what to what.
HIDDEN = frozenset({"password_hash"})


def replayed(connection: Connection) -> Rows:
    """Each row as the log leaves it, without the values that are none."""
    rows: Rows = {}
    entries = AuditEntry.__table__
    for changes in connection.scalars(select(entries.c.changes).order_by(entries.c.id)):
        for change in changes:
            key = (change["table"], change["id"])
            if change["verb"] == "DELETE":
                del rows[key]
                continue
            row = rows.setdefault(key, {})
            for column, before in change["before"].items():
                assert row.get(column) == before, (key, column, "the log contradicts itself")
            row |= change["after"]
    return {key: _known(row) for key, row in rows.items()}


def stored(connection: Connection) -> Rows:
    """Each row as the database keeps it, in the spelling of the log."""
    return {
        (table.name, row["id"]): _known(
            {name: _shown(name, value) for name, value in row.items() if name != "version"}
        )
        for table in Base.metadata.tables.values()
        if table.name not in UNTOLD
        for row in connection.execute(select(table)).mappings()
    }


def _shown(name: str, value: Any) -> Any:
    return HIDDEN_VALUE if name in HIDDEN and value is not None else plain(value)


def _known(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}
