"""The database: guarded sessions, the Flask-SQLAlchemy handle, and how SQLite is opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.orm import Session

from models.base import Base
from models.errors import RuleViolation
from models.triggers import refresh_triggers

# SQLite locks when a transaction begins to write. A reader that turns writer fails at once under
# load whatever its patience, so transactions take the lock first unless they only read.
_reads_only: ContextVar[bool] = ContextVar("reads_only", default=False)


@contextmanager
def reading() -> Iterator[None]:
    """Transactions begun inside the block only read, and take no write lock on SQLite."""
    token = _reads_only.set(True)
    try:
        yield
    finally:
        _reads_only.reset(token)


def set_reading(reads_only: bool) -> None:
    """Say for the rest of this request whether its transactions only read."""
    _reads_only.set(reads_only)


class GuardedSession(Session):
    """A session in which every write passes the hooks: the ways round them are closed.

    ``autoflush`` is off, so that a form is judged once, whole, at its commit.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("autoflush", False)
        super().__init__(*args, **options)

    def bulk_save_objects(self, *_args: Any, **_options: Any) -> None:
        """Refused: it would go round the hooks. Raises RuleViolation ``bulk-write``."""
        raise RuleViolation("bulk-write")

    def bulk_insert_mappings(self, *_args: Any, **_options: Any) -> None:
        """Refused: it would go round the hooks. Raises RuleViolation ``bulk-write``."""
        raise RuleViolation("bulk-write")

    def bulk_update_mappings(self, *_args: Any, **_options: Any) -> None:
        """Refused: it would go round the hooks. Raises RuleViolation ``bulk-write``."""
        raise RuleViolation("bulk-write")


class WebSession(GuardedSession, FlaskSession):
    """The guarded session of the web application."""


db = SQLAlchemy(metadata=Base.metadata, session_options={"class_": WebSession, "autoflush": False})


@event.listens_for(Engine, "connect")
def _open_sqlite(connection: Any, _record: Any) -> None:
    if type(connection).__module__.split(".")[0] != "sqlite3":
        return
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=20000"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN" if _reads_only.get() else "BEGIN IMMEDIATE")


@event.listens_for(Base.metadata, "after_create")
def _add_triggers(_target: Table, connection: Connection, **_options: Any) -> None:
    refresh_triggers(connection)


def open_engine(url: str) -> Engine:
    """An engine outside Flask: for tests, migrations and worker processes."""
    return create_engine(url)
