"""Styles of an upload under our ids: theirs where they have them, ours where they lack one, in their colour.

The writers name styles by id ("Heading1"). Word in German stores the same style as "berschrift1", LibreOffice in its
own way; what they share is the English name of the style.
"""

import copy

from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from lxml import etree

from exports.base_document.opening import Node
from exports.docx import styles as ours
from exports.docx.xml import add, twips

NAMED_BY = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "styleLink", "numStyleLink")
GERMAN_NAMES = {
    "standard": "normal", "titel": "title", "untertitel": "subtitle", "kopfzeile": "header", "fußzeile": "footer",
    "beschriftung": "caption", "listenabsatz": "list paragraph", "zitat": "quote", "fußnotentext": "footnote text",
    "fußnotenzeichen": "footnote reference", "normale tabelle": "normal table", "keine liste": "no list",
    "absatz-standardschriftart": "default paragraph font",
    **{f"überschrift {level}": f"heading {level}" for level in range(1, 10)},
}  # fmt: skip
LEAST_CONTRAST = 4.5
BLACK = "000000"


def fit_styles(root: Node, stories: list[Node], language: str, width: float) -> int:
    """Bring the style part `root` into shape for our writers and the stories along with it; how many were added.

    `width` is that of the text in millimetres.
    """
    sheet = _our_sheet(language)
    _rename(root, stories, _renamings(root, sheet))
    accent = _accent(root)
    known = {each.get(qn("w:styleId")) for each in root.iter(qn("w:style"))}
    added = 0
    for style in sheet.iter(qn("w:style")):
        if style.get(qn("w:styleId")) not in known:
            root.append(_dyed(style, accent, width))
            added += 1
    _set_defaults(root, sheet, language)
    for level in range(1, 10):
        _mend_heading(root, level)
    return added


def _our_sheet(language: str) -> Node:
    root = parse_xml(f"<w:styles {nsdecls('w')}/>")
    ours.write_styles(root, language)
    return etree.fromstring(etree.tostring(root))


def _key(style: Node) -> tuple[str, str]:
    name = style.find(qn("w:name"))
    shown = "" if name is None else name.get(qn("w:val"), "").strip().lower()
    return style.get(qn("w:type"), "paragraph"), shown


def _renamings(root: Node, sheet: Node) -> dict[str, str]:
    """Old id → new id, so that a style that is ours by name has our id and no other style has it."""
    theirs = list(root.iter(qn("w:style")))
    names = {_key(style) for style in theirs}
    wanted = {_key(style): style.get(qn("w:styleId")) for style in sheet.iter(qn("w:style"))}
    taken = {style.get(qn("w:styleId"), "").lower() for style in theirs} | {each.lower() for each in wanted.values()}
    renamed: dict[str, str] = {}
    given: set[str] = set()
    for style in theirs:
        kind, name = _key(style)
        english = (kind, GERMAN_NAMES.get(name, name))
        key = english if english not in names else (kind, name)
        identifier = style.get(qn("w:styleId"), "")
        target = wanted.get(key)
        if target is not None and target not in given:
            given.add(target)
            renamed[identifier] = target
            style.find(qn("w:name")).set(qn("w:val"), _name_of(sheet, target))
        elif identifier.lower() in {each.lower() for each in wanted.values()}:
            renamed[identifier] = _free(identifier, taken)
    return {old: new for old, new in renamed.items() if old != new}


def _name_of(sheet: Node, identifier: str) -> str:
    style = next(each for each in sheet.iter(qn("w:style")) if each.get(qn("w:styleId")) == identifier)
    return str(style.find(qn("w:name")).get(qn("w:val")))


def _free(identifier: str, taken: set[str]) -> str:
    number = 1
    while f"{identifier}-{number}".lower() in taken:
        number += 1
    taken.add(f"{identifier}-{number}".lower())
    return f"{identifier}-{number}"


def _rename(root: Node, stories: list[Node], renamed: dict[str, str]) -> None:
    for style in root.iter(qn("w:style")):
        identifier = style.get(qn("w:styleId"))
        style.set(qn("w:styleId"), renamed.get(identifier, identifier))
    for tree in (root, *stories):
        for reference in tree.iter(*(qn(f"w:{name}") for name in NAMED_BY)):
            value = reference.get(qn("w:val"), "")
            reference.set(qn("w:val"), renamed.get(value, value))


