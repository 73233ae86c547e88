"""The style sheet of every document: Word's built-in styles in our shape, and the few that minutes need beside them.

Own styles carry German names, because an office sees them in Word's style list. Only declarations live here, and the
function that turns them into the style part.
"""

from dataclasses import dataclass, field, replace
from typing import Literal

from exports.docx.formats import PLAIN, Border, ParagraphFormat, RunFormat
from exports.docx.xml import Element, add, twips, word

FONT = "Arial"
MONOSPACE = "Courier New"
SYMBOLS = "Segoe UI Symbol"
INK = "1B3A5C"
GREY = "595959"
RULE = "8FA6BF"
TINT = "EAF0F6"
PALE = "F2F2F2"
LINK = "0B57A4"
TEXT_WIDTH = 165.0  # mm: A4 less the margins of DIN 5008 (25 left, 20 right)

# A frame in the colour of its filling is padding; the bar on the left is what one sees.
BOX = (
    Border("top", 24, 3, TINT),
    Border("left", 36, 8, INK),
    Border("bottom", 24, 3, TINT),
    Border("right", 24, 6, TINT),
)
BOXED = ParagraphFormat(keep_lines=True, borders=BOX, shade=TINT, before=2, after=2, line=1.15, left=4, right=3)


@dataclass(frozen=True)
class Style:
    """One style: identifier as stored, name as shown, what it builds on and what it changes."""

    id: str
    name: str
    paragraph: ParagraphFormat = field(default_factory=ParagraphFormat)
    run: RunFormat = PLAIN
    based_on: str = "Normal"
    next: str = ""
    kind: Literal["paragraph", "character"] = "paragraph"


def _heading(level: int, size: float, before: float) -> Style:
    shape = ParagraphFormat(
        keep_next=True, keep_lines=True, hyphenate=False, before=before, after=4, line=1.1, outline=level - 1
    )
    run = RunFormat(bold=True, italic=False, colour=INK, size=size)
    return Style(f"Heading{level}", f"heading {level}", shape, run, next="Normal")


HEADINGS = tuple(
    _heading(level, size, before)
    for level, size, before in (
        (1, 13, 18), (2, 11, 12), (3, 10.5, 10), (4, 10.5, 8), (5, 10, 8),
        (6, 10, 8), (7, 10, 8), (8, 10, 8), (9, 10, 8),
    )
)  # fmt: skip

BUILT_IN = (
    Style("Normal", "Normal", ParagraphFormat(before=0, after=6, line=1.15), RunFormat(size=10.5), based_on=""),
    Style(
        "Title", "Title",
        ParagraphFormat(keep_next=True, hyphenate=False, before=16, after=2, line=1.0),
        RunFormat(bold=True, colour=INK, size=22), next="Subtitle",
    ),
    Style(
        "Subtitle", "Subtitle",
        ParagraphFormat(keep_next=True, hyphenate=False, before=0, after=10, line=1.1),
        RunFormat(colour=GREY, size=12), next="Normal",
    ),
    *HEADINGS,
    Style(
        "Header", "header",
        ParagraphFormat(hyphenate=False, after=0, line=1.0, tabs=(("right", TEXT_WIDTH),)),
        RunFormat(colour=GREY, size=8.5),
    ),
    Style(
        "Footer", "footer",
        ParagraphFormat(
            hyphenate=False, after=0, line=1.0, tabs=(("center", TEXT_WIDTH / 2), ("right", TEXT_WIDTH)),
            borders=(Border("top", 4, 4, RULE),),
        ),
        RunFormat(colour=GREY, size=8.5),
    ),
    Style(
        "Caption", "caption",
        ParagraphFormat(keep_next=True, keep_lines=True, before=6, after=4), RunFormat(bold=True, colour=INK, size=9.5),
    ),
    Style("ListParagraph", "List Paragraph", ParagraphFormat(after=4, contextual=True)),
    Style(
        "Quote", "Quote", ParagraphFormat(left=8, right=8, borders=(Border("left", 12, 8, RULE),)),
        RunFormat(italic=True, colour="404040"),
    ),
    Style("FootnoteText", "footnote text", ParagraphFormat(after=2, line=1.0), RunFormat(size=8.5)),
    Style("FootnoteReference", "footnote reference", run=RunFormat(superscript=True), based_on="", kind="character"),
    Style("Hyperlink", "Hyperlink", run=RunFormat(colour=LINK, underline=True), based_on="", kind="character"),
)  # fmt: skip

OF_MARKDOWN = (
    Style(
        "SourceCode", "Source Code",
        ParagraphFormat(
            hyphenate=False, before=4, after=10, line=1.0, left=2, right=2, shade=PALE, keep_lines=True,
            borders=tuple(Border(side, 24, 3, PALE) for side in ("top", "left", "bottom", "right")),
        ),
        RunFormat(font=MONOSPACE, size=9),
    ),
    Style("VerbatimChar", "Verbatim Char", run=RunFormat(font=MONOSPACE, size=9.5), based_on="", kind="character"),
    Style("Divider", "Trennlinie", ParagraphFormat(before=2, after=8, borders=(Border("bottom", 6, 1, RULE),))),
)  # fmt: skip

