"""Who writes, and in what order.

SQLite has one writer at a time. Instead of letting connections fight for it, every action stands in
one fair queue; those that wait together are written in one transaction, each behind its own savepoint,
and all are answered after the one durable commit. PostgreSQL writes from every connection and retries
when two of them collide.
"""

import contextvars
import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from gevent import get_hub, monkey
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session

from app.core.database import SCOPE, Database
from app.core.errors import StorageBusy
from app.core.i18n import _
from app.core.work import AFTER_COMMIT, mark_changes

T = TypeVar("T")
Job = Callable[[Session], T]
log = logging.getLogger("lueckenlos.writer")

LARGEST_GROUP = 256
ATTEMPTS = 4
_RETRY_STATES = {"40001", "40P01"}


class Writer(Protocol):
    """Runs a job in a transaction of its own; the job has happened, durably, when `run` returns."""

    def run(self, job: Job[T], tenant_id: int | None) -> T:
        """The job's result; its exception if it raised, and then nothing was changed."""
        ...

    def run_apart(self, job: Job[T], tenant_id: int | None) -> T:
        """The same for a job that everybody waits for: nothing else of this process comes between its statements."""
        ...


def writer_for(database: Database) -> Writer:
    """The queue on SQLite, the pool on PostgreSQL."""
    return QueueWriter(database) if database.is_sqlite else PoolWriter(database)


def _busy() -> StorageBusy:
    return StorageBusy(
        _("Gerade kann nicht gespeichert werden. Es wurde nichts verändert. Bitte versuchen Sie es noch einmal.")
    )


def _prepare(session: Session, tenant_id: int | None) -> Session:
    if tenant_id is not None:
        session.info[SCOPE] = tenant_id
    event.listen(session, "before_flush", mark_changes)
    return session


def _run_after_commit(session: Session) -> None:
    for call in session.info.pop(AFTER_COMMIT, []):
        call()


class PoolWriter:
    """One session per job, run again when PostgreSQL reports a collision."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def run(self, job: Job[T], tenant_id: int | None) -> T:
        """See `Writer.run`."""
        for attempt in range(1, ATTEMPTS + 1):
            session = _prepare(self._database.session(self._database.writing), tenant_id)
            try:
                with session:
                    result = job(session)
                    session.commit()
            except DBAPIError as error:
                if attempt < ATTEMPTS and getattr(error.orig, "sqlstate", None) in _RETRY_STATES:
                    continue
                if isinstance(error, OperationalError):
                    raise _busy() from error
                raise
            _run_after_commit(session)
            return result
        raise _busy()

    def run_apart(self, job: Job[T], tenant_id: int | None) -> T:
        """See `Writer.run_apart`. In a real thread: under gevent each answer of the database would otherwise wait until
        all other requests have had their turn, and the more come, the longer the county's chain would be held."""
        asked_in = contextvars.copy_context()
        return offload(lambda: asked_in.run(self.run, job, tenant_id))


@dataclass
class _Waiting:
    job: Job[Any]
    tenant_id: int | None
    future: Future[Any]
    session: Session | None = None
    result: Any = None


class _Answering:
    """What a job raises goes to the one who asked for it; only the database's own failure ends the group."""

    def __init__(self, future: Future[Any]) -> None:
        self._future = future

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        if error is None or isinstance(error, OperationalError):
            return False
        self._future.set_exception(error)
        return True


class QueueWriter:
    """One thread that writes for everybody, in the order of asking."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queue: queue.SimpleQueue[_Waiting] = queue.SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def run(self, job: Job[T], tenant_id: int | None) -> T:
        """See `Writer.run`."""
        asked_in = contextvars.copy_context()
        waiting = _Waiting(lambda session: asked_in.run(job, session), tenant_id, Future())
        self._ensure_thread()
        self._queue.put(waiting)
        result: T = waiting.future.result()
        return result

    def run_apart(self, job: Job[T], tenant_id: int | None) -> T:
        """See `Writer.run_apart`: SQLite answers without letting go, so the queue does."""
        return self.run(job, tenant_id)

    def _ensure_thread(self) -> None:
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._serve, name="writer", daemon=True)
                self._thread.start()

    def _serve(self) -> None:
        while True:
            group = [self._queue.get()]
            while len(group) < LARGEST_GROUP and not self._queue.empty():
                group.append(self._queue.get())
            self._write(group)

    def _write(self, group: list[_Waiting]) -> None:
        try:
            with self._database.writing.connect() as connection:
                offload(connection.begin)
                for waiting in group:
                    self._run_one(waiting, connection)
                offload(connection.commit)
        except OperationalError as error:
            log.warning("write group failed", extra={"jobs": len(group), "cause": type(error.orig).__name__})
            for waiting in group:
                if not waiting.future.done():
                    waiting.future.set_exception(_busy())
            return
        for waiting in group:
            if waiting.session is not None and not waiting.future.done():
                _run_after_commit(waiting.session)
                waiting.future.set_result(waiting.result)

    def _run_one(self, waiting: _Waiting, connection: Any) -> None:
        session = Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint")
        with _prepare(session, waiting.tenant_id), _Answering(waiting.future):
            waiting.result = waiting.job(session)
            session.commit()
            waiting.session = session


def offload(call: Callable[[], T]) -> T:
    """Run a call that blocks on the disk; under gevent in a real thread, so that others go on."""
    if monkey.is_module_patched("threading"):
        result: T = get_hub().threadpool.apply(call)
        return result
    return call()
