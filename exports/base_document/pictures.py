"""Pictures of a letterhead: which kinds are taken, how large they are before anybody decodes them, without their past.

Only the heads of the files are read here. PNG and JPEG are what Word, LibreOffice and PDF all show.
"""

import struct
from collections.abc import Iterator

from exports.base_document.refusals import Fault, refuse

MOST_PIXELS = 25_000_000
LONGEST_SIDE = 12_000
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
KEPT_CHUNKS = (
    b"IHDR",
    b"PLTE",
    b"IDAT",
    b"IEND",
    b"tRNS",
    b"gAMA",
    b"cHRM",
    b"sRGB",
    b"iCCP",
    b"pHYs",
    b"sBIT",
    b"bKGD",
)
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
LEFT_OUT = frozenset(range(0xE1, 0xF0)) - {0xE2, 0xEE} | {0xFE}  # Exif, XMP, Photoshop, comments; not colour profiles
ALONE = frozenset((0x01, *range(0xD0, 0xDA)))
UNKNOWN_KIND = "?"
OTHER_KINDS = (
    (b"\x01\x00\x00\x00", "EMF"),
    (b"\xd7\xcd\xc6\x9a", "WMF"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"<", "SVG"),
    (b"RIFF", "WebP"),
)


def checked_picture(raw: bytes, part: str = "") -> tuple[str, bytes]:
    """The kind ("png", "jpeg") of a picture and its bytes without metadata. Raises Refused with the part's name."""
    try:
        if raw.startswith(PNG):
            kind, (width, height), kept = "png", _png_size(raw), _stripped_png(raw)
        elif raw.startswith(JPEG):
            segments = list(_segments(raw))
            kind, (width, height), kept = "jpeg", _jpeg_size(raw, segments), _stripped_jpeg(raw, segments)
        else:
            raise refuse(Fault.PICTURE_KIND, part, _kind_of(raw))
    except (struct.error, IndexError, StopIteration):
        raise refuse(Fault.PICTURE_BROKEN, part) from None
    if not width or not height:
        raise refuse(Fault.PICTURE_BROKEN, part)
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise refuse(Fault.PICTURE_SIZE, part, f"{width} × {height}")
    return kind, kept


def _kind_of(raw: bytes) -> str:
    return next((kind for mark, kind in OTHER_KINDS if raw.lstrip(b"\xef\xbb\xbf \n").startswith(mark)), UNKNOWN_KIND)


def _png_size(raw: bytes) -> tuple[int, int]:
    """Width and height as the first chunk states them. IndexError if another one comes first, or a second head."""
    if [begin for kind, begin, _end in _chunks(raw) if kind == b"IHDR"] != [len(PNG)]:
        raise IndexError
    width, height = struct.unpack(">II", raw[16:24])
    return width, height


def _stripped_png(raw: bytes) -> bytes:
    """Only the chunks that make the picture; texts, times and Exif stay behind."""
    return PNG + b"".join(raw[begin:end] for kind, begin, end in _chunks(raw) if kind in KEPT_CHUNKS)


def _chunks(raw: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Kind, begin and end of each chunk up to the last. IndexError if the picture ends too early."""
    place, kind = len(PNG), b""
    while kind != b"IEND":
        (length,) = struct.unpack(">I", raw[place : place + 4])
        kind, end = raw[place + 4 : place + 8], place + 12 + length
        if end > len(raw):
            raise IndexError
        yield kind, place, end
        place = end


def _segments(raw: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, begin and end of each segment before the scan. IndexError for a marker that has no length there."""
    place = 2
    while True:
        if raw[place] != 0xFF or raw[place + 1] in ALONE:
            raise IndexError
        marker = raw[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker == 0xDA:
            yield marker, place, len(raw)
            return
        (length,) = struct.unpack(">H", raw[place + 2 : place + 4])
        yield marker, place, place + 2 + length
        place += 2 + length


def _jpeg_size(raw: bytes, segments: list[tuple[int, int, int]]) -> tuple[int, int]:
    """Width and height as the frame states them. IndexError unless there is one, and only one."""
    begins = [begin for marker, begin, _end in segments if marker in FRAMES]
    if len(begins) != 1:
        raise IndexError
    height, width = struct.unpack(">HH", raw[begins[0] + 5 : begins[0] + 9])
    return width, height


def _stripped_jpeg(raw: bytes, segments: list[tuple[int, int, int]]) -> bytes:
    return raw[:2] + b"".join(raw[begin:end] for marker, begin, end in segments if marker not in LEFT_OUT)
