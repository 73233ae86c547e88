"""The download of a poll's ballots together with the script that counts them again; and its ballots on paper."""

from io import BytesIO

from flask import Blueprint, Response, g, send_file
from sqlmodel import Session

from app.core import clock
from app.core.errors import NotFound
from app.core.i18n import _
from app.core.web import reading, requires
from exports.ballot_sheets import poll_sheets
from exports.ballots import bundle
from exports.docx.document import write_document as write_docx
from exports.letterhead.dressing import dressed
from exports.pdf.document import write_document as write_pdf
from meetings.voting import policy, queries
from meetings.voting.files import ballot_file, file_hash, shows_papers
from meetings.voting.queries import FoundPoll

blueprint = Blueprint("recount", __name__)


@blueprint.get("/abstimmungen/<int(max=2147483647):poll_id>/nachzaehlen.zip", endpoint="bundle")
@requires(policy.may_read_result, load=queries.poll_by_id)
def download(found: FoundPoll, poll_id: int) -> Response:
    """Ballot file, script and a note, as one ZIP."""
    if not shows_papers(found.poll):
        raise NotFound(_("Bei weniger als fünf Stimmzetteln werden sie nicht einzeln gezeigt: Sie wären zuzuordnen."))
    name = f"abstimmung-{poll_id}"
    content = bundle(name, ballot_file(reading(), found.poll), file_hash(reading(), found.poll))
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"'}
    return Response(content, mimetype="application/zip", headers=headers)


WRITERS = {
    "pdf": (write_pdf, "application/pdf"),
    "docx": (write_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def _poll(session: Session, poll_id: int, suffix: str) -> FoundPoll | None:
    del suffix
    return queries.poll_by_id(session, poll_id)


@blueprint.get("/abstimmungen/<int(max=2147483647):poll_id>/papier.<any(pdf, docx):suffix>", endpoint="sheets")
@requires(policy.may_enter_votes, load=_poll)
def sheets(found: FoundPoll, poll_id: int, suffix: str) -> Response:
    """Ballot papers and the result sheet of an open poll that the office enters."""
    write, kind = WRITERS[suffix]
    stream = BytesIO()
    write(dressed(reading(), poll_sheets(found, g.tenant, clock.now())), stream)
    stream.seek(0)
    response: Response = send_file(stream, kind, as_attachment=True, download_name=f"Stimmzettel-{poll_id}.{suffix}")
    response.headers["Cache-Control"] = "no-store"
    return response
