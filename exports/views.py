"""Documents to download. Who may read the page may have its document."""

from io import BytesIO

from flask import Blueprint, Response, send_file
from sqlmodel import Session

from app.core.permissions import Actor, Verdict
from app.core.web import reading, requires
from exports.minutes_files import as_text, extract_given_out, given_out
from meetings.minutes.policy import may_have_extract, may_read_public_version
from meetings.minutes.queries import MinutesSheet, sheet_by_key
from meetings.minutes.returning import FoundExtract, extract_by_key
from meetings.minutes.states import FilePurpose
from meetings.minutes.views import may_read

blueprint = Blueprint("exports", __name__)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
TEXT = {"md": "text/markdown; charset=utf-8", "json": "application/json"}


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


def _sheet(session: Session, key: str, suffix: str) -> MinutesSheet | None:
    del suffix
    return sheet_by_key(session, key)


@blueprint.get("/sitzungen/<key>/niederschrift.<any(md, json):suffix>")
@requires(may_read, load=_sheet)
def minutes_text(sheet: MinutesSheet, key: str, suffix: str) -> Response:
    """The minutes as Markdown or JSON, to go on working with."""
    return _file(as_text(reading(), sheet, suffix), TEXT[suffix], f"Niederschrift-{key}.{suffix}")


@blueprint.get("/beschluesse/<key>/auszug.docx")
@requires(may_have_extract, load=extract_by_key)
def extract_docx(extract: FoundExtract, key: str) -> Response:
    """The extract of a decision as a Word document."""
    return _file(extract_given_out(reading(), extract.found, FilePurpose.EXTRACT_DOCX), DOCX, f"{_name(key)}.docx")


@blueprint.get("/beschluesse/<key>/auszug.pdf")
@requires(may_have_extract, load=extract_by_key)
def extract_pdf(extract: FoundExtract, key: str) -> Response:
    """The extract of a decision as PDF."""
    return _file(extract_given_out(reading(), extract.found, FilePurpose.EXTRACT_PDF), PDF, f"{_name(key)}.pdf")


def _name(key: str) -> str:
    return f"Beschlussauszug-{key}"
