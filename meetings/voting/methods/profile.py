"""What is counted: the options, and ballots of one kind, each with how often it was cast."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property


class Kind(StrEnum):
    """The kinds of ballots of `lueckenlos-ballots/1`."""

    RANKED = "ranked"
    APPROVAL = "approval"
    SCORE = "score"
    DOTS = "dots"
    RESISTANCE = "resistance"
    RESOLUTION = "resolution"


POINTS = frozenset({Kind.SCORE, Kind.DOTS, Kind.RESISTANCE})
"""Kinds whose ballots give points to options."""

ANSWERS = ("yes", "no", "abstain", "invalid")


class BadProfile(ValueError):
    """The ballots cannot be counted; the message says where and why."""


@dataclass(frozen=True)
class Option:
    """Something to vote on; `cost` where capacity is shared out."""

    id: str
    title: str = ""
    cost: Fraction | None = None


@dataclass(frozen=True)
class Ballot:
    """`count` equal ballots. What is empty depends on the kind.

    `ranking`: groups from best to worst, what is missing shares the last place. `points`: by option; an approval is
    one point. `answer`: one of ANSWERS.
    """

    count: int = 1
    ranking: tuple[tuple[str, ...], ...] = ()
    points: Mapping[str, Fraction] | None = None
    answer: str = ""

    def of(self, option: str) -> Fraction:
        """The points that this ballot gives to an option."""
        return (self.points or {}).get(option, Fraction(0))


@dataclass(frozen=True)
class Profile:
    """Everything that one count needs. `budget` and `rule` where the file names them."""

    kind: Kind
    options: tuple[Option, ...]
    ballots: tuple[Ballot, ...]
    rule: Mapping[str, object] | None = None
    budget: Fraction | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be counted, with a sentence."""
        ids = self.ids
        if len(set(ids)) != len(ids):
            raise BadProfile("Two options have the same id.")
        known = set(ids)
        for place, ballot in enumerate(self.ballots, 1):
            _check(ballot, place, known, self.kind)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the options in their order."""
        return tuple(option.id for option in self.options)

    @property
    def voters(self) -> int:
        """How many ballots were cast."""
        return sum(ballot.count for ballot in self.ballots)

    def cost(self, option: str) -> Fraction:
        """What an option costs; one unit where the file names no costs."""
        return self._costs.get(option, Fraction(1))

    @cached_property
    def _costs(self) -> dict[str, Fraction]:
        return {option.id: option.cost for option in self.options if option.cost is not None}

    @property
    def has_costs(self) -> bool:
        """Whether any option names a cost."""
        return bool(self._costs)


def _check(ballot: Ballot, place: int, known: set[str], kind: Kind) -> None:
    if ballot.count < 0:
        raise BadProfile(f"Ballot {place}: the count is negative.")
    if kind == Kind.RESOLUTION:
        if ballot.answer not in ANSWERS:
            raise BadProfile(f"Ballot {place}: the answer is not one of {', '.join(ANSWERS)}.")
        return
    named: Sequence[str] = [option for group in ballot.ranking for option in group]
    named = named or list(ballot.points or ())
    if len(set(named)) != len(named):
        raise BadProfile(f"Ballot {place}: an option is named twice.")
    unknown = [option for option in named if option not in known]
    if unknown:
        raise BadProfile(f"Ballot {place}: there is no option {unknown[0]!r}.")
    if any(points < 0 for points in (ballot.points or {}).values()):
        raise BadProfile(f"Ballot {place}: points are negative.")
