"""The interfaces as a drawing: agencies around a ring, a line between two wherever gaps lie between them.

Pure and the same for the same counts; the unit is a pixel at full size. The agencies are put in an order that keeps
those with many gaps between them close together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import hypot, sqrt

WIDTH = 1000.0
LEADING = 27.0
"""Room for one name."""

LEAST_RADIUS = 190.0
MOST_LINES = 80
"""More lines cannot be told apart; the table has all."""

ROUNDS = 8
NUMBER_AT = 0.36
"""How far along a bow its number stands."""

Counts = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Agency:
    """An agency on the ring; its name stands to the left or to the right of it."""

    key: str
    x: float
    y: float
    number: int
    is_left: bool


@dataclass(frozen=True)
class Link:
    """The gaps between two agencies: the line, its width, and where its number stands."""

    one: str
    other: str
    number: int
    path: str
    width: float
    x: float
    y: float


@dataclass(frozen=True)
class Ring:
    """The laid out interfaces; `left_out` is how many weaker lines are not drawn."""

    agencies: tuple[Agency, ...]
    links: tuple[Link, ...]
    height: float
    left_out: int = 0
    width: float = WIDTH


def lay_out(pairs: Counts, agencies: Mapping[str, int]) -> Ring:
    """The ring of these agencies; `agencies` says in how many gaps each takes part, `pairs` how many two share."""
    strongest = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    drawn = dict(strongest[:MOST_LINES])
    placed = _placed(near_each_other(sorted(agencies), drawn), agencies)
    at = {agency.key: agency for agency in placed}
    links = [_link(at[one], at[other], number, _middle(len(placed))) for (one, other), number in drawn.items()]
    thin_first = sorted(links, key=lambda link: (link.number, link.one, link.other))
    return Ring(tuple(placed), tuple(thin_first), 2 * _middle(len(placed))[1], len(strongest) - len(drawn))


def near_each_other(agencies: Sequence[str], pairs: Counts) -> list[str]:
    """The agencies in an order around the ring in which strong pairs lie close: swaps, as long as they help."""
    beside: dict[str, list[tuple[str, int]]] = {key: [] for key in agencies}
    for (one, other), number in sorted(pairs.items()):
        beside[one].append((other, number))
        beside[other].append((one, number))
    place = {key: number for number, key in enumerate(agencies)}
    for _round in range(ROUNDS):
        swaps = [_swap_if_nearer(one, other, place, beside) for one, other in combinations(agencies, 2)]
        if not any(swaps):
            break
    return sorted(agencies, key=lambda key: place[key])


Beside = Mapping[str, Sequence[tuple[str, int]]]
"""With whom an agency shares gaps, and how many."""


def _swap_if_nearer(one: str, other: str, place: dict[str, int], beside: Beside) -> bool:
    before = _length(one, place, beside) + _length(other, place, beside)
    place[one], place[other] = place[other], place[one]
    if _length(one, place, beside) + _length(other, place, beside) < before:
        return True
    place[one], place[other] = place[other], place[one]
    return False


def _length(key: str, place: Mapping[str, int], beside: Beside) -> int:
    """How far an agency lies from those with whom it shares gaps, each step on the ring times their number."""
    steps = ((abs(place[key] - place[other]), number) for other, number in beside[key])
    return sum(min(step, len(place) - step) * number for step, number in steps)


def _radius(agencies: int) -> float:
    return max(LEAST_RADIUS, (agencies + 1) // 2 * LEADING / 2)


def _middle(agencies: int) -> tuple[float, float]:
    return WIDTH / 2, _radius(agencies) + 24


def _placed(order: Sequence[str], agencies: Mapping[str, int]) -> list[Agency]:
    """Down the right side, up the left one; evenly in height, so that every name has a line of its own."""
    on_the_right = (len(order) + 1) // 2
    right, left = order[:on_the_right], list(reversed(order[on_the_right:]))
    return [*_side(right, agencies, len(order), is_left=False), *_side(left, agencies, len(order), is_left=True)]


def _side(keys: Sequence[str], agencies: Mapping[str, int], everybody: int, *, is_left: bool) -> list[Agency]:
    radius, (x, y) = _radius(everybody), _middle(everybody)
    placed = []
    for number, key in enumerate(keys):
        up = radius - (number + 0.5) * 2 * radius / len(keys)
        across = sqrt(radius * radius - up * up)
        placed.append(Agency(key, x - across if is_left else x + across, y - up, agencies[key], is_left))
    return placed


def _link(one: Agency, other: Agency, number: int, middle: tuple[float, float]) -> Link:
    """A bow towards the middle, the deeper the further apart the two lie; its number stands near the lesser agency,
    for many bows meet at the greater one."""
    start, end = sorted((one, other), key=lambda agency: (agency.number, agency.key))
    bow_x, bow_y = _bow(start, end, middle)
    path = f"M{start.x:.1f} {start.y:.1f}Q{bow_x:.1f} {bow_y:.1f} {end.x:.1f} {end.y:.1f}"
    x, y = _on_bow(start.x, bow_x, end.x), _on_bow(start.y, bow_y, end.y)
    return Link(one.key, other.key, number, path, min(12.0, 1.2 + 1.8 * (number - 1)), x, y)


def _bow(start: Agency, end: Agency, middle: tuple[float, float]) -> tuple[float, float]:
    x, y = (start.x + end.x) / 2, (start.y + end.y) / 2
    far = hypot(start.x - end.x, start.y - end.y) / (2 * LEAST_RADIUS)
    pull = min(0.6, 0.2 + 0.5 * far)
    return x + (middle[0] - x) * pull, y + (middle[1] - y) * pull


def _on_bow(start: float, bow: float, end: float) -> float:
    """One coordinate of the point of the curve where its number stands."""
    return (1 - NUMBER_AT) ** 2 * start + 2 * (1 - NUMBER_AT) * NUMBER_AT * bow + NUMBER_AT**2 * end
