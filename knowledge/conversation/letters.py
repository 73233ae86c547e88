"""Words for mails: in the receiver's language, with links that can be opened from a mail."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app, has_request_context
from flask_babel import force_locale

from app.core.i18n import LANGUAGES
from app.core.web import house


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Messages in this language, whoever's request it is."""
    if has_request_context() and code in LANGUAGES:
        with force_locale(code):
            yield
    else:
        yield


def absolute(path: str) -> str:
    """The address as people open it; without a public address only its path."""
    return f"{house().settings.public_url}{path}" if current_app else path
