"""Alembic's entry: runs the migrations over the connection that `app.schema` hands in."""

from alembic import context
from sqlmodel import SQLModel

from app import models  # noqa: F401 - completes the metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
