"""What one person may see of a build in PostgreSQL: how many documents, how often each word, which words are near.

All numbers come from counts that are kept per audience, without those of audiences that the person has no token of.
"""

import math
import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, text

from knowledge.search import spelling
from knowledge.search.scoring import K1, B

SHORTEST_SPELLED = 4


class Readable(NamedTuple):
    """What a person may read of the current build: the numbers of audiences, how many documents, their lengths."""

    build_id: int
    revision: int
    audiences: tuple[int, ...]
    documents: int
    length: float

    @property
    def norms(self) -> tuple[float, float]:
        """BM25F's two numbers: what every document adds to the count of a term, and what it adds for its length."""
        mean = self.length / self.documents if self.documents and self.length else 1.0
        return K1 * (1 - B), K1 * B / mean


def readable(connection: Connection, tenant_id: int, audience: Collection[str]) -> Readable | None:
    """What the holder of these tokens may read; None before the first build."""
    rows = connection.execute(text(_READABLE), {"tenant": tenant_id, "audience": sorted(audience)}).all()
    if not rows:
        return None
    seen = [row for row in rows if row.audience_id is not None]
    return Readable(
        rows[0].id,
        rows[0].revision,
        tuple(row.audience_id for row in seen),
        sum(row.documents for row in seen),
        sum(row.length for row in seen),
    )


class Vocabulary:
    """The words of a build by audience and length, for spelling. It grows with the build; counts come from there.

    A word that was taken off stays here until the next build. It is not offered, because it is counted nowhere.
    """

    def __init__(self) -> None:
        self._words: dict[int, dict[int, list[str]]] = {}
        self._build_id = 0
        self._revision = -1
        self._reading = threading.Lock()

    def of(self, connection: Connection, seen: Readable) -> Iterator[Mapping[int, list[str]]]:
        """The words of each readable audience, grouped by length."""
        if (self._build_id, self._revision) != (seen.build_id, seen.revision):
            with self._reading:
                self._catch_up(connection, seen)
        return (self._words[audience] for audience in seen.audiences if audience in self._words)

    def _catch_up(self, connection: Connection, seen: Readable) -> None:
        is_same_build = self._build_id == seen.build_id
        if is_same_build and self._revision >= seen.revision:
            return
        since = self._revision if is_same_build else -1
        rows = connection.execute(
            text(_WORDS), {"build": seen.build_id, "since": since, "shortest": SHORTEST_SPELLED}
        ).all()
        words = {audience: dict(of) for audience, of in self._words.items()} if is_same_build else {}
        for (audience, length), fresh in _grouped(rows).items():
            known = words.setdefault(audience, {})
            known[length] = sorted({*known.get(length, ()), *fresh})
        self._words, self._build_id, self._revision = words, seen.build_id, seen.revision


def _grouped(rows: Iterable[Sequence[object]]) -> dict[tuple[int, int], list[str]]:
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for audience, word in rows:
        if isinstance(audience, int) and isinstance(word, str):
            found[audience, len(word)].append(word)
    return found


class PostgresSight:
    """The `Sight` of one person, over a connection whose transaction sees one state of the build."""

    def __init__(
        self, connection: Connection, seen: Readable, vocabulary: Vocabulary, term_of: Callable[[str], str]
    ) -> None:
        self._connection = connection
        self._seen = seen
        self._vocabulary = vocabulary
        self._term_of = term_of
        self._terms: dict[str, int] = {}
        self._words: dict[str, int] = {}

    def look_up(self, terms: Collection[str], words: Collection[str] = ()) -> None:
        """Learn in one statement in how many documents these stand; what is known already is not asked again."""
        terms, words = set(terms) - self._terms.keys(), set(words) - self._words.keys()
        if not terms and not words:
            return
        self._terms.update(dict.fromkeys(terms, 0))
        self._words.update(dict.fromkeys(words, 0))
        for term, is_word, documents in self._connection.execute(text(_COUNTS), self._asked(terms | words)):
            known = self._words if is_word else self._terms
            known[term] = documents

    def found(self, term: str) -> int:
        """See `Sight.found`."""
        self.look_up([term])
        return self._terms[term]

    def idf(self, term: str) -> float:
        """See `Sight.idf`."""
        found = self.found(term)
        return math.log(1 + (self._seen.documents - found + 0.5) / (found + 0.5))

    def knows(self, folded: str) -> int:
        """See `Sight.knows`."""
        self.look_up((), [folded])
        return self._words[folded]

    def nearest(self, folded: str) -> list[tuple[str, int]]:
        """See `Sight.nearest`. All near words are counted in one statement."""
        near = spelling.near(folded, self._vocabulary.of(self._connection, self._seen))
        self.look_up((), near)
        return spelling.choose(near, self.knows)

    def texts_with(self, folded: str) -> Sequence[str]:
        """See `Sight.texts_with`."""
        term = self._term_of(folded)
        asked = {**self._asked([term]), "word": folded}
        found = self._connection.execute(text(_TEXTS_WITH if term else _TEXTS_WITH_STOP_WORD), asked).one_or_none()
        return tuple(found) if found else ()

    def _asked(self, texts: Iterable[str]) -> dict[str, object]:
        return {"build": self._seen.build_id, "audiences": list(self._seen.audiences), "texts": sorted(texts)}


_READABLE = """
    SELECT b.id, b.revision, a.id AS audience_id, a.documents, a.length
    FROM search_build b
    LEFT JOIN search_audience a ON a.build_id = b.id AND a.tokens && CAST(:audience AS text[])
    WHERE b.tenant_id = :tenant AND b.current AND set_config('jit', 'off', true) = 'off'
    ORDER BY a.id
"""
"""Compiling a statement takes PostgreSQL longer than a search; for this transaction it is told not to."""
_WORDS = """
    SELECT audience_id, term FROM search_term
    WHERE build_id = :build AND since > :since AND is_word AND length(term) >= :shortest
"""
_COUNTS = """
    SELECT term, is_word, CAST(sum(documents) AS integer) FROM search_term
    WHERE build_id = :build AND term = ANY(:texts) AND audience_id = ANY(:audiences)
    GROUP BY term, is_word
"""
_TEXTS_WITH = """
    SELECT t.title, t.excerpt FROM search_posting p JOIN search_text t ON t.document_id = p.document_id
    WHERE p.build_id = :build AND p.term = ANY(:texts) AND p.audience_id = ANY(:audiences)
      AND CAST(:word AS text) = ANY(t.words)
    ORDER BY p.document_id LIMIT 1
"""
_TEXTS_WITH_STOP_WORD = """
    SELECT t.title, t.excerpt FROM search_document d JOIN search_text t ON t.document_id = d.id
    WHERE d.build_id = :build AND d.audience_id = ANY(:audiences) AND CAST(:word AS text) = ANY(t.words)
    ORDER BY d.id LIMIT 1
"""
