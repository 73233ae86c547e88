"""What the attendance list sends: one button at a time, as „come“, „go“ or „all“."""

from collections.abc import Mapping
from typing import Any

from wtforms import IntegerField, StringField
from wtforms.validators import AnyOf, Optional, Regexp

from app.core.forms import BaseForm
from app.core.i18n import lazy as _l
from meetings.room.buttons import Button, Coming, Everyone, Going

_NUMBER = r"\d{1,9}"


class AttendanceForm(BaseForm):
    """The button that was pressed; each is named for what happens and carries whose seat it is."""

    come = StringField(validators=[Optional(), Regexp(rf"^{_NUMBER}:{_NUMBER}$")])
    go = StringField(validators=[Optional(), Regexp(rf"^{_NUMBER}$")])
    all = StringField(validators=[Optional(), AnyOf(["voting"])])

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Exactly one button was pressed."""
        pressed = [field for field in (self.come, self.go, self.all) if field.data]
        return bool(super().validate(extra_validators)) and len(pressed) == 1

    def pressed(self) -> Button:
        """The pressed button as a value."""
        if self.come.data:
            seat_id, _colon, person_id = self.come.data.partition(":")
            return Coming(int(seat_id), int(person_id))
        return Going(int(self.go.data)) if self.go.data else Everyone()


class RecusalForm(BaseForm):
    """The seat that takes no part in an item; empty for one's own."""

    seat = IntegerField(_l("Sitz"), validators=[Optional()])
