"""Alembic's environment: it runs on the connection that models.migrating hands over."""

from alembic import context

from models.base import Base
from models.triggers import refresh_triggers

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
    # Triggers are made from the tables of rules, so they are always those of this release.
    refresh_triggers(connection)
