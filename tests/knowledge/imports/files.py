"""Files to import, good and bad ones, made where they are needed."""

import io
import json
import zipfile
import zlib
from pathlib import Path

from docx import Document as WordDocument
from openpyxl import Workbook
from pypdf import PdfWriter

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)


def docx(path: Path, *paragraphs: str, title: str = "Niederschrift vom 12.03.2019") -> Path:
    document = WordDocument()
    document.add_heading(title, 1)
    for paragraph in paragraphs or ("Die Lenkungsgruppe berät über Sprachkurse.",):
        document.add_paragraph(paragraph)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "TOP 1", "Begrüßung"
    document.save(str(path))
    return path


def zipped(path: Path, **parts: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return path


def odt(path: Path) -> Path:
    body = (
        '<text:h text:outline-level="1">Protokoll der Sitzung</text:h><text:p>Erster Absatz</text:p>'
        "<text:list><text:list-item><text:p>Punkt eins</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell>"
        "<table:table-cell><text:p>B</text:p></table:table-cell></table:table-row></table:table>"
    )
    body = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"<office:document-content {_ODF}>{body}</office:document-content>"
    return zipped(path, content_xml=content)


def docx_with_entities(path: Path) -> Path:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    body = f'<w:document xmlns:w="{_W}"><w:body><w:p>&a9;</w:p></w:body></w:document>'
    xml = f'<!DOCTYPE d [<!ENTITY a0 "ha">{bomb}]>{body}'
    return zipped(path, word__document_xml=xml)


def docx_bomb(path: Path) -> Path:
    return zipped(path, word__document_xml=b"0" * (40 * 1024 * 1024))


def xlsx(path: Path, header: list[str], rows: list[list[object]]) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Liste")
    sheet.append(header)
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def pdf(path: Path, text: str = "Konzept Sprachmittlung") -> Path:
    """A page with one line of text, written by hand."""
    stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    path.write_bytes(out.getvalue())
    return path


def locked_pdf(path: Path) -> Path:
    writer = PdfWriter(clone_from=pdf(path))
    writer.encrypt("geheim", algorithm="RC4-128")
    writer.write(path)
    return path


def empty_pdf(path: Path) -> Path:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(path)
    return path


def pdf_bomb(path: Path) -> Path:
    """A page whose content unpacks to a hundred times its size."""
    packed = zlib.compress(b"BT (ha) Tj ET\n" * 8_000_000, 9)
    objects = pdf(path).read_bytes().partition(b"4 0 obj")[0]
    body = b"4 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream\nendobj\n" % (len(packed), packed)
    path.write_bytes(objects + body + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n")
    return path


def jsonl(path: Path, count: int, broken: int = 0) -> Path:
    lines = [
        json.dumps({"id": f"d-{n}", "title": f"Papier {n}", "text": f"Text des Papiers {n}"})
        for n in range(1, count + 1)
    ]
    if broken:
        lines[broken - 1] = '{"id": "kaputt", "title": '
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
