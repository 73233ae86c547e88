"""Who may record and read a decision. Pure predicates."""

from dataclasses import dataclass

from app.core.permissions import Actor, Verdict, all_of, allowed_if, shown_if
from meetings.agenda.policy import MeetingAccess, may_read_meeting
from meetings.bodies.policy import BodyAccess, is_chair, is_member, runs_meetings_of

_OPEN = ("running", "paused", "held")


@dataclass(frozen=True)
class DecisionAccess:
    """What the predicates need to know of a decision: its body, and whether the network or all may read it."""

    body: BodyAccess
    visibility: str = "body"


def may_read_decision(actor: Actor, decision: DecisionAccess) -> Verdict:
    """The body and the coordination; everyone signed in once it is published to the network."""
    inside = is_member(actor, decision.body) or is_chair(actor, decision.body)
    return shown_if(decision.visibility in ("network", "public") or inside or actor.has_role("coordination"))


def may_record_decision(actor: Actor, meeting: MeetingAccess) -> Verdict:
    """Chair and office, from the opening until the meeting is closed; then only an amendment."""
    return all_of(
        may_read_meeting(actor, meeting),
        allowed_if(runs_meetings_of(actor, meeting.body), "Beschlüsse halten Vorsitz und Geschäftsstelle fest."),
        allowed_if(meeting.state in _OPEN, "Beschlüsse hält man von der Eröffnung bis zum Abschluss fest."),
    )


def may_amend_decision(actor: Actor, meeting: MeetingAccess) -> Verdict:
    """A dated correction with a reason, after the meeting: chair and office."""
    return all_of(
        may_read_meeting(actor, meeting),
        allowed_if(runs_meetings_of(actor, meeting.body), "Berichtigungen tragen Vorsitz und Geschäftsstelle ein."),
    )


def may_record_circular_decision(actor: Actor, body: BodyAccess) -> Verdict:
    """The result of a written procedure (Umlaufbeschluss): chair and office."""
    return allowed_if(runs_meetings_of(actor, body), "Umlaufbeschlüsse halten Vorsitz und Geschäftsstelle fest.")
