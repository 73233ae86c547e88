"""htmx on the server: the typed face of htmx-flask, and what it leaves out.

A view answers the same address with a page or, when htmx asks for a fragment, with that fragment;
caches keep the two apart by `Vary`.
"""

from typing import Any, cast

from flask import Flask, Response, redirect, render_template, request
from htmx_flask import HtmxAwareRequest, make_response
from werkzeug.wrappers import Response as AnyResponse


class Request(HtmxAwareRequest):  # type: ignore[misc]
    """The request class of the application."""


def is_fragment_request() -> bool:
    """Whether htmx asks for a part; boosted links and restored history want the page."""
    htmx = cast(Any, request).htmx
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def page(template: str, *, fragment: str | None = None, status: int = 200, **context: Any) -> Response:
    """The page, or only `fragment` (a template of its own) when htmx asks for a part."""
    name = fragment if fragment and is_fragment_request() else template
    response = make_response(render_template(name, **context))
    response.status_code = status
    return cast(Response, response)


def go_to(address: str) -> AnyResponse:
    """Send the browser on after a change: 303, or htmx's own redirect for a fragment request."""
    if is_fragment_request():
        return cast(Response, make_response("", redirect=address))
    return redirect(address, code=303)


def install(app: Flask) -> None:
    """Use the request class and set `Vary` on every answer."""
    app.request_class = Request

    @app.after_request
    def vary(response: Response) -> Response:
        response.vary.add("HX-Request")
        return response
