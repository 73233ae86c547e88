"""The ways into the room, on the page of its meeting."""

from datetime import datetime

from sqlmodel import Session

from app.core.permissions import Actor
from meetings.agenda.policy import may_conduct_meeting
from meetings.agenda.queries import FoundMeeting
from meetings.agenda.slots import Panel, register_panel
from meetings.room.queries import SHOWN


def register() -> None:
    """Put the block on the page of a meeting."""
    register_panel("room", order=30, meeting=ways_in)


def ways_in(session: Session, actor: Actor, meeting: FoundMeeting, now: datetime) -> Panel | None:
    """Leading, taking part, the wall: from the day before; who leads may try them out earlier. No statement."""
    del session
    leads, early = bool(may_conduct_meeting(actor, meeting)), meeting.opens_later(now)
    if meeting.state not in SHOWN or (early and not leads):
        return None
    return Panel(
        "room/_ways_in.html", {"key": meeting.meeting.key, "leads": leads, "opens_on": early}, above=early is None
    )
