"""Measurements as aligned lines for people."""

from collections.abc import Iterable, Sequence


def table(titles: Sequence[str], rows: Iterable[Sequence[str]], words: int = 1) -> list[str]:
    """Aligned lines; the first `words` columns are words, the others figures."""
    cells = [list(titles), *map(list, rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(titles))]
    return ["  " + "  ".join(_aligned(row, widths, words)).rstrip() for row in cells]


def _aligned(row: Sequence[str], widths: Sequence[int], words: int) -> list[str]:
    return [
        cell.ljust(width) if place < words else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
