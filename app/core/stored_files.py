"""Files of people below the data folder: random names, for this account only, outside of everything that is served.

Which kinds are taken, and how long they stay, is the business of the rooms.
"""

import hashlib
import secrets
import time
from collections.abc import Collection, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

BLOCK = 256 * 1024
DAY_SECONDS = 24 * 3600.0


class RefusedFile(ValueError):
    """A file that is not taken; `code` says why: too_large, empty, or what the room that looks at it says."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Kept:
    """A file as it was written away: its random name, and its size in bytes."""

    stored: str
    size: int
    sha256: str


def private_folder(data_dir: Path, name: str) -> Path:
    """A folder below the data folder that only this account may look into."""
    path = data_dir / name
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def write_away(folder: Path, stream: IO[bytes], largest: int) -> Kept:
    """Write the stream block by block; RefusedFile if it is empty or larger, and then nothing of it stays."""
    path = folder / secrets.token_hex(16)
    with ExitStack() as undo:
        undo.callback(path.unlink, missing_ok=True)
        size, digest = _write(path, stream, largest)
        undo.pop_all()
    return Kept(path.name, size, digest)


def _write(path: Path, stream: IO[bytes], largest: int) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    with path.open("xb") as file:
        path.chmod(0o600)
        while block := stream.read(BLOCK):
            size += len(block)
            if size > largest:
                raise RefusedFile("too_large")
            digest.update(block)
            file.write(block)
    if not size:
        raise RefusedFile("empty")
    return size, digest.hexdigest()


def forget(folder: Path, names: Iterable[str]) -> None:
    """Delete these files; one that is gone already is no fault."""
    for name in names:
        if name:
            (folder / name).unlink(missing_ok=True)


def sweep(folder: Path, known: Collection[str] = (), older_than: float = DAY_SECONDS) -> int:
    """Delete files that nobody knows and that are older than so many seconds; how many that were."""
    limit = time.time() - older_than
    files = [path for path in folder.iterdir() if path.is_file()]
    lost = [path for path in files if path.name not in known and path.stat().st_mtime < limit]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)
