"""Sharing capacity: equal shares, sequential Phragmén, and plain greedy for comparison. Exact fractions.

Equal shares: Peters, Pierczyński, Skowron, Proportional Participatory Budgeting with Additive Utilities, 2021. An
approval is worth the option's cost to its voter where costs are named, so that one pays the same share of every unit;
points are worth what they say. Sequential Phragmén: Brill, Freeman, Janson, Lackner, Phragmén's Voting Methods and
Justified Representation, 2017; with costs an option's supporters carry its cost.
Every tie is followed; the outcomes are all sets that the rule can end with.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from meetings.voting.methods.outcome import MOST_OUTCOMES, Counted, TooManyTies, first, tiers
from meetings.voting.methods.points import totals
from meetings.voting.methods.profile import Profile

ZERO = Fraction(0)
Money = tuple[Fraction, ...]


@dataclass(frozen=True)
class Race:
    """The options, who supports them with which worth, and what may be spent. Voters with equal ballots are one."""

    ids: tuple[str, ...]
    costs: dict[str, Fraction]
    counts: tuple[int, ...]
    worth: tuple[dict[str, Fraction], ...]
    budget: Fraction
    supporters: dict[str, tuple[int, ...]]


def race_of(profile: Profile, seats: int | None, budget: Fraction | None, *, by_cost: bool) -> Race:
    """What is shared out: `seats` options of one unit each, else the budget over the options' costs."""
    unit = seats is not None
    costs = {option: Fraction(1) if unit else profile.cost(option) for option in profile.ids}
    groups: dict[tuple[tuple[str, Fraction], ...], int] = {}
    for ballot in profile.ballots:
        key = tuple(sorted((option, points) for option, points in (ballot.points or {}).items() if points))
        groups[key] = groups.get(key, 0) + ballot.count
    worth = tuple({o: costs[o] * points if by_cost else points for o, points in key} for key in groups)
    supporters = {o: tuple(place for place, each in enumerate(worth) if o in each) for o in profile.ids}
    spend = Fraction(seats) if seats is not None else (budget or ZERO)
    return Race(profile.ids, costs, tuple(groups.values()), worth, spend, supporters)


@dataclass(frozen=True)
class Step:
    """A state on the way: what was chosen, in which order, and what each group of voters has left or carries."""

    chosen: tuple[str, ...]
    purses: Money


Follow = Callable[[Step], Iterable[Step]]


def _ends(start: Step, following: Follow) -> list[Step]:
    """Every end that the rule can reach; states that differ only in the order of choosing are met once."""
    waiting, seen = [start], {_name(start)}
    ends: dict[frozenset[str], Step] = {}
    while waiting:
        here = waiting.pop()
        steps = list(following(here))
        if not steps:
            ends.setdefault(frozenset(here.chosen), here)
        for step in steps:
            if _name(step) not in seen:
                seen.add(_name(step))
                waiting.append(step)
        if len(seen) > MOST_OUTCOMES:
            raise TooManyTies("The ties lead to more than 10,000 ways to go on.")
    return list(ends.values())


def one_way(start: Step, following: Follow) -> list[Step]:
    """One way to an end, step by step; where several are tied, the first in the order of the options."""
    way = [start]
    while steps := list(following(way[-1])):
        way.append(steps[0])
    return way


def _name(step: Step) -> tuple[frozenset[str], Money]:
    return frozenset(step.chosen), step.purses


def _counted(method: str, profile: Profile, ends: list[Step]) -> Counted:
    order = {option: place for place, option in enumerate(profile.ids)}
    outcomes = tuple(tuple(sorted(step.chosen, key=order.__getitem__)) for step in ends)
    scores = totals(profile)
    chosen = ends[0].chosen if len(ends) == 1 else ()
    ranking = (*((option,) for option in chosen), *tiers([o for o in profile.ids if o not in chosen], scores))
    return Counted(method, profile.ids, outcomes, ranking, scores)


def equal_shares(
    profile: Profile, seats: int | None = None, budget: Fraction | None = None, completion: str = "none"
) -> Counted:
    """Everybody gets an equal share; an option is bought where its supporters pay least for what it is worth to them.

    `completion` „none“ stops when nobody can pay any more; „phragmen“ goes on with sequential Phragmén from what
    the voters have spent, until the capacity is used.
    """
    race = race_of(profile, seats, budget, by_cost=profile.has_costs and seats is None)
    voters = profile.voters
    share = race.budget / voters if voters else ZERO
    start = Step((), (share,) * len(race.counts))
    ends = _ends(start, lambda step: _purchases(race, step))
    if completion == "phragmen":
        ends = [last for end in ends for last in _completed(race, end, share)]
    return _counted("equal_shares", profile, _distinct(ends))


def shares_way(
    profile: Profile, seats: int | None, budget: Fraction | None, completion: str
) -> tuple[Race, list[Step], list[Step]]:
    """How equal shares get to a result: the purchases with every purse, then what was filled up, with every load."""
    race = race_of(profile, seats, budget, by_cost=profile.has_costs and seats is None)
    share = race.budget / profile.voters if profile.voters else ZERO
    bought = one_way(Step((), (share,) * len(race.counts)), lambda step: _purchases(race, step))
    if completion != "phragmen":
        return race, bought, []
    loads = Step(bought[-1].chosen, tuple(share - left for left in bought[-1].purses))
    return race, bought, one_way(loads, lambda step: _loaded(race, step, fill=False))


