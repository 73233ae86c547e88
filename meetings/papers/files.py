"""Attachments on the disk: random names below the data folder, outside of everything that is served; their type is what
their content is, whatever their name says."""

import hashlib
import secrets
import time
import zipfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from meetings.papers.rules import safe_name

BLOCK = 256 * 1024
LARGEST = 15 * 1024 * 1024
_OFFICE = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
MEDIA = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "odt": f"{_ODF}.text",
    "ods": f"{_ODF}.spreadsheet",
    "odp": f"{_ODF}.presentation",
    "txt": "text/plain",
}
"""What is taken, by the suffix that it gets."""

ACCEPTED = ",".join(f".{suffix}" for suffix in (*MEDIA, "jpeg", "md", "csv"))


class Refused(ValueError):
    """A file that is not taken; `code` is a key of `wording.REFUSALS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class StoredFile:
    """A file as it was stored; `size` in bytes."""

    name: str
    media: str
    stored: str
    size: int
    sha256: str


def folder(data_dir: Path) -> Path:
    """Where attachments lie; only this account may look into it."""
    path = data_dir / "papers"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def store(data_dir: Path, name: str, stream: IO[bytes], largest: int = LARGEST) -> StoredFile:
    """Write the stream away, block by block; what is too large or of a wrong kind leaves nothing behind."""
    path = folder(data_dir) / secrets.token_hex(16)
    try:
        size, digest = _write(path, stream, largest)
        suffix = kind_of(path, name)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return StoredFile(safe_name(name, suffix), MEDIA.get(suffix, MEDIA["txt"]), path.name, size, digest)


def _write(path: Path, stream: IO[bytes], largest: int) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    with path.open("xb") as file:
        path.chmod(0o600)
        while block := stream.read(BLOCK):
            size += len(block)
            if size > largest:
                raise Refused("too_large")
            digest.update(block)
            file.write(block)
    if not size:
        raise Refused("empty")
    return size, digest.hexdigest()


def kind_of(path: Path, name: str) -> str:
    """The suffix that the content deserves; Refused for what is not taken. Of a text the name may say md or csv."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"PK\x03\x04"):
        return _office_kind(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("old_office")
    return _text_kind(path, name)


def _office_kind(path: Path) -> str:
    """Which office file an archive is; one with macros is none that we take. Only names are read, nothing unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            first = archive.open("mimetype").read(128).decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise Refused("broken") from error
    if any(part.lower().endswith("vbaproject.bin") or part.startswith("Basic/") for part in names):
        raise Refused("macros")
    parts = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
    found = next((suffix for suffix, part in parts.items() if part in names and "[Content_Types].xml" in names), None)
    odf = next((suffix for suffix in ("odt", "ods", "odp") if MEDIA[suffix] == first), None)
    if found or odf:
        return found or odf or ""
    raise Refused("unknown_kind")


_MARKUP = ("<!doctype", "<html", "<svg", "<?xml", "<script")


def _text_kind(path: Path, name: str) -> str:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("unknown_kind") from error
    if any(sign < " " and sign not in "\t\n\r\f" for sign in text):
        raise Refused("unknown_kind")
    if text.lstrip().lower().startswith(_MARKUP):
        raise Refused("markup")
    end = name.rpartition(".")[2].lower()
    return end if end in ("md", "csv") else "txt"


def forget(data_dir: Path, names: Iterable[str]) -> None:
    """Delete these files; one that is gone already is no fault."""
    for name in names:
        if name:
            (folder(data_dir) / name).unlink(missing_ok=True)


def sweep(data_dir: Path, known: Collection[str], older_than: float = 24 * 3600) -> int:
    """Delete files that no row knows and that are not of the last day; how many that were."""
    limit = time.time() - older_than
    lost = [path for path in folder(data_dir).iterdir() if path.name not in known and path.stat().st_mtime < limit]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)
