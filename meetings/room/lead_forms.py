"""What the leading page sends: one button at a time, the reason of an interruption, what is captured, a recusal."""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, DateField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from app.core.forms import BaseForm
from app.core.i18n import lazy as _l
from meetings.room.capturing import LONGEST, Draft, Result
from meetings.room.leading import LONGEST_REASON
from meetings.room.states import CapturedKind, MotionResult, RecusalReason
from meetings.room.wording import CAPTURED, MOTION_RESULTS, RECUSAL_REASONS

_SHORTER = _l("Bitte kürzen Sie den Text.")


def _number(value: str | None) -> int | None:
    return int(value) if value else None


def offered(words: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    """The values of a closed list with their words, to choose from."""
    return [(each.value, text) for each, text in words.items()]


class PressForm(BaseForm):
    """A button: its name, and up to two words that say what it is about."""

    do = StringField(validators=[InputRequired(), Regexp(r"^[a-z]+(:[a-z0-9_]{1,20}){0,2}$")])

    def pressed(self) -> tuple[str, tuple[str, ...]]:
        """The name of the button and what it is about."""
        name, *rest = (self.do.data or "").split(":")
        return name, tuple(rest)


class PauseForm(BaseForm):
    """Why the meeting is interrupted."""

    reason = StringField(_l("Grund"), validators=[Optional(), Length(max=LONGEST_REASON, message=_SHORTER)])


class CaptureForm(BaseForm):
    """A note, a task or a motion."""

    kind = SelectField(_l("Art"), choices=lambda: offered(CAPTURED), validators=[InputRequired()])
    text = TextAreaField(
        _l("Wortlaut"),
        validators=[
            InputRequired(_l("Bitte schreiben Sie, was festgehalten werden soll.")),
            Length(max=LONGEST, message=_SHORTER),
        ],
    )
    item = SelectField(_l("Tagesordnungspunkt"), validate_choice=True)
    person = SelectField(_l("Wer"), validate_choice=True)
    due = DateField(_l("Bis wann"), validators=[Optional(_l("Bitte geben Sie ein Datum an."))])

    def prepared(self, items: Mapping[int, str], people: Mapping[int, str], current: int | None) -> "CaptureForm":
        """With the items and people of the meeting to choose from."""
        self.item.choices = [("", _l("keiner")), *((str(id_), words) for id_, words in items.items())]
        self.person.choices = [("", _l("niemand")), *((str(id_), name) for id_, name in people.items())]
        if self.item.data is None or not self.is_submitted():
            self.item.data = str(current or "")
        return self

    def draft(self) -> Draft:
        """What was typed."""
        return Draft(
            CapturedKind(self.kind.data),
            self.text.data or "",
            _number(self.item.data),
            _number(self.person.data),
            self.due.data,
        )


class MotionForm(BaseForm):
    """What came of a motion, with its votes where they were counted."""

    result = SelectField(_l("Ergebnis"), choices=lambda: offered(MOTION_RESULTS))
    in_favour = IntegerField(_l("Ja"), validators=[Optional(), NumberRange(0, 999)])
    against = IntegerField(_l("Nein"), validators=[Optional(), NumberRange(0, 999)])
    abstained = IntegerField(_l("Enthaltungen"), validators=[Optional(), NumberRange(0, 999)])

    def wanted(self) -> Result:
        """What was typed."""
        return Result(MotionResult(self.result.data), self.in_favour.data, self.against.data, self.abstained.data)


class SpeakerForm(BaseForm):
    """Whom the chair puts on the list."""

    speaker = SelectField(_l("Person"), validators=[InputRequired()], coerce=int)


class LimitForm(BaseForm):
    """How long one speech may take."""

    minutes = IntegerField(_l("Redezeit in Minuten"), validators=[Optional(), NumberRange(0, 60)])


class LedRecusalForm(BaseForm):
    """A recusal as the one who leads records it."""

    recusal_item = HiddenField(validators=[InputRequired()])
    seat = SelectField(_l("Organisation"), validators=[InputRequired()], coerce=int)
    recusal_reason = SelectField(
        _l("Art des Grundes"),
        choices=lambda: [("", _l("nicht genannt")), *offered(RECUSAL_REASONS)],
    )
    decided = BooleanField(_l("Das Gremium hat es entschieden"))
    left_room = BooleanField(_l("Hat den Raum verlassen"))

    def reason_class(self) -> RecusalReason | None:
        """The class of the reason, if one was named."""
        return RecusalReason(self.recusal_reason.data) if self.recusal_reason.data else None
