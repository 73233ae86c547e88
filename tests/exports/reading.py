"""How tests look into a written DOCX: the parts as XML, the paragraphs as text, with python-docx as a second reader."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml import etree

from exports.docx import markdown_to_docx, write_minutes
from exports.docx.content import MinutesDocument

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Written:
    """The bytes of a DOCX and what is in them."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        with ZipFile(BytesIO(raw)) as archive:
            self.names = archive.namelist()
            self.parts = {name: archive.read(name) for name in self.names}
            self.dates = {entry.date_time for entry in archive.infolist()}

    def part(self, name: str) -> Any:
        """The root element of one part, parsed without python-docx."""
        return etree.fromstring(self.parts[name])

    @property
    def body(self) -> Any:
        """The body of the main document."""
        return self.part("word/document.xml")[0]

    @property
    def headers(self) -> list[Any]:
        """The roots of all headers."""
        return [self.part(name) for name in self.names if name.startswith("word/header")]

    @property
    def footers(self) -> list[Any]:
        """The roots of all footers."""
        return [self.part(name) for name in self.names if name.startswith("word/footer")]

    @property
    def stories(self) -> Iterator[Any]:
        """Every part that holds text."""
        for name in self.names:
            if (
                name.startswith(("word/document", "word/header", "word/footer", "word/footnotes"))
                and "_rels" not in name
            ):
                yield self.part(name)

    def reopened(self) -> WordDocument:
        """The document as python-docx reads it."""
        return Document(BytesIO(self.raw))

    def lines(self, style: str | None = None) -> list[str]:
        """The texts of all paragraphs of the body in reading order, tables included, if wanted of one style id."""
        paragraphs = self.body.iter(f"{W}p")
        return [text_of(each) for each in paragraphs if style is None or style_of(each) == style]

    def tables(self) -> list[list[list[str]]]:
        """The texts of all tables as rows of cells."""
        return [
            [[text_of(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
            for table in self.body.iter(f"{W}tbl")
        ]


def minutes_of(content: MinutesDocument) -> Written:
    """Write minutes and look into them."""
    stream = BytesIO()
    write_minutes(content, stream)
    return Written(stream.getvalue())


def markdown_of(text: str) -> Written:
    """Write Markdown and look into it."""
    stream = BytesIO()
    markdown_to_docx(text, stream)
    return Written(stream.getvalue())


def text_of(element: Any) -> str:
    """The text of an element, tabs and breaks as such."""
    told = {f"{W}tab": "\t", f"{W}br": "\n"}
    runs = element.iter(f"{W}t", f"{W}tab", f"{W}br")
    return "".join(told.get(each.tag) or each.text or "" for each in runs if each.getparent().tag == f"{W}r")


def style_of(paragraph: Any) -> str:
    """The style id of a paragraph; Normal where none is named."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "Normal" if found is None else found.get(qn("w:val"))


def number_of(paragraph: Any) -> tuple[int, int] | None:
    """List number and level of a paragraph, None where it is in no list."""
    found = paragraph.find(f"{W}pPr/{W}numPr")
    if found is None:
        return None
    return int(found.find(f"{W}numId").get(f"{W}val")), int(found.find(f"{W}ilvl").get(f"{W}val"))
