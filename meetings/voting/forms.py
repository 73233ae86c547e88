"""What a person may type about a poll: the rule to announce, and the ballot."""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, IntegerField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange, Optional

from app.core.forms import BaseForm
from app.core.i18n import _
from app.core.i18n import lazy as _l
from meetings.agenda.models import AgendaVote
from meetings.voting.dots import DotsRule, NegativeDots, TooManyOnOption, ballot_errors
from meetings.voting.queries import Opening
from meetings.voting.wishes import DotsWish
from meetings.voting.wording import ballot_error_words

DOTS, EACH = 3, 2
"""What is proposed where the agenda plans no numbers."""


class OpenForm(BaseForm):
    """The rule of a dots poll, as it is announced."""

    dots_per_seat = IntegerField(
        _l("Punkte je Organisation"),
        validators=[
            InputRequired(_l("Bitte geben Sie an, wie viele Punkte jede Organisation hat.")),
            NumberRange(1, 9999),
        ],
    )
    max_per_option = IntegerField(
        _l("Höchstens je Thema"),
        validators=[
            InputRequired(_l("Bitte geben Sie an, wie viele Punkte ein Thema höchstens bekommen darf.")),
            NumberRange(1, 9999),
        ],
    )
    capacity = IntegerField(
        _l("So viele Themen können bearbeitet werden"), validators=[Optional(), NumberRange(1, 999)]
    )
    topics = SelectMultipleField(
        _l("Themen"), validators=[InputRequired(_l("Bitte wählen Sie mindestens zwei Themen."))]
    )

    @classmethod
    def over(cls, opening: Opening, planned: AgendaVote | None, only: tuple[str, ...] = ()) -> "OpenForm":
        """The form for an item, filled with what the agenda plans; `only` preselects topics for a run-off."""
        keys = [topic.key for topic in opening.topics]
        form = cls(
            dots_per_seat=(planned and planned.dots_per_organisation) or DOTS,
            max_per_option=(planned and planned.max_dots_per_topic) or EACH,
            capacity=max(1, len(keys) // 2),
            topics=[key for key in keys if not only or key in only],
        )
        form.topics.choices = [(topic.key, topic.title) for topic in opening.topics]
        return form

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """The fields, and whether they go together."""
        fine = super().validate(extra_validators)
        if fine and (self.max_per_option.data or 0) > (self.dots_per_seat.data or 0):
            self.max_per_option.errors = [_("Auf ein Thema können nicht mehr Punkte, als jede Organisation hat.")]
            return False
        return bool(fine)

    def wish(self) -> DotsWish:
        """The rule as typed."""
        return DotsWish(
            self.dots_per_seat.data or 0,
            self.max_per_option.data or 0,
            self.capacity.data,
            tuple(self.topics.data or ()),
        )


class BallotForm(BaseForm):
    """A ballot; the fields are made for the options of one poll."""

    abstain = BooleanField(_l("Enthaltung: Ich gebe bewusst keine Punkte"))
    rule: DotsRule
    fields_by_option: dict[str, str]

    def points(self) -> dict[str, int]:
        """Option id → dots, as typed; an empty field is no dots."""
        return {option: self[name].data or 0 for option, name in self.fields_by_option.items()}

    def answer(self) -> dict[str, dict[str, int]]:
        """The ballot as the ballot file writes it."""
        return {"points": self.points()}

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Whole numbers, and a ballot that the rule takes; what is wrong stands at its field or above the form."""
        if not super().validate(extra_validators):
            return False
        if not any(self.points().values()) and not self.abstain.data:
            self.abstain.errors = [
                _("Sie haben keine Punkte vergeben. Kreuzen Sie „Enthaltung“ an, wenn das so gemeint ist.")
            ]
            return False
        if any(self.points().values()) and self.abstain.data:
            self.abstain.errors = [either_or_words()]
            return False
        titles = {option.id: option.title for option in self.rule.options}
        errors = ballot_errors(self.rule, self.points())
        for error in errors:
            if isinstance(error, TooManyOnOption | NegativeDots):
                self[self.fields_by_option[error.option]].errors = [_between(self.rule)]
            else:
                self.form_errors.append(ballot_error_words(error, titles))
        return not errors


def either_or_words() -> str:
    """Why a ballot is refused that abstains and chooses: nobody can tell what was meant."""
    return _("Bitte wählen Sie entweder Enthaltung oder eine Auswahl.")


def ballot_form(rule: DotsRule, **options: Any) -> BallotForm:
    """The ballot of a poll: one number field per option, under the names „punkte-1“, „punkte-2“ …"""
    names = {option.id: f"punkte-{place}" for place, option in enumerate(rule.options, start=1)}
    fields = {names[option.id]: _points_field(option.title, rule.max_per_option) for option in rule.options}
    kind = type("Ballot", (BallotForm,), {**fields, "rule": rule, "fields_by_option": names})
    form: BallotForm = kind(**options)
    for name in names.values():
        form[name].flags.required = True
    return form


def _between(rule: DotsRule) -> str:
    return _("Möglich sind 0 bis %(most)s Punkte.", most=rule.max_per_option)


def _points_field(title: str, most: int) -> Any:
    return IntegerField(title, validators=[Optional()], default=0, render_kw={"data-budget-part": str(most)})
