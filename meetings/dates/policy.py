"""Who may look for a date, answer, and pick. Pure predicates."""

from dataclasses import dataclass

from app.core.permissions import Actor, Verdict, all_of, allowed_if, shown_if
from meetings.agenda.policy import may_plan_meeting
from meetings.bodies.policy import BodyAccess, is_chair


@dataclass(frozen=True)
class DatePollAccess:
    """What the predicates need to know of a search for a date."""

    body: BodyAccess


def may_read_poll(actor: Actor, poll: DatePollAccess) -> Verdict:
    """Whoever sits in the body, holder or deputy, its chair, and who plans its meetings."""
    belongs = actor.holds_seat(poll.body.body_id) or is_chair(actor, poll.body)
    return shown_if(belongs or bool(may_plan_meeting(actor, poll.body)))


def may_answer_poll(actor: Actor, poll: DatePollAccess) -> Verdict:
    """Those who would come."""
    belongs = actor.holds_seat(poll.body.body_id) or is_chair(actor, poll.body)
    return all_of(
        may_read_poll(actor, poll),
        allowed_if(belongs, "Auf die Terminumfrage antworten die Mitglieder und ihre Vertretungen."),
    )


def may_steer_poll(actor: Actor, poll: DatePollAccess) -> Verdict:
    """Propose, pick, drop: whoever plans the body's meetings."""
    return all_of(may_read_poll(actor, poll), may_plan_meeting(actor, poll.body))
