"""Office files are ZIP archives: what one must be before anything in it is unpacked."""

import zipfile
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from knowledge.imports.readers.values import Unreadable

LARGEST_UNPACKED = 200 * 1024 * 1024
LARGEST_PART = 60 * 1024 * 1024
MOST_PARTS = 2000
HIGHEST_RATIO = 150
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def unpacked(path: Path, needed: str) -> zipfile.ZipFile:
    """The archive, if it is one, is no bomb, has no macros and holds the part `needed`; else Unreadable."""
    with path.open("rb") as file:
        head = file.read(8)
    if head == _OLE:
        raise Unreadable("encrypted")
    if not head.startswith(b"PK"):
        raise Unreadable("not_what_it_says")
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile:
        raise Unreadable("broken") from None
    _check(archive, path.stat().st_size)
    if needed not in archive.namelist():
        raise Unreadable("not_what_it_says")
    return archive


def _check(archive: zipfile.ZipFile, size: int) -> None:
    parts = archive.infolist()
    whole = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or whole > LARGEST_UNPACKED or whole > HIGHEST_RATIO * max(size, 20_000):
        raise Unreadable("bomb")
    if any(part.filename.lower().endswith(("vbaproject.bin", "vbadata.xml")) for part in parts):
        raise Unreadable("macros")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("encrypted")


def xml_part(archive: zipfile.ZipFile, name: str) -> Element:
    """A part as a tree; declarations of entities are refused, not resolved."""
    if archive.getinfo(name).file_size > LARGEST_PART:
        raise Unreadable("too_big")
    try:
        root: Element = fromstring(archive.read(name), forbid_dtd=True)
    except DefusedXmlException:
        raise Unreadable("entities") from None
    except (ParseError, zipfile.BadZipFile):
        raise Unreadable("broken") from None
    return root
