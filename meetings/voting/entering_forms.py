"""What the office types into polls in which nobody casts on the screen, and the reason why a poll is void."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select
from wtforms import IntegerField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from app.core.forms import BaseForm
from app.core.i18n import _
from app.core.i18n import lazy as _l
from app.people.models import Organisation
from meetings.voting.answers import Answer, places_to_ranking
from meetings.voting.ballot_forms import NOTHING, as_choices, choices_of
from meetings.voting.methods.profile import Kind
from meetings.voting.models import PollEntitlement
from meetings.voting.modes import box_of
from meetings.voting.poll_rule import PollRule
from meetings.voting.queries import FoundPoll


class VoidForm(BaseForm):
    """Why a poll is void."""

    reason = TextAreaField(
        _l("Begründung"),
        validators=[
            DataRequired(_l("Bitte geben Sie an, warum die Abstimmung ungültig ist.")),
            Length(max=1000, message=_l("Bitte kürzen Sie diesen Text auf höchstens %(max)d Zeichen.")),
        ],
    )


def _count_field(label: Any) -> IntegerField:
    return IntegerField(label, validators=[Optional(), NumberRange(0, 9999)], default=0)


class PaperVotesForm(BaseForm):
    """How many papers said what."""

    yes = _count_field(_l("Ja"))
    no = _count_field(_l("Nein"))
    abstain = _count_field(_l("Enthaltung"))
    invalid = _count_field(_l("Ungültig"))

    def counts(self) -> list[tuple[Answer, int]]:
        """Each answer with how often it lay in the box."""
        return [({"answer": name}, self[name].data or 0) for name in ("yes", "no", "abstain", "invalid")]


@dataclass(frozen=True)
class EntrySeat:
    """A row of the grid: a seat by its organisation, and its fields."""

    seat_id: int
    organisation: str
    fields: tuple[Any, ...]


class Grid:
    """Seats × answers: a form with fields for every entitled seat, filled with what was entered before."""

    def __init__(self, session: Session, found: FoundPoll) -> None:
        self.rule = found.ruled
        self.seats = _seats(session, found)
        before = {paper.seat_id: paper.answer for paper in box_of(found.poll.mode).papers(session, found.poll)}
        fields = {name: field for seat, _org in self.seats for name, field in _fields(self.rule, seat).items()}
        filled = {
            key: value for seat, answer in before.items() if seat for key, value in _filled(self.rule, seat, answer)
        }
        self.form: BaseForm = type("Grid", (BaseForm,), fields)(**filled)
        for name in fields:
            self.form[name].flags.required = True

    def rows(self) -> list[EntrySeat]:
        """The rows of the grid."""
        return [
            EntrySeat(seat, name, tuple(self.form[field] for field in _fields(self.rule, seat)))
            for seat, name in self.seats
        ]

    def answers(self) -> dict[int, Answer | None]:
        """What was entered for each seat; None where nothing was."""
        return {
            seat: _answer(self.rule, {k: self.form[k].data for k in _fields(self.rule, seat)})
            for seat, _o in self.seats
        }


def _seats(session: Session, found: FoundPoll) -> list[tuple[int, str]]:
    statement = (
        select(col(PollEntitlement.seat_id), col(Organisation.name))
        .join(Organisation, col(Organisation.id) == col(PollEntitlement.organisation_id))
        .where(col(PollEntitlement.poll_id) == found.id)
        .order_by(col(PollEntitlement.id))
    )
    return [(seat_id, name) for seat_id, name in session.exec(statement)]


def _fields(rule: PollRule, seat: int) -> dict[str, Any]:
    if rule.is_resolution:
        votes = [(NOTHING, _("nicht abgegeben")), ("yes", _("Ja")), ("no", _("Nein")), ("abstain", _("Enthaltung"))]
        return {
            f"sitz-{seat}": RadioField(_("Stimme"), choices=as_choices(votes), default=NOTHING, validators=[Optional()])
        }
    if rule.kind == Kind.APPROVAL:
        options = [(option.id, option.title) for option in rule.options]
        return {
            f"sitz-{seat}": SelectMultipleField(_("Unterstützt"), choices=as_choices(options), validators=[Optional()])
        }
    if rule.kind == Kind.DOTS:
        bounds = [Optional(), NumberRange(0, rule.max_per_option)]
        return {f"sitz-{seat}-{o.id}": IntegerField(o.title, validators=bounds) for o in rule.options}
    return {
        f"sitz-{seat}-{option.id}": SelectField(
            option.title, choices=as_choices(choices_of(rule)), validators=[Optional()]
        )
        for option in rule.options
    }


def _filled(rule: PollRule, seat: int, answer: Answer) -> list[tuple[str, Any]]:
    if rule.is_resolution:
        return [(f"sitz-{seat}", answer["answer"])]
    if rule.kind == Kind.APPROVAL:
        return [(f"sitz-{seat}", answer["approved"])]
    if rule.kind == Kind.RANKED:
        places = {option: place for place, group in enumerate(answer["ranking"], 1) for option in group}
        return [(f"sitz-{seat}-{option}", str(place)) for option, place in places.items()]
    dots = rule.kind == Kind.DOTS
    return [(f"sitz-{seat}-{option}", number if dots else str(number)) for option, number in answer["points"].items()]


def _answer(rule: PollRule, typed: dict[str, Any]) -> Answer | None:
    """The ballot of a row; None where nothing was entered, so that the seat has not voted."""
    if rule.is_resolution:
        vote = next(iter(typed.values()))
        return {"answer": vote} if vote else None
    if rule.kind == Kind.APPROVAL:
        approved = next(iter(typed.values()))
        return {"approved": list(approved)} if approved else None
    numbers = {name.rpartition("-")[2]: int(value) for name, value in typed.items() if value not in (None, NOTHING)}
    if not numbers:
        return None
    return {"ranking": places_to_ranking(numbers)} if rule.kind == Kind.RANKED else {"points": numbers}
