"""The queue that wakes workers: huey, in a file of its own beside SQLite, in a schema of its own in PostgreSQL.

It carries the ids of jobs and nothing else, and may be lost at any time: the table `job` is the truth, and a worker
whose queue is empty looks there for what nobody told it. See docs/decisions/0012.
"""

import json
import logging
import sqlite3
import threading
import weakref
from typing import TYPE_CHECKING, Any

import psycopg
from huey.api import Huey, PostgresHuey, SqliteHuey
from huey.consumer import Consumer
from huey.registry import Message
from huey.serializer import Serializer
from sqlalchemy import make_url

from app.core import clock, jobs
from app.core.jobs_take import free_jobs, in_the_background, take

if TYPE_CHECKING:
    from app.core.web import House

log = logging.getLogger("lueckenlos.jobs")
NAME = "lueckenlos"
SCHEMA = "lueckenlos_queue"
LOST = (sqlite3.Error, psycopg.Error, OSError)
WORKERS = 2
SWEEP_SECONDS = 1.0


class AsJson(Serializer):  # type: ignore[misc]
    """Messages as JSON: whatever stands in the queue can never become code."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Any:
        return Message(*json.loads(bytes(data)))


def queue_of(house: "House") -> Huey:
    """The queue of this house; opens it, which needs its place to be reachable."""
    common = {"results": False, "serializer": AsJson()}
    if house.database.is_sqlite:
        house.settings.data_dir.mkdir(parents=True, exist_ok=True)
        return SqliteHuey(NAME, filename=str(house.settings.data_dir / "queue.sqlite"), fsync=False, **common)
    address = make_url(house.settings.database_url).set(drivername="postgresql")
    dsn = address.render_as_string(hide_password=False)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", (SCHEMA,))
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        return PostgresHuey(NAME, dsn=dsn, options=f"-c search_path={SCHEMA}", **common)


class Teller:
    """Puts the ids of started jobs into the queue. A queue that is out of reach costs a second, not a job."""

    def __init__(self, house: "House") -> None:
        self._house = house
        self._lock = threading.Lock()
        self._queue: Huey | None = None

    def __call__(self, tenant_id: int, job_id: int) -> None:
        """Tell the workers of this job."""
        try:
            with self._lock:
                self._queue = self._queue or queue_of(self._house)
                run = _run_task(self._house, self._queue)
                self._queue.enqueue(run.s(tenant_id, job_id))
                self._queue.storage.close()
        except LOST as error:
            log.warning("queue out of reach", extra={"job": job_id, "cause": type(error).__name__})


def install(house: "House") -> None:
    """Tell the queue of every job that this house starts, without keeping the house alive for that."""
    jobs.on_start(house, Teller(weakref.proxy(house)))


def _run_task(house: "House", queue: Huey) -> Any:
    """The one task that the queue knows; registering it a second time gives the same."""
    known: Any = getattr(queue, "run_task", None)
    if known is None:
        known = queue.task(name="run_job")(lambda tenant_id, job_id: take(house, tenant_id, job_id))
        queue.run_task = known
    return known


class Workers(Consumer):  # type: ignore[misc]
    """Huey's worker threads inside a process that has its own main loop, so without its signal handlers."""

    def _set_signal_handlers(self) -> None:
        """The process ends by the signal itself; what it was doing is taken up by the next."""


class Worker:
    """What the process beside the server does with jobs: huey's threads, the sweep and the periodic work."""

    def __init__(self, house: "House") -> None:
        self._house = house
        self._queue = queue_of(house)
        self._task = _run_task(house, self._queue)
        self._threads = Workers(
            self._queue, workers=WORKERS, worker_type="thread", periodic=False, initial_delay=0.1, max_delay=0.5
        )

    def __enter__(self) -> "Worker":
        self._threads.start()
        self._sweeping = in_the_background(self.sweep, SWEEP_SECONDS)
        self._clock = in_the_background(lambda: jobs.run_due(self._house, clock.now()), SWEEP_SECONDS)
        self._sweeping.__enter__()
        self._clock.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._clock.__exit__(None, None, None)
        self._sweeping.__exit__(None, None, None)
        self._threads.stop(graceful=True)

    def sweep(self) -> int:
        """Hand over again what waits though the queue is empty, and what a silent worker had; how many that were."""
        try:
            if self._queue.storage.queue_size():
                return 0
            free = free_jobs(self._house)
            for tenant_id, job_id in free:
                self._queue.enqueue(self._task.s(tenant_id, job_id))
            self._threads.check_worker_health()
        except LOST as error:
            log.warning("queue out of reach", extra={"cause": type(error).__name__})
            return 0
        return len(free)
