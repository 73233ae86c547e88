"""What is taken as the scan of a signed paper: PDF, PNG or JPEG that a parser can read, and that brings nothing that
runs. Read within limits; what is compressed inside a PDF is looked into, not searched for by its bytes."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, IndirectObject

from app.core.errors import InvalidInput
from app.core.i18n import _

LARGEST_SCAN = 15 * 1024 * 1024
MOST_OBJECTS = 20_000
MOST_PAGES = 500
MOST_PIXELS = 200_000_000
RUNS = frozenset(
    {"/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/XFA", "/RichMedia", "/SubmitForm"}
    | {"/ImportData", "/Sound", "/Movie", "/AA"}
)
"""Names in a PDF that stand for programs, attachments or what happens by itself."""
_PNG, _JPEG, _PDF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"%PDF-"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})


@dataclass(frozen=True)
class Scan:
    """A scan that can be kept, and how its name ends."""

    content: bytes
    suffix: str


class _Broken(Exception):
    """It does not hold together as what it claims to be."""


def checked_scan(content: bytes) -> Scan:
    """The scan with its kind; InvalidInput in words for what is too large, broken, or brings programs."""
    if not content:
        raise InvalidInput(_("Die Datei ist leer. Bitte wählen Sie die Datei noch einmal aus."))
    if len(content) > LARGEST_SCAN:
        raise InvalidInput(_("Die Datei ist größer als 15 MB. Bitte scannen Sie mit geringerer Auflösung."))
    for head, suffix, check in ((_PDF, "pdf", _check_pdf), (_PNG, "png", _check_png), (_JPEG, "jpg", _check_jpeg)):
        if content.startswith(head):
            try:
                check(content)
            except _Broken:
                raise InvalidInput(
                    _("Die Datei ist beschädigt oder unvollständig. Bitte scannen Sie noch einmal.")
                ) from None
            return Scan(content, suffix)
    raise InvalidInput(_("Das ist kein Scan. Angenommen werden PDF-, PNG- und JPEG-Dateien."))


def _check_pdf(content: bytes) -> None:
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise InvalidInput(_("Die PDF-Datei ist mit einem Kennwort geschützt. Bitte legen Sie sie ohne ab."))
        pages = len(reader.pages)
        names = set(_names(reader))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        raise _Broken from None
    if not 0 < pages <= MOST_PAGES:
        raise _Broken
    if names & RUNS:
        raise InvalidInput(_("Die PDF-Datei enthält Programme oder Anhänge. Bitte legen Sie den reinen Scan ab."))


def _names(reader: PdfReader) -> Iterator[str]:
    """Every name that stands in any object of the file, those in compressed objects too."""
    waiting: list[Any] = [reader.trailer]
    seen: set[int] = set()
    while waiting:
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            if each.idnum in seen:
                continue
            seen.add(each.idnum)
            if len(seen) > MOST_OBJECTS:
                raise _Broken
            each = each.get_object()
        if isinstance(each, DictionaryObject):
            yield from (str(name) for name in each)
            waiting.extend(each.raw_get(name) for name in each if name != "/Parent")
        elif isinstance(each, list):
            waiting.extend(each)
        elif isinstance(each, str) and each.startswith("/"):
            yield str(each)


def _check_png(content: bytes) -> None:
    """Each piece with its checksum; the first says the size, the last ends the file."""
    place = len(_PNG)
    kinds: list[bytes] = []
    while place < len(content):
        if len(content) < place + 12:
            raise _Broken
        length, kind = struct.unpack_from(">L4s", content, place)
        body = content[place + 8 : place + 8 + length]
        tail = content[place + 8 + length : place + 12 + length]
        if len(tail) < 4 or zlib.crc32(kind + body) != int.from_bytes(tail, "big"):
            raise _Broken
        if not kinds and (kind != b"IHDR" or length != 13):
            raise _Broken
        if kind == b"IHDR":
            _check_size(*struct.unpack_from(">LL", body))
        kinds.append(kind)
        place += 12 + length
    if b"IDAT" not in kinds or kinds[-1] != b"IEND":
        raise _Broken


def _check_jpeg(content: bytes) -> None:
    """Marker by marker up to the picture; it says its size and comes to its end."""
    place, sized = 2, False
    while place + 4 <= len(content):
        if content[place] != 0xFF:
            raise _Broken
        marker = content[place + 1]
        if marker == 0xFF or marker in _ALONE:
            place += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(content[place + 2 : place + 4], "big")
        if marker in _FRAMES and len(content) >= place + 9:
            height, width = struct.unpack_from(">HH", content, place + 5)
            _check_size(width, height)
            sized = True
        if marker == 0xDA:
            break
        if length < 2:
            raise _Broken
        place += 2 + length
    if not sized or b"\xff\xd9" not in content[-1024:]:
        raise _Broken


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise _Broken
    if width * height > MOST_PIXELS:
        raise InvalidInput(_("Das Bild hat zu viele Bildpunkte. Bitte scannen Sie mit geringerer Auflösung."))
