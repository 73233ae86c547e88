"""`lueckenlos backup DIR`: a new folder below DIR that holds everything, or nothing at all."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url

from app.backup import databases
from app.backup.manifest import DATABASES, FILES, NAME, Manifest, contents_of, key_id
from app.core.config import Settings

LEFT_OUT = {"keys", "index", "uploads", "folders"}
"""Folders of the data folder that belong to no backup."""
LEFT_OUT_FILES = ("queue.sqlite*", "*.log", "*.sqlite", "*.sqlite-wal", "*.sqlite-shm", "*.restoring")


def make(settings: Settings, target: Path, now: datetime) -> Path:
    """Write a backup; its folder, named by the moment. What fails leaves nothing that could be taken for a backup."""
    target.mkdir(parents=True, exist_ok=True)
    folder = target / f"lueckenlos-{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}"
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    unfinished.mkdir(mode=0o700)
    try:
        _fill(settings, unfinished, now)
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return folder


def _fill(settings: Settings, folder: Path, now: datetime) -> None:
    backend = make_url(settings.database_url).get_backend_name()
    stood = databases.copy(settings.database_url, folder / DATABASES[backend])
    _copy_files(settings.data_dir, folder / FILES)
    key = key_id(settings.secret_key())
    made_at = now.astimezone(UTC).isoformat()
    Manifest(made_at, backend, stood.revision, key, stood.chains, contents_of(folder)).write(folder)


def _copy_files(data_dir: Path, target: Path) -> None:
    ignored = shutil.ignore_patterns(*LEFT_OUT_FILES)

    def leave_out(folder: str, names: list[str]) -> set[str]:
        here = LEFT_OUT & set(names) if Path(folder) == data_dir else set()
        return here | set(ignored(folder, names))

    if data_dir.exists():
        shutil.copytree(data_dir, target, ignore=leave_out)


def forget_old(target: Path, keep: int) -> list[str]:
    """Delete all whole backups below a folder but the newest `keep`; the names of those that went."""
    whole = sorted(path for path in target.glob("lueckenlos-*") if (path / NAME).is_file())
    gone = whole[: max(0, len(whole) - keep)]
    for folder in gone:
        shutil.rmtree(folder)
    return [folder.name for folder in gone]
