"""Keys that a crash left behind: those of urns that are counted or given up, and those whose urn never came to be."""

import logging
import time
from datetime import datetime

from sqlmodel import col, select

from app.core import jobs
from app.core.database import every_tenant
from app.core.web import House
from meetings.voting.sealed.keys import KeyRing
from meetings.voting.sealed.models import Urn
from meetings.voting.sealed.states import UrnState
from meetings.voting.sealed.urns import destroy

log = logging.getLogger("lueckenlos.sealed")
EVERY_SECONDS = 300
PATIENCE_SECONDS = 24 * 3600
"""A key without an urn may belong to a transaction that is still going on; after a day it does not."""


def register() -> None:
    """Tell the periodic work."""
    jobs.every("voting.keys", EVERY_SECONDS, sweep_house)


def sweep_house(house: House, now: datetime) -> None:
    """The periodic work over all counties of the house."""
    del now
    kept = KeyRing(house.settings.data_dir)
    names = kept.names()
    if not names:
        return
    with house.database.read() as session, every_tenant(session):
        rows = session.exec(select(col(Urn.key_name), col(Urn.state)).where(col(Urn.key_name).in_(names))).all()
    gone = needless(kept, names, {name: UrnState(state) for name, state in rows})
    for name in gone:
        destroy(kept, name)
    if gone:
        log.info("keys of finished polls destroyed", extra={"keys": len(gone)})


def needless(kept: KeyRing, names: frozenset[str], states: dict[str, UrnState]) -> list[str]:
    """The keys that no urn needs any more."""
    oldest = time.time() - PATIENCE_SECONDS
    over = (UrnState.COUNTED, UrnState.GIVEN_UP)
    return sorted(
        name for name in names if states.get(name) in over or (name not in states and kept.kept_at(name) < oldest)
    )