OF_MINUTES = (
    Style("Letterhead", "Briefkopf", run=RunFormat(bold=True, colour=INK, size=14), based_on="Header"),
    Style(
        "LetterheadLine", "Briefkopf Zeile", ParagraphFormat(before=2, borders=(Border("bottom", 12, 5, INK),)),
        RunFormat(size=9), based_on="Header",
    ),
    Style(
        "Classification", "Einstufung", ParagraphFormat(before=4, align="right"),
        RunFormat(bold=True, colour=INK, size=9), based_on="Header",
    ),
    Style(
        "RunningHead", "Kopfzeile Folgeseite",
        ParagraphFormat(borders=(Border("bottom", 4, 4, RULE),)), based_on="Header",
    ),
    Style(
        "Fact", "Eckdaten",
        ParagraphFormat(
            keep_lines=True, before=2, after=0, line=1.1, left=44, hanging=44, tabs=(("left", 44),),
            borders=tuple(Border(side, 4, 3, RULE) for side in ("bottom", "between")),
        ),
        RunFormat(size=10),
    ),
    Style("FactLabel", "Eckdaten Bezeichnung", run=RunFormat(bold=True, colour=INK), based_on="", kind="character"),
    Style("ItemFacts", "TOP Angaben", ParagraphFormat(keep_next=True, after=5), RunFormat(colour=GREY, size=9.5)),
    Style(
        "Note", "Vermerk",
        ParagraphFormat(keep_lines=True, borders=(Border("left", 12, 8, RULE),), before=2, after=6, left=4, right=3),
    ),
    Style(
        "DecisionTitle", "Beschluss Titel", replace(BOXED, keep_next=True, before=8, after=0),
        RunFormat(size=10.5), based_on="Heading2", next="DecisionText",
    ),
    Style("DecisionText", "Beschluss Text", replace(BOXED, keep_next=True)),
    Style("VoteResult", "Abstimmung", replace(BOXED, after=0, line=1.1), RunFormat(size=9.5)),
    Style("Tally", "Auszählung", ParagraphFormat(before=4, after=8), RunFormat(colour=GREY, size=9.5)),
    Style("TableText", "Tabellentext", ParagraphFormat(before=2, after=2, line=1.05), RunFormat(size=9.5)),
    Style(
        "TableHead", "Tabellenkopf", ParagraphFormat(keep_next=True, hyphenate=False, before=3, after=3, line=1.0),
        RunFormat(bold=True, colour=INK), based_on="TableText",
    ),
    Style(
        "SignatureLine", "Unterschrift Linie",
        ParagraphFormat(keep_next=True, before=30, after=3, right=8, borders=(Border("bottom", 4, 2, GREY),)),
    ),
)  # fmt: skip

STYLES = BUILT_IN + OF_MARKDOWN + OF_MINUTES


def write_styles(root: Element, language: str) -> None:
    """Fill an empty style part: defaults in the document's language, then every style, then the tables' style."""
    _write_defaults(root, language)
    for style in STYLES:
        _write_style(root, style)
    defaults = (("character", "DefaultParagraphFont", "Default Paragraph Font"), ("numbering", "NoList", "No List"))
    for kind, identifier, name in defaults:
        element = add(root, "style", type=kind, default=1, styleId=identifier)
        add(element, "name", val=name)
        add(element, "uiPriority", val=99)
    _write_plain_table(root)
    _write_ruled_table(root)
    _write_open_table(root)


def _write_defaults(root: Element, language: str) -> None:
    defaults = add(root, "docDefaults")
    properties = add(add(defaults, "rPrDefault"), "rPr")
    add(properties, "rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    add(properties, "sz", val=21)
    add(properties, "szCs", val=21)
    add(properties, "lang", val=language, eastAsia=language, bidi="ar-SA")
    add(add(add(defaults, "pPrDefault"), "pPr"), "spacing", after=0, line=240, lineRule="auto")


def _write_style(root: Element, style: Style) -> None:
    element = add(root, "style", type=style.kind, styleId=style.id)
    if style.id == "Normal":
        element.set(word("default"), "1")
    if style not in BUILT_IN:
        element.set(word("customStyle"), "1")
    add(element, "name", val=style.name)
    if style.based_on:
        add(element, "basedOn", val=style.based_on)
    if style.next:
        add(element, "next", val=style.next)
    add(element, "qFormat")
    if style.kind == "paragraph":
        style.paragraph.write(element)
    style.run.write(element)


def _write_plain_table(root: Element) -> None:
    element = add(root, "style", type="table", default=1, styleId="TableNormal")
    add(element, "name", val="Normal Table")
    add(element, "uiPriority", val=99)
    properties = add(element, "tblPr")
    add(properties, "tblInd", w=0, type="dxa")
    margins = add(properties, "tblCellMar")
    for side, width in (("top", 0), ("left", 108), ("bottom", 0), ("right", 108)):
        add(margins, side, w=width, type="dxa")


def _write_ruled_table(root: Element) -> None:
    element = add(root, "style", type="table", customStyle=1, styleId="RuledTable")
    add(element, "name", val="Sitzungstabelle")
    add(element, "basedOn", val="TableNormal")
    properties = add(element, "tblPr")
    borders = add(properties, "tblBorders")
    for side, size, colour in (("top", 8, INK), ("bottom", 8, INK), ("insideH", 4, RULE)):
        add(borders, side, val="single", sz=size, space=0, color=colour)
    margins = add(properties, "tblCellMar")
    for side, width in (("top", 15), ("left", twips(1.9)), ("bottom", 15), ("right", twips(1.9))):
        add(margins, side, w=width, type="dxa")
    head = add(element, "tblStylePr", type="firstRow")
    cell = add(head, "tcPr")
    add(cell, "shd", val="clear", color="auto", fill=TINT)
    add(cell, "vAlign", val="bottom")


def _write_open_table(root: Element) -> None:
    element = add(root, "style", type="table", customStyle=1, styleId="OpenTable")
    add(element, "name", val="Unterschriftentabelle")
    add(element, "basedOn", val="TableNormal")
    margins = add(add(element, "tblPr"), "tblCellMar")
    for side in ("left", "right"):
        add(margins, side, w=0, type="dxa")
