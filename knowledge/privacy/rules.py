"""What in a German text could point at a person: structured identifiers, and names by title, list and part of speech.

It is a check and no anonymisation: it misses some names and every description that only insiders can
read. So nothing here changes a text; a human decides every hit (domain.md DP-1, DP-10; trust.md 4.1).
"""

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from knowledge.privacy.narrowing import narrowing
from knowledge.privacy.patterns import PATTERNS, Kind, Pattern, ibans
from knowledge.privacy.person_names import (
    first_names,
    first_names_in_small_letters,
    initials,
    names_after_roles,
    names_after_titles,
)
from knowledge.privacy.remembered import Remembered
from knowledge.privacy.spans import Span, Spans
from knowledge.privacy.tagging import names_by_part_of_speech
from knowledge.privacy.typesetting import in_small_letters, unbroken

__all__ = ["Hit", "Kind", "Verdict", "check", "decided", "marked", "replaced", "undecided", "verdicts_from"]

_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_BLANKS = frozenset("\t\u00a0\u202f\u2007\u2009")
_KIND_OF_PLACE = re.compile(r"(?:Hansestadt|Stadt|Gemeinde|Landkreis|Kreis|Markt|Flecken)\s+(?=\S{3,}$)")
_REMEMBERED = Remembered()
Finder = Callable[[str], Iterable[tuple[int, int]]]
REPLACE, HARMLESS = "replace", "harmless"
Verdict = str
"""What a human says about a hit: REPLACE (take it out) or HARMLESS (it may stay)."""


