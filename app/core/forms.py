"""The base of all forms: CSRF, German field messages, the one-time key, and text without invisible characters."""

import secrets
import unicodedata
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, Form, HiddenField, StringField
from wtforms.fields.core import UnboundField

_KEPT = {"\n", "\r", "\t", "\u200d"}
"""Line breaks and tabs are text; the joiner holds emoji and some scripts together."""


def fresh_key() -> str:
    """A one-time key, 128 bit."""
    return secrets.token_urlsafe(16)


def visible(text: Any) -> Any:
    """Text without control and format characters; a text of nothing else is empty. Other values stay as they are."""
    if not isinstance(text, str):
        return text
    kept = "".join(each for each in text if each in _KEPT or unicodedata.category(each) not in ("Cc", "Cf"))
    return kept if kept.strip("\u200d \t\r\n") else ""


def small_number(typed: str | None) -> int:
    """The whole number that a hidden field sends back, a version for instance; 0 for nonsense."""
    shown = typed or ""
    return int(shown) if shown.isdecimal() and len(shown) < 10 else 0


class BaseForm(FlaskForm):  # type: ignore[misc]
    """A form with a one-time key; after a refused input the same key goes out again."""

    once = HiddenField(default=fresh_key)

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """How fields are bound."""

        def bind_field(self, form: Form, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Every field for text passes through `visible` before its own filters."""
            if issubclass(unbound_field.field_class, StringField):
                given = dict(unbound_field.kwargs)
                given["filters"] = [visible, *given.get("filters", ())]
                unbound_field = UnboundField(unbound_field.field_class, *unbound_field.args, **given)
            bound: Field = unbound_field.bind(form=form, **options)
            return bound


class ConfirmForm(BaseForm):
    """A form with nothing to type: a button and its one-time key."""
