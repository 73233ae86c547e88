"""Reading what a person typed: plain words, "quoted phrases" that must occur, -words that must not, and field:values.

Words in capitals join what stands beside them: NICHT and NOT exclude, UND and AND want both sides, ODER and OR want one
of them. In small letters they are words like others, except between two phrases, where „oder“ joins as well.

Pure. Nothing a person types is wrong: a quote without its partner, a lone minus or any other sign is just passed over.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from knowledge.search.analysis import clean, fold

LONGEST_QUERY = 1_000
MOST_FIELDS = 16

FIELDS = {
    "titel": "title",
    "title": "title",
    "kennung": "key",
    "key": "key",
    "art": "kind",
    "kind": "kind",
    "status": "status",
    "lebensbereich": "life_domain",
    "wechsel": "transition",
    "schnittstelle": "interface",
    "kommune": "municipality",
    "wirkung": "effect",
    "jahr": "year",
    "year": "year",
}
"""What may stand before a colon, folded, and the field or facet it means."""

INDEX_FIELDS = frozenset({"title", "key"})
"""Fields that the index looks up itself; the others are facets, whose values have names unknown to it."""

_QUOTE = '"„“”«»'
_NAMES = "|".join(sorted(FIELDS, key=len, reverse=True))
_BOTH, _EITHER = "UND|AND", "ODER|OR"
_NOT = rf"(?:NOT|NICHT)\s+(?!(?:{_BOTH}|{_EITHER}|NOT|NICHT)(?!\S))"
_SPECIAL = re.compile(
    rf"(?<!\S)(?P<fno>-|{_NOT})?(?P<name>(?i:{_NAMES})):(?:[{_QUOTE}](?P<quoted>[^{_QUOTE}]*)[{_QUOTE}]|(?P<value>[^\s{_QUOTE}]+))"
    rf"|(?P<no>(?<!\S)(?:-|{_NOT}))?[{_QUOTE}](?P<phrase>[^{_QUOTE}]*)[{_QUOTE}]"
    rf"|(?<!\S)(?:-|{_NOT})(?P<word>\w[^\s{_QUOTE}]*)"
)
_JOINING = re.compile(rf"(?P<both>{_BOTH})|(?P<either>{_EITHER}|\|)|(?P<small>(?i:oder|or))")
_UNBROKEN = re.compile(r"\S+")


class Field(NamedTuple):
    """A `field:value` of the query; `name` is one of the values of FIELDS, `value` as it was typed."""

    name: str
    value: str
    excluded: bool
    start: int
    end: int


class Query(NamedTuple):
    """A query taken apart. In `plain` all signs and excluded words are blanks, so offsets are those of `text`.

    `required` are groups of phrases, of each of which one must occur: „a“ oder „b“ is one group.
    """

    text: str
    plain: str
    required: tuple[tuple[str, ...], ...]
    excluded: tuple[str, ...]
    fields: tuple[Field, ...] = ()

    @property
    def phrases(self) -> tuple[str, ...]:
        """All required phrases."""
        return tuple(phrase for group in self.required for phrase in group)

    def wanted(self, name: str) -> tuple[str, ...]:
        """The values of a field that are asked for."""
        return tuple(field.value for field in self.fields if field.name == name and not field.excluded)

    def unwanted(self, name: str) -> tuple[str, ...]:
        """The values of a field that must not be."""
        return tuple(field.value for field in self.fields if field.name == name and field.excluded)


def parse(typed: str) -> Query:
    """The parts of a query, of which the first 1,000 letters count. The words of a phrase are plain words too."""
    text = clean(typed[:LONGEST_QUERY])
    matches = list(_SPECIAL.finditer(text))
    joined = _Joined(text, matches)
    excluded = [match["word"] or match["phrase"] for match in matches if match["word"] or match["no"]]
    fields = tuple(_field(match) for match in matches if match["name"])[:MOST_FIELDS]
    plain = joined.without_operators(_SPECIAL.sub(_blanked, text))
    return Query(text, plain, tuple(joined.groups()), tuple(excluded), fields)


def without_field(query: Query, field: Field) -> str:
    """The text of the query without one of its fields."""
    return " ".join(f"{query.text[: field.start]} {query.text[field.end :]}".split())


class _Piece(NamedTuple):
    """A word, a phrase, a word that joins, or (without text) anything else; `start` and `end` are offsets."""

    kind: str
    text: str
    start: int
    end: int


class _Joined:
    """The words and phrases of a query that must occur, and the words between them that say so."""

    def __init__(self, text: str, matches: list[re.Match[str]]) -> None:
        self._pieces = list(_pieces(text, matches))
        self._operators = frozenset(place for place in range(len(self._pieces)) if self._joins(place))

    def without_operators(self, plain: str) -> str:
        """The plain words, with blanks where a word only joins."""
        for place in self._operators:
            start, end = self._pieces[place].start, self._pieces[place].end
            plain = plain[:start] + " " * (end - start) + plain[end:]
        return plain

    def groups(self) -> Iterator[tuple[str, ...]]:
        """Phrases and joined words; those with „oder“ between them are one group."""
        group: list[str] = []
        for place, piece in enumerate(self._pieces):
            if place in self._operators:
                continue
            if group and not self._is(place - 1, ("either", "small")):
                yield tuple(group)
                group = []
            if piece.kind == "phrase" or (piece.kind == "word" and self._is_joined(place)):
                group.append(piece.text)
        if group:
            yield tuple(group)

    def _is_joined(self, place: int) -> bool:
        return self._is(place - 1, ("both", "either", "small")) or self._is(place + 1, ("both", "either", "small"))

    def _is(self, place: int, kinds: tuple[str, ...]) -> bool:
        return place in self._operators and self._pieces[place].kind in kinds

    def _joins(self, place: int) -> bool:
        """Whether a word that can join has something on both sides; in small letters, phrases."""
        wanted = {"both": ("word", "phrase"), "either": ("word", "phrase"), "small": ("phrase",)}
        sides = wanted.get(self._pieces[place].kind)
        if sides is None or not 0 < place < len(self._pieces) - 1:
            return False
        return self._pieces[place - 1].kind in sides and self._pieces[place + 1].kind in sides


def _pieces(text: str, matches: list[re.Match[str]]) -> Iterator[_Piece]:
    end = 0
    for match in matches:
        yield from _words(text, end, match.start())
        is_phrase = match["phrase"] is not None and not match["no"]
        yield _Piece("phrase" if is_phrase else "other", match["phrase"] or "", *match.span())
        end = match.end()
    yield from _words(text, end, len(text))


def _words(text: str, start: int, end: int) -> Iterator[_Piece]:
    """The words between two offsets, with those that can join marked as such."""
    for found in _UNBROKEN.finditer(text, start, end):
        yield _Piece(_kind(found.group()), found.group(), *found.span())


def _kind(word: str) -> str:
    joining = _JOINING.fullmatch(word)
    if joining:
        return joining.lastgroup or ""
    return "word" if word[0].isalnum() and word not in ("NOT", "NICHT") else "other"


def _field(match: re.Match[str]) -> Field:
    value = match["quoted"] if match["quoted"] is not None else match["value"]
    return Field(FIELDS[fold(match["name"])], value.strip(), bool(match["fno"]), *match.span())


def _blanked(match: re.Match[str]) -> str:
    """The phrase, or the words wanted in the title, between blanks; nothing but blanks for what is excluded."""
    if match["name"]:
        return _title_words(match)
    if match["word"] or match["no"]:
        return " " * len(match.group())
    return f" {match['phrase']} "


def _title_words(match: re.Match[str]) -> str:
    whole = match.group()
    if FIELDS[fold(match["name"])] != "title" or match["fno"]:
        return " " * len(whole)
    group = "quoted" if match["quoted"] is not None else "value"
    start, end = match.start(group) - match.start(), match.end(group) - match.start()
    return " " * start + whole[start:end] + " " * (len(whole) - end)
