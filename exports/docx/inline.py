"""The inside of a Markdown paragraph (emphasis, code, links, footnote marks) as runs of a Word paragraph."""

from collections import Counter
from collections.abc import Callable, Sequence

from markdown_it.token import Token

from exports.docx.fields import add_run
from exports.docx.formats import RunFormat
from exports.docx.story import Story
from exports.docx.styles import LINK, SYMBOLS
from exports.docx.xml import Element, add, add_break

TICKED = "☒"
UNTICKED = "☐"
EMPHASIS = {"strong": "bold", "em": "italic", "s": "strike"}


class InlineWriter:
    """Writes the children of one inline token, which come as a flat stream of opening and closing tokens."""

    def __init__(self, story: Story, paragraph: Element, set_footnote: Callable[[Token, Element], None]) -> None:
        self._story = story
        self._paragraph = paragraph
        self._parent = paragraph  # a hyperlink while one is open
        self._set_footnote = set_footnote
        self._depth: Counter[str] = Counter()
        self._in_link = False

    def write(self, tokens: Sequence[Token]) -> None:
        """Append every token; raises ValueError for a token that the parser's plugins should not produce."""
        for token in tokens:
            kind, _, edge = token.type.rpartition("_")
            if kind in EMPHASIS:
                self._depth[EMPHASIS[kind]] += 1 if edge == "open" else -1
            elif kind == "link":
                self._turn_link(token)
            else:
                self._write_leaf(token)

    def _write_leaf(self, token: Token) -> None:
        match token.type:
            case "text":
                self._run(token.content)
            case "softbreak":
                self._run(" ")
            case "hardbreak":
                add_break(add(self._parent, "r"))
            case "code_inline":
                self._run(token.content, code=True)
            case "image":
                self._run(plain_text([token]))
            case "html_inline":  # with HTML off, only the task list plugin makes these
                self._tick(token)
            case "footnote_ref":
                self._set_footnote(token, self._paragraph)
            case unknown:
                raise ValueError(f"unexpected inline token {unknown}")

    def _run(self, text: str, code: bool = False) -> None:
        if text:
            add_run(self._parent, text, self._look(code))

    def _look(self, code: bool) -> RunFormat:
        linked_code = code and self._in_link  # a run has one style; the other's look is written out
        return RunFormat(
            style="VerbatimChar" if code else "Hyperlink" if self._in_link else "",
            colour=LINK if linked_code else "",
            underline=linked_code,
            bold=self._depth["bold"] > 0 or None,
            italic=self._depth["italic"] > 0 or None,
            strike=self._depth["strike"] > 0,
        )

    def _turn_link(self, token: Token) -> None:
        if token.nesting == 1:
            address, title = str(token.attrGet("href") or ""), str(token.attrGet("title") or "")
            self._parent = self._story.hyperlink(self._paragraph, address, title)
            self._in_link = self._parent is not self._paragraph
        else:
            self._parent = self._paragraph
            self._in_link = False

    def _tick(self, token: Token) -> None:
        mark = TICKED if 'checked="checked"' in token.content else UNTICKED
        add_run(self._parent, mark, RunFormat(font=SYMBOLS))


def plain_text(tokens: Sequence[Token]) -> str:
    """The text of inline tokens without any marking, as titles, column widths and stand-ins for images need it."""
    return "".join(_words_of(token) for token in tokens)


def _words_of(token: Token) -> str:
    match token.type:
        case "image":  # a file travels without pictures that lie elsewhere; their words stand for them
            return plain_text(token.children or [])
        case "softbreak" | "hardbreak":
            return " "
        case _:
            return token.content
