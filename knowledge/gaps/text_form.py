"""What the coordination types about a gap: its text, its codes, its weight, its figures, and who may read it."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlmodel import Session, select
from wtforms import (
    DateField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from app.core.forms import BaseForm, visible
from app.core.i18n import _
from app.core.i18n import lazy as _l
from app.people.models import Municipality
from app.people.states import Visibility
from knowledge.gaps.actions_text import Figure, GapText, coordinators
from knowledge.gaps.models import Gap
from knowledge.gaps.policy import LEVELS
from knowledge.gaps.states import SolvableAt
from knowledge.gaps.text_codes import CODES
from knowledge.taxonomy import lists
from knowledge.taxonomy.terms import label

LONGEST_TITLE = 90
LONGEST_SUMMARY = 4000
LONGEST_LINE = 200
MOST_FIGURES = 12
SPARE_FIGURES = 2
COUNTY, SOME = "county", "some"


def _line(words: Any, longest: int = LONGEST_LINE) -> StringField:
    message = _l("Bitte kürzen Sie diese Angabe auf höchstens %(max)d Zeichen.")
    return StringField(words, validators=[Optional(), Length(max=longest, message=message)], filters=[visible])


def _codes(words: Any) -> SelectMultipleField:
    return SelectMultipleField(words, validate_choice=False)


def _one(words: Any, message: Any) -> RadioField:
    return RadioField(words, validators=[InputRequired(message)], validate_choice=False)


def _number(typed: Any) -> int:
    """An id; what is none is the id of nothing."""
    return int(typed) if str(typed).isascii() and str(typed).isdecimal() else -1


class FigureForm(Form):
    """One indicator; a row without a name does not count."""

    label = _line(_l("Kennzahl"))
    before = _line(_l("vorher"))
    after = _line(_l("nachher"))
    period = _line(_l("Zeitraum"))
    source = _line(_l("Quelle"))

    def figure(self) -> Figure:
        """What was typed."""
        return Figure(**{each.name: (self[each.name].data or "").strip() for each in fields(Figure)})


class GapForm(BaseForm):
    """A gap as it is written down."""

    title = StringField(
        _l("Titel"),
        validators=[
            DataRequired(_l("Bitte geben Sie der Fehlstelle einen Titel.")),
            Length(max=LONGEST_TITLE, message=_l("Bitte kürzen Sie den Titel auf höchstens %(max)d Zeichen.")),
        ],
    )
    summary = TextAreaField(
        _l("Beschreibung"),
        validators=[
            DataRequired(_l("Bitte beschreiben Sie die Fehlstelle in zwei, drei Sätzen.")),
            Length(max=LONGEST_SUMMARY, message=_l("Bitte kürzen Sie den Text auf höchstens %(max)d Zeichen.")),
        ],
    )
    life_domain = _codes(_l("Lebensbereich"))
    legal_domain = _codes(_l("Rechtskreis"))
    interface = _codes(_l("Schnittstelle"))
    transition = _codes(_l("Rechtskreiswechsel"))
    affected_group = _codes(_l("Betroffene Gruppen"))
    kind = _codes(_l("Art der Ursache"))
    area = _one(_l("Wo wurde es gesehen?"), _l("Bitte wählen Sie, wo es gesehen wurde."))
    municipalities = SelectMultipleField(_l("Kommunen"), coerce=_number, validate_choice=False)
    solvable_at = _one(_l("Ebene der Lösung"), _l("Bitte wählen Sie, auf welcher Ebene die Lösung liegt."))
    severity = _one(_l("Schwere für Betroffene"), _l("Bitte wählen Sie, wie schwer es wiegt."))
    frequency = _one(_l("Häufigkeit"), _l("Bitte wählen Sie, wie oft es vorkommt."))
    deadline = DateField(_l("Frist"), validators=[Optional()])
    deadline_note = _line(_l("Was bis dahin geschehen muss"))
    figures = FieldList(FormField(FigureForm), max_entries=MOST_FIGURES)
    evidence_note = TextAreaField(
        _l("Notiz zu den Belegen"),
        validators=[
            Optional(),
            Length(max=2000, message=_l("Bitte kürzen Sie die Notiz auf höchstens %(max)d Zeichen.")),
        ],
    )
    owner_id = SelectField(_l("Zuständig in der Koordination"), validate_choice=False)
    visibility = SelectField(
        _l("Sichtbar für"),
        validators=[InputRequired(_l("Bitte wählen Sie, wer die Fehlstelle lesen darf."))],
        validate_choice=False,
    )
    version = HiddenField(default="0")

    @classmethod
    def over(cls, session: Session, /, **values: Any) -> "GapForm":
        """The form with the choices of this county, filled with `values`. Two statements."""
        form = cls(**values)
        for facet, list_name in CODES.items():
            form[facet.value].choices = _with_own(list_name, values.get(facet.value, ()))
        named = session.exec(select(Municipality.id, Municipality.name).order_by(Municipality.name)).all()
        form.municipalities.choices = [(each_id or 0, name) for each_id, name in named]
        form.area.choices = [(COUNTY, _("im ganzen Kreis")), (SOME, _("in bestimmten Kommunen"))]
        form.solvable_at.choices = [(each.value, label("solvable_at", each.value)) for each in SolvableAt]
        for scale in ("severity", "frequency"):
            form[scale].choices = [(step, label(scale, step)) for step in lists.keys(scale)]
        form.visibility.choices = [(level, label("visibility", level)) for level in LEVELS]
        people = [(str(person_id), name) for person_id, name in coordinators(session)]
        form.owner_id.choices = [("", _("noch niemand")), *people]
        return form

    def validate_municipalities(self, field: Any) -> None:
        """Those of this county, and at least one where the answer says so."""
        _among(field)
        if self.area.data == SOME and not field.data:
            raise ValidationError(_("Bitte wählen Sie mindestens eine Kommune."))

    def validate_figures(self, field: Any) -> None:
        """A figure has a name."""
        for row in field:
            if any(row.form.figure().texts()) and not (row.form.label.data or "").strip():
                raise ValidationError(_("Bitte geben Sie jeder Kennzahl einen Namen."))

    def validate_deadline_note(self, field: Field) -> None:
        """A note needs its date."""
        if field.data and not self.deadline.data and not self.deadline.errors:
            raise ValidationError(_("Bitte geben Sie zur Frist auch das Datum an."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Every choice is one of its list."""
        own = {name: [_among] for name in ("area", "solvable_at", "severity", "frequency", "owner_id", "visibility")}
        own |= {facet.value: [_among] for facet in CODES}
        return bool(super().validate({**own, **(extra_validators or {})}))

    def text(self) -> GapText:
        """What was typed."""
        codes = {facet: tuple(dict.fromkeys(self[facet.value].data or ())) for facet in CODES}
        some = self.area.data == SOME
        return GapText(
            title=(self.title.data or "").strip(),
            summary=(self.summary.data or "").strip().replace("\r\n", "\n"),
            solvable_at=SolvableAt(self.solvable_at.data),
            severity=int(self.severity.data),
            frequency=int(self.frequency.data),
            visibility=Visibility(self.visibility.data),
            codes={facet: keys for facet, keys in codes.items() if keys},
            municipalities=tuple(dict.fromkeys(self.municipalities.data or ())) if some else (),
            deadline=self.deadline.data,
            deadline_note=(self.deadline_note.data or "").strip(),
            evidence_note=(self.evidence_note.data or "").strip().replace("\r\n", "\n"),
            owner_id=int(self.owner_id.data) if self.owner_id.data else None,
            figures=tuple(figure for figure in (row.form.figure() for row in self.figures) if figure.label),
        )


