"""What may be typed about an invitation: the reason for a short notice, an answer for a seat."""

from typing import Any

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.core.forms import BaseForm, small_number
from app.core.i18n import _
from app.core.i18n import lazy as _l
from meetings.bodies.queries import SeatRow
from meetings.invitations.states import AnswerKind

NONE = ""


class SendForm(BaseForm):
    """The button that sends, and why it is urgent where the notice period is not kept."""

    urgency = TextAreaField(
        _l("Grund der Dringlichkeit"),
        validators=[Length(max=500, message=_l("Bitte kürzen Sie diesen Text auf höchstens %(max)d Zeichen."))],
    )


class AnswerForm(BaseForm):
    """What is said for a seat. The deputy counts only where one is sent."""

    kind = RadioField(
        _l("Antwort"), validators=[InputRequired(_l("Bitte wählen Sie eine Antwort."))], coerce=AnswerKind
    )
    deputy = SelectField(_l("Vertretung"), default=NONE)

    def offer(self, seat: SeatRow, person_id: int) -> "AnswerForm":
        """Fill the lists: the holder and the office may send a deputy, a deputy only comes or stays away."""
        own = next((each for each in seat.holders if each.person_id == person_id), None)
        deputy = own is not None and own.rank > 0
        holder = seat.holder.name if seat.holder else _("das Mitglied")
        choices: list[tuple[str, Any]] = [
            (AnswerKind.ACCEPTED.value, _accepting(own is not None, deputy, holder)),
        ]
        if seat.deputies and not deputy:
            choices.append((AnswerKind.DEPUTY.value, _("Eine Vertretung kommt")))
        choices.append((AnswerKind.DECLINED.value, _declining(own is not None, deputy)))
        self.kind.choices = choices
        self.deputy.choices = [(NONE, _("Bitte wählen")), *((str(each.person_id), each.name) for each in seat.deputies)]
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """A deputy who is sent has a name."""
        valid: bool = super().validate(extra_validators)
        if valid and self.kind.data == AnswerKind.DEPUTY and not self.deputy.data:
            self.deputy.errors = [_("Bitte wählen Sie, wer vertritt.")]
            return False
        return valid

    def deputy_id(self) -> int | None:
        """Who is sent; nobody unless a deputy is."""
        return small_number(self.deputy.data) or None if self.kind.data == AnswerKind.DEPUTY else None


def _accepting(own: bool, deputy: bool, holder: str) -> str:
    if deputy:
        return _("Ich komme in Vertretung")
    return _("Ich komme") if own else _("%(name)s kommt", name=holder)


def _declining(own: bool, deputy: bool) -> str:
    if deputy:
        return _("Ich komme doch nicht")
    return _("Ich komme nicht, und niemand vertritt mich") if own else _("Niemand kommt")


class GuestAnswerForm(BaseForm):
    """What a guest says."""

    kind = RadioField(
        _l("Antwort"), validators=[InputRequired(_l("Bitte wählen Sie eine Antwort."))], coerce=AnswerKind
    )

    def offer(self) -> "GuestAnswerForm":
        """Fill the list."""
        self.kind.choices = [
            (AnswerKind.ACCEPTED.value, _("Ich komme")),
            (AnswerKind.DECLINED.value, _("Ich komme nicht")),
        ]
        return self
