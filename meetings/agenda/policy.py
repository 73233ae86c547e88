"""Who may read, plan and conduct a meeting. Pure predicates."""

from dataclasses import dataclass

from app.core.permissions import GUEST, Actor, Verdict, all_of, allowed_if, shown_if
from meetings.agenda.rules import FROZEN
from meetings.bodies.policy import BodyAccess, is_chair, is_member, runs_meetings_of

AMENDABLE = ("held", "closed")
_CONDUCTING = "Die Sitzung leiten Vorsitz und Geschäftsstelle."


@dataclass(frozen=True)
class MeetingAccess:
    """What the predicates need to know of a meeting; guests are invited by name for this meeting only.

    `non_public`: the question is about an item of the non-public part.
    """

    body: BodyAccess
    state: str
    guest_person_ids: frozenset[int] = frozenset()
    non_public: bool = False


def may_read_meeting(actor: Actor, meeting: MeetingAccess) -> Verdict:
    """Whoever has a seat in the body, its chair, the coordination; an invited guest, except of the non-public part."""
    body = meeting.body
    guest = actor.person_id in meeting.guest_person_ids or actor.holds_seat(body.body_id, GUEST)
    return shown_if(sees_all_parts(actor, body) or (guest and not meeting.non_public))


def sees_all_parts(actor: Actor, body: BodyAccess) -> bool:
    """Whether the reader takes part in the non-public part as well: the body's own members and the coordination."""
    return is_member(actor, body) or is_chair(actor, body) or actor.has_role("coordination")


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


def may_amend(actor: Actor, meeting: MeetingAccess) -> Verdict:
    """Chair and office, once the meeting was held; before that things are changed, not amended."""
    return all_of(
        may_conduct_meeting(actor, meeting),
        allowed_if(meeting.state in AMENDABLE, "Berichtigt wird erst, wenn die Sitzung zu Ende ist."),
    )


def may_conduct_meeting(actor: Actor, meeting: MeetingAccess) -> Verdict:
    """Open, pause, call items, hold: chair or office seat; a coordination without a seat here only watches."""
    return all_of(may_read_meeting(actor, meeting), allowed_if(runs_meetings_of(actor, meeting.body), _CONDUCTING))
