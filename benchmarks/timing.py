"""Summing up repeated measurements."""

from collections.abc import Collection


def quantile(values: Collection[float], share: float) -> float:
    """The smallest value that at least `share` (0–1) of the values do not exceed; 0.0 of nothing."""
    ordered = sorted(values)
    if not ordered:
        return 0.0
    place = -(-len(ordered) * share // 1)
    return ordered[max(0, int(place) - 1)]


def median(values: Collection[float]) -> float:
    """The lower median; 0.0 of nothing."""
    return quantile(values, 0.5)


def ratio(ours: float, theirs: float) -> float:
    """How many times theirs ours is; 0.0 if theirs could not be measured."""
    return ours / theirs if theirs else 0.0
