"""Where folders lie while they are kept, and where they are made."""

import shutil
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.core.stored_files import DAY_SECONDS, Kept, private_folder, sweep, write_away

NAME, MAKING = "folders", "making-"
LARGEST = 4 * 1024**3


def shelves(data_dir: Path) -> Path:
    """The folder that folders lie in; no backup takes it along, for they can be made again."""
    return private_folder(data_dir, NAME)


@contextmanager
def scratch(data_dir: Path) -> Iterator[Path]:
    """A place to make a folder in; whatever is left there goes when it is done."""
    with tempfile.TemporaryDirectory(prefix=MAKING, dir=shelves(data_dir)) as made:
        yield Path(made)


def keep(data_dir: Path, made: Path) -> Kept:
    """Lay a finished file on the shelf."""
    with made.open("rb") as stream:
        return write_away(shelves(data_dir), stream, LARGEST)


def tidy(data_dir: Path, known: Collection[str]) -> None:
    """Delete what nobody knows of and what a worker that was killed left in the making."""
    sweep(shelves(data_dir), known)
    for left in shelves(data_dir).glob(f"{MAKING}*"):
        if left.stat().st_mtime < time.time() - DAY_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
