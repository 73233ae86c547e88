"""What is typed in the control of decisions."""

from typing import Any

from wtforms import BooleanField, DateField, IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput

from app.core import clock
from app.core.forms import BaseForm
from app.core.i18n import _
from app.core.i18n import lazy as _l
from meetings.follow_up.rules import REPORTED
from meetings.follow_up.wording import state_words


def _number(value: Any) -> int | None:
    return int(value) if str(value or "").isdecimal() else None


class DueForm(BaseForm):
    """A form with a day until which something is to be done: one that is over is asked about, not refused."""

    due: DateField
    past_is_meant = BooleanField(_l("Der Tag liegt in der Vergangenheit, und so ist es gemeint."))

    def validate_due(self, field: DateField) -> None:
        """ValidationError for a day that is over, until it is said to be meant."""
        if field.data and field.data < clock.today() and not self.past_is_meant.data:
            raise ValidationError(_("Dieser Tag ist schon vorbei. Ist das so gemeint? Dann bestätigen Sie es bitte."))

    @property
    def asks(self) -> bool:
        """Whether the day has to be confirmed, or was."""
        return bool(self.past_is_meant.data or self.due.errors)


class TaskForm(DueForm):
    """A new task."""

    text = TextAreaField(
        _l("Was ist zu tun?"), validators=[InputRequired(_l("Bitte schreiben Sie, was zu tun ist.")), Length(max=2000)]
    )
    organisation = SelectField(_l("Verantwortliche Organisation"), coerce=_number)
    due = DateField(_l("Bis wann?"), validators=[Optional()])

    def offer(self, organisations: list[tuple[int, str]]) -> "TaskForm":
        """Fill the list to choose from."""
        self.organisation.choices = [("", _("noch niemand")), *organisations]
        return self


class ReportForm(DueForm):
    """Where a task stands."""

    state = SelectField(_l("Stand"))
    text = TextAreaField(
        _l("Bericht"),
        validators=[
            InputRequired(_l("Bitte schreiben Sie, was getan wurde oder was im Weg steht.")),
            Length(max=4000),
        ],
    )
    due = DateField(_l("Neue Frist oder nächster Termin"), validators=[Optional()])
    version = IntegerField(default=0, validators=[NumberRange(min=0)], widget=HiddenInput())

    def offer(self) -> "ReportForm":
        """Fill the list to choose from."""
        self.state.choices = [(state, state_words(state)) for state in REPORTED]
        return self


class NoteForm(BaseForm):
    """In which meeting the body took note."""

    meeting = SelectField(_l("Sitzung, die Kenntnis nahm"), choices=[])
    version = IntegerField(default=0, validators=[NumberRange(min=0)], widget=HiddenInput())


class SupersedeForm(BaseForm):
    """Which decision took the place."""

    decision = SelectField(_l("Neuer Beschluss"), choices=[])
    version = IntegerField(default=0, validators=[NumberRange(min=0)], widget=HiddenInput())
