"""The ballot as a form, one shape per kind of poll: numbers, marks on a scale, places, ticks, or yes and no."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Optional

from app.core.forms import BaseForm
from app.core.i18n import _
from app.core.i18n import lazy as _l
from meetings.voting.answer_words import answer_error_words
from meetings.voting.answers import Answer, answer_errors, is_abstention, places_to_ranking
from meetings.voting.dots import thaw
from meetings.voting.forms import BallotForm, ballot_form, either_or_words
from meetings.voting.methods.profile import Kind
from meetings.voting.poll_rule import PollRule

NOTHING = ""
"""What a select sends where nothing was chosen."""


class AnswerForm(BaseForm):
    """A ballot of any kind but dots; the fields are made for the options of one poll."""

    rule: PollRule
    fields_by_option: Mapping[str, str]

    def answer(self) -> Answer:
        """The ballot as typed."""
        raise NotImplementedError

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """A ballot that the rule takes, neither empty by mistake nor an abstention and a choice at once."""
        if not super().validate(extra_validators):
            return False
        answer = self.answer()
        if "abstain" in self and is_abstention(self.rule, answer) and not self.abstain.data:
            self.abstain.errors = [
                _("Sie haben nichts angekreuzt. Kreuzen Sie „Enthaltung“ an, wenn das so gemeint ist.")
            ]
            return False
        if "abstain" in self and self.abstain.data and not is_abstention(self.rule, answer):
            self.abstain.errors = [either_or_words()]
            return False
        errors = answer_errors(self.rule, answer)
        self.form_errors.extend(dict.fromkeys(answer_error_words(error, self.rule) for error in errors))
        return not errors

    def _chosen(self) -> dict[str, int]:
        """Option → the number that was chosen for it."""
        typed = {option: self[name].data for option, name in self.fields_by_option.items()}
        return {option: int(number) for option, number in typed.items() if number not in (None, NOTHING)}


class _VoteForm(AnswerForm):
    """Yes, no, abstain."""

    vote = RadioField(_l("Ihre Stimme"), validators=[InputRequired(_l("Bitte wählen Sie Ja, Nein oder Enthaltung."))])

    def answer(self) -> Answer:
        return {"answer": self.vote.data}


class _ApprovalForm(AnswerForm):
    """Any number of ticks."""

    approved = SelectMultipleField(_l("Diese unterstütze ich"), validators=[Optional()])
    abstain = BooleanField(_l("Enthaltung: Ich kreuze bewusst nichts an"))

    def answer(self) -> Answer:
        return {"approved": list(self.approved.data or ())}


class _ScaleForm(AnswerForm):
    """A mark for each option."""

    abstain = BooleanField(_l("Enthaltung: Ich gebe bewusst keine Werte an"))

    def answer(self) -> Answer:
        return {"points": {} if self.abstain.data and not self._chosen() else self._chosen()}


class _PlacesForm(AnswerForm):
    """A place for each option; equal places are allowed, those left out share the last one."""

    abstain = BooleanField(_l("Enthaltung: Ich reihe bewusst nichts"))

    def answer(self) -> Answer:
        return {"ranking": places_to_ranking(self._chosen())}


_FORMS: dict[Kind, type[AnswerForm]] = {
    Kind.RESOLUTION: _VoteForm,
    Kind.APPROVAL: _ApprovalForm,
    Kind.SCORE: _ScaleForm,
    Kind.RESISTANCE: _ScaleForm,
    Kind.RANKED: _PlacesForm,
}


def ballot_form_of(rule: PollRule, **options: Any) -> Any:
    """The ballot of a poll as a form with `answer()`; of dots the numbers that `forms.py` makes."""
    if rule.kind == Kind.DOTS:
        return ballot_form(thaw(rule.canonical()), **options)
    names = {option.id: f"wahl-{place}" for place, option in enumerate(rule.options, start=1)}
    fields = {
        names[option.id]: SelectField(option.title, choices=as_choices(choices_of(rule))) for option in rule.options
    }
    scaled = rule.kind in (Kind.SCORE, Kind.RESISTANCE, Kind.RANKED)
    kind = type("Ballot", (_FORMS[rule.kind],), {"rule": rule, "fields_by_option": names, **(fields if scaled else {})})
    form: AnswerForm = kind(**options)
    if "vote" in form:
        form.vote.choices = [("yes", _("Ja")), ("no", _("Nein")), ("abstain", _("Enthaltung"))]
        form.vote.flags.required = True
    if "approved" in form:
        form.approved.choices = [(option.id, option.title) for option in rule.options]
        form.approved.flags.required = True
    for name in names.values() if scaled else ():
        form[name].flags.required = True
    return form


def as_choices(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Pairs of value and label as a field takes them when it is made."""
    return [SelectChoice(value, label) for value, label in pairs]


def choices_of(rule: PollRule) -> list[tuple[str, str]]:
    """What can be chosen for an option: a place, or a mark on the scale."""
    return [(NOTHING, _nothing(rule)), *_numbers(rule)]


def _nothing(rule: PollRule) -> str:
    return _("ohne Platz") if rule.kind == Kind.RANKED else _("keine Angabe")


def _numbers(rule: PollRule) -> Iterable[tuple[str, str]]:
    if rule.kind == Kind.RANKED:
        return [(str(place), _("Platz %(place)s", place=place)) for place in range(1, len(rule.options) + 1)]
    return [(str(number), _scale_word(rule, number)) for number in range((rule.highest or 0) + 1)]


def _scale_word(rule: PollRule, number: int) -> str:
    """The number, with a word at both ends of the scale."""
    if rule.kind == Kind.RESISTANCE:
        ends = {0: _("0 – kein Widerstand"), rule.highest: _("%(num)s – nicht tragbar", num=number)}
    else:
        ends = {0: _("0 – gar nicht"), rule.highest: _("%(num)s – sehr", num=number)}
    return ends.get(number, str(number))


__all__ = ["AnswerForm", "BallotForm", "ballot_form_of"]
