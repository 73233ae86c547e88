"""The peer: a Flask application that does nothing but answer, with a page of any size."""

from flask import Flask

application = Flask(__name__)
LARGEST = 4 * 1024 * 1024
_FILLING = "<p>Lückenlos</p>\n" * (LARGEST // 16)


@application.get("/readyz")
def readyz() -> str:
    """The process answers."""
    return "ready"


@application.get("/page/<int:size>")
def page(size: int) -> bytes:
    """A page of `size` bytes, at most 4 MiB."""
    return _FILLING[:size].encode()[:size]
