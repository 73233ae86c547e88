"""The second stage of ranking: how much of each query word occurs anywhere in a document, in groups of five letters.

It sees inside compounds that no dictionary can split and through typing errors. Pure; its cost depends on the number
of candidates, not on the size of the index.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

GROUP = 5
CANDIDATES = 40
WEIGHT = 1.5


class QueryWord(NamedTuple):
    """A word of the query with its rarity and the folded forms that may stand for it, each with a weight."""

    rarity: float
    forms: tuple[tuple[str, float], ...]


def groups(folded: str) -> tuple[str, ...]:
    """The five-letter groups of a word; a shorter word only matches as a whole."""
    if len(folded) < GROUP:
        return (f" {folded} ",)
    return tuple(folded[start : start + GROUP] for start in range(len(folded) - GROUP + 1))


class Coverage:
    """How much of a query a folded text covers."""

    def __init__(self, words: Iterable[QueryWord]) -> None:
        self._words = [(word.rarity, [(groups(form), weight) for form, weight in word.forms]) for word in words]
        self._total = sum(rarity for rarity, _ in self._words)

    def of(self, text: str) -> float:
        """0 for nothing to 1 for every letter group of every word; `text` is folded words between single blanks."""
        if not self._total:
            return 0.0
        covered = 0.0
        for rarity, forms in self._words:
            covered += rarity * max(weight * sum(map(text.__contains__, found)) / len(found) for found, weight in forms)
        return covered / self._total


def rerank(found: Sequence[tuple[int, float, str]], words: Iterable[QueryWord]) -> list[tuple[int, float]]:
    """(document, score) of the first stage's (document, score, folded text), best first and in a new order."""
    if not found:
        return []
    coverage = Coverage(words)
    top = found[0][1]
    scored = [(document, score / top + WEIGHT * coverage.of(text)) for document, score, text in found]
    return sorted(scored, key=lambda pair: -pair[1])
