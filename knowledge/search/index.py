"""The Whoosh index of one tenant: searching with rights, applying changes, rebuilding.

Whoosh keeps the postings on disk; terms, scores, corrections, facets and snippets are made here and in the modules
this one calls. It serves installations on SQLite and on PostgreSQL, on one node; see `backend`.
"""

import struct
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from pickle import UnpicklingError
from typing import Any, NamedTuple

import numpy as np

from knowledge.search import folder
from knowledge.search.analysis import Analysis, clean
from knowledge.search.backend import Hit, IndexUnreadable, Results, Suggestion
from knowledge.search.compounds import CompoundSplitter, lexicon
from knowledge.search.documents import Change, Kind, Put, Remove, SearchDocument
from knowledge.search.schema import fingerprint, uid
from knowledge.search.searching import Reading, Request
from knowledge.search.segments import Generation, Segment
from knowledge.search.synonyms import Glossary, Group, shipped
from knowledge.search.whoosh_library import EmptyIndexError, ReaderClosed, UnusableIndex

WRITE_TIMEOUT = 30.0
"""Seconds that a writer waits for another."""

OUTGROWN, FEW = 2, 20
"""A build is outgrown when it has twice the documents that its dictionary was made from, and twenty more."""

_OVERTAKEN = (FileNotFoundError, ReaderClosed, EmptyIndexError)
"""What a reader meets when a commit or a rebuild deletes the files that it was about to open."""

OVERTAKEN_AT_MOST = 5
"""So often a reader tries again; an index whose files are really missing is known by then."""

_BROKEN = (EOFError, struct.error, UnpicklingError, UnusableIndex, AssertionError, KeyError, ValueError, NameError)


class _Build(NamedTuple):
    """An opened build: Whoosh's index object, the analysis with its dictionary, and how many documents that knew."""

    path: Path
    whoosh: Any
    analysis: Analysis
    documents: int


class _Opened(NamedTuple):
    """A build at one of its generations."""

    build: _Build
    number: int
    reading: Reading


