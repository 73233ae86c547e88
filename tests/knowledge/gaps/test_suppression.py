"""Nobody outside the coordination can compute a small number of cases from what any filters and totals show."""

from collections.abc import Iterator
from functools import cache
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.gaps.suppression import Precision, Told, smallest_cell, told_alone, told_together

Atoms = tuple[int, ...]
"""How many cases lie in each part of the diagram of some gaps: one part per non-empty set of gaps."""

MOST = 9
"""So many cases a gap has at most here; no part of the diagram can then have more."""


def parts_of(gaps: int) -> list[frozenset[int]]:
    """The parts of the diagram of so many gaps: the cases of exactly these gaps, and of no other."""
    return [frozenset(chosen) for size in range(1, gaps + 1) for chosen in combinations(range(gaps), size)]


def alone(atoms: Atoms, gaps: int, gap: int) -> int:
    return sum(number for number, part in zip(atoms, parts_of(gaps), strict=True) if gap in part)


def together(atoms: Atoms, gaps: int, chosen: frozenset[int]) -> int:
    return sum(number for number, part in zip(atoms, parts_of(gaps), strict=True) if part & chosen)


def everything_shown(atoms: Atoms, gaps: int, min_cell: int) -> tuple[Told, ...]:
    """What all pages tell: each gap, and every filter that takes in several of them, the total among these."""
    singles = [alone(atoms, gaps, gap) for gap in range(gaps)]
    filters = [part for part in parts_of(gaps) if len(part) > 1]
    return (
        *(told_alone(cases, min_cell, False) for cases in singles),
        *(
            told_together(together(atoms, gaps, part), [singles[gap] for gap in sorted(part)], min_cell, False)
            for part in filters
        ),
    )


@cache
def worlds(gaps: int, min_cell: int) -> dict[tuple[Told, ...], list[Atoms]]:
    """All countings with up to `MOST` cases a gap, by what they show: who sees the pages cannot tell them apart."""
    found: dict[tuple[Told, ...], list[Atoms]] = {}
    for atoms in product(range(MOST + 1), repeat=2**gaps - 1):
        if all(alone(atoms, gaps, gap) <= MOST for gap in range(gaps)):
            found.setdefault(everything_shown(atoms, gaps, min_cell), []).append(atoms)
    return found


def definable(parts: int) -> Iterator[tuple[int, ...]]:
    """Every set of cases that can be put together from parts: unions, shares, differences, complements."""
    for size in range(1, parts + 1):
        yield from combinations(range(parts), size)


def computed(alike: list[Atoms]) -> set[int]:
    """The counts that are the same in all these worlds, hence known to whoever sees the pages."""
    sums = (({sum(atoms[place] for place in chosen) for atoms in alike}) for chosen in definable(len(alike[0])))
    return {next(iter(values)) for values in sums if len(values) == 1}


@pytest.mark.parametrize("min_cell", [1, 2, 3, 4])
def test_no_two_filters_with_their_totals_and_differences_give_a_small_count_away(min_cell: int) -> None:
    cell = smallest_cell(min_cell)
    for alike in worlds(2, min_cell).values():
        assert not {count for count in computed(alike) if 0 < count < cell}, alike[0]


@given(st.lists(st.integers(0, 4), min_size=7, max_size=7))
def test_neither_do_three_filters(atoms: list[int]) -> None:
    shown = everything_shown(tuple(atoms), 3, 3)
    alike = [other for other in nearby(tuple(atoms)) if everything_shown(other, 3, 3) == shown]
    assert not {count for count in computed([tuple(atoms), *alike]) if 0 < count < 3}


def nearby(atoms: Atoms) -> Iterator[Atoms]:
    """Countings that differ by at most one case in each part: enough to doubt every small count."""
    for change in product((-1, 0, 1), repeat=len(atoms)):
        other = tuple(number + step for number, step in zip(atoms, change, strict=True))
        if min(other) >= 0:
            yield other


def test_telling_sums_exactly_would_give_a_small_count_away() -> None:
    """What the rule is for: two gaps with 3 cases each and 4 together have 1 case each that the other does not have."""
    assert told_together(4, [3, 3], 3, False) == Told(Precision.AT_LEAST, 3)


@given(st.integers(0, 9), st.integers(0, 6))
def test_one_gap_is_told_exactly_from_the_smallest_cell_on(cases: int, min_cell: int) -> None:
    cell = max(3, min_cell)
    told = told_alone(cases, min_cell, False)
    assert told == (Told(Precision.EXACT, cases) if cases >= cell else Told(Precision.FEWER, cell))


@given(st.lists(st.integers(0, 9), min_size=2), st.integers(0, 30), st.integers(1, 6))
def test_a_sum_tells_no_more_than_its_parts_and_whether_the_smallest_cell_is_reached(
    parts: list[int], more: int, min_cell: int
) -> None:
    cases = max(parts) + more
    told = told_together(cases, parts, min_cell, False)
    assert told.precision != Precision.EXACT
    assert told.number in {smallest_cell(min_cell), *(part for part in parts if part >= smallest_cell(min_cell))}
    assert cases < told.number if told.precision == Precision.FEWER else cases >= told.number


@given(st.integers(0, 9), st.lists(st.integers(0, 9)), st.integers(0, 6))
def test_the_coordination_is_told_every_count(cases: int, parts: list[int], min_cell: int) -> None:
    assert (
        told_alone(cases, min_cell, True) == told_together(cases, parts, min_cell, True) == Told(Precision.EXACT, cases)
    )


def test_one_part_is_no_sum() -> None:
    assert told_together(4, [4], 3, False) == Told(Precision.EXACT, 4)
    assert told_together(2, [2], 3, False) == Told(Precision.FEWER, 3)
