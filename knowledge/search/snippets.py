"""The stretch of a text that shows why it was found, with the words that matched marked.

Pure. Texts come out as they went in, in pieces: escaping and markup are the template's business.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from knowledge.search.analysis import Token
from knowledge.search.backend import Piece

WIDTH = 240
LEAD = 40
ELLIPSIS = "…"
_MOST_MARKS = 300


class _Mark(NamedTuple):
    start: int
    end: int
    term: str


def whole(text: str, tokens: Iterable[Token], terms: Mapping[str, float]) -> tuple[Piece, ...]:
    """All of a short text, e.g. a title, with the marks of these terms (and their rarity)."""
    return tuple(_pieces(text, 0, len(text), _marks(tokens, terms)))


def snippet(text: str, tokens: Iterable[Token], terms: Mapping[str, float]) -> tuple[Piece, ...]:
    """About 240 letters around the place where most of the rare terms stand together; the beginning if none does."""
    marks = _marks(tokens, terms)
    start = _word_start(text, max(0, _best_start(marks, terms) - LEAD))
    end = _word_end(text, start + WIDTH)
    pieces = list(_pieces(text, start, end, marks))
    before = [Piece(ELLIPSIS, False)] if start else []
    after = [Piece(ELLIPSIS, False)] if end < len(text) else []
    return (*before, *pieces, *after)


def _marks(tokens: Iterable[Token], terms: Mapping[str, float]) -> list[_Mark]:
    marks = []
    for token in tokens:
        term = next((term for term in (token.term, *token.parts) if term in terms), None)
        if term is not None and not token.stop:
            marks.append(_Mark(token.start, token.end, term))
    return marks[:_MOST_MARKS]


def _best_start(marks: Sequence[_Mark], terms: Mapping[str, float]) -> int:
    """Where the window with the rarest different terms begins."""
    best, best_start = -1.0, 0
    for place, first in enumerate(marks):
        inside = {mark.term for mark in marks[place:] if mark.end <= first.start + WIDTH - LEAD}
        value = sum(terms[term] for term in inside)
        if value > best:
            best, best_start = value, first.start
    return best_start


def _word_start(text: str, at: int) -> int:
    while at > 0 and not text[at - 1].isspace():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    blank = text.rfind(" ", at - LEAD, at)
    return blank if blank > 0 else at


def _pieces(text: str, start: int, end: int, marks: Iterable[_Mark]) -> Iterable[Piece]:
    at = start
    for mark in marks:
        if start <= mark.start and mark.end <= end:
            if mark.start > at:
                yield Piece(text[at : mark.start], False)
            yield Piece(text[mark.start : mark.end], True)
            at = mark.end
    if at < end:
        yield Piece(text[at:end], False)
