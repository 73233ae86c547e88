"""How the production server runs: gunicorn with gevent, one process on SQLite, several on PostgreSQL."""

import os
import subprocess
import sys
from typing import Any

from app.core.config import from_environment

_settings = from_environment(os.environ)

bind = f"{_settings.host}:{_settings.port}"
workers = _settings.processes
worker_class = "gevent"
worker_connections = 4000
graceful_timeout = 5
timeout = 60
control_socket_disable = True
accesslog = None
errorlog = "-"
loglevel = "warning"
wsgi_app = "app.wsgi:application"

_indexer: list[subprocess.Popen[bytes]] = []


def when_ready(_arbiter: Any) -> None:
    """Index in a process of its own, so that a rebuild slows no page down. It ends when this one has gone."""
    _indexer.append(subprocess.Popen([sys.executable, "-m", "app.cli", "index", "watch"]))


def on_exit(_arbiter: Any) -> None:
    """Take the indexer along."""
    for process in _indexer:
        process.terminate()
        process.wait()
