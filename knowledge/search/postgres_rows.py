"""How a search document becomes rows of the index tables, and the copying of such rows into PostgreSQL.

The content is the one that Whoosh is given (`schema.row`); here it gets the shape of tables. No statement reads here.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from knowledge.search.analysis import Analysis
from knowledge.search.documents import SearchDocument
from knowledge.search.schema import FIELD_WEIGHTS, Record, row

TITLE_FROM = -10_000
"""Where the places of a title begin to count; those of the body begin with 0."""

START = "^"
"""Stands before the folded words of a title, which are kept as postings for suggestions; no term begins with it."""

DOCUMENT = "tenant_id build_id id audience_id facets_id kind key name version updated length"
TEXT = "tenant_id document_id title url excerpt folded words"
POSTING = "tenant_id build_id term document_id audience_id facets_id weight length places"


class Entry(NamedTuple):
    """A document, analysed, that has no number yet."""

    record: Record
    audience: tuple[str, ...]
    facets: tuple[str, ...]
    words: list[str]
    updated: int
    length: float
    postings: list[tuple[str, float, str | None]]


def entry(document: SearchDocument, analysis: Analysis) -> Entry:
    """The document as the tables keep it. PostgreSQL takes no NUL, so there is none in it."""
    fields = row(document, analysis)
    record = Record(*(_storable(value) for value in fields["record"]))
    return Entry(
        record=record,
        audience=tuple(sorted(document.audience)),
        facets=tuple(sorted(_storable(facet) for facet in fields["facet"])),
        words=sorted(fields["word"]),
        updated=fields["updated"],
        length=fields["length"],
        postings=list(_postings(fields)),
    )


def _storable(text: str) -> str:
    return text.replace("\0", " ").encode("utf-8", "replace").decode()


def set_name(tokens: Sequence[str]) -> str:
    """A short name for a set of tokens or facet terms, sorted."""
    return hashlib.sha256("\n".join(tokens).encode()).hexdigest()


def _postings(fields: Mapping[str, Any]) -> Iterator[tuple[str, float, str | None]]:
    """(term, weighted count, places) of every term: fields are weighted and added, as BM25F wants them."""
    title, body, parts = fields["title"], fields["body"], fields["parts"]
    for term in sorted({*title, *body, *parts}):
        in_title, in_body = title.get(term, ()), body.get(term, ())
        places = [*(TITLE_FROM + place for place in in_title), *in_body]
        counts = {"title": len(in_title), "body": len(in_body), "parts": parts.get(term, 0)}
        weight = sum(FIELD_WEIGHTS[name] * count for name, count in counts.items())
        yield term, weight, ",".join(map(str, places)) or None
    for word in sorted(fields["start"]):
        yield START + word, 0.0, None


class Numbered(NamedTuple):
    """A document with the numbers of its row, of its audience's and of its facets'."""

    id: int
    audience_id: int
    facets_id: int
    entry: Entry


class Copying:
    """Copies the rows of one build; the postings go to `postings`, a table of the same shape."""

    def __init__(self, connection: Connection, tenant_id: int, build_id: int, postings: str) -> None:
        self._connection = connection
        self._of = (tenant_id, build_id)
        self._postings = postings

    def write(self, documents: Collection[Numbered]) -> None:
        """All rows of these documents."""
        tenant_id, build_id = self._of
        self._copy("search_document", DOCUMENT, (self._document(each) for each in documents))
        self._copy("search_text", TEXT, (_text(tenant_id, each) for each in documents))
        self._copy(
            self._postings,
            POSTING,
            (
                (
                    tenant_id,
                    build_id,
                    term,
                    each.id,
                    each.audience_id,
                    each.facets_id,
                    weight,
                    each.entry.length,
                    places,
                )
                for each in documents
                for term, weight, places in each.entry.postings
            ),
        )

    def _document(self, each: Numbered) -> tuple[Any, ...]:
        kept, record = each.entry, each.entry.record
        name = record.key.casefold()
        about = (record.kind, record.key, name, record.version, kept.updated, kept.length)
        return (*self._of, each.id, each.audience_id, each.facets_id, *about)

    def _copy(self, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
        driver: Any = self._connection.connection.driver_connection
        with (
            driver.cursor() as cursor,
            cursor.copy(f"COPY {table} ({', '.join(columns.split())}) FROM STDIN") as copy,
        ):
            for each in rows:
                copy.write_row(each)


def _text(tenant_id: int, each: Numbered) -> tuple[Any, ...]:
    record = each.entry.record
    return tenant_id, each.id, record.title, record.url, record.excerpt, record.folded, each.entry.words
