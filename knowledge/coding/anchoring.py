"""Finding a passage again in a text that has changed: at its place, elsewhere, nearly, or not at all.

Pure. Offsets count Unicode code points, the end is the first one after the passage. What is not found for certain is
said so: `SIMILAR` asks a person, `LOST` shows the quote without a place. Order and limits follow the annotation
client of Hypothesis (quote weighs 50, the words before and after 20 each, the place 2).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Levenshtein

CONTEXT = 32
"""So many code points before and after the passage are kept with it."""

MOST_ERRORS = 256
"""Edits that an approximate hit may have at most; never more than half of the quote's length."""


class Found(StrEnum):
    """How a passage was found again."""

    IN_PLACE = "in_place"
    MOVED = "moved"
    SIMILAR = "similar"
    LOST = "lost"


@dataclass(frozen=True)
class Quote:
    """A passage as it was marked: its offsets, its words, and those around it."""

    start: int
    end: int
    exact: str
    before: str
    after: str
    text_hash: str


@dataclass(frozen=True)
class Anchor:
    """Where a passage is now; a lost one is nowhere (0 to 0)."""

    found: Found
    start: int = 0
    end: int = 0

    @property
    def certain(self) -> bool:
        """Whether nobody needs to look."""
        return self.found in (Found.IN_PLACE, Found.MOVED)


def plain(text: str | None) -> str:
    """The text with one kind of line end, as all offsets count it."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n")


def hash_of(text: str) -> str:
    """SHA-256 of a text, as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def quote_of(text: str, start: int, end: int) -> Quote:
    """The passage from `start` up to `end`, without the white space at its ends. ValueError if nothing is left."""
    if not 0 <= start < end <= len(text):
        raise ValueError("the passage does not lie in the text")
    marked = text[start:end]
    start, end = start + len(marked) - len(marked.lstrip()), end - len(marked) + len(marked.rstrip())
    if start >= end:
        raise ValueError("the passage holds nothing but white space")
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Quote(start, end, text[start:end], before, after, hash_of(text))


def anchor(text: str, quote: Quote) -> Anchor:
    """Where the passage is in the text now. It is never put at an uncertain place without saying so."""
    here = text[quote.start : quote.end] == quote.exact
    if here and (quote.text_hash == hash_of(text) or _context(text, quote, quote.start, quote.end) == 1.0):
        return Anchor(Found.IN_PLACE, quote.start, quote.end)
    exact = [Anchor(Found.MOVED, start, start + len(quote.exact)) for start in _occurrences(text, quote.exact)]
    return _best(text, quote, exact) if exact else _near(text, quote)


def _occurrences(text: str, words: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def _context(text: str, quote: Quote, start: int, end: int) -> float:
    """How much of the words around is the same, from 0 to 1."""
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return (_alike(before, quote.before) + _alike(after, quote.after)) / 2


def _alike(one: str, other: str) -> float:
    return float(Indel.normalized_similarity(one, other))


def _best(text: str, quote: Quote, exact: list[Anchor]) -> Anchor:
    """The occurrence whose surroundings are the most alike; where two are equally good, a person decides."""
    if len(exact) == 1:
        return _in_place(exact[0], quote)
    ranked = sorted(
        ((_context(text, quote, each.start, each.end), -abs(each.start - quote.start), each) for each in exact),
        key=lambda row: row[:2],
        reverse=True,
    )
    best = ranked[0][2]
    if ranked[0][0] - ranked[1][0] < 0.1:
        return Anchor(Found.SIMILAR, best.start, best.end)
    return _in_place(best, quote)


def _in_place(found: Anchor, quote: Quote) -> Anchor:
    return Anchor(Found.IN_PLACE, found.start, found.end) if found.start == quote.start else found


def _near(text: str, quote: Quote) -> Anchor:
    """The most similar place, if few enough letters differ."""
    limit = min(MOST_ERRORS, len(quote.exact) // 2)
    scored = []
    for start, end in set(_candidates(text, quote)):
        errors = Levenshtein.distance(quote.exact, text[start:end], score_cutoff=limit)
        if start < end and errors <= limit:
            scored.append((_score(text, quote, start, end, errors), -start, end))
    if not scored:
        return Anchor(Found.LOST)
    _score_of_best, start, end = max(scored)
    return Anchor(Found.SIMILAR, -start, end)


def _score(text: str, quote: Quote, start: int, end: int, errors: int) -> float:
    """Quote 50, words around 20 and 20, place 2."""
    away = abs(start - quote.start) / max(len(text), 1)
    return 50 * (1 - errors / len(quote.exact)) + 40 * _context(text, quote, start, end) + 2 * (1 - away)


def _candidates(text: str, quote: Quote) -> Iterator[tuple[int, int]]:
    """Places worth a look: between the old surroundings, and where the letters are the most alike."""
    if not text:
        return
    starts = [at + len(quote.before) for at in _occurrences(text, quote.before)] if quote.before else [0]
    ends = list(_occurrences(text, quote.after)) if quote.after else [len(text)]
    yield from (_trimmed(text, start, end) for start in starts[:20] for end in ends[:20] if start < end)
    alike = fuzz.partial_ratio_alignment(quote.exact, text)
    if alike is not None and alike.dest_start < alike.dest_end:
        yield _to_words(text, alike.dest_start, alike.dest_end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    between = text[start:end]
    return start + len(between) - len(between.lstrip()), end - len(between) + len(between.rstrip())


def _to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen to whole words."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return _trimmed(text, start, end)
