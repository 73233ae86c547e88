"""What a person may type about a meeting: the step to take, and the day on which the invitation goes out."""

from datetime import date
from typing import Any

from wtforms import DateField, HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.core.forms import BaseForm
from app.core.i18n import lazy as _l
from meetings.agenda.states import MeetingState


class MoveForm(BaseForm):
    """One step of a meeting."""

    target = HiddenField(validators=[InputRequired()])
    invited_on = DateField(_l("Tag des Versands"), validators=[Optional()])
    urgency = TextAreaField(
        _l("Begründung der Dringlichkeit"),
        validators=[Optional(), Length(max=600, message=_l("Bitte kürzen Sie die Begründung auf 600 Zeichen."))],
    )

    @classmethod
    def inviting(cls, day: date) -> "MoveForm":
        """The unsent form of the invitation, which alone has something to type."""
        return cls(formdata=None, target=MeetingState.INVITED.value, invited_on=day)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.invited_on.flags.required = True
