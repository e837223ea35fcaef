"""Database triggers: the last bolt against raw SQL, made from what the tables say of themselves.

They hold what must never be got round: the audit log only grows, a status takes only lawful
moves, what is kept is never taken away, what is written once stays, a closed case stays closed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection, inspect, text

from models.base import Base, policies
from models.policy import Deletable, Fixed
from models.rules.transitions import MOVES, edges

PREFIX = "guard_"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A refusal before ``event`` on ``table`` while ``condition`` (SQL over OLD, NEW) holds.

    Without a condition the statement is refused, whatever rows it meets.
    """

    name: str
    table: str
    event: str
    condition: str
    code: str


def _named(table: str, name: str, event: str, condition: str, code: str) -> Trigger:
    return Trigger(f"{PREFIX}{table}_{name}", table, event, condition, code)


def _distinct(column: str) -> str:
    # Both databases understand this form; IS DISTINCT FROM needs a newer SQLite.
    return f"(OLD.{column} <> NEW.{column} OR (OLD.{column} IS NULL) <> (NEW.{column} IS NULL))"


def _lawful_moves() -> Iterator[Trigger]:
    for table, moves in MOVES.items():
        pairs = " OR ".join(
            f"(OLD.status = '{source}' AND NEW.status = '{target}')"
            for source, target in edges(moves)
        )
        condition = f"OLD.status <> NEW.status AND NOT ({pairs})"
        yield _named(table, "move", "UPDATE", condition, "unlawful-move")


# When the database itself can tell that a row stays. The other conditions ask other rows, the
# actor or the day: those are judged by the hooks.
_STAYS = {Deletable.NEVER: "1 = 1", Deletable.WHILE_A_DRAFT: "OLD.status <> 'DRAFT'"}


def _code_of_keeping(fixed: tuple[Fixed, ...]) -> str:
    """What is written once as a whole says so when it is taken away, too."""
    whole = (each.code for each in fixed if not each.columns and not each.once)
    return next(whole, "row-is-never-deleted")


def _kept_rows() -> Iterator[Trigger]:
    for table, policy in policies().items():
        if stays := _STAYS.get(policy.deletable):
            yield _named(table, "delete", "DELETE", stays, _code_of_keeping(policy.fixed))


def _facts_written_once() -> Iterator[Trigger]:
    for table, policy in policies().items():
        for fixed in policy.fixed:
            changed = " OR ".join(_distinct(column) for column in fixed.columns)
            terms = [f"({term})" for term in (fixed.once, changed) if term]
            name = fixed.code.replace("-", "_") if terms else "update"
            yield _named(table, name, "UPDATE", " AND ".join(terms) or "1 = 1", fixed.code)


def _parts_of_their_whole() -> Iterator[Trigger]:
    for table, policy in policies().items():
        column = policy.part_of.column if policy.part_of else ""
        if column:
            moved = f"OLD.{column} IS NOT NULL AND {_distinct(column)}"
            yield _named(table, "whole", "UPDATE", moved, "part-keeps-its-whole")


def _end_of_the_log() -> Iterator[Trigger]:
    shrinks = "NEW.entries < OLD.entries"
    yield _named("audit_head", "grows", "UPDATE", shrinks, "audit-only-grows")


def _replaced_rows() -> Iterator[Trigger]:
    """SQLite replaces a row without asking the triggers on deletion: the key must be free.

    Rows without a key of their own are counters: their writer adds a row or counts it on.
    """
    for table, policy in policies().items():
        if policy.deletable in _STAYS and "id" in Base.metadata.tables[table].columns:
            taken = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608 - own names
            yield _named(table, "replace", "INSERT", taken, "row-is-never-deleted")


def _emptied_tables() -> Iterator[Trigger]:
    """PostgreSQL empties a table without asking the triggers of its rows: no table is emptied."""
    for table in policies():
        yield _named(table, "truncate", "TRUNCATE", "", "row-is-never-deleted")


_OWN = {"sqlite": _replaced_rows, "postgresql": _emptied_tables}


@cache
def triggers(dialect: str) -> tuple[Trigger, ...]:
    """Every trigger of a database system."""
    families = (
        _lawful_moves, _kept_rows, _facts_written_once, _parts_of_their_whole, _end_of_the_log,
        _OWN[dialect],
    )  # fmt: skip
    return tuple(trigger for family in families for trigger in family())


def _sqlite(trigger: Trigger) -> str:
    return (
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} "
        f"WHEN {trigger.condition} BEGIN SELECT RAISE(ABORT, '{trigger.code}'); END"
    )


def _postgresql(trigger: Trigger) -> str:
    when = f"FOR EACH ROW WHEN ({trigger.condition})" if trigger.condition else ""
    return (
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} "
        f"{when} EXECUTE FUNCTION guard_refuse('{trigger.code}')"
    )


_CREATE = {"sqlite": _sqlite, "postgresql": _postgresql}
_REFUSE = (
    "CREATE OR REPLACE FUNCTION guard_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
    "BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; "
    "END $$"
)
# The triggers of ours that are there: those of an earlier release have names of their own.
_PRESENT = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger "
    "WHERE NOT tgisinternal ORDER BY tgname",
}


def refresh_triggers(connection: Connection) -> None:
    """Make the triggers of the tables present those of this release. Safe to repeat."""
    dialect = connection.dialect.name
    drop_triggers(connection)
    if dialect == "postgresql":
        connection.execute(text(_REFUSE))
    present = set(inspect(connection).get_table_names())
    for trigger in triggers(dialect):
        if trigger.table in present:
            connection.execute(text(_CREATE[dialect](trigger)))


def drop_triggers(connection: Connection) -> None:
    """Take the triggers away: for a migration that builds their tables anew, or a forensic test."""
    dialect = connection.dialect.name
    for name, table in connection.execute(text(_PRESENT[dialect])).all():
        if name.startswith(PREFIX):
            of_table = f" ON {table}" if dialect == "postgresql" else ""
            connection.execute(text(f"DROP TRIGGER {name}{of_table}"))
