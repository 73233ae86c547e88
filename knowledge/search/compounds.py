"""Taking German compounds apart with a dictionary, in the manner of Koehn and Knight (EACL 2003).

Of all ways to cut a word into known nouns the best is the one with the highest mean of the nouns' log frequencies,
less a fine for every further part. Pure; where the nouns come from is the caller's choice.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from knowledge.search.analysis import fold

ENDINGS = ("", "s", "es", "n", "en", "er", "e", "ns", "ens")
SHORT_NOUNS = frozenset({"amt", "rat", "ort", "tag", "weg", "hof", "job", "zug", "bus", "bau", "not", "uni"})
"""Nouns of three letters that are worth finding in a compound; most others are found where they are not."""

SHORTEST_PART = 4
SHORTEST_COMPOUND = 7
MOST_PARTS = 4
FINE = 1.2

_ENDINGS_OF_WORDS = """
ation tion heit heiten keit keiten lich lichen liche isch ische ischen ischer schaft schaften igkeit ungen tung erung
ismus haft haftes ling chen lein nisse enden ende ieren stellen sten ester ster samt ander anders innen
"""
_NO_NOUNS = frozenset(_ENDINGS_OF_WORDS.split())
_NOUN = re.compile(r"(?<=[a-zäöüß,;0-9)\]] )[A-ZÄÖÜ][a-zäöüß]{2,}")


def nouns_of(text: str) -> Counter[str]:
    """Folded nouns of a text with their counts: German writes them with a capital, also where no sentence begins."""
    return Counter(fold(found) for found in _NOUN.findall(text))


def lexicon(counted: Mapping[str, int], shipped: Iterable[str]) -> dict[str, int]:
    """The splitter's dictionary: nouns counted at least twice, and the shipped ones, which count 50 or more."""
    nouns = {noun: count for noun, count in counted.items() if count > 1}
    for noun in map(fold, shipped):
        nouns[noun] = max(50, nouns.get(noun, 0))
    return nouns


class _Cut(NamedTuple):
    """A way to cut the rest of a word: the sum of log frequencies and the nouns."""

    total: float
    nouns: tuple[str, ...]

    def score(self) -> float:
        return self.total / len(self.nouns) - FINE * (len(self.nouns) - 1)


class CompoundSplitter:
    """Splits folded words by a dictionary of folded nouns and their frequencies."""

    def __init__(self, nouns: Mapping[str, int]) -> None:
        self._weights = {noun: math.log(count) for noun, count in nouns.items() if _may_be_part(noun)}

    def parts(self, word: str) -> tuple[str, ...]:
        """The nouns inside a compound, and those inside its parts; () for a word that is no compound."""
        nouns = self._split(word)
        inner = [part for noun in nouns for part in self._split(noun)]
        return tuple(dict.fromkeys([*nouns, *inner]))

    def _split(self, word: str) -> tuple[str, ...]:
        if len(word) < SHORTEST_COMPOUND:
            return ()
        best = max((cut for cut in self._cuts(word) if len(cut.nouns) > 1), key=_Cut.score, default=None)
        return best.nouns if best else ()

    def _cuts(self, word: str) -> list[_Cut]:
        """The best cut of the whole word for every number of parts: dynamic programming from the word's end."""
        rests: dict[int, dict[int, _Cut]] = {len(word): {0: _Cut(0.0, ())}}
        for start in range(len(word) - 3, -1, -1):
            best: dict[int, _Cut] = {}
            for end in [end for end in rests if end - start >= 3]:
                noun = self._noun(word[start:end], last=end == len(word))
                for count, rest in rests[end].items() if noun and noun != word else ():
                    cut = _Cut(rest.total + self._weights[noun], (noun, *rest.nouns))
                    if count < MOST_PARTS and (count + 1 not in best or cut.total > best[count + 1].total):
                        best[count + 1] = cut
            if best:
                rests[start] = best
        return list(rests.get(0, {}).values())

    def _noun(self, piece: str, last: bool) -> str:
        """The most frequent noun that this piece can stand for, with a linking element or an ending; "" for none."""
        found = [piece[: len(piece) - len(ending)] for ending in ENDINGS if piece.endswith(ending)]
        if not last:
            found.append(piece + "e")
        known = [noun for noun in found if noun in self._weights]
        return max(known, key=self._weights.__getitem__, default="")


def _may_be_part(noun: str) -> bool:
    return noun in SHORT_NOUNS or (len(noun) >= SHORTEST_PART and noun not in _NO_NOUNS)
