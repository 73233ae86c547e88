"""Who may record presence and recusal, lead the room, speak, and capture. Pure predicates."""

from app.core.permissions import Actor, Verdict, all_of, allowed_if
from meetings.agenda.policy import MeetingAccess, may_conduct_meeting, may_read_meeting, sees_all_parts
from meetings.bodies.policy import runs_meetings_of

_OPEN_DOORS = ("invited", "running", "paused")
_GOING_ON = ("running", "paused")
_UNTIL_CLOSED = (*_OPEN_DOORS, "held")


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


def may_enter_presence(actor: Actor, meeting: MeetingAccess) -> Verdict:
    """From a list on paper chair and office enter times afterwards, until the meeting is closed."""
    return all_of(
        may_conduct_meeting(actor, meeting),
        allowed_if(
            meeting.state in _UNTIL_CLOSED,
            "Zeiten werden von der Einladung bis zum Abschluss der Sitzung nachgetragen.",
        ),
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


def may_open_lead(actor: Actor, meeting: MeetingAccess) -> Verdict:
    """The leading page is for chair and office."""
    return may_conduct_meeting(actor, meeting)


def may_lead_room(actor: Actor, meeting: MeetingAccess) -> Verdict:
    """Call, finish, interrupt, order the list: chair and office, while the meeting goes on."""
    return all_of(
        may_conduct_meeting(actor, meeting),
        allowed_if(meeting.state in _GOING_ON, "Das geht nur in laufender Sitzung."),
    )


def may_set_up_room(actor: Actor, meeting: MeetingAccess) -> Verdict:
    """How the room is set up: chair and office, from the invitation to the end."""
    return all_of(
        may_conduct_meeting(actor, meeting),
        allowed_if(meeting.state in _OPEN_DOORS, "Der Raum wird von der Einladung bis zum Ende der Sitzung geführt."),
    )


def may_capture(actor: Actor, meeting: MeetingAccess) -> Verdict:
    """Notes, tasks and motions: chair and office, until the meeting is closed."""
    return all_of(
        may_conduct_meeting(actor, meeting),
        allowed_if(
            meeting.state in (*_GOING_ON, "held"), "Festgehalten wird von der Eröffnung bis zum Abschluss der Sitzung."
        ),
    )


def may_ask_for_floor(actor: Actor, meeting: MeetingAccess) -> Verdict:
    """Whoever takes part asks for the floor; a guest is called by the chair."""
    guest = actor.person_id in meeting.guest_person_ids
    return all_of(
        may_read_meeting(actor, meeting),
        allowed_if(
            not guest and any(seat.body_id == meeting.body.body_id for seat in actor.seats),
            "Ohne Sitz im Gremium spricht, wen der Vorsitz aufruft.",
        ),
        allowed_if(meeting.state in _GOING_ON, "Zu Wort melden kann man sich in laufender Sitzung."),
    )


def sees_everything(actor: Actor, meeting: MeetingAccess) -> bool:
    """Whether the person may follow what is not public: not a guest of this meeting only."""
    return sees_all_parts(actor, meeting.body)
