"""What a person may type to report, to answer, and to judge a report."""

from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, Optional, Regexp

from app.core.forms import BaseForm
from app.core.i18n import _
from app.core.i18n import lazy as _l
from knowledge.reports.rules import LONGEST, LONGEST_MESSAGE, LONGEST_WISH, SHORTEST

_ONE_OF_THEM = _l("Bitte wählen Sie aus der Liste.")


def _known(form: BaseForm, field: Any) -> None:
    """Every chosen code is one of those on offer; WTForms' own sentence is English."""
    del form
    chosen = field.data if isinstance(field.data, list) else [field.data or ""]
    if not {str(code) for code in chosen} <= {str(choice[0]) for choice in field.choices or ()}:
        raise ValidationError(str(_ONE_OF_THEM))


class KeptForm(BaseForm):
    """A form that checks its own token: a stale one brings it back with everything typed, and says so in words."""

    def validate(self, extra_validators: Any = None) -> bool:
        """As always; the token's own message is English and says nothing to people."""
        valid = bool(super().validate(extra_validators))
        if self.csrf_token.errors:
            self.csrf_token.errors = [
                _(
                    "Das Formular ist abgelaufen. Ihr Text ist noch da. Bitte senden Sie es noch einmal. "
                    "Hilft das nicht, erlauben Sie bitte Cookies für diese Seite."
                )
            ]
        return valid


class ReportForm(KeptForm):
    """The form for everybody. `once` carries the signed stamp; choices are filled per county and language."""

    happened = TextAreaField(
        _l("Was passiert immer wieder, und warum?"),
        validators=[
            InputRequired(_l("Bitte beschreiben Sie, was immer wieder passiert.")),
            Length(min=SHORTEST, message=_l("Bitte schreiben Sie etwas mehr, wenigstens einen Satz.")),
            Length(max=LONGEST, message=_l("Bitte kürzen Sie den Text auf höchstens %(max)d Zeichen.")),
        ],
    )
    municipality = SelectField(_l("Wo?"), validators=[_known], validate_choice=False, default="")
    life_domains = SelectMultipleField(_l("Worum geht es?"), validators=[_known], validate_choice=False)
    transition = SelectField(_l("Bei welchem Übergang?"), validators=[_known], validate_choice=False, default="")
    agency = SelectField(_l("Bei welcher Stelle?"), validators=[_known], validate_choice=False, default="")
    other_agency = SelectField(
        _l("Und mit welcher anderen Stelle?"), validators=[_known], validate_choice=False, default=""
    )
    frequency = RadioField(
        _l("Wie oft haben Sie das erlebt?"),
        validators=[InputRequired(_l("Bitte wählen Sie, wie oft."))],
        validate_choice=False,
    )
    wish = TextAreaField(
        _l("Was würde helfen?"),
        validators=[
            Optional(),
            Length(max=LONGEST_WISH, message=_l("Bitte kürzen Sie den Text auf höchstens %(max)d Zeichen.")),
        ],
    )
    email = EmailField(
        _l("Ihre E-Mail-Adresse"),
        validators=[
            Optional(),
            Length(max=254, message=_l("Diese Adresse ist zu lang.")),
            Regexp(r"^[^@\s,;:<>\"]+@[^@\s,;:<>\"]+\.[A-Za-z]{2,}$", message=_l("Das ist keine E-Mail-Adresse.")),
        ],
    )
    confirmed = StringField(_l("Markierte Stellen"))
    website = StringField(_l("Dieses Feld bitte leer lassen"))
    answer = StringField(_l("Ihre Antwort"), validators=[Length(max=40, message=_l("Bitte antworten Sie kürzer."))])
    proof = HiddenField()
    asked = HiddenField()

    def validate_frequency(self, field: RadioField) -> None:
        """One of the choices."""
        _known(self, field)


class MessageForm(KeptForm):
    """A reply or an answer."""

    text = TextAreaField(
        _l("Nachricht"),
        validators=[
            InputRequired(_l("Bitte schreiben Sie Ihre Nachricht.")),
            Length(max=LONGEST_MESSAGE, message=_l("Bitte kürzen Sie den Text auf höchstens %(max)d Zeichen.")),
        ],
    )
    confirmed = BooleanField(_l("Ich habe die markierten Stellen gelesen. Sie verraten niemanden."))


class LinkForm(BaseForm):
    """The gap that a report belongs to, by its key."""

    gap = StringField(
        _l("Nummer der Fehlstelle"),
        validators=[
            InputRequired(_l("Bitte geben Sie die Nummer der Fehlstelle an.")),
            Length(max=64, message=_l("Diese Nummer gibt es nicht.")),
        ],
    )


class DeclineForm(BaseForm):
    """Why a report is not followed up; the reporter reads it."""

    reason = TextAreaField(
        _l("Begründung"),
        validators=[
            InputRequired(
                _l("Bitte begründen Sie, warum Sie die Meldung nicht weiterverfolgen. Die meldende Person liest das.")
            ),
            Length(max=LONGEST_MESSAGE, message=_l("Bitte kürzen Sie den Text auf höchstens %(max)d Zeichen.")),
        ],
    )


class NewGapForm(BaseForm):
    """The least that a new gap needs; the rest is filled in on its own page."""

    title = StringField(
        _l("Titel der Fehlstelle"),
        validators=[
            InputRequired(_l("Bitte geben Sie der Fehlstelle einen Titel.")),
            Length(max=90, message=_l("Bitte kürzen Sie den Titel auf höchstens %(max)d Zeichen.")),
        ],
    )
    summary = TextAreaField(
        _l("Was passiert, und warum?"),
        validators=[
            InputRequired(_l("Bitte beschreiben Sie die Fehlstelle.")),
            Length(max=LONGEST, message=_l("Bitte kürzen Sie den Text auf höchstens %(max)d Zeichen.")),
        ],
    )
    solvable_at = SelectField(_l("Ebene, auf der die Lösung liegt"), validators=[_known], validate_choice=False)
    severity = SelectField(_l("Schwere für Betroffene"), validators=[_known], validate_choice=False)
    frequency = SelectField(_l("Häufigkeit"), validators=[_known], validate_choice=False)
