"""A scan is what a parser can read as one, whatever its name and first bytes say."""

import io
import struct
import zlib

import pytest
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from app.core.errors import InvalidInput
from meetings.minutes.scans import LARGEST_SCAN, checked_scan


def pdf(pages: int = 1, *, attachment: bool = False, password: str = "") -> bytes:
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(595, 842)
    if attachment:
        writer.add_attachment("a.txt", b"x")
    if password:
        writer.encrypt(password)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def hidden_script() -> bytes:
    """A script on a page whose name is written in hexadecimal: no search for bytes finds it."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    act = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")})
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): act})
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue().replace(b"/JavaScript", b"/Java#53cript").replace(b"/JS", b"/J#53")


def piece(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))


def png(width: int = 2, height: int = 2) -> bytes:
    head = struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\x00\x00\x00" * 2)
    return b"\x89PNG\r\n\x1a\n" + piece(b"IHDR", head) + piece(b"IDAT", pixels) + piece(b"IEND", b"")


def jpeg(width: int = 8, height: int = 8) -> bytes:
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8\xff\xe0\x00\x04ab" + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00?\x00" + b"12" + b"\xff\xd9"


@pytest.mark.parametrize(("content", "suffix"), [(pdf(), "pdf"), (pdf(3), "pdf"), (png(), "png"), (jpeg(), "jpg")])
def test_paper_that_was_scanned_is_kept_as_it_is(content: bytes, suffix: str) -> None:
    found = checked_scan(content)
    assert (found.content, found.suffix) == (content, suffix)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "leer"),
        (b"MZ\x90", "kein Scan"),
        (b"%PDF-1.7\n%%EOF\n", "beschädigt"),
        (pdf()[:200], "beschädigt"),
        (pdf(attachment=True), "Programme"),
        (hidden_script(), "Programme"),
        (pdf(password="x"), "Kennwort"),
        (b"%PDF-" + b"0" * LARGEST_SCAN, "15 MB"),
        (png()[:-4], "beschädigt"),
        (png().replace(b"IDAT", b"IDAX"), "beschädigt"),
        (png(60_000, 60_000), "Bildpunkte"),
        (jpeg()[:12], "beschädigt"),
        (jpeg(65_000, 65_000), "Bildpunkte"),
        (b"\xff\xd8\xff<script>", "beschädigt"),
    ],
    ids=range(14),
)
def test_everything_else_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_scan(content)
    assert words in refused.value.message
