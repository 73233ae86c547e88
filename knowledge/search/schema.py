"""How a search document is laid out in Whoosh: fields, stored record, and the fingerprint that tells versions apart.

Terms come analysed from `analysis`; Whoosh stores postings and is never asked to analyse, parse or score.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from knowledge.search.analysis import ANALYSIS_VERSION, LABEL, Analysis, Token, clean
from knowledge.search.documents import SearchDocument, version
from knowledge.search.suggesting import starts
from knowledge.search.whoosh_library import COLUMN, STORED, Existence, FieldType, NumericColumn, Positions, Schema

SCHEMA_VERSION = 4
TITLE_WEIGHT, BODY_WEIGHT, PARTS_WEIGHT = 3.0, 1.0, 0.25
FIELD_WEIGHTS = {"title": TITLE_WEIGHT, "body": BODY_WEIGHT, "parts": PARTS_WEIGHT}
EXCERPT = 20_000
SEPARATOR = "\x1f"


class Record(NamedTuple):
    """What is stored with a document to show and re-rank it; `excerpt` and `folded` cover the first 20,000 letters.

    `version` is that of the whole document, as `documents.version` makes it.
    """

    kind: str
    key: str
    title: str
    url: str
    excerpt: str
    folded: str
    version: str


class TermsField(FieldType):
    """A field that is given its terms: a Counter (frequencies), a dict of positions, or a set (mere presence)."""

    def __init__(self, posting_format: Any) -> None:
        super().__init__(posting_format, analyzer=None)

    def index(self, value: Any, **_options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """(term, frequency, weight, posting value) for each term, as Whoosh's writer wants it."""
        for term in value:
            where = value[term] if isinstance(value, dict) else 1
            count = len(where) if isinstance(where, list) else where
            yield term.encode(), count, float(count), self._encoded(where)

    def _encoded(self, where: Any) -> bytes:
        encoded: bytes = self.format.encode(where) if isinstance(where, list) else b""
        return encoded


SCHEMA = Schema(
    uid=TermsField(Existence()),
    key=TermsField(Existence()),
    start=TermsField(Existence()),
    audience=TermsField(Existence()),
    facet=TermsField(Existence()),
    title=TermsField(Positions()),
    body=TermsField(Positions()),
    parts=TermsField(Existence()),
    word=TermsField(Existence()),
    length=COLUMN(NumericColumn("f")),
    updated=COLUMN(NumericColumn("q")),
    record=STORED(),
)


def fingerprint(shipped: Iterable[str]) -> str:
    """A short name for everything that decides how text becomes terms; `shipped` are the nouns of the glossary."""
    parts = [f"{SCHEMA_VERSION}.{ANALYSIS_VERSION}.{sorted(FIELD_WEIGHTS.items())}", *sorted(shipped)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def uid(kind: str, key: str) -> str:
    """The one term by which a document is found again."""
    return f"{kind}{SEPARATOR}{key}"


def facet_term(name: str, value: str) -> str:
    """The term of one facet value."""
    return f"{name}{SEPARATOR}{value}"


def row(document: SearchDocument, analysis: Analysis) -> dict[str, Any]:
    """The document as keyword arguments of Whoosh's `add_document`."""
    title, body = clean(document.title), clean(document.body)
    in_title, in_body = list(analysis.tokens(title)), list(analysis.tokens(body))
    labels = list(analysis.tokens(clean("\n".join(document.labels))))
    tokens = [*in_title, *in_body]
    parts = Counter(part for token in tokens for part in token.parts)
    parts.update({LABEL + token.term for token in labels if not token.stop})
    key = "" if document.key.isdecimal() else clean(document.key)
    folded = _folded([*in_title, *analysis.tokens(key)], in_body)
    record = Record(str(document.kind), document.key, title, document.url, body[:EXCERPT], folded, version(document))
    return {
        "uid": {uid(document.kind, document.key)},
        "key": {document.key.casefold()},
        "start": starts(title),
        "audience": document.audience,
        "facet": set(_facet_terms(document)),
        "title": _positions(in_title),
        "body": _positions(in_body),
        "parts": parts,
        "word": {token.folded for token in (*tokens, *labels) if token.spellable},
        "length": _length(in_title, in_body, parts),
        "updated": _seconds(document.updated),
        "record": tuple(record),
    }


def _facet_terms(document: SearchDocument) -> Iterator[str]:
    yield facet_term("kind", document.kind)
    for name, values in document.facets.items():
        yield from (facet_term(name, value) for value in values)


def _positions(tokens: Iterable[Token]) -> dict[str, list[int]]:
    positions: dict[str, list[int]] = defaultdict(list)
    for token in tokens:
        if not token.stop:
            positions[token.term].append(token.position)
    return positions


def _length(title: list[Token], body: list[Token], parts: Counter[str]) -> float:
    """The weighted length that BM25F normalises by."""
    in_title, in_body = (sum(not token.stop for token in tokens) for tokens in (title, body))
    return TITLE_WEIGHT * in_title + BODY_WEIGHT * in_body + PARTS_WEIGHT * parts.total()


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _folded(head: list[Token], body: list[Token]) -> str:
    """Title, key and the beginning of the body for the second stage."""
    tokens = [*head, *(token for token in body if token.end <= EXCERPT)]
    return f" {' '.join(token.folded for token in tokens)} "
