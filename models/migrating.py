"""Creating a database and bringing it to this release, through the migrations."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("models") / "migrations"))
    config.attributes["connection"] = connection
    config.attributes["target"] = None
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Create the tables, or bring them to ``revision``. Safe to repeat."""
    with engine.connect() as connection, _references_at_rest(connection):
        config = _config(connection)
        config.attributes["target"] = revision
        command.upgrade(config, revision)
        connection.commit()


@contextmanager
def _references_at_rest(connection: Connection) -> Iterator[None]:
    """SQLite alters a table by building it anew: meanwhile nothing may refer to it.

    Raises RuntimeError when a reference leads nowhere afterwards.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    # The pragma counts only outside of a transaction, so it goes to the driver itself.
    raw = connection.connection.driver_connection
    assert raw is not None, "the connection is open"
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")
    if lost := raw.execute("PRAGMA foreign_key_check").fetchall():
        raise RuntimeError(f"references lead nowhere after the upgrade: {lost[:5]}")


def write_revision(engine: Engine, message: str, identifier: str) -> None:
    """Draft a migration from the difference between tables and models; for developers."""
    with engine.connect() as connection:
        command.revision(_config(connection), message, autogenerate=True, rev_id=identifier)


def current_revision(engine: Engine) -> str | None:
    """The revision of the database; None when it has no tables of ours."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    """The newest revision that this release brings."""
    return ScriptDirectory.from_config(_config()).get_current_head()
