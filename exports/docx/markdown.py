"""Markdown to Word: CommonMark with tables, strikethrough, task lists and footnotes becomes real Word structure.

HTML is never interpreted. What a construct is comes from the parser's tokens, how it looks from the styles.
"""

from dataclasses import dataclass, field
from functools import partial

from markdown_it.token import Token

from exports.docx.dialect import parser
from exports.docx.fields import add_run, begins_right
from exports.docx.footnotes import Footnote
from exports.docx.formats import Align, ParagraphFormat, RunFormat, keep_with_next, read_from_right
from exports.docx.frame import write_page_numbers
from exports.docx.inline import InlineWriter, plain_text
from exports.docx.manuscript import Manuscript
from exports.docx.numbering import HIGHEST, LEVELS, STEP, ListKind
from exports.docx.package import Properties, Target
from exports.docx.tables import Column, share_widths, write_table
from exports.docx.wording import GERMAN, Wording
from exports.docx.xml import Element, clean

DEEPEST_HEADING = 9
SUPERSCRIPT = RunFormat(superscript=True)
QUOTE_INDENT = 8.0  # mm per level of quotation
DEEPEST_QUOTE = 8  # levels that can be told apart; deeper ones stay on the page
ALIGNMENTS: dict[str, Align] = {"text-align:center": "center", "text-align:right": "right"}


@dataclass
class OpenList:
    """A list being written.

    `mark` is the number that the current item still waits for, 0 once it has it. `place` is where the item stands in a
    list that counts, `continued` the invisible list of its further paragraphs, 0 until there is one.
    """

    kind: ListKind
    number: int
    place: int = 0
    tasks: int = 0
    mark: int = 0
    continued: int = 0


@dataclass
class OpenTable:
    """The cells of a table until its widths can be told."""

    aligns: list[Align] = field(default_factory=list)
    rows: list[list[Token]] = field(default_factory=list)


