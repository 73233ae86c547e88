"""The list to sign as PDF and as a Word document, for those who lead or plan the workshop."""

from collections.abc import Callable
from io import BytesIO

from flask import Blueprint, Response, g, send_file

from app.core import clock
from app.core.web import reading, requires
from exports.document import Document
from exports.docx.document import write_document as write_docx
from exports.letterhead.dressing import dressed
from exports.pdf.document import write_document as write_pdf
from exports.workshop_paper import attendance_document
from knowledge.workshops import queries
from knowledge.workshops.paper_views import expected, may_see_attendance
from knowledge.workshops.queries import WorkshopSheet

blueprint = Blueprint("workshop_paper", __name__)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


@blueprint.get("/workshops/<key>/papier/anwesenheit.docx")
@requires(may_see_attendance, load=queries.sheet_by_key)
def docx(sheet: WorkshopSheet, key: str) -> Response:
    """The list as a Word document."""
    del key
    return _file(sheet, write_docx, DOCX, "docx")


@blueprint.get("/workshops/<key>/papier/anwesenheit.pdf")
@requires(may_see_attendance, load=queries.sheet_by_key)
def pdf(sheet: WorkshopSheet, key: str) -> Response:
    """The list as PDF."""
    del key
    return _file(sheet, write_pdf, PDF, "pdf")


def _file(sheet: WorkshopSheet, write: Callable[[Document, BytesIO], None], kind: str, suffix: str) -> Response:
    stream = BytesIO()
    document = attendance_document(sheet.workshop, expected(reading(), sheet), g.tenant, clock.now())
    write(dressed(reading(), document), stream)
    stream.seek(0)
    name = f"Anwesenheit-{sheet.workshop.key}.{suffix}"
    response: Response = send_file(stream, kind, as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response
