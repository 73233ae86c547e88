"""The way of an upload: opened, checked, cleaned and fitted, until our writers can write into it."""

import copy
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZipFile

from docx.oxml.ns import nsdecls
from lxml import etree

from exports.base_document import cleaning, fitting
from exports.base_document.archive import put
from exports.base_document.checking import check_safe
from exports.base_document.opening import MAIN_TYPES, OFFICE_RELATION, Node, Package, opened
from exports.base_document.refusals import Fault, Note, Problem, Refused, refuse
from exports.docx.package import font_table
from exports.docx.xml import Element, add, twips

W = cleaning.W
NARROWEST = 110.0  # mm of text: below that, our tables cannot be read
LOWEST = 100.0  # mm between the margins
A4 = (210.0, 297.0)
MAIN = "word/document.xml"
STYLES = "word/styles.xml"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PACKAGE_TYPE = "http://schemas.openxmlformats.org/package/2006"
CARRIED_SETTINGS = ("mirrorMargins", "gutterAtTop", "evenAndOddHeaders")
NO_STORY = ("footnoteReference", "endnoteReference")


@dataclass(frozen=True)
class Checked:
    """A document that was taken: clean bytes to keep, and what the person should know about it."""

    content: bytes
    notes: tuple[Note, ...] = field(default=())


def check_letterhead(raw: bytes) -> Checked:
    """Headers, footers, margins and styles of an upload. Raises Refused."""
    return _checked(raw, with_body=False)


def check_template(raw: bytes) -> Checked:
    """The same with the text, whose placeholders are somebody else's matter. Raises Refused."""
    return _checked(raw, with_body=True)


def _checked(raw: bytes, *, with_body: bool) -> Checked:
    try:
        return _cleaned(raw, with_body=with_body)
    except Refused:
        raise
    except (ValueError, LookupError, TypeError, AttributeError, etree.LxmlError, RecursionError, OverflowError):
        raise refuse(Fault.BROKEN) from None  # a file that no program of ours wrote can be wrong in any way


def _cleaned(raw: bytes, *, with_body: bool) -> Checked:
    package = opened(raw)
    check_safe(package)
    kept = cleaning.Kept()
    root = copy.deepcopy(package.root(package.main))
    body = root.find(f"{W}body")
    if body is None:
        raise refuse(Fault.BROKEN, package.main)
    _settle_body(body, kept, with_body=with_body)
    width = _check_pages(body, kept)
    kept.types[MAIN] = MAIN_TYPES[0]
    cleaning.keep_heads(package, kept, package.main, root, MAIN)
    if not any(part.startswith(("word/header", "word/footer")) for part in kept.parts):
        kept.note(Note.NO_HEAD)
    cleaning.keep_story(package, kept, package.main, root, MAIN)
    _keep_side_parts(package, kept, with_body=with_body, width=width)
    return Checked(_packed(kept), tuple(kept.notes))


# Pages


def _settle_body(body: Node, kept: cleaning.Kept, *, with_body: bool) -> None:
    """Of a letterhead the first section alone; of a template everything but footnotes."""
    sections = list(body.iter(f"{W}sectPr"))
    if not sections:
        sections = [add(body, "sectPr")]
    if with_body:
        if any(True for _each in body.iter(*(f"{W}{name}" for name in NO_STORY))):
            raise refuse(Fault.FOOTNOTES, "word/document.xml")
        if sections[-1].getparent() is not body:
            body.append(copy.deepcopy(sections[-1]))
        return
    if any((each.text or "").strip() for each in body.iter(f"{W}t")):
        kept.note(Note.BODY_LEFT_OUT)
    if len(sections) > 1:
        kept.note(Note.SECTIONS_LEFT_OUT)
    first = copy.deepcopy(sections[0])
    for child in list(body):
        body.remove(child)
    body.append(first)


