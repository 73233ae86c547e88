"""The peer of `voting.py`: a Flask application that seals a ballot, stores it as durably as ours, and answers a page.

One writer with group commit over SQLite (WAL, synchronous=FULL): a row that the seat has voted and a row with the
sealed ballot in one transaction, answered after the commit. No session, no rights, no audit, no live signal.
"""

import os
import queue
import sqlite3
import threading
from concurrent.futures import Future

from flask import Flask, render_template_string, request
from gevent import get_hub, monkey

from meetings.voting.sealed import envelopes

application = Flask(__name__)
_KEY = envelopes.new_key()
_waiting: "queue.SimpleQueue[tuple[str, bytes, Future[bool]]]" = queue.SimpleQueue()
_starting = threading.Lock()
_started: list[threading.Thread] = []
PAGE = "<!doctype html><html lang=de><title>Stimme</title><h1>Ihre Stimme ist abgegeben</h1><p>{{ seat }}</p>"


@application.get("/readyz")
def readyz() -> str:
    """The process answers."""
    return "ready"


@application.post("/stimme")
def cast() -> str:
    """Take a ballot."""
    seat = request.form["once"]
    answer = {name: value for name, value in request.form.items() if name.startswith("punkte")}
    sealed = envelopes.seal(_KEY.public, envelopes.Paper("0" * 10, answer), 512, 1, 1)
    future: Future[bool] = Future()
    _ensure_writer()
    _waiting.put((seat, sealed, future))
    future.result()
    return render_template_string(PAGE, seat=seat)


def _ensure_writer() -> None:
    with _starting:
        if not _started:
            _started.append(threading.Thread(target=_write, daemon=True))
            _started[0].start()


def _write() -> None:
    connection = sqlite3.connect(os.environ["BARE_DATABASE"], isolation_level=None, check_same_thread=False)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE IF NOT EXISTS voted (seat TEXT PRIMARY KEY)")
    connection.execute("CREATE TABLE IF NOT EXISTS ballot (seat TEXT PRIMARY KEY, sealed BLOB)")
    while True:
        group = [_waiting.get()]
        while not _waiting.empty():
            group.append(_waiting.get())
        connection.execute("BEGIN IMMEDIATE")
        for seat, sealed, _future in group:
            connection.execute("INSERT OR IGNORE INTO voted VALUES (?)", [seat])
            connection.execute("INSERT OR IGNORE INTO ballot VALUES (?, ?)", [seat, sealed])
        _commit(connection)
        for _seat, _sealed, future in group:
            future.set_result(True)


def _commit(connection: sqlite3.Connection) -> None:
    """In a real thread, so that others go on meanwhile: as our queue does."""
    if monkey.is_module_patched("threading"):
        get_hub().threadpool.apply(connection.execute, ("COMMIT",))
    else:
        connection.execute("COMMIT")
