"""Which characters our typefaces can show. The standards forbid a PDF to show an empty box in place of a letter."""

import struct
import unicodedata
from functools import cache

from exports.docx.xml import bound, clean
from exports.pdf.typesetting import EMBEDDED, font_files, other_font_files

_INVISIBLE = ("Cc", "Cf")
_MEANINGLESS = ("Cc", "Cf", "Co", "Cs", "Cn")
_KEPT = "\n\t"
_UNREADABLE = "\N{REPLACEMENT CHARACTER}"
_SEGMENTS, _SPARSE = 4, 12
"""The formats of the table that leads from characters to glyphs: segments of the basic plane, groups of all planes."""


def showable(text: str) -> str:
    """The text with every character that no typeface has named in brackets; invisible ones go, „§“ binds."""
    composed = unicodedata.normalize("NFC", bound(clean(text)))
    known = covered()
    return "".join(
        letter if letter in _KEPT or ord(letter) in known else named(letter)
        for letter in composed
        if letter in _KEPT or unicodedata.category(letter) not in _INVISIBLE
    )


def named(letter: str) -> str:
    """What stands for a letter that no typeface has: its name, or its number where it has none. Never a question mark.

    >>> named("漢")
    '[CJK unified ideograph-6f22]'
    """
    means = unicodedata.category(letter) not in _MEANINGLESS and letter != _UNREADABLE
    name = unicodedata.name(letter, "") if means else ""
    return f"[{name.lower().replace('cjk', 'CJK')}]" if name else f"[U+{ord(letter):04X}]"


@cache
def covered() -> frozenset[int]:
    """The code points that all faces of the house's typeface have, or one of the others that stand in for it.

    Without those for private use, which mean nothing to a reader, and without the mark for what could not be read.
    """
    faces = [_characters(path.read_bytes()) for path in font_files()]
    others = [_characters(path.read_bytes()) for path in other_font_files()]
    common = frozenset.intersection(*faces).union(EMBEDDED, *others)
    return frozenset(
        point for point in common if unicodedata.category(chr(point)) not in _MEANINGLESS and chr(point) != _UNREADABLE
    )


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
