"""What a document says and how it is built, whoever reads it: leaves in reading order, each with its place and text.

A leaf is a paragraph, heading or block of code. Its place is the path that leads to it, such as list item 3, quotation,
paragraph; its text is a row of letters, each with its marks (bold, code, the address of its link).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from lxml import html
from markdown_it.token import Token

Letter = tuple[str, frozenset[str]]
Path = tuple[str, ...]
PLAIN: frozenset[str] = frozenset()
MARKS = {"Strong": "b", "Emph": "i", "Strikeout": "s", "strong": "b", "em": "i", "s": "s", "code": "code"}
BLANK = " \t\r\n"


class Leaf(NamedTuple):
    """One piece of text and where it stands."""

    path: Path
    letters: tuple[Letter, ...]

    @property
    def text(self) -> str:
        """The letters without their marks."""
        return "".join(letter for letter, _marks in self.letters)


class Score(NamedTuple):
    """How near a document came to what was meant: shares from 0 to 1."""

    text_exact: bool
    structure: float
    marks: float

    @property
    def exact(self) -> bool:
        """Whether nothing differs at all."""
        return self.structure == 1 and self.marks == 1 and self.text_exact


def marked(text: str, marks: frozenset[str] = PLAIN) -> list[Letter]:
    """The letters of a text, all with the same marks."""
    return [(letter, marks) for letter in text]


def leaf(path: Sequence[str], letters: Iterable[Letter]) -> Leaf | None:
    """A leaf with its blanks as a reader sees them: code keeps them, elsewhere one stands for many."""
    if path[-1] == "code":
        return Leaf(tuple(path), tuple(_without_line_ends(list(letters))))
    kept: list[Letter] = []
    for letter, marks in letters:
        if letter in " \t\r":
            if kept and kept[-1][0] not in " \n":
                kept.append((" ", marks))
        else:
            if letter == "\n" and kept and kept[-1][0] == " ":
                kept.pop()
            kept.append((letter, marks))
    while kept and kept[-1][0] in BLANK:
        kept.pop()
    while kept and kept[0][0] in BLANK:
        kept.pop(0)
    return Leaf(tuple(path), tuple(kept)) if kept or path[-1] != "p" else None


def _without_line_ends(letters: list[Letter]) -> list[Letter]:
    while letters and letters[-1][0] in BLANK:
        letters.pop()
    while letters and letters[0][0] == "\n":
        letters.pop(0)
    return letters


def compare(meant: Sequence[Leaf], found: Sequence[Leaf], numbers: bool = True) -> Score:
    """Hold what was found against what was meant; without `numbers` the places within lists do not count."""
    wanted, there = Counter(_places(meant, numbers)), Counter(_places(found, numbers))
    total = sum(wanted.values()) + sum(there.values())
    structure = 2 * sum((wanted & there).values()) / total if total else 1.0
    left = [letter for each in meant for letter in each.letters if not letter[0].isspace()]
    right = [letter for each in found for letter in each.letters if not letter[0].isspace()]
    exact = [letter for letter, _marks in left] == [letter for letter, _marks in right]
    return Score(exact, structure, _same_marks(left, right, exact))


def _places(leaves: Sequence[Leaf], numbers: bool) -> list[tuple[Path, str]]:
    if numbers:
        return [(each.path, each.text) for each in leaves]
    return [(tuple(re.sub(r"^([ou]l)\d+$", r"\1", step) for step in each.path), each.text) for each in leaves]


def _same_marks(left: list[Letter], right: list[Letter], exact: bool) -> float:
    if exact:
        pairs: Iterable[tuple[Letter, Letter]] = zip(left, right, strict=True)
        return sum(a == b for a, b in pairs) / len(left) if left else 1.0
    matcher = SequenceMatcher(None, [letter for letter, _ in left], [letter for letter, _ in right], autojunk=False)
    steps = ((block, step) for block in matcher.get_matching_blocks() for step in range(block.size))
    same = sum(left[block.a + step] == right[block.b + step] for block, step in steps)
    return same / max(len(left), len(right))


# As markdown-it-py reads Markdown


def of_tokens(tokens: Sequence[Token]) -> list[Leaf]:
    """What the tokens of our own parser mean."""
    reader = _TokenReader()
    for token in tokens:
        reader.take(token)
    return reader.leaves


class _TokenReader:
    def __init__(self) -> None:
        self.leaves: list[Leaf] = []
        self._path: list[str] = []
        self._lists: list[tuple[str, int]] = []
        self._block = "p"
        self._row = self._column = -1

    def take(self, token: Token) -> None:
        kind, _, edge = token.type.rpartition("_")
        if kind in ("bullet_list", "ordered_list"):
            self._turn_list(token, edge)
        elif kind in ("list_item", "blockquote", "footnote") and edge in ("open", "close"):
            self._turn(kind, token, edge)
        elif kind in ("table", "tr", "td", "th"):
            self._turn_table(kind, edge)
        elif kind == "heading":
            self._block = token.tag if edge == "open" else "p"
        elif token.type == "inline":
            self._add([*self._path, self._block], _inline_letters(token.children or []))
        elif token.type in ("fence", "code_block"):
            self._add([*self._path, "code"], marked(token.content))

    def _add(self, path: list[str], letters: list[Letter]) -> None:
        found = leaf(path, letters)
        if found is not None:
            self.leaves.append(found)

    def _turn_list(self, token: Token, edge: str) -> None:
        if edge == "open":
            start = token.attrGet("start")
            ordered = token.type == "ordered_list_open"
            self._lists.append(("ol" if ordered else "ul", (1 if start is None else int(start)) - 1))
        else:
            self._lists.pop()

    def _turn(self, kind: str, token: Token, edge: str) -> None:
        if edge != "open":
            self._path.pop()
        elif kind == "list_item":
            name, number = self._lists[-1]
            self._lists[-1] = (name, number + 1)
            self._path.append(f"{name}{number + 1}")
        else:
            self._path.append("q" if kind == "blockquote" else f"fn{int(token.meta['id']) + 1}")

    def _turn_table(self, kind: str, edge: str) -> None:
        if edge == "close" and kind in ("td", "th"):
            self._path.pop()
        elif edge == "open":
            if kind == "table":
                self._row = -1
            elif kind == "tr":
                self._row, self._column = self._row + 1, -1
            else:
                self._column += 1
                self._path.append(f"{kind}{self._row}.{self._column}")


def _inline_letters(children: Sequence[Token]) -> list[Letter]:
    found: list[Letter] = []
    marks: list[str] = []
    for token in children:
        kind, _, edge = token.type.rpartition("_")
        if kind in ("strong", "em", "s", "link"):
            if edge == "open":
                marks.append(f"link:{token.attrGet('href')}" if kind == "link" else MARKS[kind])
            else:
                marks.pop()
        else:
            found += _leaf_letters(token, frozenset(marks))
    return found


def _leaf_letters(token: Token, marks: frozenset[str]) -> list[Letter]:
    match token.type:
        case "softbreak":
            return marked(" ", marks)
        case "hardbreak":
            return marked("\n")
        case "code_inline":
            return marked(token.content, marks | {"code"})
        case "image":
            return marked("".join(letter for letter, _ in _inline_letters(token.children or [])), marks)
        case "html_inline":
            return marked("☒ " if "checked=" in token.content else "☐ ")
        case "footnote_ref":
            return marked(f"[^{int(token.meta['id']) + 1}]")
    return marked(token.content, marks)


# As pandoc reads anything


def of_pandoc(document: Mapping[str, Any]) -> list[Leaf]:
    """What pandoc's JSON says; footnotes come after the text."""
    reader = _PandocReader()
    reader.blocks(document["blocks"], [])
    for number, blocks in enumerate(reader.notes, 1):
        reader.blocks(blocks, [f"fn{number}"])
    return reader.leaves


