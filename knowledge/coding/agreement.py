"""How far two people agree: counts first, and Krippendorff's alpha for nominal data as an exact fraction. Pure.

Source of the coefficient and of the examples in the tests: Krippendorff, “Computing Krippendorff's Alpha-Reliability”
(2011).
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Counts:
    """Of how many units both, only the first, only the second, or neither said that a category fits."""

    both: int = 0
    only_first: int = 0
    only_second: int = 0
    neither: int = 0

    @property
    def units(self) -> int:
        """All units."""
        return self.both + self.only_first + self.only_second + self.neither

    @property
    def used(self) -> bool:
        """Whether anybody used the category."""
        return bool(self.both or self.only_first or self.only_second)


def counts(first: Sequence[bool], second: Sequence[bool]) -> Counts:
    """The four numbers over the same units; ValueError if they are not the same."""
    pairs = Counter(zip(first, second, strict=True))
    return Counts(pairs[True, True], pairs[True, False], pairs[False, True], pairs[False, False])


def alpha_of(counted: Counts) -> Fraction | None:
    """Alpha of two people who judged every unit."""
    return alpha(
        [(1, 1)] * counted.both
        + [(1, 0)] * counted.only_first
        + [(0, 1)] * counted.only_second
        + [(0, 0)] * counted.neither
    )


def alpha(units: Sequence[Sequence[Hashable | None]]) -> Fraction | None:
    """Krippendorff's alpha for nominal data: 1 is full agreement, 0 what chance would bring.

    Each unit lists what each person said of it, None where somebody said nothing; units with fewer than two values
    do not count. None where alpha is not defined: no such units, or only one value in all of them.
    """
    pairable = [[value for value in unit if value is not None] for unit in units]
    pairable = [unit for unit in pairable if len(unit) >= 2]
    values = Counter(value for unit in pairable for value in unit)
    total = sum(values.values())
    expected = total * total - sum(number * number for number in values.values())
    if expected == 0:
        return None
    observed = sum((_disagreement(unit) for unit in pairable), Fraction(0))
    return 1 - (total - 1) * observed / expected


def _disagreement(unit: Sequence[Hashable]) -> Fraction:
    """The pairs of unequal values of a unit, each value weighing as if it were one."""
    same = sum(number * number for number in Counter(unit).values())
    return Fraction(len(unit) * len(unit) - same, len(unit) - 1)
