"""Bringing a database up to date: Alembic over one connection, in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
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


class BrokenReference(RuntimeError):
    """A migration would have left a row that points to nothing; nothing was changed."""


@contextmanager
def migrating(database: Database) -> Iterator[Connection]:
    """A transaction in which SQLite may rebuild a table without taking along the rows that point to it.

    SQLite alters most things by dropping the old table, and with its foreign keys on that deletes whatever cascades
    from it. So they are off for the time of the migration, and every reference is checked before the commit.
    """
    with database.writing.connect() as connection:
        driver = connection.connection.dbapi_connection
        if database.is_sqlite and driver is not None:
            driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                _require_whole(database, connection)
        finally:
            if database.is_sqlite and driver is not None:
                driver.execute("PRAGMA foreign_keys=ON")


def _require_whole(database: Database, connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first() if database.is_sqlite else None
    if broken is not None:
        raise BrokenReference(f"A row of {broken[0]} would point to no row of {broken[2]}.")


def upgrade(database: Database, revision: str = "head") -> None:
    """Run the missing migrations: all of them or none."""
    with migrating(database) as connection:
        command.upgrade(configuration(connection), revision)


def downgrade(database: Database, revision: str) -> None:
    """Go back; for tests of the migrations."""
    with migrating(database) as connection:
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
