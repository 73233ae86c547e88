"""„Seite 14 von 80“ at the foot of a page of somebody else's, whichever way that page is turned."""

from typing import Any

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

FONT = NameObject("/LueckenlosStamp")
A4_WIDTH, SIZE, SMALLEST, LARGEST = 595.0, 8.0, 6.0, 24.0
HELVETICA_MEAN = 0.52
"""The width of a letter of Helvetica in ems, on average; the box behind the words is a little wider."""


def font(writer: PdfWriter) -> Any:
    """The typeface of the stamps: one that every reader has."""
    return writer._add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
                NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
            }
        )
    )


def stamp(writer: PdfWriter, page: Any, words: str, typeface: Any) -> None:
    """Write the words on the page, right below, on white; the page's own drawing is left as it is."""
    resources = page.get("/Resources")
    resources = resources.get_object() if resources is not None else DictionaryObject()
    page[NameObject("/Resources")] = resources
    fonts = resources.get("/Font")
    fonts = fonts.get_object() if fonts is not None else DictionaryObject()
    fonts[FONT] = typeface
    resources[NameObject("/Font")] = fonts
    old = page.get("/Contents")
    streams = (
        [] if old is None else list(old) if isinstance(old.get_object(), ArrayObject) else [page.raw_get("/Contents")]
    )
    before, after = _stream(writer, b"q\n"), _stream(writer, b"\nQ\n" + drawing(page, words))
    page[NameObject("/Contents")] = ArrayObject([before, *streams, after])


def _stream(writer: PdfWriter, content: bytes) -> Any:
    made = DecodedStreamObject()
    made.set_data(content)
    return writer._add_object(made)


def drawing(page: Any, words: str) -> bytes:
    """What draws the words, in the page's own coordinates."""
    x0, y0, x1, y1 = (float(value) for value in page.cropbox)
    x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    width = x1 - x0 if page.rotation % 180 == 0 else y1 - y0
    size = min(max(SIZE * width / A4_WIDTH, SMALLEST), LARGEST)
    long = len(words) * size * HELVETICA_MEAN
    left, low = max(width - long - 3 * size, 0.0), 1.2 * size
    matrix = turned(page.rotation % 360, x0, y0, x1, y1)
    text = words.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    box = f"{left - size:.2f} {low - 0.6 * size:.2f} {long + 2 * size:.2f} {1.9 * size:.2f} re f"
    start = f"/Artifact BMC q {matrix} cm 1 g {box} 0.2 g BT {FONT} {size:.2f} Tf {left:.2f} {low:.2f} Td ("
    return start.encode("ascii") + text + b") Tj ET Q EMC\n"


def turned(rotation: int, x0: float, y0: float, x1: float, y1: float) -> str:
    """From places as the reader sees them (from left, from below) to the page's own coordinates, as a `cm` operand."""
    given = {
        0: (1, 0, 0, 1, x0, y0),
        90: (0, 1, -1, 0, x1, y0),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, -1, 1, 0, x0, y1),
    }
    return " ".join(f"{number:g}" for number in given.get(rotation, given[0]))
