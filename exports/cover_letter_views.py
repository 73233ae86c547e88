"""The letter with the papers of a meeting, as a Word document and as PDF, for those who conduct it."""

from datetime import datetime
from io import BytesIO

from flask import Blueprint, Response, g, send_file
from sqlmodel import Session

from app.core import clock
from app.core.permissions import Actor
from app.core.web import reading, requires
from exports.cover_letter import cover_letter_document
from exports.docx.document import write_document as write_docx
from exports.invitation_views import sheet_of
from exports.letterhead.dressing import dressed
from exports.letterhead.states import Purpose
from exports.letterhead.values import invitation_filling
from exports.pdf.document import write_document as write_pdf
from meetings.agenda.policy import may_conduct_meeting
from meetings.agenda.queries import FoundMeeting, meeting_by_key
from meetings.agenda.slots import Panel, register_panel

blueprint = Blueprint("cover_letter", __name__, template_folder="templates")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WRITERS = {"pdf": (write_pdf, "application/pdf"), "docx": (write_docx, DOCX)}


def register() -> None:
    """Put the way here on the pages of meetings."""
    register_panel("cover_letter", order=65, meeting=_panel)


def _panel(_session: Session, actor: Actor, meeting: FoundMeeting, _now: datetime) -> Panel | None:
    shows = may_conduct_meeting(actor, meeting)
    return Panel("cover_letter/_panel.html", {"key": meeting.meeting.key}) if shows else None


def _meeting(session: Session, key: str, suffix: str) -> FoundMeeting | None:
    del suffix
    return meeting_by_key(session, key)


@blueprint.get("/sitzungen/<key>/anschreiben.<any(pdf, docx):suffix>")
@requires(may_conduct_meeting, load=_meeting)
def letter(meeting: FoundMeeting, key: str, suffix: str) -> Response:
    """The letter; of the agenda it knows the public items."""
    sheet = sheet_of(meeting, only_public=True)
    document = cover_letter_document(sheet, g.tenant, clock.now())
    filling = invitation_filling(meeting.body_row, meeting.meeting, sheet.chair, sheet.public, sheet.papers)
    told = dressed(reading(), document, meeting.body_row.id, Purpose.COVER_LETTER, filling)
    write, kind = WRITERS[suffix]
    stream = BytesIO()
    write(told, stream)
    stream.seek(0)
    return send_file(stream, kind, as_attachment=True, download_name=f"Anschreiben-{key}.{suffix}")
