"""No query leaves its tenant: whatever a session asks for, it gets its own county's rows or an error."""

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, delete, func, select, update

from app.core.database import Database, ForeignTenant, UnscopedQuery, every_tenant
from app.people.models import Organisation, Person
from tests.support.county import a_county, an_organisation


def two_counties(database: Database) -> tuple[int, int]:
    first, _ = a_county(database, "hier")
    second, _ = a_county(database, "dort")
    return first.id or 0, second.id or 0


def test_a_session_sees_only_rows_of_its_tenant(database: Database) -> None:
    here, there = two_counties(database)
    with database.read(here) as session:
        assert {row.tenant_id for row in session.exec(select(Organisation))} == {here}
        assert session.exec(select(func.count()).select_from(Organisation)).one() == 1
        names = session.exec(
            select(Person.name).join(Organisation, col(Organisation.id) == col(Person.organisation_id))
        )
        assert len(names.all()) == 1
    assert here != there


def test_a_row_of_another_tenant_cannot_be_had_by_its_id(database: Database) -> None:
    here, there = two_counties(database)
    with database.read(there) as session:
        foreign = session.exec(select(Organisation)).one().id
    with database.read(here) as session:
        assert session.get(Organisation, foreign) is None


def test_subqueries_are_scoped_too(database: Database) -> None:
    here, there = two_counties(database)
    with database.read(here) as session:
        inner = select(Person.organisation_id).scalar_subquery()
        found = session.exec(select(Organisation).where(col(Organisation.id).in_(select(Person.organisation_id)))).all()
        assert [row.tenant_id for row in found] == [here]
        assert inner is not None
    assert there


def test_without_a_tenant_no_county_table_can_be_read(database: Database) -> None:
    two_counties(database)
    with database.read() as session, pytest.raises(UnscopedQuery):
        session.exec(select(Organisation)).all()
    with database.read() as session, pytest.raises(UnscopedQuery):
        session.exec(select(func.count()).select_from(Organisation)).one()


def test_statements_on_bare_tables_are_refused(database: Database) -> None:
    here, _ = two_counties(database)
    table = Organisation.__table__  # type: ignore[attr-defined]
    with database.read(here) as session, pytest.raises(UnscopedQuery):
        session.execute(table.select())


def test_bulk_changes_stay_in_the_tenant(database: Database) -> None:
    here, there = two_counties(database)
    with database.session(database.writing, here) as session:
        session.exec(update(Organisation).values(name="geändert"))
        session.exec(delete(Person))
        session.commit()
    with database.read(there) as session:
        assert session.exec(select(Organisation)).one().name != "geändert"
        assert len(session.exec(select(Person)).all()) == 1


def test_a_new_row_belongs_to_the_sessions_tenant(database: Database) -> None:
    here, there = two_counties(database)
    with database.session(database.writing, here) as session:
        assert an_organisation(session).tenant_id == here
    with database.session(database.writing, here) as session, pytest.raises(ForeignTenant):
        an_organisation(session, tenant_id=there)
    with database.session(database.writing) as session, pytest.raises(UnscopedQuery):
        an_organisation(session)


def test_the_scope_can_be_lifted_only_in_sight(database: Database) -> None:
    here, there = two_counties(database)
    with database.read(here) as session:
        with every_tenant(session):
            assert {row.tenant_id for row in session.exec(select(Organisation))} == {here, there}
        assert {row.tenant_id for row in session.exec(select(Organisation))} == {here}


def test_a_reading_session_cannot_write(database: Database) -> None:
    here, _ = two_counties(database)
    with database.read(here) as session, pytest.raises(Exception, match=r"(?i)read.?only"):
        write_something(session)


def write_something(session: Session) -> None:
    session.connection().execute(text("UPDATE organisation SET name = 'x'"))
