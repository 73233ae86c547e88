"""What is typed in the control of decisions."""

from typing import Any

from wtforms import DateField, IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from app.core.forms import BaseForm
from app.core.i18n import _
from app.core.i18n import lazy as _l
from meetings.follow_up.rules import REPORTED
from meetings.follow_up.wording import state_words


def _number(value: Any) -> int | None:
    return int(value) if str(value or "").isdecimal() else None


class TaskForm(BaseForm):
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


class ReportForm(BaseForm):
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
