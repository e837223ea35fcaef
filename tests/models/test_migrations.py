"""The migrations lead to the very schema of the models, constraints and triggers included."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError

from models import Base
from models.migrating import current_revision, newest_revision, upgrade
from tests.databases import opened, triggers_of

OTHER_TABLES = {"alembic_version"}


def _nothing(engine: Engine) -> None:
    engine.connect().close()


def _schema(engine: Engine) -> dict[str, Any]:
    look = inspect(engine)
    tables = set(look.get_table_names()) - OTHER_TABLES
    found: dict[str, Any] = {table: _table(look, table) for table in sorted(tables)}
    with engine.connect() as connection:
        return found | {"triggers": triggers_of(connection)}


def _table(look: Any, table: str) -> dict[str, Any]:
    return {
        "columns": {c["name"]: (str(c["type"]), c["nullable"]) for c in look.get_columns(table)},
        "key": look.get_pk_constraint(table),
        "references": sorted(look.get_foreign_keys(table), key=lambda f: str(f["name"])),
        "checks": sorted((c["name"], c["sqltext"]) for c in look.get_check_constraints(table)),
        "unique": sorted(
            (u["name"], tuple(u["column_names"])) for u in look.get_unique_constraints(table)
        ),
        "indexes": sorted(
            (i["name"], tuple(i["column_names"]), bool(i["unique"]), _where(i))
            for i in look.get_indexes(table)
        ),
    }


def _where(index: dict[str, Any]) -> str:
    options = index.get("dialect_options", {})
    found = [str(value) for key, value in options.items() if key.endswith("_where")]
    return " ".join(found)


def test_migrated_and_created_schemas_are_the_same(databases: Any, engine: Engine) -> None:
    url = databases.copy_of("nothing", _nothing)
    with opened(url) as migrated:
        upgrade(migrated)
        assert _schema(migrated) == _schema(engine)
        assert _schema(migrated)["triggers"], "the last bolt is in place"
        assert set(inspect(migrated).get_table_names()) == set(Base.metadata.tables) | OTHER_TABLES
    databases.drop(url)


@pytest.mark.thorough
def test_upgrading_twice_changes_nothing(databases: Any) -> None:
    url = databases.copy_of("nothing", _nothing)
    with opened(url) as migrated:
        assert current_revision(migrated) is None
        upgrade(migrated)
        before = _schema(migrated)
        upgrade(migrated)
        assert _schema(migrated) == before
        assert current_revision(migrated) == newest_revision()
    databases.drop(url)


# An office of the first release: its rows by table, parents first.
FIRST_OFFICE: dict[str, dict[str, Any]] = {
    "authority": {"id": 1, "code": "A", "name": "市局", "name_en": "Bureau", "version": 1},
    "department": {
        "id": 1, "authority_id": 1, "code": "XK", "name": "科", "name_en": "S", "version": 1,
    },
    "user_account": {
        "id": 1, "username": "clerk", "display_name": "窦受理", "display_name_en": "Dou",
        "is_active": True, "session_epoch": 1, "version": 1,
    },
    "licence_item": {
        "id": 1, "code": "X1", "name": "许可", "name_en": "Permit", "item_type": "PERMIT",
        "handling_type": "PROMISED", "handling_mode": "ALONE", "department_id": 1,
        "number_prefix": "T", "is_offered": True, "origin": "NATIVE", "version": 1,
    },
    "item_version": {
        "id": 1, "licence_item_id": 1, "version_number": 1, "status": "PUBLISHED",
        "legal_basis": "", "statutory_limit": 20, "statutory_unit": "WORKING_DAY",
        "promised_limit": 15, "promised_unit": "WORKING_DAY", "clock_start": "ACCEPTANCE",
        "warning_days": 3, "duties_are_separated": True, "certificate_name": "证",
        "certificate_series": "S", "certificate_months": 12, "published_on": "2019-01-01",
        "version": 1,
    },
    "applicant": {
        "id": 1, "kind": "ORGANISATION", "name": "青石公司", "version": 1,
        "identity_number": "91350100M000100Y43",
    },
    "application": {
        "id": 1, "number": "T-2025-000001", "licence_item_id": 1, "item_version_id": 1,
        "applicant_id": 1, "channel": "WINDOW", "origin": "NATIVE", "status": "GRANTED",
        "summary": "", "received_on": "2025-03-03", "accepted_on": "2025-03-03",
        "deemed_accepted": False, "decided_on": "2025-03-04", "due_on": "2025-03-18",
        "statutory_due_on": "2025-03-18", "due_is_provisional": False,
        "statutory_due_is_provisional": False, "version": 1,
    },
    "correction_notice": {
        "id": 1, "application_id": 1, "sequence": 1, "missing": "申请书",
        "issued_on": "2025-03-03", "answered_on": "2025-03-03", "version": 1,
    },
    "decision": {
        "id": 1, "application_id": 1, "outcome": "GRANTED", "decided_on": "2025-03-04",
        "legal_basis": "", "reasons": "", "remedies": "", "version": 1,
    },
    "certificate": {
        "id": 1, "application_id": 1, "licence_item_id": 1, "number": "S-2025-00001",
        "name": "证", "holder_name": "青石公司", "issued_on": "2025-03-04",
        "valid_from": "2025-03-04", "valid_until": "2026-03-03", "status": "VALID", "version": 1,
    },
}  # fmt: skip

OF_KEEPING = "row-is-never-deleted|decision-is-fixed"


def test_an_office_of_the_first_release_keeps_its_rows(databases: Any) -> None:
    url = databases.copy_of("nothing", _nothing)
    with opened(url) as engine:
        upgrade(engine, "0001")
        with engine.begin() as connection:
            for table, row in FIRST_OFFICE.items():
                names = ", ".join(row)
                values = ", ".join(f":{name}" for name in row)
                connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)
        upgrade(engine)
        with engine.begin() as connection:
            for table, row in FIRST_OFFICE.items():
                kept = connection.execute(text(f"SELECT * FROM {table}")).mappings().one()
                assert {name: _plain(kept[name]) for name in row} == row, table
            known = connection.execute(text("SELECT * FROM applicant_identity")).mappings().one()
            assert (known["applicant_id"], known["identity_kind"]) == (1, "CREDIT_CODE")
            assert known["identity_number"] == FIRST_OFFICE["applicant"]["identity_number"]
        for table in FIRST_OFFICE:
            with engine.begin() as connection, pytest.raises(IntegrityError, match=OF_KEEPING):
                connection.execute(text(f"DELETE FROM {table}"))
    databases.drop(url)


def _plain(value: Any) -> Any:
    """A value as it was typed: a date as its text, a boolean of SQLite as one."""
    return value.isoformat() if isinstance(value, date) else value
