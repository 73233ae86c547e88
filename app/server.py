"""How the production server runs: gunicorn with gevent, one process on SQLite, several on PostgreSQL."""

import os

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
