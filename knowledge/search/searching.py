"""Searching one generation of an index for one person: first stage, filters, second stage, facets, snippets."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache, reduce

import numpy as np

from knowledge.search import likeness, snippets, suggesting
from knowledge.search.analysis import Analysis
from knowledge.search.backend import Also, Hit, Results, Suggestion
from knowledge.search.documents import Kind
from knowledge.search.phrases import TITLE, containing
from knowledge.search.plan import MOST_WORDS, Plan, Planner
from knowledge.search.query import Query, parse
from knowledge.search.schema import SEPARATOR, uid
from knowledge.search.scoring import K1, View, allowed, best, count_facets, newest, visible_to
from knowledge.search.second_stage import CANDIDATES, rerank
from knowledge.search.segments import Documents, Floats, Generation, Mask
from knowledge.search.synonyms import Group


@dataclass(frozen=True)
class Request:
    """A search as it is asked; see `backend.SearchBackend.search`. The kind is a facet like the others here."""

    query: str
    audience: frozenset[str]
    facets: Mapping[str, Collection[str]] = field(default_factory=dict)
    without: Mapping[str, Collection[str]] = field(default_factory=dict)
    synonyms: Sequence[Group] | None = None
    newest: bool = False
    snippets: bool = True
    limit: int = 20
    offset: int = 0
    literal: bool = False


class Reading:
    """An index generation that is open for searching. People who may read the same documents share a view."""

    def __init__(self, generation: Generation, analysis: Analysis, groups: Sequence[Group]) -> None:
        self.generation = generation
        self._analysis = analysis
        self._planner = Planner(analysis, groups)
        self._visible = lru_cache(maxsize=64)(self._packed)
        self._view = lru_cache(maxsize=16)(self._unpacked)

    def search(self, request: Request) -> Results:
        """The results of this request."""
        view = self._of(request.audience)
        query = parse(request.query)
        plan = self._planner.plan(query, view, request.literal, request.synonyms)
        scores = _required(view, plan, _first_stage(view, query, plan, request))
        scores = scores * ~_any_of(allowed(self.generation, request.without), self.generation.size)
        filters = allowed(self.generation, request.facets)
        kept = scores * _all_of(filters, self.generation.size)
        also = _also(view, plan)
        return Results(
            hits=self._page(request, plan, kept, view, also),
            total=int(np.count_nonzero(kept)),
            facets=_facet_counts(self.generation, scores, filters),
            corrections=tuple(plan.corrections),
            corrected=plan.corrected,
            also=tuple(also),
        )

    def similar(
        self, audience: frozenset[str], text: str, like: tuple[Kind, str] | None, kinds: Collection[Kind], limit: int
    ) -> tuple[Hit, ...]:
        """See `backend.SearchBackend.similar`."""
        view = self._of(audience)
        title, itself = "", np.empty(0, np.int32)
        if like is not None:
            itself = view.documents("uid", uid(*like))
            if not len(itself):
                return ()
            record = self.generation.record(int(itself[0]))
            title, text = record.title, record.excerpt
        terms = likeness.heaviest(
            self._analysis.tokens(title),
            self._analysis.tokens(text),
            view.idf,
            lambda term: len(np.setdiff1d(view.contribution(term)[0], itself)),
        )
        scores = _alike(view, terms)
        scores[itself] = 0
        if kinds:
            scores = scores * _any_of(allowed(self.generation, {"kind": kinds}), self.generation.size)
        order = best(scores, self.generation.updated, max(0, limit)).tolist()
        return tuple(self._brief(document, float(scores[document])) for document in order)

    def suggest(self, audience: frozenset[str], typed: str, limit: int) -> tuple[Suggestion, ...]:
        """See `backend.SearchBackend.suggest`."""
        wanted = suggesting.typed_words(typed)
        if wanted is None:
            return ()
        view = self._of(audience)
        words = {term: view.documents("start", term) for term in self.generation.prefixed("start", wanted.last)}
        whole = [view.documents("start", word) for word in wanted.whole]
        words = {term: reduce(_intersection, whole, documents) for term, documents in words.items()}
        titles = reduce(np.union1d, words.values(), np.empty(0, np.int32))
        if wanted.key:
            keys = [view.documents("key", key) for key in self.generation.prefixed("key", wanted.key)]
            titles = reduce(np.union1d, keys, titles)
        found = [*self._words(wanted, words), *self._titles(wanted, titles)]
        return tuple(found[: max(0, limit)])

    def _of(self, audience: frozenset[str]) -> View:
        return self._view(self._visible(audience))

    def _packed(self, audience: frozenset[str]) -> bytes:
        return np.packbits(visible_to(self.generation, audience)).tobytes()

    def _unpacked(self, visible: bytes) -> View:
        bits = np.unpackbits(np.frombuffer(visible, np.uint8), count=self.generation.size)
        return View(self.generation, bits.astype(np.bool_))

    def _page(
        self, request: Request, plan: Plan, kept: Floats, view: View, also: Mapping[Also, frozenset[int]]
    ) -> tuple[Hit, ...]:
        limit, offset = max(0, request.limit), max(0, request.offset)
        if request.newest:
            order = newest(kept, self.generation.updated, offset + limit).tolist()
            ranked = [(document, float(kept[document])) for document in order]
        else:
            order = best(kept, self.generation.updated, max(offset + limit, CANDIDATES)).tolist()
            ranked = self._ranked(order, kept, plan)
        page = ranked[offset : offset + limit]
        if not request.snippets:
            return tuple(self._brief(document, score) for document, score in page)
        marked = {term: view.idf(term) for term in plan.terms}
        return tuple(self._hit(document, score, marked, also) for document, score in page)

    def _ranked(self, order: list[int], scores: Floats, plan: Plan) -> list[tuple[int, float]]:
        """The first stage's order with its best 40 ranked anew; the scores of the others are on the same scale."""
        first = [(document, float(scores[document])) for document in order]
        with_text = [(number, score, self.generation.record(number).folded) for number, score in first[:CANDIDATES]]
        rest = [(document, score / first[0][1]) for document, score in first[CANDIDATES:]]
        return rerank(with_text, plan.words) + rest

    def _brief(self, document: int, score: float) -> Hit:
        record = self.generation.record(document)
        updated = datetime.fromtimestamp(int(self.generation.updated[document]), UTC)
        return Hit(Kind(record.kind), record.key, record.title, record.url, score, updated=updated)

    def _hit(
        self, document: int, score: float, marked: Mapping[str, float], also: Mapping[Also, frozenset[int]]
    ) -> Hit:
        record = self.generation.record(document)
        return replace(
            self._brief(document, score),
            title_pieces=snippets.whole(record.title, self._analysis.tokens_like(record.title, marked), marked),
            snippet=snippets.snippet(record.excerpt, self._analysis.tokens_like(record.excerpt, marked), marked),
            also=tuple(dict.fromkeys(one.other for one, documents in also.items() if document in documents)),
        )

    def _words(self, wanted: suggesting.Typed, words: Mapping[str, Documents]) -> list[Suggestion]:
        """Words that begin like the last typed one, in the spelling of a readable title."""
        found = []
        for term in suggesting.most_frequent((term, len(documents)) for term, documents in words.items()):
            word = suggesting.surface(term, self.generation.record(int(words[term][0])).title)
            if suggesting.is_suggestible(word):
                found.append(Suggestion(wanted.before + word))
            if len(found) == suggesting.MOST_WORDS:
                break
        return found

    def _titles(self, wanted: suggesting.Typed, documents: Documents) -> list[Suggestion]:
        by_age = documents[np.argsort(-self.generation.updated[documents], kind="stable")]
        records = [self.generation.record(int(document)) for document in by_age[: suggesting.CANDIDATES]]
        records.sort(key=lambda record: suggesting.rank(wanted, record.title))
        return [Suggestion(record.title, Kind(record.kind), record.key, record.url) for record in records]


