"""The last bolt: database triggers refuse to raw SQL exactly what the hooks refuse to rows."""

from collections.abc import Iterator
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, inspect, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from models import Base
from models.acting import SYSTEM, acting, acting_as
from models.base import classes
from models.certificate import FACTS
from models.database import GuardedSession
from models.enums import (
    ApplicationStatus,
    CertificateStatus,
    Named,
    StepStatus,
    VersionStatus,
)
from models.errors import RuleViolation
from models.hooks.changes import collect
from models.hooks.guard import guard_act
from models.rules.transitions import CLOSED_STATUSES, MOVES, moves_between
from models.triggers import drop_triggers, refresh_triggers, triggers
from tests.databases import rows_of, rows_of_all, triggers_of
from tests.doors.deed import DELETABLE
from tests.factories import MONDAY
from tests.statements import change, fill_every_table

pytestmark = pytest.mark.mainly("both")

DAY, NULL = "'2025-03-03'", "NULL"
STATUSES: dict[str, type[Named]] = {
    "application": ApplicationStatus,
    "application_step": StepStatus,
    "item_version": VersionStatus,
    "certificate": CertificateStatus,
}


def _columns(table: str, status: Named) -> dict[str, str]:
    """The other columns that constraints ask for in a status."""
    if table == "application":
        closed = DAY if status in CLOSED_STATUSES else NULL
        return {"closed_on": closed, "accepted_on": DAY, "received_on": DAY}
    if table == "application_step":
        return {"opened_on": DAY, "done_on": DAY if status is StepStatus.DONE else NULL}
    if table == "item_version":
        return {"published_on": NULL if status is VersionStatus.DRAFT else DAY}
    return {}


def _set(table: str, status: Named) -> str:
    return change(table, status=f"'{status}'", **_columns(table, status))


@pytest.fixture
def raw(databases: Any) -> Iterator[Connection]:
    """A connection to a database with a row in every table; nothing of it is kept."""
    engine: Engine = databases.fresh(fill_every_table)
    with engine.connect() as connection:
        yield connection


def test_every_table_with_moves_is_compared() -> None:
    assert set(STATUSES) == set(MOVES)


@pytest.mark.parametrize("table", sorted(MOVES))
def test_hooks_and_triggers_allow_the_same_moves(raw: Connection, table: str) -> None:
    pairs = list(permutations(STATUSES[table], 2))
    lawful = {pair for pair in pairs if moves_between(table, *pair)}
    allowed = set()
    for source in STATUSES[table]:
        drop_triggers(raw)
        raw.execute(text(_set(table, source)))
        refresh_triggers(raw)
        for _same, target in (pair for pair in pairs if pair[0] is source):
            if _refusal(raw, _set(table, target)) is None:
                allowed.add((source, target))
    assert allowed == lawful


@pytest.mark.parametrize("table", sorted(MOVES))
def test_a_status_may_stay_as_it_is(raw: Connection, table: str) -> None:
    assert _refusal(raw, f"UPDATE {table} SET status = status") is None


