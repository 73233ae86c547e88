"""From marks to an order: mean and spread per topic and criterion, the weighted score, the order under other weights.

Exact fractions. score = Σ weight × mean ÷ (4 × Σ weight) × 100, over the criteria to which anybody could say something.
Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from meetings.scoring.rules import MOST_WEIGHT, Key, Marks, ScoringRule

Weights = Mapping[str, int]
FAR = 2
"""So many steps from the middle are far."""


@dataclass(frozen=True)
class Cell:
    """What the organisations say to one criterion of one topic: their marks in order, and how many cannot say."""

    marks: tuple[int, ...] = ()
    unknown: int = 0

    @property
    def number(self) -> int:
        """How many gave a mark."""
        return len(self.marks)

    @property
    def lowest(self) -> int:
        """The lowest mark; 0 if there is none."""
        return self.marks[0] if self.marks else 0

    @property
    def highest(self) -> int:
        """The highest mark; 0 if there is none."""
        return self.marks[-1] if self.marks else 0

    @property
    def mean(self) -> Fraction | None:
        """The mean of the marks; None without any."""
        return Fraction(sum(self.marks), len(self.marks)) if self.marks else None

    @property
    def middle(self) -> Fraction:
        """The median."""
        return Fraction(median(self.marks)) if self.marks else Fraction(0)

    @property
    def far(self) -> int:
        """How many organisations lie two steps or more from the middle one (the median)."""
        return sum(abs(mark - self.middle) >= FAR for mark in self.marks)

    @property
    def share(self) -> Fraction:
        """The share of those who lie far from the middle."""
        return Fraction(self.far, len(self.marks)) if self.marks else Fraction(0)

    @property
    def disputed(self) -> bool:
        """Whether this is worth a talk: one in four lies far from the middle."""
        return self.far > 0 and 4 * self.far >= self.number

    def counts(self, highest: int) -> tuple[int, ...]:
        """How often each mark was given, from 0 up."""
        return tuple(self.marks.count(mark) for mark in range(highest + 1))


def cells_of(rule: ScoringRule, sheets: Iterable[Marks]) -> dict[Key, Cell]:
    """The marks of all sheets by topic and criterion."""
    given = list(sheets)
    found = {}
    for topic in rule.topics:
        for criterion in rule.criteria:
            key = (topic.id, criterion.key)
            answers = [sheet[key] for sheet in given if key in sheet]
            marks = sorted(mark for mark in answers if mark is not None)
            found[key] = Cell(tuple(marks), answers.count(None))
    return found


def score_of(rule: ScoringRule, cells: Mapping[Key, Cell], topic: str, weights: Weights) -> Fraction | None:
    """0 to 100; None where nobody could say anything to a criterion that counts."""
    total = over = Fraction(0)
    for criterion in rule.criteria:
        mean, weight = cells[topic, criterion.key].mean, weights.get(criterion.key, 0)
        if mean is not None and weight:
            total += weight * mean
            over += weight * rule.highest
    return 100 * total / over if over else None


@dataclass(frozen=True)
class Order:
    """The topics under some weights: their scores, and groups of equals, the highest first; without a score last."""

    scores: Mapping[str, Fraction | None]
    groups: tuple[tuple[str, ...], ...]

    @property
    def first(self) -> tuple[str, ...]:
        """Who leads, several where they are equal; nobody where nothing has a score."""
        return self.groups[0] if self.groups and self.scores[self.groups[0][0]] is not None else ()


def order_of(rule: ScoringRule, cells: Mapping[Key, Cell], weights: Weights | None = None) -> Order:
    """The order under the rule's weights, or under others."""
    used = rule.weights if weights is None else weights
    scores = {topic.id: score_of(rule, cells, topic.id, used) for topic in rule.topics}
    levels = sorted({score for score in scores.values() if score is not None}, reverse=True)
    groups = [tuple(topic for topic, score in scores.items() if score == level) for level in levels]
    without = tuple(topic for topic, score in scores.items() if score is None)
    return Order(scores, (*groups, without) if without else tuple(groups))


@dataclass(frozen=True)
class Tip:
    """The nearest other weight of one criterion at which somebody else leads."""

    criterion: str
    weight: int
    first: tuple[str, ...]


def tips(rule: ScoringRule, cells: Mapping[Key, Cell]) -> tuple[Tip, ...]:
    """For each criterion the nearest whole weight from 0 to 10 that changes who leads, all others as they are.

    What does not occur is stable: no weight of this criterion changes the first place.
    """
    before = order_of(rule, cells).first
    found = []
    for criterion in rule.criteria:
        others = sorted(set(range(MOST_WEIGHT + 1)) - {criterion.weight}, key=lambda w: abs(w - criterion.weight))
        for weight in others:
            weights = {**rule.weights, criterion.key: weight}
            first = order_of(rule, cells, weights).first if any(weights.values()) else before
            if first != before:
                found.append(Tip(criterion.key, weight, first))
                break
    return tuple(found)


@dataclass(frozen=True)
class Variant:
    """The order under other weights. `kind`: all alike, one counting double, or one left out."""

    kind: str
    criterion: str
    order: Order


def variants(rule: ScoringRule, cells: Mapping[Key, Cell]) -> tuple[Variant, ...]:
    """The order if all criteria counted the same, if one counted double, if one were left out."""
    alike = Variant("alike", "", order_of(rule, cells, dict.fromkeys(rule.weights, 1)))
    found = [alike]
    for key, weight in rule.weights.items():
        found.append(Variant("double", key, order_of(rule, cells, {**rule.weights, key: 2 * weight})))
        if len(rule.criteria) > 1:
            found.append(Variant("without", key, order_of(rule, cells, {**rule.weights, key: 0})))
    return tuple(found)


def most_disputed(cells: Mapping[Key, Cell], number: int = 5) -> Sequence[Key]:
    """Where the organisations differ most: by the share far from the middle, then by the reach of the marks."""
    disputed = [key for key, cell in cells.items() if cell.disputed]
    return sorted(disputed, key=lambda key: (-cells[key].share, cells[key].lowest - cells[key].highest))[:number]
