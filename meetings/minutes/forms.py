"""What a minute-taker types."""

from wtforms import FileField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.widgets import HiddenInput

from app.core.forms import BaseForm
from app.core.i18n import lazy as _l
from meetings.minutes.states import MinutesKind, Treatment
from meetings.minutes.wording import kinds, treatments

LONGEST_BLOCK = 20_000
_TOO_LONG = _l("Bitte kürzen Sie den Text auf höchstens 20.000 Zeichen.")


class BlockForm(BaseForm):
    """The text on one item, and the revision that it was written over."""

    text = TextAreaField(
        _l("Beratung und Ergebnis"),
        validators=[Length(max=LONGEST_BLOCK, message=_TOO_LONG)],
    )
    revision = IntegerField(default=0, validators=[NumberRange(min=0)], widget=HiddenInput())


class DescriptionForm(BaseForm):
    """What stands around the minutes."""

    kind = SelectField(_l("Art der Niederschrift"), coerce=MinutesKind)
    distribution = TextAreaField(_l("Verteiler"), validators=[Length(max=4000)])
    annexes = TextAreaField(_l("Anlagen"), validators=[Length(max=4000)])

    def offer(self) -> "DescriptionForm":
        """Fill the list to choose from."""
        self.kind.choices = list(kinds().items())
        return self


class RefusalForm(BaseForm):
    """Why somebody does not sign."""

    reason = TextAreaField(
        _l("Warum unterschreiben Sie nicht?"),
        validators=[InputRequired(_l("Bitte nennen Sie den Grund.")), Length(max=2000)],
    )


class ObjectionForm(BaseForm):
    """An objection to the minutes."""

    number = SelectField(_l("Zu welchem Punkt?"), choices=[])
    text = TextAreaField(
        _l("Was soll anders lauten?"),
        validators=[InputRequired(_l("Bitte schreiben Sie, was anders lauten soll.")), Length(max=4000)],
    )


class TreatmentForm(BaseForm):
    """What the body made of an objection."""

    treatment = SelectField(_l("Behandlung"), coerce=Treatment)
    meeting = SelectField(_l("In welcher Sitzung?"), choices=[])
    note = TextAreaField(_l("Wortlaut der Berichtigung oder Begründung"), validators=[Length(max=4000)])

    def offer(self, meetings: list[tuple[str, str]]) -> "TreatmentForm":
        """Fill the lists to choose from."""
        self.treatment.choices = list(treatments().items())
        self.meeting.choices = meetings
        return self


class FileForm(BaseForm):
    """A file to keep or to check."""

    file = FileField(_l("Datei"), validators=[InputRequired(_l("Bitte wählen Sie eine Datei."))])


class ModuleForm(BaseForm):
    """A body's own text module."""

    title = StringField(_l("Titel"), validators=[InputRequired(_l("Bitte geben Sie einen Titel an.")), Length(max=120)])
    text = TextAreaField(_l("Text"), validators=[InputRequired(_l("Bitte geben Sie einen Text an.")), Length(max=4000)])
    version = IntegerField(default=0, validators=[NumberRange(min=0)], widget=HiddenInput())
