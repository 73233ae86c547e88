"""Documents to download. Who may read the page may have its document."""

from io import BytesIO

from flask import Blueprint, Response, send_file
from sqlmodel import Session, col, select

from app.core import clock
from app.core.permissions import Actor, Verdict
from app.core.web import reading, requires
from exports.document import Document
from exports.docx.document import write_document as write_docx
from exports.extract import extract_document
from exports.minutes_content import SIGNED
from exports.minutes_files import given_out, tenant_of
from exports.pdf.document import write_document as write_pdf
from meetings.decisions.policy import may_read_decision
from meetings.decisions.queries import FoundDecision, decision_by_key
from meetings.minutes.models import Minutes
from meetings.minutes.policy import may_read_public_version
from meetings.minutes.queries import MinutesSheet, sheet_by_key
from meetings.minutes.states import FilePurpose
from meetings.minutes.views import may_read

blueprint = Blueprint("exports", __name__)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


def may_read_public(actor: Actor, sheet: MinutesSheet) -> Verdict:
    """The policy over a loaded sheet."""
    return may_read_public_version(actor, sheet.access)


def _file(content: bytes, mime: str, name: str) -> Response:
    return send_file(BytesIO(content), mime, as_attachment=True, download_name=name)


@blueprint.get("/sitzungen/<key>/niederschrift.docx")
@requires(may_read, load=sheet_by_key)
def minutes_docx(sheet: MinutesSheet, key: str) -> Response:
    """The minutes as a Word document."""
    return _file(given_out(reading(), sheet, FilePurpose.SIGNED_DOCX), DOCX, f"Niederschrift-{key}.docx")


@blueprint.get("/sitzungen/<key>/niederschrift.pdf")
@requires(may_read, load=sheet_by_key)
def minutes_pdf(sheet: MinutesSheet, key: str) -> Response:
    """The minutes as PDF."""
    return _file(given_out(reading(), sheet, FilePurpose.SIGNED_PDF), PDF, f"Niederschrift-{key}.pdf")


@blueprint.get("/sitzungen/<key>/niederschrift-oeffentlich.docx")
@requires(may_read_public, load=sheet_by_key)
def public_minutes_docx(sheet: MinutesSheet, key: str) -> Response:
    """The public version as a Word document."""
    return _file(given_out(reading(), sheet, FilePurpose.PUBLIC_DOCX), DOCX, f"Niederschrift-{key}-oeffentlich.docx")


@blueprint.get("/sitzungen/<key>/niederschrift-oeffentlich.pdf")
@requires(may_read_public, load=sheet_by_key)
def public_minutes_pdf(sheet: MinutesSheet, key: str) -> Response:
    """The public version as PDF."""
    return _file(given_out(reading(), sheet, FilePurpose.PUBLIC_PDF), PDF, f"Niederschrift-{key}-oeffentlich.pdf")


@blueprint.get("/beschluesse/<key>/auszug.docx")
@requires(may_read_decision, load=decision_by_key)
def extract_docx(found: FoundDecision, key: str) -> Response:
    """The extract of a decision as a Word document."""
    stream = BytesIO()
    write_docx(_extract(reading(), found), stream)
    return _file(stream.getvalue(), DOCX, f"Beschlussauszug-{key}.docx")


@blueprint.get("/beschluesse/<key>/auszug.pdf")
@requires(may_read_decision, load=decision_by_key)
def extract_pdf(found: FoundDecision, key: str) -> Response:
    """The extract of a decision as PDF."""
    stream = BytesIO()
    write_pdf(_extract(reading(), found), stream)
    return _file(stream.getvalue(), PDF, f"Beschlussauszug-{key}.pdf")


def _extract(session: Session, found: FoundDecision) -> Document:
    state = None
    if found.meeting is not None:
        state = session.exec(select(Minutes.state).where(col(Minutes.meeting_id) == found.meeting.id)).first()
    return extract_document(
        found.decision,
        found.body_row,
        found.meeting,
        found.item,
        tenant_of(session),
        signed=found.meeting is None or str(state) in SIGNED,
        now=clock.now(),
    )
