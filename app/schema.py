"""Bringing a database up to date: Alembic over one connection, in one transaction."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlmodel import SQLModel

from app import models  # noqa: F401 - completes the metadata
from app.core.database import Database

MIGRATIONS = Path(__file__).parents[1] / "migrations"


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for this connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def upgrade(database: Database, revision: str = "head") -> None:
    """Run the missing migrations: all of them or none."""
    with database.writing.begin() as connection:
        command.upgrade(configuration(connection), revision)


def downgrade(database: Database, revision: str) -> None:
    """Go back; for tests of the migrations."""
    with database.writing.begin() as connection:
        command.downgrade(configuration(connection), revision)


def differences(database: Database) -> list[object]:
    """Where the migrated schema and the tables in the code disagree; empty if they agree."""
    with database.writing.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        return list(compare_metadata(context, SQLModel.metadata))


def make_revision(database: Database, message: str, number: str) -> None:
    """Write the next migration from the difference between schema and tables."""
    with database.writing.begin() as connection:
        command.revision(configuration(connection), message, autogenerate=True, rev_id=number)


def is_up_to_date(database: Database) -> bool:
    """Whether the schema is the one that this program needs; OperationalError if the database does not answer."""
    with database.reading.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
        return found == ScriptDirectory.from_config(configuration(connection)).get_current_head()
