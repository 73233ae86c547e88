"""What search does by itself: looks after saved searches, tells new hits, and erases what was searched for long ago."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlmodel import Session, col, select

from app.core import jobs
from app.core.i18n import lazy, ngettext
from app.core.permissions import Actor
from app.core.web import House
from knowledge.conversation import digest
from knowledge.search import recent, saved
from knowledge.search.documents import Kind
from knowledge.search.models import SavedSearch
from knowledge.search.saved_views import run_url

ERASE_HOUR, EVERY_SECONDS = 3, 3_600
MOST_TITLES = 3


def register() -> None:
    """Tell the periodic work and the digest."""
    jobs.daily("search.erase_recent", ERASE_HOUR, erase_old)
    jobs.every("search.saved", EVERY_SECONDS, update_saved)
    digest.register(new_hits, lazy("Neue Treffer Ihrer gespeicherten Suchen"))


def erase_old(house: House, now: datetime) -> None:
    """Erase searches that are older than ninety days, in every county."""
    for tenant_id in house.search.tenants():
        house.writer.run(partial(recent.erase_old, now=now), tenant_id)


def update_saved(house: House, now: datetime) -> None:
    """Note what the saved searches find whose owners want to hear of it, each with its owner's rights."""
    for tenant_id in house.search.tenants():
        with house.database.read(tenant_id) as session:
            owners = session.exec(select(SavedSearch.person_id).where(col(SavedSearch.notify)).distinct()).all()
        for person_id in owners:
            actor = house.actor_by_id(tenant_id, person_id)
            if actor is not None:
                saved.update(house, actor, now, only_notified=True)


def new_hits(session: Session, house: House, actor: Actor, since: datetime) -> Sequence[digest.DigestLine]:
    """A line for each saved search with that wish to which something came since then that its owner did not see yet.

    The number is that of the owner's list: all hits that are new to them, not only those since then.
    """
    wanted = [row for row in saved.of(session, actor.person_id) if row.notify]
    known = saved.known_hits(session, [row.id or 0 for row in wanted])
    lines = []
    for row in wanted:
        unseen = {
            (Kind(hit.kind), hit.key): hit.found_at for hit in known.get(row.id or 0, ()) if saved.is_new(row, hit)
        }
        if any(found_at > since for found_at in unseen.values()):
            now = saved.hits(house, actor, saved.choice_of(row)) or ()
            there = [hit for hit in now if (hit.kind, hit.key) in unseen]
            if any(unseen[hit.kind, hit.key] > since for hit in there):
                lines.append(_line(row, [hit.title for hit in there]))
    return lines


def _line(row: SavedSearch, titles: Sequence[str]) -> digest.DigestLine:
    number = ngettext("%(num)s neuer Treffer", "%(num)s neue Treffer", len(titles))
    shown = " · ".join(titles[:MOST_TITLES])
    return digest.DigestLine(f"{row.name}: {number}", run_url(row), shown)
