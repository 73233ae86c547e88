"""The package around a document: a blank one that is German and clean, its properties, and its bytes.

python-docx's own template is American and carries traces of a person's machine; here it only lends the skeleton.
Equal content gives equal bytes: no clock, no random identifier, fixed dates in the archive.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from os import PathLike
from typing import BinaryIO, TypeAlias
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls

from exports.docx.styles import FONT, MONOSPACE, SYMBOLS, write_styles
from exports.docx.xml import PLACE, Element, add, clean, twips

Target: TypeAlias = str | PathLike[str] | BinaryIO

KEPT_PARTS = (
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.SETTINGS,
    RELATIONSHIP_TYPE.NUMBERING,
    RELATIONSHIP_TYPE.THEME,
)
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that an archive can state
DOCUMENT_PART = "word/document.xml"
LONGEST_PROPERTY = 255  # what Word accepts
COMPATIBILITY = (
    ("compatibilityMode", 15),
    ("overrideTableStyleFontSizeAndJustification", 1),
    ("enableOpenTypeFeatures", 1),
    ("doNotFlipMirrorIndents", 1),
    ("differentiateMultirowTableHeaders", 1),
)
COMPATIBILITY_URI = "http://schemas.microsoft.com/office/word"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CORE_PROPERTIES = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{}</cp:coreProperties>'
)
APP_PROPERTIES = (
    f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Lückenlos</Application></Properties>"
)
FONTS = ((FONT, "swiss", "variable"), (MONOSPACE, "modern", "fixed"), (SYMBOLS, "swiss", "variable"))
FONT_ENTRY = '<w:font w:name="{name}"><w:family w:val="{family}"/><w:pitch w:val="{pitch}"/></w:font>'


@dataclass(frozen=True)
class Properties:
    """What the file says about itself. The creator is an institution, never a person; no moment, no date written."""

    title: str = ""
    subject: str = ""
    creator: str = ""
    language: str = "de-DE"
    issued_at: datetime | None = None


@cache
def blank_package(language: str) -> bytes:
    """An empty A4 document with our styles and nothing of the template's origin, as the bytes of a DOCX."""
    document = Document()
    _drop_parts(document)
    _lay_out_page(document.element.body.sectPr)
    _fill_settings(_emptied(document.settings.element), language)
    write_styles(_emptied(document.styles.element), language)
    _emptied(document.part.numbering_part.element)
    _add_font_table(document)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def open_blank(language: str) -> WordDocument:
    """A fresh document to write into, in the given language (BCP 47, such as ``de-DE``)."""
    return Document(BytesIO(blank_package(language)))


def save_package(document: WordDocument, target: Target, properties: Properties, content: str = "") -> None:
    """Write the document to a path or a binary stream; the same document and properties give the same bytes.

    `content` is the XML of the blocks that stand where the body left a place for them.
    """
    _set_properties(document, properties)
    raw = BytesIO()
    document.save(raw)
    with ZipFile(raw) as source, ZipFile(target, "w") as archive:
        for name in source.namelist():
            part = source.read(name)
            if name == DOCUMENT_PART:
                part = part.replace(PLACE, content.encode())
            archive.writestr(_timeless(name), part)


def _timeless(name: str) -> ZipInfo:
    entry = ZipInfo(name, EARLIEST)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 0
    return entry


def _emptied(root: Element) -> Element:
    for child in list(root):
        root.remove(child)
    for name in list(root.attrib):
        del root.attrib[name]
    return root


def _drop_parts(document: WordDocument) -> None:
    """Leave the template's fonts, thumbnail, custom data, second style sheet and properties behind."""
    for part_relations in (document.part.rels, document.part.package.rels):
        for identifier, relation in list(part_relations.items()):
            if relation.reltype not in KEPT_PARTS:
                del part_relations[identifier]


def _lay_out_page(section: Element) -> None:
    """A4 with the margins of DIN 5008 (25 mm left, 20 mm right) and an own head on the first page."""
    _emptied(section)
    add(section, "pgSz", w=twips(210), h=twips(297))
    sides = {"top": 27, "right": 20, "bottom": 24, "left": 25, "header": 12, "footer": 10, "gutter": 0}
    add(section, "pgMar", **{side: twips(length) for side, length in sides.items()})
    add(section, "titlePg")


def _fill_settings(root: Element, language: str) -> None:
    add(root, "zoom", percent=100)
    add(root, "defaultTabStop", val=twips(12.5))
    add(root, "autoHyphenation", val=1)
    add(root, "consecutiveHyphenLimit", val=2)
    add(root, "characterSpacingControl", val="doNotCompress")
    compatibility = add(root, "compat")
    for name, value in COMPATIBILITY:
        add(compatibility, "compatSetting", name=name, uri=COMPATIBILITY_URI, val=value)
    add(root, "themeFontLang", val=language)
    add(root, "decimalSymbol", val=",")
    add(root, "listSeparator", val=";")


def font_table() -> bytes:
    """The part that says of which kind our fonts are, for programs that lack them."""
    fonts = "".join(FONT_ENTRY.format(name=name, family=family, pitch=pitch) for name, family, pitch in FONTS)
    return f"{DECLARATION}<w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode()


def _add_font_table(document: WordDocument) -> None:
    part = document.part
    table = Part(
        PackURI("/word/fontTable.xml"),
        CONTENT_TYPE.WML_FONT_TABLE,
        font_table(),
        part.package,
    )
    part.relate_to(table, RELATIONSHIP_TYPE.FONT_TABLE)


def _set_properties(document: WordDocument, properties: Properties) -> None:
    package = document.part.package
    core = Part(PackURI("/docProps/core.xml"), CONTENT_TYPE.OPC_CORE_PROPERTIES, _core(properties).encode(), package)
    package.relate_to(core, RELATIONSHIP_TYPE.CORE_PROPERTIES)
    app_type = CONTENT_TYPE.OFC_EXTENDED_PROPERTIES
    app = Part(PackURI("/docProps/app.xml"), app_type, APP_PROPERTIES.encode(), package)
    package.relate_to(app, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)


def _core(properties: Properties) -> str:
    said = {
        "dc:title": properties.title,
        "dc:subject": properties.subject,
        "dc:creator": properties.creator,
        "dc:language": properties.language,
    }
    lines = [f"<{name}>{escape(_one_line(text))}</{name}>" for name, text in said.items() if text]
    if properties.issued_at is not None:
        moment = properties.issued_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        lines += [
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified")
        ]
    return DECLARATION + CORE_PROPERTIES.format("".join(lines))


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())[:LONGEST_PROPERTY]
