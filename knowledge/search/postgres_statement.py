"""The one statement of a search on PostgreSQL: true BM25F, rights, phrases, filters, counts and the best, at once.

Built from fixed pieces; whatever a person typed is a bound value. It knows nothing of connections or results.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.search.plan import Phrase
from knowledge.search.schema import SEPARATOR
from knowledge.search.scoring import K1


@dataclass
class Asked:
    """What to look up. `weights` are the terms' weights times their rarity; without `terms`, everything readable.

    A document needs `shared` of the terms and a score of `least`. The best `count` come back, the first
    `with_text` of them with their folded text.
    """

    build_id: int
    audience: Collection[str]
    norms: tuple[float, float]
    terms: Mapping[str, float] | None
    shared: int = 1
    least: float = 0.0
    named: Sequence[str] = ()
    required: Sequence[Sequence[Phrase]] = ()
    excluded: Sequence[Phrase] = ()
    in_title: Sequence[Phrase] = ()
    not_in_title: Sequence[Phrase] = ()
    keys: Collection[str] = ()
    not_keys: Collection[str] = ()
    filters: Mapping[str, Collection[str]] = field(default_factory=dict)
    without: Collection[str] = ()
    but: int | None = None
    newest: bool = False
    count: int = 20
    with_text: int = 0


class Statement:
    """The text of the statement and its values."""

    def __init__(self, asked: Asked) -> None:
        self.values: dict[str, Any] = {
            "build": asked.build_id,
            "audience": sorted(asked.audience),
            "count": asked.count,
            "with_text": asked.with_text,
        }
        conditions = " AND ".join(self._conditions(asked)) or "true"
        failed, missed = self._failures(asked.filters)
        passing = f"NOT facets && {self._texts(asked.without)}" if asked.without else "true"
        self.text = "".join(
            [
                _READABLE,
                _SETS.format(failed=failed, missed=missed, passing=passing),
                self._first_stage(asked),
                self._named(asked.named),
                _MATCHED.format(conditions=conditions),
                _NEWEST if asked.newest else _BEST,
                _RESULT,
            ]
        )

    def _value(self, value: Any) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def _texts(self, values: Collection[str]) -> str:
        return f"CAST({self._value(list(values))} AS text[])"

    def _first_stage(self, asked: Asked) -> str:
        """The scores of the words; the sum over fields is in the postings' weights already."""
        if asked.terms is None:
            return _EVERYTHING
        flat, slope = asked.norms
        self.values |= {
            "terms": list(asked.terms),
            "weights": [weight * (K1 + 1) for weight in asked.terms.values()],
            "flat": flat,
            "slope": slope,
            "shared": asked.shared,
            "least": asked.least,
        }
        return _SCORED

    def _named(self, names: Sequence[str]) -> str:
        """Documents whose key stands in the query go far ahead, those of later keys farther."""
        if not names:
            return "found AS (SELECT id, facets_id, score FROM first), "
        self.values["names"] = list(names)
        return _NAMED

    def _conditions(self, asked: Asked) -> list[str]:
        either = [" OR ".join(self._phrase(phrase) for phrase in group) for group in asked.required]
        conditions = [f"({phrases})" for phrases in either]
        conditions += [f"NOT {self._phrase(phrase)}" for phrase in asked.excluded]
        conditions += [self._phrase(phrase, in_title=True) for phrase in asked.in_title]
        conditions += [f"NOT {self._phrase(phrase, in_title=True)}" for phrase in asked.not_in_title]
        if asked.keys:
            conditions.append(f"f.id IN ({_WITH_KEY.format(names=self._texts(asked.keys))})")
        if asked.not_keys:
            conditions.append(f"f.id NOT IN ({_WITH_KEY.format(names=self._texts(asked.not_keys))})")
        if asked.but is not None:
            conditions.append(f"f.id <> {self._value(asked.but)}")
        return conditions

    def _phrase(self, phrase: Phrase, *, in_title: bool = False) -> str:
        """Whether the document has the phrase: its words at one distance from the start, all of them."""
        spelled = [(term, offset) for terms, offset in phrase for term in terms]
        terms = self._texts([term for term, _ in spelled])
        if len(phrase) == 1:
            return f"f.id IN ({(_WORD_IN_TITLE if in_title else _WORD).format(terms=terms)})"
        offsets = f"CAST({self._value([offset for _, offset in spelled])} AS integer[])"
        title = "AND place LIKE '-%'" if in_title else ""
        return f"f.id IN ({_PHRASE.format(terms=terms, offsets=offsets, title=title, words=self._value(len(phrase)))})"

    def _failures(self, filters: Mapping[str, Collection[str]]) -> tuple[str, str]:
        """How many filters a set of facets does not pass, and the name of the first of those."""
        if not filters:
            return "0", "CAST(NULL AS text)"
        tests = {
            self._value(name): f"facets && {self._texts([f'{name}{SEPARATOR}{value}' for value in values])}"
            for name, values in filters.items()
        }
        failed = " + ".join(f"CASE WHEN {test} THEN 0 ELSE 1 END" for test in tests.values())
        missed = " ".join(f"WHEN NOT {test} THEN CAST({name} AS text)" for name, test in tests.items())
        return failed, f"CASE {missed} END"


