"""Statements that stand in the way of everybody, such as who is signed in: made once, answered with plain rows.

A statement is written over the mapped classes like any other. It runs on the connection itself and passes the unit of
work by, which costs a fifth. The tenant's condition is part of the statement from its making on, so none can leave the
county; the number of the county comes from the session, never from the caller.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnClause, Integer, Row, bindparam, column
from sqlalchemy import insert as insert_into
from sqlalchemy.orm import with_loader_criteria
from sqlmodel import Session

from app.core.database import SCOPE, ForeignTenant, UnscopedQuery
from app.core.tables import TenantOwned

_PLACE = "of_tenant"
_ANY_TENANT_ID: ColumnClause[int] = column(SCOPE)
_TENANT_ID: BindParameter[int] = bindparam(_PLACE, type_=Integer)
_OF_THE_TENANT = with_loader_criteria(
    TenantOwned,
    lambda owned: getattr(owned, "tenant_id", _ANY_TENANT_ID) == _TENANT_ID,
    include_aliases=True,
    track_closure_variables=False,
)


class Prepared:
    """A SELECT or UPDATE with named places, of which the county's is filled by the session."""

    def __init__(self, statement: Any) -> None:
        self._statement = statement.options(_OF_THE_TENANT)

    def rows(self, session: Session, **values: object) -> Sequence[Row[Any]]:
        """What the statement finds in the session's county, in its transaction."""
        session.flush()
        return session.connection().execute(self._statement, {**values, _PLACE: _tenant_of(session)}).all()

    def run(self, session: Session, **values: object) -> int:
        """Run a statement that changes rows; how many it changed."""
        session.flush()
        session.info["changed"] = True
        found = session.connection().execute(self._statement, {**values, _PLACE: _tenant_of(session)})
        return int(found.rowcount)


def add_rows(session: Session, table: type[TenantOwned], rows: Sequence[Mapping[str, Any]]) -> None:
    """Add many rows of one table to the session's county at once."""
    if rows:
        session.flush()
        session.info["changed"] = True
        session.connection().execute(insert_into(_table(table)), _owned(session, rows))


def add_numbered(session: Session, table: type[TenantOwned], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Like `add_rows`, for a table that numbers its rows; the numbers in the order of the rows."""
    if not rows:
        return []
    session.flush()
    session.info["changed"] = True
    made = _table(table)
    statement = insert_into(made).returning(made.c.id, sort_by_parameter_order=True)
    return list(session.connection().execute(statement, _owned(session, rows)).scalars())


def _table(table: type[TenantOwned]) -> Any:
    return table.__table__  # type: ignore[attr-defined]


def _owned(session: Session, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    tenant_id = _tenant_of(session)
    if any(row.get(SCOPE, tenant_id) != tenant_id for row in rows):
        raise ForeignTenant("A row belongs to another tenant.")
    return [{**row, SCOPE: tenant_id} for row in rows]


def _tenant_of(session: Session) -> int:
    tenant_id: int | None = session.info.get(SCOPE)
    if tenant_id is None:
        raise UnscopedQuery("A county's rows were asked for without a tenant.")
    return tenant_id
