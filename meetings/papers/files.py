"""Attachments of papers: their type is what their content is, whatever their name says. How they lie on the disk says
`app.core.stored_files`."""

import zipfile
from collections.abc import Collection, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from app.core import apart, stored_files
from app.core.stored_files import DAY_SECONDS, RefusedFile, private_folder, write_away
from meetings.papers.rules import safe_name

PDF_SECONDS = 30.0
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


@dataclass(frozen=True)
class StoredFile:
    """A file as it was stored; `size` in bytes."""

    name: str
    media: str
    stored: str
    size: int
    sha256: str


def folder(data_dir: Path) -> Path:
    """Where attachments lie."""
    return private_folder(data_dir, "papers")


def store(data_dir: Path, name: str, stream: IO[bytes], largest: int = LARGEST) -> StoredFile:
    """Write the stream away; what is too large or of a wrong kind leaves nothing behind.

    RefusedFile with a key of `wording.REFUSALS`.
    """
    kept = write_away(folder(data_dir), stream, largest)
    with ExitStack() as undo:
        undo.callback(forget, data_dir, [kept.stored])
        suffix = kind_of(folder(data_dir) / kept.stored, name)
        undo.pop_all()
    return StoredFile(safe_name(name, suffix), MEDIA.get(suffix, MEDIA["txt"]), kept.stored, kept.size, kept.sha256)


def kind_of(path: Path, name: str) -> str:
    """The suffix that the content deserves; RefusedFile for what is not taken. Of a text the name may say md or csv."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"%PDF-"):
        return _pdf_kind(path)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"PK\x03\x04"):
        return _office_kind(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise RefusedFile("old_office")
    return _text_kind(path, name)


def _pdf_kind(path: Path) -> str:
    """Whether there are pages behind the first line; nobody should find out in the meeting that there are none."""
    if "pages" not in apart.ask("meetings.papers.pdf_pages", [str(path)], PDF_SECONDS):
        raise RefusedFile("broken")
    return "pdf"


def _office_kind(path: Path) -> str:
    """Which office file an archive is; one with macros is none that we take. Only names are read, nothing unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            first = archive.open("mimetype").read(128).decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise RefusedFile("broken") from error
    if any(part.lower().endswith("vbaproject.bin") or part.startswith("Basic/") for part in names):
        raise RefusedFile("macros")
    parts = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
    found = next((suffix for suffix, part in parts.items() if part in names and "[Content_Types].xml" in names), None)
    odf = next((suffix for suffix in ("odt", "ods", "odp") if MEDIA[suffix] == first), None)
    if found or odf:
        return found or odf or ""
    raise RefusedFile("unknown_kind")


_MARKUP = ("<!doctype", "<html", "<svg", "<?xml", "<script")


def _text_kind(path: Path, name: str) -> str:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedFile("unknown_kind") from error
    if any(sign < " " and sign not in "\t\n\r\f" for sign in text):
        raise RefusedFile("unknown_kind")
    if text.lstrip().lower().startswith(_MARKUP):
        raise RefusedFile("markup")
    end = name.rpartition(".")[2].lower()
    return end if end in ("md", "csv") else "txt"


def forget(data_dir: Path, names: Iterable[str]) -> None:
    """Delete these files; one that is gone already is no fault."""
    stored_files.forget(folder(data_dir), names)


def sweep(data_dir: Path, known: Collection[str], older_than: float = DAY_SECONDS) -> int:
    """Delete files that no row knows and that are not of the last day; how many that were."""
    return stored_files.sweep(folder(data_dir), known, older_than)