_READABLE = """
WITH readable AS MATERIALIZED (
    SELECT id FROM search_audience WHERE build_id = :build AND tokens && CAST(:audience AS text[])
), """
_SETS = """sets AS MATERIALIZED (
    SELECT id, facets, {failed} AS failed, {missed} AS missed FROM search_facets WHERE build_id = :build AND {passing}
), """
_EVERYTHING = """first AS (
    SELECT id, facets_id, CAST(1 AS double precision) AS score FROM search_document
    WHERE build_id = :build AND audience_id = ANY(ARRAY(SELECT id FROM readable))
), """
_SCORED = """first AS MATERIALIZED (
    SELECT p.document_id AS id, min(p.facets_id) AS facets_id,
        sum(a.weight * p.weight / (p.weight + :flat + :slope * p.length)) AS score
    FROM unnest(CAST(:terms AS text[]), CAST(:weights AS double precision[])) AS a(term, weight)
    JOIN search_posting p ON p.build_id = :build AND p.term = a.term
    WHERE p.audience_id = ANY(ARRAY(SELECT id FROM readable))
    GROUP BY p.document_id
    HAVING count(*) >= :shared AND sum(a.weight * p.weight / (p.weight + :flat + :slope * p.length)) >= :least
), """
_NAMED = """named AS (
    SELECT d.id, d.facets_id, max(n.place) AS place
    FROM unnest(CAST(:names AS text[])) WITH ORDINALITY AS n(name, place)
    JOIN search_document d ON d.build_id = :build AND d.name = n.name
    WHERE d.audience_id = ANY(ARRAY(SELECT id FROM readable))
    GROUP BY d.id
), found AS (
    SELECT id, facets_id, score FROM first WHERE id NOT IN (SELECT id FROM named)
    UNION ALL
    SELECT id, facets_id, power(3.0, place) * ((SELECT coalesce(max(score), 0) FROM first) + 1) FROM named
), """
_MATCHED = """matched AS MATERIALIZED (
    SELECT f.id, f.score, f.facets_id, s.failed FROM found f JOIN sets s ON s.id = f.facets_id
    WHERE f.score > 0 AND {conditions}
), kept AS (
    SELECT id, score FROM matched WHERE failed = 0
), """
_WITH_KEY = "SELECT id FROM search_document WHERE build_id = :build AND name = ANY({names})"
_WORD = """SELECT document_id FROM search_posting
    WHERE build_id = :build AND term = ANY({terms}) AND places IS NOT NULL"""
_WORD_IN_TITLE = """SELECT document_id FROM search_posting
    WHERE build_id = :build AND term = ANY({terms}) AND places LIKE '-%'"""
_PHRASE = """SELECT document_id FROM (
        SELECT p.document_id, word.distance, CAST(place AS integer) - word.distance AS start
        FROM unnest({terms}, {offsets}) AS word(term, distance)
        JOIN search_posting p ON p.build_id = :build AND p.term = word.term,
        unnest(string_to_array(p.places, ',')) AS place
        WHERE true {title}
    ) AS places GROUP BY document_id, start HAVING count(DISTINCT distance) = {words}"""
_BEST = """top AS (
    SELECT id, score FROM kept ORDER BY score DESC FETCH FIRST (:count) ROWS WITH TIES
), best AS (
    SELECT t.id, t.score, row_number() OVER (ORDER BY t.score DESC, d.updated DESC, t.id) AS place
    FROM top t JOIN search_document d ON d.id = t.id ORDER BY place LIMIT :count
), """
_NEWEST = """best AS (
    SELECT k.id, k.score, row_number() OVER (ORDER BY d.updated DESC, k.score DESC, k.id) AS place
    FROM kept k JOIN search_document d ON d.id = k.id ORDER BY place LIMIT :count
), """
_RESULT = """of_sets AS (
    SELECT facets_id, count(*) AS documents FROM matched WHERE failed <= 1 GROUP BY facets_id
), counts AS (
    SELECT facet, CAST(sum(o.documents) AS integer) AS documents
    FROM of_sets o JOIN sets s ON s.id = o.facets_id, unnest(s.facets) AS facet
    WHERE s.failed = 0 OR split_part(facet, chr(31), 1) = s.missed
    GROUP BY facet
)
SELECT (SELECT count(*) FROM kept) AS total, c.facets, c.counts, b.ids, b.scores, b.texts
FROM (SELECT array_agg(facet) AS facets, array_agg(documents) AS counts FROM counts) AS c,
    (SELECT array_agg(best.id ORDER BY place) AS ids, array_agg(score ORDER BY place) AS scores,
        array_agg(CASE WHEN place <= :with_text THEN t.folded END ORDER BY place) AS texts
     FROM best JOIN search_text t ON t.document_id = best.id) AS b
"""
