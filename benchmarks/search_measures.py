"""The arithmetic of the search benchmark: nDCG, reciprocal rank, recall, and whether a difference may be chance.

Pure. A ranking is a list of keys, best first; what is right is a set of keys, all equally right.
"""

import math
import random
from collections.abc import Collection, Sequence
from typing import NamedTuple


class Quality(NamedTuple):
    """Means over all questions, each from 0 to 1."""

    ndcg: float
    mrr: float
    recall_10: float
    recall_100: float


def ndcg(ranking: Sequence[str], right: Collection[str], depth: int = 10) -> float:
    """Discounted gain of the first `depth`, as a share of what a perfect ranking would have; 0 if nothing is right."""
    gained = sum(1 / math.log2(place + 2) for place, key in enumerate(ranking[:depth]) if key in right)
    ideal = sum(1 / math.log2(place + 2) for place in range(min(depth, len(right))))
    return gained / ideal if ideal else 0.0


def reciprocal_rank(ranking: Sequence[str], right: Collection[str], depth: int = 10) -> float:
    """1 through the place of the first right key among the first `depth`; 0 if there is none."""
    return next((1 / (place + 1) for place, key in enumerate(ranking[:depth]) if key in right), 0.0)


def recall(ranking: Sequence[str], right: Collection[str], depth: int) -> float:
    """The share of the right keys that stand among the first `depth`; 0 if nothing is right."""
    return len(set(ranking[:depth]) & set(right)) / len(right) if right else 0.0


def quality(rankings: Sequence[Sequence[str]], right: Sequence[Collection[str]]) -> Quality:
    """The means over all questions; zeros for none."""
    pairs = list(zip(rankings, right, strict=True))
    return Quality(
        mean([ndcg(*pair) for pair in pairs]),
        mean([reciprocal_rank(*pair) for pair in pairs]),
        mean([recall(*pair, 10) for pair in pairs]),
        mean([recall(*pair, 100) for pair in pairs]),
    )


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean; 0.0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def chance(ours: Sequence[float], theirs: Sequence[float], turns: int = 2_000, seed: int = 20261123) -> float:
    """How likely a mean difference at least this large is if each question could as well have gone to the other.

    The paired randomisation test (Smucker and others, CIKM 2007), two-sided, by `turns` random swaps.
    """
    differences = [one - other for one, other in zip(ours, theirs, strict=True) if one != other]
    if not differences:
        return 1.0
    seen = abs(sum(differences)) - 1e-9
    dice = random.Random(seed)
    larger = sum(abs(sum(each if dice.random() < 0.5 else -each for each in differences)) >= seen for _ in range(turns))
    return (larger + 1) / (turns + 1)
