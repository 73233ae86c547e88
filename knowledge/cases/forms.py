"""What a person may type about a case: frame, station, finding, questions. The consent is in `consent_form.py`."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import Session, select
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from app.core.forms import BaseForm
from app.core.i18n import lazy as _l
from app.people.models import Municipality
from knowledge.cases import household
from knowledge.cases.actions_findings import mark_of_finding
from knowledge.cases.drafts import (
    LAST_MONTH,
    LONGEST_LINE,
    LONGEST_SPAN_WEEKS,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_DAYS,
    FrameDraft,
    StationDraft,
    problem_of,
)
from knowledge.cases.models import Finding
from knowledge.cases.states import (
    CaseTiming,
    FindingKind,
    StationAssessment,
)
from knowledge.taxonomy import lists
from knowledge.taxonomy.terms import label

TOO_LONG = _l("Bitte kürzen Sie den Text auf höchstens %(max)d Zeichen.")
WHOLE = _l("Bitte geben Sie eine ganze Zahl von %(min)d bis %(max)d ein.")


def _line(words: Any, longest: int, required: Any = None) -> StringField:
    first = DataRequired(required) if required else Optional()
    return StringField(words, validators=[first, Length(max=longest, message=TOO_LONG)])


def long_text(words: Any, longest: int, required: Any = None) -> TextAreaField:
    """A field for several lines; `required` is the sentence for an empty one."""
    first = DataRequired(required) if required else Optional()
    return TextAreaField(words, validators=[first, Length(max=longest, message=TOO_LONG)])


class _Whole(IntegerField):
    """A whole number, with a German sentence for what is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was typed; more than nine digits are no number of ours."""
        typed = valuelist[0].strip() if valuelist else ""
        if typed and not (typed.lstrip("-").isascii() and typed.lstrip("-").isdecimal() and len(typed) < 10):
            self.data = None
            raise ValueError(_l("Bitte geben Sie eine ganze Zahl ein."))
        super().process_formdata([typed] if typed else [])


def _number(words: Any, most: int, required: Any = None) -> IntegerField:
    first = InputRequired(required) if required else Optional()
    return _Whole(words, validators=[first, NumberRange(min=0, max=most, message=WHOLE)])


def _among(_form: Any, field: Any) -> None:
    """Each chosen value is one of the choices."""
    chosen = field.data if isinstance(field.data, list) else [field.data] if field.data is not None else []
    if set(chosen) - {key for key, *_rest in field.choices}:
        raise ValidationError(_l("Bitte wählen Sie aus der Liste."))


def _codes(list_name: str, present: Iterable[str | None] = ()) -> list[tuple[str, str]]:
    """The codes of a list with their labels, and those that are written although the list does not have them."""
    keys = dict.fromkeys((*lists.keys(list_name), *(key for key in present if key)))
    return [(key, label(list_name, key)) for key in keys]


def _bands(words: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return [(str(key), text) for key, text in words.items()]


class MarkedForm(BaseForm):
    """A form that knows what it showed, so that two editors notice each other; its choices hold what may be sent."""

    shown = HiddenField(default="")
    chosen: tuple[str, ...] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        """Every choice is one of its list."""
        own: dict[str, Any] = {name: [_among] for name in self.chosen}
        return bool(super().validate({**own, **(extra_validators or {})}))


class FrameForm(MarkedForm):
    """The frame of a case. The word is chosen once, when the case begins."""

    chosen = ("adults", "adult_age", "children", "child_age", "timing", "groups", "sensitive", "municipality")

    word = RadioField(_l("Neutrales Wort"), validate_choice=False)
    subtitle = _line(
        _l("Worum es geht, in wenigen Worten"), 90, _l("Bitte schreiben Sie in wenigen Worten, worum es geht.")
    )
    adults = SelectField(
        _l("Erwachsene im Haushalt"), validate_choice=False, validators=[InputRequired(_l("Bitte wählen Sie."))]
    )
    adult_age = SelectField(_l("Alter der Erwachsenen"), validate_choice=False)
    children = SelectField(
        _l("Kinder im Haushalt"), validate_choice=False, validators=[InputRequired(_l("Bitte wählen Sie."))]
    )
    child_age = SelectField(_l("Alter der Kinder"), validate_choice=False)
    anchor = _line(
        _l("Ankerereignis"), LONGEST_TITLE, _l("Bitte nennen Sie das Ereignis, mit dem die Zählung beginnt.")
    )
    span_months = _number(_l("Zeitraum"), LAST_MONTH, _l("Bitte geben Sie an, wie viele Monate der Fall umfasst."))
    timing = RadioField(
        _l("Geht die Hilfe weiter?"),
        validate_choice=False,
        validators=[InputRequired(_l("Bitte wählen Sie, ob die Hilfe weitergeht."))],
    )
    groups = SelectMultipleField(_l("Betroffene Gruppen"), validate_choice=False)
    sensitive = SelectMultipleField(_l("Besonders zu schützen"), validate_choice=False)
    municipality = SelectField(_l("Kommune"), validate_choice=False)
    client_view = long_text(_l("Sicht der Person"), LONGEST_LINE)

    @classmethod
    def over(cls, session: Session, with_place: bool, /, **values: Any) -> "FrameForm":
        """The form with the choices of this county; the words that are offered come from whoever shows it."""
        form = cls(**values)
        form.word.choices, form.word.flags.required = [], True
        none = ("", _l("bitte wählen"))
        open_ = ("", _l("nicht angegeben"))
        form.adults.choices = [none, *_bands(household.ADULTS)]
        form.children.choices = [none, *_bands(household.CHILDREN)]
        form.adult_age.choices = [open_, *_bands(household.ADULT_AGES)]
        form.child_age.choices = [open_, *_bands(household.CHILD_AGES)]
        form.timing.choices = [
            (CaseTiming.CLOSED.value, _l("nein, sie ist abgeschlossen")),
            (CaseTiming.RESTING.value, _l("sie ruht")),
            (CaseTiming.OPEN.value, _l("ja, sie läuft noch")),
        ]
        form.groups.choices = _codes("affected_groups", values.get("groups", ()))
        form.sensitive.choices = _codes("life_domains", values.get("sensitive", ()))
        places = session.exec(select(Municipality.id, Municipality.name).order_by(Municipality.name)).all()
        form.municipality.choices = [open_, *((str(id_), name) for id_, name in places)] if with_place else [open_]
        return form

    def draft(self) -> FrameDraft:
        """What was typed."""
        return FrameDraft(
            subtitle=(self.subtitle.data or "").strip(),
            anchor=(self.anchor.data or "").strip(),
            span_months=self.span_months.data or 0,
            timing=CaseTiming(self.timing.data),
            adults=int(self.adults.data),
            adult_age=self.adult_age.data or None,
            children=int(self.children.data),
            child_age=self.child_age.data or None,
            groups=tuple(self.groups.data or ()),
            sensitive=tuple(self.sensitive.data or ()),
            municipality_id=int(self.municipality.data) if self.municipality.data else None,
            client_view=(self.client_view.data or "").strip(),
        )

    def validate_children(self, field: Field) -> None:
        """Somebody lives there."""
        if field.data == "0" and self.adults.data == "0":
            raise ValidationError(_l("In einem Haushalt lebt mindestens ein Mensch."))


def frame_values(draft: FrameDraft) -> dict[str, Any]:
    """A frame as the fields hold it."""
    return {
        "subtitle": draft.subtitle,
        "adults": "" if draft.adults is None else str(draft.adults),
        "adult_age": draft.adult_age or "",
        "children": "" if draft.children is None else str(draft.children),
        "child_age": draft.child_age or "",
        "anchor": draft.anchor,
        "span_months": draft.span_months,
        "timing": draft.timing.value,
        "groups": list(draft.groups),
        "sensitive": list(draft.sensitive),
        "municipality": str(draft.municipality_id or ""),
        "client_view": draft.client_view,
    }


class StationForm(MarkedForm):
    """A station of the timeline."""

    chosen = ("legal_domain", "life_domain", "transition", "agencies", "assessment")

    month = _number(_l("Monat nach dem Ankerereignis"), LAST_MONTH, _l("Bitte geben Sie den Monat an."))
    duration_weeks = _number(_l("Dauer"), LONGEST_SPAN_WEEKS)
    title = _line(_l("Was geschah?"), LONGEST_TITLE, _l("Bitte geben Sie der Station einen Titel."))
    legal_domain = SelectField(
        _l("Rechtskreis"), validate_choice=False, validators=[DataRequired(_l("Bitte wählen Sie den Rechtskreis."))]
    )
    life_domain = SelectField(
        _l("Lebensbereich"), validate_choice=False, validators=[DataRequired(_l("Bitte wählen Sie den Lebensbereich."))]
    )
    transition = SelectField(_l("Rechtskreiswechsel"), validate_choice=False)
    agencies = SelectMultipleField(_l("Beteiligte Stellen"), validate_choice=False)
    assessment = RadioField(
        _l("Was war das für die Person?"),
        validate_choice=False,
        validators=[InputRequired(_l("Bitte wählen Sie, was die Station für die Person war."))],
    )
    text = long_text(_l("Beschreibung"), LONGEST_TEXT)
    what_helped = long_text(_l("Was geholfen hat"), LONGEST_LINE)
    days_without_benefits = _number(_l("Tage ohne Leistung"), MOST_DAYS)
    days_without_insurance = _number(_l("Tage ohne Versicherung"), MOST_DAYS)
    hidden = BooleanField(_l("Nur für das Fallteam zeigen"))
    extends = BooleanField(_l("Zeitraum verlängern: Der Fall reicht bis zu dieser Station"))

    @classmethod
    def over(cls, /, **values: Any) -> "StationForm":
        """The form with the codes of the lists."""
        form = cls(**values)
        none = ("", _l("bitte wählen"))
        form.legal_domain.choices = [none, *_codes("legal_domains", [values.get("legal_domain")])]
        form.life_domain.choices = [none, *_codes("life_domains", [values.get("life_domain")])]
        form.transition.choices = [("", _l("kein Wechsel")), *_codes("transitions", [values.get("transition")])]
        form.agencies.choices = _codes("agency_types", values.get("agencies", ()))
        form.assessment.choices = _codes("station_assessments")
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        """A bridge says what helped; asked here, since validators pass over an empty field."""
        valid = super().validate(extra_validators)
        if valid and (problem := problem_of(self.draft())):
            self.what_helped.errors = [_l(problem)]
            return False
        return valid

    def draft(self) -> StationDraft:
        """What was typed."""
        return StationDraft(
            month=self.month.data or 0,
            title=(self.title.data or "").strip(),
            legal_domain=self.legal_domain.data,
            life_domain=self.life_domain.data,
            assessment=StationAssessment(self.assessment.data),
            text=(self.text.data or "").strip(),
            transition=self.transition.data or None,
            agencies=tuple(self.agencies.data or ()),
            what_helped=(self.what_helped.data or "").strip(),
            hidden=bool(self.hidden.data),
            duration_weeks=self.duration_weeks.data,
            days_without_benefits=self.days_without_benefits.data,
            days_without_insurance=self.days_without_insurance.data,
            extends=bool(self.extends.data),
        )


def station_values(draft: StationDraft) -> dict[str, Any]:
    """A station as the fields hold it."""
    return vars(draft) | {
        "agencies": list(draft.agencies),
        "transition": draft.transition or "",
        "assessment": draft.assessment.value,
        "shown": draft.mark,
    }


class FindingForm(MarkedForm):
    """A finding of a station, with the gap that it points at."""

    chosen = ("station", "kind", "gap")

    station = SelectField(
        _l("Station"), validate_choice=False, validators=[DataRequired(_l("Bitte wählen Sie die Station."))]
    )
    text = long_text(_l("Was zeigt die Station über das System?"), LONGEST_LINE, _l("Bitte schreiben Sie einen Satz."))
    kind = RadioField(_l("Was sagt der Befund über die Fehlstelle?"), validate_choice=False)
    gap = RadioField(_l("Fehlstelle"), validate_choice=False)
    words = _line(_l("Im Katalog suchen"), 200)

    @classmethod
    def over(
        cls, stations: Iterable[tuple[int, str]], gaps: Iterable[tuple[str, str]], /, **values: Any
    ) -> "FindingForm":
        """The form with the stations of the case and the gaps that are near."""
        form = cls(**values)
        form.station.choices = [("", _l("bitte wählen")), *((str(id_), words) for id_, words in stations)]
        form.kind.choices = [
            (FindingKind.SUPPORTS.value, _l("Hier ist die Lücke zu sehen.")),
            (FindingKind.COUNTERS.value, _l("Hier wurde sie überbrückt.")),
        ]
        form.gap.choices = [("", _l("noch keine")), *gaps]
        return form


def finding_values(finding: Finding) -> dict[str, Any]:
    """A finding as the fields hold it."""
    return {
        "station": str(finding.station_id),
        "text": finding.text,
        "kind": finding.kind.value,
        "gap": str(finding.gap_id or ""),
        "shown": mark_of_finding(finding),
    }


class QuestionsForm(MarkedForm):
    """The open questions, one a line."""

    questions = long_text(_l("Offene Fragen, eine je Zeile"), LONGEST_TEXT)

    def lines(self) -> list[str]:
        """What was typed, without empty lines."""
        return [line.strip() for line in (self.questions.data or "").splitlines() if line.strip()]
