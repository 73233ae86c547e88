"""Searching the index tables of PostgreSQL for one person: plan, one statement, second stage, snippets.

Every read here happens in one transaction that sees one state of the index, so counts and hits agree.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from knowledge.search import likeness, snippets, suggesting
from knowledge.search.analysis import LABEL, Analysis
from knowledge.search.backend import Also, Hit, Results, Suggestion
from knowledge.search.documents import Kind
from knowledge.search.plan import MOST_WORDS, Plan, Planner
from knowledge.search.postgres_rows import START
from knowledge.search.postgres_sight import PostgresSight, Readable
from knowledge.search.postgres_statement import Asked, Statement
from knowledge.search.query import Query, parse
from knowledge.search.schema import SEPARATOR, facet_term
from knowledge.search.scoring import K1
from knowledge.search.searching import Request
from knowledge.search.second_stage import CANDIDATES, rerank

LAST_LETTER = "\U0010ffff"
Ranked = list[tuple[int, float]]


class PostgresReading:
    """The current build as the holder of these tokens may read it, over a connection inside a transaction."""

    def __init__(
        self,
        connection: Connection,
        audience: Collection[str],
        seen: Readable,
        sight: PostgresSight,
        analysis: Analysis,
        planner: Planner,
    ) -> None:
        self._connection = connection
        self._audience = audience
        self._seen = seen
        self._sight = sight
        self._analysis = analysis
        self._planner = planner

    def search(self, request: Request) -> Results:
        """The results of this request."""
        query = parse(request.query)
        tokens = list(self._analysis.tokens(query.plain))
        self._sight.look_up(
            [term for token in tokens for term in (token.term, *token.parts, LABEL + token.term)],
            [token.folded for token in tokens if token.spellable],
        )
        plan = self._planner.plan(query, self._sight, request.literal, request.synonyms)
        self._sight.look_up(plan.terms)
        row = self._run(self._asked(query, plan, request))
        also = {one: terms for one, terms in plan.also.items() if self._has_all(terms)}
        return Results(
            hits=self._page(request, plan, row, also),
            total=row.total,
            facets=_facets(row),
            corrections=tuple(plan.corrections),
            corrected=plan.corrected,
            also=tuple(also),
        )

    def similar(
        self, content: str, like: tuple[Kind, str] | None, kinds: Collection[Kind], limit: int
    ) -> tuple[Hit, ...]:
        """See `backend.SearchBackend.similar`."""
        itself = self._itself(like) if like else None
        if like and not itself:
            return ()
        title, body = (itself.title, itself.excerpt) if itself else ("", content)
        in_title, in_body = list(self._analysis.tokens(title)), list(self._analysis.tokens(body))
        self._sight.look_up([term for each in (*in_title, *in_body) for term in (each.term, *each.parts)])
        less = 1 if itself else 0
        terms = likeness.heaviest(in_title, in_body, self._sight.idf, lambda term: self._sight.found(term) - less)
        weighted = {term: weight * self._sight.idf(term) for term, weight in terms.items()}
        most = sum(weighted.values()) * (K1 + 1) or 1.0
        row = self._run(
            Asked(
                self._seen.build_id,
                self._audience,
                self._seen.norms,
                weighted,
                shared=min(likeness.LEAST_SHARED, len(terms)),
                least=likeness.LEAST_LIKE * most,
                filters={"kind": kinds} if kinds else {},
                but=itself.id if itself else None,
                count=max(0, limit),
            )
        )
        ranked = [(number, score / most) for number, score in zip(row.ids or (), row.scores or (), strict=True)]
        return tuple(self._hits(ranked, None, {}))

    def suggest(self, typed: str, limit: int) -> tuple[Suggestion, ...]:
        """See `backend.SearchBackend.suggest`."""
        wanted = suggesting.typed_words(typed)
        if wanted is None:
            return ()
        values = {
            **self._readable(),
            "whole": [START + word for word in dict.fromkeys(wanted.whole)],
            "many": len(set(wanted.whole)),
            "first": START + wanted.last,
            "last": START + wanted.last + LAST_LETTER,
            "key": wanted.key or None,
            "key_last": wanted.key + LAST_LETTER,
            "count": suggesting.CANDIDATES,
        }
        words = self._connection.execute(text(_STARTS), values).all()
        titles = list(self._connection.execute(text(_TITLES), values).all())
        titles.sort(key=lambda row: suggesting.rank(wanted, row.title))
        found = [*_words(wanted, words), *(Suggestion(row.title, Kind(row.kind), row.key, row.url) for row in titles)]
        return tuple(found[: max(0, limit)])

    def _asked(self, query: Query, plan: Plan, request: Request) -> Asked:
        filtered = bool(request.facets or request.without or plan.keys or plan.not_keys or plan.not_in_title)
        everything = filtered and not plan.has_words
        page = max(0, request.offset) + max(0, request.limit)
        return Asked(
            self._seen.build_id,
            self._audience,
            self._seen.norms,
            None if everything else {term: weight * self._sight.idf(term) for term, weight in plan.terms.items()},
            named=() if everything else _named(query),
            required=plan.required,
            excluded=plan.excluded,
            in_title=plan.in_title,
            not_in_title=plan.not_in_title,
            keys=plan.keys,
            not_keys=plan.not_keys,
            filters=request.facets,
            without=[facet_term(name, value) for name, values in request.without.items() for value in values],
            newest=request.newest,
            count=page if request.newest else max(page, CANDIDATES),
            with_text=0 if request.newest else CANDIDATES,
        )

    def _run(self, asked: Asked) -> Row[Any]:
        statement = Statement(asked)
        return self._connection.execute(text(statement.text), statement.values).one()

    def _page(self, request: Request, plan: Plan, row: Row[Any], also: Mapping[Also, Sequence[str]]) -> tuple[Hit, ...]:
        limit, offset = max(0, request.limit), max(0, request.offset)
        first = list(zip(row.ids or (), row.scores or (), strict=True))
        ranked = first if request.newest else _ranked(first, row.texts or (), plan)
        marked = {term: self._sight.idf(term) for term in plan.terms} if request.snippets else None
        return tuple(self._hits(ranked[offset : offset + limit], marked, also if request.snippets else {}))

    def _hits(
        self, page: Ranked, marked: Mapping[str, float] | None, also: Mapping[Also, Sequence[str]]
    ) -> Iterable[Hit]:
        """The hits in this order; with marks and excerpts if the marked terms (with their rarity) are given."""
        if not page:
            return []
        numbers = {"ids": [number for number, _ in page], "with_excerpt": marked is not None}
        rows = {row.id: row for row in self._connection.execute(text(_HITS), numbers)}
        found_by = self._found_by(numbers["ids"], also)
        return [self._hit(rows[number], score, marked, found_by.get(number, ())) for number, score in page]

    def _hit(self, row: Row[Any], score: float, marked: Mapping[str, float] | None, also: Iterable[str]) -> Hit:
        title: tuple[Any, ...] = ()
        excerpt: tuple[Any, ...] = ()
        if marked is not None:
            title = snippets.whole(row.title, self._analysis.tokens_like(row.title, marked), marked)
            excerpt = snippets.snippet(row.excerpt, self._analysis.tokens_like(row.excerpt, marked), marked)
        updated = datetime.fromtimestamp(row.updated, UTC)
        return Hit(Kind(row.kind), row.key, row.title, row.url, score, title, excerpt, tuple(also), updated)

    def _found_by(self, ids: object, also: Mapping[Also, Sequence[str]]) -> dict[int, list[str]]:
        """For each of these documents the synonyms whose terms it has, all of them."""
        if not also:
            return {}
        terms = sorted({term for of in also.values() for term in of})
        asked = {"build": self._seen.build_id, "ids": ids, "terms": terms}
        rows = self._connection.execute(text(_TERMS_OF), asked).all()
        return {
            row.document_id: list(dict.fromkeys(one.other for one, of in also.items() if set(row.terms).issuperset(of)))
            for row in rows
        }

    def _has_all(self, terms: Sequence[str]) -> bool:
        """Whether a readable document has all of these terms."""
        if not all(self._sight.found(term) for term in terms):
            return False
        different = sorted(set(terms))
        asked = {**self._readable(), "terms": different, "many": len(different)}
        return len(different) == 1 or bool(self._connection.scalar(text(_HAS_ALL), asked))

    def _itself(self, like: tuple[Kind, str]) -> Row[Any] | None:
        asked = {**self._readable(), "kind": str(like[0]), "key": like[1]}
        return self._connection.execute(text(_ITSELF), asked).one_or_none()

    def _readable(self) -> dict[str, Any]:
        return {"build": self._seen.build_id, "audiences": list(self._seen.audiences)}


def _named(query: Query) -> list[str]:
    """Words of the query that may be keys, e.g. F-2026-01; a plain number is none."""
    words = query.plain.split()[:MOST_WORDS]
    return [
        word.casefold().replace("\0", "")
        for word in words
        if not word.isdecimal() and any(sign.isdecimal() for sign in word)
    ]


def _ranked(first: Ranked, texts: Sequence[str], plan: Plan) -> Ranked:
    """The first stage's order with its best 40 ranked anew; the scores of the others are on the same scale."""
    with_text = [(number, score, texts[place]) for place, (number, score) in enumerate(first[:CANDIDATES])]
    rest = [(number, score / first[0][1]) for number, score in first[CANDIDATES:]]
    return rerank(with_text, plan.words) + rest


