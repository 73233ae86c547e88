"""What a backup says about itself: a file `manifest.json` beside its content."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

FORMAT = "lueckenlos-backup/1"
NAME = "manifest.json"
DATABASES = {"sqlite": "database.sqlite", "postgresql": "database.dump"}
FILES = "files"


class BadBackup(Exception):
    """This is no backup, or not a whole one; the message says what to do."""


@dataclass(frozen=True)
class Manifest:
    """`made_at` in ISO 8601 (UTC), `revision` of the schema, `key_id` tells the key that belongs to it.

    `chains`: the end of every tenant's audit chain, by tenant key. `contents`: the SHA-256 of every file, by its
    path below the backup.
    """

    made_at: str
    backend: str
    revision: str
    key_id: str
    chains: Mapping[str, str]
    contents: Mapping[str, str]

    @property
    def database(self) -> str:
        """The name of the file that holds the database."""
        return DATABASES[self.backend]

    def write(self, folder: Path) -> None:
        """Put it beside the content, last of all: without it nothing is a backup."""
        text = json.dumps({"format": FORMAT, **asdict(self)}, indent=2, sort_keys=True, ensure_ascii=False)
        (folder / NAME).write_text(text + "\n", encoding="utf-8")


def read(folder: Path) -> Manifest:
    """The manifest of a backup; BadBackup if there is none that we know."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadBackup(f"{folder} is no backup: it has no {NAME}.") from None
    except (OSError, ValueError):
        raise BadBackup(f"{folder / NAME} cannot be read. Take another backup.") from None
    if not isinstance(found, dict) or found.pop("format", None) != FORMAT:
        raise BadBackup(f"{folder / NAME} is not of the format {FORMAT}.")
    try:
        manifest = Manifest(**found)
    except TypeError:
        raise BadBackup(f"{folder / NAME} lacks something. Take another backup.") from None
    if manifest.backend not in DATABASES:
        raise BadBackup(f"{folder / NAME} names a database that is not known: {manifest.backend}.")
    return manifest


def key_id(secret: bytes) -> str:
    """Tells whether two keys are the same one and nothing else about them."""
    return hashlib.sha256(b"lueckenlos key id\0" + secret).hexdigest()[:16]


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def contents_of(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below a folder, the manifest aside."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return {path.relative_to(folder).as_posix(): sha256_of(path) for path in paths}


def require_whole(folder: Path, manifest: Manifest) -> None:
    """BadBackup if a file is missing, was changed, or came in afterwards."""
    found = contents_of(folder)
    for name, sha256 in manifest.contents.items():
        if name not in found:
            raise BadBackup(f"{folder / name} is missing. Take another backup.")
        if found[name] != sha256:
            raise BadBackup(f"{folder / name} was changed after the backup. Take another backup.")
    if added := sorted(set(found) - set(manifest.contents)):
        raise BadBackup(f"{folder / added[0]} does not belong to the backup. Take it away, or take another backup.")
    if manifest.database not in manifest.contents:
        raise BadBackup(f"{folder} holds no database. Take another backup.")
