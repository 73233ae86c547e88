"""The map of gaps as a drawing: a field per life domain and transition, darker where more gaps lie, with its number.

Pure; the unit is a pixel at full size.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.cases.lettering import wrap

RAIL, COLUMN, ROW, HEAD = 168.0, 50.0, 48.0, 206.0
SIZE = 14.0
STEPS = 5
"""So many shades there are; the number in the field says it exactly."""


@dataclass(frozen=True)
class Names:
    """The words of rows and columns."""

    rows: Mapping[str, str]
    columns: Mapping[str, str]

    def row_lines(self, key: str) -> tuple[str, ...]:
        """The name of a row, broken to fit its rail."""
        return wrap(self.rows[key], RAIL - 14, SIZE)

    def column_lines(self, key: str) -> tuple[str, ...]:
        """The name of a column, which stands upright, broken to fit the head."""
        return wrap(self.columns[key], HEAD - 16, SIZE)[:3]


@dataclass(frozen=True)
class Field:
    """One field: where it lies, how many gaps lie there, and its shade from 1 to `STEPS`."""

    row: str
    column: str
    x: float
    y: float
    number: int
    step: int


@dataclass(frozen=True)
class Heading:
    """The name of a row or a column in lines, with the middle of its place, and its sum."""

    key: str
    lines: tuple[str, ...]
    middle: float
    number: int


@dataclass(frozen=True)
class Heat:
    """The laid out map."""

    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    fields: tuple[Field, ...]
    head: float = HEAD

    @property
    def width(self) -> float:
        """Of the fields, without the rail of row names."""
        return len(self.columns) * COLUMN + 2

    @property
    def height(self) -> float:
        """Of the whole drawing."""
        return HEAD + len(self.rows) * ROW + 2


def lay_out(counts: Mapping[tuple[str, str], int], rows: Sequence[str], columns: Sequence[str], names: Names) -> Heat:
    """The map of these counts; `names` gives the words of rows and columns, which come in the order given."""
    most = max(counts.values(), default=1)
    return Heat(
        tuple(
            Heading(row, names.row_lines(row), HEAD + (i + 0.5) * ROW, sum(counts.get((row, c), 0) for c in columns))
            for i, row in enumerate(rows)
        ),
        tuple(
            Heading(
                column, names.column_lines(column), (j + 0.5) * COLUMN, sum(counts.get((r, column), 0) for r in rows)
            )
            for j, column in enumerate(columns)
        ),
        tuple(
            Field(row, column, j * COLUMN, HEAD + i * ROW, counts[row, column], shade(counts[row, column], most))
            for i, row in enumerate(rows)
            for j, column in enumerate(columns)
            if counts.get((row, column))
        ),
    )


def shade(number: int, most: int) -> int:
    """The shade of a number, from 1 for the smallest to `STEPS` for the largest."""
    return max(1, -(-number * STEPS // max(most, 1)))
