"""Searching one generation of an index for one person: first stage, filters, second stage, facets, snippets."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from knowledge.search import snippets
from knowledge.search.analysis import Analysis
from knowledge.search.backend import Hit, Results
from knowledge.search.documents import Kind
from knowledge.search.phrases import containing
from knowledge.search.plan import MOST_WORDS, Plan, Planner
from knowledge.search.query import Query, parse
from knowledge.search.schema import SEPARATOR
from knowledge.search.scoring import View, allowed, best, count_facets, visible_to
from knowledge.search.second_stage import CANDIDATES, rerank
from knowledge.search.segments import Floats, Generation, Mask


@dataclass(frozen=True)
class Request:
    """A search as it is asked; see `backend.SearchBackend.search`. The kind is a facet like the others here."""

    query: str
    audience: frozenset[str]
    facets: Mapping[str, Collection[str]] = field(default_factory=dict)
    limit: int = 20
    offset: int = 0
    literal: bool = False


class Reading:
    """An index generation that is open for searching. People who may read the same documents share a view."""

    def __init__(self, generation: Generation, analysis: Analysis, groups: Sequence[Sequence[str]]) -> None:
        self.generation = generation
        self._analysis = analysis
        self._planner = Planner(analysis, groups)
        self._visible = lru_cache(maxsize=64)(self._packed)
        self._view = lru_cache(maxsize=16)(self._unpacked)

    def search(self, request: Request) -> Results:
        """The results of this request."""
        view = self._view(self._visible(request.audience))
        query = parse(request.query)
        plan = self._planner.plan(query, view, request.literal)
        scores = _required(view, plan, _named_first(view, query, view.scores(plan.terms)))
        filters = allowed(self.generation, request.facets)
        kept = scores * _all_of(filters, self.generation.size)
        limit, offset = max(0, request.limit), max(0, request.offset)
        order = best(kept, self.generation.updated, max(offset + limit, CANDIDATES)).tolist()
        page = self._ranked(order, kept, plan)[offset : offset + limit]
        marked = {term: view.idf(term) for term in plan.terms}
        return Results(
            hits=tuple(self._hit(document, score, marked) for document, score in page),
            total=int(np.count_nonzero(kept)),
            facets=_facet_counts(self.generation, scores, filters),
            corrections=tuple(plan.corrections),
            corrected=plan.corrected,
        )

    def _packed(self, audience: frozenset[str]) -> bytes:
        return np.packbits(visible_to(self.generation, audience)).tobytes()

    def _unpacked(self, visible: bytes) -> View:
        bits = np.unpackbits(np.frombuffer(visible, np.uint8), count=self.generation.size)
        return View(self.generation, bits.astype(np.bool_))

    def _ranked(self, order: list[int], scores: Floats, plan: Plan) -> list[tuple[int, float]]:
        """The first stage's order with its best 40 ranked anew; the scores of the others are on the same scale."""
        first = [(document, float(scores[document])) for document in order]
        with_text = [(number, score, self.generation.record(number).folded) for number, score in first[:CANDIDATES]]
        rest = [(document, score / first[0][1]) for document, score in first[CANDIDATES:]]
        return rerank(with_text, plan.words) + rest

    def _hit(self, document: int, score: float, marked: Mapping[str, float]) -> Hit:
        record = self.generation.record(document)
        return Hit(
            kind=Kind(record.kind),
            key=record.key,
            title=record.title,
            url=record.url,
            score=score,
            title_pieces=snippets.whole(record.title, self._analysis.tokens(record.title), marked),
            snippet=snippets.snippet(record.excerpt, self._analysis.tokens(record.excerpt), marked),
        )


def _named_first(view: View, query: Query, scores: Floats) -> Floats:
    """The scores, with documents far ahead whose key stands in the query, e.g. F-2026-01; a plain number is no key."""
    for word in query.plain.split()[:MOST_WORDS]:
        if not word.isdecimal() and any(sign.isdecimal() for sign in word):
            scores[view.documents("key", word.casefold())] = 3 * scores.max(initial=0) + 1
    return scores


def _required(view: View, plan: Plan, scores: Floats) -> Floats:
    """The scores of documents with every required phrase and no excluded one; 0 for all others."""
    kept = scores > 0
    for phrase in plan.required:
        kept &= containing(view, phrase)
    for phrase in plan.excluded:
        kept &= ~containing(view, phrase)
    filtered: Floats = np.where(kept, scores, np.float32(0))
    return filtered


def _all_of(filters: Mapping[str, Mask], size: int, but: str = "") -> Mask:
    kept: Mask = np.ones(size, np.bool_)
    for name, mask in filters.items():
        if name != but:
            kept &= mask
    return kept


def _facet_counts(generation: Generation, scores: Floats, filters: Mapping[str, Mask]) -> dict[str, dict[str, int]]:
    """Counts by facet and value; a facet that is filtered by is counted as if it were not."""
    counts: dict[str, dict[str, int]] = {}
    for but in ("", *filters):
        matched = (scores > 0) & _all_of(filters, generation.size, but)
        for term, number in count_facets(generation, matched).items():
            name, _, value = term.partition(SEPARATOR)
            if name == but or (not but and name not in filters):
                counts.setdefault(name, {})[value] = number
    return counts
