"""Who may read, plan and conduct a meeting. Pure predicates."""

from dataclasses import dataclass

from app.core.permissions import GUEST, Actor, Verdict, all_of, allowed_if, shown_if
from meetings.agenda.rules import FROZEN
from meetings.bodies.policy import BodyAccess, is_chair, is_member, runs_meetings_of

_CONDUCTING = "Die Sitzung leiten Vorsitz und Geschäftsstelle."


@dataclass(frozen=True)
class MeetingAccess:
    """What the predicates need to know of a meeting; guests are invited by name for this meeting only."""

    body: BodyAccess
    state: str
    guest_person_ids: frozenset[int] = frozenset()


def may_read_meeting(actor: Actor, meeting: MeetingAccess) -> Verdict:
    """Whoever has a seat in the body, its chair, an invited guest, and the coordination."""
    body = meeting.body
    guest = actor.person_id in meeting.guest_person_ids or actor.holds_seat(body.body_id, GUEST)
    return shown_if(is_member(actor, body) or is_chair(actor, body) or guest or actor.has_role("coordination"))


def may_plan_meeting(actor: Actor, body: BodyAccess) -> Verdict:
    """Convene and prepare: chair, office, and the coordination that prepares the papers."""
    return allowed_if(
        runs_meetings_of(actor, body) or actor.has_role("coordination"),
        "Sitzungen planen Vorsitz, Geschäftsstelle und Koordination.",
    )


def may_edit_agenda(actor: Actor, meeting: MeetingAccess) -> Verdict:
    """Whoever plans, as long as the meeting is not held; afterwards only an amendment with a reason."""
    return all_of(
        may_read_meeting(actor, meeting),
        may_plan_meeting(actor, meeting.body),
        allowed_if(meeting.state not in FROZEN, "Nach der Sitzung wird die Tagesordnung nicht mehr geändert."),
    )


def may_conduct_meeting(actor: Actor, meeting: MeetingAccess) -> Verdict:
    """Open, pause, call items, hold: chair or office seat; a coordination without a seat here only watches."""
    return all_of(may_read_meeting(actor, meeting), allowed_if(runs_meetings_of(actor, meeting.body), _CONDUCTING))
