"""Search as you type: what counts as a word of a title, and how suggestions are chosen. Pure.

Words are folded but not stemmed: a person who types sees their own letters completed.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from knowledge.search.analysis import clean, fold
from knowledge.search.stopwords import STOP_WORDS

SHORTEST = 2
"""Letters of the last word from which on something is suggested."""

LONGEST_TYPED = 100
MOST_WORDS = 3
"""Single words among the suggestions; the others are titles."""

CANDIDATES = 60
"""Titles that are looked at, the newest of all that fit."""

_WORD = re.compile(r"[^\W_]+")


class Typed(NamedTuple):
    """What was typed: the folded whole words, the folded beginning of the last, and the text in front of that."""

    whole: tuple[str, ...]
    last: str
    before: str
    key: str


def typed_words(typed: str) -> Typed | None:
    """None if too little was typed to suggest anything. `key` is what a key would begin with, or ""."""
    text = clean(typed[:LONGEST_TYPED])
    found = list(_WORD.finditer(text))
    if not found or (len(found[-1].group()) < SHORTEST and len(found) == 1):
        return None
    last = found[-1]
    key = text.strip().casefold()
    is_key = any(sign.isdecimal() for sign in key) and not key.isdecimal() and " " not in key
    whole = tuple(fold(match.group()) for match in found[:-1])
    return Typed(whole, fold(last.group()), text[: last.start()].lstrip(), key if is_key else "")


def starts(title: str) -> set[str]:
    """The folded words of a title."""
    return {fold(word) for word in _WORD.findall(clean(title))}


def surface(folded: str, title: str) -> str:
    """The word as the title has it."""
    return next((word for word in _WORD.findall(clean(title)) if fold(word) == folded), folded)


def is_suggestible(surface_form: str) -> bool:
    """Whether a word is worth searching for."""
    return len(surface_form) > SHORTEST and surface_form.lower() not in STOP_WORDS


def rank(typed: Typed, title: str) -> tuple[bool, int]:
    """Sorts titles: those that begin with what was typed first, then the shorter."""
    wanted = " ".join([*typed.whole, typed.last])
    begins = " ".join(fold(word) for word in _WORD.findall(clean(title))).startswith(wanted)
    return not begins, len(title)


def most_frequent(counts: Iterable[tuple[str, int]]) -> list[str]:
    """Words by the number of titles that have them, the more frequent first, then by the alphabet."""
    return [word for word, number in sorted(counts, key=lambda pair: (-pair[1], pair[0])) if number]
