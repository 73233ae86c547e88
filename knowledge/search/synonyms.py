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


class Group(NamedTuple):
    """Ways to say the same thing. `one_way`: only a query with the first looks for the others, not the other way."""

    words: tuple[str, ...]
    one_way: bool = False


@dataclass(frozen=True)
class Glossary:
    """`groups` of phrases with one meaning each, and `nouns` that help to take compounds apart."""

    groups: tuple[Group, ...]
    nouns: frozenset[str]


@cache
def shipped() -> Glossary:
    """The glossary of the package."""
    text = files("knowledge.search").joinpath("glossary.yaml").read_text(encoding="utf-8")
    content = yaml.safe_load(text)
    nouns = frozenset(noun for line in content["nouns"] for noun in line.split())
    return Glossary(tuple(Group(tuple(group)) for group in content["synonyms"]), nouns)


class Expansion(NamedTuple):
    """Another way to say the query's tokens from `start` to before `end`; `words` is as the list has it."""

    start: int
    end: int
    terms: tuple[str, ...]
    folded: str
    words: str


class _Phrase(NamedTuple):
    terms: tuple[str, ...]
    folded: str
    words: str


class Synonyms:
    """Finds the phrases of a glossary in a query, by their terms."""

    def __init__(self, groups: Iterable[Group], analysis: Analysis) -> None:
        self._others: dict[tuple[str, ...], list[_Phrase]] = {}
        for group in groups:
            phrases = [phrase for words in group.words if (phrase := _phrase(words, analysis)).terms]
            for phrase in phrases[:1] if group.one_way else phrases:
                others = [other for other in phrases if other.terms != phrase.terms]
                self._others.setdefault(phrase.terms, []).extend(others)
        self._longest = max(map(len, self._others), default=0)

    def expand(self, tokens: Sequence[Token]) -> Iterator[Expansion]:
        """All other ways to say stretches of these tokens (without stop words)."""
        terms = [token.term for token in tokens]
        for start in range(len(terms)):
            for end in range(start + 1, min(len(terms), start + self._longest) + 1):
                for other in self._others.get(tuple(terms[start:end]), ()):
                    yield Expansion(start, end, *other)


def _phrase(words: str, analysis: Analysis) -> _Phrase:
    tokens = list(analysis.tokens(clean(words)))
    terms = tuple(token.term for token in tokens if not token.stop)
    return _Phrase(terms, " ".join(token.folded for token in tokens), words)
