"""Who may invite, see who was written to, and answer for a seat. Pure predicates."""

from dataclasses import dataclass

from app.core.permissions import Actor, Verdict, all_of, allowed_if
from meetings.agenda.policy import MeetingAccess, may_read_meeting
from meetings.bodies.policy import is_chair, is_member, runs_meetings_of

_INVITING = "Einladungen verschicken Vorsitz und Geschäftsstelle."


@dataclass(frozen=True)
class SeatToAnswer:
    """A seat of a meeting, with the people who may sit on it on its day."""

    meeting: MeetingAccess
    person_ids: frozenset[int]


def may_invite(actor: Actor, meeting: MeetingAccess) -> Verdict:
    """Send, see the log, send once more: whoever runs the body's meetings."""
    return all_of(may_read_meeting(actor, meeting), allowed_if(runs_meetings_of(actor, meeting.body), _INVITING))


def may_see_answers(actor: Actor, meeting: MeetingAccess) -> Verdict:
    """Who comes: the members among themselves, the chair and the coordination; a guest sees only the own answer."""
    known = is_member(actor, meeting.body) or is_chair(actor, meeting.body) or actor.has_role("coordination")
    return all_of(may_read_meeting(actor, meeting), allowed_if(known, "Wer zugesagt hat, sehen die Mitglieder."))


def may_see_whole_agenda(actor: Actor, meeting: MeetingAccess) -> Verdict:
    """The non-public part is for the members, the chair and the coordination, not for guests."""
    return may_see_answers(actor, meeting)


def may_answer(actor: Actor, seat: SeatToAnswer) -> Verdict:
    """The holder and the deputies of the seat, and on their behalf whoever runs the meetings."""
    own = actor.person_id in seat.person_ids
    return all_of(
        may_read_meeting(actor, seat.meeting),
        allowed_if(
            own or runs_meetings_of(actor, seat.meeting.body),
            "Für diesen Sitz antworten das Mitglied, seine Vertretung oder die Geschäftsstelle.",
        ),
    )


def may_answer_as_guest(actor: Actor, meeting: MeetingAccess) -> Verdict:
    """A guest who is invited by name answers for themselves."""
    return all_of(
        may_read_meeting(actor, meeting),
        allowed_if(actor.person_id in meeting.guest_person_ids, "Sie sind nicht als Gast dieser Sitzung eingeladen."),
    )


def may_have_calendar(actor: Actor) -> Verdict:
    """Everybody who is signed in has a calendar of their own."""
    return allowed_if(actor.tenant_id > 0, "Bitte melden Sie sich an.")
