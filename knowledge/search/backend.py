"""What every search backend does, and the values it takes and gives.

All backends share the analysis, the plan of a query, spelling, second stage and snippets; they differ in where their
postings are kept: the Whoosh index of `index.py` on the disk of one node, or tables of the database.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from knowledge.search.documents import Change, Kind, SearchDocument
from knowledge.search.synonyms import Group


class Piece(NamedTuple):
    """A stretch of a snippet; the template escapes the text and marks it up if `marked`."""

    text: str
    marked: bool


class Correction(NamedTuple):
    """A word of the query that nobody wrote in what this person may read, and the word that was meant perhaps."""

    word: str
    suggestion: str


class Also(NamedTuple):
    """Another way to say words of the query that was looked for as well, and that stands in what this person may read.

    `word` is as it was typed, `other` as the list of synonyms has it.
    """

    word: str
    other: str


class Suggestion(NamedTuple):
    """What a person may mean who has typed so much: a title with its address, or (`kind` None) a text to search for."""

    text: str
    kind: Kind | None = None
    key: str = ""
    url: str = ""


@dataclass(frozen=True)
class Hit:
    """One found document. The score orders the hits of one search and means nothing across searches.

    `also` are the synonyms that this document was found by; `updated` is aware.
    """

    kind: Kind
    key: str
    title: str
    url: str
    score: float
    title_pieces: tuple[Piece, ...] = ()
    snippet: tuple[Piece, ...] = ()
    also: tuple[str, ...] = ()
    updated: datetime | None = None


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
    also: tuple[Also, ...] = ()


class IndexBusy(Exception):
    """Another writer held the index for longer than the timeout."""


class IndexUnreadable(Exception):
    """The index cannot be opened, e.g. after a power cut; a rebuild from the database heals it."""


class SearchBackend(Protocol):
    """One tenant's index."""

    def search(  # noqa: PLR0913 - a search is asked for with many words, all of them named
        self,
        query: str,
        audience: Collection[str],
        *,
        kinds: Collection[Kind] = (),
        facets: Mapping[str, Collection[str]] | None = None,
        without: Mapping[str, Collection[str]] | None = None,
        synonyms: Sequence[Group] | None = None,
        newest: bool = False,
        snippets: bool = True,
        limit: int = 20,
        offset: int = 0,
        literal: bool = False,
    ) -> Results:
        """The best documents that share a token with `audience`; all else in the result follows from those alone.

        Filters: any of `kinds`, and for each facet any of its values, none of `without`. Fields of the query that
        `query.INDEX_FIELDS` names (title, key) are looked up here; the caller gives the others as facets.
        `synonyms` replaces the shipped list, `newest` orders by `updated` instead of score, `literal` switches spelling
        corrections off; without `snippets` hits come without marks and excerpts, in less time.
        No query is wrong; one without any word finds nothing, or with a filter everything that passes, newest first.
        """
        ...

    def similar(
        self,
        audience: Collection[str],
        *,
        text: str = "",
        like: tuple[Kind, str] | None = None,
        kinds: Collection[Kind] = (),
        limit: int = 5,
    ) -> tuple[Hit, ...]:
        """The documents most like this text, or like the document `like` (kind, key), which is left out itself.

        Found by the heaviest terms (`likeness.heaviest`) that at least two of them share, if there are two. For
        somebody who may not read `like` it does not exist. Hits come without snippets.
        """
        ...

    def suggest(self, audience: Collection[str], typed: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Titles that hold all typed words, the last as a beginning, and words of titles that begin like the last one.

        Made from readable titles alone; see `suggesting` for what counts as a word.
        """
        ...

    def versions(self) -> Mapping[tuple[Kind, str], str]:
        """Of every stored document its version, as `documents.version` made it; for comparing with the database."""
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
