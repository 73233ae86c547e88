"""Search as the house runs it: one index per tenant below the data folder, kept up to date from the outbox."""

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from sqlmodel import Session, col, select

from app.core.database import Database, every_tenant
from app.core.permissions import Actor
from app.core.writer import Writer
from app.people.models import Tenant
from knowledge.search import glossary, outbox, vocabulary
from knowledge.search.audience import tokens_of
from knowledge.search.backend import Hit, IndexUnreadable, Results, SearchBackend, Suggestion
from knowledge.search.documents import Kind, SearchDocument
from knowledge.search.index import WhooshIndex
from knowledge.search.postgres import PostgresIndex
from knowledge.search.query import parse
from knowledge.search.registry import Registry, registry
from knowledge.search.synonyms import Group
from knowledge.search.verifying import Comparison, compare

Progress = Callable[[str, int], None]
_POLL, _TELL_EVERY = 0.2, 50


class _Counting(Registry):
    """Sources that tell how many documents were taken: a rebuild reads them twice, first for the dictionary."""

    def __init__(self, known: Registry, progress: Progress) -> None:
        super().__init__(known.sources)
        self._progress = progress
        self._passes = iter(("reading", "indexing"))

    def load_all(self, session: Session) -> Iterator[SearchDocument]:
        """Every document, with the progress told now and then."""
        doing, number = next(self._passes, "indexing"), 0
        for number, document in enumerate(super().load_all(session), 1):
            if number % _TELL_EVERY == 0:
                self._progress(doing, number)
            yield document
        self._progress(doing, number)


class SearchService:
    """Finds for a person, and brings the indexes up to date."""

    def __init__(self, database: Database, writer: Writer, root: Path, backend: str = "") -> None:
        self._database = database
        self._writer = writer
        self._root = root
        self._in_tables = backend == "postgres" or (not backend and not database.is_sqlite)
        self._indexes: dict[int, SearchBackend] = {}
        self.while_loading: Callable[[], AbstractContextManager[object]] = nullcontext

    def index(self, tenant_id: int) -> SearchBackend:
        """The index of a tenant; tenants never share one."""
        if tenant_id not in self._indexes:
            self._indexes[tenant_id] = self._made(tenant_id)
        return self._indexes[tenant_id]

    def _made(self, tenant_id: int) -> SearchBackend:
        """On PostgreSQL its own tables, which all nodes share; else, or if so set, a folder of this node."""
        if self._in_tables:
            return PostgresIndex(self._database, tenant_id)
        return WhooshIndex(self._root / str(tenant_id))

    def find(  # noqa: PLR0913 - see the protocol
        self,
        actor: Actor,
        query: str,
        kinds: Collection[Kind] = (),
        limit: int = 20,
        offset: int = 0,
        *,
        literal: bool = False,
        facets: Mapping[str, Collection[str]] | None = None,
        newest: bool = False,
        snippets: bool = True,
        synonyms: Sequence[Group] | None = None,
    ) -> Results | None:
        """What this person may find; None while there is no index yet.

        Fields of the query (`status:behoben`) become filters, beside `kinds` and `facets`. The county's own synonyms
        apply unless others are given.
        """
        wanted, without, own = self._meant(actor.tenant_id, query, look_up=synonyms is None)
        for name, values in {**(facets or {}), "kind": [*(facets or {}).get("kind", ()), *kinds]}.items():
            if values:
                wanted[name] = (*wanted.get(name, ()), *values)
        try:
            return self.index(actor.tenant_id).search(
                query,
                tokens_of(actor),
                facets=wanted,
                without=without,
                synonyms=own if synonyms is None else synonyms,
                newest=newest,
                snippets=snippets,
                limit=limit,
                offset=offset,
                literal=literal,
            )
        except IndexUnreadable:
            return None

    def _meant(
        self, tenant_id: int, query: str, *, look_up: bool
    ) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]], tuple[Group, ...] | None]:
        """The filters in a query's fields, and the county's synonyms."""
        parsed = parse(query)
        wanted: dict[str, tuple[str, ...]] = {}
        without: dict[str, tuple[str, ...]] = {}
        groups = None
        if look_up or vocabulary.has_facets(parsed):
            with self._database.read(tenant_id) as session:
                groups = glossary.groups_of(session)
                if vocabulary.has_facets(parsed):
                    wanted, without = vocabulary.filters(parsed, vocabulary.load(session))
        return wanted, without, groups

    def similar(
        self,
        actor: Actor,
        *,
        text: str = "",
        like: tuple[Kind, str] | None = None,
        kinds: Collection[Kind] = (),
        limit: int = 5,
    ) -> tuple[Hit, ...]:
        """What this person may read and is most like the text, or like the document `like` (kind, key); best first.

        Scores run from 0 to 1. Nothing while there is no index yet.
        """
        index = self.index(actor.tenant_id)
        try:
            return index.similar(tokens_of(actor), text=text, like=like, kinds=kinds, limit=limit)
        except IndexUnreadable:
            return ()

    def suggest(self, actor: Actor, typed: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Titles and words that this person may read and may mean, having typed so much."""
        try:
            return self.index(actor.tenant_id).suggest(tokens_of(actor), typed, limit)
        except IndexUnreadable:
            return ()

    def catch_up(self, tenant_id: int) -> int:
        """Index what waits in a tenant's outbox; returns how many rows that were."""
        rows, more = 0, True
        while more:
            with self.while_loading(), self._database.read(tenant_id) as session:
                done = outbox.drain(session, self.index(tenant_id), lambda ids: self._forget(tenant_id, ids))
            rows, more = rows + done.rows, done.more
        return rows

    def rebuild(self, tenant_id: int, progress: Progress | None = None, patience: float = 0.0) -> bool:
        """Build a tenant's index anew; False if another indexer was at work for `patience` seconds.

        `progress` is told what is being done and how many documents were taken so far.
        """
        sources = _Counting(registry, progress) if progress else registry
        deadline = time.monotonic() + patience
        while True:
            with self.while_loading(), self._database.read(tenant_id) as session:
                if outbox.rebuild(session, self.index(tenant_id), sources).rebuilt:
                    return True
            if time.monotonic() >= deadline:
                return False
            time.sleep(_POLL)

    def verify(self, tenant_id: int, patience: float = 30.0) -> Comparison | None:
        """Compare a tenant's index with its database; None if another indexer was at work for `patience` seconds."""
        index = self.index(tenant_id)
        deadline = time.monotonic() + patience
        while True:
            with index.indexing() as mine:
                if mine:
                    with self.while_loading(), self._database.read(tenant_id) as session:
                        return compare(session, index)
            if time.monotonic() >= deadline:
                return None
            time.sleep(_POLL)

    def waiting(self) -> int:
        """How many changes of all tenants are not indexed yet."""
        with self._database.read() as session, every_tenant(session):
            return outbox.waiting(session)

    def tenants(self) -> list[int]:
        """Every tenant."""
        with self._database.read() as session, every_tenant(session):
            return [id_ or 0 for id_ in session.exec(select(Tenant.id).order_by(col(Tenant.id)))]

    def _forget(self, tenant_id: int, ids: Collection[int]) -> None:
        def job(session: Session) -> None:
            outbox.forget(session, list(ids))

        self._writer.run(job, tenant_id)
