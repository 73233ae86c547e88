"""Dot voting (Punktabfrage): the frozen rule, checking a ballot, and the exact count with its ties.

Integers only. A tie is never broken here: tied options share a rank, and a capacity line that falls into a tie says so.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


class InvalidRule(ValueError):
    """A rule by which nobody could vote or count, or a text that is no rule for dots."""


Points = Mapping[str, int]
"""One ballot: option id → dots on it; options that are missing got none."""


@dataclass(frozen=True)
class DotsOption:
    """What can get dots. The title is frozen with the rule, so that an id cannot change its meaning later."""

    id: str
    title: str


@dataclass(frozen=True)
class DotsRule:
    """The rule as announced before the round: how many dots, how many on one option, for which options.

    `capacity` is how many options the body can take up at once; it draws the line in the result and decides nothing.
    """

    dots_per_seat: int
    max_per_option: int
    options: tuple[DotsOption, ...]
    capacity: int | None = None
    vote_unit: str = "organisation"
    must_spend_all: bool = False

    def __post_init__(self) -> None:
        """Raises `InvalidRule` for a rule by which nobody could vote or count."""
        ids = self.option_ids
        if len(ids) < 2 or len(set(ids)) != len(ids):
            raise InvalidRule("a dots rule needs two or more options with different ids")
        if not 1 <= self.max_per_option <= self.dots_per_seat:
            raise InvalidRule("max_per_option must lie between 1 and dots_per_seat")
        if self.must_spend_all and self.max_per_option * len(ids) < self.dots_per_seat:
            raise InvalidRule("not all dots could be spent")
        if self.capacity is not None and self.capacity < 1:
            raise InvalidRule("capacity must be 1 or more")

    @property
    def option_ids(self) -> tuple[str, ...]:
        """The ids in the order in which the options are presented."""
        return tuple(option.id for option in self.options)

    def as_mapping(self) -> dict[str, Any]:
        """Plain values for JSON, with the name of the method."""
        options = [{"id": option.id, "title": option.title} for option in self.options]
        return {
            "method": "dots",
            "dots_per_seat": self.dots_per_seat,
            "max_per_option": self.max_per_option,
            "options": options,
            "capacity": self.capacity,
            "vote_unit": self.vote_unit,
            "must_spend_all": self.must_spend_all,
        }

    def canonical(self) -> str:
        """The one JSON text of this rule: sorted keys, no spaces, Unicode as it is. This is what gets stored."""
        return json.dumps(self.as_mapping(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def sha256(self) -> str:
        """Hex digest of the canonical text in UTF-8, shown on the ballot: the rule cannot change unseen."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()


_OF_THE_POLL = ("mode", "revote", "weighted")
"""What the rule of a poll says besides: how ballots come in (`poll_rule.py`)."""


def thaw(text: str) -> DotsRule:
    """The rule back from its stored text; raises `InvalidRule` if the text is no rule for dots."""
    try:
        values = json.loads(text)
        method = values.pop("method")
        options = tuple(DotsOption(option["id"], option["title"]) for option in values.pop("options"))
        rule = DotsRule(options=options, **{name: value for name, value in values.items() if name not in _OF_THE_POLL})
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise InvalidRule(f"not a rule for dots: {error}") from error
    if method != "dots":
        raise InvalidRule(f"not a rule for dots but for {method}")
    return rule


@dataclass(frozen=True)
class UnknownOption:
    """Dots on something that is not an option of this round."""

    option: str


@dataclass(frozen=True)
class NegativeDots:
    """Fewer than no dots."""

    option: str
    points: int


@dataclass(frozen=True)
class TooManyOnOption:
    """More dots on one option than the rule allows."""

    option: str
    points: int
    allowed: int


@dataclass(frozen=True)
class TooManyDots:
    """More dots in all than the rule gives."""

    spent: int
    allowed: int


@dataclass(frozen=True)
class TooFewDots:
    """Unused dots where the rule wants all of them spent."""

    spent: int
    required: int


