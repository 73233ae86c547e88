"""Search as the house runs it: one index per tenant below the data folder, kept up to date from the outbox."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from sqlmodel import Session, col, select

from app.core.database import Database, every_tenant
from app.core.permissions import Actor
from app.core.writer import Writer
from app.people.models import Tenant
from knowledge.search import outbox
from knowledge.search.audience import tokens_of
from knowledge.search.backend import IndexUnreadable, Results, SearchBackend
from knowledge.search.documents import Kind
from knowledge.search.index import WhooshIndex


class SearchService:
    """Finds for a person, and brings the indexes up to date."""

    def __init__(self, database: Database, writer: Writer, root: Path) -> None:
        self._database = database
        self._writer = writer
        self._root = root
        self._indexes: dict[int, SearchBackend] = {}
        self.while_loading: Callable[[], AbstractContextManager[object]] = nullcontext

    def index(self, tenant_id: int) -> SearchBackend:
        """The index of a tenant; tenants never share one."""
        if tenant_id not in self._indexes:
            self._indexes[tenant_id] = WhooshIndex(self._root / str(tenant_id))
        return self._indexes[tenant_id]

    def find(
        self,
        actor: Actor,
        query: str,
        kinds: Collection[Kind] = (),
        limit: int = 20,
        offset: int = 0,
        *,
        literal: bool = False,
    ) -> Results | None:
        """What this person may find; None while there is no index yet."""
        index = self.index(actor.tenant_id)
        try:
            return index.search(query, tokens_of(actor), kinds=kinds, limit=limit, offset=offset, literal=literal)
        except IndexUnreadable:
            return None

    def catch_up(self, tenant_id: int) -> int:
        """Index what waits in a tenant's outbox; returns how many rows that were."""
        rows, more = 0, True
        while more:
            with self.while_loading(), self._database.read(tenant_id) as session:
                done = outbox.drain(session, self.index(tenant_id), lambda ids: self._forget(tenant_id, ids))
            rows, more = rows + done.rows, done.more
        return rows

    def rebuild(self, tenant_id: int) -> bool:
        """Build a tenant's index anew; False if another indexer is at work."""
        with self.while_loading(), self._database.read(tenant_id) as session:
            return outbox.rebuild(session, self.index(tenant_id)).rebuilt

    def tenants(self) -> list[int]:
        """Every tenant."""
        with self._database.read() as session, every_tenant(session):
            return [id_ or 0 for id_ in session.exec(select(Tenant.id).order_by(col(Tenant.id)))]

    def _forget(self, tenant_id: int, ids: Collection[int]) -> None:
        def job(session: Session) -> None:
            outbox.forget(session, list(ids))

        self._writer.run(job, tenant_id)
