"""Finding `{{ names }}` in the paragraphs of a Word document, wherever Word has parted them into runs.

A placeholder is a name between double braces; `{{#name}}` and `{{/name}}` enclose a block that is repeated. There is
nothing else: no expression, no condition, no loop of anybody's own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml.ns import qn

from exports.base_document.opening import Node

MARK = re.compile(r"\{\{([^{}]{0,80})\}\}")
"""Bounded, so that a paragraph of nothing but braces and spaces costs no more than it is long."""
TEXT, PARAGRAPH, ROW = qn("w:t"), qn("w:p"), qn("w:tr")
BARRIERS = frozenset((qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:drawing"), qn("w:pict"), qn("w:fldChar")))
CONTENT = "inhalt"


@dataclass(frozen=True)
class Mark:
    """One placeholder in a paragraph: "" for a text, "#" and "/" for the ends of a block; where its text lies."""

    sign: str
    name: str
    begin: int
    end: int


@dataclass(frozen=True)
class Line:
    """A paragraph with its text put together, and the text nodes with begin and length in it."""

    paragraph: Node
    text: str
    nodes: tuple[tuple[Node, int, int], ...]

    @property
    def marks(self) -> list[Mark]:
        """Every placeholder in reading order."""
        return [_mark(found) for found in MARK.finditer(self.text)]

    @property
    def alone(self) -> Mark | None:
        """The placeholder that is the whole paragraph, if it is one."""
        found = self.marks
        rest = MARK.sub("", self.text).strip()
        return found[0] if len(found) == 1 and not rest else None


def _mark(found: re.Match[str]) -> Mark:
    inside = found[1].strip().lower()
    sign = inside[0] if inside[:1] in ("#", "/") else ""
    return Mark(sign, inside[len(sign) :].strip(), *found.span())


def line_of(paragraph: Node) -> Line:
    """The paragraph's own text; that of text boxes inside belongs to their paragraphs. Tabs and breaks part words."""
    parts: list[str] = []
    nodes: list[tuple[Node, int, int]] = []
    length = 0
    for element in _own(paragraph):
        told = (element.text or "") if element.tag == TEXT else "\n"
        if element.tag == TEXT:
            nodes.append((element, length, len(told)))
        parts.append(told)
        length += len(told)
    return Line(paragraph, "".join(parts), tuple(nodes))


def _own(paragraph: Node) -> Iterator[Node]:
    for child in paragraph:
        if child.tag == PARAGRAPH:
            continue
        if child.tag == TEXT or child.tag in BARRIERS:
            yield child
            if child.tag == TEXT:
                continue
        if child.tag not in (qn("w:drawing"), qn("w:pict"), qn("w:pPr")):
            yield from _own(child)


def lines_of(root: Node) -> list[Line]:
    """Every paragraph of a story in reading order, those in tables and text boxes included."""
    return [line_of(paragraph) for paragraph in root.iter(PARAGRAPH)]
