"""Labels as flags on poles: where each hangs, so that none lies on another or on another's pole. Pure geometry.

A flag begins at its pole and runs to the right. Where it would reach the next pole, it hangs in a row further away,
and its own pole passes to the left of all flags that hang nearer: what lies to its right began to its right.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

GAP = 14.0
"""Free space between a flag and the next one in its row."""


@dataclass(frozen=True)
class Flag:
    """What must be free for a label: from `left` to `right` in the first row, to `right_below` in further ones."""

    left: float
    right: float
    right_below: float
    height: float


def hang(flags: Sequence[Flag]) -> tuple[int, ...]:
    """The row of each flag, 0 nearest to the stations; the flags come ordered by `left`."""
    rows: list[int] = []
    for number in reversed(range(len(flags))):
        later = flags[number + 1 :]
        rows.insert(0, _row(flags[number], later, rows))
    return tuple(rows)


def _row(flag: Flag, later: Sequence[Flag], rows_of_later: Sequence[int]) -> int:
    if not later or flag.right + GAP <= later[0].left:
        return 0
    in_the_way = [row for other, row in zip(later, rows_of_later, strict=True) if other.left < flag.right_below + GAP]
    return 1 + max(in_the_way)


def row_offsets(flags: Iterable[Flag], rows: Sequence[int], gap: float) -> tuple[float, ...]:
    """How far below the first row each row begins, and at last where they all end; `gap` lies between two rows."""
    heights = [0.0] * (max(rows, default=-1) + 1)
    for flag, row in zip(flags, rows, strict=True):
        heights[row] = max(heights[row], flag.height)
    return (0.0, *accumulate(height + gap for height in heights))


def spread(positions: Sequence[float], distance: float) -> tuple[float, ...]:
    """The positions, moved to the right as little as needed so that neighbours are `distance` apart; ordered."""
    placed: list[float] = []
    for position in positions:
        placed.append(max(position, placed[-1] + distance) if placed else position)
    return tuple(placed)
