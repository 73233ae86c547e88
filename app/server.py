"""How the production server runs: gunicorn with gevent, one process on SQLite, several on PostgreSQL."""

import os
import subprocess
import sys
import threading
from typing import Any

from app.core.config import from_environment

_settings = from_environment(os.environ)

bind = f"{_settings.host}:{_settings.port}"
workers = _settings.processes
worker_class = "gevent"
worker_connections = 4000
graceful_timeout = 5
timeout = 60
limit_request_line = 8190
"""Bytes of an address, the most that gunicorn takes: a letter of Arabic is six of them once it is encoded."""
control_socket_disable = True
accesslog = None
errorlog = "-"
loglevel = "warning"
wsgi_app = "app.wsgi:application"

AGAIN_AFTER_SECONDS = 1.0


class Companion:
    """The process beside the server. It ends when the server has gone; dies it before, another takes its place."""

    def __init__(self) -> None:
        self._ends = threading.Event()
        self._process = self._begun()
        threading.Thread(target=self._keep, name="companion", daemon=True).start()

    def end(self) -> None:
        """Take it along."""
        self._ends.set()
        self._process.terminate()
        self._process.wait()

    @staticmethod
    def _begun() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "app.cli", "index", "watch"])

    def _keep(self) -> None:
        while not self._ends.is_set():
            self._process.wait()
            if not self._ends.wait(AGAIN_AFTER_SECONDS):
                self._process = self._begun()


_companion: list[Companion] = []


def when_ready(_arbiter: Any) -> None:
    """Index and work in a process of its own, so that a rebuild slows no page down."""
    _companion.append(Companion())


def on_exit(_arbiter: Any) -> None:
    """Take the companion along."""
    for companion in _companion:
        companion.end()
