"""What a person may type in a conversation, and how they want to be told of news."""

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from app.core.forms import BaseForm
from app.core.i18n import lazy as _l
from knowledge.conversation.states import Rhythm

LONGEST = 4000
RHYTHMS = {
    Rhythm.DAILY: _l("jeden Morgen, wenn es etwas Neues gibt"),
    Rhythm.WEEKLY: _l("montags, wenn es etwas Neues gibt"),
    Rhythm.NEVER: _l("nie"),
}


class CommentForm(BaseForm):
    """A comment; `harmless` are the marked passages that may stay, `shown` is the stamp of the text that is changed."""

    text = TextAreaField(
        _l("Ihr Kommentar"),
        validators=[
            DataRequired(_l("Bitte schreiben Sie etwas.")),
            Length(max=LONGEST, message=_l("Bitte kürzen Sie den Kommentar auf höchstens %(max)d Zeichen.")),
        ],
    )
    answers = HiddenField()
    shown = HiddenField()
    harmless = SelectMultipleField(_l("Diese Stellen lassen niemanden erkennen"), validate_choice=False, choices=[])


class NewsForm(BaseForm):
    """How a person wants to be told."""

    rhythm = RadioField(_l("Zusammenfassung per E-Mail"), validators=[InputRequired(_l("Bitte wählen Sie, wie oft."))])
    mentions_at_once = BooleanField(_l("Sofort eine E-Mail, wenn mich jemand erwähnt"))

    @classmethod
    def over(cls, **values: Any) -> "NewsForm":
        """The form with its choices, filled with `values`."""
        form = cls(**values)
        form.rhythm.choices = [(rhythm.value, words) for rhythm, words in RHYTHMS.items()]
        return form