class WhooshIndex:
    """One tenant's index in a folder of its own; safe for any number of threads and processes."""

    def __init__(self, root: Path, glossary: Glossary | None = None, timeout: float = WRITE_TIMEOUT) -> None:
        self._folder = folder.IndexFolder(root)
        self._glossary = glossary or shipped()
        self._fingerprint = fingerprint(self._glossary.nouns)
        self._timeout = timeout
        self._built: _Build | None = None
        self._opened: _Opened | None = None
        self._opening = threading.Lock()

    @property
    def root(self) -> Path:
        """The folder of this index."""
        return self._folder.root

    def search(  # noqa: PLR0913 - see the protocol
        self,
        query: str,
        audience: Collection[str],
        *,
        kinds: Collection[Kind] = (),
        facets: Mapping[str, Collection[str]] | None = None,
        without: Mapping[str, Collection[str]] | None = None,
        synonyms: Sequence[Group] | None = None,
        newest: bool = False,
        snippets: bool = True,
        limit: int = 20,
        offset: int = 0,
        literal: bool = False,
    ) -> Results:
        """See `SearchBackend.search`. An index never written finds nothing, a broken one raises IndexUnreadable."""
        wanted = {**(facets or {}), **({"kind": kinds} if kinds else {})}
        opened = self._open()
        if opened is None:
            return Results()
        return opened.reading.search(
            Request(
                query, frozenset(audience), wanted, without or {}, synonyms, newest, snippets, limit, offset, literal
            )
        )

    def similar(
        self,
        audience: Collection[str],
        *,
        text: str = "",
        like: tuple[Kind, str] | None = None,
        kinds: Collection[Kind] = (),
        limit: int = 5,
    ) -> tuple[Hit, ...]:
        """See `SearchBackend.similar`."""
        opened = self._open()
        return opened.reading.similar(frozenset(audience), clean(text), like, kinds, limit) if opened else ()

    def suggest(self, audience: Collection[str], typed: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """See `SearchBackend.suggest`."""
        opened = self._open()
        return opened.reading.suggest(frozenset(audience), typed, limit) if opened else ()

    def versions(self) -> Mapping[tuple[Kind, str], str]:
        """See `SearchBackend.versions`."""
        opened = self._open()
        if opened is None:
            return {}
        generation = opened.reading.generation
        records = [generation.record(int(document)) for document in np.flatnonzero(generation.live)]
        return {(Kind(record.kind), record.key): record.version for record in records}

    def apply(self, changes: Sequence[Change]) -> None:
        """See `SearchBackend.apply`. The first changes of a new index also give its compound dictionary."""
        last = {_name(change): change for change in changes}
        documents = [change.document for change in last.values() if isinstance(change, Put)]
        removed = [change for change in last.values() if isinstance(change, Remove)]
        if not last:
            return
        with self._folder.writing(self._timeout):
            path = self._folder.current()
            if path is None:
                self._replace(lambda: documents)
            else:
                folder.write(path, self._build(path).analysis, documents, removed, self._timeout)

    def rebuild(self, load: Callable[[], Iterable[SearchDocument]]) -> None:
        """See `SearchBackend.rebuild`."""
        with self._folder.writing(self._timeout):
            self._replace(load)

    def indexing(self) -> AbstractContextManager[bool]:
        """See `SearchBackend.indexing`."""
        return folder.held(self.root / "indexer.lock", 0)

    def needs_rebuild(self) -> bool:
        """See `SearchBackend.needs_rebuild`. Removed documents that outnumber the others are a reason as well."""
        path = self._folder.current()
        if path is None or self._fingerprint not in path.name:
            return True
        try:
            opened = self._open()
        except IndexUnreadable:
            return True
        if opened is None:
            return True
        generation = opened.reading.generation
        there = int(generation.live.sum())
        return there >= OUTGROWN * opened.build.documents + FEW or generation.size >= OUTGROWN * there + FEW

    def count(self) -> int:
        """The number of documents."""
        opened = self._open()
        return int(opened.reading.generation.live.sum()) if opened else 0

    def _replace(self, load: Callable[[], Iterable[SearchDocument]]) -> None:
        path = self._folder.create(self._fingerprint, folder.count_nouns(load()))
        folder.write(path, self._build(path).analysis, _each_once(load()), (), self._timeout)
        self._folder.publish(path)

    def _build(self, path: Path) -> _Build:
        """The build at this path, opened; kept, because reading its dictionary takes a while."""
        built = self._built
        if built is None or built.path != path:
            known = folder.read_lexicon(path)
            splitter = CompoundSplitter(lexicon(known["nouns"], self._glossary.nouns))
            built = self._built = _Build(path, folder.open_build(path), Analysis(splitter), known["documents"])
        return built

    def _open(self) -> _Opened | None:
        """The newest generation of the current build, None before the first. Raises IndexUnreadable.

        Who is slow can be overtaken by a commit or a rebuild again and again; each time there is a newer one to read.
        """
        overtaken: Exception | None = None
        for _turn in range(OVERTAKEN_AT_MOST):
            try:
                return self._newest()
            except _OVERTAKEN as error:
                overtaken = error
            except _BROKEN as error:
                raise IndexUnreadable(str(self.root)) from error
        raise IndexUnreadable(str(self.root)) from overtaken

    def _newest(self) -> _Opened | None:
        path = self._folder.current()
        if path is None:
            return None
        build = self._build(path)
        number = build.whoosh.latest_generation()
        opened = self._opened
        if opened and opened.build is build and opened.number == number:
            return opened
        with self._opening:
            return self._reopen(build, number)

    def _reopen(self, build: _Build, number: int) -> _Opened:
        opened = self._opened
        if opened and opened.build is build and opened.number >= number:
            return opened
        known: Mapping[str, Segment] = opened.reading.generation.segments if opened else {}
        generation = Generation(build.whoosh.reader(), known)
        self._opened = _Opened(build, number, Reading(generation, build.analysis, self._glossary.groups))
        return self._opened


def _name(change: Change) -> str:
    if isinstance(change, Put):
        return uid(change.document.kind, change.document.key)
    return uid(change.kind, change.key)


def _each_once(documents: Iterable[SearchDocument]) -> Iterable[SearchDocument]:
    """The documents without those that a source gives a second time."""
    seen: set[str] = set()
    for document in documents:
        name = uid(document.kind, document.key)
        if name not in seen:
            seen.add(name)
            yield document
