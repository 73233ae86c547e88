"""What an organisation answers to its obligation."""

from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from app.core.forms import BaseForm
from app.core.i18n import lazy as _l
from meetings.agreements.rules import GIVEN, REFUSED, RESERVED


class ConsentForm(BaseForm):
    """The answer, and the reservation if there is one."""

    answer = RadioField(
        _l("Antwort Ihrer Organisation"),
        choices=[
            SelectChoice(GIVEN, _l("Wir stimmen zu")),
            SelectChoice(RESERVED, _l("Wir stimmen mit Vorbehalt zu")),
            SelectChoice(REFUSED, _l("Wir stimmen nicht zu")),
        ],
        validators=[InputRequired(_l("Bitte wählen Sie eine Antwort."))],
    )
    reservation = TextAreaField(_l("Vorbehalt oder Begründung"), validators=[Length(max=2000)])