def phragmen_way(profile: Profile, seats: int | None, budget: Fraction | None) -> tuple[Race, list[Step]]:
    """How sequential Phragmén gets to a result, with every load."""
    race = race_of(profile, seats, budget, by_cost=False)
    start = Step((), (ZERO,) * len(race.counts))
    return race, one_way(start, lambda step: _loaded(race, step, fill=seats is not None))


def _distinct(ends: Iterable[Step]) -> list[Step]:
    return list({frozenset(end.chosen): end for end in ends}.values())


def _completed(race: Race, end: Step, share: Fraction) -> list[Step]:
    loads = tuple(share - left for left in end.purses)
    return _ends(Step(end.chosen, loads), lambda step: _loaded(race, step, fill=False))


def _purchases(race: Race, step: Step) -> Iterator[Step]:
    """The purchases with the lowest price for their worth; several are a tie."""
    offers = [
        (price, option)
        for option in race.ids
        if option not in step.chosen and (price := _price(race, step, option)) is not None
    ]
    lowest = min((price for price, _option in offers), default=None)
    for price, option in offers:
        if price == lowest:
            yield Step((*step.chosen, option), _paid(race, step, option, price))


def _price(race: Race, step: Step, option: str) -> Fraction | None:
    """The smallest rho at which its supporters, each paying rho times the worth or all they have, cover the cost."""
    cost = race.costs[option]
    if not cost:
        return ZERO if race.supporters[option] else None
    payers = sorted(race.supporters[option], key=lambda place: step.purses[place] / race.worth[place][option])
    worth_left = sum((race.counts[place] * race.worth[place][option] for place in payers), ZERO)
    emptied = ZERO
    for place in payers:
        worth, purse = race.worth[place][option], step.purses[place]
        rho = (cost - emptied) / worth_left
        if rho * worth <= purse:
            return rho
        emptied += race.counts[place] * purse
        worth_left -= race.counts[place] * worth
    return None


def _paid(race: Race, step: Step, option: str, rho: Fraction) -> Money:
    if not rho:
        return step.purses
    return tuple(
        purse - min(purse, rho * race.worth[place][option]) if option in race.worth[place] else purse
        for place, purse in enumerate(step.purses)
    )


def phragmen(profile: Profile, seats: int | None = None, budget: Fraction | None = None) -> Counted:
    """One after another the option whose supporters would carry the smallest load; stops where it does not fit."""
    race = race_of(profile, seats, budget, by_cost=False)
    start = Step((), (ZERO,) * len(race.counts))
    return _counted("phragmen", profile, _ends(start, lambda step: _loaded(race, step, fill=seats is not None)))


def _loaded(race: Race, step: Step, *, fill: bool) -> list[Step]:
    left = race.budget - sum((race.costs[option] for option in step.chosen), ZERO)
    open_ones = [option for option in race.ids if option not in step.chosen]
    offers = [(_load(race, step, option), option) for option in open_ones if race.supporters[option]]
    if not offers and fill and left >= 1:
        return [Step((*step.chosen, option), step.purses) for option in open_ones]
    lowest = min((load for load, _option in offers), default=ZERO)
    best = [option for load, option in offers if load == lowest]
    if any(race.costs[option] > left for option in best):
        return []
    return [Step((*step.chosen, option), _carried(race, step, option, lowest)) for option in best]


def _load(race: Race, step: Step, option: str) -> Fraction:
    """What each supporter would carry if all of them carried the same."""
    places = race.supporters[option]
    carried = sum((race.counts[place] * step.purses[place] for place in places), ZERO)
    return (race.costs[option] + carried) / sum(race.counts[place] for place in places)


def _carried(race: Race, step: Step, option: str, load: Fraction) -> Money:
    bearing = set(race.supporters[option])
    return tuple(load if place in bearing else carried for place, carried in enumerate(step.purses))


def greedy(profile: Profile, seats: int | None = None, budget: Fraction | None = None) -> Counted:
    """From the most points down whatever still fits; how most towns share a citizens' budget."""
    scores = totals(profile)
    if seats is not None:
        ranking = tiers(profile.ids, scores)
        return Counted("greedy", profile.ids, first(ranking, seats), ranking, scores)
    race = race_of(profile, None, budget, by_cost=False)
    ends = _ends(Step((), ()), lambda step: _fitting(race, step, scores))
    return _counted("greedy", profile, ends)


def _fitting(race: Race, step: Step, scores: dict[str, Fraction]) -> list[Step]:
    left = race.budget - sum((race.costs[option] for option in step.chosen), ZERO)
    fitting = [option for option in race.ids if option not in step.chosen and race.costs[option] <= left]
    most = max((scores[option] for option in fitting), default=ZERO)
    return [Step((*step.chosen, option), ()) for option in fitting if scores[option] == most]
