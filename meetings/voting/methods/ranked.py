"""Counting rankings: duels, Schulze by margins, instant runoff, Borda, plurality.

Options that share a place are equal to each other; what a ballot does not name shares its last place.
Schulze: M. Schulze, A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner
election method, 2011; strength is the margin of a duel.
"""

from collections.abc import Mapping
from fractions import Fraction

from meetings.voting.methods.outcome import MOST_OUTCOMES, Counted, TooManyTies, first, plain, tiers
from meetings.voting.methods.profile import Ballot, Profile

Duels = dict[str, dict[str, int]]


def places(ballot: Ballot, ids: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The groups of a ballot, with those it does not name as the last one."""
    named = {option for group in ballot.ranking for option in group}
    missing = tuple(option for option in ids if option not in named)
    groups = [group for group in ballot.ranking if group]
    return [*groups, missing] if missing else groups


def duels_of(profile: Profile) -> Duels:
    """How many ballots put each option before each other one."""
    found: Duels = {one: dict.fromkeys((other for other in profile.ids if other != one), 0) for one in profile.ids}
    for ballot in profile.ballots:
        groups = places(ballot, profile.ids)
        below = list(profile.ids)
        for group in groups:
            below = [option for option in below if option not in group]
            for one in group:
                for other in below:
                    found[one][other] += ballot.count
    return found


def schulze(profile: Profile, seats: int = 1) -> Counted:
    """The options that no path of duels beats; then those that none of the rest beats, and so on."""
    duels = duels_of(profile)
    strength = strongest_paths(duels, profile.ids)
    ranking, left = [], list(profile.ids)
    while left:
        top = tuple(one for one in left if all(strength[one][other] >= strength[other][one] for other in left))
        ranking.append(top)
        left = [option for option in left if option not in top]
    beaten = {
        one: Fraction(sum(strength[one][other] > strength[other][one] for other in profile.ids if other != one))
        for one in profile.ids
    }
    return Counted("schulze", profile.ids, first(ranking, seats), tuple(ranking), beaten, duels)


def strongest_paths(duels: Duels, ids: tuple[str, ...]) -> Duels:
    """Floyd and Warshall with the weakest link of a path as its strength; 0 where there is no path."""
    path: Duels = {one: dict.fromkeys(ids, 0) for one in ids}
    for one in ids:
        for other in ids:
            if one != other:
                path[one][other] = max(duels[one][other] - duels[other][one], 0)
    for middle in ids:
        onward = path[middle]
        for one in ids:
            to_middle = path[one][middle]
            if one == middle or not to_middle:
                continue
            row = path[one]
            for other in ids:
                if other not in (one, middle):
                    row[other] = max(row[other], min(to_middle, onward[other]))
    return path


def borda(profile: Profile, seats: int = 1) -> Counted:
    """The first of n options gets n points, the last one 1; those who share places share their points equally."""
    scores = dict.fromkeys(profile.ids, Fraction(0))
    for ballot in profile.ballots:
        best = len(profile.ids)
        for group in places(ballot, profile.ids):
            share = Fraction(2 * best - len(group) + 1, 2)
            for option in group:
                scores[option] += ballot.count * share
            best -= len(group)
    ranking = tiers(profile.ids, scores)
    return Counted("borda", profile.ids, first(ranking, seats), ranking, scores)


def plurality(profile: Profile, seats: int = 1) -> Counted:
    """First places; a ballot that puts several options first is shared equally among them."""
    scores = _first_places(profile, frozenset(profile.ids))
    ranking = tiers(profile.ids, scores)
    return Counted("plurality", profile.ids, first(ranking, seats), ranking, scores)


def _first_places(profile: Profile, left: frozenset[str]) -> dict[str, Fraction]:
    scores = {option: Fraction(0) for option in profile.ids if option in left}
    for ballot in profile.ballots:
        top = next((here for group in places(ballot, profile.ids) if (here := [o for o in group if o in left])), [])
        for option in top:
            scores[option] += Fraction(ballot.count, len(top))
    return scores


def instant_runoff(profile: Profile) -> Counted:
    """Strike out the option with the fewest first places until one is left.

    Where several have the fewest, every order of striking them out is followed: whoever wins in one of them is
    tied. Options without any first place go at once, for their order changes nothing.
    """
    winners, rounds = _Runoff(profile).run()
    scores = _first_places(profile, frozenset(profile.ids))
    ranking = _order_of_leaving(rounds, profile.ids, winners)
    outcomes = tuple((option,) for option in profile.ids if option in winners)
    return Counted("irv", profile.ids, outcomes, ranking, scores, rounds=rounds)


class _Runoff:
    """All ways that the rounds can go, each set of remaining options counted once."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.known: dict[frozenset[str], frozenset[str]] = {}

    def run(self) -> tuple[frozenset[str], list[Mapping[str, object]]]:
        everyone = frozenset(self.profile.ids)
        return self._winners(everyone), self._rounds(everyone)

    def _winners(self, left: frozenset[str]) -> frozenset[str]:
        waiting = [left]
        while waiting:
            if len(self.known) > MOST_OUTCOMES:
                raise TooManyTies("The ties lead to more than 10,000 ways to go on.")
            here = waiting[-1]
            following = [here - out for out in self._leaving(here)] if here not in self.known else []
            missing = [each for each in following if each not in self.known]
            if missing:
                waiting.extend(missing)
                continue
            if here not in self.known:
                reached = (self.known[each] for each in following)
                self.known[here] = here if len(here) <= 1 else frozenset().union(*reached)
            waiting.pop()
        return self.known[left]

    def _leaving(self, left: frozenset[str]) -> list[frozenset[str]]:
        """The sets that may be struck out next."""
        if len(left) <= 1:
            return []
        scores = _first_places(self.profile, left)
        without = frozenset(option for option, votes in scores.items() if not votes)
        if without and without != left:
            return [without]
        fewest = min(scores.values())
        return [frozenset((option,)) for option in self.profile.ids if option in left and scores[option] == fewest]

    def _rounds(self, left: frozenset[str]) -> list[Mapping[str, object]]:
        """The rounds of the first way, in the order of the options; a tie is named where it was met."""
        found: list[Mapping[str, object]] = []
        while left:
            scores = _first_places(self.profile, left)
            leaving = self._leaving(left)
            row: dict[str, object] = {"scores": {option: plain(votes) for option, votes in scores.items()}}
            if leaving:
                row["out"] = sorted(leaving[0])
            if len(leaving) > 1:
                row["tied"] = sorted(option for each in leaving for option in each)
            found.append(row)
            left = left - leaving[0] if leaving else frozenset()
        return found


def _order_of_leaving(
    rounds: list[Mapping[str, object]], ids: tuple[str, ...], winners: frozenset[str]
) -> tuple[tuple[str, ...], ...]:
    """The winners first, then the others from the last to the first who left."""
    gone = [tuple(option for option in ids if option in row.get("out", ())) for row in rounds]  # type: ignore[operator]
    others = [tuple(option for option in group if option not in winners) for group in reversed(gone)]
    return (tuple(option for option in ids if option in winners), *(group for group in others if group))
