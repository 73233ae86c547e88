"""One tenant's search index in PostgreSQL's own tables: shared by all nodes, committed with the database.

It does what `index.WhooshIndex` does on the disk of one node, with the same analysis, plan, spelling, second stage and
snippets; `postgres_models` says how it is laid out. Nothing of it is used on SQLite.
"""

import json
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, text

from app.core.database import Database
from knowledge.search import folder, postgres_store
from knowledge.search.analysis import Analysis
from knowledge.search.backend import Hit, Results, Suggestion
from knowledge.search.compounds import CompoundSplitter, lexicon
from knowledge.search.documents import Change, Kind, Put, SearchDocument
from knowledge.search.index import FEW, OUTGROWN, WRITE_TIMEOUT
from knowledge.search.plan import Planner
from knowledge.search.postgres_reading import PostgresReading
from knowledge.search.postgres_sight import PostgresSight, Vocabulary, readable
from knowledge.search.postgres_store import Build
from knowledge.search.schema import fingerprint
from knowledge.search.searching import Request
from knowledge.search.synonyms import Glossary, Group, shipped

LAYOUT = 1
"""Of the tables; a change of what they hold makes old builds be built anew."""

Answer = TypeVar("Answer")


class _Opened(NamedTuple):
    """What belongs to one build and is the same for all its readers."""

    build_id: int
    analysis: Analysis
    planner: Planner


