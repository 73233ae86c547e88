"""What a person may type in the review: a finding's sentence, its gap, what it says about the gap, its station."""

from collections.abc import Iterable
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.core.forms import BaseForm
from app.core.i18n import _, lazy
from knowledge.cases.states import FindingKind


def _kinds() -> list[tuple[str, str]]:
    return [
        (FindingKind.SUPPORTS.value, _("Hier ist die Lücke zu sehen.")),
        (FindingKind.COUNTERS.value, _("Hier wurde sie überbrückt.")),
    ]


class ReviewForm(BaseForm):
    """One finding."""

    text = TextAreaField(
        lazy("Befund"),
        validators=[
            InputRequired(lazy("Bitte schreiben Sie einen Satz.")),
            Length(max=1000, message=lazy("Bitte kürzen Sie den Satz auf höchstens %(max)d Zeichen.")),
        ],
    )
    gap = StringField(lazy("Kennung der Fehlstelle"), validators=[Length(max=20)])
    kind = RadioField(lazy("Was sagt der Befund über die Fehlstelle?"), choices=_kinds)


class StationWordsForm(BaseForm):
    """The words of a station that the round added."""

    shown = HiddenField(default="")
    title = StringField(
        lazy("Was geschah?"),
        validators=[InputRequired(lazy("Bitte geben Sie der Station einen Titel.")), Length(max=120)],
    )
    text = TextAreaField(lazy("Beschreibung"), validators=[Length(max=4000)])
    helped = TextAreaField(lazy("Was geholfen hat"), validators=[Length(max=1000)])


class ClusterForm(ReviewForm):
    """A finding out of a group of cards; it needs a station."""

    station = SelectField(lazy("Station"), validate_choice=False)

    @classmethod
    def over(cls, stations: Iterable[tuple[int, str]], **values: Any) -> "ClusterForm":
        """The form with the stations of the case."""
        form = cls(**values)
        form.station.flags.required = True
        form.station.choices = [("", lazy("bitte wählen")), *((str(id_), words) for id_, words in stations)]
        return form
