"""How a paragraph or a run looks, as values that write themselves in the order that the schema demands.

The same values serve the definitions of styles and the few places that format directly.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from exports.docx.xml import Element, Light, add, twips, word

Align = Literal["left", "center", "right"]
POINT = 20  # twips
MANY_FORMATS = 4096


@dataclass(frozen=True)
class Border:
    """One edge of a paragraph: width in eighths of a point, distance to the text in points."""

    side: Literal["top", "left", "bottom", "right", "between"]
    size: int = 4
    space: int = 4
    colour: str = "auto"


@dataclass(frozen=True)
class ParagraphFormat:
    """Properties of a paragraph. Spaces in points, indents and tab stops in millimetres, line as a multiple."""

    style: str = ""
    keep_next: bool = False
    keep_lines: bool = False
    list_level: tuple[int, int] | None = None  # (w:num id, level 0…8)
    borders: tuple[Border, ...] = ()
    shade: str = ""
    tabs: tuple[tuple[Align, float], ...] = ()
    hyphenate: bool = True
    from_right: bool = False  # Hebrew, Arabic: the paragraph begins on the right
    before: float | None = None
    after: float | None = None
    line: float | None = None
    left: float | None = None
    right: float | None = None
    hanging: float | None = None
    contextual: bool | None = None  # no space between neighbours of the same style
    align: Align | None = None
    outline: int | None = None  # 0 is the first heading level

    def write(self, parent: Element) -> None:
        """Append ``w:pPr`` to a paragraph or a style."""
        if isinstance(parent, Light):
            parent.shape = self
            parent.inside.append(_written(self))
        else:
            self._write(parent)

    def _write(self, parent: Element) -> None:
        properties = add(parent, "pPr")
        if self.style:
            add(properties, "pStyle", val=self.style)
        for name, wanted in (("keepNext", self.keep_next), ("keepLines", self.keep_lines)):
            if wanted:
                add(properties, name)
        self._write_list(properties)
        self._write_frame(properties)
        self._write_place(properties)

    def _write_list(self, properties: Element) -> None:
        if self.list_level is not None:
            number, level = self.list_level
            numbering = add(properties, "numPr")
            add(numbering, "ilvl", val=level)
            add(numbering, "numId", val=number)

    def _write_frame(self, properties: Element) -> None:
        if self.borders:
            frame = add(properties, "pBdr")
            for edge in self.borders:
                add(frame, edge.side, val="single", sz=edge.size, space=edge.space, color=edge.colour)
        if self.shade:
            add(properties, "shd", val="clear", color="auto", fill=self.shade)
        if self.tabs:
            stops = add(properties, "tabs")
            for align, place in self.tabs:
                add(stops, "tab", val=align, pos=twips(place))
        if not self.hyphenate:
            add(properties, "suppressAutoHyphens")
        if self.from_right:
            add(properties, "bidi")

    def _write_place(self, properties: Element) -> None:
        spacing = {"before": self.before, "after": self.after}
        values: dict[str, str | int] = {key: round(pt * POINT) for key, pt in spacing.items() if pt is not None}
        if self.line is not None:
            values |= {"line": round(self.line * 240), "lineRule": "auto"}
        if values:
            add(properties, "spacing", **values)
        indents = {"left": self.left, "right": self.right, "hanging": self.hanging}
        if any(indent is not None for indent in indents.values()):
            add(properties, "ind", **{side: twips(mm) for side, mm in indents.items() if mm is not None})
        if self.contextual is not None:
            add(properties, "contextualSpacing", val=int(self.contextual))
        if self.align:
            add(properties, "jc", val=self.align)
        if self.outline is not None:
            add(properties, "outlineLvl", val=self.outline)


@dataclass(frozen=True)
class RunFormat:
    """Properties of a stretch of text: size in points, colour as RRGGBB; None leaves what the style says."""

    style: str = ""
    font: str = ""
    bold: bool | None = None
    italic: bool | None = None
    strike: bool = False
    colour: str = ""
    size: float | None = None
    underline: bool = False
    superscript: bool = False
    from_right: bool = False  # a stretch of letters that are read from right to left

    def write(self, parent: Element) -> None:
        """Append ``w:rPr`` to a run or a style; a format that says nothing writes nothing."""
        if isinstance(parent, Light):
            parent.inside.append(self.written())
        elif self != PLAIN:
            self._write(parent)

    def written(self) -> str:
        """The format as XML; empty if it says nothing."""
        return "" if self is PLAIN else _written(self)

    def _write(self, parent: Element) -> None:
        properties = add(parent, "rPr")
        if self.style:
            add(properties, "rStyle", val=self.style)
        if self.font:
            add(properties, "rFonts", ascii=self.font, hAnsi=self.font, eastAsia=self.font, cs=self.font)
        self._write_switches(properties)
        if self.colour:
            add(properties, "color", val=self.colour)
        if self.size is not None:
            add(properties, "sz", val=round(self.size * 2))
            add(properties, "szCs", val=round(self.size * 2))
        if self.underline:
            add(properties, "u", val="single")
        if self.superscript:
            add(properties, "vertAlign", val="superscript")
        if self.from_right:
            add(properties, "rtl")

    def _write_switches(self, properties: Element) -> None:
        for name, wanted in (("b", self.bold), ("bCs", self.bold), ("i", self.italic), ("iCs", self.italic)):
            if wanted is not None:
                switch = add(properties, name)
                if not wanted:
                    switch.set(word("val"), "0")
        if self.strike:
            add(properties, "strike")


PLAIN = RunFormat()
AFTER_DIRECTION = frozenset(map(word, ("spacing", "ind", "contextualSpacing", "jc", "outlineLvl")))


@lru_cache(MANY_FORMATS)
def _written(look: ParagraphFormat | RunFormat) -> str:
    """The XML of a format: a document has few of them, each many times."""
    if look == PLAIN:
        return ""
    scratch = Light("scratch", {})
    look._write(scratch)
    return scratch.content()


def keep_with_next(paragraph: Element) -> None:
    """Hold a paragraph that is already written on the page of what follows it."""
    _reshape(paragraph, keep_next=True)


def read_from_right(paragraph: Element) -> None:
    """Let a paragraph that is already written begin on the right."""
    _reshape(paragraph, from_right=True)


def _reshape(paragraph: Element, **changes: bool) -> None:
    if isinstance(paragraph, Light):
        paragraph.shape = replace(paragraph.shape, **changes)
        paragraph.inside[0] = _written(paragraph.shape)
        return
    properties = paragraph.pPr
    if "keep_next" in changes:
        has_style = properties.find(word("pStyle")) is not None
        properties.insert(int(has_style), properties.makeelement(word("keepNext")))  # the schema wants the style first
    else:
        later = [child for child in properties if child.tag in AFTER_DIRECTION]
        place = properties.index(later[0]) if later else len(properties)
        properties.insert(place, properties.makeelement(word("bidi")))
