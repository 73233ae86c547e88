"""Who may follow a meeting live: whoever may read it."""

from sqlmodel import Session

from app.core.live_web import register_channel
from app.core.permissions import Actor, Verdict, hidden
from meetings.agenda.policy import may_read_meeting
from meetings.agenda.queries import meeting_by_id


def register() -> None:
    """Let readers of a meeting follow the channel „meeting:<id>“."""
    register_channel("meeting", may_follow)


def may_follow(session: Session, actor: Actor, key: str) -> Verdict:
    """The policy over the meeting with this id; what is no id does not exist."""
    meeting = meeting_by_id(session, int(key)) if key.isdecimal() and len(key) < 10 else None
    return may_read_meeting(actor, meeting) if meeting else hidden()
