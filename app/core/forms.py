"""The base of all forms: CSRF, German field messages, and the one-time key against double sending."""

import secrets

from flask_wtf import FlaskForm
from wtforms import HiddenField


def fresh_key() -> str:
    """A one-time key, 128 bit."""
    return secrets.token_urlsafe(16)


class BaseForm(FlaskForm):  # type: ignore[misc]
    """A form with a one-time key; after a refused input the same key goes out again."""

    once = HiddenField(default=fresh_key)


class ConfirmForm(BaseForm):
    """A form with nothing to type: a button and its one-time key."""
