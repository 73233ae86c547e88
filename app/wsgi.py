"""The application as gunicorn loads it, inside a worker, after gevent has prepared it."""

import os

from app.core import logs
from app.core.config import from_environment
from app.factory import create_app

settings = from_environment(os.environ)
logs.configure(settings.log_level)
application = create_app(settings)
