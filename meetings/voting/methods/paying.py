"""Who paid what for each chosen topic: the numbers by which a person recounts a proportional choice. Pure.

Voters with equal ballots are one group. One way is told; where ties were met there are others, and the outcomes say so.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from meetings.voting.methods.profile import Profile
from meetings.voting.methods.proportional import Race, Step, phragmen_way, shares_way


@dataclass(frozen=True)
class Payer:
    """A group of equal ballots: how many, what they support, what each voter paid or carries per chosen topic."""

    count: int
    supports: tuple[str, ...]
    paid: tuple[Fraction, ...]
    left: Fraction


@dataclass(frozen=True)
class Purchase:
    """A chosen topic: its cost, how many ballots stood behind it, the most that one of them paid or carries."""

    option: str
    cost: Fraction
    supporters: int
    most: Fraction


@dataclass(frozen=True)
class Payments:
    """The way to a choice. `share`: what each voter had; None for loads, which nobody has to begin with."""

    share: Fraction | None
    purchases: tuple[Purchase, ...]
    payers: tuple[Payer, ...]


def shares_paid(profile: Profile, seats: int | None, budget: Fraction | None, completion: str) -> tuple[Payments, ...]:
    """The purchases of equal shares, and the loads of what was filled up, where anything was."""
    race, bought, filled = shares_way(profile, seats, budget, completion)
    found = [_payments(race, bought, bought[0].purses[0] if race.counts else Fraction(0))]
    if len(filled) > 1:
        found.append(_payments(race, filled, None))
    return tuple(found)


def loads_carried(profile: Profile, seats: int | None, budget: Fraction | None) -> tuple[Payments, ...]:
    """The loads of sequential Phragmén."""
    race, way = phragmen_way(profile, seats, budget)
    return (_payments(race, way, None),)


def _payments(race: Race, way: Sequence[Step], share: Fraction | None) -> Payments:
    pairs = list(itertools.pairwise(way))
    chosen = [after.chosen[-1] for _before, after in pairs]
    payers = tuple(
        Payer(
            count,
            tuple(race.worth[place]),
            tuple(abs(after.purses[place] - before.purses[place]) for before, after in pairs),
            way[-1].purses[place],
        )
        for place, count in enumerate(race.counts)
    )
    purchases = tuple(
        Purchase(
            option,
            race.costs[option],
            sum(race.counts[place] for place in race.supporters[option]),
            max((payer.paid[number] for payer in payers), default=Fraction(0)),
        )
        for number, option in enumerate(chosen)
    )
    return Payments(share, purchases, payers)
