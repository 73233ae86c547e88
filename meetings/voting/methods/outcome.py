"""What a count says, as one line of JSON: winners, order, scores, duels, rounds; and how ties become outcomes."""

import itertools
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

MOST_OUTCOMES = 10_000
"""So many tied outcomes are followed; beyond that nobody would read them."""


class TooManyTies(ValueError):
    """The ties lead to more outcomes than anybody could read."""


@dataclass(frozen=True)
class Counted:
    """The result of one method. `outcomes`: every set of winners that the rule allows; more than one is a tie.

    `ranking`: groups of equal options, best first. `accepted` belongs to resolutions alone.
    """

    method: str
    ids: tuple[str, ...]
    outcomes: tuple[tuple[str, ...], ...]
    ranking: tuple[tuple[str, ...], ...] = ()
    scores: Mapping[str, Fraction] = field(default_factory=dict)
    duels: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    rounds: Sequence[Mapping[str, object]] = ()
    accepted: bool | None = None

    @property
    def winners(self) -> tuple[str, ...]:
        """Everybody who is in some outcome, in the order of the options."""
        found = {option for outcome in self.outcomes for option in outcome}
        return tuple(option for option in self.ids if option in found)

    def as_json(self, sha256: str, *, all_ties: bool = False) -> str:
        """The line that the command prints."""
        found: dict[str, object] = {
            "method": self.method,
            "winners": list(self.winners),
            "ranking": [list(group) for group in self.ranking],
            "scores": {option: plain(score) for option, score in self.scores.items()},
        }
        if self.duels:
            found["duels"] = self.duels
        if all_ties:
            found["outcomes"] = sorted(sorted(outcome) for outcome in self.outcomes)
        if self.accepted is not None or self.method == "majority":
            found["accepted"] = self.accepted
        if self.rounds:
            found["rounds"] = list(self.rounds)
        found["sha256"] = sha256
        return json.dumps(found, ensure_ascii=False)


def plain(number: Fraction) -> int | str:
    """A whole number as it is, any other as an exact fraction: „29/20“."""
    return number.numerator if number.denominator == 1 else f"{number.numerator}/{number.denominator}"


def tiers(ids: Iterable[str], scores: Mapping[str, Fraction], *, lowest: bool = False) -> tuple[tuple[str, ...], ...]:
    """The options in groups of equal scores, the highest first, or the lowest where less is better."""
    in_order = sorted(ids, key=lambda option: scores[option], reverse=not lowest)
    groups = itertools.groupby(in_order, key=lambda option: scores[option])
    return tuple(tuple(group) for _score, group in groups)


def first(ranking: Sequence[Collection[str]], seats: int) -> tuple[tuple[str, ...], ...]:
    """Every choice of `seats` options from the top; where the cut falls into a group, each way to fill it."""
    sure: list[str] = []
    for group in ranking:
        open_places = seats - len(sure)
        if len(group) >= open_places:
            return tuple((*sure, *chosen) for chosen in _choices(sorted(group), open_places))
        sure.extend(group)
    return (tuple(sure),)


def _choices(group: Sequence[str], places: int) -> list[tuple[str, ...]]:
    found = list(itertools.islice(itertools.combinations(group, places), MOST_OUTCOMES + 1))
    if len(found) > MOST_OUTCOMES:
        raise TooManyTies("More than 10,000 choices are tied.")
    return found
