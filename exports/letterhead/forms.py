"""What may be sent: a file, and the lines and logo of a PDF's head."""

from wtforms import BooleanField, FileField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.core.forms import BaseForm
from app.core.i18n import lazy as _l

MOST_LINES = 4


class UploadForm(BaseForm):
    """A letterhead or template."""

    file = FileField(_l("Word-Datei (DOCX)"), validators=[InputRequired(_l("Bitte wählen Sie eine Datei."))])


class HeadForm(BaseForm):
    """The head of PDFs."""

    lines = TextAreaField(
        _l("Zeilen unter dem Namen"),
        validators=[Optional(), Length(max=400, message=_l("Bitte kürzen Sie den Text auf höchstens 400 Zeichen."))],
    )
    footer = TextAreaField(
        _l("Zeilen in der Fußzeile"),
        validators=[Optional(), Length(max=400, message=_l("Bitte kürzen Sie den Text auf höchstens 400 Zeichen."))],
    )
    logo = FileField(_l("Logo oder Wappen"))
    logo_words = StringField(
        _l("Was das Logo zeigt"),
        validators=[Optional(), Length(max=120, message=_l("Bitte kürzen Sie den Text auf höchstens 120 Zeichen."))],
    )
    drop_logo = BooleanField(_l("Kein Logo mehr"))

    def told(self, typed: str | None) -> str:
        """The lines without empty ones, no more than fit."""
        rows = [" ".join(row.split()) for row in (typed or "").splitlines()]
        return "\n".join([row for row in rows if row][:MOST_LINES])
