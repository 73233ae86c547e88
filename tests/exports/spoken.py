"""What a document says to somebody who has it read out, in its order: without page heads, page numbers, list marks and
footnotes, which stand where the page ends in one and where they belong in the other.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document
from docx.table import Table
from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, NameObject

_ENDS = (b"EMC",)
_BEGINS = (b"BMC", b"BDC")


def letters(text: str) -> str:
    """The letters and digits alone: line ends, hyphens at them and signs between words fall away."""
    return "".join(filter(str.isalnum, text.replace("\u00ad", "")))


def spoken_word(raw: bytes) -> str:
    """The body of a Word document as python-docx reads it, tables in their place."""
    return "\n".join(_blocks(Document(BytesIO(raw))))


def _blocks(container: Any) -> Iterator[str]:
    for block in container.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from _blocks(cell)
        else:
            yield block.text


def spoken_pdf(raw: bytes) -> str:
    """The text of a PDF as pypdf reads it, without what its tags call decoration or the mark of a list item."""
    reader = PdfReader(BytesIO(raw))
    marks = _marks_of_lists(reader)
    return "\n".join(_page_text(reader, place, page, marks) for place, page in enumerate(reader.pages))


def _page_text(reader: PdfReader, place: int, page: PageObject, marks: set[tuple[int, int]]) -> str:
    stream = ContentStream(page.get_contents(), reader, "bytes")
    stream.operations = list(_told(stream.operations, place, marks))
    page[NameObject("/Contents")] = stream
    return re.sub(r"-\n", "", page.extract_text())


def _told(operations: Any, place: int, marks: set[tuple[int, int]]) -> Iterator[Any]:
    """The operations outside of artifacts and of list marks; those that begin and end marked content go too."""
    hidden: list[bool] = []
    for operands, operator in operations:
        if operator in _BEGINS:
            hidden.append(str(operands[0]) == "/Artifact" or _is_mark(operands, place, marks))
        elif operator in _ENDS:
            hidden.pop()
        elif not any(hidden) or operator not in (b"Tj", b"TJ", b"'", b'"'):
            yield operands, operator


def _is_mark(operands: Any, place: int, marks: set[tuple[int, int]]) -> bool:
    return len(operands) > 1 and isinstance(operands[1], dict) and (place, operands[1].get("/MCID")) in marks


def _marks_of_lists(reader: PdfReader) -> set[tuple[int, int]]:
    """Page and number of every piece of content that the structure calls a label."""
    pages = {page.indirect_reference.idnum: place for place, page in enumerate(reader.pages) if page.indirect_reference}
    catalog: Any = reader.trailer["/Root"]
    return set(_labels(catalog["/StructTreeRoot"]["/K"], pages, None, False))


def _labels(
    node: Any, pages: dict[int, int], page: int | None, is_mark: bool, told: bool = False
) -> Iterator[tuple[int, int]]:
    """The labels of lists whose marks are bullets or numbers; those of a list of terms are words."""
    element = node.get_object()
    if isinstance(element, list):
        for child in element:
            yield from _labels(child, pages, page, is_mark, told)
    elif isinstance(element, int):
        if is_mark and page is not None:
            yield page, element
    elif isinstance(element, dict):
        page = pages[element.raw_get("/Pg").idnum] if "/Pg" in element else page
        if element.get("/S") == "/L":
            told = "/None" in str(element.get("/A"))
        if "/MCID" in element and is_mark and page is not None:
            yield page, int(element["/MCID"])
        elif "/K" in element:
            yield from _labels(element["/K"], pages, page, is_mark or _is_aside(str(element.get("/S")), told), told)


def _is_aside(role: str, told: bool) -> bool:
    return role == "/Note" or (role == "/Lbl" and not told)
