"""The folder of one tenant's index on disk: which build is current, the swap to a new one, locks, and Whoosh's writer.

    tenant-7/current            the name of the build that readers use
    tenant-7/indexer.lock       held by the one process that drains the outbox
    tenant-7/write.lock         held while a build is written or replaced
    tenant-7/index-<fingerprint>-<time>/   one build: Whoosh's files and lexicon.json

Whoosh unpickles what it reads, so writing here means running code: the folder belongs to the server alone (0700),
and after a restore from elsewhere it is rebuilt, not restored.
"""

import fcntl
import json
import os
import shutil
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from knowledge.search.analysis import Analysis
from knowledge.search.audience import EVERYONE
from knowledge.search.backend import IndexBusy
from knowledge.search.compounds import nouns_of
from knowledge.search.documents import Remove, SearchDocument
from knowledge.search.schema import SCHEMA, row, uid
from knowledge.search.whoosh_library import LockError, SegmentWriter, W3Codec, create_in, open_dir

_POLL = 0.02


@contextmanager
def held(path: Path, timeout: float) -> Iterator[bool]:
    """Hold the lock file, or give False if somebody else held it for `timeout` seconds (0: do not wait)."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    deadline = time.monotonic() + timeout
    with path.open("a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    yield False
                    return
                time.sleep(_POLL)
            else:
                yield True
                return


class IndexFolder:
    """One tenant's folder. Its methods that write are called with `writing` held."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._pointer = root / "current"

    @contextmanager
    def writing(self, timeout: float) -> Iterator[None]:
        """Be the only writer. Raises IndexBusy after `timeout` seconds."""
        with held(self.root / "write.lock", timeout) as mine:
            if not mine:
                raise IndexBusy(str(self.root))
            yield

    def current(self) -> Path | None:
        """The build that readers use, None before the first."""
        try:
            return self.root / self._pointer.read_text().strip()
        except FileNotFoundError:
            return None

    def create(self, fingerprint: str, lexicon: Mapping[str, Any]) -> Path:
        """A new, empty build that nobody sees yet."""
        build = self.root / f"index-{fingerprint}-{time.time_ns():x}"
        build.mkdir(mode=0o700, parents=True)
        (build / "lexicon.json").write_text(json.dumps(lexicon, ensure_ascii=False, sort_keys=True), encoding="utf-8")
        create_in(str(build), SCHEMA)
        return build

    def publish(self, build: Path) -> None:
        """Make the build current, in one step and durably, and delete all others, so that what was erased is gone.

        Readers that are still in an older build have its files open; one that is about to open it tries again.
        """
        _sync(build, set())
        fresh = self._pointer.with_suffix(".new")
        fresh.write_text(build.name)
        _sync_file(fresh)
        os.replace(fresh, self._pointer)
        _sync_file(self.root)
        for old in self.root.glob("index-*"):
            if old != build:
                shutil.rmtree(old)


def open_build(build: Path) -> Any:
    """Whoosh's index object of a build; our schema is given, so that the pickled one is not loaded."""
    return open_dir(str(build), schema=SCHEMA)


def count_nouns(documents: Iterable[SearchDocument]) -> dict[str, Any]:
    """The content of lexicon.json: nouns, from documents that everyone may read, and the number of all documents.

    Compounds are taken apart with these nouns for everyone; nouns of other documents would show through.
    """
    nouns: Counter[str] = Counter()
    count = 0
    for document in documents:
        count += 1
        if EVERYONE in document.audience:
            nouns.update(nouns_of(f"{document.title}\n{document.body}"))
    return {"documents": count, "nouns": {noun: number for noun, number in nouns.items() if number > 1}}


def read_lexicon(build: Path) -> dict[str, Any]:
    """The content of lexicon.json."""
    content: dict[str, Any] = json.loads((build / "lexicon.json").read_text(encoding="utf-8"))
    return content


def write(
    build: Path, analysis: Analysis, documents: Iterable[SearchDocument], removed: Iterable[Remove], timeout: float
) -> None:
    """Put and remove in one commit; no document may occur twice. On return the files are on the disk."""
    before = set(build.iterdir())
    index = open_build(build)
    writer = _writer(index, timeout)
    try:
        with index.reader() as reader:
            for change in removed:
                _delete(writer, reader, change.kind, change.key)
            for document in documents:
                _delete(writer, reader, document.kind, document.key)
                writer.add_document(**row(document, analysis))
        writer.commit()
    finally:
        if not writer.is_closed:
            writer.cancel()
    _sync(build, before)


def _writer(index: Any, timeout: float) -> Any:
    codec = W3Codec()
    codec.length_stats = False  # else the writer looks for a length file once per posting, a third of the build's time
    try:
        return SegmentWriter(index, timeout=timeout, codec=codec)
    except LockError as error:
        raise IndexBusy(str(index.storage)) from error


def _delete(writer: Any, reader: Any, kind: str, key: str) -> None:
    name = uid(kind, key)
    if ("uid", name) in reader:
        for document in list(reader.postings("uid", name).all_ids()):
            writer.delete_document(document)


def _sync(build: Path, known: set[Path]) -> None:
    """Whoosh leaves its files to the kernel's cache; the outbox forgets its rows only when they are on the disk."""
    for path in set(build.iterdir()) - known:
        if path.is_file():
            _sync_file(path)
    _sync_file(build)


def _sync_file(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
