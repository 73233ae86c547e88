"""The names of facet values: what `status:umsetzung` means, and what a value is called.

Values are keys of the taxonomy, of municipalities, kinds, or years. A name is compared without umlauts, endings
and capitals; one that nothing is called by stays as it is and finds nothing, as one that only hidden documents have.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from app.people.models import Municipality
from knowledge.search.analysis import fold, stem
from knowledge.search.documents import Kind
from knowledge.search.query import INDEX_FIELDS, Query
from knowledge.taxonomy import lists
from knowledge.taxonomy.models import CodeLabel

LISTS = {
    "status": ("gap_states", "topic_states", "agreement_states"),
    "life_domain": ("life_domains",),
    "transition": ("transitions",),
    "interface": ("agency_types",),
    "effect": ("effect_ratings",),
}
LABELLED = ("life_domain", "transition", "interface", "municipality")
KIND_NAMES = {
    Kind.GAP: "Fehlstelle",
    Kind.TOPIC: "Thema",
    Kind.SOLUTION: "Lösung",
    Kind.DECISION: "Beschluss",
    Kind.AGREEMENT: "Zielvereinbarung",
    Kind.MEETING: "Sitzung",
    Kind.DOCUMENT: "Dokument",
    Kind.PAPER: "Vorlage",
}
_OTHER_KIND_NAMES = (("Beschlüsse", "decision"), ("Vereinbarung", "agreement"), ("Themen", "topic"))
SHORTEST_BEGINNING = 3
_WORD = re.compile(r"[^\W_]+")


def normal(text: str) -> tuple[str, ...]:
    """The words of a name as they are compared."""
    return tuple(stem(fold(word)) for word in _WORD.findall(text))


@dataclass(frozen=True)
class Vocabulary:
    """For each facet its values with their names."""

    names: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def meant(self, facet: str, typed: str) -> tuple[str, ...]:
        """The values that are called so: by key or whole name, else by the beginning of a word; never none."""
        options = self.names.get(facet, {})
        if typed in options:
            return (typed,)
        wanted = normal(typed)
        whole = [value for value, names in options.items() if any(normal(name) == wanted for name in names)]
        begun = [value for value, names in options.items() if any(_begins(normal(name), wanted) for name in names)]
        return tuple(whole or begun or (typed,))


def _begins(name: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    if len("".join(wanted)) < SHORTEST_BEGINNING:
        return False
    for start in range(len(name) - len(wanted) + 1):
        there = name[start : start + len(wanted)]
        if there[:-1] == wanted[:-1] and there[-1].startswith(wanted[-1]):
            return True
    return False


def load(session: Session) -> Vocabulary:
    """The names in this tenant: its own labels beside the shipped ones. Two statements."""
    labels = session.exec(select(CodeLabel.list_name, CodeLabel.key, CodeLabel.label)).all()
    own = {(name, key): label for name, key, label in labels}
    names = {facet: _codes(list_names, own) for facet, list_names in LISTS.items()}
    towns = session.exec(select(Municipality.key, Municipality.name).order_by(col(Municipality.name))).all()
    names["municipality"] = {key: (name,) for key, name in towns}
    kinds: dict[str, tuple[str, ...]] = {kind.value: (name,) for kind, name in KIND_NAMES.items()}
    for name, kind in _OTHER_KIND_NAMES:
        kinds[kind] = (*kinds[kind], name)
    return Vocabulary({**names, "kind": kinds})


def _codes(list_names: Iterable[str], own: Mapping[tuple[str, str], str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for list_name in list_names:
        for entry in lists.entries(list_name):
            labels = (entry.label, own.get((list_name, entry.key), ""))
            found[entry.key] = (*found.get(entry.key, ()), *filter(None, labels))
        for (name, code), label in own.items():
            if name == list_name and code not in found:
                found[code] = (label,)
    return found


def labels(vocabulary: Vocabulary, facets: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """What the codes of a document are called, of those facets whose words people type: domains, interfaces, places."""
    return tuple(
        dict.fromkeys(
            name
            for facet in LABELLED
            for value in facets.get(facet, ())
            for name in vocabulary.names.get(facet, {}).get(value, ())
        )
    )


def has_facets(query: Query) -> bool:
    """Whether the query has a field whose value needs a vocabulary."""
    return any(field.name not in INDEX_FIELDS for field in query.fields)


def filters(query: Query, vocabulary: Vocabulary) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """The facet values that the fields of a query want, and those that they do not want."""
    wanted: dict[str, tuple[str, ...]] = {}
    unwanted: dict[str, tuple[str, ...]] = {}
    for each in query.fields:
        if each.name not in INDEX_FIELDS:
            side = unwanted if each.excluded else wanted
            side[each.name] = (*side.get(each.name, ()), *vocabulary.meant(each.name, each.value))
    return wanted, unwanted
