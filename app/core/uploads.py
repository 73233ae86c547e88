"""How much of a request is read where files are taken: more than is kept, so that the form comes back with what was
typed and a sentence about the file, instead of a page that says the form is lost."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

from app.core.web import current_actor

MOST_READ = 128 * 1024 * 1024
"""Bytes of a request with files, of somebody signed in. What is kept of it, each room says."""

View = TypeVar("View", bound=Callable[..., Any])


def takes_files(view: View) -> View:
    """Declare that a view takes files and itself says which are too large."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def install(app: Flask) -> None:
    """Make room before anything looks into the form; visitors get none."""
    app.before_request(make_room)


def make_room() -> None:
    """Let a form with files of somebody signed in be read to its end."""
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method == "POST" and getattr(view, "takes_files", False) and current_actor() is not None:
        request.max_content_length = MOST_READ
