"""How the room of a meeting is set up: the code on the wall, remote seats, guests outside, the speakers list."""

from sqlmodel import Session, col, select

from app.core.work import Work
from meetings.agenda.locking import locked_meeting
from meetings.agenda.queries import FoundMeeting
from meetings.room import policy
from meetings.room.models import MeetingRoom

ROOM = "room"
"""Name of the live signal: the room was set up differently."""
SWITCHES = ("needs_code", "remote_allowed", "guests_out", "list_closed")


def setup_of(session: Session, meeting_id: int) -> MeetingRoom:
    """How the room is set up; a fresh one if nobody did anything. One statement."""
    found = session.exec(select(MeetingRoom).where(col(MeetingRoom.meeting_id) == meeting_id)).first()
    return found or MeetingRoom(meeting_id=meeting_id)


def switch(work: Work, key: str, name: str, on: bool) -> FoundMeeting:
    """Turn one thing of the room on or off."""
    meeting = locked_meeting(work, key)
    work.require(policy.may_set_up_room(work.actor, meeting))
    if name not in SWITCHES:
        raise ValueError(name)
    row = setup_of(work.session, meeting.id)
    setattr(row, name, on)
    _keep(work, meeting, row)
    return meeting


def limit_speeches(work: Work, key: str, minutes: int) -> FoundMeeting:
    """How long one speech may take; 0 for no limit."""
    meeting = locked_meeting(work, key)
    work.require(policy.may_set_up_room(work.actor, meeting))
    row = setup_of(work.session, meeting.id)
    row.speaking_minutes = minutes
    _keep(work, meeting, row)
    return meeting


def _keep(work: Work, meeting: FoundMeeting, row: MeetingRoom) -> None:
    work.session.add(row)
    work.record("room.set_up", meeting.meeting)
    work.announce(meeting.channel, ROOM)
