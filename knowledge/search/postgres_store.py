"""Writing the index tables of PostgreSQL: the writer's lock, builds, documents and the counts of their terms.

Everything happens in the transaction of the connection that is given. Counts are kept per audience, so that a reader's
statistics come from what that reader may see without touching a document.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from app.core.database import Database
from knowledge.search.analysis import Analysis
from knowledge.search.backend import IndexBusy
from knowledge.search.documents import SearchDocument
from knowledge.search.postgres_rows import START, Copying, Entry, Numbered, entry, set_name

INDEXER_LOCK, WRITER_LOCK = 20_141, 20_142
"""The first numbers of the two advisory locks of a tenant; the second is the tenant's."""

BATCH = 500
LOCK_NOT_AVAILABLE = "55P03"


class Build(NamedTuple):
    """A build as its row says."""

    id: int
    fingerprint: str
    revision: int
    documents: int


@contextmanager
def writing(database: Database, tenant_id: int, timeout: float) -> Iterator[Connection]:
    """One transaction as the tenant's only writer. Raises IndexBusy if another writes for `timeout` seconds."""
    with database.writing.begin() as connection:
        _lock(connection, tenant_id, timeout)
        yield connection


def _lock(connection: Connection, tenant_id: int, timeout: float) -> None:
    wait = f"{max(1, round(1000 * timeout))}ms"
    connection.execute(text("SELECT set_config('lock_timeout', :wait, true)"), {"wait": wait})
    try:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock, :of)"), {"lock": WRITER_LOCK, "of": tenant_id})
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", "") == LOCK_NOT_AVAILABLE:
            raise IndexBusy(f"tenant {tenant_id}") from error
        raise
    connection.execute(text("SELECT set_config('lock_timeout', '0', true)"))


@contextmanager
def indexing(database: Database, tenant_id: int) -> Iterator[bool]:
    """Be the tenant's one indexer while inside. The lock goes with its connection, also when the process dies."""
    numbers = {"lock": INDEXER_LOCK, "of": tenant_id}
    with database.reading.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        mine = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:lock, :of)"), numbers))
        try:
            yield mine
        finally:
            if mine:
                connection.execute(text("SELECT pg_advisory_unlock(:lock, :of)"), numbers)


def current(connection: Connection, tenant_id: int) -> Build | None:
    """The build that readers use, None before the first."""
    found = connection.execute(
        text(
            "SELECT id, fingerprint, revision, documents FROM search_build"
            " WHERE tenant_id = :tenant AND current ORDER BY id DESC LIMIT 1"
        ),
        {"tenant": tenant_id},
    ).one_or_none()
    return Build(*found) if found else None


def create(connection: Connection, tenant_id: int, fingerprint: str, lexicon: Mapping[str, Any]) -> Build:
    """A new build that no reader uses yet; `lexicon` as `folder.count_nouns` makes it."""
    values = {
        "tenant": tenant_id,
        "fingerprint": fingerprint,
        "documents": lexicon["documents"],
        "lexicon": json.dumps(lexicon["nouns"], ensure_ascii=False).replace("\\u0000", ""),
    }
    number = connection.execute(
        text(
            "INSERT INTO search_build (tenant_id, fingerprint, current, revision, documents, lexicon)"
            " VALUES (:tenant, :fingerprint, false, 0, :documents, :lexicon) RETURNING id"
        ),
        values,
    ).scalar_one()
    return Build(number, fingerprint, 0, lexicon["documents"])


def fill(
    connection: Connection, tenant_id: int, build: Build, documents: Iterable[SearchDocument], analysis: Analysis
) -> None:
    """Write all documents of a new build, and postings term by term: then reading a term reads few pages."""
    connection.execute(
        text("CREATE TEMPORARY TABLE posting_gathered (LIKE search_posting INCLUDING DEFAULTS) ON COMMIT DROP")
    )
    copying = Copying(connection, tenant_id, build.id, "posting_gathered")
    for some in _batches(documents):
        copying.write(_numbered(connection, tenant_id, build, [entry(each, analysis) for each in some]))
    connection.execute(text("INSERT INTO search_posting SELECT * FROM posting_gathered ORDER BY term, document_id"))
    _count(connection, tenant_id, build, None)
    connection.execute(
        text("ANALYZE search_document, search_facets, search_text, search_posting, search_term, search_audience")
    )


