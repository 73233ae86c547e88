"""The matrix of cases and columns (gaps or domains), and how often a change of legal domain worked. Pure.

What may be told outside the coordination follows DP-11: no sum below the smallest cell.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.cases.rules import BREAK, BRIDGE, TransitionNumbers
from knowledge.gaps.suppression import smallest_cell


class Mark(StrEnum):
    """What a case shows in a column."""

    BREAK = "break"
    BRIDGE = "bridge"
    BOTH = "both"
    OTHER = "other"


class Axis(StrEnum):
    """What the columns are; the values stand in the address."""

    GAPS = "fehlstellen"
    LIFE_DOMAINS = "lebensbereiche"
    LEGAL_DOMAINS = "rechtskreise"


@dataclass(frozen=True)
class Sighting:
    """A station of a case that belongs to a column, with its assessment."""

    case_id: int
    column: str
    assessment: str


@dataclass(frozen=True)
class Sum:
    """How many cases show something in a column, or in how many columns a case does; both counts for both."""

    total: int = 0
    breaks: int = 0
    bridges: int = 0


@dataclass(frozen=True)
class Matrix:
    """Marks by case and column, with sums. `columns` are ordered, the ones with most cases first; `empty` have none."""

    columns: tuple[str, ...]
    empty: tuple[str, ...]
    marks: Mapping[int, Mapping[str, Mark]]
    of_column: Mapping[str, Sum]
    of_case: Mapping[int, Sum]


def mark_of(assessments: Collection[str]) -> Mark:
    """One mark for all stations of a case in a column."""
    if BREAK in assessments and BRIDGE in assessments:
        return Mark.BOTH
    if BREAK in assessments:
        return Mark.BREAK
    return Mark.BRIDGE if BRIDGE in assessments else Mark.OTHER


def matrix(sightings: Iterable[Sighting], case_ids: Sequence[int], expected: Collection[str] = ()) -> Matrix:
    """The matrix over these cases; `expected` are columns that are shown although nothing was seen in them."""
    seen: dict[int, dict[str, set[str]]] = {case_id: {} for case_id in case_ids}
    for each in sightings:
        if each.case_id in seen:
            seen[each.case_id].setdefault(each.column, set()).add(each.assessment)
    marks = {case_id: {column: mark_of(of) for column, of in row.items()} for case_id, row in seen.items()}
    of_column = _column_sums(marks)
    columns = tuple(sorted(of_column, key=lambda column: (-of_column[column].total, column)))
    return Matrix(
        columns=columns,
        empty=tuple(column for column in expected if column not in of_column),
        marks=marks,
        of_column=of_column,
        of_case={case_id: _sum(row.values()) for case_id, row in marks.items()},
    )


def _column_sums(marks: Mapping[int, Mapping[str, Mark]]) -> dict[str, Sum]:
    found: dict[str, list[Mark]] = {}
    for row in marks.values():
        for column, mark in row.items():
            found.setdefault(column, []).append(mark)
    return {column: _sum(of) for column, of in found.items()}


def _sum(marks: Iterable[Mark]) -> Sum:
    counts = Counter(marks)
    both = counts[Mark.BOTH]
    return Sum(counts.total(), counts[Mark.BREAK] + both, counts[Mark.BRIDGE] + both)


class Telling(StrEnum):
    """How much of a transition's numbers may be told."""

    ALL = "all"
    TOTAL = "total"
    FEWER = "fewer"


def telling(numbers: TransitionNumbers, min_cell: int, in_coordination: bool) -> Telling:
    """Everything for the coordination; for others no number between zero and the smallest cell, nor the rest to it."""
    cell = smallest_cell(min_cell)
    if in_coordination:
        return Telling.ALL
    if numbers.total < cell:
        return Telling.FEWER
    parts = (numbers.bridges, numbers.breaks, numbers.other)
    return Telling.TOTAL if any(0 < part < cell for part in parts) else Telling.ALL
