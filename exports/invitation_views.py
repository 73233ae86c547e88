"""The invitation to a meeting as a Word document and as PDF. Who may read the meeting may have it in their measure."""

from collections.abc import Callable
from io import BytesIO

from flask import Blueprint, g, send_file
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.web import reading, requires, signed_in
from exports.document import Document
from exports.docx.document import write_document as write_docx
from exports.invitation import InvitationSheet, invitation_document
from exports.letterhead.dressing import dressed
from exports.letterhead.states import Purpose
from exports.letterhead.values import invitation_filling
from exports.pdf.document import write_document as write_pdf
from meetings.agenda import queries
from meetings.agenda.policy import may_read_meeting
from meetings.agenda.queries import FoundMeeting, agenda_of
from meetings.bodies.queries import leading_people
from meetings.invitations.parts import for_everybody
from meetings.invitations.policy import may_see_whole_agenda
from meetings.papers.queries import papers_of_meeting

blueprint = Blueprint("invitation_paper", __name__)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


@blueprint.get("/sitzungen/<key>/einladung.docx")
@requires(may_read_meeting, load=queries.meeting_by_key)
def docx(meeting: FoundMeeting, key: str) -> AnyResponse:
    """The invitation as a Word document."""
    return _file(meeting, write_docx, DOCX, f"Einladung-{key}.docx")


@blueprint.get("/sitzungen/<key>/einladung.pdf")
@requires(may_read_meeting, load=queries.meeting_by_key)
def pdf(meeting: FoundMeeting, key: str) -> AnyResponse:
    """The invitation as PDF."""
    return _file(meeting, write_pdf, PDF, f"Einladung-{key}.pdf")


def _file(meeting: FoundMeeting, write: Callable[[Document, BytesIO], None], kind: str, name: str) -> AnyResponse:
    stream = BytesIO()
    write(invitation_of(meeting), stream)
    stream.seek(0)
    return send_file(stream, kind, as_attachment=True, download_name=name)


def invitation_of(meeting: FoundMeeting) -> Document:
    """The invitation as the reader may have it, in the look of its body."""
    sheet = sheet_of(meeting)
    document = invitation_document(sheet, g.tenant, clock.now())
    filling = invitation_filling(
        meeting.body_row, meeting.meeting, sheet.chair, [*sheet.public, *sheet.closed], sheet.papers
    )
    return dressed(reading(), document, meeting.body_row.id, Purpose.INVITATION, filling)


def sheet_of(meeting: FoundMeeting, *, only_public: bool = False) -> InvitationSheet:
    """What an invitation says to the reader; with `only_public` neither item nor paper of the closed part."""
    lines = agenda_of(reading(), meeting.id)
    public = for_everybody(lines, meeting.rules)
    shown = {line.item.id for line in public}
    whole = not only_public and bool(may_see_whole_agenda(signed_in(), meeting))
    people = leading_people(reading(), meeting.body_row)
    return InvitationSheet(
        meeting=meeting,
        public=public,
        closed=[line for line in lines if line.item.id not in shown] if whole else [],
        chair=people.chair or people.lead or "",
        papers=[
            (each.reference, each.title)
            for each in papers_of_meeting(reading(), meeting.id, signed_in())
            if not only_public or each.item_id in shown
        ],
    )
