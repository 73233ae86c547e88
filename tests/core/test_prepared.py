"""Prepared statements stay in their county as all others do, and rows that are added belong to it."""

import re
import sys

import pytest
from sqlalchemy import bindparam
from sqlmodel import col, select, update

from app.core.database import Database, ForeignTenant, UnscopedQuery
from app.core.prepared import Prepared, add_numbered, add_rows
from app.factory import create_app
from app.people.models import Organisation, Person
from tests.support.county import a_county

ORGANISATIONS = Prepared(select(Organisation.tenant_id, Organisation.key))
PEOPLE = Prepared(
    select(col(Organisation.tenant_id), col(Person.tenant_id).label("theirs"))
    .outerjoin(Person, col(Person.organisation_id) == col(Organisation.id))
    .where(col(Organisation.id).in_(bindparam("ids", expanding=True)))
)
RENAME = Prepared(update(Organisation).values(name=bindparam("called")))


def test_a_prepared_statement_stays_in_its_county(database: Database) -> None:
    here, there = (a_county(database, key)[0].id or 0 for key in ("hier", "dort"))
    with database.read(here) as session:
        assert {row.tenant_id for row in ORGANISATIONS.rows(session)} == {here}
    with database.read(there) as session:
        assert {row.tenant_id for row in ORGANISATIONS.rows(session)} == {there}
        everywhere = PEOPLE.rows(session, ids=list(range(1, 20)))
        assert {row.tenant_id for row in everywhere} == {there}
        assert {row.theirs for row in everywhere} <= {there, None}, "outer joins are scoped too"
    with database.session(database.writing, here) as session:
        assert RENAME.run(session, called="neu") == 1
        session.commit()
    with database.read(there) as session:
        assert session.exec(select(Organisation.name)).one() != "neu"
    with database.read() as session, pytest.raises(UnscopedQuery):
        ORGANISATIONS.rows(session)


def test_added_rows_belong_to_the_sessions_county(database: Database) -> None:
    here, there = (a_county(database, key)[0].id or 0 for key in ("hier", "dort"))
    with database.session(database.writing, here) as session:
        session.add(Organisation(key="vorher", name="Vorher"))
        add_rows(session, Organisation, [{"key": "eins", "name": "Eins", "type": ""}])
        first, second = add_numbered(session, Organisation, [{"key": k, "name": k, "type": ""} for k in ("z", "a")])
        assert add_numbered(session, Organisation, []) == []
        session.commit()
        found = {row.key: row for row in session.exec(select(Organisation))}
        assert {found[key].tenant_id for key in ("vorher", "eins", "z", "a")} == {here}
        assert (found["z"].id, found["a"].id) == (first, second), "numbers come in the order of the rows"
        with pytest.raises(ForeignTenant):
            add_rows(session, Organisation, [{"key": "fremd", "name": "", "type": "", "tenant_id": there}])
    with database.session(database.writing) as session, pytest.raises(UnscopedQuery):
        add_rows(session, Organisation, [{"key": "niemand", "name": "", "type": ""}])


def statements_of_the_house() -> dict[str, str]:
    """Every statement that a module of the house has prepared, as it would be sent."""
    assert create_app, "all rooms are imported"
    rooms = ("app.", "knowledge.", "meetings.", "exports.")
    modules = [module for name, module in sorted(sys.modules.items()) if name.startswith(rooms)]
    return {
        f"{module.__name__}.{name}": " ".join(str(each._statement).split())
        for module in modules
        for name, each in vars(module).items()
        if isinstance(each, Prepared)
    }


def unscoped(sql: str) -> set[str]:
    """The tables of a statement, by the names they have in it, that are not kept to the county."""
    tables = re.findall(r"(?:FROM|JOIN|UPDATE) (\w+)(?: AS (\w+))?", sql)
    return {alias or name for name, alias in tables if f"{alias or name}.tenant_id = :of_tenant" not in sql}


def test_every_statement_of_the_house_keeps_each_of_its_tables_to_the_county() -> None:
    found = statements_of_the_house()
    assert len(found) > 10
    assert {name: unscoped(sql) for name, sql in found.items() if unscoped(sql)} == {}
    bare = Prepared(select(Organisation.__table__.c.key))  # type: ignore[attr-defined]
    assert unscoped(" ".join(str(bare._statement).split())) == {"organisation"}, "a bare table is noticed"
