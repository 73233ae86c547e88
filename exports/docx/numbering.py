"""Numbered and bulleted lists: one definition per kind, one own number per list, so that each list starts anew."""

from typing import Literal

from exports.docx.styles import FONT
from exports.docx.xml import Element, add, twips, word

ListKind = Literal["bullet", "ordered", "blank", "continued", "task"]

LEVELS = 9
HIGHEST = 32_767  # what Word and LibreOffice count up to; a higher number is written out
STEP = 6.5  # mm of indent per level
BULLETS = ("•", "–", "▪")
ORDERED = (("decimal", "%{}."), ("lowerLetter", "%{})"), ("lowerRoman", "%{}."))
BLANK = " "  # further paragraphs of a bulleted item: indented by the list, with nothing in front
COUNTING = ("ordered", "continued")  # „continued“ are further paragraphs of a numbered item: its number, not shown
NO_BULLET = "\u00a0"  # items that carry their own mark, such as a check box


class Numbering:
    """The numbering part of one document while lists are being added to it."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._first_number: Element | None = root.find(word("num"))
        self._definitions: dict[ListKind, int] = {}
        self._foreign = _highest(root, "abstractNum", "abstractNumId") + 1
        self._numbers = max(0, _highest(root, "num", "numId"))
        self._blank = 0

    def new_list(self, kind: ListKind, level: int = 0, start: int = 1) -> int:
        """A new list of this kind; returns its ``w:num`` id. Counting lists begin at `start`."""
        definition = self._definition(kind)
        self._numbers += 1
        number = add(self._root, "num", numId=self._numbers)
        if self._first_number is None:
            self._first_number = number
        add(number, "abstractNumId", val=definition)
        if kind in COUNTING:
            override = add(number, "lvlOverride", ilvl=min(level, LEVELS - 1))
            add(override, "startOverride", val=start)
            if start > HIGHEST and kind == "ordered":
                _write_level(override, kind, min(level, LEVELS - 1), written_out=start)
        return self._numbers

    def blank_list(self) -> int:
        """The one list without marks, for the further paragraphs of an item."""
        self._blank = self._blank or self.new_list("blank")
        return self._blank

    def _definition(self, kind: ListKind) -> int:
        if kind not in self._definitions:
            identifier = self._definitions[kind] = self._foreign + len(self._definitions)
            abstract = add(self._root, "abstractNum", abstractNumId=identifier)
            add(abstract, "multiLevelType", val="hybridMultilevel")
            for level in range(LEVELS):
                _write_level(abstract, kind, level)
            if self._first_number is not None:  # the schema wants every definition before the first number
                self._first_number.addprevious(abstract)
        return self._definitions[kind]


def _highest(root: Element, name: str, identifier: str) -> int:
    """The highest id that a county's own document has taken; -1 if none."""
    taken = [int(each.get(word(identifier), "-1")) for each in root.iterchildren(word(name))]
    return max(taken, default=-1)


def _write_level(parent: Element, kind: ListKind, level: int, written_out: int = 0) -> None:
    shape, text = ("decimal", f"{written_out}.") if written_out else _mark(kind, level)
    element = add(parent, "lvl", ilvl=level)
    add(element, "start", val=written_out or 1)
    add(element, "numFmt", val=shape)
    if kind == "continued":
        add(element, "suff", val="nothing")
    add(element, "lvlText", val=text)
    add(element, "lvlJc", val="left")
    place = add(element, "pPr")
    add(place, "ind", left=twips(STEP * (level + 1)), hanging=0 if kind == "continued" else twips(STEP))
    add(add(element, "rPr"), "rFonts", ascii=FONT, hAnsi=FONT, cs=FONT)


def _mark(kind: ListKind, level: int) -> tuple[str, str]:
    if kind == "ordered":
        shape, pattern = ORDERED[level % len(ORDERED)]
        return shape, pattern.format(level + 1)
    if kind == "continued":
        return "none", ""
    marks = {"bullet": BULLETS[level % len(BULLETS)], "blank": BLANK, "task": NO_BULLET}
    return "bullet", marks[kind]
