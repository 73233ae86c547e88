"""Which counts of cases may be told outside the coordination (DP-11). Pure; every page that tells of cases asks here.

The rule has two halves, and needs both:

1. The cases of *one* gap are told exactly from the smallest cell on, below it only that they are fewer.
2. The cases of several gaps *together* (a topic, what led to a decision, the gaps of a filter) are never told exactly:
   gaps share cases, so that a sum beside its parts is a count of the cases that the parts do not share. What is told is
   a lower bound that the reader already has: that of the part with the most cases; without such a part only whether the
   smallest cell is reached.

From whatever filters and totals are looked at side by side, no number of cases between zero and the smallest cell can
then be computed; tests/knowledge/gaps/test_suppression.py tries it by brute force. Counts of gaps are no counts of
cases and need none of this.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

LEAST_CELL = 3
"""A tenant may ask for more, not for less: with a smallest cell of 2 „fewer“ would mean none or one, and two such parts
that reach 2 together would each have exactly one."""


class Precision(StrEnum):
    """How exactly a count is told."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    FEWER = "fewer"


@dataclass(frozen=True)
class Told:
    """What a reader is told of a count: that it is `number`, at least `number`, or fewer than `number`."""

    precision: Precision
    number: int


def smallest_cell(min_cell: int) -> int:
    """The smallest count that may be told, from the tenant's setting."""
    return max(min_cell, LEAST_CELL)


def told_alone(cases: int, min_cell: int, in_coordination: bool) -> Told:
    """The cases behind one gap. Zero is told like any small count, for it is one."""
    cell = smallest_cell(min_cell)
    if in_coordination or cases >= cell:
        return Told(Precision.EXACT, cases)
    return Told(Precision.FEWER, cell)


def told_together(cases: int, parts: Iterable[int], min_cell: int, in_coordination: bool) -> Told:
    """The distinct cases behind several gaps; `parts` are the counts of those that the reader may read, each alone.

    One part is no sum and is told like one gap.
    """
    counts = list(parts)
    if in_coordination:
        return Told(Precision.EXACT, cases)
    if len(counts) == 1:
        return told_alone(counts[0], min_cell, in_coordination)
    cell = smallest_cell(min_cell)
    if cases < cell:
        return Told(Precision.FEWER, cell)
    return Told(Precision.AT_LEAST, max([cell, *(count for count in counts if count >= cell)]))
