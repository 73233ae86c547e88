"""Which characters our typeface can show. The standards forbid a PDF to show an empty box in place of a letter."""

import struct
import unicodedata
from functools import cache

from exports.docx.xml import bound, clean
from exports.pdf.typesetting import font_files

STAND_INS = ("\N{REPLACEMENT CHARACTER}", "\N{WHITE SQUARE}", "?")
"""What may stand for a letter that the typeface lacks, the clearest first."""

_INVISIBLE = ("Cc", "Cf")
_KEPT = "\n\t"
_SEGMENTS, _SPARSE = 4, 12
"""The formats of the table that leads from characters to glyphs: segments of the basic plane, groups of all planes."""


def showable(text: str) -> str:
    """The text with every character that the typeface lacks replaced by one mark; invisible ones go, „§“ binds."""
    composed = unicodedata.normalize("NFC", bound(clean(text)))
    known, stand_in = covered(), _stand_in()
    return "".join(
        letter if letter in _KEPT or ord(letter) in known else stand_in
        for letter in composed
        if letter in _KEPT or unicodedata.category(letter) not in _INVISIBLE
    )


@cache
def _stand_in() -> str:
    return next(mark for mark in STAND_INS if ord(mark) in covered())


@cache
def covered() -> frozenset[int]:
    """The code points that all faces have; without those for private use, which mean nothing to a reader."""
    faces = [_characters(path.read_bytes()) for path in font_files()]
    common = frozenset.intersection(*faces)
    return frozenset(point for point in common if unicodedata.category(chr(point)) != "Co")


def _characters(font: bytes) -> frozenset[int]:
    """The code points of a TrueType file, read from its `cmap` table."""
    start = _table(font, b"cmap")
    count = struct.unpack_from(">H", font, start + 2)[0]
    offsets = {struct.unpack_from(">HHL", font, start + 4 + 8 * place)[2] for place in range(count)}
    points: set[int] = set()
    for offset in offsets:
        points |= _points(font, start + offset)
    return frozenset(points)


def _table(font: bytes, name: bytes) -> int:
    count = struct.unpack_from(">H", font, 4)[0]
    for place in range(count):
        tag, _checksum, offset, _length = struct.unpack_from(">4sLLL", font, 12 + 16 * place)
        if tag == name:
            return int(offset)
    raise ValueError(f"the font has no table {name.decode()}")


def _points(font: bytes, start: int) -> set[int]:
    form = struct.unpack_from(">H", font, start)[0]
    if form == _SPARSE:
        groups = struct.unpack_from(">L", font, start + 12)[0]
        spans = (struct.unpack_from(">LLL", font, start + 16 + 12 * place)[:2] for place in range(groups))
        return {point for first, last in spans for point in range(first, last + 1)}
    if form == _SEGMENTS:
        doubled = struct.unpack_from(">H", font, start + 6)[0]
        ends = struct.unpack_from(f">{doubled // 2}H", font, start + 14)
        starts = struct.unpack_from(f">{doubled // 2}H", font, start + 16 + doubled)
        return {point for first, last in zip(starts, ends, strict=True) for point in range(first, last + 1)} - {0xFFFF}
    return set()