FINAL = {
    "an entry is altered": (change("audit_entry", actor_name="'x'"), "audit-only-grows"),
    "an entry is deleted": ("DELETE FROM audit_entry WHERE id = 1", "audit-only-grows"),
    "a certificate is deleted": ("DELETE FROM certificate", "row-is-never-deleted"),
    "a case is deleted": ("DELETE FROM application", "row-is-never-deleted"),
    "a closed case is opened": (
        change("application", status="'ACCEPTED'", closed_on=NULL),
        ("closed-case-stays-closed", "unlawful-move"),
    ),
    "a closure is dated back": (
        change("application", closed_on="'2025-01-02'"),
        "closed-case-stays-closed",
    ),
    "history is altered": (change("due_date_change", due_on=NULL), "history-only-grows"),
    "history is deleted": ("DELETE FROM due_date_change", "history-only-grows"),
    "a decision is turned": (change("decision", legal_basis="'x'"), "decision-is-fixed"),
    "a decision is deleted": ("DELETE FROM decision", "decision-is-fixed"),
    "a forwarding is turned": (change("forwarding", opinion="'x'"), "decision-is-fixed"),
    "a forwarding is deleted": ("DELETE FROM forwarding", "decision-is-fixed"),
    "a termination is turned": (change("termination", reasons="'x'"), "ending-is-fixed"),
    "a withdrawal is turned": (change("withdrawal", document_number="'x'"), "ending-is-fixed"),
    **{
        f"a row of {table} is deleted": (f"DELETE FROM {table}", "row-is-never-deleted")
        for table in (
            "termination",
            "withdrawal",
            "condition_verdict",
            "site_inspection",
            "site_inspector",
            "hearing",
            "interested_party",
            "applicant_link",
            "applicant",
            "clock_suspension",
            "correction_notice",
            "deadline_extension",
            "earlier_receipt",
            "fee_charge",
            "green_lane",
            "user_account",
        )
    },
    "a step is deleted": ("DELETE FROM application_step", "row-is-never-deleted"),
    "a change of a certificate is altered": (
        change("certificate_change", reasons="'x'"),
        "certificate-change-is-fixed",
    ),
    "a change of a certificate is deleted": (
        "DELETE FROM certificate_change",
        "row-is-never-deleted",
    ),
    "a finding is altered": (change("finding", detail="'x'"), "history-only-grows"),
    "an answer is altered": (change("intake_answer", reasons="'x'"), "answer-is-fixed"),
    "an answer is deleted": ("DELETE FROM intake_answer", "answer-is-fixed"),
    "an identity is altered": (
        change("applicant_identity", identity_number="'x'"),
        "identity-is-fixed",
    ),
    "an identity is deleted": ("DELETE FROM applicant_identity", "row-is-never-deleted"),
    "a correction of the applicant is altered": (
        change("applicant_correction", reason="'x'"),
        "correction-is-fixed",
    ),
    "an accepted case gets another applicant": (
        change("application", "status = 'ACCEPTED'", applicant_id="applicant_id + 1"),
        "applicant-is-fixed",
    ),
    "a received case came in otherwise": (
        change("application", channel="'POST'"),
        "channel-is-fixed",
    ),
    "a hand-over is altered": (
        change("first_contact_handover", reason="'x'"),
        "handover-is-fixed",
    ),
    "a hand-over is deleted": ("DELETE FROM first_contact_handover", "handover-is-fixed"),
    "a ban is deleted": ("DELETE FROM application_ban", "row-is-never-deleted"),
    "a finding is deleted": ("DELETE FROM finding", "history-only-grows"),
    "a rating is turned": (change("service_rating", text="'x'"), "rating-is-fixed"),
    "a rating is deleted": ("DELETE FROM service_rating", "rating-is-fixed"),
    "a reassigned step is rewritten": (
        change("reassignment_line", code="'x'"),
        "history-only-grows",
    ),
    "a reassigned step is deleted": ("DELETE FROM reassignment_line", "history-only-grows"),
    **{
        f"a row of {table} is deleted": (f"DELETE FROM {table}", "row-is-never-deleted")
        for table in (
            "complaint",
            "reassignment",
            "rectification",
            "referral",
            "supervision_order",
            "supervision_record",
        )
    },
    "the end of the log is deleted": ("DELETE FROM audit_head", "row-is-never-deleted"),
    "the end of the log goes back": (
        change("audit_head", entries="entries - 1"),
        "audit-only-grows",
    ),
    "a case is pinned to another version": (
        change("application", item_version_id="item_version_id + 1"),
        "case-is-pinned",
    ),
    "a material is moved to another case": (
        change("submitted_material", application_id="application_id + 1"),
        "part-keeps-its-whole",
    ),
    "a line is moved to another notice": (
        change("correction_notice_line", notice_id="notice_id + 1"),
        "part-keeps-its-whole",
    ),
    "a native case becomes history": (
        change("application", origin="'IMPORTED'", log_name="'x'", external_id="'x'"),
        "origin-never-changes",
    ),
    "history becomes a native case": (
        change(
            "application",
            "origin = 'IMPORTED'",
            origin="'NATIVE'",
            log_name=NULL,
            external_id=NULL,
            accepted_on=DAY,
        ),
        "origin-never-changes",
    ),
    **{
        f"a certificate states another {column}": (
            change("certificate", **{column: _other}),
            ("certificate-states-facts", "part-keeps-its-whole"),
        )
        for column, _other in {
            "application_id": "application_id + 1",
            "licence_item_id": "licence_item_id + 1",
            "number": "'x'",
            "name": "'x'",
            "holder_name": "'x'",
            "verify_token": "'x'",
            "issued_on": "'2024-01-02'",
            "valid_from": "'2024-01-02'",
            "valid_until": NULL,
            "edition": "edition + 1",
            "kind": "'LABEL'",
            "holder_id": "holder_id + 1",
        }.items()
    },
}


