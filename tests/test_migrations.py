"""The migrations make exactly the schema that the code has, in both directions, on both databases."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import inspect
from sqlalchemy.exc import DBAPIError

from app.core.database import Database
from app.core.work import Work
from app.schema import MIGRATIONS, differences, downgrade, upgrade
from tests.support.county import a_county, actor_for
from tests.support.demo import Demo


def test_the_migrated_schema_is_the_schema_of_the_code(database: Database) -> None:
    assert differences(database) == []


def test_the_way_back_leaves_nothing_and_the_way_up_works_again(database: Database) -> None:
    downgrade(database, "base")
    assert set(inspect(database.writing).get_table_names()) <= {"alembic_version"}
    upgrade(database)
    assert differences(database) == []


def counted(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    with database.writing.begin() as connection:
        names = inspect(connection).get_table_names()
        return {n: connection.exec_driver_sql(f'SELECT count(*) FROM "{n}"').scalar_one() for n in names}


def test_a_migration_loses_no_row(demo: Demo) -> None:
    downgrade(demo.database, "0001")
    first = counted(demo.database)

    upgrade(demo.database)

    after = counted(demo.database)
    assert first["decision"] > 5
    assert first["agenda_item_subject"] > 5
    assert first["seat"] > 20
    assert {name: after[name] for name in first if name in after} == first


def test_going_back_loses_no_row_of_the_first_tables(demo: Demo) -> None:
    before = counted(demo.database)

    downgrade(demo.database, "0001")

    after = counted(demo.database)
    assert {name: before[name] for name in after if name in before} == after


def test_migrations_are_numbered_without_gaps() -> None:
    names = sorted(path.name for path in Path(MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"])
def test_the_database_itself_refuses_to_change_an_audit_entry(database: Database, statement: str) -> None:
    tenant, person = a_county(database)
    with database.session(database.writing, tenant.id) as session:
        work = Work(session, actor_for(person), datetime(2026, 11, 23, tzinfo=UTC))
        work.record("person.seen", person)
        work.finish()
        session.commit()
    with pytest.raises(DBAPIError, match="append-only"), database.writing.begin() as connection:
        connection.exec_driver_sql(statement)