@dataclass(frozen=True)
class Hit:
    """A passage of the text, `start` to `end` in characters of the given text, and why it stands out."""

    kind: Kind
    start: int
    end: int
    text: str

    @property
    def key(self) -> str:
        """Names the hit by what it says, not by its place: a decision survives changes elsewhere in the text."""
        return hashlib.sha256(f"{self.kind}:{' '.join(self.text.split()).casefold()}".encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Piece:
    """A stretch of the text, with the hit that it is, if it is one."""

    text: str
    hit: Hit | None = None


def check(text: str, names: Collection[str] = (), allowed: Collection[str] = (), *, in_case: bool = False) -> list[Hit]:
    """The hits in the order of the text, none overlapping; the more specific kind wins, parts of a name are one hit.

    `names` are names of municipalities and organisations to be found, `allowed` are words that never count
    (neutral case words, for instance), whatever finds them. `in_case` also marks what narrows a case down.
    """
    question = (frozenset(names), frozenset(word.casefold() for word in allowed), in_case)
    spans = _REMEMBERED.spans(text, question, lambda: _spans(text, *question))
    return [Hit(kind, start, end, text[start:end]) for start, end, kind in spans]


def _spans(text: str, names: frozenset[str], harmless: frozenset[str], in_case: bool) -> tuple[Span, ...]:
    flat, places = _flatten(text)
    spans = Spans(flat)
    for kind, start, end in _candidates(flat, names, in_case):
        if harmless.isdisjoint({flat[start:end].casefold(), flat[start:end].split()[-1].casefold()}):
            spans.take(kind, start, end)
    return tuple((places[start], places[end - 1] + 1, kind) for start, end, kind in spans.in_order())


def _flatten(text: str) -> tuple[str, list[int]]:
    """The text without invisible characters and with single plain blanks, and where each character stood."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        kept = " " if letter in _BLANKS else letter
        if letter in _INVISIBLE or (kept == " " and letters and letters[-1] in " \n"):
            continue
        if kept == "\n" and letters and letters[-1] == " ":
            letters[-1], places[-1] = kept, place
        else:
            letters.append(kept)
            places.append(place)
    return "".join(letters), places


def _candidates(flat: str, names: frozenset[str], in_case: bool) -> Iterable[tuple[Kind, int, int]]:
    yield from _identifiers(unbroken(flat))
    small = in_small_letters(flat)
    if small != flat:
        yield from _identifiers(unbroken(small))
        yield from _people(small, names, in_case, _FINDERS_IN_CAPITALS)
    yield from _people(flat, names, in_case)


def _identifiers(flat: str) -> Iterable[tuple[Kind, int, int]]:
    for start, end in ibans(flat):
        yield Kind.IBAN, start, end
    for pattern in PATTERNS:
        yield from _found(pattern, flat)


def _people(
    flat: str, names: frozenset[str], in_case: bool, finders: Iterable[Finder] | None = None
) -> Iterable[tuple[Kind, int, int]]:
    for start, end in names_after_titles(flat):
        yield Kind.NAME, start, end
    if names:
        for match in _listed(names).finditer(flat):
            yield Kind.PLACE, match.start(), match.end()
    if in_case:
        yield from narrowing(flat)
    for finder in _NAME_FINDERS if finders is None else finders:
        for start, end in finder(flat):
            yield Kind.NAME, start, end


_NAME_FINDERS: tuple[Finder, ...] = (
    names_after_roles,
    first_names,
    first_names_in_small_letters,
    initials,
    names_by_part_of_speech,
)

_FINDERS_IN_CAPITALS: tuple[Finder, ...] = (first_names, names_by_part_of_speech)
"""„SCHWESTER DER MUTTER“: who follows a role is told by its capital letter, which says nothing there."""


def _found(pattern: Pattern, flat: str) -> Iterable[tuple[Kind, int, int]]:
    for match in pattern.expression.finditer(flat):
        if pattern.accepts(match):
            yield pattern.kind, *match.span(pattern.group)


@lru_cache(maxsize=64)
def _listed(names: frozenset[str]) -> re.Pattern[str]:
    """An expression for any of the names as whole words, the longest first.

    A municipality is also found without the word for its kind, but then as it is written: „Essen“, not „essen“.
    """
    whole = {name.strip() for name in names if len(name.strip()) > 1}
    bare = {without_kind(name) for name in whole if _KIND_OF_PLACE.match(name)}
    return re.compile(rf"(?<!\w)(?:(?i:{_any_of(whole)})|{_any_of(bare)})(?!\w)")


def without_kind(place: str) -> str:
    """The name of a municipality without the word for its kind: „Gemeinde Ostervelde“ → „Ostervelde“."""
    return _KIND_OF_PLACE.sub("", place)


def _any_of(names: Collection[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) or "(?!)"


def marked(text: str, hits: Iterable[Hit]) -> tuple[Piece, ...]:
    """The whole text cut into pieces, so that a page can mark the hits."""
    pieces: list[Piece] = []
    place = 0
    for hit in hits:
        if hit.start > place:
            pieces.append(Piece(text[place : hit.start]))
        pieces.append(Piece(text[hit.start : hit.end], hit))
        place = hit.end
    if place < len(text):
        pieces.append(Piece(text[place:]))
    return tuple(pieces)


def decided(hits: Iterable[Hit], verdicts: Mapping[str, Verdict]) -> dict[str, Verdict]:
    """The verdicts that belong to one of the hits; anything else that was sent is left out."""
    known = {hit.key for hit in hits}
    return {key: verdict for key, verdict in verdicts.items() if key in known and verdict in (REPLACE, HARMLESS)}


def verdicts_from(typed: Mapping[str, str]) -> dict[str, Verdict]:
    """What a form with the fragment `privacy/_check.html` says: its fields are called „hit-“ and the hit's key."""
    return {name.removeprefix("hit-"): value for name, value in typed.items() if name.startswith("hit-")}


def undecided(hits: Iterable[Hit], verdicts: Mapping[str, Verdict]) -> tuple[Hit, ...]:
    """The hits that nobody has decided yet; a text is released only when there are none."""
    return tuple(hit for hit in hits if verdicts.get(hit.key) not in (REPLACE, HARMLESS))


def replaced(text: str, hits: Iterable[Hit], words: Mapping[Kind, str], verdicts: Mapping[str, Verdict]) -> str:
    """The text with every hit that is to be replaced turned into its word in brackets: „[Name]“."""
    return "".join(
        f"[{words[piece.hit.kind]}]" if piece.hit and verdicts.get(piece.hit.key) == REPLACE else piece.text
        for piece in marked(text, hits)
    )
