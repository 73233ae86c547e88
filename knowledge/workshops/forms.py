"""What a person may type to plan a workshop, and to call one off."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from app.core.forms import BaseForm, visible
from app.core.i18n import _
from app.core.i18n import lazy as _l
from knowledge.cases.access import FoundCase
from knowledge.workshops import choices
from knowledge.workshops.planning import local_time
from knowledge.workshops.queries import WorkshopSheet
from knowledge.workshops.rules import Plan, Problem, Slot
from knowledge.workshops.states import WorkshopFormat

LONGEST_TITLE = 120
LONGEST_LINE = 200
LONGEST_TEXT = 500
MOST_CASES = 500
CLOCK = ["%H:%M", "%H:%M:%S"]
FORMATS = {
    WorkshopFormat.IN_PERSON: _l("in Präsenz"),
    WorkshopFormat.HYBRID: _l("hybrid"),
    WorkshopFormat.ONLINE: _l("online"),
}


def _shortened(longest: int) -> Length:
    return Length(max=longest, message=_l("Bitte kürzen Sie diese Angabe auf höchstens %(max)d Zeichen."))


def _id(typed: Any) -> int:
    """An id; what is none is the id of nothing."""
    words = str(typed)
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 10 else -1


def _time(words: Any, required: Any = None) -> TimeField:
    return TimeField(words, format=CLOCK, validators=[InputRequired(required) if required else Optional()])


class SlotForm(Form):
    """A case that may be put on the agenda."""

    case_id = HiddenField()
    chosen = BooleanField(_l("wird besprochen"))
    place = IntegerField(
        _l("Reihenfolge"),
        validators=[Optional(), NumberRange(1, 99, message=_l("Bitte eine Zahl von 1 bis 99."))],
    )
    starts = _time(_l("von"))
    ends = _time(_l("bis"))


class PlanForm(BaseForm):
    """A workshop as it is planned."""

    title = StringField(
        _l("Titel"),
        validators=[DataRequired(_l("Bitte geben Sie dem Workshop einen Titel.")), _shortened(LONGEST_TITLE)],
    )
    date = DateField(_l("Tag"), validators=[InputRequired(_l("Bitte geben Sie den Tag an."))])
    starts = _time(_l("Beginn"), _l("Bitte geben Sie an, wann es beginnt."))
    ends = _time(_l("Ende"), _l("Bitte geben Sie an, wann es endet."))
    format = RadioField(
        _l("Wie treffen Sie sich?"),
        validators=[InputRequired(_l("Bitte wählen Sie, wie Sie sich treffen."))],
        validate_choice=False,
    )
    place = StringField(_l("Ort"), validators=[Optional(), _shortened(LONGEST_LINE)])
    question = TextAreaField(_l("Leitfrage"), validators=[Optional(), _shortened(LONGEST_TEXT)])
    moderation_id = SelectField(_l("Moderation"), validate_choice=False)
    minute_taker_id = SelectField(_l("Protokoll"), validate_choice=False)
    cases = FieldList(FormField(SlotForm), max_entries=MOST_CASES)
    organisations = SelectMultipleField(_l("Eingeladene Stellen"), coerce=_id, validate_choice=False)
    version = HiddenField(default="0")

    @classmethod
    def over(cls, session: Session, /, **values: Any) -> "PlanForm":
        """The form with the choices of this county. Three statements."""
        form = cls(**values)
        form.format.choices = [(each.value, str(words)) for each, words in FORMATS.items()]
        nobody = [("", _("noch offen"))]
        form.moderation_id.choices = nobody + _people(session, choices.LEADERS)
        form.minute_taker_id.choices = nobody + _people(session, choices.MINUTE_TAKERS)
        form.organisations.choices = choices.organisations(session)
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        """Every choice is one of its list."""
        own = {name: [_among] for name in ("format", "moderation_id", "minute_taker_id", "organisations")}
        return bool(super().validate({**own, **(extra_validators or {})}))

    def plan(self) -> Plan:
        """What was typed; the cases in the order of their numbers, then of their times."""
        rows = [row.form for row in self.cases if row.form.chosen.data]
        when: Any = {"day": self.date.data, "starts": self.starts.data, "ends": self.ends.data}
        ordered = sorted(enumerate(rows), key=lambda each: (*_order(each[1]), each[0]))
        return Plan(
            title=(self.title.data or "").strip(),
            **when,
            format=WorkshopFormat(self.format.data),
            place=(self.place.data or "").strip(),
            question=(self.question.data or "").strip().replace("\r\n", "\n"),
            moderation_id=_id(self.moderation_id.data) if self.moderation_id.data else None,
            minute_taker_id=_id(self.minute_taker_id.data) if self.minute_taker_id.data else None,
            slots=tuple(Slot(_id(row.case_id.data), row.starts.data, row.ends.data) for _place, row in ordered),
            organisation_ids=tuple(dict.fromkeys(self.organisations.data or ())),
        )

    def shown_version(self) -> int:
        """The version that the form was filled from; -1 for nonsense."""
        return _id(self.version.data)

    def show(self, problems: Sequence[Problem]) -> None:
        """Put what the rules refuse beside its field."""
        rows = {f"case-{_id(row.form.case_id.data)}": row.form.starts for row in self.cases}
        for problem in problems:
            field = rows.get(problem.field) or (self[problem.field] if problem.field in self._fields else None)
            if field is None or problem.field == "cases":
                self.form_errors.append(problem.reason)
            else:
                field.errors = [*field.errors, problem.reason]


class CallOffForm(BaseForm):
    """Why a workshop does not take place; whoever is invited reads it on its page."""

    reason = TextAreaField(
        _l("Grund"),
        validators=[DataRequired(_l("Bitte geben Sie einen Grund an.")), _shortened(LONGEST_TEXT)],
        filters=[visible],
    )
    confirmed = BooleanField(_l("Ich habe die genannten Stellen geprüft: Sie lassen niemanden erkennen."))

    def without_question(self) -> "CallOffForm":
        """Nothing was marked, so nothing is to be confirmed."""
        del self.confirmed
        return self


def _people(session: Session, roles: Any) -> list[tuple[str, str]]:
    return [(str(id_), name) for id_, name, _kind in choices.people(session, roles)]


def _among(*given: Any) -> None:
    field = given[-1]
    chosen = field.data if isinstance(field.data, list) else [field.data or ""]
    if set(chosen) - {key for key, *_rest in field.choices}:
        raise ValidationError(_("Bitte wählen Sie aus der Liste."))


def _order(row: Any) -> tuple[int, str]:
    return row.place.data or 100, row.starts.data.isoformat() if row.starts.data else "~"


def blank(offered: Sequence[FoundCase]) -> dict[str, Any]:
    """A new workshop."""
    return {"format": WorkshopFormat.IN_PERSON.value, "cases": [{"case_id": str(each.id)} for each in offered]}


def filled(sheet: WorkshopSheet, offered: Sequence[FoundCase], zone: ZoneInfo) -> dict[str, Any]:
    """The workshop as it is planned; its own cases first, in their order."""
    workshop = sheet.workshop
    own = [
        {
            "case_id": str(row.case.id),
            "chosen": True,
            "place": place,
            "starts": local_time(row.entry.starts_at, zone),
            "ends": local_time(row.entry.ends_at, zone),
        }
        for place, row in enumerate(sheet.cases, 1)
    ]
    others = [{"case_id": str(each.id)} for each in offered if each.id not in {row.case.id for row in sheet.cases}]
    return {
        "title": workshop.title,
        "date": workshop.date,
        "starts": local_time(workshop.starts_at, zone),
        "ends": local_time(workshop.ends_at, zone),
        "format": workshop.format.value,
        "place": workshop.place or "",
        "question": workshop.question or "",
        "moderation_id": str(workshop.moderation_id or ""),
        "minute_taker_id": str(workshop.minute_taker_id or ""),
        "organisations": [organisation.id for organisation in sheet.organisations],
        "cases": [*own, *others],
        "version": str(workshop.version),
    }
