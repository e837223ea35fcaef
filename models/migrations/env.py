"""Alembic's environment: it runs on the connection that models.migrating hands over."""

from alembic import context

from models.base import Base
from models.triggers import drop_triggers, refresh_triggers

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    drop_triggers(connection)
    context.run_migrations()
    if context.config.attributes["target"] == "head":
        # Made from the tables of rules, so they are always those of this release.
        refresh_triggers(connection)
