"""Where the page of a meeting names its folder."""

from datetime import datetime

from sqlmodel import Session

from app.core.permissions import Actor
from meetings.agenda.queries import FoundMeeting
from meetings.agenda.slots import Panel, register_panel
from meetings.agenda.states import MeetingState

ORDER = 25


def register() -> None:
    """Tell the page of a meeting."""
    register_panel("folder", order=ORDER, meeting=meeting_panel)


def meeting_panel(session: Session, actor: Actor, meeting: FoundMeeting, now: datetime) -> Panel | None:
    """A way to the folder; a cancelled meeting needs none. No statement."""
    del session, actor, now
    if meeting.state == MeetingState.CANCELLED:
        return None
    return Panel("folder/_panel.html", {"key": meeting.meeting.key})
