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
    "application_id", "licence_item_id", "number", "name", "holder_name", "issued_on",
    "valid_from", "valid_until", "edition", "kind", "holder_id", "verify_token",
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


# Table → rows of which nothing is ever taken away, whoever tries.
KEPT = (
    "application_step", "audit_entry", "audit_head", "certificate", "decision", "due_date_change",
    "finding", "warning",
    "finding", "condition_verdict", "site_inspection", "site_inspector", "hearing",
    "interested_party", "forwarding", "termination", "applicant_link",
    "finding", "application_ban", "first_contact_handover", "intake_answer",
    "finding", "certificate_change",
    "finding", "supervision_order", "reassignment", "reassignment_line", "supervision_record",
    "referral", "complaint", "service_rating", "rectification",
)  # fmt: skip
# Table → rows that are written once. An entry's correction is another entry.
WRITTEN_ONCE = {
    "audit_entry": "audit-only-grows",
    "decision": "decision-is-fixed",
    "due_date_change": "history-only-grows",
    "finding": "history-only-grows",
    "warning": "history-only-grows",
    "forwarding": "decision-is-fixed",
    "termination": "decision-is-fixed",
    "first_contact_handover": "handover-is-fixed",
    "intake_answer": "answer-is-fixed",
    "reassignment_line": "history-only-grows",
    "service_rating": "rating-is-fixed",
}


def _keeping_triggers() -> Iterator[Trigger]:
    for table in KEPT:
        code = WRITTEN_ONCE.get(table, "row-is-never-deleted")
        yield Trigger(f"{PREFIX}{table}_delete", table, "DELETE", "1 = 1", code)
    for table, code in WRITTEN_ONCE.items():
        yield Trigger(f"{PREFIX}{table}_update", table, "UPDATE", "1 = 1", code)


def _triggers() -> tuple[Trigger, ...]:
    changed_fact = " OR ".join(_distinct(c) for c in CERTIFICATE_FACTS)
    return (
        *_lawful_move_triggers(),
        *_keeping_triggers(),
        Trigger(
            f"{PREFIX}audit_head_grows", "audit_head", "UPDATE", "NEW.entries < OLD.entries",
            "audit-only-grows",
        ),
        Trigger(
            f"{PREFIX}certificate_facts", "certificate", "UPDATE", changed_fact,
            "certificate-states-facts",
        ),
        Trigger(
            f"{PREFIX}certificate_change_fixed", "certificate_change", "UPDATE",
            "OLD.effective_on IS NOT NULL OR OLD.rejected_on IS NOT NULL",
            "certificate-change-is-fixed",
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
            f"{PREFIX}application_pinned", "application", "UPDATE",
            f"{_distinct('item_version_id')} OR {_distinct('licence_item_id')}", "case-is-pinned",
        ),
    )  # fmt: skip


TRIGGERS = _triggers()


def _replacing_triggers() -> Iterator[Trigger]:
    """SQLite replaces a row without asking the triggers on deletion: the key must be free."""
    for table in (*KEPT, "application"):
        taken = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608 - our own names
        yield Trigger(f"{PREFIX}{table}_replace", table, "INSERT", taken, "row-is-never-deleted")


ONLY_SQLITE = tuple(_replacing_triggers())


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


def _triggers_for(connection: Connection) -> tuple[Trigger, ...]:
    return TRIGGERS + (ONLY_SQLITE if connection.dialect.name == "sqlite" else ())


def refresh_triggers(connection: Connection) -> None:
    """Make the triggers of the tables present those of this release. Safe to repeat."""
    present = set(inspect(connection).get_table_names())
    for trigger in _triggers_for(connection):
        if trigger.table in present:
            for statement in _DIALECTS[connection.dialect.name](trigger):
                connection.execute(text(statement))


def drop_triggers(connection: Connection) -> None:
    """Take the triggers away: for a migration that builds their tables anew, or a forensic test."""
    present = set(inspect(connection).get_table_names())
    for trigger in _triggers_for(connection):
        if trigger.table in present:
            statement = next(_DIALECTS[connection.dialect.name](trigger))
            connection.execute(text(statement))