# Colours


def _accent(root: Node) -> str | None:
    """The colour of their first heading if it can be read, black if it says none; None without a heading."""
    heading = _style(root, "Heading1")
    if heading is None:
        return None
    colour = heading.find(f"{qn('w:rPr')}/{qn('w:color')}")
    value = "auto" if colour is None else colour.get(qn("w:val"), "auto")
    if value == "auto":
        return BLACK
    try:
        return value.upper() if contrast(value) >= LEAST_CONTRAST else None
    except ValueError:
        return None


def contrast(colour: str) -> float:
    """How much a colour (RRGGBB) stands out from white, as WCAG 2.2 counts it. ValueError for what is no colour."""
    if len(colour) != 6:
        raise ValueError(colour)
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def _mixed(colour: str, share: float) -> str:
    """The colour thinned with white; `share` is what is left of it."""
    parts = [int(colour[place : place + 2], 16) for place in (0, 2, 4)]
    return "".join(f"{round(255 - (255 - each) * share):02X}" for each in parts)


def _dyed(style: Node, accent: str | None, width: float) -> Node:
    """A style of ours in the county's colour, its tab stops at the edge of the county's text."""
    dyed = copy.deepcopy(style)
    for stop in dyed.iter(qn("w:tab")):
        place = int(stop.get(qn("w:pos"), "0"))
        edge = twips(ours.TEXT_WIDTH)
        if place in (edge, round(edge / 2), twips(ours.TEXT_WIDTH / 2)):
            stop.set(qn("w:pos"), str(round(place * width / ours.TEXT_WIDTH)))
    if accent is None:
        return dyed
    colours = {ours.INK: accent, ours.RULE: _mixed(accent, 0.45), ours.TINT: _mixed(accent, 0.09)}
    for element in dyed.iter():
        for name in (qn("w:val"), qn("w:color"), qn("w:fill")):
            if element.get(name) in colours:
                element.set(name, colours[element.get(name)])
    return dyed


# What is mended in theirs


def _style(root: Node, identifier: str) -> Node | None:
    return next((each for each in root.iter(qn("w:style")) if each.get(qn("w:styleId")) == identifier), None)


def _set_defaults(root: Node, sheet: Node, language: str) -> None:
    """The document's language, and defaults at the head of the sheet if there were none."""
    defaults = root.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = copy.deepcopy(sheet.find(qn("w:docDefaults")))
        root.insert(0, defaults)
    for name in ("rPrDefault", "rPr"):
        parent = defaults if name == "rPrDefault" else defaults.find(qn("w:rPrDefault"))
        if parent.find(qn(f"w:{name}")) is None:
            parent.insert(0, parent.makeelement(qn(f"w:{name}")))
    properties = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in list(root.iter(qn("w:lang"))):
        old.getparent().remove(old)
    said = add(properties, "lang", val=language, eastAsia=language, bidi="ar-SA")
    for late in ("eastAsianLayout", "specVanish", "oMath"):
        found = properties.find(qn(f"w:{late}"))
        if found is not None:
            found.addprevious(said)


def _mend_heading(root: Node, level: int) -> None:
    """A heading is in the outline, keeps with what follows, and brings no number of its own."""
    style = _style(root, f"Heading{level}")
    if style is None:
        return
    properties = style.find(qn("w:pPr"))
    if properties is None:
        properties = style.makeelement(qn("w:pPr"))
        runs = style.find(qn("w:rPr"))
        if runs is None:
            style.append(properties)
        else:
            runs.addprevious(properties)
    outline = properties.find(qn("w:outlineLvl"))
    if outline is None:
        outline = add(properties, "outlineLvl")
        for late in ("divId", "cnfStyle", "rPr", "sectPr"):
            found = properties.find(qn(f"w:{late}"))
            if found is not None:
                found.addprevious(outline)
                break
    outline.set(qn("w:val"), str(level - 1))
    if properties.find(qn("w:keepNext")) is None:
        properties.insert(0, properties.makeelement(qn("w:keepNext")))
