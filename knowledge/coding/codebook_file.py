"""Reading a codebook of another program: a `.qdc` in the exchange format REFI-QDA. Nothing foreign is trusted."""

import re
from dataclasses import dataclass

from lxml import etree

from app.core.errors import InvalidInput
from app.core.forms import visible
from app.core.i18n import _
from knowledge.coding.states import Colour

NAMESPACE = "urn:QDA-XML:codebook:1.0"
MOST_BYTES = 2_000_000
MOST_CODES = 500
DEEPEST = 12
LONGEST_NAME, LONGEST_TEXT = 80, 2000
_GUID = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")
_RGB = re.compile(r"#([0-9a-fA-F]{6})")
_NEAREST = {
    Colour.BLUE: (31, 95, 191),
    Colour.GREEN: (29, 122, 60),
    Colour.ORANGE: (200, 100, 0),
    Colour.PURPLE: (122, 63, 181),
    Colour.RED: (200, 32, 58),
    Colour.TEAL: (0, 128, 138),
    Colour.YELLOW: (200, 180, 0),
    Colour.GREY: (110, 115, 120),
}


@dataclass(frozen=True)
class ReadCode:
    """A code of the file, after the one above it; `parent_guid` is empty at the top."""

    guid: str
    name: str
    description: str
    colour: Colour
    parent_guid: str = ""


def read_codebook(content: bytes) -> list[ReadCode]:
    """The codes, parents first; InvalidInput with a sentence for anything that is no codebook or too big."""
    if len(content) > MOST_BYTES:
        raise InvalidInput(_("Die Datei ist zu groß für ein Kategorienbuch."))
    root = _parsed(content)
    found: list[ReadCode] = []
    for code in root.findall(f"{{{NAMESPACE}}}Codes/{{{NAMESPACE}}}Code"):
        _read(code, "", 1, found)
    if not found:
        raise InvalidInput(_("In der Datei steht keine Kategorie."))
    if len({code.guid for code in found}) < len(found):
        raise InvalidInput(_("In der Datei haben zwei Kategorien dieselbe Kennung (GUID)."))
    return found


def _parsed(content: bytes) -> etree._Element:
    """The root; no entities, no network, no document type."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise InvalidInput(_("Die Datei ist kein Kategorienbuch im Format REFI-QDA (.qdc).")) from None
    if root.tag != f"{{{NAMESPACE}}}CodeBook" or root.getroottree().docinfo.doctype:
        raise InvalidInput(_("Die Datei ist kein Kategorienbuch im Format REFI-QDA (.qdc)."))
    return root


def _read(element: etree._Element, parent_guid: str, depth: int, found: list[ReadCode]) -> None:
    if len(found) >= MOST_CODES or depth > DEEPEST:
        raise InvalidInput(_("Das Kategorienbuch ist zu umfangreich. Es gehen %(max)d Kategorien.", max=MOST_CODES))
    guid = _GUID.fullmatch((element.get("guid") or "").strip())
    name = " ".join(visible(element.get("name") or "").split())
    if guid is None or not name:
        raise InvalidInput(_("In der Datei fehlt einer Kategorie der Name oder die Kennung (GUID)."))
    description = visible(element.findtext(f"{{{NAMESPACE}}}Description") or "").strip()
    own = guid.group(1).lower()
    colour = nearest_colour(element.get("color") or "")
    found.append(ReadCode(own, name[:LONGEST_NAME], description[:LONGEST_TEXT], colour, parent_guid))
    for child in element.findall(f"{{{NAMESPACE}}}Code"):
        _read(child, own, depth + 1, found)


def nearest_colour(rgb: str) -> Colour:
    """The colour of ours that is nearest to #RRGGBB; blue for anything else."""
    match = _RGB.fullmatch(rgb.strip())
    if match is None:
        return Colour.BLUE
    red, green, blue = (int(match.group(1)[place : place + 2], 16) for place in (0, 2, 4))
    return min(
        _NEAREST,
        key=lambda each: sum((a - b) ** 2 for a, b in zip(_NEAREST[each], (red, green, blue), strict=True)),
    )
