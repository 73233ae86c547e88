"""What a person may type about a scoring: its announcement, a sheet topic by topic, weights, a reason."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from wtforms import BooleanField, DateField, HiddenField, IntegerField, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.core.clock import LOCAL
from app.core.forms import BaseForm, small_number
from app.core.i18n import _
from app.core.i18n import lazy as _l
from knowledge.gaps.models import Topic
from meetings.scoring.actions import ScoringDraft
from meetings.scoring.rules import MOST_WEIGHT, Criterion, ScoringRule
from meetings.scoring.states import ShownWhen
from meetings.scoring.wording import CANNOT_SAY, answers_offered, shown_words

END_OF_DAY = time(18, 0)
"""A deadline ends at six in the evening of its day."""


class _WeightsForm(BaseForm):
    """One weight for each criterion; the fields are made for the criteria of a county."""

    weight_fields: Mapping[str, str]

    def weights(self) -> dict[str, int]:
        """The weights as typed; an empty one is 0."""
        return {key: self[name].data or 0 for key, name in self.weight_fields.items()}

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """The fields, and whether anything counts."""
        fine = bool(super().validate(extra_validators))
        if fine and not any(self.weights().values()):
            self.form_errors.append(_("Mindestens ein Kriterium muss zählen."))
            return False
        return fine


class WeightsForm(_WeightsForm):
    """The weights of a body."""


class OpenScoringForm(_WeightsForm):
    """A scoring before it is announced."""

    topics = SelectMultipleField(
        _l("Bewertet werden"), validators=[DataRequired(_l("Bitte wählen Sie mindestens ein Thema."))]
    )
    deadline = DateField(
        _l("Bewerten bis, 18 Uhr"), validators=[InputRequired(_l("Bitte geben Sie an, bis wann bewertet wird."))]
    )
    shown = RadioField(_l("Wann das Ergebnis zu sehen ist"), default=ShownWhen.CLOSED)
    late = BooleanField(_l("Nach der Frist noch Bögen nehmen, bis die Bewertung abgeschlossen wird"), default=True)
    labels: Mapping[str, str]

    def draft(self) -> ScoringDraft:
        """The scoring as typed."""
        return ScoringDraft(
            tuple(self.topics.data or ()),
            tuple(Criterion(key, self.labels[key], weight) for key, weight in self.weights().items()),
            datetime.combine(self.deadline.data or date.min, END_OF_DAY, LOCAL),
            ShownWhen(self.shown.data),
            bool(self.late.data),
        )


def _with_weights(kind: type[_WeightsForm], labels: Mapping[str, str], weights: Mapping[str, int]) -> type[Any]:
    names = {key: f"gewicht-{place}" for place, key in enumerate(labels, start=1)}
    fields = {
        name: IntegerField(
            labels[key],
            validators=[Optional(), NumberRange(0, MOST_WEIGHT, _l("Bitte geben Sie eine Zahl von 0 bis 10 ein."))],
            default=weights.get(key, 0),
        )
        for key, name in names.items()
    }
    return type("Weighing", (kind,), {**fields, "weight_fields": names, "labels": labels})


def weights_form(labels: Mapping[str, str], weights: Mapping[str, int]) -> WeightsForm:
    """The weights of a body, as they hold now."""
    form: WeightsForm = _with_weights(WeightsForm, labels, weights)()
    return form


def opening_form(
    topics: Iterable[Topic], labels: Mapping[str, str], weights: Mapping[str, int], until: date | None
) -> OpenScoringForm:
    """The announcement, filled with the topics of the item and the weights of the body."""
    offered = list(topics)
    kind = _with_weights(OpenScoringForm, labels, weights)
    form: OpenScoringForm = kind(topics=[topic.key for topic in offered], deadline=until)
    form.topics.choices = [(topic.key, topic.title) for topic in offered]
    form.shown.choices = [(str(each), shown_words(each)) for each in ShownWhen]
    form.topics.flags.required = form.shown.flags.required = True
    return form


class SheetForm(BaseForm):
    """What an organisation says to one topic: an answer for each criterion; open questions may stay open."""

    version = HiddenField()
    fields_by_criterion: Mapping[str, str]

    def shown_version(self) -> int:
        """The version of the sheet that the page was made from."""
        return small_number(self.version.data)

    def marks(self) -> dict[str, int | None]:
        """The answers as typed, by criterion."""
        typed = {key: self[name].data for key, name in self.fields_by_criterion.items()}
        return {key: None if value == CANNOT_SAY else int(value) for key, value in typed.items() if value}


def sheet_form(rule: ScoringRule, own: Mapping[str, int | None], version: int) -> SheetForm:
    """The questions to one topic, filled with what was answered."""
    names = {each.key: f"wert-{place}" for place, each in enumerate(rule.criteria, start=1)}
    given = {key: CANNOT_SAY if mark is None else str(mark) for key, mark in own.items()}
    fields = {
        names[each.key]: RadioField(each.label, validators=[Optional()], default=given.get(each.key))
        for each in rule.criteria
    }
    form: SheetForm = type("Sheet", (SheetForm,), {**fields, "fields_by_criterion": names})(version=str(version))
    for name in names.values():
        form[name].choices = answers_offered(rule)
        form[name].flags.required = True
    return form


class TakeBackForm(BaseForm):
    """Why a scoring is taken back."""

    reason = TextAreaField(
        _l("Begründung"),
        validators=[DataRequired(_l("Zurückgenommen wird eine Bewertung nur mit Begründung.")), Length(max=1000)],
    )