def _facets(row: Row[Any]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for term, number in sorted(zip(row.facets or (), row.counts or (), strict=True)):
        name, _, value = term.partition(SEPARATOR)
        counts.setdefault(name, {})[value] = number
    return counts


def _words(wanted: suggesting.Typed, rows: Iterable[Row[Any]]) -> list[Suggestion]:
    """Words that begin like the last typed one, in the spelling of a readable title."""
    found: list[Suggestion] = []
    for row in rows:
        word = suggesting.surface(row.term.removeprefix(START), row.title)
        if suggesting.is_suggestible(word) and len(found) < suggesting.MOST_WORDS:
            found.append(Suggestion(wanted.before + word))
    return found


_HITS = """
    SELECT d.id, d.kind, d.key, d.updated, t.title, t.url, CASE WHEN :with_excerpt THEN t.excerpt ELSE '' END AS excerpt
    FROM search_document d JOIN search_text t ON t.document_id = d.id WHERE d.id = ANY(:ids)
"""
_TERMS_OF = """
    SELECT document_id, array_agg(term) AS terms FROM search_posting
    WHERE build_id = :build AND term = ANY(:terms) AND document_id = ANY(:ids) GROUP BY document_id
"""
_HAS_ALL = """
    SELECT true FROM search_posting WHERE build_id = :build AND term = ANY(:terms) AND audience_id = ANY(:audiences)
    GROUP BY document_id HAVING count(*) = :many LIMIT 1
"""
_ITSELF = """
    SELECT d.id, t.title, t.excerpt FROM search_document d JOIN search_text t ON t.document_id = d.id
    WHERE d.build_id = :build AND d.kind = :kind AND d.key = :key AND d.audience_id = ANY(:audiences)
"""
_STARTING = """
    SELECT p.term, p.document_id FROM search_posting p
    WHERE p.build_id = :build AND p.term >= :first AND p.term < :last AND p.audience_id = ANY(:audiences)
      AND (:many = 0 OR p.document_id IN (
        SELECT document_id FROM search_posting WHERE build_id = :build AND term = ANY(:whole)
        GROUP BY document_id HAVING count(*) = :many
      ))
"""
_STARTS = f"""
    WITH starting AS ({_STARTING}),
    counted AS (
        SELECT term, count(*) AS documents, min(document_id) AS document_id FROM starting
        GROUP BY term ORDER BY count(*) DESC, term LIMIT :count
    )
    SELECT c.term, t.title FROM counted c JOIN search_text t ON t.document_id = c.document_id
    ORDER BY c.documents DESC, c.term
"""  # noqa: S608 - made of the fixed text above alone
_TITLES = f"""
    WITH starting AS ({_STARTING}),
    fitting AS (
        SELECT document_id AS id FROM starting
        UNION
        SELECT id FROM search_document
        WHERE build_id = :build AND name >= CAST(:key AS text) AND name < :key_last AND audience_id = ANY(:audiences)
    )
    SELECT d.kind, d.key, t.title, t.url FROM fitting f
    JOIN search_document d ON d.id = f.id JOIN search_text t ON t.document_id = d.id
    ORDER BY d.updated DESC, d.id LIMIT :count
"""  # noqa: S608 - made of the fixed text above alone
