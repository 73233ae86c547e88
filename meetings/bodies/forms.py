"""What may be typed about a body: its head, its rules of procedure, a seat, who sits on it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from wtforms import BooleanField, DateField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.core.forms import BaseForm, small_number
from app.core.i18n import lazy as _l
from meetings.bodies.drafts import RULE_FIELDS, BodyDraft, HoldersDraft, SeatDraft
from meetings.bodies.models import Body, BodyRules
from meetings.bodies.queries import Holder, SeatRow
from meetings.bodies.states import (
    BodyKind,
    CircularRule,
    HiddenPart,
    MinutesAdoption,
    NoticeUnit,
    ObligationConsent,
    PartNumbering,
    SeatKind,
    TieRule,
    VoteUnit,
)
from meetings.bodies.wording import (
    adoptions,
    circulars,
    consents,
    decision_rules,
    hidden_parts,
    kind_words,
    notice_units,
    part_numberings,
    quorums,
    seat_words,
    ties,
    vote_units,
)

NONE = ""
DEPUTIES = ("first", "second", "third")
"""The deputies that the form offers; those behind them stay as they are."""


def _shortened(longest: int) -> Length:
    return Length(max=longest, message=_l("Bitte kürzen Sie diesen Text auf höchstens %(max)d Zeichen."))


def _id(value: str | None) -> int | None:
    return int(value) if value else None


def _day(field: DateField) -> date:
    """The day; only after `validate`, which asks for it."""
    return cast("date", field.data)


class BodyForm(BaseForm):
    """The head of a body."""

    name = StringField(
        _l("Name"), validators=[DataRequired(_l("Bitte geben Sie dem Gremium einen Namen.")), _shortened(120)]
    )
    kind = SelectField(_l("Art"), validators=[InputRequired()], coerce=BodyKind)
    parent = SelectField(_l("Eingesetzt von"), default=NONE)
    purpose = TextAreaField(_l("Aufgabe"), validators=[Optional(), _shortened(2000)])
    rhythm = StringField(_l("Wie oft es tagt"), validators=[Optional(), _shortened(120)])
    established = DateField(_l("Beginn"), validators=[Optional()])
    ends = DateField(_l("Ende"), validators=[Optional()])
    chair = SelectField(_l("Vorsitz oder Leitung"), default=NONE)
    moderation = SelectField(_l("Moderation"), default=NONE)
    office = SelectField(_l("Geschäftsstelle"), default=NONE)
    version = HiddenField(default="0")

    @classmethod
    def of(cls, body: Body) -> "BodyForm":
        """The form with what is written."""
        return cls(
            name=body.name,
            kind=body.kind,
            parent=str(body.parent_id or NONE),
            purpose=body.purpose or "",
            rhythm=body.rhythm or "",
            established=body.established,
            ends=body.ends,
            chair=str(body.chair_id or body.lead_id or NONE),
            moderation=str(body.moderation_id or NONE),
            office=str(body.office_id or NONE),
            version=str(body.version),
        )

    def offer(
        self, bodies: list[tuple[str, str]], people: list[tuple[str, str]], organisations: list[tuple[str, str]]
    ) -> "BodyForm":
        """Fill the lists to choose from."""
        self.kind.choices = [(kind.value, kind_words(kind)) for kind in BodyKind]
        self.parent.choices = [(NONE, _l("keinem anderen Gremium")), *bodies]
        self.chair.choices = [(NONE, _l("noch offen")), *people]
        self.moderation.choices = [(NONE, _l("keine")), *people]
        self.office.choices = [(NONE, _l("keine")), *organisations]
        return self

    def draft(self) -> BodyDraft:
        """What was typed."""
        return BodyDraft(
            name=(self.name.data or "").strip(),
            kind=BodyKind(self.kind.data),
            purpose=(self.purpose.data or "").strip(),
            rhythm=(self.rhythm.data or "").strip(),
            established=self.established.data,
            ends=self.ends.data,
            parent_id=_id(self.parent.data),
            chair_id=_id(self.chair.data),
            moderation_id=_id(self.moderation.data),
            office_id=_id(self.office.data),
        )

    def shown_version(self) -> int:
        """The version that the form was filled from; 0 for nonsense."""
        return small_number(self.version.data)


def _days(label: Any, most: int) -> IntegerField:
    message = _l("Bitte geben Sie eine Zahl von 0 bis %(most)s an.", most=most)
    return IntegerField(label, validators=[InputRequired(message), NumberRange(0, most, message)])


def _fewer_days(label: Any) -> IntegerField:
    message = _l("Bitte geben Sie 0 bis 90 an oder lassen Sie das Feld leer.")
    return IntegerField(label, validators=[Optional(), NumberRange(0, 90, message)])


def _unit_or_none(value: Any) -> NoticeUnit | None:
    """The chosen unit; without one the longer period's unit holds."""
    return NoticeUnit(value) if value and value != NONE else None