def _check_pages(body: Node, kept: cleaning.Kept) -> float:
    """Room for our text in every section; the width of the last one's text in millimetres."""
    width = 0.0
    for section in body.iter(f"{W}sectPr"):
        for name in ("type", "lnNumType", "cols", "docGrid", "textDirection", "bidi"):
            for each in section.findall(f"{W}{name}"):
                section.remove(each)
        size, margins = _page(section)
        width = size[0] - margins["left"] - margins["right"] - margins["gutter"]
        height = size[1] - abs(margins["top"]) - abs(margins["bottom"])
        if width < NARROWEST:
            raise Refused(Problem(Fault.PAGE_NARROW, about=f"{width:.0f}"))
        if height < LOWEST:
            raise Refused(Problem(Fault.PAGE_LOW, about=f"{height:.0f}"))
        if any(abs(ours - theirs) > 2 for ours, theirs in zip(sorted(size), A4, strict=True)):
            kept.note(Note.NOT_A4)
    return width


def _page(section: Node) -> tuple[tuple[float, float], dict[str, float]]:
    """Paper and margins in millimetres; what is missing becomes A4 and DIN 5008. A fixed margin may grow again."""
    paper, edges = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if paper is None:
        paper = section.makeelement(f"{W}pgSz", {f"{W}w": str(twips(A4[0])), f"{W}h": str(twips(A4[1]))})
        _put_first(section, paper)
    if edges is None:
        sides = {"top": 27, "right": 20, "bottom": 24, "left": 25, "header": 12, "footer": 10, "gutter": 0}
        edges = section.makeelement(f"{W}pgMar", {f"{W}{side}": str(twips(each)) for side, each in sides.items()})
        paper.addnext(edges)
    margins = {side: _length(edges, side) for side in ("top", "right", "bottom", "left", "header", "footer", "gutter")}
    for side in ("top", "bottom"):
        edges.set(f"{W}{side}", str(twips(abs(margins[side]))))  # below zero: text would run over a tall header
    return (_length(paper, "w"), _length(paper, "h")), margins


def _put_first(section: Node, paper: Node) -> None:
    references = [each for each in section if each.tag in (f"{W}headerReference", f"{W}footerReference")]
    if references:
        references[-1].addnext(paper)
    else:
        section.insert(0, paper)


def _length(element: Node, name: str) -> float:
    return float(element.get(f"{W}{name}", "0") or 0) * 25.4 / 1440


# Parts beside the stories


def _keep_side_parts(package: Package, kept: cleaning.Kept, *, with_body: bool, width: float) -> None:
    found = {each.kind: each.target for each in package.relations(package.main) if not each.external}
    styles = _style_root(package, found.get("styles"))
    stories = {name: etree.fromstring(kept.parts[name]) for name in kept.parts if name.endswith(".xml")}
    numbering = _numbering_root(package, found.get("numbering") if with_body else None)
    _unnumber(styles, stories, kept, with_body=with_body)
    if fitting.fit_styles(styles, [*stories.values(), numbering], "de-DE", width):
        kept.note(Note.STYLES_ADDED)
    for name, root in {**stories, STYLES: styles, "word/numbering.xml": numbering}.items():
        kept.parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    for kind in ("styles", "numbering"):
        kept.types[f"word/{kind}.xml"] = f"{WORD_TYPE}.{kind}+xml"
        kept.relate(MAIN, kind, f"word/{kind}.xml")
    _keep_theme(package, kept, found.get("theme"))
    if "fontTable" in found and any(each.kind == "font" for each in package.relations(found["fontTable"])):
        kept.note(Note.FONTS_LEFT_OUT)
    kept.parts["word/fontTable.xml"] = font_table()
    kept.types["word/fontTable.xml"] = f"{WORD_TYPE}.fontTable+xml"
    kept.relate(MAIN, "fontTable", "word/fontTable.xml")
    _write_settings(package, kept, found.get("settings"))


def _style_root(package: Package, part: str | None) -> Node:
    if part is None:
        return etree.fromstring(f"<w:styles {nsdecls('w')}/>")
    root = copy.deepcopy(package.root(part))
    cleaning.scrub(root)
    return root


def _numbering_root(package: Package, part: str | None) -> Node:
    if part is None:
        return etree.fromstring(f"<w:numbering {nsdecls('w')}/>")
    root = copy.deepcopy(package.root(part))
    cleaning.scrub(root)
    return root


