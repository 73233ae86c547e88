"""What one person may see of an index generation, and the scores of words in it: BM25F over numpy arrays.

Every number here (document count, document frequency, mean length) is taken from the visible documents alone,
so a hidden document changes nothing that a person can observe, not even an order.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

import numpy as np

from knowledge.search import spelling
from knowledge.search.schema import FIELD_WEIGHTS, facet_term
from knowledge.search.segments import Documents, Floats, Generation, Mask, Numbers

K1, B = 1.2, 0.75


class View:
    """A generation through the eyes of those who may read the `visible` documents."""

    def __init__(self, generation: Generation, visible: Mask) -> None:
        self.generation = generation
        self.visible = visible
        self.count = int(visible.sum())
        lengths = generation.lengths
        mean = float(lengths[visible].mean()) if self.count else 1.0
        self._norms: Floats = (K1 * (1 - B + B * lengths / (mean or 1.0))).astype(np.float32)
        self.contribution = lru_cache(maxsize=256)(self._contribution)

    def documents(self, field: str, term: str) -> Documents:
        """The visible documents with this term in this field."""
        found = self.generation.postings(field, term).documents
        return found[self.visible[found]]

    def knows(self, folded: str) -> int:
        """In how many visible documents the folded word stands."""
        return len(self.documents("word", folded))

    def found(self, term: str) -> int:
        """In how many visible documents the term stands."""
        return len(self.contribution(term)[0])

    def nearest(self, folded: str) -> list[tuple[str, int]]:
        """What was meant perhaps, among the words that the person may read."""
        return spelling.nearest(folded, [segment.words_by_length for segment, _ in self.generation], self.knows)

    def texts_with(self, folded: str) -> Sequence[str]:
        """Title and beginning of the first visible document with the folded word."""
        there = self.documents("word", folded)
        record = self.generation.record(int(there[0])) if len(there) else None
        return (record.title, record.excerpt) if record else ()

    def idf(self, term: str) -> float:
        """The rarity of a term; also for one that no visible document has."""
        return self._idf(self.found(term))

    def scores(self, terms: Mapping[str, float]) -> Floats:
        """The sum of all terms' contributions for every document, each times its weight."""
        total: Floats = np.zeros(self.generation.size, np.float32)
        for term, weight in terms.items():
            documents, scores = self.contribution(term)
            total[documents] += weight * scores
        return total

    def _idf(self, found: int) -> float:
        return math.log(1 + (self.count - found + 0.5) / (found + 0.5))

    def _contribution(self, term: str) -> tuple[Documents, Floats]:
        """True BM25F (Robertson and Zaragoza 2009): field counts are weighted and added before they saturate."""
        found = [(self.generation.postings(field, term), weight) for field, weight in FIELD_WEIGHTS.items()]
        documents = np.unique(np.concatenate([postings.documents for postings, _ in found]))
        documents = documents[self.visible[documents]]
        counts = np.zeros(self.generation.size if len(documents) else 0, np.float32)
        for postings, weight in found if len(documents) else ():
            counts[postings.documents] += np.float32(weight) * postings.counts
        counts = counts[documents]
        idf = np.float32(self._idf(len(documents)))
        return documents, idf * counts * (K1 + 1) / (counts + self._norms[documents])


def visible_to(generation: Generation, audience: Collection[str]) -> Mask:
    """The documents that share a token with the audience and are not deleted."""
    shared: Mask = np.zeros(generation.size, np.bool_)
    for token in audience:
        shared[generation.postings("audience", token).documents] = True
    return shared & generation.live


def best(scores: Floats, updated: Numbers, count: int) -> Numbers:
    """The `count` best documents with a score above zero, best first; ties go to the newer, then the earlier stored."""
    found = np.flatnonzero(scores > 0)
    if len(found) > count:
        limit = np.partition(scores[found], len(found) - count)[len(found) - count]
        found = found[scores[found] >= limit]
    order = np.lexsort((found, -updated[found], -scores[found]))
    best_first: Numbers = found[order][:count]
    return best_first


def newest(scores: Floats, updated: Numbers, count: int) -> Numbers:
    """The `count` newest documents with a score above zero, newest first; ties go to the better, then the earlier."""
    found = np.flatnonzero(scores > 0)
    order = np.lexsort((found, -scores[found], -updated[found]))
    newest_first: Numbers = found[order][:count]
    return newest_first


def allowed(generation: Generation, facets: Mapping[str, Collection[str]]) -> dict[str, Mask]:
    """For every facet that is filtered by, the documents with any of the wanted values."""
    masks = {}
    for name, values in facets.items():
        masks[name] = np.zeros(generation.size, np.bool_)
        for value in values:
            masks[name][generation.postings("facet", facet_term(name, value)).documents] = True
    return masks


def count_facets(generation: Generation, matched: Mask) -> dict[str, int]:
    """In how many of the matched documents each facet term occurs; terms with none are left out."""
    terms, places, documents = generation.facets
    counts = np.bincount(places, weights=matched[documents], minlength=len(terms)) if terms else ()
    return {term: int(number) for term, number in zip(terms, counts, strict=True) if number}
