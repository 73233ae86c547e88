"""The sheet of a scoring to print, and its result as a list."""

from io import BytesIO

from flask import Blueprint, Response, g, send_file
from sqlmodel import Session

from app.core import clock
from app.core.permissions import Actor, Verdict
from app.core.web import reading, requires
from exports.docx.document import write_document as write_docx
from exports.letterhead.dressing import dressed
from exports.pdf.document import write_document as write_pdf
from exports.scoring import result_listing, sheet_document
from exports.sheets import MIME, written
from meetings.scoring import policy
from meetings.scoring.pages import result_of
from meetings.scoring.queries import FoundScoring, cells_in, scoring_by_id

blueprint = Blueprint("scoring_files", __name__)
WRITERS = {
    "pdf": (write_pdf, "application/pdf"),
    "docx": (write_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def _scoring(session: Session, scoring_id: int, suffix: str) -> FoundScoring | None:
    del suffix
    return scoring_by_id(session, scoring_id)


@blueprint.get("/bewertungen/<int(max=2147483647):scoring_id>/bogen.<any(pdf, docx):suffix>")
@requires(policy.may_read_scoring, load=_scoring)
def sheet(found: FoundScoring, scoring_id: int, suffix: str) -> Response:
    """The sheet to fill in by hand."""
    write, kind = WRITERS[suffix]
    stream = BytesIO()
    write(dressed(reading(), sheet_document(found, g.tenant, clock.now())), stream)
    stream.seek(0)
    response: Response = send_file(
        stream, kind, as_attachment=True, download_name=f"Bewertungsbogen-{scoring_id}.{suffix}"
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def may_take(actor: Actor, found: FoundScoring) -> Verdict:
    """The policy over a loaded scoring."""
    return policy.may_read_scores(actor, found)


@blueprint.get("/bewertungen/<int(max=2147483647):scoring_id>/ergebnis.<any(xlsx, csv, json):suffix>")
@requires(may_take, load=_scoring)
def result(found: FoundScoring, scoring_id: int, suffix: str) -> Response:
    """The result as a list, without whose marks they are."""
    listing = result_listing(found, result_of(found.rule, cells_in(reading(), found)), g.tenant, clock.now())
    name = f'attachment; filename="Bewertung-{scoring_id}.{suffix}"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return Response(written(listing, suffix), mimetype=MIME[suffix].split(";")[0], headers=headers)