def _unnumber(styles: Node, stories: dict[str, Node], kept: cleaning.Kept, *, with_body: bool) -> None:
    """Headings carry the numbers of the agenda; a letterhead has no lists."""
    for style in styles.iter(f"{W}style"):
        name = style.find(f"{W}name")
        is_heading = name is not None and name.get(f"{W}val", "").lower().startswith(("heading", "überschrift"))
        if is_heading and next(style.iter(f"{W}numPr"), None) is not None:
            kept.note(Note.HEADINGS_UNNUMBERED)
        if is_heading or not with_body:
            cleaning.unnumber(style)
    if not with_body:
        for root in stories.values():
            cleaning.unnumber(root)


def _keep_theme(package: Package, kept: cleaning.Kept, part: str | None) -> None:
    """Fonts and colours that styles refer to; pictures of a theme are not carried."""
    if part is None or package.relations(part):
        return
    kept.parts["word/theme/theme1.xml"] = etree.tostring(
        package.root(part), xml_declaration=True, encoding="UTF-8", standalone=True
    )
    kept.types["word/theme/theme1.xml"] = "application/vnd.openxmlformats-officedocument.theme+xml"
    kept.relate(MAIN, "theme", "word/theme/theme1.xml")


def _write_settings(package: Package, kept: cleaning.Kept, part: str | None) -> None:
    """Ours, with what decides how their pages are laid out."""
    root: Element = etree.fromstring(f"<w:settings {nsdecls('w')}/>")
    add(root, "zoom", percent=100)
    theirs = None if part is None else package.root(part)
    for name in CARRIED_SETTINGS:
        if theirs is not None and _is_on(theirs.find(f"{W}{name}")):
            add(root, name)
        if name == "gutterAtTop":
            add(root, "defaultTabStop", val=twips(12.5))
            add(root, "autoHyphenation", val=1)
            add(root, "consecutiveHyphenLimit", val=2)
    add(root, "characterSpacingControl", val="doNotCompress")
    compatibility = add(root, "compat")
    uri = "http://schemas.microsoft.com/office/word"
    add(compatibility, "compatSetting", name="compatibilityMode", uri=uri, val=15)
    add(root, "themeFontLang", val="de-DE")
    mapping = None if theirs is None else theirs.find(f"{W}clrSchemeMapping")
    if mapping is not None:
        root.append(copy.deepcopy(mapping))
    add(root, "decimalSymbol", val=",")
    add(root, "listSeparator", val=";")
    kept.parts["word/settings.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    kept.types["word/settings.xml"] = f"{WORD_TYPE}.settings+xml"
    kept.relate(MAIN, "settings", "word/settings.xml")


def _is_on(element: Node | None) -> bool:
    return element is not None and element.get(f"{W}val", "1") not in ("0", "false", "off")


# The archive


def _packed(kept: cleaning.Kept) -> bytes:
    """The bytes of the package; the same content gives the same bytes."""
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        put(archive, "[Content_Types].xml", _types(kept))
        put(archive, "_rels/.rels", _relations([("rDocument", f"{OFFICE_RELATION}/officeDocument", MAIN, False)], ""))
        for name, content in sorted(kept.parts.items()):
            put(archive, name, content)
            if name in kept.relations:
                folder, _slash, last = name.rpartition("/")
                put(archive, f"{folder}/_rels/{last}.rels", _relations(kept.relations[name], "/"))
    return stream.getvalue()


def _types(kept: cleaning.Kept) -> bytes:
    root = etree.Element(f"{{{PACKAGE_TYPE}/content-types}}Types", nsmap={None: f"{PACKAGE_TYPE}/content-types"})
    extensions = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    for extension, kind in {**extensions, **cleaning.PICTURE_TYPES}.items():
        etree.SubElement(root, f"{{{PACKAGE_TYPE}/content-types}}Default", Extension=extension, ContentType=kind)
    for name, kind in sorted(kept.types.items()):
        etree.SubElement(root, f"{{{PACKAGE_TYPE}/content-types}}Override", PartName=f"/{name}", ContentType=kind)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _relations(rows: list[tuple[str, str, str, bool]], prefix: str) -> bytes:
    tag = f"{{{PACKAGE_TYPE}/relationships}}Relationship"
    root = etree.Element(f"{tag}s", nsmap={None: f"{PACKAGE_TYPE}/relationships"})
    for identifier, kind, target, external in rows:
        row = etree.SubElement(root, tag, Id=identifier, Type=kind, Target=target if external else prefix + target)
        if external:
            row.set("TargetMode", "External")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
