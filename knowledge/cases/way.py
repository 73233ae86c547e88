"""The line that follows a person from station to station in the timeline's picture. Pure geometry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

CORNER = 12.0
_STEP = 6.0
_NEAR_END = 16.0


@dataclass(frozen=True)
class Point:
    """A place in the picture, in CSS pixels."""

    x: float
    y: float


@dataclass(frozen=True)
class Obstacle:
    """An area that the line had better not cross: a label, a sign, a dashed line."""

    left: float
    top: float
    right: float
    bottom: float

    def is_crossed_at(self, x: float, top: float, bottom: float) -> bool:
        """Whether a vertical line at `x` between the two heights runs through the area."""
        return self.left < x < self.right and self.top < bottom and top < self.bottom


def way(points: Sequence[Point], obstacles: Sequence[Obstacle] = ()) -> str:
    """SVG path data through all points: along the lanes, changing lane where the fewest labels are in the way."""
    if not points:
        return ""
    legs = "".join(_leg(start, end, obstacles) for start, end in pairwise(points))
    return f"M{points[0].x:g} {points[0].y:g}{legs}"


def _leg(start: Point, end: Point, obstacles: Sequence[Obstacle]) -> str:
    if start.y == end.y:
        return f"H{end.x:g}"
    change = _best_change(start, end, obstacles)
    return _corner(start.x, start.y, change, end.y, end.x)


def _best_change(start: Point, end: Point, obstacles: Sequence[Obstacle]) -> float:
    """Where to change lane: the fewest obstacles crossed, then nearest to the station that comes."""
    top, bottom = sorted((start.y, end.y))

    def crossed(x: float) -> tuple[int, float]:
        return sum(each.is_crossed_at(x, top + 1, bottom - 1) for each in obstacles), abs(end.x - x)

    return min(_candidates(start.x, end.x), key=crossed)


def _candidates(start: float, end: float) -> Iterable[float]:
    """Places between the two stations, and that of the coming one itself."""
    yield end
    room = end - start - 2 * _NEAR_END
    if room >= 0:
        yield from (end - _NEAR_END - number * _STEP for number in range(int(room / _STEP) + 1))


def _corner(x: float, y: float, change: float, to_y: float, to_x: float) -> str:
    """Along the lane to `change`, with a round corner into the other lane, and along that one."""
    down = 1 if to_y > y else -1
    first = min(CORNER, abs(change - x), abs(to_y - y) / 2)
    second = min(CORNER, abs(to_x - change), abs(to_y - y) / 2)
    turn = 1 if change >= x else -1
    onward = 1 if to_x >= change else -1
    return (
        f"H{change - turn * first:g}Q{change:g} {y:g} {change:g} {y + down * first:g}"
        f"V{to_y - down * second:g}Q{change:g} {to_y:g} {change + onward * second:g} {to_y:g}H{to_x:g}"
    )
