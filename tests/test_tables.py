"""The tables of all rooms: named, owned, complete, and creatable on both databases."""

from pathlib import Path

import pytest
from sqlalchemy import Table, create_engine, event, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import Session, SQLModel

from app import models
from app.core.tables import TenantOwned
from app.people.models import Tenant
from knowledge.gaps.models import Gap

assert models.ROOMS
TABLES = SQLModel.metadata.sorted_tables
KEYS_OF_OTHER_THINGS = {"tenant", "code_label", "case_facet", "gap_facet", "used_key"}
KEYS_OF_OTHER_THINGS |= {"search_outbox", "search_saved_hit", "search_document", "report_facet"}
FREE_OF_TENANTS = {"tenant", "rate_bucket", "sign_in_session", "periodic_run"}


def mapped_classes() -> list[type[SQLModel]]:
    """Every class with a table of its own."""
    found, todo = [], [SQLModel]
    while todo:
        kind = todo.pop()
        todo.extend(kind.__subclasses__())
        if hasattr(kind, "__table__"):
            found.append(kind)
    return found


@pytest.fixture
def session(tmp_path: Path):
    engine = create_engine(f"sqlite:///{tmp_path / 'tables.sqlite'}")
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys=ON"))
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.mark.parametrize("kind", mapped_classes(), ids=lambda kind: kind.__name__)
def test_every_table_is_named_in_its_own_class(kind: type[SQLModel]):
    assert kind.__dict__.get("__tablename__") == kind.__table__.name


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_county_table_carries_its_tenant_and_nothing_else_does(table: Table):
    assert ("tenant_id" in table.columns) == (table.name not in FREE_OF_TENANTS)


@pytest.mark.parametrize("kind", mapped_classes(), ids=lambda kind: kind.__name__)
def test_what_has_a_tenant_is_scoped_by_it(kind: type[SQLModel]):
    assert issubclass(kind, TenantOwned) == ("tenant_id" in kind.__table__.columns)


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=["sqlite", "postgresql"])
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_has_a_definition_in_both_dialects(table: Table, dialect):
    statements = [str(CreateTable(table).compile(dialect=dialect))]
    statements += [str(CreateIndex(index).compile(dialect=dialect)) for index in table.indexes]
    assert all(table.name in statement for statement in statements)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_reference_can_be_followed_backwards_by_an_index(table: Table):
    leading = {next(iter(index.columns)).name for index in table.indexes}
    leading |= {next(iter(key.columns)).name for key in table.constraints if getattr(key, "columns", None)}
    missing = {column.name for column in table.columns if column.foreign_keys} - leading
    assert not missing


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_key_is_unique_within_its_tenant_or_its_owner(table: Table):
    if "key" not in table.columns or table.name in KEYS_OF_OTHER_THINGS:
        return
    unique = [
        {column.name for column in key.columns} for key in table.constraints if type(key).__name__ == "UniqueConstraint"
    ]
    assert any("key" in columns and len(columns) == 2 for columns in unique)


def test_all_names_of_constraints_and_indexes_fit_into_postgresql():
    names = [key.name for table in TABLES for key in (*table.constraints, *table.indexes)]
    assert all(name and len(str(name)) <= 63 for name in names)


def test_all_tables_can_be_created_with_foreign_keys_on(session: Session):
    assert set(inspect(session.get_bind()).get_table_names()) == {table.name for table in TABLES}


def test_an_unknown_state_never_reaches_the_database(session: Session):
    session.add(Tenant(key="kreis", name="Kreis", kind="realm"))
    with pytest.raises(StatementError):
        session.flush()


def test_a_scale_outside_one_to_four_never_reaches_the_database(session: Session):
    tenant = Tenant(key="kreis", name="Kreis", kind="county")
    session.add(tenant)
    session.flush()
    facts = {"title": "t", "summary": "s", "solvable_at": "strategic", "frequency": 1, "first_reported": "2026-01-01"}
    session.add(Gap.model_validate({"tenant_id": tenant.id, "key": "F-1", "severity": 5, **facts}))
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_row_that_points_nowhere_is_refused(session: Session):
    session.add(
        Gap.model_validate(
            {
                "tenant_id": 99,
                "key": "F-1",
                "severity": 1,
                "frequency": 1,
                "title": "t",
                "summary": "s",
                "solvable_at": "strategic",
                "first_reported": "2026-01-01",
            }
        )
    )
    with pytest.raises(IntegrityError):
        session.flush()
