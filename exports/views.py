"""Documents to download. Who may read the page may have its document."""

from io import BytesIO

from flask import Blueprint, Response, g, send_file

from app.core.web import reading, requires
from exports.docx.minutes import write_minutes
from exports.minutes_content import minutes_document
from meetings.minutes.queries import MinutesSheet, sheet_by_key
from meetings.minutes.views import may_read
from meetings.voting.results import results_of

blueprint = Blueprint("exports", __name__)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get("/sitzungen/<key>/niederschrift.docx")
@requires(may_read, load=sheet_by_key)
def minutes_docx(sheet: MinutesSheet, key: str) -> Response:
    """The minutes as a Word document."""
    del key
    polls = [poll.id or 0 for entry in sheet.items for poll in entry.polls]
    document = minutes_document(sheet, g.tenant, results_of(reading(), polls))
    stream = BytesIO()
    write_minutes(document, stream)
    stream.seek(0)
    return send_file(stream, DOCX, as_attachment=True, download_name=f"Niederschrift-{sheet.meeting.key}.docx")