@pytest.mark.parametrize("act", sorted(FINAL))
def test_what_is_final_stays(raw: Connection, act: str) -> None:
    statement, codes = FINAL[act]
    table = statement.split()[2 if statement.startswith("DELETE") else 1]
    before = rows_of(raw, table)
    refusal = _refusal(raw, statement)
    assert refusal is not None
    assert any(code in refusal for code in ((codes,) if isinstance(codes, str) else codes))
    assert rows_of(raw, table) == before


def test_every_fact_of_a_certificate_is_tried() -> None:
    assert all(f"a certificate states another {fact}" in FINAL for fact in FACTS)


def test_hooks_and_triggers_agree_on_what_is_never_taken_away(raw: Connection) -> None:
    """Row by row, of every table: the database keeps what the hooks call kept, and no more."""
    for table, kind in classes().items():
        keys = list(inspect(kind).primary_key)
        rows = raw.execute(select(*keys).order_by(*keys)).all()
        assert rows, f"there is no {table}"
        by_hooks = {tuple(row): _hooks_keep(raw, kind, tuple(row)) for row in rows}
        by_triggers = {tuple(row): _triggers_keep(raw, kind, tuple(row)) for row in rows}
        assert by_triggers == by_hooks, table
        assert all(by_hooks.values()) or table in DELETABLE, table


def _hooks_keep(raw: Connection, kind: type[Base], key: tuple[Any, ...]) -> bool:
    """Whether the hooks say of a row that nobody takes it away, whoever asks."""
    with GuardedSession(raw) as session, acting_as(session, SYSTEM, MONDAY):
        session.delete(session.get_one(kind, key))
        try:
            guard_act(session, acting(session), collect(session))
        except RuleViolation as refusal:
            return refusal.code == "row-is-never-deleted"
    return False


def _triggers_keep(raw: Connection, kind: type[Base], key: tuple[Any, ...]) -> bool:
    named = zip(inspect(kind).primary_key, key, strict=True)
    row = " AND ".join(f"{column.name} = '{value}'" for column, value in named)
    try:
        return _refusal(raw, f"DELETE FROM {kind.__tablename__} WHERE {row}") is not None
    except IntegrityError as refusal:
        if "foreign key" not in str(refusal.orig).lower():
            raise
    return False


def test_postgresql_empties_no_table(raw: Connection) -> None:
    if raw.dialect.name != "postgresql":
        return  # SQLite knows no such statement: its triggers see every row that goes
    before = rows_of_all(raw, Base.metadata.tables)
    assert all(before.values())
    for table in Base.metadata.tables:
        assert _refusal(raw, f"TRUNCATE {table} CASCADE") is not None, table
    assert rows_of_all(raw, Base.metadata.tables) == before


# The writer of the counters adds a row or counts it on, in one statement.
COUNTED_ON = {"number_counter"}
KEPT = set(Base.metadata.tables) - DELETABLE | {"application", "item_version"}


def test_sqlite_replaces_no_row(raw: Connection) -> None:
    if raw.dialect.name != "sqlite":
        return  # PostgreSQL knows no such statement: its upsert is an UPDATE
    before = rows_of_all(raw, Base.metadata.tables)
    assert all(before.values())
    for table in sorted(KEPT - COUNTED_ON):
        statement = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        assert _refusal(raw, statement) is not None, table
    assert rows_of_all(raw, Base.metadata.tables) == before


def test_every_trigger_is_in_the_database(raw: Connection) -> None:
    names = [trigger.name for trigger in triggers(raw.dialect.name)]
    assert [name for name, _sql in triggers_of(raw)] == sorted(names)


def test_triggers_of_an_earlier_release_go(raw: Connection) -> None:
    before = triggers_of(raw)
    # A release had this one: its table and its name mean nothing to this release.
    event = "BEFORE DELETE ON absence FOR EACH ROW"
    does = {
        "sqlite": "BEGIN SELECT RAISE(ABORT, 'old'); END",
        "postgresql": "EXECUTE FUNCTION guard_refuse('old')",
    }[raw.dialect.name]
    raw.execute(text(f"CREATE TRIGGER guard_of_old {event} {does}"))
    assert triggers_of(raw) != before
    refresh_triggers(raw)
    assert triggers_of(raw) == before


def _refusal(connection: Connection, statement: str) -> str | None:
    """What a trigger says to a statement whose effect is taken back; None when it is allowed."""
    savepoint = connection.begin_nested()
    try:
        connection.execute(text(statement))
    except DBAPIError as refusal:
        if not any(t.code in str(refusal.orig) for t in triggers(connection.dialect.name)):
            raise
        return str(refusal.orig)
    finally:
        savepoint.rollback()
    return None