class MarkdownWriter:
    """Appends Markdown texts to the body of one manuscript.

    With `below` a text belongs under a heading of that level: its own headings follow without a gap in the outline,
    whatever levels its author chose. Without it, levels stay as they are.
    """

    def __init__(self, manuscript: Manuscript, below: int = 0) -> None:
        self._manuscript = manuscript
        self._below = below
        self._outline: list[int] = []  # the authors' levels of the headings that are open
        self._story = manuscript.body
        self._paragraph: Element
        self._in_heading = False
        self._lead: Element | None = None  # a paragraph that announces what follows
        self._lists: list[OpenList] = []
        self._quotes = 0
        self._table: OpenTable | None = None
        self._notes: dict[int, Footnote] = {}
        self._note_mark: Footnote | str | None = None
        self.first_heading = ""

    def write(self, text: str) -> None:
        """Append one Markdown text; footnotes of different texts do not meet."""
        self._notes = {}
        self._outline = []
        self._lead = None
        for token in parser().parse(clean(text)):
            if token.nesting == 1:
                self._open(token)
            elif token.nesting == -1:
                self._close(token)
            else:
                self._write_leaf(token)

    def _open(self, token: Token) -> None:
        match token.type:
            case "paragraph_open":
                self._paragraph = self._begin(self._text_style(), tight=token.hidden)
            case "heading_open":
                self._paragraph = self._begin(f"Heading{self._heading_level(int(token.tag[1]))}")
                self._in_heading = True
            case "bullet_list_open" | "ordered_list_open":
                self._open_list(token)
            case "list_item_open":
                self._open_item(token)
            case "blockquote_open":
                self._settle()
                self._quotes += 1
            case "table_open":
                self._hold_lead()
                self._settle()
                self._table = OpenTable()
            case "tr_open" if self._table:
                self._table.rows.append([])
            case "th_open" if self._table:
                self._table.aligns.append(ALIGNMENTS.get(str(token.attrGet("style")), "left"))
            case "footnote_open":
                self._open_note(token)

    def _close(self, token: Token) -> None:
        match token.type:
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_close":
                self._settle()
            case "blockquote_close":
                self._quotes -= 1
            case "table_close" if self._table:
                self._write_table(self._table)
                self._table = None
            case "footnote_close":
                self._settle()
                self._story.end()
                self._story = self._manuscript.body
            case "heading_close":
                self._in_heading = False

    def _write_leaf(self, token: Token) -> None:
        match token.type:
            case "inline" if self._table:
                self._table.rows[-1].append(token)
            case "inline":
                self._write_inline(token)
            case "fence" | "code_block":
                self._settle()
                add_run(self._begin("SourceCode"), token.content.removesuffix("\n"))
            case "hr":
                self._settle()
                self._begin("Divider")

    # Paragraphs and their place

    def _begin(self, style: str, tight: bool = False) -> Element:
        """Append a paragraph where lists, quotations and notes put it."""
        self._lead = None
        paragraph = self._story.paragraph(self._placed(style, tight))
        if self._note_mark is not None:
            _write_note_mark(paragraph, self._note_mark)
            self._note_mark = None
        return paragraph

    def _placed(self, style: str, tight: bool) -> ParagraphFormat:
        if self._lists:
            innermost = self._lists[-1]
            number = innermost.mark or self._continued(innermost)
            innermost.mark = 0
            loose = None if tight or style != "ListParagraph" else False
            return ParagraphFormat(style, list_level=(number, self._level()), contextual=loose)
        if self._quotes > (style == "Quote"):  # the style itself indents by one level
            return ParagraphFormat(style, left=QUOTE_INDENT * min(self._quotes, DEEPEST_QUOTE))
        return ParagraphFormat(style)

    def _continued(self, current: OpenList) -> int:
        """The list of an item's further paragraphs; in a list that counts it carries the item's number, unseen."""
        numbering = self._manuscript.numbering
        if current.kind != "ordered":
            return numbering.blank_list()
        current.continued = current.continued or numbering.new_list("continued", self._level(), current.place)
        return current.continued

    def _text_style(self) -> str:
        if self._story is not self._manuscript.body:
            return "FootnoteText"
        return "Quote" if self._quotes else "ListParagraph" if self._lists else ""

    def _heading_level(self, level: int) -> int:
        if not self._below:
            return level
        while self._outline and self._outline[-1] >= level:
            self._outline.pop()
        self._outline.append(level)
        return min(self._below + len(self._outline), DEEPEST_HEADING)

    def _level(self) -> int:
        return min(len(self._lists), LEVELS) - 1

    def _settle(self) -> None:
        """Give a waiting list item or note its own empty paragraph before something that cannot carry the mark."""
        waiting = bool(self._lists and self._lists[-1].mark) or self._note_mark is not None
        if waiting:
            self._begin(self._text_style(), tight=True)

    def _hold_lead(self) -> None:
        """Keep the sentence that announces a list or a table on its page."""
        if self._lead is not None:
            keep_with_next(self._lead)
            self._lead = None

    def _write_inline(self, token: Token) -> None:
        children = token.children or []
        if begins_right(token.content):
            read_from_right(self._paragraph)
        InlineWriter(self._story, self._paragraph, self._set_footnote).write(children)
        if token.content.endswith(":"):
            self._lead = self._paragraph
        if self._in_heading and not self.first_heading:
            self.first_heading = plain_text(children)

    # Lists

    def _open_list(self, token: Token) -> None:
        self._hold_lead()
        self._settle()
        kind: ListKind = "ordered" if token.type == "ordered_list_open" else "bullet"
        start = token.attrGet("start")
        level, first = min(len(self._lists), LEVELS - 1), 1 if start is None else int(start)
        number = self._manuscript.numbering.new_list(kind, level, first)
        self._lists.append(OpenList(kind, number, place=first - 1))

    def _open_item(self, token: Token) -> None:
        current = self._lists[-1]
        current.place, current.continued = current.place + 1, 0
        if current.kind == "ordered" and current.place > HIGHEST:
            current.number = self._manuscript.numbering.new_list("ordered", self._level(), current.place)
        current.mark = current.number
        if current.kind == "bullet" and token.attrGet("class") == "task-list-item":
            current.tasks = current.tasks or self._manuscript.numbering.new_list("task")
            current.mark = current.tasks

    # Tables

    def _write_table(self, table: OpenTable) -> None:
        texts = [[plain_text(cell.children or []) for cell in row] for row in table.rows]
        left = STEP * len(self._lists) + QUOTE_INDENT * self._quotes
        left = min(left, self._story.width / 2)
        widths = share_widths(texts[0], texts[1:], self._story.width - left)
        head, *rows = [[partial(self._write_cell, cell) for cell in row] for row in table.rows]
        columns = [Column(cell, width, align) for cell, width, align in zip(head, widths, table.aligns, strict=True)]
        write_table(self._story, columns, rows, summary=", ".join(filter(None, texts[0])), left=left)

    def _write_cell(self, cell: Token, paragraph: Element) -> None:
        if begins_right(cell.content):
            read_from_right(paragraph)
        InlineWriter(self._story, paragraph, self._set_footnote).write(cell.children or [])

    # Footnotes

    def _set_footnote(self, token: Token, paragraph: Element) -> None:
        identifier = int(token.meta["id"])
        if self._story is not self._manuscript.body:  # Word knows no notes to notes
            add_run(paragraph, _label(token), SUPERSCRIPT)
        elif identifier in self._notes:
            self._notes[identifier].refer_again(paragraph)
        else:
            self._notes[identifier] = self._manuscript.footnotes.new(paragraph)

    def _open_note(self, token: Token) -> None:
        """Turn to the note's own story; a note that only notes refer to follows the text instead."""
        note = self._notes.get(int(token.meta["id"]))
        self._note_mark = note or _label(token)
        if note is not None:
            self._story = note.story


def _write_note_mark(paragraph: Element, mark: Footnote | str) -> None:
    if isinstance(mark, Footnote):
        mark.write_mark(paragraph)
        add_run(paragraph, " ")
    else:
        add_run(paragraph, f"{mark} ", SUPERSCRIPT)


def _label(token: Token) -> str:
    return f"[{token.meta['label']}]"


def markdown_to_docx(text: str, target: Target, language: str = "de-DE", wording: Wording = GERMAN) -> None:
    """Write one Markdown text as a Word document with page numbers; its first heading becomes the file's title.

    `target` is a path or a binary stream. Any Unicode text is accepted; what XML cannot carry becomes U+FFFD.
    """
    manuscript = Manuscript(language)
    writer = MarkdownWriter(manuscript)
    writer.write(text)
    write_page_numbers(manuscript, "", wording)
    manuscript.save(target, Properties(title=writer.first_heading, language=language))
