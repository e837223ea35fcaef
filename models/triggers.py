"""Database triggers: the last bolt against raw SQL, made from the same tables as the hooks.

They hold what must never be got round: the audit log only grows, a status takes only lawful
moves, what a certificate states is fixed, a closed case stays closed, imported history stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, inspect, text

from models.rules.transitions import MOVES, edges

PREFIX = "guard_"

CERTIFICATE_FACTS = (
    "application_id", "licence_item_id", "number", "name", "holder_name",
    "issued_on", "valid_from", "valid_until",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trigger:
    """A refusal before ``event`` on ``table`` while ``condition`` (SQL over OLD, NEW) holds."""

    name: str
    table: str
    event: str
    condition: str
    code: str


def _distinct(column: str) -> str:
    # Both databases understand this form; IS DISTINCT FROM needs a newer SQLite.
    return f"(OLD.{column} <> NEW.{column} OR (OLD.{column} IS NULL) <> (NEW.{column} IS NULL))"


def _lawful_move_triggers() -> Iterator[Trigger]:
    for table, moves in MOVES.items():
        pairs = " OR ".join(
            f"(OLD.status = '{source}' AND NEW.status = '{target}')"
            for source, target in edges(moves)
        )
        condition = f"OLD.status <> NEW.status AND NOT ({pairs})"
        yield Trigger(f"{PREFIX}{table}_move", table, "UPDATE", condition, "unlawful-move")


def _triggers() -> tuple[Trigger, ...]:
    changed_fact = " OR ".join(_distinct(c) for c in CERTIFICATE_FACTS)
    return (
        *_lawful_move_triggers(),
        Trigger(f"{PREFIX}audit_update", "audit_entry", "UPDATE", "1 = 1", "audit-only-grows"),
        Trigger(f"{PREFIX}audit_delete", "audit_entry", "DELETE", "1 = 1", "audit-only-grows"),
        Trigger(
            f"{PREFIX}certificate_facts", "certificate", "UPDATE", changed_fact,
            "certificate-states-facts",
        ),
        Trigger(
            f"{PREFIX}certificate_delete", "certificate", "DELETE", "1 = 1", "row-is-never-deleted"
        ),
        Trigger(
            f"{PREFIX}application_closed", "application", "UPDATE",
            f"OLD.closed_on IS NOT NULL AND {_distinct('closed_on')}", "closed-case-stays-closed",
        ),
        Trigger(
            f"{PREFIX}application_origin", "application", "UPDATE",
            _distinct("origin"), "origin-never-changes",
        ),
        Trigger(
            f"{PREFIX}application_delete", "application", "DELETE",
            "OLD.status <> 'DRAFT'", "row-is-never-deleted",
        ),
        Trigger(
            f"{PREFIX}due_date_change_update", "due_date_change", "UPDATE", "1 = 1",
            "history-only-grows",
        ),
        Trigger(
            f"{PREFIX}due_date_change_delete", "due_date_change", "DELETE", "1 = 1",
            "history-only-grows",
        ),
    )  # fmt: skip


TRIGGERS = _triggers()


def _sqlite(trigger: Trigger) -> Iterator[str]:
    yield f"DROP TRIGGER IF EXISTS {trigger.name}"
    yield (
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} "
        f"WHEN {trigger.condition} BEGIN SELECT RAISE(ABORT, '{trigger.code}'); END"
    )


def _postgresql(trigger: Trigger) -> Iterator[str]:
    yield f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}"
    yield (
        "CREATE OR REPLACE FUNCTION guard_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$"
    )
    yield (
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} FOR EACH ROW "
        f"WHEN ({trigger.condition}) EXECUTE FUNCTION guard_refuse('{trigger.code}')"
    )


_DIALECTS = {"sqlite": _sqlite, "postgresql": _postgresql}


def refresh_triggers(connection: Connection) -> None:
    """Make the triggers of the tables present those of this release. Safe to repeat."""
    present = set(inspect(connection).get_table_names())
    for trigger in TRIGGERS:
        if trigger.table in present:
            for statement in _DIALECTS[connection.dialect.name](trigger):
                connection.execute(text(statement))


def drop_triggers(connection: Connection) -> None:
    """Take the triggers away; only a forensic test does this."""
    for trigger in TRIGGERS:
        statement = next(_DIALECTS[connection.dialect.name](trigger))
        connection.execute(text(statement))