def _intersection(one: Documents, other: Documents) -> Documents:
    both: Documents = np.intersect1d(one, other)
    return both


def _first_stage(view: View, query: Query, plan: Plan, request: Request) -> Floats:
    """The scores of the words; of a query that is nothing but filters, 1 for everything that may be read."""
    filtered = bool(request.facets or request.without or plan.keys or plan.not_keys or plan.not_in_title)
    if plan.has_words or not filtered:
        return _named_first(view, query, view.scores(plan.terms))
    return view.visible.astype(np.float32)


def _alike(view: View, terms: Mapping[str, float]) -> Floats:
    """From 0 to 1, the share of what a document with all terms could reach; 0 for those that share too little."""
    shared = np.zeros(view.generation.size, np.int32)
    for term in terms:
        shared[view.contribution(term)[0]] += 1
    most = sum(weight * view.idf(term) for term, weight in terms.items()) * (K1 + 1)
    scores = view.scores(terms) / np.float32(most or 1.0)
    enough = shared >= min(likeness.LEAST_SHARED, len(terms))
    alike: Floats = np.where(enough & (scores >= likeness.LEAST_LIKE), scores, np.float32(0))
    return alike


def _also(view: View, plan: Plan) -> dict[Also, frozenset[int]]:
    """The synonyms that a readable document has, each with these documents."""
    found = {}
    for one, terms in plan.also.items():
        documents = reduce(_intersection, (view.contribution(term)[0] for term in terms))
        if len(documents):
            found[one] = frozenset(documents.tolist())
    return found


def _named_first(view: View, query: Query, scores: Floats) -> Floats:
    """The scores, with documents far ahead whose key stands in the query, e.g. F-2026-01; a plain number is no key."""
    for word in query.plain.split()[:MOST_WORDS]:
        if not word.isdecimal() and any(sign.isdecimal() for sign in word):
            scores[view.documents("key", word.casefold())] = 3 * scores.max(initial=0) + 1
    return scores


def _required(view: View, plan: Plan, scores: Floats) -> Floats:
    """The scores of documents with every required phrase and no excluded one; 0 for all others."""
    kept = scores > 0
    for group in plan.required:
        kept &= reduce(np.logical_or, (containing(view, phrase) for phrase in group))
    for phrase in plan.excluded:
        kept &= ~containing(view, phrase)
    for phrase in plan.in_title:
        kept &= containing(view, phrase, TITLE)
    for phrase in plan.not_in_title:
        kept &= ~containing(view, phrase, TITLE)
    if plan.keys:
        kept &= _with_keys(view, plan.keys)
    kept &= ~_with_keys(view, plan.not_keys)
    filtered: Floats = np.where(kept, scores, np.float32(0))
    return filtered


def _with_keys(view: View, keys: Collection[str]) -> Mask:
    found: Mask = np.zeros(view.generation.size, np.bool_)
    for key in keys:
        found[view.documents("key", key)] = True
    return found


def _any_of(filters: Mapping[str, Mask], size: int) -> Mask:
    kept: Mask = np.zeros(size, np.bool_)
    for mask in filters.values():
        kept |= mask
    return kept


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
