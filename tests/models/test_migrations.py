"""The migrations lead to the very schema of the models, constraints and triggers included."""

import re
from typing import Any

from sqlalchemy import Engine, inspect, text

from models import Base
from models.migrating import current_revision, newest_revision, upgrade
from tests.databases import opened

OTHER_TABLES = {"alembic_version"}


def _nothing(engine: Engine) -> None:
    engine.connect().close()


def _schema(engine: Engine) -> dict[str, Any]:
    look = inspect(engine)
    tables = set(look.get_table_names()) - OTHER_TABLES
    return {table: _table(look, table) for table in sorted(tables)} | {
        "triggers": _triggers(engine)
    }


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


def _triggers(engine: Engine) -> list[tuple[str, str]]:
    statement = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger"
        " WHERE NOT tgisinternal",
    }[engine.dialect.name]
    with engine.connect() as connection:
        rows = connection.execute(text(statement)).all()
    return sorted((name, re.sub(r"\s+", " ", sql)) for name, sql in rows)


def test_migrated_and_created_schemas_are_the_same(databases: Any, engine: Engine) -> None:
    url = databases.copy_of("nothing", _nothing)
    with opened(url) as migrated:
        upgrade(migrated)
        assert _schema(migrated) == _schema(engine)
        assert _schema(migrated)["triggers"], "the last bolt is in place"
        assert set(inspect(migrated).get_table_names()) == set(Base.metadata.tables) | OTHER_TABLES
    databases.drop(url)


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
