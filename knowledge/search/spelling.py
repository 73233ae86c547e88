"""Typing errors: the nearest words that stand in what a person may read.

Distance is optimal string alignment: an insertion, deletion, replacement or swap of neighbours is one edit.
"""

from collections.abc import Callable, Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 5
TWO_EDITS_FROM = 8
MOST = 3


def nearest(
    folded: str, vocabularies: Iterable[Mapping[int, list[str]]], frequency: Callable[[str], int]
) -> list[tuple[str, int]]:
    """Up to three (word, edits) from the vocabularies (words grouped by length), all at the least distance.

    The most frequent come first. A word whose `frequency` is 0 does not exist: it stands in hidden documents only.
    One edit below eight letters, two from there; words under five letters are not corrected.
    """
    return choose(near(folded, vocabularies), frequency)


def near(folded: str, vocabularies: Iterable[Mapping[int, list[str]]]) -> dict[str, int]:
    """All words of the vocabularies that are near enough, with their edits."""
    if len(folded) < SHORTEST:
        return {}
    most = 1 if len(folded) < TWO_EDITS_FROM else 2
    return {word: edits for vocabulary in vocabularies for word, edits in _near(folded, vocabulary, most)}


def choose(words: Mapping[str, int], frequency: Callable[[str], int]) -> list[tuple[str, int]]:
    """The ones of these (with their edits) that `nearest` gives."""
    ranked = sorted((edits, -frequency(word), word) for word, edits in words.items())
    ranked = [entry for entry in ranked if entry[1]]
    return [(word, edits) for edits, _, word in ranked if edits == ranked[0][0]][:MOST]


def weight(edits: int, rank: int) -> float:
    """What a correction counts: 0.9 for one edit, 0.6 for two, falling with its rank (from 0)."""
    return (0.9 if edits == 1 else 0.6) / (rank + 1)


def _near(folded: str, vocabulary: Mapping[int, list[str]], most: int) -> Iterable[tuple[str, int]]:
    for length in range(len(folded) - most, len(folded) + most + 1):
        words = vocabulary.get(length, [])
        for word, edits, _ in process.extract(folded, words, scorer=OSA.distance, score_cutoff=most, limit=None):
            yield word, int(edits)
