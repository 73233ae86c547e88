"""What people type at the door and in the room; buttons of the moderation come as one value each."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from app.core.forms import BaseForm
from app.core.i18n import _
from app.core.i18n import lazy as _l
from knowledge.cases.drafts import LAST_MONTH, LONGEST_LINE, LONGEST_TEXT, LONGEST_TITLE, StationDraft
from knowledge.cases.states import StationAssessment
from knowledge.cases.wording import assessment_word
from knowledge.reconstruction.rules import LONGEST, SHORTEST
from knowledge.reconstruction.states import MemberRole
from knowledge.taxonomy import lists
from knowledge.taxonomy.terms import label

OWN, PROJECTOR = "own", "projector"
"""Answers at the door beside an organisation's id."""
LONGEST_NAME = 80


class CodeForm(BaseForm):
    """The code that stands on the wall."""

    code = StringField(
        _l("Code"),
        validators=[
            InputRequired(_l("Bitte geben Sie den Code ein.")),
            Length(max=20, message=_l("Ein Code hat sechs Zeichen.")),
        ],
    )


class JoinForm(BaseForm):
    """Who somebody is, and their promise."""

    name = StringField(_l("Ihr Name"), validators=[Length(max=LONGEST_NAME, message=_l("Bitte kürzen Sie den Namen."))])
    organisation = SelectField(
        _l("Für wen sind Sie da?"),
        validators=[InputRequired(_l("Bitte wählen Sie aus der Liste."))],
        validate_choice=False,
    )
    promise = BooleanField(
        _l("Ich behalte für mich, was ich hier über Menschen erfahre, auch nach dem Workshop."),
        validators=[InputRequired(_l("Ohne diese Zusage geht es nicht weiter."))],
    )

    def validate_name(self, field: Any) -> None:
        """A screen needs no name."""
        if self.organisation.data != PROJECTOR and not (field.data or "").strip():
            raise ValidationError(_("Bitte geben Sie Ihren Namen an."))

    def validate_organisation(self, field: Any) -> None:
        """One of those on offer."""
        if str(field.data or "") not in {str(value) for value, _label in field.choices or ()} - {""}:
            raise ValidationError(_("Bitte wählen Sie aus der Liste."))

    @property
    def role(self) -> MemberRole:
        """What the answer means."""
        chosen = {OWN: MemberRole.OWN_EXPERIENCE, PROJECTOR: MemberRole.PROJECTOR}
        return chosen.get(self.organisation.data, MemberRole.RESONANCE)

    @property
    def organisation_id(self) -> int | None:
        """The organisation, if the answer names one."""
        answer = str(self.organisation.data)
        return int(answer) if answer.isdecimal() else None


class PressForm(BaseForm):
    """One button of the moderation: what it does and the numbers it needs, „go:7:3:4“."""

    do = StringField(validators=[Regexp(r"^[a-z_]{2,20}(:\d{1,9}){0,4}\Z")])

    def pressed(self) -> tuple[str, tuple[int, ...]]:
        """The button's name and its numbers."""
        name, *numbers = (self.do.data or "").split(":")
        return name, tuple(int(each) for each in numbers)


class SignalForm(BaseForm):
    """„Fertig“ and the raised hand."""

    do = StringField(validators=[Regexp(r"^(ready|busy|hand|down)\Z")])


class MinutesForm(BaseForm):
    """How long each phase takes, as „minutes-3“."""

    def minutes(self, sent: Mapping[str, str]) -> dict[int, int]:
        """The numbers that make sense; the action refuses what is out of bounds."""
        found = ((re.fullmatch(r"minutes-(\d{1,2})", name), value.strip()) for name, value in sent.items())
        return {int(match[1]): int(value) for match, value in found if match and re.fullmatch(r"\d{1,4}", value)}


SHORTEST_MINUTES, LONGEST_MINUTES = SHORTEST, LONGEST


def _choices(name: str) -> Callable[[], list[tuple[str, str]]]:
    return lambda: [(key, label(name, key)) for key in lists.keys(name)]


class LiveStationForm(BaseForm):
    """A station that the round adds."""

    at = HiddenField()
    month = IntegerField(
        _l("Monat nach dem Ankerereignis"),
        validators=[
            InputRequired(_l("Bitte geben Sie den Monat als Zahl an.")),
            NumberRange(0, LAST_MONTH, _l("Der Monat liegt zwischen 0 und 240 nach dem Ankerereignis.")),
        ],
    )
    title = StringField(
        _l("Was geschah?"),
        validators=[
            InputRequired(_l("Bitte geben Sie der Station einen Titel.")),
            Length(max=LONGEST_TITLE, message=_l("Bitte kürzen Sie den Titel auf höchstens 120 Zeichen.")),
        ],
    )
    assessment = SelectField(
        _l("Einschätzung"),
        validate_choice=False,
        validators=[InputRequired(_l("Bitte wählen Sie, was die Station für die Person war."))],
    )
    legal_domain = SelectField(
        _l("Rechtskreis"), validate_choice=False, validators=[InputRequired(_l("Bitte wählen Sie den Rechtskreis."))]
    )
    life_domain = SelectField(
        _l("Lebensbereich"),
        validate_choice=False,
        validators=[InputRequired(_l("Bitte wählen Sie den Lebensbereich."))],
    )
    transition = SelectField(_l("Wechsel der Zuständigkeit"), validate_choice=False)
    agencies = SelectMultipleField(_l("Beteiligte Stellen"), validate_choice=False)
    text = TextAreaField(
        _l("Was ist wichtig daran?"),
        validators=[
            Optional(),
            Length(max=LONGEST_TEXT, message=_l("Bitte kürzen Sie den Text auf höchstens 4000 Zeichen.")),
        ],
    )
    extends = BooleanField(_l("Zeitraum verlängern: Der Fall reicht bis zu dieser Station"))
    what_helped = StringField(
        _l("Was hat geholfen?"),
        validators=[
            Optional(),
            Length(max=LONGEST_LINE, message=_l("Bitte kürzen Sie, was geholfen hat, auf höchstens 1000 Zeichen.")),
        ],
    )

    def prepared(self) -> "LiveStationForm":
        """With its choices in the reader's language; none is chosen before somebody chooses."""
        none = ("", _("bitte wählen"))
        self.assessment.choices = [none, *((each.value, assessment_word(each.value)) for each in StationAssessment)]
        self.legal_domain.choices = [none, *_choices("legal_domains")()]
        self.life_domain.choices = [none, *_choices("life_domains")()]
        self.transition.choices = [("", _("keiner")), *_choices("transitions")()]
        self.agencies.choices = _choices("agency_types")()
        return self

    def validate_assessment(self, field: Any) -> None:
        """One of those on offer."""
        if field.data not in list(StationAssessment):
            raise ValidationError(_("Bitte wählen Sie aus der Liste."))

    def draft(self) -> StationDraft:
        """The station as the action takes it."""
        return StationDraft(
            month=self.month.data or 0,
            title=self.title.data or "",
            legal_domain=self.legal_domain.data or "",
            life_domain=self.life_domain.data or "",
            assessment=StationAssessment(self.assessment.data),
            text=self.text.data or "",
            transition=self.transition.data or None,
            agencies=tuple(self.agencies.data or ()),
            what_helped=self.what_helped.data or "",
            extends=bool(self.extends.data),
        )
