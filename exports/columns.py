"""Tables without columns in which nothing stands: an empty column reads like a form that nobody filled in. Pure."""

from collections.abc import Sequence
from typing import TypeVar

Head = TypeVar("Head")
Cell = TypeVar("Cell")


def told_columns(
    heads: Sequence[Head], rows: Sequence[Sequence[Cell]]
) -> tuple[list[Head], list[tuple[Cell, ...]], list[int]]:
    """Heads and rows without the columns that are empty in every row, and the places of those that stay.

    The first column always stays; without rows all do.
    """
    places = [place for place in range(len(heads)) if place == 0 or not rows or any(row[place] for row in rows)]
    return [heads[place] for place in places], [tuple(row[place] for place in places) for row in rows], places