class _PandocReader:
    def __init__(self) -> None:
        self.leaves: list[Leaf] = []
        self.notes: list[Any] = []

    def blocks(self, blocks: Sequence[Any], path: list[str]) -> None:
        for block in blocks:
            self._block(block["t"], block.get("c"), path)

    def _block(self, kind: str, content: Any, path: list[str]) -> None:  # noqa: C901 - one line a kind
        match kind:
            case "Para" | "Plain":
                self._add([*path, "p"], self._letters(content))
            case "Header":
                self._add([*path, f"h{content[0]}"], self._letters(content[2]))
            case "CodeBlock":
                self._add([*path, "code"], marked(content[1]))
            case "BlockQuote":
                self.blocks(content, [*path, "q"])
            case "BulletList":
                for number, item in enumerate(content, 1):
                    self.blocks(item, [*path, f"ul{number}"])
            case "OrderedList":
                for number, item in enumerate(content[1], content[0][0]):
                    self.blocks(item, [*path, f"ol{number}"])
            case "Div":
                self.blocks(content[1], path)
            case "Table":
                self._table(content, path)

    def _table(self, content: Any, path: list[str]) -> None:
        rows = [("th", row) for row in content[3][1]]
        rows += [("td", row) for body in content[4] for row in (*body[2], *body[3])]
        for number, (kind, row) in enumerate(rows):
            for column, cell in enumerate(row[1]):
                self.blocks(cell[4], [*path, f"{kind}{number}.{column}"])

    def _add(self, path: list[str], letters: list[Letter]) -> None:
        found = leaf(path, letters)
        if found is not None:
            self.leaves.append(found)

    def _letters(self, spans: Sequence[Any], marks: frozenset[str] = PLAIN) -> list[Letter]:
        return [letter for span in spans for letter in self._span(span["t"], span.get("c"), marks)]

    def _span(self, kind: str, content: Any, marks: frozenset[str]) -> list[Letter]:  # noqa: PLR0911 - one line a kind
        match kind:
            case "Str":
                return marked(content, marks)
            case "Space" | "SoftBreak":
                return marked(" ", marks)
            case "LineBreak":
                return marked("\n")
            case "Strong" | "Emph" | "Strikeout":
                return self._letters(content, marks | {MARKS[kind]})
            case "Code":
                return marked(content[1], marks | {"code"})
            case "Link":
                return self._letters(content[1], marks | {f"link:{content[2][0]}"})
            case "Image" | "Span" | "Quoted":
                return self._letters(content[1], marks)
            case "Note":
                self.notes.append(content)
                return marked(f"[^{len(self.notes)}]")
            case "Underline" | "Superscript" | "Subscript" | "SmallCaps":
                return self._letters(content, marks)
        return []


