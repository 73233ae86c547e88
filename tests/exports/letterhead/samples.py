"""Letterheads as counties have them, built here: as LibreOffice names styles, as German Word does, in landscape."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor


def png(width: int = 60, height: int = 60, colour: tuple[int, int, int] = (27, 94, 60)) -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = b"".join(b"\0" + bytes(colour) * width for _row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    text = chunk(b"tEXt", b"Author\0Svenja Albers")
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + text + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )


def saved(document: WordDocument) -> bytes:
    """The bytes of a document."""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def changed(raw: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The package with its parts changed."""
    with ZipFile(BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def replaced(raw: bytes, part: str, old: str, new: str) -> bytes:
    """The package with a text of one part replaced."""

    def change(parts: dict[str, bytes]) -> None:
        assert old.encode() in parts[part], part
        parts[part] = parts[part].replace(old.encode(), new.encode())

    return changed(raw, change)


def _renamed(document: WordDocument, names: dict[str, str]) -> None:
    """Other ids for styles, as other programs and languages give them."""
    for style in document.styles.element.iter(qn("w:style")):
        old = style.get(qn("w:styleId"))
        style.set(qn("w:styleId"), names.get(old, old))
    roots = [document.styles.element, document.element]
    roots += [edge.part.element for each in document.sections for edge in (each.header, each.footer)]
    for root in roots:
        for name in ("pStyle", "basedOn", "next", "link", "rStyle", "tblStyle"):
            for each in root.iter(qn(f"w:{name}")):
                each.set(qn("w:val"), names.get(each.get(qn("w:val")), each.get(qn("w:val"))))


def _page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(20)


def libreoffice() -> bytes:
    """One header on all pages with logo and address, a green first heading, styles called as LibreOffice calls them."""
    document = Document()
    _page(document)
    document.core_properties.author = "Erika Musterfrau"
    heading, normal = document.styles["Heading 1"], document.styles["Normal"]
    heading.font.color.rgb, heading.font.size, heading.font.name = (
        RGBColor(0x1B, 0x5E, 0x3C),
        Pt(15),
        "Liberation Serif",
    )
    normal.font.name, normal.font.size = "Liberation Serif", Pt(11)
    header = document.sections[0].header
    header.paragraphs[0].add_run().add_picture(BytesIO(png()), height=Mm(14))
    header.paragraphs[0].add_run("  Kreis Grünau")
    header.add_paragraph("Am Markt 3, 59999 Grünau")
    document.sections[0].footer.paragraphs[0].text = "Sparkasse Grünau  DE00 0000 0000 0000 0000 00"
    document.add_paragraph("Hier steht Mustertext.")
    _renamed(document, {"Normal": "Standard", "Header": "Kopfzeile", "Footer": "Fuzeile", "Heading2": "Berschrift2"})
    return saved(document)


def word_german() -> bytes:
    """First page, right and left pages differ; ids of German Word; page numbers in the footer; a link; a text box."""
    document = Document()
    _page(document)
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.top_margin = Mm(45)
    section.first_page_header.paragraphs[0].text = "KREIS BERGLAND"
    section.first_page_header.add_paragraph("Die Landrätin · Kommunales Integrationszentrum")
    section.header.paragraphs[0].text = "Kreis Bergland"
    section.header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    section.even_page_header.paragraphs[0].text = "Kreis Bergland"
    for footer in (section.first_page_footer, section.footer, section.even_page_footer):
        paragraph = footer.paragraphs[0]
        paragraph.add_run("Seite ")
        for kind, text in (("begin", ""), ("", " PA"), ("", "GE "), ("separate", ""), ("end", "")):
            run = paragraph.add_run()
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            else:
                element.text = text
                element.set(qn("xml:space"), "preserve")
            run._r.append(element)
    numbering = {"Normal": "Standard", "Heading1": "berschrift1", "Heading2": "berschrift2", "Heading3": "berschrift3"}
    _renamed(document, {**numbering, "Title": "Titel", "Header": "Kopfzeile", "Footer": "Fuzeile", "Quote": "Zitat"})
    return saved(document)


def landscape() -> bytes:
    """A landscape page with a narrow head, and a style of their own that has one of our ids."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)
    section.header.paragraphs[0].text = "Stadt Querformat"
    style = document.styles.add_style("Aktennotiz", 1)
    style.element.set(qn("w:styleId"), "Note")
    style.font.italic = True
    section.header.paragraphs[0].style = style
    return saved(document)


SAMPLES = {"libreoffice": libreoffice, "word": word_german, "landscape": landscape}


def template(*lines: str) -> bytes:
    """A template of these paragraphs; a line that begins with „|“ is the row of a table with a head."""
    document = Document()
    _page(document)
    document.sections[0].header.paragraphs[0].text = "Kreis Sonderau, {{ dokument.nummer }}"
    for line in lines:
        if line.startswith("|"):
            cells = line.strip("|").split("|")
            table = document.add_table(rows=2, cols=len(cells))
            for place, text in enumerate(cells):
                table.rows[0].cells[place].text, table.rows[1].cells[place].text = f"Spalte {place}", text
        else:
            document.add_paragraph(line)
    return saved(document)


def parted(raw: bytes, text: str, *pieces: str) -> bytes:
    """The template with a placeholder parted into runs, as Word does when somebody edits it."""
    runs = "</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>".join(pieces)
    return replaced(raw, "word/document.xml", text, runs)
