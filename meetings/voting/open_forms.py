"""What a person may type to announce a poll: the family of methods, its options, and how ballots come in."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from wtforms import BooleanField, IntegerField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.core.forms import BaseForm
from app.core.i18n import _
from app.core.i18n import lazy as _l
from meetings.agenda.models import AgendaVote
from meetings.voting.forms import OpenForm
from meetings.voting.modes import modes_at_hand
from meetings.voting.poll_rule import MOST_OPTIONS, WAYS_TO_DECIDE
from meetings.voting.poll_words import majority_words, method_words, mode_words
from meetings.voting.queries import Opening
from meetings.voting.states import PollMethod, PollMode
from meetings.voting.wishes import PollWish


class Family(StrEnum):
    """The families of methods as they are offered; those of one family share their ballot."""

    RESOLUTION = "beschluss"
    DOTS = "punkte"
    APPROVAL = "zustimmung"
    SCORE = "bewertung"
    RANKED = "rangfolge"
    RESISTANCE = "widerstand"
    SHARES = "auswahl"


METHODS_OF: dict[Family, tuple[PollMethod, ...]] = {
    Family.RESOLUTION: (PollMethod.MAJORITY,),
    Family.DOTS: (PollMethod.DOTS,),
    Family.APPROVAL: (PollMethod.APPROVAL,),
    Family.SCORE: (PollMethod.SCORE,),
    Family.RANKED: (PollMethod.SCHULZE, PollMethod.IRV, PollMethod.BORDA),
    Family.RESISTANCE: (PollMethod.RESISTANCE,),
    Family.SHARES: (PollMethod.EQUAL_SHARES, PollMethod.PHRAGMEN, PollMethod.GREEDY),
}


def family_words() -> dict[Family, str]:
    """The names under which they are offered."""
    return {
        Family.RESOLUTION: _("Ja, Nein, Enthaltung"),
        Family.DOTS: _("Punkte"),
        Family.APPROVAL: _("Zustimmung"),
        Family.SCORE: _("Bewertung"),
        Family.RANKED: _("Rangfolge"),
        Family.RESISTANCE: _("Widerstand"),
        Family.SHARES: _("Auswahl mit Ausgleich"),
    }


def family_of(name: str | None, opening: Opening) -> Family:
    """The family that a page asks for; dots where there are topics to choose from, else a resolution."""
    if name in list(Family):
        return Family(name)
    return Family.DOTS if len(opening.topics) > 1 else Family.RESOLUTION


def _mode_field() -> Any:
    return RadioField(_l("So wird abgestimmt"), choices=[], default=PollMode.UNNAMED, validators=[Optional()])


def _revote_field() -> Any:
    return BooleanField(_l("Bis zum Schluss darf die Stimme geändert werden"))


class DotsForm(OpenForm):
    """The rule of a dots poll, and how ballots come in."""

    mode = _mode_field()
    revote = _revote_field()

    def poll(self) -> PollWish:
        """The poll as typed."""
        wish = vars(self.wish().as_poll())
        return PollWish(**{**wish, "mode": _mode_of(self), "revote": bool(self.revote.data)})


def _mode_of(form: Any) -> PollMode:
    return PollMode(form.mode.data or PollMode.UNNAMED)


class ResolutionForm(BaseForm):
    """A motion, and what it takes to carry it."""

    motion = TextAreaField(
        _l("Antrag im Wortlaut"),
        validators=[DataRequired(_l("Bitte geben Sie den Wortlaut ein, über den abgestimmt wird.")), Length(max=4000)],
    )
    majority = SelectField(_l("Nötige Mehrheit"), choices=[])
    mode = _mode_field()
    revote = _revote_field()
    weight_fields: Mapping[int, str]

    def poll(self) -> PollWish:
        """The poll as typed."""
        weights = {seat: self[name].data for seat, name in self.weight_fields.items() if self[name].data}
        return PollWish(
            PollMethod.MAJORITY,
            _mode_of(self),
            motion=self.motion.data or "",
            majority=self.majority.data,
            revote=bool(self.revote.data),
            weights=weights,
        )


class ChoiceForm(BaseForm):
    """Options to choose from, by any method but dots."""

    method = SelectField(_l("Auszählung"), choices=[])
    topics = SelectMultipleField(_l("Themen"), validators=[Optional()])
    typed = TextAreaField(_l("Weitere Möglichkeiten, eine je Zeile"), validators=[Optional(), Length(max=4000)])
    passive = BooleanField(_l("„Alles bleibt, wie es ist“ steht mit zur Wahl"))
    capacity = IntegerField(_l("So viele können bearbeitet werden"), validators=[Optional(), NumberRange(1, 999)])
    budget = IntegerField(_l("Budget"), validators=[Optional(), NumberRange(1, 9_999_999)])
    mode = _mode_field()
    revote = _revote_field()
    cost_fields: Mapping[str, str]

    def lines(self) -> tuple[str, ...]:
        """The typed options, each once."""
        found = (" ".join(line.split())[:200] for line in (self.typed.data or "").splitlines())
        return tuple(dict.fromkeys(line for line in found if line))

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """The fields, and whether there is enough to choose from."""
        fine = bool(super().validate(extra_validators))
        options = len(self.topics.data or ()) + len(self.lines()) + bool(self.passive.data)
        if not 2 <= options <= MOST_OPTIONS:
            self.form_errors.append(_("Bitte stellen Sie zwei bis sechzig Möglichkeiten zur Wahl."))
            fine = False
        if "budget" in self and not self.budget.data and not self.capacity.data:
            self.capacity.errors = [_("Bitte geben Sie an, wie viele ausgewählt werden, oder ein Budget.")]
            fine = False
        if "budget" in self and self.budget.data and any(not self.cost(key) for key in self.topics.data or ()):
            self.form_errors.append(_("Mit einem Budget braucht jedes gewählte Thema seine Kosten."))
            fine = False
        return fine

    def cost(self, key: str) -> int | None:
        """What a topic costs, as typed."""
        number: int | None = self[self.cost_fields[key]].data if key in self.cost_fields else None
        return number

    def poll(self) -> PollWish:
        """The poll as typed."""
        shares = "budget" in self
        return PollWish(
            PollMethod(self.method.data),
            _mode_of(self),
            tuple(self.topics.data or ()),
            self.lines() if not (shares and self.budget.data) else (),
            _("Alles bleibt, wie es ist") if self.passive.data else "",
            bool(self.revote.data),
            self.capacity.data,
            self.budget.data if shares else None,
            {key: cost for key in self.topics.data or () if (cost := self.cost(key))},
        )


def open_form(
    family: Family, opening: Opening, planned: AgendaVote | None, run_off: tuple[str, ...], motion: str
) -> Any:
    """The form of a family for an item, filled with what is known."""
    if family == Family.DOTS:
        form: Any = DotsForm.over(opening, planned, run_off)
    elif family == Family.RESOLUTION:
        form = _resolution(opening, motion)
    else:
        form = _choice(family, opening, run_off)
    for name in {"mode", "majority"} & set(form.data):
        form[name].flags.required = True
    form.mode.choices = [(str(m), mode_words(m)) for m in modes_at_hand()]
    return form


def _resolution(opening: Opening, motion: str) -> ResolutionForm:
    names = {voter.seat_id: f"gewicht-{place}" for place, voter in enumerate(opening.voters, start=1)}
    organisations = {place.id: place.seat.organisation for place in opening.room.places}
    fields = {
        name: IntegerField(organisations[seat], validators=[Optional(), NumberRange(1, 999)], default=1)
        for seat, name in names.items()
    }
    form: ResolutionForm = type("Motion", (ResolutionForm,), {**fields, "weight_fields": names})(
        motion=motion, majority=opening.item.rules.decision
    )
    form.majority.choices = [(way, majority_words(way)) for way in WAYS_TO_DECIDE if way != "consensus"]
    if opening.item.rules.decision == "consensus":
        form.majority.choices.insert(0, ("consensus", majority_words("consensus")))
    return form


def _choice(family: Family, opening: Opening, run_off: tuple[str, ...]) -> ChoiceForm:
    keys = [topic.key for topic in opening.topics]
    names = {key: f"kosten-{place}" for place, key in enumerate(keys, start=1)} if family == Family.SHARES else {}
    fields = {
        name: IntegerField(topic.title, validators=[Optional(), NumberRange(1, 9_999_999)])
        for topic, name in zip(opening.topics, names.values(), strict=False)
    }
    form: ChoiceForm = type("Choice", (ChoiceForm,), {**fields, "cost_fields": names})(
        topics=[key for key in keys if not run_off or key in run_off],
        capacity=max(1, len(keys) // 2) if keys else None,
        passive=family == Family.RESISTANCE,
    )
    form.topics.choices = [(topic.key, topic.title) for topic in opening.topics]
    form.method.choices = [(str(method), method_words(method)) for method in METHODS_OF[family]]
    form.method.validators = [InputRequired()]
    if len(form.method.choices) == 1 and not form.method.data:
        form.method.data = form.method.choices[0][0]
    if family != Family.SHARES:
        del form.budget
    if family != Family.RESISTANCE:
        form.passive.data = form.passive.data if form.is_submitted() else False
    return form
