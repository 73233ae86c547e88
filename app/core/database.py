"""Engines and sessions for SQLite and PostgreSQL, and the tenant scope of every session.

Two engines over one database: one that cannot write, for pages, and one that writes.
SQLite: WAL, synchronous=FULL, foreign keys, BEGIN IMMEDIATE for writers, five seconds of patience.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnClause, Engine, column, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import LoaderCriteriaOption, ORMExecuteState, UOWTransaction, with_loader_criteria
from sqlmodel import Session

from app.core.tables import TenantOwned

BUSY_MILLISECONDS = 5000
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    f"busy_timeout={BUSY_MILLISECONDS}",
    "secure_delete=ON",
)
"""What is deleted is overwritten with zeros (DP-9); `knowledge/cases/erasing.py` empties the log of SQLite after it."""
READERS_KEPT, MOST_READERS = 20, 200
"""Connections to SQLite: a request holds one while it waits for the writer, and when a full hall votes many wait."""
SCOPE = "tenant_id"
ALL_TENANTS = "all_tenants"
_ANY_TENANT_ID: ColumnClause[int] = column(SCOPE)
"""Stands in for the column while SQLAlchemy inspects the criterion on the base class, which is no table itself."""


class UnscopedQuery(RuntimeError):
    """A programming error: county data was asked for by a session that has no tenant."""


class ForeignTenant(RuntimeError):
    """A programming error: a row of one tenant was written in a session of another."""


class Database:
    """One database with its reading and its writing engine."""

    def __init__(self, address: str) -> None:
        self.url = _with_driver(make_url(address))
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite and self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        self.reading = _engine(self.url, writes=False)
        self.writing = _engine(self.url, writes=True)

    def session(self, engine: Engine, tenant_id: int | None = None) -> Session:
        """A session scoped to `tenant_id`; without one it may only see tables that no tenant owns."""
        session = Session(engine, expire_on_commit=False, autoflush=True)
        if tenant_id is not None:
            session.info[SCOPE] = tenant_id
        return session

    @contextmanager
    def read(self, tenant_id: int | None = None) -> Iterator[Session]:
        """A session that cannot write."""
        with self.session(self.reading, tenant_id) as session:
            yield session

    def dispose(self) -> None:
        """Close every connection."""
        self.reading.dispose()
        self.writing.dispose()


def _with_driver(url: URL) -> URL:
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url


def _engine(url: URL, *, writes: bool) -> Engine:
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, writes=writes)
    return create_engine(
        url,
        pool_size=10,
        max_overflow=20,
        pool_pre_ping=True,
        execution_options={} if writes else {"postgresql_readonly": True},
    )


def _sqlite_engine(url: URL, *, writes: bool) -> Engine:
    connecting = {"check_same_thread": False, "timeout": BUSY_MILLISECONDS / 1000}
    more = MOST_READERS - READERS_KEPT
    engine = create_engine(url, connect_args=connecting, pool_size=READERS_KEPT, max_overflow=more)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        if not writes:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def every_tenant(session: Session) -> Iterator[Session]:
    """For work on the whole house (load, verify, erase): the scope is lifted, on purpose and in sight."""
    session.info[ALL_TENANTS] = True
    try:
        yield session
    finally:
        session.info.pop(ALL_TENANTS, None)


@event.listens_for(Session, "do_orm_execute")
def _scope_reads(state: ORMExecuteState) -> None:
    if state.session.info.get(ALL_TENANTS) or state.is_column_load or state.is_relationship_load:
        return
    tenant_id = state.session.info.get(SCOPE)
    if tenant_id is None:
        _refuse_county_tables(state)
        return
    if not state.is_orm_statement and _county_tables(state):
        raise UnscopedQuery("A statement on bare tables cannot be scoped; select the mapped classes.")
    state.statement = state.statement.options(_only_of(tenant_id))


@lru_cache(maxsize=1024)
def _only_of(tenant_id: int) -> LoaderCriteriaOption:
    """The criterion for one tenant; made once, since making it costs as much as a third of a small statement."""
    return with_loader_criteria(
        TenantOwned, lambda owned: getattr(owned, "tenant_id", _ANY_TENANT_ID) == tenant_id, include_aliases=True
    )


def _county_tables(state: ORMExecuteState) -> list[str]:
    froms = getattr(state.statement, "get_final_froms", None)
    tables = list(froms()) if froms else [getattr(state.statement, "table", None)]
    return [str(table) for table in tables if table is not None and SCOPE in getattr(table, "columns", ())]


def _refuse_county_tables(state: ORMExecuteState) -> None:
    for mapper in state.all_mappers:
        if issubclass(mapper.class_, TenantOwned):
            raise UnscopedQuery(f"{mapper.class_.__name__} was asked for without a tenant.")
    if _county_tables(state):
        raise UnscopedQuery("A county's table was asked for without a tenant.")


@event.listens_for(Session, "before_flush")
def _own_new_rows(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    tenant_id = session.info.get(SCOPE)
    for row in session.new:
        if not isinstance(row, TenantOwned):
            continue
        if row.tenant_id is None:
            if tenant_id is None:
                raise UnscopedQuery(f"{type(row).__name__} was written without a tenant.")
            row.tenant_id = tenant_id
        elif tenant_id is not None and row.tenant_id != tenant_id:
            raise ForeignTenant(f"{type(row).__name__} belongs to another tenant.")
