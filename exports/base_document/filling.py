"""Filling the placeholders of a checked document with texts, in one pass: what a text brings is never read again."""

import copy
import re
from collections.abc import Iterable, Mapping
from typing import Protocol

from docx.oxml.ns import qn
from lxml import etree

from exports.base_document.archive import rewritten
from exports.base_document.opening import Node
from exports.base_document.placeholders import CONTENT, PARAGRAPH, ROW, Line, Mark, line_of

STORY = re.compile(r"word/(document|header\d+|footer\d+)\.xml$")
CONTENT_MARK = "LueckenlosInhalt"
"""The bookmark that stands where the generated text goes; uploads lose all bookmarks of their own."""
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TABLE, CELL = qn("w:tbl"), qn("w:tc")
NEEDS_PARAGRAPH = (qn("w:tc"), qn("w:hdr"), qn("w:ftr"), qn("w:txbxContent"))
Texts = Mapping[str, str]


class Fillable(Protocol):
    """Texts by name, and rows for each block."""

    @property
    def texts(self) -> Texts:
        """What single placeholders stand for."""

    @property
    def blocks(self) -> Mapping[str, tuple[Texts, ...]]:
        """What blocks repeat for."""


def filled(content: bytes, filling: Fillable) -> bytes:
    """A clean package with every placeholder filled; one that has none comes back as it is."""

    def change(name: str, part: bytes) -> bytes:
        if not STORY.match(name) or b"{" not in part:
            return part
        root = etree.fromstring(part)
        fill(root, filling)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    return rewritten(content, change)


def fill(root: Node, filling: Fillable) -> None:
    """Fill one story. Blocks whose rows are empty vanish; names without a text become empty."""
    done: set[Node] = set()
    for paragraph in list(root.iter(PARAGRAPH)):
        if paragraph in done or paragraph.getroottree().getroot() is not root:
            continue
        line = line_of(paragraph)
        opening = next((mark for mark in line.marks if mark.sign == "#"), None)
        if opening is not None:
            done |= _repeat(line, opening, filling)
    for paragraph in list(root.iter(PARAGRAPH)):
        if paragraph not in done:
            _fill_line(line_of(paragraph), filling.texts)
    _mend(root)


def _repeat(line: Line, opening: Mark, filling: Fillable) -> set[Node]:
    """Replace a block by its copies; returns their paragraphs, which are final."""
    rows = filling.blocks.get(opening.name, ())
    units = _units(line, opening)
    done: set[Node] = set()
    for row in rows:
        for unit in units:
            twin = copy.deepcopy(unit)
            units[0].addprevious(twin)
            done |= _fill_unit(twin, {**filling.texts, **row}, opening.name)
    for unit in units:
        if unit.getparent() is not None:
            unit.getparent().remove(unit)
    return done


def _units(line: Line, opening: Mark) -> list[Node]:
    """What is repeated: the paragraph, the table row, or the blocks from the opening paragraph to the closing one."""
    closes = any(mark.sign == "/" and mark.name == opening.name for mark in line.marks)
    row = next(line.paragraph.iterancestors(ROW), None)
    if closes:
        is_whole_row = row is not None and len(list(row.iter(PARAGRAPH))) == 1
        return [row if is_whole_row else line.paragraph]
    if row is not None and _has_end(row, opening.name):
        return [row]
    units = [line.paragraph]
    for sibling in line.paragraph.itersiblings():
        units.append(sibling)
        if sibling.tag == PARAGRAPH and _is_end(line_of(sibling), opening.name):
            return units
    return [line.paragraph]


def _has_end(row: Node, name: str) -> bool:
    return any(_is_end(line_of(each), name) for each in row.iter(PARAGRAPH))


def _is_end(line: Line, name: str) -> bool:
    return any(mark.sign == "/" and mark.name == name for mark in line.marks)


def _fill_unit(unit: Node, texts: Texts, name: str) -> set[Node]:
    """Fill a copy; a paragraph that only held an end of the block goes."""
    found = list(unit.iter(PARAGRAPH))
    for paragraph in found:
        line = line_of(paragraph)
        alone = line.alone
        if alone is not None and alone.sign and alone.name == name and not _is_last_in_cell(paragraph):
            paragraph.getparent().remove(paragraph)
        else:
            _fill_line(line, texts)
    return set(found)


def _is_last_in_cell(paragraph: Node) -> bool:
    parent = paragraph.getparent()
    return parent.tag == CELL and len(parent.findall(PARAGRAPH)) == 1


def _fill_line(line: Line, texts: Texts) -> None:
    alone = line.alone
    if alone is not None and not alone.sign and alone.name == CONTENT:
        _mark_content(line)
        return
    for mark in reversed(line.marks):
        _replace(line, mark, "" if mark.sign else texts.get(mark.name, ""))
    for node, _begin, _length in line.nodes:
        _break_lines(node)


def _mark_content(line: Line) -> None:
    for child in list(line.paragraph):
        line.paragraph.remove(child)
    begin = etree.SubElement(line.paragraph, qn("w:bookmarkStart"))
    begin.set(qn("w:id"), "0")
    begin.set(qn("w:name"), CONTENT_MARK)
    etree.SubElement(line.paragraph, qn("w:bookmarkEnd")).set(qn("w:id"), "0")


def _replace(line: Line, mark: Mark, text: str) -> None:
    """Put the text where the placeholder begins, and take the rest of the placeholder out of the runs it lies in.

    From the last placeholder to the first: what stands before one is still where the line says.
    """
    new = FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    for node, begin, length in line.nodes:
        if begin + length <= mark.begin or begin >= mark.end:
            continue
        old = node.text or ""
        tail = old[mark.end - begin :] if mark.end <= begin + length else ""
        node.text = old[: max(0, mark.begin - begin)] + new + tail
        node.set(SPACE, "preserve")
        new = ""


def _break_lines(node: Node) -> None:
    """Line ends of a text become breaks."""
    first, *others = (node.text or "").split("\n")
    if not others:
        return
    node.text, last = first, node
    for part in others:
        pause = node.makeelement(qn("w:br"))
        text = node.makeelement(qn("w:t"))
        text.text = part
        text.set(SPACE, "preserve")
        last.addnext(pause)
        pause.addnext(text)
        last = text


def _mend(root: Node) -> None:
    """Word's rules: a table has rows, a cell ends with a paragraph, something stands between two tables."""
    for table in list(root.iter(TABLE)):
        if table.find(ROW) is None:
            table.getparent().remove(table)
    for table in list(root.iter(TABLE)):
        after = table.getnext()
        if after is not None and after.tag == TABLE:
            table.addnext(table.makeelement(PARAGRAPH))
    for place in _containers(root):
        if not len(place) or place[-1].tag != PARAGRAPH:
            etree.SubElement(place, PARAGRAPH)


def _containers(root: Node) -> Iterable[Node]:
    return [each for each in root.iter() if each.tag in NEEDS_PARAGRAPH]
