"""Two drawings of one column each: how many gaps stand in each state of their life, and for how long they have stood.

Pure; the unit is a pixel at full size. Each is laid out for a width, once for wide screens and paper, once for phones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low, quantiles

WAY = (
    "reported", "in_review", "topic_store", "submitted", "prioritised", "in_project", "implementing", "monitoring",
    "resolved",
)  # fmt: skip
"""The straight way of a gap; the other states are turns off it."""

WIDE, NARROW = 1080.0, 328.0
LABELS_BESIDE = 700.0
"""From this width on the names stand beside the bars, else above them."""

RAIL, NUMBER = 300.0, 52.0
FEW = 3
"""So few gaps are shown one by one; a box of them would say nothing."""

DAYS_PER_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Bar:
    """One state: the place of its name, and the bar with its number."""

    key: str
    number: int
    name_x: float
    name_y: float
    x: float
    y: float
    width: float
    height: float
    is_turn: bool


@dataclass(frozen=True)
class Bars:
    """The laid out states."""

    bars: tuple[Bar, ...]
    width: float
    height: float
    parting: float
    """The height at which the turns begin."""


@dataclass(frozen=True)
class Spread:
    """How long the gaps of a state have stood there, in days: the extremes, the middle half, the median."""

    number: int
    least: int
    low: float
    median: int
    high: float
    most: int


@dataclass(frozen=True)
class Box:
    """One state: the place of its name, and the spread as places on the axis of time; `dots` are few gaps each."""

    key: str
    spread: Spread
    name_x: float
    name_y: float
    y: float
    height: float
    least: float
    low: float
    median: float
    high: float
    most: float
    dots: tuple[float, ...] = ()


@dataclass(frozen=True)
class Tick:
    """A mark on the axis of time."""

    x: float
    months: int


@dataclass(frozen=True)
class Boxes:
    """The laid out ages."""

    boxes: tuple[Box, ...]
    ticks: tuple[Tick, ...]
    width: float
    height: float
    top: float


def in_life_order(states: Sequence[str]) -> list[str]:
    """The straight way first, then the turns in the order given."""
    return [*(state for state in WAY if state in states), *(state for state in states if state not in WAY)]


def lay_out_states(counts: Mapping[str, int], states: Sequence[str], width: float) -> Bars:
    """A bar for each state, also for those where no gap stands."""
    beside = width >= LABELS_BESIDE
    left, step = (RAIL, 38.0) if beside else (0.0, 58.0)
    longest, most = width - left - NUMBER, max(counts.values(), default=1) or 1
    bars: list[Bar] = []
    y, parting = 4.0, 0.0
    for state in in_life_order(states):
        if state not in WAY and not parting:
            parting, y = y + 4, y + 22
        number = counts.get(state, 0)
        top = y if beside else y + 22
        name_y = y + 20 if beside else y + 14
        bars.append(Bar(state, number, 0, name_y, left, top, longest * number / most, 28, state not in WAY))
        y += step
    return Bars(tuple(bars), width, y + 4, parting)


def spread_of(days: Sequence[int]) -> Spread:
    """The spread of at least one age."""
    ordered = sorted(days)
    low, _middle, high = quantiles(ordered, n=4, method="inclusive") if len(ordered) > 1 else (ordered[0],) * 3
    return Spread(len(ordered), ordered[0], low, median_low(ordered), high, ordered[-1])


def lay_out_ages(ages: Mapping[str, Sequence[int]], states: Sequence[str], width: float) -> Boxes:
    """A box for each state in which gaps stand."""
    beside = width >= LABELS_BESIDE
    left, step = (RAIL, 44.0) if beside else (8.0, 64.0)
    spreads = {state: spread_of(ages[state]) for state in in_life_order(states) if ages.get(state)}
    longest = max((spread.most for spread in spreads.values()), default=1)
    ticks = _ticks(longest)
    scale = (width - left - 16) / max(longest, ticks[-1] * DAYS_PER_MONTH, 1)
    top = 30.0
    boxes = []
    for number, (state, spread) in enumerate(spreads.items()):
        y = top + number * step
        days = (spread.least, spread.low, spread.median, spread.high, spread.most)
        least, low, median, high, most = (left + each * scale for each in days)
        dots = tuple(left + days * scale for days in sorted(ages[state])) if spread.number <= FEW else ()
        name_y, box_y = (y + 25, y + 10) if beside else (y + 18, y + 28)
        boxes.append(Box(state, spread, 0, name_y, box_y, 24, least, low, median, high, most, dots))
    marks = tuple(Tick(left + months * DAYS_PER_MONTH * scale, months) for months in ticks)
    return Boxes(tuple(boxes), marks, width, top + len(spreads) * step + 6, top)


def _ticks(longest: int) -> list[int]:
    """Months to mark, at most six of them, the last one not before the oldest."""
    months = max(1.0, -(-longest // DAYS_PER_MONTH))
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if months / step <= 5)
    return [step * number for number in range(int(-(-months // step)) + 1)]
