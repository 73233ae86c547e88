"""Live pages: signals that something changed, told to every browser that follows its channel.

A signal is a row of `live_event`, written with the change itself. Each server process tails them: on
SQLite woken by its own writer and, for other programs, by `PRAGMA data_version`; on PostgreSQL by
LISTEN. A signal carries names, never content: the browser then fetches the fragment with its own rights.
"""

import json
import logging
import queue
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

import psycopg
from sqlalchemy import text
from sqlmodel import Session, col, func, select

from app.core.database import Database, every_tenant
from app.core.records import LiveEvent

log = logging.getLogger("lueckenlos.live")

NOTIFY_CHANNEL = "lueckenlos_live"
POLL_SECONDS = 0.25
PING_SECONDS = 15.0
STREAM_SECONDS = 600.0
GATHER_SECONDS = 0.05
CALM_SECONDS, HELD_SECONDS = 1.0, 0.25
LISTENERS_A_SECOND = 100
RESET = "reset"


@dataclass(frozen=True)
class Signal:
    """One change: number, tenant, channel ("meeting:9") and the name of the thing ("poll-3")."""

    id: int
    tenant_id: int
    channel: str
    name: str


Listener = queue.SimpleQueue[Signal]


class Hub:
    """Takes what the tail reads to the streams of this process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listeners: dict[tuple[int, str], set[Listener]] = defaultdict(set)
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None
        self._closed = threading.Event()

    def close(self) -> None:
        """Stop tailing; streams that still wait get pings only."""
        self._closed.set()
        self._wake.set()

    def listeners(self, tenant_id: int, channel: str) -> int:
        """How many of this process follow the channel."""
        return len(self._listeners.get((tenant_id, channel), ()))

    def wake(self) -> None:
        """Something was committed in this process."""
        self._wake.set()

    def listen(self, tenant_id: int, channel: str) -> Listener:
        """A queue that gets every signal of the channel from now on."""
        listener: Listener = queue.SimpleQueue()
        with self._lock:
            self._listeners[tenant_id, channel].add(listener)
            if self._thread is None:
                self._start()
        return listener

    def _start(self) -> None:
        """Begin tailing from here on; what is committed after this call is heard."""
        if self._database.is_sqlite:
            last = latest(self._database)
            self._thread = threading.Thread(target=self._tail_sqlite, args=(last,), name="live", daemon=True)
        else:
            self._thread = threading.Thread(target=self._tail_postgres, name="live", daemon=True)
        self._thread.start()

    def leave(self, tenant_id: int, channel: str, listener: Listener) -> None:
        """Stop listening."""
        with self._lock:
            self._listeners[tenant_id, channel].discard(listener)
            if not self._listeners[tenant_id, channel]:
                del self._listeners[tenant_id, channel]

    def deliver(self, signal: Signal) -> None:
        """Put the signal into the queue of everybody who follows its channel."""
        with self._lock:
            listeners = tuple(self._listeners.get((signal.tenant_id, signal.channel), ()))
        for listener in listeners:
            listener.put(signal)

    def deliver_reset(self) -> None:
        """Signals may have been missed: everybody fetches afresh."""
        with self._lock:
            everyone = [(key, listener) for key, group in self._listeners.items() for listener in group]
        for (tenant_id, channel), listener in everyone:
            listener.put(Signal(0, tenant_id, channel, RESET))

    def _tail_sqlite(self, last: int) -> None:
        with closing(self._database.reading.raw_connection()) as watch:
            version = None
            while not self._closed.is_set():
                seen = watch.cursor().execute("PRAGMA data_version").fetchone()
                if self._wake.is_set() or seen != version:
                    self._wake.clear()
                    version = seen
                    for signal in signals_after(self._database, last):
                        last = signal.id
                        self.deliver(signal)
                self._wake.wait(POLL_SECONDS)

    def _tail_postgres(self) -> None:
        while not self._closed.is_set():
            try:
                self._listen_postgres()
            except psycopg.OperationalError:
                log.warning("live connection lost, trying again")
                self._closed.wait(1.0)
                self.deliver_reset()

    def _listen_postgres(self) -> None:
        address = self._database.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"LISTEN {NOTIFY_CHANNEL}")
            self.deliver_reset()
            while not self._closed.is_set():
                for notice in connection.notifies(timeout=1.0):
                    self.deliver(Signal(*json.loads(notice.payload)))


def latest(database: Database) -> int:
    """The number of the newest signal, 0 if there is none."""
    with database.read() as session, every_tenant(session):
        return session.exec(select(func.max(LiveEvent.id))).one() or 0


def signals_after(database: Database, last: int, tenant_id: int | None = None, channel: str = "") -> list[Signal]:
    """The signals with a higher number, oldest first; of one channel if it is named."""
    statement = select(LiveEvent).where(col(LiveEvent.id) > last).order_by(col(LiveEvent.id)).limit(500)
    if channel:
        statement = statement.where(col(LiveEvent.channel) == channel)
    with database.read(tenant_id) as session:
        if tenant_id is None:
            with every_tenant(session):
                return [_signal(row) for row in session.exec(statement)]
        return [_signal(row) for row in session.exec(statement)]


def _signal(row: LiveEvent) -> Signal:
    return Signal(row.id or 0, row.tenant_id, row.channel, row.name)


def notify(session: Session, events: list[LiveEvent]) -> None:
    """On PostgreSQL, tell the other processes; they hear it when the transaction commits."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for row in events:
        payload = json.dumps([row.id, row.tenant_id, row.channel, row.name])
        session.connection().execute(
            text("SELECT pg_notify(:channel, :payload)"), {"channel": NOTIFY_CHANNEL, "payload": payload}
        )


