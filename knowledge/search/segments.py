"""Reading Whoosh's immutable segments into numpy arrays: postings, lengths, dates, facets, vocabulary, records.

This module, `schema` and `folder` know how Whoosh works; others do not. A segment never changes but for its
deletions, so what was read from it is kept as long as an index generation uses it.
"""

import threading
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.search.schema import Record

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Documents = NDArray[np.int32]
Mask = NDArray[np.bool_]

_SHORTEST_SPELLED = 4


class Postings(NamedTuple):
    """The documents of one term, ascending, and its frequency in each."""

    documents: Documents
    counts: Floats


NOTHING = Postings(np.empty(0, np.int32), np.empty(0, np.float32))


class Segment:
    """One segment, read lazily and kept. Deleted documents are still in it; the generation's live mask hides them."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._lock = threading.RLock()
        self.size: int = reader.doc_count_all()
        self.lengths: Floats = np.array(self._column("length"), np.float32)
        self.updated: Numbers = np.array(self._column("updated"), np.int64)
        self.postings = lru_cache(maxsize=5_000)(self._postings)
        self.record = lru_cache(maxsize=500)(self._record)
        self._sorted = lru_cache(maxsize=4)(lambda field: sorted(self.terms(field)))

    def positions(self, field: str, term: str) -> dict[int, list[int]]:
        """Where the term stands in each document."""
        with self._lock:
            if (field, term) not in self._reader:
                return {}
            matcher = self._matcher(field, term)
            found: dict[int, list[int]] = {}
            while matcher.is_active():
                found[matcher.id()] = matcher.value_as("positions")
                matcher.next()
            return found

    def terms(self, field: str) -> list[str]:
        """All terms of the field, sorted."""
        with self._lock:
            return [term.decode() for term in self._reader.lexicon(field)]

    @cached_property
    def words_by_length(self) -> Mapping[int, list[str]]:
        """The vocabulary of folded words for spelling, grouped by length."""
        words: dict[int, list[str]] = defaultdict(list)
        for word in self.terms("word"):
            if len(word) >= _SHORTEST_SPELLED:
                words[len(word)].append(word)
        return words

    def prefixed(self, field: str, prefix: str) -> list[str]:
        """The terms of the field that begin with the prefix."""
        terms = self._sorted(field)
        return terms[bisect_left(terms, prefix) : bisect_left(terms, prefix + "\U0010ffff")]

    @cached_property
    def facets(self) -> dict[str, Documents]:
        """The documents of every facet term."""
        return {term: self.postings("facet", term).documents for term in self.terms("facet")}

    def _column(self, field: str) -> list[float]:
        return list(self._reader.column_reader(field, translate=False))

    def _record(self, document: int) -> Record:
        with self._lock:
            return Record(*self._reader.stored_fields(document)["record"])

    def _postings(self, field: str, term: str) -> Postings:
        with self._lock:
            if (field, term) not in self._reader:
                return NOTHING
            blocks = list(_blocks(self._matcher(field, term)))
        documents = np.concatenate([np.asarray(ids, np.int32) for ids, _ in blocks])
        return Postings(documents, np.concatenate([np.asarray(counts, np.float32) for _, counts in blocks]))

    def _matcher(self, field: str, term: str) -> Any:
        """Whoosh's matcher over all postings, without the wrapper that hides deleted documents."""
        matcher = self._reader.postings(field, term)
        if hasattr(matcher, "child"):
            matcher = matcher.child
            matcher.reset()
        return matcher


def _blocks(matcher: Any) -> Iterator[tuple[Any, Any]]:
    """The (document numbers, counts) of each block. A list of one posting stands inline, in a matcher without blocks.

    Reading whole blocks instead of postings is what makes it fast; Whoosh 2.7.4 has no public way to do so.
    """
    by_block = hasattr(matcher, "_read_ids")
    while matcher.is_active():
        if by_block:
            matcher._read_ids()
            matcher._read_weights()
            yield matcher._ids, matcher._weights
            matcher._next_block()
        else:
            yield [matcher.id()], [matcher.weight()]
            matcher.next()


class Generation:
    """One committed state of the index: its segments side by side, with document numbers that run through them all."""

    def __init__(self, reader: Any, known: Mapping[str, Segment]) -> None:
        self.segments: dict[str, Segment] = {}
        self.offsets: list[int] = []
        gone: list[int] = []
        self.size = 0
        for leaf, offset in reader.leaf_readers() if reader.doc_count_all() else ():
            name = leaf.segment().segment_id()
            self.segments[name] = known.get(name) or Segment(leaf)
            self.offsets.append(offset)
            gone.extend(offset + number for number in leaf.segment().deleted_docs())
            self.size += self.segments[name].size
        self.live: Mask = np.ones(self.size, np.bool_)
        self.live[gone] = False
        self.lengths: Floats = _joined([part.lengths for part in self.segments.values()], np.float32)
        self.updated: Numbers = _joined([part.updated for part in self.segments.values()], np.int64)

    def __iter__(self) -> Iterator[tuple[Segment, int]]:
        """Each segment with the number of its first document."""
        return zip(self.segments.values(), self.offsets, strict=True)

    def postings(self, field: str, term: str) -> Postings:
        """The term's postings in all segments, deleted documents included."""
        found = [(segment.postings(field, term), offset) for segment, offset in self]
        return Postings(
            _joined([postings.documents + np.int32(offset) for postings, offset in found], np.int32),
            _joined([postings.counts for postings, _ in found], np.float32),
        )

    def positions(self, field: str, term: str) -> dict[int, list[int]]:
        """Where the term stands in each document, deleted documents included."""
        return {
            offset + number: places
            for segment, offset in self
            for number, places in segment.positions(field, term).items()
        }

    def prefixed(self, field: str, prefix: str) -> list[str]:
        """The terms of the field that begin with the prefix, those of deleted documents included."""
        return sorted({term for segment in self.segments.values() for term in segment.prefixed(field, prefix)})

    def record(self, document: int) -> Record:
        """What is stored with the document."""
        place = bisect_right(self.offsets, document) - 1
        return list(self.segments.values())[place].record(document - self.offsets[place])

    @cached_property
    def facets(self) -> tuple[list[str], Numbers, Documents]:
        """All facet terms, and for each pair of term and document the term's place in that list and the document."""
        rows: dict[str, list[Documents]] = defaultdict(list)
        for segment, offset in self:
            for term, documents in segment.facets.items():
                rows[term].append(documents + np.int32(offset))
        terms = sorted(rows)
        by_term = [np.concatenate(rows[term]) for term in terms]
        places = [np.full(len(found), place) for place, found in enumerate(by_term)]
        return terms, _joined(places, np.int64), _joined(by_term, np.int32)


def _joined(arrays: list[Any], kind: Any) -> Any:
    return np.concatenate(arrays) if arrays else np.empty(0, kind)
