"""An upload before it is stored: what its purpose asks of it, and the proof that a document can be made with it."""

from dataclasses import replace
from io import BytesIO
from typing import IO

from typst import TypstError

from exports.base_document.base import Checked, check_letterhead, check_template
from exports.base_document.opening import LARGEST_FILE
from exports.base_document.pictures import checked_picture
from exports.base_document.refusals import Fault, refuse
from exports.base_document.templates import check_placeholders
from exports.document import Document
from exports.docx.content import MinutesDocument
from exports.docx.document import write_document
from exports.docx.letterhead import Head, Letterhead
from exports.docx.minutes import write_minutes
from exports.letterhead.dressing import wearing
from exports.letterhead.sample import sample_document, sample_filling
from exports.letterhead.states import Purpose
from exports.letterhead.vocabulary import wordlist
from exports.pdf.minutes import write_minutes_pdf

LARGEST_LOGO = 300 * 1024


def read_upload(stream: IO[bytes]) -> bytes:
    """What was sent, but not more than one byte beyond what is taken."""
    return stream.read(LARGEST_FILE + 1)


def checked_upload(raw: bytes, purpose: Purpose, county: str) -> Checked:
    """The clean document. Raises Refused with every reason."""
    checked = check_letterhead(raw) if purpose is Purpose.LETTERHEAD else check_template(raw)
    check_placeholders(checked.content, wordlist(purpose).vocabulary())
    try:
        sample_docx(purpose, checked.content, county)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise refuse(Fault.BROKEN) from error
    return checked


def sample_docx(purpose: Purpose, content: bytes, county: str) -> bytes:
    """A preview as a Word document."""
    document = sample_document(purpose, county)
    look = Letterhead(content, purpose is not Purpose.LETTERHEAD, sample_filling(purpose, document))
    stream = BytesIO()
    _write(wearing(document, look), stream)
    return stream.getvalue()


def _write(document: Document | MinutesDocument, stream: BytesIO) -> None:
    if isinstance(document, MinutesDocument):
        write_minutes(document, stream)
    else:
        write_document(document, stream)


def checked_logo(raw: bytes) -> bytes:
    """A logo that PDFs can show, without metadata. Raises Refused."""
    if len(raw) > LARGEST_LOGO:
        raise refuse(Fault.LOGO_LARGE)
    return checked_picture(raw)[1]


def sample_pdf(head: Head | None, county: str) -> bytes:
    """A preview as PDF. Raises Refused if the logo cannot be decoded."""
    document = sample_document(Purpose.MINUTES, county)
    stream = BytesIO()
    if isinstance(document, MinutesDocument):
        try:
            write_minutes_pdf(replace(document, letterhead=Letterhead(head=head)), stream)
        except TypstError as error:
            raise refuse(Fault.PICTURE_BROKEN) from error
    return stream.getvalue()
