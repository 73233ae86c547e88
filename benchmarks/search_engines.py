"""The engines that are compared: ours on both backends, and what others bring with them for German.

An engine is built once over all documents and then asked. Peers get the words of the query without our list of stop
words, any of which may match, and the title three times as heavy as the body, as with ours.
"""

import json
import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from whoosh import analysis, fields, index, query

from app.core.database import Database
from app.people.models import Tenant
from app.schema import upgrade
from benchmarks.counties import has_postgres
from benchmarks.processes import ROOT
from knowledge.search.audience import EVERYONE, role
from knowledge.search.backend import SearchBackend
from knowledge.search.documents import Kind, SearchDocument
from knowledge.search.index import WhooshIndex
from knowledge.search.postgres import PostgresIndex
from knowledge.search.stopwords import STOP_WORDS
from tests.support.postgres import PostgresServer
from tools.places import SetUpError
from tools.python_parts import install_apart

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
OURS_WHOOSH, OURS_POSTGRES = "ours, Whoosh", "ours, PostgreSQL"
TANTIVY, FTS5, TS_RANK, STOCK_WHOOSH = "tantivy german", "FTS5 unicode61", "PostgreSQL german", "Whoosh german"
PARTS = ROOT / "build" / "bench" / "tantivy"
PINNED = ROOT / "benchmarks" / "tantivy.txt"
_WORD = re.compile(r"[^\W_]+")


class Text(NamedTuple):
    """A document to be found. `shape` decides its facets and whether everybody may read it."""

    key: str
    title: str
    body: str
    shape: int = 0


class Answer(NamedTuple):
    """Keys, best first, and the seconds that the engine took."""

    keys: list[str]
    seconds: float


class Engine(NamedTuple):
    """A built engine. `ask` gets the query and how many keys are wanted at most."""

    name: str
    ask: Callable[[str, int], Answer]
    built: float


Builder = Callable[[Path, Sequence[Text]], Any]


@contextmanager
def engines(
    folder: Path, texts: Sequence[Text], names: Sequence[str], *, as_in_the_application: bool = False
) -> Iterator[list[Engine]]:
    """The engines of these names over the same documents; those that cannot be had are left out with a sentence.

    `as_in_the_application`: ours with twenty hits, marks and excerpts, facets being counted in any case.
    """
    with ExitStack() as stack:
        postgres = stack.enter_context(_postgres(folder)) if {OURS_POSTGRES, TS_RANK} & {*names} else None
        yield [
            engine
            for name in names
            if (engine := _built(name, folder, texts, postgres, stack, as_in_the_application)) is not None
        ]


def _built(
    name: str,
    folder: Path,
    texts: Sequence[Text],
    postgres: PostgresServer | None,
    stack: ExitStack,
    whole: bool,
) -> Engine | None:
    began = time.perf_counter()
    if name in (OURS_POSTGRES, TS_RANK) and postgres is None:
        print(f"  {name} left out: the programs of PostgreSQL are not installed", flush=True)
        return None
    if name == OURS_WHOOSH:
        ask = _ours(WhooshIndex(folder / "ours"), texts, whole)
    elif name == OURS_POSTGRES and postgres is not None:
        ask = _ours(stack.enter_context(_in_tables(postgres)), texts, whole)
    elif name == TS_RANK and postgres is not None:
        ask = _ts_rank(stack.enter_context(psycopg.connect(postgres.create("german"), autocommit=True)), texts)
    elif name == FTS5:
        ask = _fts5(texts)
    elif name == STOCK_WHOOSH:
        ask = _stock_whoosh(folder / "stock", texts)
    else:
        return _tantivy(folder / "tantivy", texts, stack)
    return Engine(name, _timed(ask), time.perf_counter() - began)


def _timed(ask: Callable[[str, int], list[str]]) -> Callable[[str, int], Answer]:
    def timed(text: str, depth: int) -> Answer:
        began = time.perf_counter()
        keys = ask(text, depth)
        return Answer(keys, time.perf_counter() - began)

    return timed


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(word for word in _WORD.findall(text.lower()) if word not in STOP_WORDS))


def _ours(backend: SearchBackend, texts: Sequence[Text], whole: bool) -> Callable[[str, int], list[str]]:
    """Search as the application runs it, with rights, corrections and facets."""
    backend.rebuild(lambda: map(_document, texts))
    audience = {EVERYONE, role("member")}

    def ask(text: str, depth: int) -> list[str]:
        limit = 20 if whole else depth
        return [hit.key for hit in backend.search(text, audience, limit=limit, snippets=whole).hits]

    return ask


def _document(text: Text) -> SearchDocument:
    audience = role("coordination") if text.shape % 5 == 4 else EVERYONE
    facets = {"status": (f"s{text.shape % 8}",), "life_domain": (f"d{text.shape % 13}", f"d{text.shape % 11}")}
    readers = frozenset({audience})
    return SearchDocument(Kind.DOCUMENT, text.key, text.title, text.body, "/", readers, MOMENT, facets)


