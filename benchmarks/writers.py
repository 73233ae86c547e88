"""Runs under gevent, as the server does: so many writers put one action after the other through the write queue.

`python -m gevent.monkey --module benchmarks.writers DATABASE_URL SECONDS WRITERS…` prints one JSON line per number.
"""

import json
import sys
import threading
import time
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from app import models  # noqa: F401 - completes the metadata
from app.core.database import Database, every_tenant
from app.core.permissions import Actor
from app.core.work import Work
from app.core.writer import QueueWriter
from app.people.actions import begin_session
from app.people.models import Person
from benchmarks.timing import quantile


def main() -> None:
    """Measure each number of writers in turn."""
    url, seconds, *numbers = sys.argv[1:]
    database = Database(url)
    actor = _someone(database)
    writer = QueueWriter(database)
    _write(writer, actor, 1, 0.3)
    for number in numbers:
        computed = time.process_time()
        times, took = _write(writer, actor, int(number), float(seconds))
        computed = (time.process_time() - computed) * 1000 / len(times)
        found = {"writers": int(number), "per_second": len(times) / took, "computed": computed}
        print(
            json.dumps({**found, "p50": quantile(times, 0.5) * 1000, "p95": quantile(times, 0.95) * 1000}), flush=True
        )


def _write(writer: QueueWriter, actor: Actor, number: int, seconds: float) -> tuple[list[float], float]:
    """The seconds of each action that `number` writers did side by side, and how long all of it took."""
    times: list[float] = []
    began = time.perf_counter()

    def keep_writing() -> None:
        while time.perf_counter() - began < seconds:
            asked = time.perf_counter()
            writer.run(lambda session: _act(session, actor), actor.tenant_id)
            times.append(time.perf_counter() - asked)

    threads = [threading.Thread(target=keep_writing) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, time.perf_counter() - began


def _act(session: Session, actor: Actor) -> None:
    """An action as the house does them: a change, its entry in the audit chain, one durable commit."""
    work = Work(session, actor, datetime.now(UTC))
    begin_session(work, actor.person_id)
    work.finish()


def _someone(database: Database) -> Actor:
    with database.read() as session, every_tenant(session):
        person = session.exec(select(Person).order_by(col(Person.id))).first()
    assert person is not None
    return Actor(person.id or 0, person.tenant_id, person.organisation_id, "", frozenset(), (), person.name, "")


if __name__ == "__main__":
    main()
