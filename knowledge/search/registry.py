"""Where features say how their things become search documents. Search imports no feature; features register here."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

from sqlmodel import Session

from knowledge.search.documents import Kind, SearchDocument


class UnknownSource(LookupError):
    """A programming error: something of a kind was queued that no feature can load."""


@dataclass(frozen=True)
class Source:
    """How documents of one kind are loaded, from a session of one tenant.

    `load_all` gives every document, in a fixed number of statements. `load` gives those of the keys that exist;
    a key that it leaves out is taken off the index.
    """

    kind: Kind
    load_all: Callable[[Session], Iterable[SearchDocument]]
    load: Callable[[Session, Collection[str]], Iterable[SearchDocument]]


@dataclass
class Registry:
    """All sources that features told."""

    sources: dict[Kind, Source] = field(default_factory=dict)

    def register(self, source: Source) -> None:
        """Say how documents of a kind are loaded; a later registration of the kind replaces the earlier."""
        self.sources[source.kind] = source

    def of(self, kind: Kind) -> Source:
        """The source of this kind; UnknownSource if no feature registered one."""
        if kind not in self.sources:
            raise UnknownSource(kind)
        return self.sources[kind]

    def load_all(self, session: Session) -> Iterator[SearchDocument]:
        """Every document of the session's tenant."""
        for source in self.sources.values():
            yield from source.load_all(session)


registry = Registry()
