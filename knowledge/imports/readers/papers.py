"""One file, one text: Word, OpenDocument, PDF, Markdown and plain text. Headings and lists become Markdown."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from knowledge.imports.readers.decoding import decoded
from knowledge.imports.readers.packed import unpacked, xml_part
from knowledge.imports.readers.values import Found, Unreadable

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
MOST_PAGES = 3000


def read_docx(path: Path) -> Iterator[Found]:
    """The text of a Word document."""
    with unpacked(path, "word/document.xml") as archive:
        body = xml_part(archive, "word/document.xml").find(f"{_W}body")
    yield _paper([] if body is None else list(_word_blocks(body)))


def _word_blocks(parent: Element) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{_W}p":
            yield _word_paragraph(child)
        elif child.tag == f"{_W}tbl":
            yield "\n".join(_word_rows(child))
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            yield from _word_blocks(child)


def _word_rows(table: Element) -> Iterator[str]:
    for row in table.iter(f"{_W}tr"):
        cells = [" ".join(_word_text(p) for p in cell.iter(f"{_W}p")) for cell in row.findall(f"{_W}tc")]
        yield " | ".join(cell.strip() for cell in cells)


def _word_paragraph(paragraph: Element) -> str:
    text = _word_text(paragraph).strip()
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = "" if style is None else style.get(f"{_W}val", "").lower()
    if not text:
        return ""
    if name in ("title", "titel"):
        return f"# {text}"
    if name.startswith(("heading", "berschrift", "überschrift")):
        return f"{'#' * min(int(name[-1]) or 1, 6) if name[-1].isdecimal() else '#'} {text}"
    return f"- {text}" if paragraph.find(f"{_W}pPr/{_W}numPr") is not None else text


def _word_text(paragraph: Element) -> str:
    parts = []
    for node in paragraph.iter():
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag in (f"{_W}tab", f"{_W}br"):
            parts.append(" ")
    return "".join(parts)


def read_odt(path: Path) -> Iterator[Found]:
    """The text of an OpenDocument text."""
    with unpacked(path, "content.xml") as archive:
        if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read(
            "META-INF/manifest.xml"
        ):
            raise Unreadable("encrypted")
        body = xml_part(archive, "content.xml").find(f"{_OFFICE}body/{_OFFICE}text")
    yield _paper([] if body is None else list(_odt_blocks(body)))


def _odt_blocks(parent: Element, mark: str = "") -> Iterator[str]:
    for child in parent:
        text = " ".join("".join(child.itertext()).split()) if child.tag in (f"{_TEXT}h", f"{_TEXT}p") else ""
        if child.tag == f"{_TEXT}h":
            level = child.get(f"{_TEXT}outline-level", "1")
            yield f"{'#' * min(int(level) if level.isdecimal() else 1, 6)} {text}"
        elif child.tag == f"{_TEXT}p":
            yield f"{mark}{text}" if text else ""
        elif child.tag == f"{_TEXT}list-item":
            yield from _odt_blocks(child, "- ")
        elif child.tag == f"{_TABLE}table-row":
            yield " | ".join(" ".join(filter(None, _odt_blocks(cell))) for cell in child)
        elif child.tag in (f"{_TEXT}list", f"{_TEXT}section", f"{_TABLE}table", f"{_TABLE}table-header-rows"):
            yield from _odt_blocks(child, mark)


def read_pdf(path: Path) -> Iterator[Found]:
    """The text of a PDF, page after page; a scan without text is unreadable."""
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1024):
            raise Unreadable("not_what_it_says")
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("encrypted")
        if len(reader.pages) > MOST_PAGES:
            raise Unreadable("too_big")
        pages = [page.extract_text() for page in reader.pages]
        title = str(reader.metadata.title or "") if reader.metadata else ""
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise Unreadable("broken") from None
    if not any(page.strip() for page in pages):
        raise Unreadable("scan")
    yield _paper([page.strip() for page in pages], title)


def read_text(path: Path) -> Iterator[Found]:
    """The text of a Markdown or plain file."""
    yield _paper([decoded(path.read_bytes())])


def _paper(blocks: list[str], title: str = "") -> Found:
    text = "\n\n".join(block for block in blocks if block.strip()).replace("\x00", "").strip()
    if not text:
        raise Unreadable("empty")
    heading = next((line for line in text.splitlines()[:40] if line.startswith("#")), "")
    return Found({"title": heading.lstrip("# ").strip() or title.strip(), "text": text})