# As mammoth reads Word


STYLE_MAP = (
    *(f"p[style-name='{name}'] => pre:separator('\\n')" for name in ("Source Code", "SourceCode")),
    *(f"r[style-name='{name}'] => code" for name in ("Verbatim Char", "VerbatimChar")),
    *(f"p[style-name='{name}'] => blockquote > p:fresh" for name in ("Quote", "Block Text")),
    "strike => s",
)
BLOCKS = frozenset(("p", "ul", "ol", "li", "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"))


def of_html(text: str) -> list[Leaf]:
    """What the HTML of mammoth says."""
    root = html.fragment_fromstring(f"<div>{text}</div>", create_parent=False)
    found: list[Leaf] = []
    _walk(root, [], found)
    return found


def _walk(element: Any, path: list[str], found: list[Leaf]) -> None:  # noqa: C901 - one branch a tag
    for child in element:
        if child.tag in ("ul", "ol"):
            for number, item in enumerate(child, 1):
                note = item.get("id", "").startswith("footnote-")
                step = [*path, f"fn{number}" if note else f"{child.tag}{number}"]
                if not note:
                    _keep(found, [*step, "p"], _html_letters(item, PLAIN))
                _walk(item, step, found)
        elif child.tag == "blockquote":
            _walk(child, [*path, "q"], found)
        elif child.tag == "table":
            for number, row in enumerate(child.iter("tr")):
                for column, cell in enumerate(row):
                    _walk(cell, [*path, f"{cell.tag}{number}.{column}"], found)
        elif child.tag == "pre":
            _keep(found, [*path, "code"], [(letter, PLAIN) for letter, _ in _html_letters(child, PLAIN)])
        elif child.tag in BLOCKS:
            _keep(found, [*path, child.tag], _html_letters(child, PLAIN))


def _keep(found: list[Leaf], path: list[str], letters: list[Letter]) -> None:
    kept = leaf(path, letters)
    if kept is not None:
        found.append(kept)


def _html_letters(element: Any, marks: frozenset[str]) -> list[Letter]:
    found = marked(element.text or "", marks)
    for child in element:
        if child.tag not in BLOCKS:
            found += _html_span(child, marks) + marked(child.tail or "", marks)
    return found


def _html_span(element: Any, marks: frozenset[str]) -> list[Letter]:
    if element.tag == "br":
        return marked("\n")
    address = element.get("href") if element.tag == "a" else None
    if address and address.startswith("#footnote-ref"):
        return []
    if address and address.startswith("#footnote"):
        number = re.search(r"\d+", element.text_content() or "0")
        return marked(f"[^{number[0] if number else 0}]")
    if address:
        return _html_letters(element, marks | {f"link:{address}"})
    return _html_letters(element, marks | {MARKS[element.tag]} if element.tag in MARKS else marks)
