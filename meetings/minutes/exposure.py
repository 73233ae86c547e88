"""What in a public version would tell what is not public: titles of the closed part, and names of people. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

SHORTEST_NAME = 4
"""Letters of a family name that is looked for by itself; shorter ones are words."""
_MARKS = re.compile(r"[„“”‚‘’\"'»«]")


class What(StrEnum):
    """What would get out."""

    TITLE = "title"
    NAME = "name"


@dataclass(frozen=True)
class PublicText:
    """The texts on one item that everybody would read."""

    number: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Exposed:
    """A passage that should be looked at, and the item in which it stands."""

    number: str
    what: What
    passage: str


def exposed(items: Iterable[PublicText], hidden_titles: Sequence[str], people: Iterable[str]) -> list[Exposed]:
    """Every passage to look at, each once per item: titles of items that are closed, then people's names."""
    titles = [title for title in hidden_titles if title.strip()]
    names = tuple(dict.fromkeys(person for person in people if person.strip()))
    found = []
    for item in items:
        text = _flat(" \n ".join(item.texts))
        found += [Exposed(item.number, What.TITLE, title) for title in titles if _flat(title) in text]
        found += [Exposed(item.number, What.NAME, name) for name in names if _names(name, text)]
    return found


def _flat(text: str) -> str:
    return " ".join(_MARKS.sub("", text).casefold().split())


def _names(person: str, text: str) -> bool:
    """Whether the text has the whole name or the family name as a word."""
    whole = _flat(person)
    family = whole.split()[-1]
    wanted = [whole, family] if len(family) >= SHORTEST_NAME else [whole]
    return any(re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text) for each in wanted)
