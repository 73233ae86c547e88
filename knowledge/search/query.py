"""Reading what a person typed: plain words, "quoted phrases" that must occur, -words that must not, and field:values.

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
_SPECIAL = re.compile(
    rf"(?<!\S)(?P<fno>-)?(?P<name>(?i:{_NAMES})):(?:[{_QUOTE}](?P<quoted>[^{_QUOTE}]*)[{_QUOTE}]|(?P<value>[^\s{_QUOTE}]+))"
    rf"|(?P<no>(?<!\S)-)?[{_QUOTE}](?P<phrase>[^{_QUOTE}]*)[{_QUOTE}]"
    r"|(?<!\S)-(?P<word>\w\S*)"
)
_OR = frozenset({"oder", "or", "|"})


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
    excluded = [match["word"] or match["phrase"] for match in matches if match["word"] or match["no"]]
    fields = tuple(_field(match) for match in matches if match["name"])[:MOST_FIELDS]
    return Query(text, _SPECIAL.sub(_blanked, text), tuple(_groups(text, matches)), tuple(excluded), fields)


def without_field(query: Query, field: Field) -> str:
    """The text of the query without one of its fields."""
    return " ".join(f"{query.text[: field.start]} {query.text[field.end :]}".split())


def _groups(text: str, matches: list[re.Match[str]]) -> Iterator[tuple[str, ...]]:
    """Phrases, with those joined that have nothing but „oder“ or | between them."""
    group: list[str] = []
    end = -1
    for match in matches:
        if match["phrase"] is None or match["no"]:
            continue
        if group and text[end : match.start()].strip().casefold() not in _OR:
            yield tuple(group)
            group = []
        group.append(match["phrase"])
        end = match.end()
    if group:
        yield tuple(group)


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
