"""Uploaded files of imports, kept for a week; how they lie on the disk says `app.core.stored_files`."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from app.core import stored_files
from app.core.stored_files import RefusedFile, private_folder, write_away
from knowledge.imports.rules import LARGEST_UPLOAD, refusal

KEPT_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True)
class Stored:
    """A file as it was stored; `problem` is a code if it was refused, and then nothing was kept of it."""

    name: str
    stored: str
    size: int
    sha256: str
    problem: str | None = None


def folder(data_dir: Path) -> Path:
    """Where uploads lie."""
    return private_folder(data_dir, "uploads")


def store(data_dir: Path, name: str, stream: IO[bytes], largest: int = LARGEST_UPLOAD) -> Stored:
    """Write the stream away; what is too large or of a wrong kind leaves nothing behind."""
    name = name.rpartition("/")[2].rpartition("\\")[2][-200:] or "?"
    code = refusal(name)
    if code:
        return Stored(name, "", 0, "", code)
    try:
        kept = write_away(folder(data_dir), stream, largest)
    except RefusedFile as refused:
        return Stored(name, "", 0, "", refused.code)
    return Stored(name, kept.stored, kept.size, kept.sha256)


def forget(data_dir: Path, names: Iterable[str]) -> None:
    """Delete these files; one that is gone already is no fault."""
    stored_files.forget(folder(data_dir), names)


def sweep(data_dir: Path) -> int:
    """Delete what has lain here for a week, e.g. of imports that nobody went on with; how many that were."""
    return stored_files.sweep(folder(data_dir), older_than=KEPT_SECONDS)
