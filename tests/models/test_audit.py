"""The audit log: it tells a life, and no byte of it changes unnoticed."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, select, text

from models import AuditEntry, User, acts
from models.enums import ApplicationStatus, AuditVerb
from models.hooks.audit import HIDDEN_VALUE, Verdict, verify
from models.questions.conflicts import who_was_first
from models.triggers import drop_triggers
from tests.factories import MONDAY, Office
from tests.replay import replayed, stored
from tests.statements import fill_every_table


@pytest.fixture
def log(databases: Any) -> Iterator[Connection]:
    """A connection to an office with a history, whose log nothing protects."""
    with databases.fresh(fill_every_table).connect() as connection:
        drop_triggers(connection)
        yield connection


def test_a_life_is_one_unbroken_chain(office: Office) -> None:
    case = office.delivered()
    verdict = verify(office.session.connection())
    assert verdict == Verdict(_entries(office.session.connection()), True, None)
    told = office.session.execute(
        select(AuditEntry.actor_name, AuditEntry.verb)
        .where(AuditEntry.subject_table == "application", AuditEntry.subject_id == case.id)
        .order_by(AuditEntry.id)
    ).all()
    assert [name for name, _verb in told] == [
        "clerk员",
        "clerk员",
        "reviewer员",
        "reviewer员",
        "decider员",
        "clerk员",
    ]
    assert [verb for _name, verb in told] == [AuditVerb.INSERT] + [AuditVerb.UPDATE] * 5


def test_an_entry_tells_each_value_before_and_after(office: Office) -> None:
    case = office.received()
    with office.acts("clerk", MONDAY):
        acts.intake.move(case, ApplicationStatus.ACCEPTED)
    entry = office.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    change = next(c for c in entry.changes if c["table"] == "application")
    assert (change["before"]["status"], change["after"]["status"]) == ("RECEIVED", "ACCEPTED")
    assert (change["before"]["due_on"], change["after"]["due_on"]) == (None, "2025-03-24")
    assert set(change["before"]) == set(change["after"])
    assert entry.effective_on == "2025-03-03"


def test_the_same_act_leaves_its_rows_in_the_same_order(office: Office) -> None:
    office.accepted()
    entry = office.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert [c["table"] for c in entry.changes] == [
        "application",
        "application_step",
        "application_step",
        "due_date_change",
        "intake_answer",
    ]


def test_a_refused_act_leaves_no_entry(office: Office) -> None:
    case = office.received()
    before = _entries(office.session.connection())
    with office.refuses("unlawful-move", "clerk"):
        acts.intake.move(case, ApplicationStatus.DELIVERED)
    assert _entries(office.session.connection()) == before


def test_a_password_is_never_in_the_log(office: Office) -> None:
    with office.acts("system", MONDAY):
        office.user("clerk").password_hash = "$argon2id$geheim"
    with office.acts("system", MONDAY) as session:
        session.add(
            User(username="new", display_name="新", display_name_en="N", password_hash="$argon2id")
        )
    stored = office.session.connection().scalars(text("SELECT changes FROM audit_entry")).all()
    assert not any("argon2id" in changes for changes in stored)
    assert sum(HIDDEN_VALUE in changes for changes in stored) == 2


def test_a_log_without_entries_is_whole(engine: Any) -> None:
    with engine.connect() as connection:
        assert verify(connection) == Verdict(0, True, None)


COLUMNS = {
    "recorded_at": "replace(recorded_at, '+00:00', '+00:01')",
    "effective_on": "'2018-12-31'",
    "actor_id": "999",
    "actor_name": "actor_name || ' '",
    "verb": "'DELETE'",
    "subject_table": "'application_'",
    "subject_id": "999",
    "changes": "replace(changes, ':', ': ')",
    "previous_hash": "replace(previous_hash, substr(previous_hash, 1, 1), 'x')",
    "hash": "replace(hash, substr(hash, 1, 1), 'x')",
}


def test_every_column_of_an_entry_is_tried() -> None:
    assert set(COLUMNS) == set(AuditEntry.__table__.c.keys()) - {"id"}


@pytest.mark.parametrize("column", sorted(COLUMNS))
def test_one_changed_byte_is_noticed(log: Connection, column: str) -> None:
    bad = _entries(log) // 2
    log.execute(text(f"UPDATE audit_entry SET {column} = {COLUMNS[column]} WHERE id = {bad}"))
    verdict = verify(log)
    assert (verdict.ok, verdict.first_bad) == (False, bad)


def test_a_whitespace_in_the_json_is_a_changed_byte(log: Connection) -> None:
    stored = log.scalar(text("SELECT changes FROM audit_entry WHERE id = 2"))
    log.execute(
        text("UPDATE audit_entry SET changes = :text WHERE id = 2"),
        {"text": json.dumps(json.loads(stored), ensure_ascii=False)},
    )
    assert verify(log).first_bad == 2


def test_a_number_of_an_entry_is_covered(log: Connection) -> None:
    last = _entries(log)
    log.execute(text(f"UPDATE audit_entry SET id = {last + 1} WHERE id = {last}"))
    assert verify(log).first_bad == last


@pytest.mark.parametrize("where", ["first", "middle", "last"])
def test_a_deleted_entry_is_noticed(log: Connection, where: str) -> None:
    last = _entries(log)
    gone = {"first": 1, "middle": last // 2, "last": last}[where]
    log.execute(text(f"DELETE FROM audit_entry WHERE id = {gone}"))
    verdict = verify(log)
    assert (verdict.ok, verdict.first_bad) == (False, gone)


def test_a_log_without_its_head_is_noticed(log: Connection) -> None:
    log.execute(text("DELETE FROM audit_head"))
    assert not verify(log).ok


def test_two_exchanged_entries_are_noticed(log: Connection) -> None:
    for source, target in ((3, -1), (4, 3), (-1, 4)):
        log.execute(text(f"UPDATE audit_entry SET id = {target} WHERE id = {source}"))
    assert verify(log).first_bad == 3


def test_the_first_is_named_to_the_loser(office: Office) -> None:
    case = office.reviewed()
    found = who_was_first(office.session, "application_step", case.steps[1].id)
    assert found is not None
    assert (found[0], found[1].tzinfo is not None) == ("reviewer员", True)
    # Nothing that was done to the case afterwards is taken for the step's own history.
    with office.acts("clerk", MONDAY):
        case.summary = "补记"
    assert who_was_first(office.session, "application_step", case.steps[1].id) == found
    by_whom = who_was_first(office.session, "application", case.id)
    assert by_whom is not None
    assert by_whom[0] == "clerk员"


def test_nobody_was_first_where_nothing_is(office: Office) -> None:
    assert who_was_first(office.session, "application", 999) is None


def _entries(connection: Connection) -> int:
    return int(connection.scalar(text("SELECT count(*) FROM audit_entry")) or 0)


def test_the_log_tells_every_row_as_it_is_stored(databases: Any) -> None:
    """Replay: an office with a row in every table, told once more from its log alone."""
    engine = databases.fresh(fill_every_table)
    with engine.connect() as connection:
        assert replayed(connection) == stored(connection)
