"""What every search backend does, and the values it takes and gives.

One backend exists: the Whoosh index of `index.py`, on the disk of one node. It serves installations on SQLite and on
PostgreSQL alike. A backend that keeps its postings in PostgreSQL, for several nodes, can follow behind this protocol
with the same analysis, scoring, spelling and second stage.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from knowledge.search.documents import Change, Kind, SearchDocument


class Piece(NamedTuple):
    """A stretch of a snippet; the template escapes the text and marks it up if `marked`."""

    text: str
    marked: bool


class Correction(NamedTuple):
    """A word of the query that nobody wrote in what this person may read, and the word that was meant perhaps."""

    word: str
    suggestion: str


@dataclass(frozen=True)
class Hit:
    """One found document. The score orders the hits of one search and means nothing across searches."""

    kind: Kind
    key: str
    title: str
    url: str
    score: float
    title_pieces: tuple[Piece, ...] = ()
    snippet: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Results:
    """The hits of one page, the number of all hits, facet counts, and what the query may have meant.

    The counts of a facet disregard its own filter, so that they say what choosing another value would give.
    `corrected` is the whole query with all corrections put in, or "" when there are none.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    corrected: str = ""


class IndexBusy(Exception):
    """Another writer held the index for longer than the timeout."""


class IndexUnreadable(Exception):
    """The index cannot be opened, e.g. after a power cut; a rebuild from the database heals it."""


class SearchBackend(Protocol):
    """One tenant's index."""

    def search(
        self,
        query: str,
        audience: Collection[str],
        *,
        kinds: Collection[Kind] = (),
        facets: Mapping[str, Collection[str]] | None = None,
        limit: int = 20,
        offset: int = 0,
        literal: bool = False,
    ) -> Results:
        """The best documents that share a token with `audience`; all else in the result follows from those alone.

        Filters: any of `kinds`, and for each facet any of its values. `literal` switches spelling corrections off.
        No query is wrong; one without a searchable word finds nothing.
        """
        ...

    def apply(self, changes: Sequence[Change]) -> None:
        """Store the changes in one commit; the last change of a document wins. Durable on return. Raises IndexBusy."""
        ...

    def rebuild(self, load: Callable[[], Iterable[SearchDocument]]) -> None:
        """Replace the whole index by the documents that `load` gives; it is called twice. Readers notice no gap."""
        ...

    def indexing(self) -> AbstractContextManager[bool]:
        """Be the one indexer of this tenant while inside; gives False at once if another is."""
        ...

    def needs_rebuild(self) -> bool:
        """Whether the index is missing, made by another version, unreadable, or its compound dictionary outgrown."""
        ...
