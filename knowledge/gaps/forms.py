"""What the coordination may type about a gap."""

from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.core.forms import BaseForm
from app.core.i18n import lazy as _l

LONGEST_REASON = 2000


class MoveForm(BaseForm):
    """The next step of a gap and why it is taken; the choices are those that are open now."""

    target = RadioField(
        _l("Nächster Schritt"),
        validators=[InputRequired(_l("Bitte wählen Sie den nächsten Schritt."))],
        validate_choice=False,
    )
    reason = TextAreaField(
        _l("Begründung"),
        validators=[
            Optional(strip_whitespace=False),
            Length(max=LONGEST_REASON, message=_l("Bitte kürzen Sie die Begründung auf höchstens %(max)d Zeichen.")),
        ],
    )
