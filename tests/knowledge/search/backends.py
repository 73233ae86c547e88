"""Both search backends behind one face, for the tests that every backend must pass."""

import gc
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol

from sqlalchemy import text

from app.core.database import Database
from app.people.models import Tenant
from knowledge.search.index import WhooshIndex
from knowledge.search.postgres import PostgresIndex
from knowledge.search.synonyms import Glossary
from tests.support.postgres import PostgresServer

Index = WhooshIndex | PostgresIndex


class Place(Protocol):
    """Where indexes of one backend are made."""

    def fresh(self) -> Index:
        """An index that nobody wrote yet."""
        ...

    def again(self, index: Index, glossary: Glossary | None = None, timeout: float = 30.0) -> Index:
        """The same index as another node, with connections and caches of its own, sees it."""
        ...


class Folders:
    """Whoosh: each index in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._numbers = count(1)

    def fresh(self) -> WhooshIndex:
        return WhooshIndex(self._root / str(next(self._numbers)))

    def again(self, index: Index, glossary: Glossary | None = None, timeout: float = 30.0) -> WhooshIndex:
        assert isinstance(index, WhooshIndex)
        return WhooshIndex(index.root, glossary, timeout)


class Tenants:
    """PostgreSQL: all indexes in the tables of one database, each of a tenant of its own."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._numbers = count(1)
        self._databases = [Database(url)]
        self._tenant_of: dict[int, int] = {}

    @property
    def database(self) -> Database:
        """Connections for looking at the tables."""
        return self._databases[0]

    def fresh(self) -> PostgresIndex:
        number = next(self._numbers)
        with self.database.session(self.database.writing) as session:
            session.add(Tenant(id=number, key=f"kreis-{number}", name="Kreis", kind="county", state="NRW"))
            session.commit()
        return self._made(PostgresIndex(self.database, number), number)

    def again(self, index: Index, glossary: Glossary | None = None, timeout: float = 30.0) -> PostgresIndex:
        node = Database(self.url)
        self._databases.append(node)
        number = self.tenant_of(index)
        return self._made(PostgresIndex(node, number, glossary, timeout), number)

    def tenant_of(self, index: Index) -> int:
        """The tenant that the index belongs to."""
        return self._tenant_of[id(index)]

    def close(self) -> None:
        """Close every connection; those that were cut, and dropped as they were, are collected here in silence."""
        for database in self._databases:
            database.dispose()
        with warnings.catch_warnings(action="ignore", category=ResourceWarning):
            gc.collect()

    def rows(self, table: str, tenant_id: int) -> int:
        """How many rows of this table the tenant has."""
        with self.database.reading.connect() as connection:
            found = connection.scalar(text(f"SELECT count(*) FROM {table} WHERE tenant_id = :of"), {"of": tenant_id})
        return int(found or 0)

    def cut_connections(self) -> None:
        """End everybody's work with the database at once, as its crash would."""
        with self.database.reading.connect() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )

    def _made(self, index: PostgresIndex, number: int) -> PostgresIndex:
        self._tenant_of[id(index)] = number
        return index


@contextmanager
def tenants(server: PostgresServer) -> Iterator[Tenants]:
    """A migrated database of this server."""
    place = Tenants(server.create_from("migrated"))
    yield place
    place.close()
