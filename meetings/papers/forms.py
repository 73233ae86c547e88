"""What a person may type about a paper."""

from collections.abc import Sequence
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.core.forms import BaseForm, small_number
from app.core.i18n import lazy as _l
from knowledge.privacy.confirming import Unchecked
from knowledge.privacy.wording import KIND_LABELS
from meetings.papers.drafts import PaperDraft, StationDraft
from meetings.papers.models import Paper, PaperStation
from meetings.papers.rules import MOST_STATIONS
from meetings.papers.states import PaperKind, Recommendation, StationRole
from meetings.papers.wording import ADVICE, KINDS, ROLES, TEXTS

LONGEST_TITLE, LONGEST_TEXT, EMPTY_ROWS = 200, 20_000, 2
NONE = ""
Choices = Sequence[tuple[str, Any]]


def _shortened(longest: int) -> Length:
    return Length(max=longest, message=_l("Bitte kürzen Sie diesen Text auf höchstens %(max)d Zeichen."))


def _text(label: Any) -> TextAreaField:
    return TextAreaField(label, validators=[Optional(), _shortened(LONGEST_TEXT)])


class StationForm(Form):
    """A step of the route; without a body it is none."""

    body = SelectField(_l("Gremium"), validate_choice=True, default=NONE)
    role = SelectField(_l("Aufgabe"), validate_choice=True, default=StationRole.DECISION.value)
    target_date = DateField(_l("Bis wann"), validators=[Optional()])


class CheckedForm(BaseForm):
    """A form whose texts are looked over; `confirmed` are passages that point at nobody."""

    confirmed = SelectMultipleField(_l("Unbedenklich"), validate_choice=False)

    def ask_about(self, error: Unchecked) -> None:
        """Show the passages, each to be taken out of the text or ticked as harmless."""
        self.confirmed.choices = [(hit.key, f"{hit.text} ({KIND_LABELS[hit.kind]})") for hit in error.hits]
        self.confirmed.errors = [error.message]


class PaperForm(CheckedForm):
    """A paper. The field `summary` is its situation: the list of similar things beside the form asks for that name."""

    title = StringField(
        TEXTS["title"],
        validators=[DataRequired(_l("Bitte geben Sie der Vorlage einen Titel.")), _shortened(LONGEST_TITLE)],
    )
    kind = SelectField(
        _l("Art der Vorlage"), choices=[SelectChoice(kind.value, words) for kind, words in KINDS.items()]
    )
    legal_basis = _text(TEXTS["legal_basis"])
    summary = _text(TEXTS["situation"])
    proposal = _text(TEXTS["proposal"])
    effects = _text(TEXTS["effects"])
    costs = _text(TEXTS["costs"])
    lead = SelectField(_l("Federführung"), validate_choice=True, default=NONE)
    subjects = SelectMultipleField(_l("Worum es geht"), validate_choice=True)
    closed = BooleanField(_l("Nichtöffentlich: nur stimmberechtigte Mitglieder und Geschäftsstelle lesen sie"))
    route = FieldList(FormField(StationForm), max_entries=MOST_STATIONS)
    version = HiddenField(default="0")

    def offer(self, leads: Choices, subjects: Choices, bodies: Choices) -> "PaperForm":
        """Fill the lists to choose from, and leave room for further steps of the route."""
        self.lead.choices = [(NONE, _l("noch offen")), *leads]
        self.subjects.choices = list(subjects)
        if not self.is_submitted():
            for _row in range(min(EMPTY_ROWS, MOST_STATIONS - len(self.route))):
                self.route.append_entry()
        for row in self.route:
            row.form.body.choices = [(NONE, _l("– kein Schritt –")), *bodies]
            row.form.role.choices = [(role.value, words) for role, words in ROLES.items()]
        return self

    def draft(self) -> PaperDraft:
        """What was typed; raises nothing after `validate`."""
        texts = {name: _plain(self[name].data) for name in ("legal_basis", "proposal", "effects", "costs")}
        return PaperDraft(
            title=(self.title.data or "").strip(),
            kind=PaperKind(self.kind.data),
            public=not self.closed.data,
            lead_id=int(self.lead.data) if self.lead.data else None,
            situation=_plain(self.summary.data),
            subjects=tuple(_pair(value) for value in self.subjects.data or ()),
            route=tuple(_station(row.form) for row in self.route if row.form.body.data),
            **texts,
        )

    def shown_version(self) -> int:
        """The version that the form was filled from; 0 for nonsense."""
        return small_number(self.version.data)


def _plain(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


def _pair(value: str) -> tuple[str, int]:
    kind, _colon, number = value.partition(":")
    return kind, int(number)


def _station(form: Any) -> StationDraft:
    return StationDraft(int(form.body.data), StationRole(form.role.data), form.target_date.data)


def filled(paper: Paper, stations: Sequence[PaperStation], subjects: Sequence[tuple[str, int]]) -> PaperForm:
    """The form with what is written."""
    return PaperForm(
        title=paper.title,
        kind=paper.kind.value,
        legal_basis=paper.legal_basis,
        summary=paper.situation,
        proposal=paper.proposal,
        effects=paper.effects,
        costs=paper.costs,
        lead=str(paper.lead_id or NONE),
        subjects=[f"{kind}:{thing_id}" for kind, thing_id in subjects],
        closed=not paper.public,
        route=[{"body": str(row.body_id), "role": row.role.value, "target_date": row.target_date} for row in stations],
        version=str(paper.version),
    )


class StepForm(BaseForm):
    """A step in the life of a paper, with words for the other side."""

    comment = TextAreaField(_l("Bemerkung"), validators=[Optional(), _shortened(2000)])


class ScheduleForm(BaseForm):
    """The meeting on whose agenda the paper goes."""

    meeting = SelectField(_l("Sitzung"), validators=[InputRequired(_l("Bitte wählen Sie die Sitzung."))])


class AdviceForm(CheckedForm):
    """What a body advises."""

    advice = RadioField(
        _l("Empfehlung"),
        choices=[SelectChoice(each.value, words) for each, words in ADVICE.items()],
        validators=[InputRequired(_l("Bitte wählen Sie eine Empfehlung."))],
        coerce=Recommendation,
    )
    text = TextAreaField(_l("Wortlaut der Empfehlung"), validators=[Optional(), _shortened(LONGEST_TEXT)])


class FinalTextForm(CheckedForm):
    """The wording as it was decided."""

    text = TextAreaField(_l("Beschlossener Wortlaut"), validators=[Optional(), _shortened(LONGEST_TEXT)])


class FileForm(BaseForm):
    """A file to attach."""

    file = FileField(_l("Datei"), validators=[InputRequired(_l("Bitte wählen Sie eine Datei."))])
