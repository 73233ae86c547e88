"""The sheets of a meeting as PDF and as Word documents, for those who conduct it."""

from io import BytesIO

from flask import Blueprint, Response, g, send_file

from app.core import clock
from app.core.web import reading, requires
from exports.document import Document
from exports.docx.document import write_document as write_docx
from exports.letterhead.dressing import dressed
from exports.pdf.document import write_document as write_pdf
from exports.room_sheets import attendance_document, ballot_document
from meetings.agenda.policy import may_conduct_meeting
from meetings.agenda.queries import FoundMeeting, agenda_of, guests_of
from meetings.bodies.queries import seat_rows
from meetings.room.queries import meeting_at

blueprint = Blueprint("room_sheets", __name__)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WRITERS = {"pdf": (write_pdf, "application/pdf"), "docx": (write_docx, DOCX)}


@blueprint.get("/sitzungen/<key>/papier/anwesenheit.<any(pdf, docx):suffix>")
@requires(may_conduct_meeting, load=meeting_at)
def attendance(meeting: FoundMeeting, key: str, suffix: str) -> Response:
    """The list to sign."""
    del key
    session, now = reading(), clock.now()
    seats = seat_rows(session, meeting.body.body_id, meeting.meeting.date or clock.today())
    document = attendance_document(meeting, seats, guests_of(session, meeting.id), g.tenant, now)
    return _file(dressed(session, document, meeting.body_row.id), f"Anwesenheit-{meeting.meeting.key}", suffix)


@blueprint.get("/sitzungen/<key>/papier/stimmzettel.<any(pdf, docx):suffix>")
@requires(may_conduct_meeting, load=meeting_at)
def ballots(meeting: FoundMeeting, key: str, suffix: str) -> Response:
    """Ballot papers and the sheets for their results."""
    del key
    items = [line.item for line in agenda_of(reading(), meeting.id)]
    document = dressed(reading(), ballot_document(meeting, items, g.tenant, clock.now()), meeting.body_row.id)
    return _file(document, f"Stimmzettel-{meeting.meeting.key}", suffix)


def _file(document: Document, name: str, suffix: str) -> Response:
    write, kind = WRITERS[suffix]
    stream = BytesIO()
    write(document, stream)
    stream.seek(0)
    response: Response = send_file(stream, kind, as_attachment=True, download_name=f"{name}.{suffix}")
    response.headers["Cache-Control"] = "no-store"
    return response
