"""PDF files of every kind that people attach."""

from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject


def pdf(pages: int = 1, width: float = 595, height: float = 842, rotation: int = 0, password: str = "") -> bytes:
    """A file of empty pages."""
    writer, stream = PdfWriter(), BytesIO()
    for _number in range(pages):
        writer.add_blank_page(width, height).rotate(rotation)
    if password:
        writer.encrypt(password)
    writer.write(stream)
    return stream.getvalue()


def acting_pdf() -> bytes:
    """A file that runs a script when it opens, and links that run one, leave for a web page, and open a file."""
    writer, stream = PdfWriter(), BytesIO()
    page = writer.add_blank_page(595, 842)

    def link(action: dict[str, str]) -> DictionaryObject:
        made = {
            NameObject(name): NameObject(text) if text.startswith("/") else TextStringObject(text)
            for name, text in action.items()
        }
        return DictionaryObject({NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): DictionaryObject(made)})

    page[NameObject("/Annots")] = ArrayObject(
        [
            link({"/S": "/JavaScript", "/JS": "canary()"}),
            link({"/S": "/URI", "/URI": "https://example.org/frist"}),
            link({"/S": "/Launch", "/F": "canary.exe"}),
        ]
    )
    script = link({"/S": "/JavaScript", "/JS": "canary"})["/A"]
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
    writer.root_object[NameObject("/OpenAction")] = script
    writer.write(stream)
    return stream.getvalue()