def _with_own(list_name: str, present: Iterable[str]) -> list[tuple[str, str]]:
    """The codes of a list, and those that the gap has although the list does not."""
    return [(key, label(list_name, key)) for key in dict.fromkeys((*lists.keys(list_name), *present))]


def _among(*given: Any) -> None:
    """Each chosen value is one of the choices. Called by WTForms with (form, field), by us with the field."""
    field = given[-1]
    chosen = field.data if isinstance(field.data, list) else [field.data] if field.data is not None else []
    if set(chosen) - {key for key, *_rest in field.choices}:
        raise ValidationError(_("Bitte wählen Sie aus der Liste."))


def blank(summary: str = "") -> dict[str, Any]:
    """A new gap."""
    return {"visibility": LEVELS[0], "area": COUNTY, "summary": summary, "figures": [{}] * SPARE_FIGURES}


def filled(gap: Gap, text: GapText) -> dict[str, Any]:
    """An existing gap, with rows to spare for further figures."""
    rows = [{each.name: getattr(figure, each.name) for each in fields(Figure)} for figure in text.figures]
    return {
        "title": text.title,
        "summary": text.summary,
        **{facet.value: list(text.codes.get(facet, ())) for facet in CODES},
        "area": SOME if text.municipalities else COUNTY,
        "municipalities": list(text.municipalities),
        "solvable_at": text.solvable_at.value,
        "severity": str(text.severity),
        "frequency": str(text.frequency),
        "deadline": text.deadline,
        "deadline_note": text.deadline_note,
        "evidence_note": text.evidence_note,
        "figures": [*rows, *[{}] * SPARE_FIGURES][:MOST_FIGURES],
        "owner_id": str(text.owner_id or ""),
        "visibility": text.visibility.value,
        "version": str(gap.version),
    }