class RulesForm(BaseForm):
    """The rules of procedure as data."""

    invitation_days = _days(_l("Ladungsfrist in Tagen"), 90)
    notice_unit = SelectField(_l("Gezählt in"), validators=[InputRequired()], coerce=NoticeUnit)
    counts_send_day = BooleanField(_l("Der Tag des Versands zählt mit"))
    counts_meeting_day = BooleanField(_l("Der Tag der Sitzung zählt mit"))
    urgent_days = _fewer_days(_l("Verkürzte Frist bei Dringlichkeit"))
    urgent_unit = SelectField(_l("Verkürzte Frist gezählt in"), coerce=_unit_or_none)
    supplement_days = _fewer_days(_l("Nachträge so viele Kalendertage vorher"))
    papers_days = _days(_l("Unterlagen so viele Tage vorher"), 90)
    part_numbering = SelectField(
        _l("Nummern im nicht öffentlichen Teil"), validators=[InputRequired()], coerce=PartNumbering
    )
    hidden_part = SelectField(
        _l("Wer den nicht öffentlichen Teil nicht sehen darf, sieht"), validators=[InputRequired()], coerce=HiddenPart
    )
    quorum = SelectField(_l("Beschlussfähig ist das Gremium"), validators=[InputRequired()])
    vote_unit = SelectField(_l("Stimmrecht"), validators=[InputRequired()], coerce=VoteUnit)
    decision = SelectField(_l("Beschlüsse fasst es"), validators=[InputRequired()])
    tie = SelectField(_l("Stimmengleichheit"), validators=[InputRequired()], coerce=TieRule)
    secret_on_request_of = IntegerField(
        _l("Geheim auf Verlangen von so vielen Mitgliedern"),
        validators=[Optional(), NumberRange(1, 100, _l("Bitte geben Sie 1 bis 100 an oder lassen Sie das Feld leer."))],
    )
    consent_of_obligated = SelectField(_l("Zielvereinbarungen"), validators=[InputRequired()], coerce=ObligationConsent)
    circular_decision = SelectField(_l("Umlaufbeschluss"), validators=[InputRequired()], coerce=CircularRule)
    minutes_adoption = SelectField(_l("Die Niederschrift"), validators=[InputRequired()], coerce=MinutesAdoption)
    minutes_objection_days = IntegerField(
        _l("Einwendungen binnen so vieler Tage"),
        validators=[Optional(), NumberRange(1, 90, _l("Bitte geben Sie 1 bis 90 an oder lassen Sie das Feld leer."))],
    )
    public = BooleanField(_l("Die Sitzungen sind öffentlich"))
    version = HiddenField(default="0")

    @classmethod
    def of(cls, rules: BodyRules, version: int) -> "RulesForm":
        """The form with the rules that hold."""
        return cls(version=str(version), **{name: getattr(rules, name) for name in RULE_FIELDS})

    @classmethod
    def from_profile(cls, profile: Mapping[str, Any], version: int) -> "RulesForm":
        """The form with rules that ship; nothing of them holds until it is saved."""
        return cls(version=str(version), **profile)

    def offer(self) -> "RulesForm":
        """Fill the lists to choose from."""
        self.urgent_unit.choices = [(NONE, _l("derselben Einheit")), *notice_units().items()]
        for field, words in (
            (self.notice_unit, notice_units),
            (self.part_numbering, part_numberings),
            (self.hidden_part, hidden_parts),
            (self.quorum, quorums),
            (self.vote_unit, vote_units),
            (self.decision, decision_rules),
            (self.tie, ties),
            (self.consent_of_obligated, consents),
            (self.circular_decision, circulars),
            (self.minutes_adoption, adoptions),
        ):
            field.choices = list(words().items())
        return self

    def rules(self) -> dict[str, Any]:
        """What was typed, by the name of the rule."""
        return {name: getattr(self, name).data for name in RULE_FIELDS}

    def shown_version(self) -> int:
        """The version that the form was filled from; 0 for nonsense."""
        return small_number(self.version.data)


class SeatForm(BaseForm):
    """A new seat."""

    organisation = SelectField(
        _l("Organisation"), validators=[InputRequired(_l("Bitte wählen Sie eine Organisation."))]
    )
    kind = SelectField(_l("Was der Sitz erlaubt"), validators=[InputRequired()], coerce=SeatKind)
    valid_from = DateField(_l("Ab"), validators=[InputRequired(_l("Bitte nennen Sie den ersten Tag."))])

    def offer(self, organisations: list[tuple[str, str]]) -> "SeatForm":
        """Fill the lists to choose from."""
        self.organisation.choices = organisations
        self.kind.choices = [(kind.value, seat_words(kind)) for kind in SeatKind]
        return self

    def draft(self) -> SeatDraft:
        """What was typed."""
        return SeatDraft(int(self.organisation.data), SeatKind(self.kind.data), _day(self.valid_from))


class HoldersForm(BaseForm):
    """Who sits on a seat."""

    holder = SelectField(_l("Mitglied"), default=NONE)
    first = SelectField(_l("1. Vertretung"), default=NONE)
    second = SelectField(_l("2. Vertretung"), default=NONE)
    third = SelectField(_l("3. Vertretung"), default=NONE)
    since = DateField(_l("Ab"), validators=[InputRequired(_l("Bitte nennen Sie den ersten Tag."))])

    @classmethod
    def of(cls, seat: SeatRow, since: date) -> "HoldersForm":
        """The form with who sits there."""
        deputies = dict(zip(DEPUTIES, (str(each.person_id) for each in seat.deputies), strict=False))
        return cls(holder=str(seat.holder.person_id) if seat.holder else NONE, since=since, **deputies)

    def offer(self, people: list[tuple[str, str]]) -> "HoldersForm":
        """Fill the lists to choose from."""
        for field in (self.holder, self.first, self.second, self.third):
            field.choices = [(NONE, _l("nicht besetzt")), *people]
        return self

    def draft(self, deputies: Sequence[Holder]) -> HoldersDraft:
        """What was typed; `deputies` are those who stand in now."""
        typed = [id_ for name in DEPUTIES if (id_ := _id(self[name].data))]
        named = {*typed, _id(self.holder.data)}
        behind = [each.person_id for each in deputies[len(DEPUTIES) :] if each.person_id not in named]
        return HoldersDraft(_id(self.holder.data), (*typed, *behind), _day(self.since))


class EndSeatForm(BaseForm):
    """The last day of a seat."""

    last_day = DateField(_l("Letzter Tag"), validators=[InputRequired(_l("Bitte nennen Sie den letzten Tag."))])