def stream(
    hub: Hub,
    database: Database,
    tenant_id: int,
    channel: str,
    last: int | None,
    still_allowed: Callable[[], bool],
    sift: Callable[[list[Signal]], list[Signal]] = list,
    gather_seconds: float = GATHER_SECONDS,
) -> Iterator[str]:
    """Server-sent events of one channel: what was missed since `last`, then what comes, a ping every 15 seconds.

    Ends after ten minutes, or as soon as the reader's right has gone; the browser connects again by itself. `sift`
    leaves of a batch what this reader may hear; `gather_seconds` is how long what comes at once is gathered. A mere
    count (`register_calm`) is told at most once a second, and less often the more follow it.
    """
    listener, calm = hub.listen(tenant_id, channel), Calm(lambda: hub.listeners(tenant_id, channel))
    ends = time.monotonic() + STREAM_SECONDS
    try:
        yield "retry: 1000\n\n"
        if last is not None:
            yield from map(frame, sift(_unique(signals_after(database, last, tenant_id, channel))))
        held_back = False
        while time.monotonic() < ends and (held_back or still_allowed()):
            gathered = _gather(listener, HELD_SECONDS if calm.held else gather_seconds, calm.patience())
            told = calm.of(gathered)
            held_back = bool(gathered) and not told
            if not held_back:
                yield from map(frame, sift(_unique(told))) if told else (": ping\n\n",)
    finally:
        hub.leave(tenant_id, channel, listener)


def frame(signal: Signal) -> str:
    """One server-sent event: the name is the event, the data its number."""
    number = f"id: {signal.id}\n" if signal.id else ""
    return f"{number}event: {signal.name}\ndata: {signal.id}\n\n"


_calm: list[re.Pattern[str]] = []


def register_calm(names: str) -> None:
    """Signals whose names match this only say that a number has changed: nobody needs each of them."""
    _calm.append(re.compile(names))


class Calm:
    """Holds signals that are mere counts back until a moment has passed since the last; the last one is never lost.

    What is more than a count goes at once and takes what is held along, so that the order stays. `listeners` says how
    many follow: `LISTENERS_A_SECOND` of them may ask for the number again within one second.
    """

    def __init__(self, listeners: Callable[[], int], clock: Callable[[], float] = time.monotonic) -> None:
        self.held: list[Signal] = []
        self._listeners, self._clock, self._due = listeners, clock, 0.0

    def patience(self) -> float:
        """How long to wait for the next signal before what is held must go."""
        return min(PING_SECONDS, max(0.0, self._due - self._clock())) if self.held else PING_SECONDS

    def of(self, signals: list[Signal]) -> list[Signal]:
        """What is to be told now of these and of what was held."""
        self.held += signals
        if self._clock() < self._due and all(_is_calm(signal.name) for signal in self.held):
            return []
        told, self.held = self.held, []
        if told:
            self._due = self._clock() + max(CALM_SECONDS, self._listeners() / LISTENERS_A_SECOND)
        return told


def _is_calm(name: str) -> bool:
    return any(names.fullmatch(name) for names in _calm)


def _gather(listener: Listener, seconds: float = GATHER_SECONDS, patience: float = PING_SECONDS) -> list[Signal]:
    """What came within a moment of the first signal; empty if none came within the patience, a ping's time."""
    try:
        gathered = [listener.get(timeout=patience)]
    except queue.Empty:
        return []
    time.sleep(seconds)
    while not listener.empty():
        gathered.append(listener.get())
    return gathered


def _unique(signals: list[Signal]) -> list[Signal]:
    """The newest signal of each name, oldest first."""
    return sorted({signal.name: signal for signal in signals}.values(), key=lambda signal: signal.id)
