"""Markdown as a tree of plain values (dicts, lists, strings) that a Typst template can read.

The dialect is that of the Word documents: CommonMark with tables, strikethrough, footnotes and task lists, no HTML.
"""

from typing import Any
from urllib.parse import urlsplit

from markdown_it.tree import SyntaxTreeNode

from exports.docx.dialect import parser
from exports.docx.markdown import ALIGNMENTS
from exports.docx.story import is_uri
from exports.docx.styles import TEXT_WIDTH
from exports.docx.tables import share_widths
from exports.pdf.glyphs import showable

Value = dict[str, Any]
SCHEMES = ("http", "https", "mailto")
DEEPEST_HEADING = 6
DEEPEST_BLOCK = 9
"""So deep lists and quotations are set in each other, as in Word; Typst gives up at twice that."""
_SPANS = {"em": "emph", "strong": "strong", "s": "strike"}


def blocks(text: str, below: int = 0) -> list[Value]:
    """The blocks of one Markdown text; its headings follow those of level `below` without a gap in the outline."""
    return _Reader(below).read(SyntaxTreeNode(parser().parse(showable(text))))


class _Reader:
    """Turns the nodes of one text into values, and remembers its open headings and its notes."""

    def __init__(self, below: int) -> None:
        self._below = below
        self._outline: list[int] = []
        self._depth = 0
        self._notes: dict[int, list[Value]] = {}

    def read(self, root: SyntaxTreeNode) -> list[Value]:
        """All blocks; the text of a footnote stands where the note is called."""
        for node in root.children:
            if node.type == "footnote_block":
                for note in node.children:
                    self._notes[int(note.meta["id"])] = self._blocks(note)
        return [value for node in root.children for value in self._block(node)]

    def _blocks(self, node: SyntaxTreeNode) -> list[Value]:
        self._depth += 1
        values = [value for child in node.children for value in self._block(child)]
        self._depth -= 1
        return values

    def _block(self, node: SyntaxTreeNode) -> list[Value]:
        match node.type:
            case "paragraph" | "inline":
                return [{"kind": "paragraph", "inline": self._inline(node)}]
            case "heading":
                return [{"kind": "heading", "level": self._level(int(node.tag[1])), "inline": self._inline(node)}]
            case "bullet_list" | "ordered_list" | "blockquote":
                return self._nested(node)
            case "fence" | "code_block":
                return [{"kind": "code", "text": node.content.removesuffix("\n")}]
            case "hr":
                return [{"kind": "rule"}]
            case "table":
                return [self._table(node)]
        return []

    def _level(self, level: int) -> int:
        while self._outline and self._outline[-1] >= level:
            self._outline.pop()
        self._outline.append(level)
        return min(self._below + len(self._outline), DEEPEST_HEADING)

    def _nested(self, node: SyntaxTreeNode) -> list[Value]:
        """A list or quotation; of one that lies too deep the blocks, one after the other."""
        is_quote = node.type == "blockquote"
        if self._depth >= DEEPEST_BLOCK:
            return [value for item in ([node] if is_quote else node.children) for value in self._blocks(item)]
        return [{"kind": "quote", "blocks": self._blocks(node)} if is_quote else self._list(node)]

    def _list(self, node: SyntaxTreeNode) -> Value:
        start = node.attrs.get("start", 1)
        ordered = node.type == "ordered_list"
        return {
            "kind": "ordered" if ordered else "bullets",
            "start": int(start),
            "items": [self._blocks(item) for item in node.children],
        }

    def _table(self, node: SyntaxTreeNode) -> Value:
        rows = [row for part in node.children for row in part.children]
        head, *body = [[self._inline(cell) for cell in row.children] for row in rows]
        aligns = [ALIGNMENTS.get(str(cell.attrs.get("style", "")), "left") for cell in rows[0].children]
        widths = share_widths(_texts([head])[0], _texts(body), TEXT_WIDTH)
        return {"kind": "table", "head": head, "rows": body, "aligns": aligns, "widths": widths}

    def _inline(self, node: SyntaxTreeNode) -> list[Value]:
        parts: list[Value] = []
        for child in node.children:
            parts.extend(self._inline(child) if child.type == "inline" else self._span(child))
        return parts

    def _span(self, node: SyntaxTreeNode) -> list[Value]:
        match node.type:
            case "text" | "code_inline" | "image":
                kind = "code" if node.type == "code_inline" else "text"
                return [{"kind": kind, "text": node.content}] if node.content else []
            case "softbreak" | "hardbreak":
                return [{"kind": "break"} if node.type == "hardbreak" else {"kind": "text", "text": " "}]
            case "em" | "strong" | "s":
                return [{"kind": _SPANS[node.type], "inline": self._inline(node)}]
            case "link":
                return self._link(node)
            case "footnote_ref":
                return [{"kind": "note", "blocks": self._notes.get(int(node.meta["id"]), [])}]
            case "html_inline":
                return _box(node.content)
        return []

    def _link(self, node: SyntaxTreeNode) -> list[Value]:
        address, inline = str(node.attrs.get("href", "")), self._inline(node)
        if urlsplit(address).scheme not in SCHEMES or not is_uri(address) or not inline:
            return inline
        return [{"kind": "link", "address": address, "inline": inline}]


def _box(markup: str) -> list[Value]:
    """The box of a task, which the parser writes as HTML; a person's own HTML is text to it."""
    if 'type="checkbox"' not in markup:
        return []
    return [{"kind": "text", "text": "[x] " if "checked=" in markup else "[ ] "}]


def _texts(rows: list[list[list[Value]]]) -> list[list[str]]:
    """What stands in the cells, without its form; the widths of columns follow from it."""
    return [["".join(map(_plain, cell)) for cell in row] for row in rows]


def _plain(span: Value) -> str:
    return str(span.get("text", "")) + "".join(map(_plain, span.get("inline", ())))
