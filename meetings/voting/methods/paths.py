"""Why one option stands before another by Schulze: the strongest chain of won duels in each direction. Pure."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Margins = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Chain:
    """A chain of won duels; it is as strong as its weakest margin. Empty where there is none."""

    options: tuple[str, ...] = ()
    margins: tuple[int, ...] = ()

    @property
    def strength(self) -> int:
        """The weakest margin; 0 without a chain."""
        return min(self.margins, default=0)


@dataclass(frozen=True)
class Step:
    """Two options of neighbouring places with the strongest chain from the upper to the lower and the way back."""

    upper: str
    lower: str
    down: Chain
    back: Chain


def strongest_chain(duels: Margins, ids: Sequence[str], start: str, goal: str) -> Chain:
    """The chain with the greatest weakest margin; of equal ones the shortest, then the first in the options' order."""
    best: dict[str, Chain] = {start: Chain((start,))}
    for _length in ids:
        found = dict(best)
        for one, chain in best.items():
            for other in ids:
                margin = duels[one][other] - duels[other][one] if other != one else 0
                if margin <= 0 or other in chain.options or one == goal:
                    continue
                longer = Chain((*chain.options, other), (*chain.margins, margin))
                if other not in found or longer.strength > found[other].strength:
                    found[other] = longer
        if found == best:
            break
        best = found
    return best[goal] if goal in best and goal != start else Chain()


def steps_of(duels: Margins, ranking: Sequence[Sequence[str]]) -> tuple[Step, ...]:
    """For each place below the first: whom above it has the stronger chain to it, with both chains."""
    ids = [option for group in ranking for option in group]
    pairs = ((a, b) for above, below in itertools.pairwise(ranking) for a in above for b in below)
    steps = (Step(a, b, strongest_chain(duels, ids, a, b), strongest_chain(duels, ids, b, a)) for a, b in pairs)
    return tuple(step for step in steps if step.down.strength > step.back.strength)
