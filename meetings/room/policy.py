"""Who may record presence and recusal. Pure predicates."""

from app.core.permissions import Actor, Verdict, all_of, allowed_if
from meetings.agenda.policy import MeetingAccess, may_read_meeting
from meetings.bodies.policy import runs_meetings_of

_OPEN_DOORS = ("invited", "running", "paused")


def may_record_presence(actor: Actor, meeting: MeetingAccess, person_id: int) -> Verdict:
    """Everyone reports themselves; chair and office record anyone, as long as the meeting is not held."""
    return all_of(
        may_read_meeting(actor, meeting),
        allowed_if(
            actor.person_id == person_id or runs_meetings_of(actor, meeting.body),
            "Die Anwesenheit anderer tragen Vorsitz und Geschäftsstelle ein.",
        ),
        allowed_if(meeting.state in _OPEN_DOORS, "Anwesenheit wird nur bis zum Ende der Sitzung erfasst."),
    )


def may_declare_recusal(actor: Actor, meeting: MeetingAccess, seat_id: int) -> Verdict:
    """Whoever occupies the seat declares it; chair and office record what was said (VwVfG § 20 Abs. 4)."""
    own = any(seat.seat_id == seat_id for seat in actor.seats)
    return all_of(
        may_read_meeting(actor, meeting),
        allowed_if(
            own or runs_meetings_of(actor, meeting.body),
            "Befangenheit zeigt das Mitglied selbst an; sonst tragen Vorsitz und Geschäftsstelle sie ein.",
        ),
        allowed_if(meeting.state in _OPEN_DOORS, "Befangenheit wird nur bis zum Ende der Sitzung angezeigt."),
    )
