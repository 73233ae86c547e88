"""Does the index say what the database says? Every document's kind, key and version are compared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlmodel import Session, select

from knowledge.search.backend import SearchBackend
from knowledge.search.documents import Kind, version
from knowledge.search.models import SearchOutbox
from knowledge.search.registry import Registry, registry

Name = tuple[Kind, str]


@dataclass(frozen=True)
class Comparison:
    """What differs between a tenant's index and its database, apart from changes that still wait in the outbox.

    `missing` is not in the index, `surplus` is not in the database, `stale` has another version.
    """

    documents: int
    waiting: int = 0
    missing: tuple[Name, ...] = ()
    surplus: tuple[Name, ...] = ()
    stale: tuple[Name, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether nothing differs."""
        return not (self.missing or self.surplus or self.stale)

    def lines(self) -> Iterator[str]:
        """One line for each difference, with kind and key and no content."""
        for word, names in (("missing", self.missing), ("surplus", self.surplus), ("stale", self.stale)):
            yield from (f"{word}: {kind} {key}" for kind, key in names)


def compare(session: Session, index: SearchBackend, sources: Registry = registry) -> Comparison:
    """Compare one tenant's index with its database; call it while no indexer is at work.

    The outbox is read last, so that what changes meanwhile counts as waiting.
    """
    there = index.versions()
    wanted = {(document.kind, document.key): version(document) for document in sources.load_all(session)}
    waiting = {(Kind(kind), key) for kind, key in session.exec(select(SearchOutbox.kind, SearchOutbox.key))}
    return differences(wanted, {(kind, key): found for (kind, key), found in there.items()}, waiting)


def differences(wanted: Mapping[Name, str], there: Mapping[Name, str], waiting: set[Name]) -> Comparison:
    """The comparison of two sets of versions. Pure."""
    both = wanted.keys() & there.keys()
    return Comparison(
        documents=len(wanted),
        waiting=len(waiting),
        missing=tuple(sorted(wanted.keys() - there.keys() - waiting)),
        surplus=tuple(sorted(there.keys() - wanted.keys() - waiting)),
        stale=tuple(sorted(name for name in both - waiting if wanted[name] != there[name])),
    )
