"""A story is a place where text flows: the body, a header, a footer, a footnote. Here blocks are appended to it."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.ns import qn

from exports.docx.fields import add_run, begins_right
from exports.docx.formats import PLAIN, ParagraphFormat, RunFormat
from exports.docx.styles import TEXT_WIDTH
from exports.docx.xml import Element, Light, add, clean, pour, stand_in, word

LONGEST_ADDRESS = 2000  # Word stops at 2083
WEB = ("http", "https", "ftp")
AFTER_TABLE = 8.0  # points of air between a table and plain text
UNFIT_FOR_URI = re.compile(r"[^!#-;=?-\[\]_a-z~]")


class Links:
    """The external addresses of one part of the package, each related once."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._known: dict[str, str] = {}

    def relation(self, address: str) -> str | None:
        """The relationship id for an address, or None for what is no URI (Word refuses files that contain one)."""
        if not is_uri(address):
            return None
        if address not in self._known:
            identifier = self._known[address] = f"rLink{len(self._known) + 1}"
            self._part.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, identifier, is_external=True)
        return self._known[address]


def is_uri(address: str) -> bool:
    """Whether an address can be written as the target of a relationship."""
    if not 0 < len(address) <= LONGEST_ADDRESS or UNFIT_FOR_URI.search(address):
        return False
    try:
        parts = urlsplit(address)
        return parts.port != 0 and "%" not in parts.netloc and bool(parts.netloc or parts.scheme not in WEB)
    except ValueError:
        return False


class Story:
    """Appends blocks to one container and keeps Word's rule that a paragraph follows every table.

    `width` is that of its text in millimetres. A long story collects its blocks and pours them into the element when
    it is closed.
    """

    def __init__(self, element: Element, links: Links, width: float = TEXT_WIDTH, is_long: bool = False) -> None:
        self.element = element
        self._blocks = Light("blocks", {}) if is_long else element
        self.links = links
        self.width = width
        self._table_last = False

    def paragraph(self, shape: ParagraphFormat | str, text: str = "", look: RunFormat = PLAIN) -> Element:
        """Append a paragraph in a style (given by its id) or a direct format; returns it for more runs."""
        if isinstance(shape, str):
            shape = ParagraphFormat(style=shape)
        paragraph = self._block("p")
        if self._table_last and not shape.style.startswith("Heading") and shape.before is None:
            shape = replace(shape, before=AFTER_TABLE)
        if begins_right(text):
            shape = replace(shape, from_right=True)
        shape.write(paragraph)
        if text:
            add_run(paragraph, text, look)
        self._table_last = False
        return paragraph

    def table(self) -> Element:
        """Append an empty table; two tables in a row get a paragraph between them, else Word joins them."""
        if self._table_last:
            self.end()
        self._table_last = True
        return self._block("tbl")

    def _block(self, name: str) -> Element:
        """The next block; the last one may still change its shape, those before it are done."""
        if isinstance(self._blocks, Light):
            self._blocks.settle(behind=1)
        return add(self._blocks, name)

    def end(self) -> None:
        """Close the story: a table is never its last block."""
        if self._table_last:
            self.paragraph(ParagraphFormat(before=0, after=0, line=0.5))

    def close(self) -> str:
        """End the story. Returns what is to stand in the place that was left for it; empty if it is there already."""
        self.end()
        if isinstance(self._blocks, Light):
            if stand_in(self.element):
                return self._blocks.content()
            pour(self._blocks, self.element)
        return ""

    def hyperlink(self, paragraph: Element, address: str, title: str = "") -> Element:
        """Append a link and return what to put the runs into; what cannot be linked stays plain text."""
        if address.startswith("#") and len(address) > 1:
            link = add(paragraph, "hyperlink", anchor=clean(address[1:]), history=1)
        elif (relation := self.links.relation(address)) is not None:
            link = add(paragraph, "hyperlink", history=1)
            link.set(qn("r:id"), relation)
        else:
            return paragraph
        if title:
            link.set(word("tooltip"), clean(title)[:255])
        return link
