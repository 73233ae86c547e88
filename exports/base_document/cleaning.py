"""A new package from what is kept of an uploaded one: stories, styles, theme, pictures – and nothing else.

What is not named here stays behind: people's names, revision marks, comments, printer settings, custom data.
"""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.oxml.ns import nsmap
from lxml import etree

from exports.base_document.checking import is_link
from exports.base_document.opening import OFFICE_RELATION, Node, Package, Relation
from exports.base_document.pictures import checked_picture
from exports.base_document.refusals import Fault, Note, refuse

W = f"{{{nsmap['w']}}}"
R = f"{{{OFFICE_RELATION}}}"
GONE = frozenset(
    W + name
    for name in (
        "proofErr", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference",
        "permStart", "permEnd", "del", "moveFrom", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart",
        "moveToRangeEnd", "lastRenderedPageBreak", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange",
        "trPrChange", "tcPrChange", "tblGridChange", "tblPrExChange", "numberingChange", "cellIns", "cellDel",
        "cellMerge", "printerSettings", "annotationRef", "footnotePr", "endnotePr", "lvlPicBulletId", "numPicBullet",
        "rsid", "numIdMacAtCleanup", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "background", "docPartObj",
    )
)  # fmt: skip
UNWRAPPED = frozenset(W + name for name in ("ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml"))
CHANGES = frozenset(W + name for name in ("ins", "del", "moveFrom", "moveTo"))
FLAT_NAMES = frozenset(("hlinkClick", "hlinkHover", "contentPart", "docPartObj"))
OFFICE_HREF = "{urn:schemas-microsoft-com:office:office}href"
REVISION = re.compile(r"rsid|paraId$|textId$|editId$|anchorId$")
PICTURE_TYPES = {"png": "image/png", "jpeg": "image/jpeg"}
STORY_KINDS = {"header": "header", "footer": "footer"}


@dataclass
class Kept:
    """The package while it is put together: parts in their order, what they are, how they refer to each other."""

    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    relations: dict[str, list[tuple[str, str, str, bool]]] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)

    def note(self, note: Note) -> None:
        """Remember once what the person should know."""
        if note not in self.notes:
            self.notes.append(note)

    def relate(self, part: str, kind: str, target: str, identifier: str = "", external: bool = False) -> str:
        """Add a relationship; returns its id."""
        known = self.relations.setdefault(part, [])
        identifier = identifier or f"rKept{len(known) + 1}"
        known.append((identifier, f"{OFFICE_RELATION}/{kind}", target, external))
        return identifier


def scrub(root: Node) -> bool:
    """Take out of a story whatever tells of its making; whether tracked changes were settled."""
    changed = any(element.tag in CHANGES for element in root.iter())
    etree.strip_elements(root, *GONE, with_tail=False)
    for element in list(root.iter()):
        if element.tag in UNWRAPPED:
            _unwrap(element)
        elif etree.QName(element).localname in FLAT_NAMES:
            element.getparent().remove(element)
        else:
            _scrub_attributes(element)
    _settle_switches(root)
    return changed


def _settle_switches(root: Node) -> None:
    """LibreOffice says "true" where the schema of table rows knows only that a switch is there."""
    for switch in list(root.iter(f"{W}cantSplit", f"{W}tblHeader")):
        if switch.attrib.pop(f"{W}val", "1") in ("0", "false", "off"):
            switch.getparent().remove(switch)


def _unwrap(element: Node) -> None:
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(place, child)
    parent.remove(element)


def _scrub_attributes(element: Node) -> None:
    for name in list(element.attrib):
        if REVISION.search(name) or name in (OFFICE_HREF, "href") or (name == "src" and "vml" in str(element.tag)):
            del element.attrib[name]
    if str(element.tag).endswith("}blip"):
        for extension in list(element):
            if str(extension.tag).endswith("}extLst"):
                element.remove(extension)  # SVG twins of a picture


def keep_story(package: Package, kept: Kept, source: str, root: Node, target: str) -> None:
    """Scrub a story and keep it under a new name, with its pictures and links; what refers to nothing is taken out."""
    if scrub(root):
        kept.note(Note.CHANGES_ACCEPTED)
    known = {each.id: each for each in package.relations(source)}
    for element in list(root.iter()):
        for name in [name for name in element.attrib if name.startswith(R)]:
            _keep_reference(package, kept, (source, target), element, name, known.get(element.get(name)))
    _number_pictures(root, kept)
    kept.parts[target] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _keep_reference(
    package: Package, kept: Kept, parts: tuple[str, str], element: Node, name: str, relation: Relation | None
) -> None:
    source, target = parts
    kind = "" if relation is None else relation.kind
    if element.tag in (f"{W}headerReference", f"{W}footerReference"):
        return
    if relation is not None and kind == "image" and not relation.external:
        element.set(name, kept.relate(target, "image", _keep_picture(package, kept, relation.target)))
    elif relation is not None and kind == "hyperlink" and is_link(relation.target):
        element.set(name, kept.relate(target, "hyperlink", relation.target, external=True))
    elif element.tag == f"{W}hyperlink":
        _unwrap(element)
    else:
        raise refuse(Fault.BROKEN, source)


def _keep_picture(package: Package, kept: Kept, source: str) -> str:
    if source not in kept.pictures:
        if source not in package.parts:
            raise refuse(Fault.BROKEN, source)
        kind, content = checked_picture(package.parts[source], source)
        target = f"word/media/image{len(kept.pictures) + 1}.{kind}"
        kept.pictures[source], kept.parts[target] = target, content
    return kept.pictures[source]


def _number_pictures(root: Node, kept: Kept) -> None:
    """Drawings need a number of their own in the whole file, and words for people who cannot see them."""
    for place, element in enumerate(each for each in root.iter() if str(each.tag).endswith("}docPr")):
        element.set("id", str(len(kept.parts) * 1000 + place + 1))
        if not element.get("descr") and element.getparent().find(".//{*}blip") is not None:
            element.set("descr", element.get("title") or "Logo")
            kept.note(Note.NO_ALT_TEXT)


def story_references(section: Node) -> Iterator[Node]:
    """The references of a section to its headers and footers."""
    yield from section.iter(f"{W}headerReference", f"{W}footerReference")


def keep_heads(package: Package, kept: Kept, source: str, root: Node, target: str) -> None:
    """Keep the headers and footers that the sections of a document refer to, under names of ours."""
    known = {each.id: each for each in package.relations(source)}
    for reference in list(story_references(root)):
        relation = known.get(reference.get(f"{R}id"))
        kind = "header" if reference.tag == f"{W}headerReference" else "footer"
        if relation is None or relation.kind != kind or relation.external:
            reference.getparent().remove(reference)
            continue
        name = f"word/{kind}{1 + sum(part.startswith(f'word/{kind}') for part in kept.parts)}.xml"
        keep_story(package, kept, relation.target, copy.deepcopy(package.root(relation.target)), name)
        kept.types[name] = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
        reference.set(f"{R}id", kept.relate(target, kind, name))


def unnumber(root: Node) -> None:
    """Take list numbers off every paragraph or style below."""
    for properties in list(root.iter(f"{W}numPr")):
        properties.getparent().remove(properties)
