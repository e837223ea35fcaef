"""The audit entry of a flush: one for each subject, chained to the last one by hash."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, column, insert, select, table, update
from sqlalchemy.orm import Session

from models.acting import Acting
from models.audit import AuditEntry, AuditHead, canonical_json, iso_instant, subject_of
from models.enums import AuditVerb
from models.hooks.changes import Change

GENESIS = "0" * 64
HEAD: Table = AuditHead.__table__  # type: ignore[assignment]
# The log as it is stored, without the columns' Python types: what the hash covers.
ENTRIES = table(
    AuditEntry.__tablename__,
    *(column(name) for name in AuditEntry.__table__.c.keys()),  # noqa: SIM118
)

HIDDEN_VALUE = "•••"


def plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return iso_instant(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def entry_hash(previous: str, stored: dict[str, Any]) -> str:
    """SHA-256 over the previous hash and every column of the entry as it is stored."""
    body = {key: value for key, value in stored.items() if key not in ("hash", "previous_hash")}
    return sha256(f"{previous}\n{canonical_json(body)}".encode()).hexdigest()


def write_entries(session: Session, acting: Acting, changes: Iterable[Change]) -> None:
    """Append an entry for each subject that ``changes`` touch."""
    by_subject: dict[tuple[str, int | None], list[Change]] = {}
    for change in changes:
        by_subject.setdefault(subject_of(change.row), []).append(change)
    facts = [
        {
            "recorded_at": iso_instant(acting.now()),
            "effective_on": acting.today.isoformat(),
            "actor_id": acting.actor.user_id,
            "actor_name": acting.actor.name,
            "verb": _verb(subject_table, subject, group).value,
            "subject_table": subject_table,
            "subject_id": subject,
            "changes": canonical_json([_recorded(change) for change in group]),
        }
        for (subject_table, subject), group in by_subject.items()
    ]
    append(session.connection(), facts)


def append(connection: Connection, facts: list[dict[str, Any]]) -> None:
    """Chain ``facts`` (entries as stored, without id and hashes) to the log.

    The head row stays locked until the transaction ends.
    """
    if not facts:
        return
    head = connection.execute(select(HEAD).with_for_update()).one_or_none()
    if head is None:
        connection.execute(insert(HEAD), {"id": 1, "entries": 0, "hash": GENESIS})
    count, previous = (head.entries, head.hash) if head else (0, GENESIS)
    rows = []
    for fact in facts:
        count += 1
        entry = {"id": count, **fact}
        hashed = entry_hash(previous, entry)
        rows.append({**entry, "previous_hash": previous, "hash": hashed})
        previous = hashed
    connection.execute(insert(ENTRIES), rows)
    connection.execute(update(HEAD).values(entries=count, hash=previous))


def _verb(table: str, subject: int | None, group: list[Change]) -> AuditVerb:
    own = next((c for c in group if c.table == table and c.row.id == subject), None)  # type: ignore[attr-defined]
    return own.verb if own else AuditVerb.UPDATE


def _recorded(change: Change) -> dict[str, Any]:
    columns = [c.key for c in change.row.__mapper__.column_attrs if c.key != "version"]
    altered = [key for key in change.before if key != "version"]
    return {
        "table": change.table,
        "id": getattr(change.row, "id", None),
        "verb": change.verb.value,
        "before": _before(change, columns, altered),
        "after": _after(change, columns, altered),
    }


def _before(change: Change, columns: list[str], altered: list[str]) -> dict[str, Any]:
    if change.verb is AuditVerb.DELETE:
        return _known({key: _shown(change, key, getattr(change.row, key)) for key in columns})
    return {key: _shown(change, key, change.before[key]) for key in altered}


def _after(change: Change, columns: list[str], altered: list[str]) -> dict[str, Any]:
    if change.verb is AuditVerb.INSERT:
        return _known({key: _shown(change, key, getattr(change.row, key)) for key in columns})
    if change.verb is AuditVerb.UPDATE:
        return {key: _shown(change, key, getattr(change.row, key)) for key in altered}
    return {}


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _shown(change: Change, key: str, value: Any) -> Any:
    is_hidden = key in change.policy.hidden and value is not None
    return HIDDEN_VALUE if is_hidden else plain(value)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk along the chain found. ``first_bad`` is the id of the first broken entry."""

    entries: int
    ok: bool
    first_bad: int | None


def verify(connection: Connection) -> Verdict:
    """Walk the chain from its beginning and recompute every hash."""
    head = connection.execute(select(HEAD)).one_or_none()
    previous, expected_id = GENESIS, 1
    with connection.execute(
        select(ENTRIES).order_by(ENTRIES.c.id), execution_options={"yield_per": 5000}
    ) as rows:
        for row in rows.mappings():
            entry = dict(row)
            right = entry["id"] == expected_id and entry["previous_hash"] == previous
            if not right or entry_hash(previous, entry) != entry["hash"]:
                return Verdict(expected_id - 1, False, expected_id)
            previous, expected_id = entry["hash"], expected_id + 1
    count = expected_id - 1
    if head is None:
        # Without its end the chain proves nothing about its last entry.
        return Verdict(count, count == 0, count or None)
    ends_at_head = (head.entries, head.hash) == (count, previous)
    return Verdict(count, ends_at_head, None if ends_at_head else count + 1)
