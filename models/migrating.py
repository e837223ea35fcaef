"""Creating a database and bringing it to this release, through the migrations."""

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
    return config


def upgrade(engine: Engine) -> None:
    """Create the tables, or bring them to the newest revision. Safe to repeat."""
    with engine.connect() as connection:
        command.upgrade(_config(connection), "head")
        connection.commit()


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
