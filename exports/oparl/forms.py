"""The forms of publication."""

from wtforms import BooleanField

from app.core.forms import BaseForm
from app.core.i18n import lazy as _l


class PublishForm(BaseForm):
    """Publish what the preview shows."""

    read_through = BooleanField(_l("Ich habe die Texte gelesen. Sie nennen keine Person, die nicht einverstanden ist."))
