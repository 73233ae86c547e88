"""Reading what a person typed: plain words, "quoted phrases" that must occur, -words that must not.

Pure. Nothing a person types is wrong: a quote without its partner, a lone minus or any other sign is just passed over.
"""

import re
from typing import NamedTuple

from knowledge.search.analysis import clean

LONGEST_QUERY = 1_000

_QUOTE = '"„“”«»'
_SPECIAL = re.compile(rf"(?P<no>(?<!\S)-)?[{_QUOTE}](?P<phrase>[^{_QUOTE}]*)[{_QUOTE}]|(?<!\S)-(?P<word>\w\S*)")


class Query(NamedTuple):
    """A query taken apart. In `plain` all signs and excluded words are blanks, so offsets are those of `text`."""

    text: str
    plain: str
    phrases: tuple[str, ...]
    excluded: tuple[str, ...]


def parse(typed: str) -> Query:
    """The parts of a query, of which the first 1,000 letters count. The words of a phrase are plain words too."""
    text = clean(typed[:LONGEST_QUERY])
    phrases: list[str] = []
    excluded: list[str] = []
    for match in _SPECIAL.finditer(text):
        if match["word"] or match["no"]:
            excluded.append(match["word"] or match["phrase"])
        else:
            phrases.append(match["phrase"])
    plain = _SPECIAL.sub(_blanked, text)
    return Query(text, plain, tuple(phrases), tuple(excluded))


def _blanked(match: re.Match[str]) -> str:
    """The phrase between blanks; nothing but blanks for what is excluded."""
    if match["word"] or match["no"]:
        return " " * len(match.group())
    return f" {match['phrase']} "