def put(
    connection: Connection, tenant_id: int, build: Build, documents: Sequence[SearchDocument], analysis: Analysis
) -> None:
    """Add documents that are not in the build."""
    copying = Copying(connection, tenant_id, build.id, "search_posting")
    for some in _batches(documents):
        numbered = _numbered(connection, tenant_id, build, [entry(each, analysis) for each in some])
        copying.write(numbered)
        _count(connection, tenant_id, build, [each.id for each in numbered])


def remove(connection: Connection, build: Build, names: Collection[tuple[str, str]]) -> None:
    """Take (kind, key) off the build, with their share of all counts."""
    found = connection.execute(
        text(_NAMED),
        {"build": build.id, "kinds": [kind for kind, _ in names], "keys": [key for _, key in names]},
    )
    numbers = {"build": build.id, "ids": list(found.scalars())}
    if numbers["ids"]:
        for statement in (_UNCOUNT_TERMS, _UNCOUNT_AUDIENCES, "DELETE FROM search_document WHERE id = ANY(:ids)"):
            connection.execute(text(statement), numbers)


def commit(connection: Connection, build: Build) -> None:
    """Drop counts that came to nothing and say that the build has changed."""
    for statement in (
        "DELETE FROM search_term WHERE build_id = :build AND documents = 0",
        "DELETE FROM search_audience WHERE build_id = :build AND documents = 0",
        "DELETE FROM search_facets f WHERE f.build_id = :build"
        " AND NOT EXISTS (SELECT FROM search_document d WHERE d.facets_id = f.id)",
        "UPDATE search_build SET revision = revision + 1 WHERE id = :build",
    ):
        connection.execute(text(statement), {"build": build.id})


def switch(connection: Connection, tenant_id: int, build: Build) -> None:
    """Make the build the one that readers use."""
    connection.execute(
        text("UPDATE search_build SET current = (id = :build) WHERE tenant_id = :tenant"),
        {"build": build.id, "tenant": tenant_id},
    )


def sweep(connection: Connection, tenant_id: int) -> None:
    """Delete all builds but the current one. Postings go first and whole, which is quicker than one by one."""
    for statement in _SWEEP:
        connection.execute(text(statement), {"tenant": tenant_id})


def _numbered(connection: Connection, tenant_id: int, build: Build, entries: Sequence[Entry]) -> list[Numbered]:
    audiences = _audiences(connection, tenant_id, build, entries)
    facets = _facets(connection, tenant_id, build, entries)
    numbers = connection.execute(
        text("SELECT nextval(pg_get_serial_sequence('search_document', 'id')) FROM generate_series(1, :many)"),
        {"many": len(entries)},
    ).scalars()
    return [
        Numbered(number, audiences[each.audience], facets[each.facets], each)
        for number, each in zip(numbers, entries, strict=True)
    ]


def _facets(
    connection: Connection, tenant_id: int, build: Build, entries: Iterable[Entry]
) -> dict[tuple[str, ...], int]:
    """The numbers of the facet sets, made where they are missing."""
    sets = {set_name(each.facets): each.facets for each in entries}
    found = {"build": build.id, "names": list(sets)}
    rows = connection.execute(text(_FACETS), found).all()
    missing = sets.keys() - {name for _, name in rows}
    if missing:
        made = [{"tenant": tenant_id, "build": build.id, "name": n, "facets": list(sets[n])} for n in sorted(missing)]
        connection.execute(text(_ADD_FACETS), made)
        rows = connection.execute(text(_FACETS), found).all()
    return {sets[name]: number for number, name in rows}


def _audiences(
    connection: Connection, tenant_id: int, build: Build, entries: Iterable[Entry]
) -> dict[tuple[str, ...], int]:
    """The numbers of the audiences, made where they are missing; the documents are counted in."""
    lengths: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for each in entries:
        lengths[each.audience].append(each.length)
    return {
        tokens: connection.execute(
            text(_COUNT_AUDIENCE),
            {
                "tenant": tenant_id,
                "build": build.id,
                "name": set_name(tokens),
                "tokens": list(tokens),
                "documents": len(of_these),
                "length": sum(of_these),
            },
        ).scalar_one()
        for tokens, of_these in lengths.items()
    }


