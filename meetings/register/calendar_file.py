"""All meetings that a person may read as one calendar file, to be taken into a calendar of one's own."""

from datetime import datetime

from sqlmodel import Session

from app.core.i18n import _
from app.core.permissions import Actor
from app.people.models import Tenant
from knowledge.workshops.calendar import CANCEL, PUBLISH, Party
from knowledge.workshops.inviting import Sender
from meetings.agenda.queries import readable_meetings
from meetings.agenda.states import MeetingState
from meetings.invitations.calendar import appointment_of, feed


def calendar_file(session: Session, actor: Actor, tenant: Tenant, sender: Sender, now: datetime, body: str = "") -> str:
    """The meetings that have a day, of one body if it is named; drafts are not told. Three statements."""
    found = [
        each
        for each in readable_meetings(session, actor)
        if each.state != MeetingState.DRAFT and (not body or each.body_row.key == body)
    ]
    entries = [
        (entry, CANCEL if each.state == MeetingState.CANCELLED else PUBLISH, each.meeting.version)
        for each in reversed(found)
        if (entry := appointment_of(each, tenant, sender))
    ]
    return feed(entries, _("Sitzungen"), now, Party(sender.email, tenant.name), tenant.timezone)
