"""create_app(): the one place that knows every feature."""

from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import models  # noqa: F401 - completes the metadata
from app.core import (
    errors_web,
    health,
    htmx,
    i18n,
    jobs_queue,
    jobs_web,
    live,
    live_web,
    logs,
    mail_web,
    markdown,
    security,
    uploads,
    web,
)
from app.core.config import Settings
from app.core.database import Database
from app.core.forms import fresh_key
from app.core.writer import writer_for
from app.features import blueprints, register_everything
from app.people import sign_in
from app.ui import assets, shell
from knowledge.search.service import SearchService
from knowledge.taxonomy import terms

TEMPLATES = Path(__file__).parent / "ui" / "templates"


def create_app(settings: Settings, database: Database | None = None) -> Flask:
    """The application over these settings; `database` lets a test hand in an open one."""
    app = Flask("app", static_folder=None, template_folder=str(TEMPLATES))
    app.config.update(
        SECRET_KEY=settings.secret_key(),
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        MAX_CONTENT_LENGTH=16 * 1024 * 1024,
        MAX_FORM_PARTS=2000,
    )
    house = build_house(settings, database)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, settings.proxies, settings.proxies, settings.proxies)  # type: ignore[method-assign]
    web.install(app, house)
    for part in (logs, htmx, i18n, uploads, security, errors_web, assets, shell, terms):
        part.install(app)
    sign_in.install(app, house, register_everything(house))
    house.search.while_loading = house.within = app.test_request_context
    jobs_queue.install(house)
    app.jinja_env.filters["markdown"] = markdown.to_html
    app.jinja_env.globals.update(once_key=fresh_key, newest_signal=live_web.newest_signal)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for blueprint in (health.blueprint, live_web.blueprint, jobs_web.blueprint, mail_web.blueprint, *blueprints()):
        app.register_blueprint(blueprint)
    _refuse_undeclared_routes(app)
    return app


def build_house(settings: Settings, database: Database | None = None) -> web.House:
    """Database, writer and hub over the settings."""
    database = database or Database(settings.database_url)
    writer = writer_for(database)
    search = SearchService(database, writer, settings.index_dir, settings.search)
    return web.House(settings, database, writer, live.Hub(database), search=search)


def _refuse_undeclared_routes(app: Flask) -> None:
    undeclared = web.undeclared_routes(app)
    if undeclared:
        raise RuntimeError(f"These routes declare no policy: {', '.join(sorted(undeclared))}")