class PostgresIndex:
    """One tenant's index; safe for any number of threads, processes and nodes."""

    def __init__(
        self, database: Database, tenant_id: int, glossary: Glossary | None = None, timeout: float = WRITE_TIMEOUT
    ) -> None:
        self._database = database
        self._tenant_id = tenant_id
        self._glossary = glossary or shipped()
        self._fingerprint = f"{fingerprint(self._glossary.nouns)}.{LAYOUT}"
        self._timeout = timeout
        self._opened: _Opened | None = None
        self._opening = threading.Lock()
        self._vocabulary = Vocabulary()

    def search(  # noqa: PLR0913 - the filters of a search are what they are
        self,
        query: str,
        audience: Collection[str],
        *,
        kinds: Collection[Kind] = (),
        facets: Mapping[str, Collection[str]] | None = None,
        without: Mapping[str, Collection[str]] | None = None,
        synonyms: Sequence[Group] | None = None,
        newest: bool = False,
        snippets: bool = True,
        limit: int = 20,
        offset: int = 0,
        literal: bool = False,
    ) -> Results:
        """See `SearchBackend.search`. An index never written finds nothing."""
        wanted = {**(facets or {}), **({"kind": kinds} if kinds else {})}
        request = Request(
            query,
            frozenset(audience),
            wanted,
            without or {},
            synonyms=synonyms,
            newest=newest,
            snippets=snippets,
            limit=limit,
            offset=offset,
            literal=literal,
        )
        return self._read(audience, lambda reading: reading.search(request), Results())

    def similar(
        self,
        audience: Collection[str],
        *,
        text: str = "",
        like: tuple[Kind, str] | None = None,
        kinds: Collection[Kind] = (),
        limit: int = 5,
    ) -> tuple[Hit, ...]:
        """See `SearchBackend.similar`."""
        return self._read(audience, lambda reading: reading.similar(text, like, kinds, limit), ())

    def suggest(self, audience: Collection[str], typed: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """See `SearchBackend.suggest`."""
        return self._read(audience, lambda reading: reading.suggest(typed, limit), ())

    def versions(self) -> Mapping[tuple[Kind, str], str]:
        """See `SearchBackend.versions`."""
        with self._snapshot() as connection:
            build = postgres_store.current(connection, self._tenant_id)
            rows = connection.execute(text(_VERSIONS), {"build": build.id if build else 0})
            return {(Kind(kind), key): version for kind, key, version in rows}

    def apply(self, changes: Sequence[Change]) -> None:
        """See `SearchBackend.apply`. The first changes of a new index also give its compound dictionary."""
        last = {_name(change): change for change in changes}
        documents = [change.document for change in last.values() if isinstance(change, Put)]
        if not last:
            return
        with postgres_store.writing(self._database, self._tenant_id, self._timeout) as connection:
            build = postgres_store.current(connection, self._tenant_id)
            if build is None:
                self._replace(connection, lambda: documents)
                return
            postgres_store.remove(connection, build, list(last))
            postgres_store.put(connection, self._tenant_id, build, documents, self._open(connection, build.id).analysis)
            postgres_store.commit(connection, build)

    def rebuild(self, load: Callable[[], Iterable[SearchDocument]]) -> None:
        """See `SearchBackend.rebuild`. The old build is deleted once the new one is committed."""
        with postgres_store.writing(self._database, self._tenant_id, self._timeout) as connection:
            self._replace(connection, load)
        with postgres_store.writing(self._database, self._tenant_id, self._timeout) as connection:
            postgres_store.sweep(connection, self._tenant_id)

    def indexing(self) -> AbstractContextManager[bool]:
        """See `SearchBackend.indexing`."""
        return postgres_store.indexing(self._database, self._tenant_id)

    def needs_rebuild(self) -> bool:
        """See `SearchBackend.needs_rebuild`."""
        with self._snapshot() as connection:
            build = postgres_store.current(connection, self._tenant_id)
            if build is None or build.fingerprint != self._fingerprint:
                return True
            return _count(connection, build) >= OUTGROWN * build.documents + FEW

    def count(self) -> int:
        """The number of documents."""
        with self._snapshot() as connection:
            build = postgres_store.current(connection, self._tenant_id)
            return _count(connection, build) if build else 0

    def _replace(self, connection: Connection, load: Callable[[], Iterable[SearchDocument]]) -> None:
        counted = folder.count_nouns(load())
        build = postgres_store.create(connection, self._tenant_id, self._fingerprint, counted)
        analysis = Analysis(CompoundSplitter(lexicon(counted["nouns"], self._glossary.nouns)))
        postgres_store.fill(connection, self._tenant_id, build, _each_once(load()), analysis)
        postgres_store.commit(connection, build)
        postgres_store.switch(connection, self._tenant_id, build)

    def _read(self, audience: Collection[str], answer: Callable[[PostgresReading], Answer], nothing: Answer) -> Answer:
        with self._snapshot() as connection:
            seen = readable(connection, self._tenant_id, audience)
            if seen is None:
                return nothing
            opened = self._open(connection, seen.build_id)
            sight = PostgresSight(
                connection, seen, self._vocabulary, lambda word: opened.analysis.terms_of_word(word)[0]
            )
            reading = PostgresReading(connection, audience, seen, sight, opened.analysis, opened.planner)
            return answer(reading)

    @contextmanager
    def _snapshot(self) -> Iterator[Connection]:
        """A transaction that sees one state of the index and cannot write."""
        with self._database.reading.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            yield connection

    def _open(self, connection: Connection, build_id: int) -> _Opened:
        """The analysis and the planner of a build; kept, because reading its dictionary takes a while."""
        opened = self._opened
        if opened and opened.build_id == build_id:
            return opened
        with self._opening:
            found = connection.scalar(text("SELECT lexicon FROM search_build WHERE id = :build"), {"build": build_id})
            nouns: dict[str, Any] = json.loads(found or "{}")
            analysis = Analysis(CompoundSplitter(lexicon(nouns, self._glossary.nouns)))
            opened = self._opened = _Opened(build_id, analysis, Planner(analysis, self._glossary.groups))
        return opened


def _count(connection: Connection, build: Build) -> int:
    return int(connection.scalar(text(_COUNT), {"build": build.id}) or 0)


def _name(change: Change) -> tuple[str, str]:
    about = change.document if isinstance(change, Put) else change
    return str(about.kind), about.key


def _each_once(documents: Iterable[SearchDocument]) -> Iterable[SearchDocument]:
    """The documents without those that a source gives a second time."""
    seen: set[tuple[str, str]] = set()
    for document in documents:
        name = str(document.kind), document.key
        if name not in seen:
            seen.add(name)
            yield document


_VERSIONS = "SELECT kind, key, version FROM search_document WHERE build_id = :build"
_COUNT = "SELECT sum(documents) FROM search_audience WHERE build_id = :build"
