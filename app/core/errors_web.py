"""One place that turns errors into pages and fragments."""

import logging

from flask import Flask, current_app, g, render_template
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import DomainError, TooManyAttempts
from app.core.htmx import is_fragment_request
from app.core.i18n import _
from app.core.lifecycle import RefusedMove
from app.core.logs import request_id

log = logging.getLogger("lueckenlos.error")
ErrorTexts = dict[str, str]


def install(app: Flask) -> None:
    """Pages for domain errors, HTTP errors and faults."""
    app.register_error_handler(DomainError, show_domain_error)
    app.register_error_handler(RefusedMove, lambda error: error_page(app, 409, _(error.reason)))
    app.register_error_handler(CSRFError, lambda _error: error_page(app, 400, _stale_form()))
    app.register_error_handler(HTTPException, lambda error: error_page(app, error.code or 500))
    app.register_error_handler(OperationalError, show_lost_database)
    app.register_error_handler(500, show_fault)


def _stale_form() -> str:
    return _(
        "Das Formular ist nicht mehr gültig, zum Beispiel weil Sie sich neu angemeldet haben. "
        "Gehen Sie zurück, laden Sie die Seite neu und senden Sie es noch einmal."
    )


def show_domain_error(error: DomainError) -> AnyResponse:
    """The error's own sentence."""
    response = error_page(current_app, error.status, error.message)
    if isinstance(error, TooManyAttempts):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def show_lost_database(error: OperationalError) -> AnyResponse:
    """The database does not answer: nothing was changed, and it is worth trying again."""
    log.error("database lost", extra={"request_id": request_id(), "cause": type(error.orig).__name__})
    _forget_who_asks()
    response = error_page(current_app, 503)
    response.headers["Retry-After"] = "10"
    return response


def _forget_who_asks() -> None:
    """An error page must not need what is broken: whoever was not known yet stays unknown."""
    g.setdefault("actor", None)
    g.setdefault("signed_in", None)


def show_fault(error: Exception) -> AnyResponse:
    """A programming error or a broken part: logged with its trace, shown with its number."""
    original = getattr(error, "original_exception", None) or error
    log.error("fault", exc_info=original, extra={"request_id": request_id()})
    _forget_who_asks()
    return error_page(current_app, 500)


def error_page(app: Flask, status: int, text: str = "") -> AnyResponse:
    """The error as a page, or as a short alert for a fragment request."""
    describe = app.extensions["error_texts"]
    words = describe(status)
    if text:
        words = {**words, "text": text}
    template = "ui/errors/_error.html" if is_fragment_request() else "ui/errors/error.html"
    response = app.make_response(render_template(template, **words, request_id=request_id()))
    response.status_code = status
    return response