def _count(connection: Connection, tenant_id: int, build: Build, ids: list[int] | None) -> None:
    """Count the terms and words of these documents, or of all."""
    values = {"tenant": tenant_id, "build": build.id, "since": build.revision + 1, "start": START + "%", "ids": ids}
    connection.execute(text(_COUNT_TERMS), values)


def _batches(documents: Iterable[SearchDocument]) -> Iterator[list[SearchDocument]]:
    rest = iter(documents)
    while some := list(islice(rest, BATCH)):
        yield some


_NAMED = """
    SELECT d.id FROM search_document d
    JOIN unnest(CAST(:kinds AS text[]), CAST(:keys AS text[])) AS named(kind, key)
      ON d.kind = named.kind AND d.key = named.key
    WHERE d.build_id = :build
"""
_SWEEP = (
    """
    DELETE FROM search_posting p USING search_build b
    WHERE p.build_id = b.id AND b.tenant_id = :tenant AND NOT b.current
    """,
    """
    DELETE FROM search_text t USING search_document d, search_build b
    WHERE t.document_id = d.id AND d.build_id = b.id AND b.tenant_id = :tenant AND NOT b.current
    """,
    """
    DELETE FROM search_document d USING search_build b
    WHERE d.build_id = b.id AND b.tenant_id = :tenant AND NOT b.current
    """,
    "DELETE FROM search_build WHERE tenant_id = :tenant AND NOT current",
)
_FACETS = "SELECT id, name FROM search_facets WHERE build_id = :build AND name = ANY(:names)"
_ADD_FACETS = """
    INSERT INTO search_facets (tenant_id, build_id, name, facets)
    VALUES (:tenant, :build, :name, CAST(:facets AS text[]))
"""
_COUNT_AUDIENCE = """
    INSERT INTO search_audience (tenant_id, build_id, name, tokens, documents, length)
    VALUES (:tenant, :build, :name, CAST(:tokens AS text[]), :documents, :length)
    ON CONFLICT (build_id, name) DO UPDATE
    SET documents = search_audience.documents + excluded.documents, length = search_audience.length + excluded.length
    RETURNING id
"""
_COUNT_TERMS = """
    INSERT INTO search_term (tenant_id, build_id, term, is_word, audience_id, documents, since)
    SELECT :tenant, :build, p.term, false, p.audience_id, count(*), :since
    FROM search_document d JOIN search_posting p ON p.document_id = d.id
    WHERE d.build_id = :build AND (CAST(:ids AS int[]) IS NULL OR d.id = ANY(:ids)) AND p.term NOT LIKE :start
    GROUP BY p.term, p.audience_id
    UNION ALL
    SELECT :tenant, :build, word, true, d.audience_id, count(*), :since
    FROM search_document d JOIN search_text t ON t.document_id = d.id, unnest(t.words) AS word
    WHERE d.build_id = :build AND (CAST(:ids AS int[]) IS NULL OR d.id = ANY(:ids))
    GROUP BY word, d.audience_id
    ON CONFLICT (build_id, term, is_word, audience_id) DO UPDATE
    SET documents = search_term.documents + excluded.documents
"""
_UNCOUNT_TERMS = """
    UPDATE search_term AS counted SET documents = counted.documents - gone.documents
    FROM (
        SELECT p.term, false AS is_word, p.audience_id, count(*) AS documents
        FROM search_posting p WHERE p.document_id = ANY(:ids) GROUP BY p.term, p.audience_id
        UNION ALL
        SELECT word, true, d.audience_id, count(*)
        FROM search_document d JOIN search_text t ON t.document_id = d.id, unnest(t.words) AS word
        WHERE d.id = ANY(:ids) GROUP BY word, d.audience_id
    ) AS gone
    WHERE counted.build_id = :build AND counted.term = gone.term AND counted.is_word = gone.is_word
      AND counted.audience_id = gone.audience_id
"""
_UNCOUNT_AUDIENCES = """
    UPDATE search_audience AS counted
    SET documents = counted.documents - gone.documents, length = counted.length - gone.length
    FROM (
        SELECT audience_id, count(*) AS documents, sum(CAST(length AS double precision)) AS length
        FROM search_document WHERE id = ANY(:ids) AND build_id = :build GROUP BY audience_id
    ) AS gone
    WHERE counted.id = gone.audience_id
"""
