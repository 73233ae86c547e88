"""When a ballot may be called secret, and what a count would give away. Numbers only, no wording."""

from collections.abc import Collection
from enum import StrEnum

FEWEST = 5
"""So many must be entitled before a secret poll opens, and so many must have voted before it is counted (voting §4)."""


class Obstacle(StrEnum):
    """Why a poll cannot be secret."""

    TOO_FEW = "too_few"
    WEIGHTS = "weights"
    TELLERS = "tellers"


def obstacle(weights: Collection[int], tellers: int = 0, tellers_ready: int = 0) -> Obstacle | None:
    """What stands against opening: too few entitled, weights by which a ballot is known, tellers not ready.

    Weights must be equal. That five share each of them is not enough: of one class perhaps only one votes.
    """
    if len(weights) < FEWEST:
        return Obstacle.TOO_FEW
    if len(set(weights)) > 1:
        return Obstacle.WEIGHTS
    return Obstacle.TELLERS if tellers_ready < tellers else None


def may_open(envelopes: int) -> bool:
    """Whether so many envelopes may be opened; fewer than five ballots would tell too much."""
    return envelopes >= FEWEST
