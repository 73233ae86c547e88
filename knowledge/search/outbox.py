"""From a committed change to the index: actions queue what they changed, an indexer drains the queue.

The row is written in the action's transaction, so nothing is lost and nothing is indexed that was rolled back.
Rows go only after the index has its commit on the disk: a crash in between repeats work and changes nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, delete, func, select

from knowledge.search.backend import SearchBackend
from knowledge.search.documents import Change, Kind, Put, Remove
from knowledge.search.models import SearchOutbox
from knowledge.search.registry import Registry, registry

BATCH = 500

Forget = Callable[[Sequence[int]], None]
"""Deletes outbox rows by id, durably, in a writing transaction of its own; see `forget`."""


@dataclass(frozen=True)
class Drained:
    """What one run did: rows taken off the outbox, and whether it rebuilt or found another indexer at work.

    `more` says that the batch was full and another run is due.
    """

    rows: int = 0
    rebuilt: bool = False
    busy: bool = False
    more: bool = False


def enqueue(session: Session, kind: Kind, key: str) -> None:
    """Have the document indexed again, or taken off, once this transaction is committed."""
    session.add(SearchOutbox(kind=kind, key=key))


def waiting(session: Session) -> int:
    """How many rows wait, a measure of how far the index lags behind."""
    return session.exec(select(func.count()).select_from(SearchOutbox)).one()


def forget(session: Session, rows: Sequence[int]) -> None:
    """Delete these rows; for the writing transaction that a `Forget` opens."""
    session.exec(delete(SearchOutbox).where(col(SearchOutbox.id).in_(rows)))


def drain(
    session: Session, index: SearchBackend, forget_rows: Forget, sources: Registry = registry, batch: int = BATCH
) -> Drained:
    """Bring the index up to date with one batch of the outbox, or rebuild it if it needs that.

    `session` reads one tenant and began after the last change of interest; `index` is that tenant's. Only one indexer
    works at a time, another returns at once. May be repeated at any time, also after a crash at any point.
    """
    with index.indexing() as mine:
        if not mine:
            return Drained(busy=True)
        rows = session.exec(select(SearchOutbox).order_by(col(SearchOutbox.id)).limit(batch)).all()
        rebuilt = index.needs_rebuild()
        if rebuilt:
            index.rebuild(lambda: sources.load_all(session))
        else:
            index.apply(list(_changes(session, rows, sources)))
        if rows:
            forget_rows([row.id for row in rows if row.id is not None])
        return Drained(len(rows), rebuilt=rebuilt, more=len(rows) == batch)


def rebuild(session: Session, index: SearchBackend, sources: Registry = registry) -> Drained:
    """Build the whole index anew from the database. The outbox stays; what is in it is then indexed once more."""
    with index.indexing() as mine:
        if mine:
            index.rebuild(lambda: sources.load_all(session))
        return Drained(rebuilt=mine, busy=not mine)


def _changes(session: Session, rows: Sequence[SearchOutbox], sources: Registry) -> Iterator[Change]:
    """One change per document, made from its present state."""
    keys: dict[Kind, set[str]] = defaultdict(set)
    for row in rows:
        keys[Kind(row.kind)].add(row.key)
    for kind, of_kind in keys.items():
        found = {document.key: document for document in sources.of(kind).load(session, of_kind)}
        yield from (Put(found[key]) if key in found else Remove(kind, key) for key in sorted(of_kind))
