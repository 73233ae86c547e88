"""What a minute-taker types."""

from wtforms import IntegerField, TextAreaField
from wtforms.validators import Length, NumberRange
from wtforms.widgets import HiddenInput

from app.core.forms import BaseForm
from app.core.i18n import lazy as _l

LONGEST_BLOCK = 20_000


class BlockForm(BaseForm):
    """The text on one item, and the revision that it was written over."""

    text = TextAreaField(
        _l("Beratung und Ergebnis"),
        validators=[Length(max=LONGEST_BLOCK, message=_l("Bitte kürzen Sie den Text auf höchstens 20.000 Zeichen."))],
    )
    revision = IntegerField(default=0, validators=[NumberRange(min=0)], widget=HiddenInput())
