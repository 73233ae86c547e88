"""Indexers that are killed at any moment, and what is left afterwards. Run as a program of its own, because it forks.

    python killed_indexer.py DATABASE_URL DATA_DIR TENANT_ID SEED

prints as JSON how many indexers were killed, and the differences between index and database after the next one ran.
"""

import json
import os
import random
import signal
import sys
import threading
from itertools import count
from pathlib import Path

from sqlmodel import Session, col, select

from app import models
from app.core.database import Database
from app.core.writer import writer_for
from app.features import register_everything
from knowledge.gaps.models import Gap
from knowledge.search import outbox
from knowledge.search.documents import Kind
from knowledge.search.service import SearchService

KILLS = 20
SOONEST, LATEST = 0.005, 0.25
"""Seconds after its start at which an indexer is killed."""


def change_a_gap(session: Session, number: int) -> None:
    """Another title for one gap, and a row in the outbox, in one transaction."""
    gaps = session.exec(select(Gap).where(col(Gap.merged_into_id).is_(None)).order_by(col(Gap.key))).all()
    gap = gaps[number % len(gaps)]
    gap.title = f"Runde {os.getpid()}-{number}"
    session.add(gap)
    outbox.enqueue(session, Kind.GAP, gap.key)


def index_until_killed(url: str, folder: Path, tenant_id: int, delay: float, *, rebuilding: bool) -> None:
    """Change and index, or rebuild, until the process is killed after `delay` seconds."""
    threading.Timer(delay, os.kill, (os.getpid(), signal.SIGKILL)).start()
    database = Database(url)
    writer = writer_for(database)
    service = SearchService(database, writer, folder)
    for number in count():
        writer.run(lambda session, number=number: change_a_gap(session, number), tenant_id)
        if rebuilding:
            service.rebuild(tenant_id)
        else:
            service.catch_up(tenant_id)


def main(url: str, folder: str, tenant: str, seed: str) -> None:
    """Kill twenty indexers, every other one while it rebuilds; then let one finish and compare."""
    assert models.ROOMS
    register_everything(None)  # type: ignore[arg-type]
    chance, killed = random.Random(int(seed)), 0
    for number in range(KILLS):
        delay = chance.uniform(SOONEST, LATEST)
        child = os.fork()
        if child == 0:
            index_until_killed(url, Path(folder), int(tenant), delay, rebuilding=bool(number % 2))
        killed += os.waitpid(child, 0)[1] == signal.SIGKILL
    database = Database(url)
    service = SearchService(database, writer_for(database), Path(folder))
    service.catch_up(int(tenant))
    found = service.verify(int(tenant))
    assert found is not None
    answer = {"killed": killed, "documents": found.documents, "waiting": found.waiting, "differs": list(found.lines())}
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
