"""Searches that people keep: what each finds now, and what of it is new to its owner.

A saved search remembers which documents it finds since when, by kind and key. Every look compares that with what its
owner may find at this moment; what is no longer among the hits, or no longer theirs to read, is forgotten.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.core.permissions import Actor
from app.core.web import House
from knowledge.search.backend import Hit
from knowledge.search.choice import Choice, read
from knowledge.search.documents import Kind
from knowledge.search.models import SavedSearch, SavedSearchHit

MOST_SAVED = 30
"""Saved searches of one person."""

MOST_HITS = 200
"""Hits that are compared, the newest."""

Name = tuple[Kind, str]


class _Kept(dict[str, list[str]]):
    """Parameters of an address as they were kept."""

    def getlist(self, key: str) -> list[str]:
        return list(self.get(key, ()))


@dataclass(frozen=True)
class Saved:
    """A saved search with the number of its hits and of the new ones."""

    row: SavedSearch
    choice: Choice
    total: int
    new: int


def choice_of(saved: SavedSearch) -> Choice:
    """The search as it was kept."""
    kept = _Kept(json.loads(saved.parameters))
    return read(kept, " ".join(kept.getlist("q")))


def as_parameters(choice: Choice) -> str:
    """The search as it is kept; the page does not belong to it."""
    parameters = {name: values for name, values in choice.parameters().items() if name != "seite"}
    return json.dumps(parameters, ensure_ascii=False, sort_keys=True)


def hits(house: House, actor: Actor, choice: Choice) -> tuple[Hit, ...] | None:
    """What a search finds for this person now, the newest first; None while there is no index."""
    results = house.search.find(
        actor,
        choice.query,
        limit=MOST_HITS,
        facets=choice.values,
        newest=True,
        snippets=False,
        literal=choice.literal,
    )
    return None if results is None else results.hits


def names(found: Iterable[Hit]) -> set[Name]:
    """Which documents these hits are."""
    return {(hit.kind, hit.key) for hit in found}


def by_id(session: Session, saved_id: int) -> SavedSearch | None:
    """One saved search."""
    return session.exec(select(SavedSearch).where(col(SavedSearch.id) == saved_id)).first()


def of(session: Session, person_id: int) -> list[SavedSearch]:
    """All that this person saved, by name."""
    statement = select(SavedSearch).where(col(SavedSearch.person_id) == person_id)
    return sorted(session.exec(statement).all(), key=lambda saved: (saved.name.casefold(), saved.id or 0))


def known_hits(session: Session, saved_ids: Iterable[int]) -> dict[int, list[SavedSearchHit]]:
    """The remembered hits of saved searches. One statement."""
    found: dict[int, list[SavedSearchHit]] = {}
    wanted = list(saved_ids)
    for row in session.exec(select(SavedSearchHit).where(col(SavedSearchHit.saved_id).in_(wanted))):
        found.setdefault(row.saved_id, []).append(row)
    return found


def overview(house: House, actor: Actor, now: datetime) -> list[Saved]:
    """This person's saved searches, compared with what is there now."""
    update(house, actor, now)
    with house.database.read(actor.tenant_id) as session:
        rows = of(session, actor.person_id)
        known = known_hits(session, [row.id or 0 for row in rows])
    found = []
    for row in rows:
        there = known.get(row.id or 0, [])
        found.append(Saved(row, choice_of(row), len(there), sum(is_new(row, hit) for hit in there)))
    return found


def update(house: House, actor: Actor, now: datetime, only_notified: bool = False) -> None:
    """Remember what this person's saved searches find now; writes only if something changed."""
    with house.database.read(actor.tenant_id) as session:
        rows = [row for row in of(session, actor.person_id) if row.notify or not only_notified]
        known = known_hits(session, [row.id or 0 for row in rows])
    changes: dict[int, tuple[set[Name], set[int]]] = {}
    for row in rows:
        found = hits(house, actor, choice_of(row))
        there = {(Kind(hit.kind), hit.key): hit.id or 0 for hit in known.get(row.id or 0, [])}
        if found is not None and names(found) != set(there):
            gone = {number for name, number in there.items() if name not in names(found)}
            changes[row.id or 0] = (names(found) - set(there), gone)
    if changes:
        house.writer.run(lambda session: _apply(session, changes, now), actor.tenant_id)


def _apply(session: Session, changes: Mapping[int, tuple[set[Name], set[int]]], now: datetime) -> None:
    statement = select(SavedSearch.id).where(col(SavedSearch.id).in_(list(changes))).with_for_update()
    there = set(session.exec(statement).all())
    known = known_hits(session, list(changes))
    for saved_id in there:
        added, gone = changes[saved_id or 0]
        rows = known.get(saved_id or 0, [])
        for row in rows:
            if row.id in gone:
                session.delete(row)
        already = {(Kind(row.kind), row.key) for row in rows}
        session.add_all(
            SavedSearchHit(saved_id=saved_id or 0, kind=kind, key=key, found_at=now)
            for kind, key in sorted(added - already)
        )


def is_new(saved: SavedSearch, hit: SavedSearchHit) -> bool:
    """Whether a remembered hit is new to the owner: found after the saving and after they last looked."""
    return hit.found_at > saved.seen_at


def new_names(session: Session, saved: SavedSearch) -> set[Name]:
    """Which of the remembered hits are new to the owner."""
    rows = known_hits(session, [saved.id or 0]).get(saved.id or 0, [])
    return {(Kind(row.kind), row.key) for row in rows if is_new(saved, row)}


def see(house: House, actor: Actor, saved_id: int, now: datetime) -> None:
    """Note that the owner has looked: from now on these hits are not new any more."""

    def job(session: Session) -> None:
        row = by_id(session, saved_id)
        if row is not None and row.person_id == actor.person_id:
            row.seen_at = now
            session.add(row)

    house.writer.run(job, actor.tenant_id)
