"""What may be typed when a date is sought: the proposed days, and for each of them whether one can."""

from collections.abc import Sequence
from typing import Any

from wtforms import DateField, Field, RadioField, StringField, TimeField
from wtforms.validators import DataRequired, Length, Optional

from app.core.forms import BaseForm
from app.core.i18n import lazy as _l
from meetings.agenda.drafts import NoSuchTime, moment
from meetings.dates.actions import PollDraft, Proposal
from meetings.dates.models import DateOption
from meetings.dates.rules import MOST_OPTIONS
from meetings.dates.states import DateChoice

LINES = range(1, MOST_OPTIONS + 1)


def _shortened(longest: int) -> Length:
    return Length(max=longest, message=_l("Bitte kürzen Sie diesen Text auf höchstens %(max)d Zeichen."))


class ProposalForm(BaseForm):
    """The search: what for, where, and up to eight days; lines left empty count nothing."""

    title = StringField(
        _l("Wofür"), validators=[DataRequired(_l("Bitte geben Sie der Sitzung eine Bezeichnung.")), _shortened(160)]
    )
    place = StringField(_l("Ort"), validators=[Optional(), _shortened(240)])
    answer_until = DateField(_l("Antworten bis"), validators=[Optional()])

    def lines(self) -> list[tuple[int, Field, Field, Field]]:
        """The lines of the form: number, day, beginning, end."""
        return [(n, self[f"day_{n}"], self[f"start_{n}"], self[f"end_{n}"]) for n in LINES]

    def validate(self, extra_validators: Any = None) -> bool:
        """Besides the fields: a line is whole or empty, and the clock must show its times."""
        good = bool(super().validate(extra_validators))
        return all([good, *(self._is_whole(*fields) for _number, *fields in self.lines())])

    def _is_whole(self, day: Field, start: Field, end: Field) -> bool:
        typed = [field.data for field in (day, start, end)]
        if not any(typed):
            return not (day.errors or start.errors or end.errors)
        if not all(typed):
            missing = next(field for field in (day, start, end) if not field.data)
            missing.errors = [*missing.errors, _l("Bitte nennen Sie Tag, Beginn und Ende.")]
            return False
        try:
            first, last = moment(day.data, start.data), moment(day.data, end.data)
        except NoSuchTime:
            message = _l("Diese Uhrzeit gibt es an dem Tag nicht: In der Nacht wird die Uhr vorgestellt.")
            start.errors = [*start.errors, message]
            return False
        if last <= first:
            end.errors = [*end.errors, _l("Das Ende muss nach dem Beginn liegen.")]
            return False
        return True

    def draft(self) -> PollDraft:
        """What was typed; only after `validate`."""
        found = [
            Proposal(day.data, moment(day.data, start.data), moment(day.data, end.data))
            for _number, day, start, end in self.lines()
            if day.data
        ]
        return PollDraft(
            (self.title.data or "").strip(), found, (self.place.data or "").strip(), self.answer_until.data
        )


for _line in LINES:
    setattr(ProposalForm, f"day_{_line}", DateField(_l("Tag"), validators=[Optional()]))
    setattr(ProposalForm, f"start_{_line}", TimeField(_l("Beginn"), validators=[Optional()]))
    setattr(ProposalForm, f"end_{_line}", TimeField(_l("Ende"), validators=[Optional()]))


def choices() -> list[tuple[str, Any]]:
    """What one can say to a day."""
    return [
        (DateChoice.YES.value, _l("geht")),
        (DateChoice.MAYBE.value, _l("zur Not")),
        (DateChoice.NO.value, _l("geht nicht")),
    ]


def answer_form(options: Sequence[DateOption], labels: Sequence[str], own: dict[int, DateChoice]) -> BaseForm:
    """A form with one question for each option, filled with what was said."""

    class AnswersForm(BaseForm):
        """What somebody says to each option."""

    for option, words in zip(options, labels, strict=True):
        field = RadioField(words, validators=[Optional()], default=own.get(option.id or 0))
        setattr(AnswersForm, f"option_{option.id}", field)
    form = AnswersForm()
    for option in options:
        form[f"option_{option.id}"].choices = choices()
    return form


def answered(form: BaseForm, options: Sequence[DateOption]) -> dict[int, DateChoice]:
    """What was chosen, by option."""
    given = {option.id or 0: form[f"option_{option.id}"].data for option in options}
    return {id_: DateChoice(value) for id_, value in given.items() if value}
