"""What a person chose on the search page, read from the address and written back into it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

LONGEST_QUERY = 1_000
LONGEST_VALUE = 64
MOST_VALUES = 20

PARAMETERS = {
    "art": "kind",
    "status": "status",
    "lebensbereich": "life_domain",
    "wechsel": "transition",
    "schnittstelle": "interface",
    "kommune": "municipality",
    "jahr": "year",
    "wirkung": "effect",
}
"""The parameters of the address and the facets they filter by, in the order in which the page shows them."""


class Arguments(Protocol):
    """The parameters of an address, as Werkzeug gives them."""

    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True)
class Choice:
    """A search as it stands in the address: the words, the chosen values by facet, the order, the page."""

    query: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    newest: bool = False
    literal: bool = False
    page: int = 1

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for."""
        return not self.query and not self.values

    def toggled(self, facet: str, value: str) -> "Choice":
        """With this value chosen or no longer chosen, on the first page."""
        before = self.values.get(facet, ())
        after = tuple(each for each in before if each != value) if value in before else (*before, value)
        values = {name: chosen for name, chosen in {**self.values, facet: after}.items() if chosen}
        return replace(self, values=values, page=1)

    def without_filters(self) -> "Choice":
        """With the words alone."""
        return replace(self, values={}, page=1)

    def asking(self, query: str) -> "Choice":
        """With other words, on the first page."""
        return replace(self, query=query, page=1, literal=False)

    def parameters(self) -> dict[str, list[str]]:
        """The address; what is as usual is left out."""
        found: dict[str, list[str]] = {"q": [self.query]} if self.query else {}
        for name, facet in PARAMETERS.items():
            if self.values.get(facet):
                found[name] = list(self.values[facet])
        flags = {"sortierung": "neu" if self.newest else "", "genau": "1" if self.literal else ""}
        found |= {name: [value] for name, value in flags.items() if value}
        return found | ({"seite": [str(self.page)]} if self.page > 1 else {})


def read(arguments: Arguments, visible: str) -> Choice:
    """The choice in an address; `visible` is its `q` without invisible characters. Nothing in it can be wrong."""
    values = {facet: _values(arguments.getlist(name)) for name, facet in PARAMETERS.items()}
    number = _first(arguments, "seite")
    return Choice(
        query=" ".join(visible.split())[:LONGEST_QUERY].strip(),
        values={facet: chosen for facet, chosen in values.items() if chosen},
        newest=_first(arguments, "sortierung") == "neu",
        literal=_first(arguments, "genau") == "1",
        page=min(max(1, int(number)), 1_000) if number.isdecimal() and len(number) < 6 else 1,
    )


def _first(arguments: Arguments, name: str) -> str:
    return next(iter(arguments.getlist(name)), "")


def _values(given: Iterable[str]) -> tuple[str, ...]:
    known = (value.replace("\x1f", "")[:LONGEST_VALUE] for value in given)
    return tuple(dict.fromkeys(value for value in known if value))[:MOST_VALUES]
