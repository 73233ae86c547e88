"""Uploaded files: under random names below the data folder, outside of everything that is served, kept for a week."""

import hashlib
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from knowledge.imports.readers.values import Unreadable
from knowledge.imports.rules import LARGEST_UPLOAD, refusal

KEPT_SECONDS = 7 * 24 * 3600
BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Stored:
    """A file as it was stored; `problem` is a code if it was refused, and then nothing was kept of it."""

    name: str
    stored: str
    size: int
    sha256: str
    problem: str | None = None


def folder(data_dir: Path) -> Path:
    """Where uploads lie; only this account may look into it."""
    path = data_dir / "uploads"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def store(data_dir: Path, name: str, stream: IO[bytes], largest: int = LARGEST_UPLOAD) -> Stored:
    """Write the stream away, block by block; what is too large or of a wrong kind leaves nothing behind."""
    name = name.rpartition("/")[2].rpartition("\\")[2][-200:] or "?"
    code = refusal(name)
    if code:
        return Stored(name, "", 0, "", code)
    path = folder(data_dir) / secrets.token_hex(16)
    try:
        size, digest = _write(path, stream, largest)
    except Unreadable as error:
        path.unlink()
        return Stored(name, "", 0, "", error.code)
    return Stored(name, path.name, size, digest)


def _write(path: Path, stream: IO[bytes], largest: int) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    with path.open("xb") as file:
        path.chmod(0o600)
        while block := stream.read(BLOCK):
            size += len(block)
            if size > largest:
                raise Unreadable("too_large")
            digest.update(block)
            file.write(block)
    if not size:
        raise Unreadable("empty")
    return size, digest.hexdigest()


def forget(data_dir: Path, names: Iterable[str]) -> None:
    """Delete these files; one that is gone already is no fault."""
    for name in names:
        if name:
            (folder(data_dir) / name).unlink(missing_ok=True)


def sweep(data_dir: Path) -> int:
    """Delete what has lain here for a week, e.g. of imports that nobody went on with; how many that were."""
    old = [path for path in folder(data_dir).iterdir() if path.stat().st_mtime < time.time() - KEPT_SECONDS]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