BallotError = UnknownOption | NegativeDots | TooManyOnOption | TooManyDots | TooFewDots


class InvalidBallot(ValueError):
    """A ballot reached the count that should not have been taken; `errors` says what is wrong with it."""

    def __init__(self, errors: Sequence[BallotError]) -> None:
        super().__init__(f"invalid ballot: {errors}")
        self.errors = tuple(errors)


def ballot_errors(rule: DotsRule, points: Points) -> tuple[BallotError, ...]:
    """Everything that is wrong with a ballot, empty if it can be cast. No dots at all is a valid abstention."""
    return (*_errors_by_option(rule, points), *_errors_of_sum(rule, sum(points.values())))


def _errors_by_option(rule: DotsRule, points: Points) -> Iterable[BallotError]:
    for option, number in points.items():
        if option not in rule.option_ids:
            yield UnknownOption(option)
        elif number < 0:
            yield NegativeDots(option, number)
        elif number > rule.max_per_option:
            yield TooManyOnOption(option, number, rule.max_per_option)


def _errors_of_sum(rule: DotsRule, spent: int) -> Iterable[BallotError]:
    if spent > rule.dots_per_seat:
        yield TooManyDots(spent, rule.dots_per_seat)
    elif rule.must_spend_all and 0 < spent < rule.dots_per_seat:
        yield TooFewDots(spent, rule.dots_per_seat)


@dataclass(frozen=True)
class CutLine:
    """Where the capacity ends: what is surely in, and the tied options of which only `open_places` fit."""

    capacity: int
    inside: tuple[str, ...]
    tied: tuple[str, ...]
    open_places: int

    @property
    def falls_into_tie(self) -> bool:
        """Whether the line would have to break a tie; then the body decides, for instance by a run-off."""
        return bool(self.tied)


@dataclass(frozen=True)
class Tally:
    """The count: dots and number of voters behind each option, ranks best first with equals together.

    Identity: sum of points + unused = ballots × dots_per_seat.
    """

    points: dict[str, int]
    voters: dict[str, int]
    ranking: tuple[tuple[str, ...], ...]
    ballots: int
    unused: int
    cut: CutLine | None

    @property
    def ties(self) -> tuple[tuple[str, ...], ...]:
        """The groups in which more than one option shares a rank, those without any dots left out."""
        return tuple(group for group in self.ranking if len(group) > 1 and self.points[group[0]])


def tally_dots(rule: DotsRule, ballots: Iterable[Points]) -> Tally:
    """Counts the ballots of a closed round, in any order; raises `InvalidBallot` for one that breaks the rule."""
    cast = [_checked(rule, ballot) for ballot in ballots]
    points = {option: sum(ballot.get(option, 0) for ballot in cast) for option in rule.option_ids}
    voters = {option: sum(ballot.get(option, 0) > 0 for ballot in cast) for option in rule.option_ids}
    ranking = _ranking(points)
    unused = rule.dots_per_seat * len(cast) - sum(points.values())
    return Tally(points, voters, ranking, len(cast), unused, cut_line(ranking, rule.capacity))


def _checked(rule: DotsRule, ballot: Points) -> Points:
    errors = ballot_errors(rule, ballot)
    if errors:
        raise InvalidBallot(errors)
    return ballot


def _ranking(points: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    """Options by their points, most first; equals together in the order in which they were presented."""
    levels = sorted(set(points.values()), reverse=True)
    return tuple(tuple(option for option, number in points.items() if number == level) for level in levels)


def cut_line(ranking: Sequence[Sequence[str]], capacity: int | None) -> CutLine | None:
    """The line after `capacity` options; None without a capacity or where everything fits."""
    inside: list[str] = []
    for group in ranking:
        if capacity is not None and len(inside) + len(group) > capacity:
            open_places = capacity - len(inside)
            return CutLine(capacity, tuple(inside), tuple(group) if open_places else (), open_places)
        inside.extend(group)
    return None