@contextmanager
def _postgres(folder: Path) -> Iterator[PostgresServer | None]:
    """A server of our own, if its programs are here."""
    if not has_postgres():
        yield None
        return
    folder.mkdir(parents=True, exist_ok=True)
    server = PostgresServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def _in_tables(server: PostgresServer) -> Iterator[PostgresIndex]:
    database = Database(server.create("ours"))
    upgrade(database)
    with database.session(database.writing) as session:
        session.add(Tenant(id=1, key="kreis", name="Kreis", kind="county", state="NRW"))
        session.commit()
    yield PostgresIndex(database, 1)
    database.dispose()


def _ts_rank(connection: psycopg.Connection[Any], texts: Sequence[Text]) -> Callable[[str, int], list[str]]:
    """PostgreSQL's own German configuration, any of the words, ts_rank with the length divided out by its logarithm."""
    connection.execute("CREATE TABLE entry (key text, found tsvector)")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE raw (key text, title text, body text)")
        with cursor.copy("COPY raw FROM STDIN") as copy:
            for text in texts:
                copy.write_row((text.key, text.title, text.body))
        cursor.execute(
            "INSERT INTO entry SELECT key, setweight(to_tsvector('german', title), 'A')"
            " || setweight(to_tsvector('german', body), 'B') FROM raw"
        )
        cursor.execute("CREATE INDEX ON entry USING gin (found)")
        cursor.execute("VACUUM ANALYZE entry")

    def ask(text: str, depth: int) -> list[str]:
        rows = connection.execute(
            "WITH asked AS (SELECT replace(plainto_tsquery('german', %s)::text, ' & ', ' | ')::tsquery AS words)"
            " SELECT key FROM entry, asked WHERE found @@ words"
            " ORDER BY ts_rank('{0.1, 0.1, 0.333, 1}', found, words, 1) DESC LIMIT %s",
            (text, depth),
        )
        return [key for (key,) in rows]

    return ask


def _fts5(texts: Sequence[Text]) -> Callable[[str, int], list[str]]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE entry USING fts5(key UNINDEXED, title, body, tokenize='unicode61')")
    connection.executemany("INSERT INTO entry VALUES (?, ?, ?)", [text[:3] for text in texts])
    connection.execute("INSERT INTO entry(entry) VALUES ('optimize')")

    def ask(text: str, depth: int) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in _words(text))
        if not words:
            return []
        rows = connection.execute(
            "SELECT key FROM entry WHERE entry MATCH ? ORDER BY bm25(entry, 0, 3.0, 1.0) LIMIT ?", (words, depth)
        )
        return [key for (key,) in rows]

    return ask


def _stock_whoosh(folder: Path, texts: Sequence[Text]) -> Callable[[str, int], list[str]]:
    """Whoosh as it comes: its German analyzer and its BM25F."""
    folder.mkdir()
    german = analysis.LanguageAnalyzer("de")
    schema = fields.Schema(
        key=fields.ID(stored=True),
        title=fields.TEXT(analyzer=german, field_boost=3.0),
        body=fields.TEXT(analyzer=german),
    )
    writer = index.create_in(str(folder), schema).writer()
    for text in texts:
        writer.add_document(key=text.key, title=text.title, body=text.body)
    writer.commit()
    searcher = index.open_dir(str(folder)).searcher()

    def ask(text: str, depth: int) -> list[str]:
        terms = dict.fromkeys(token.text for token in german(text, mode="query"))
        words = [query.Term(field, term) for term in terms for field in ("title", "body")]
        return [hit["key"] for hit in searcher.search(query.Or(words), limit=depth)]

    return ask


def _tantivy(folder: Path, texts: Sequence[Text], stack: ExitStack) -> Engine | None:
    if not _has_tantivy():
        return None
    folder.mkdir()
    program = [sys.executable, str(ROOT / "benchmarks" / "search_tantivy.py")]
    where = {**os.environ, "PYTHONPATH": str(PARTS)}
    process = stack.enter_context(
        subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, env=where)
    )
    assert process.stdin is not None
    stack.callback(process.stdin.close)
    documents = [text[:3] for text in texts]
    built = _told(process, {"folder": str(folder), "documents": documents, "stop_words": sorted(STOP_WORDS)})

    def ask(text: str, depth: int) -> Answer:
        answer = _told(process, {"query": text, "depth": depth})
        return Answer(answer["keys"], answer["seconds"])

    return Engine(TANTIVY, ask, built["built"])


def _told(process: subprocess.Popen[str], task: dict[str, Any]) -> dict[str, Any]:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(task) + "\n")
    process.stdin.flush()
    answer: dict[str, Any] = json.loads(process.stdout.readline())
    return answer


def _has_tantivy() -> bool:
    """Whether the pinned tantivy is in a folder of its own; it is put there at the first time, if that can be."""
    if not (PARTS / "tantivy").is_dir():
        try:
            install_apart(str(PINNED), PARTS)
        except SetUpError as error:
            print(f"  {TANTIVY} left out: it could not be installed ({error})", flush=True)
            return False
    return True
