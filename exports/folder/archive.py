"""The folder as a ZIP archive: numbered files, and a list of checksums that `sha256sum -c` reads."""

import hashlib
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from app.core.clock import LOCAL
from app.core.i18n import _
from exports.folder.plan import Enclosure, FolderItem, FolderPaper, FolderPlan

SUMS = "SHA256SUMS"
BLOCK = 256 * 1024
PACKED = ("application/zip", "image/", "application/pdf", "application/vnd.")
"""Kinds that are packed already."""


def write_archive(plan: FolderPlan, bound: Path, attachments: Path, single: dict[int, bytes], target: Path) -> None:
    """Write the whole as one PDF, each paper as a PDF of its own (`single`), and the attachments as they are."""
    sums: list[str] = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, source, media in _files(plan, bound, attachments, single):
            digest = _put(archive, name, source, media, plan.as_of)
            sums.append(f"{digest}  {name}\n")
        archive.writestr(_entry(SUMS, plan.as_of), "".join(sums))


def _files(
    plan: FolderPlan, bound: Path, attachments: Path, single: dict[int, bytes]
) -> Iterator[tuple[str, Path | bytes, str]]:
    """Name, content and kind of every file in the order of the folder."""
    yield f"00_{_('Sitzungsmappe')}_{_safe(plan.meeting_key)}.pdf", bound, "application/pdf"
    for place, (item, paper) in enumerate(plan.papers, 1):
        start = f"{place:02d}_{_item_words(item)}_{_safe(paper.reference)}"
        yield f"{start}_{_safe(paper.title)}.pdf", single[paper.id], "application/pdf"
        yield from _enclosed(start, paper, attachments)


def _enclosed(start: str, paper: FolderPaper, attachments: Path) -> Iterator[tuple[str, Path | bytes, str]]:
    for number, enclosure in enumerate(paper.enclosures, 1):
        path = attachments / enclosure.stored
        if path.is_file():
            yield f"{start}_{_('Anlage')}-{number:02d}_{_file_name(enclosure)}", path, enclosure.media


def _item_words(item: FolderItem) -> str:
    return f"{_('TOP')}-{_safe(item.number)}"


def _file_name(enclosure: Enclosure) -> str:
    stem, _dot, suffix = enclosure.name.rpartition(".")
    return f"{_safe(stem)}.{_safe(suffix)}"


def _safe(text: str) -> str:
    """Letters, digits, dots and dashes, short enough for every system."""
    return re.sub(r"[^\w.-]+", "-", text).strip("-.")[:60] or "-"


def _entry(name: str, moment: datetime) -> zipfile.ZipInfo:
    local = moment.astimezone(LOCAL)
    entry = zipfile.ZipInfo(name, (max(local.year, 1980), local.month, local.day, local.hour, local.minute, 0))
    entry.external_attr = 0o644 << 16
    return entry


def _put(archive: zipfile.ZipFile, name: str, source: Path | bytes, media: str, moment: datetime) -> str:
    entry, digest = _entry(name, moment), hashlib.sha256()
    entry.compress_type = zipfile.ZIP_STORED if media.startswith(PACKED) else zipfile.ZIP_DEFLATED
    if isinstance(source, bytes):
        archive.writestr(entry, source)
        return hashlib.sha256(source).hexdigest()
    entry.file_size = source.stat().st_size
    with source.open("rb") as file, archive.open(entry, "w") as inside:
        while block := file.read(BLOCK):
            digest.update(block)
            inside.write(block)
    return digest.hexdigest()
