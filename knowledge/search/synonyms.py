"""Words that mean the same in this field, and the glossary that ships them.

Synonyms are expanded when a query is read, so a changed list needs no new index. Pure but for reading the shipped file.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from knowledge.search.analysis import Analysis, Token, clean

WEIGHT = 0.7


@dataclass(frozen=True)
class Glossary:
    """`groups` of phrases with one meaning each, and `nouns` that help to take compounds apart."""

    groups: tuple[tuple[str, ...], ...]
    nouns: frozenset[str]


@cache
def shipped() -> Glossary:
    """The glossary of the package."""
    text = files("knowledge.search").joinpath("glossary.yaml").read_text(encoding="utf-8")
    content = yaml.safe_load(text)
    nouns = frozenset(noun for line in content["nouns"] for noun in line.split())
    return Glossary(tuple(tuple(group) for group in content["synonyms"]), nouns)


class Expansion(NamedTuple):
    """Another way to say the query's tokens from `start` to before `end`."""

    start: int
    end: int
    terms: tuple[str, ...]
    folded: str


class Synonyms:
    """Finds the phrases of a glossary in a query, by their terms."""

    def __init__(self, groups: Iterable[Sequence[str]], analysis: Analysis) -> None:
        self._others: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = {}
        for group in groups:
            phrases = [self._phrase(words, analysis) for words in group]
            for terms, _ in phrases:
                others = [phrase for phrase in phrases if phrase[0] != terms]
                self._others.setdefault(terms, []).extend(others)
        self._longest = max(map(len, self._others), default=0)

    def expand(self, tokens: Sequence[Token]) -> Iterator[Expansion]:
        """All other ways to say stretches of these tokens (without stop words)."""
        terms = [token.term for token in tokens]
        for start in range(len(terms)):
            for end in range(start + 1, min(len(terms), start + self._longest) + 1):
                for others, folded in self._others.get(tuple(terms[start:end]), ()):
                    yield Expansion(start, end, others, folded)

    @staticmethod
    def _phrase(words: str, analysis: Analysis) -> tuple[tuple[str, ...], str]:
        tokens = list(analysis.tokens(clean(words)))
        return tuple(token.term for token in tokens if not token.stop), " ".join(token.folded for token in tokens)
