"""How a worker takes a job, keeps it alive and settles it; the table is the truth about every job.

A job belongs to the worker that claimed it as long as the worker gives signs of life. Whoever finds it silent
takes it up again, so that neither a killed process nor a lost machine loses work.
"""

import json
import logging
import os
import socket
import threading
from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from app.core import clock
from app.core.database import every_tenant
from app.core.errors import DomainError, StorageBusy
from app.core.i18n import _
from app.core.jobs_registry import Cancelled, Running, TakenOver, kind_of
from app.core.jobs_states import JobState
from app.core.records import Job

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.web import House

log = logging.getLogger("lueckenlos.jobs")
BEAT_SECONDS = 5.0
SILENT_SECONDS = 30
MOST_ATTEMPTS = 3


def worker_name() -> str:
    """Who this process is: machine and process id."""
    return f"{socket.gethostname()[:100]}:{os.getpid()}"


def is_gone(worker: str) -> bool:
    """Whether that worker was a process of this machine that no longer exists; of others nothing is known."""
    machine, _colon, pid = worker.rpartition(":")
    if machine != socket.gethostname()[:100] or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def is_silent(worker: str, beat_at: datetime | None, now: datetime) -> bool:
    """Whether what this worker had may be taken up by another."""
    return beat_at is None or beat_at < now - timedelta(seconds=SILENT_SECONDS) or is_gone(worker)


def _open_ones() -> ColumnElement[bool]:
    return col(Job.state).in_((JobState.WAITING, JobState.RUNNING))


def free_jobs(house: "House") -> list[tuple[int, int]]:
    """Tenant and id of every job that waits or whose worker is silent, the oldest first."""
    now = clock.now()
    with house.database.read() as session, every_tenant(session):
        rows = session.exec(select(Job).where(_open_ones()).order_by(col(Job.id))).all()
    return [(row.tenant_id, row.id or 0) for row in rows if _is_free(row, now)]


def _is_free(row: Job, now: datetime) -> bool:
    if row.state == JobState.RUNNING:
        return is_silent(row.worker, row.beat_at, now)
    return row.state == JobState.WAITING


def take(house: "House", tenant_id: int, job_id: int) -> bool:
    """Run the job to its end, if it is free; False if it is not."""
    worker = f"{worker_name()}"
    claimed = house.writer.run(lambda session: _claim(session, job_id, worker), tenant_id)
    if claimed is None:
        return False
    with house.within(), _settling(house, tenant_id, job_id, worker) as settle, beating(house, tenant_id, job_id):
        actor = house.actor_by_id(tenant_id, claimed.person_id)
        if actor is None:
            raise DomainError(_("Das Konto, das diesen Vorgang begonnen hat, gibt es nicht mehr."))
        running = Running(house, tenant_id, job_id, json.loads(claimed.arguments), actor, worker)
        settle(kind_of(claimed.kind).run(running) or {})
    return True


def _claim(session: Session, job_id: int, worker: str) -> Job | None:
    row = session.exec(select(Job).where(col(Job.id) == job_id).with_for_update()).first()
    now = clock.now()
    if row is None or not _is_free(row, now):
        return None
    if row.attempts >= MOST_ATTEMPTS:
        row.state, row.ended_at = JobState.FAILED, now
        row.text = _("Der Vorgang ist dreimal abgebrochen, ohne zu einem Ende zu kommen.")
        return None
    row.state, row.worker, row.attempts = JobState.RUNNING, worker, row.attempts + 1
    row.beat_at, row.started_at, row.ended_at, row.text = now, row.started_at or now, None, ""
    session.add(row)
    session.flush()
    return row


class _Settling:
    """Writes down how the job ended, whatever it raised; only what ends the process itself goes on."""

    def __init__(self, end: Callable[[JobState, str, dict[str, Any]], None], name: str) -> None:
        self._end, self._name = end, name
        self.result: dict[str, Any] = {}

    def __call__(self, result: Any) -> None:
        self.result = dict(result)

    def __enter__(self) -> "_Settling":
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        if error is not None and not isinstance(error, Exception):
            return False
        if not isinstance(error, TakenOver):
            self._end(*self._outcome(error))
        return True

    def _outcome(self, error: Exception | None) -> tuple[JobState, str, dict[str, Any]]:
        if error is None:
            return JobState.DONE, "", self.result
        if isinstance(error, Cancelled):
            return JobState.CANCELLED, _("Auf Wunsch abgebrochen. Was bis dahin getan war, bleibt."), {}
        if isinstance(error, StorageBusy):
            return JobState.WAITING, error.message, {}
        if isinstance(error, DomainError):
            return JobState.FAILED, error.message, {}
        log.error("job failed", exc_info=error, extra={"job": self._name})
        return JobState.FAILED, _("Ein Fehler im Programm. Die Technik findet ihn unter der Nummer des Vorgangs."), {}


def _settling(house: "House", tenant_id: int, job_id: int, worker: str) -> _Settling:
    def end(state: JobState, text: str, result: dict[str, Any]) -> None:
        house.writer.run(lambda session: _settle(session, job_id, worker, state, text, result), tenant_id)
        log.info("job ended", extra={"job": job_id, "tenant": tenant_id, "state": state.value})

    return _Settling(end, str(job_id))


def _settle(session: Session, job_id: int, worker: str, state: JobState, text: str, result: dict[str, Any]) -> None:
    row = session.exec(select(Job).where(col(Job.id) == job_id)).one()
    if row.worker != worker or row.state != JobState.RUNNING:
        return
    row.state, row.text, row.ended_at = state, text, clock.now()
    row.result = json.dumps(result, ensure_ascii=False)
    if state == JobState.DONE and row.total:
        row.done = row.total
    session.add(row)


@contextmanager
def beating(house: "House", tenant_id: int, job_id: int) -> "Iterator[None]":
    """Give signs of life for the job while inside."""

    def beat(session: Session) -> None:
        row = session.exec(select(Job).where(col(Job.id) == job_id)).one()
        row.beat_at = clock.now()
        session.add(row)

    with in_the_background(lambda: house.writer.run(beat, tenant_id), BEAT_SECONDS):
        yield


@contextmanager
def in_the_background(call: Callable[[], object], seconds: float) -> "Iterator[None]":
    """Call again and again in a thread of its own while inside; a database that does not answer is asked next time."""
    over = threading.Event()

    def loop() -> None:
        while not over.wait(seconds):
            with _Patience():
                call()

    thread = threading.Thread(target=loop, name="background", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


class _Patience:
    """What fails is logged and tried again next time, so that one fault does not end the thread for ever."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        if isinstance(error, SQLAlchemyError | StorageBusy):
            log.warning("database busy", extra={"cause": type(error).__name__})
        elif isinstance(error, Exception):
            log.error("background work failed", exc_info=error)
        return isinstance(error, Exception)
