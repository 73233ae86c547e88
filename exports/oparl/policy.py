"""Who may publish: those who run the body's meetings. Pure."""

from app.core.permissions import Actor, Verdict
from meetings.agenda.policy import MeetingAccess, may_conduct_meeting


def may_publish(actor: Actor, meeting: MeetingAccess) -> Verdict:
    """See what would go out, publish it, take it back, and switch the body on or off."""
    return may_conduct_meeting(actor, meeting)
