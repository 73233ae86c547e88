"""Who may see the calendar and the pages of organisations, and who links decisions. Pure predicates."""

from app.core.permissions import OFFICE, Actor, Verdict, all_of, allowed_if
from meetings.bodies.policy import runs_meetings_of
from meetings.decisions.policy import DecisionAccess, may_read_decision


def may_see_calendar(actor: Actor) -> Verdict:
    """Everybody who is signed in has a calendar; each meeting in it asks `may_read_meeting`."""
    return allowed_if(actor.tenant_id > 0, "Bitte melden Sie sich an.")


def may_see_organisation(actor: Actor, organisation: object) -> Verdict:
    """Which seats an organisation has is open to everyone signed in, like the bodies themselves."""
    del organisation
    return may_see_calendar(actor)


def may_see_duties(actor: Actor, organisation_id: int) -> Verdict:
    """What an organisation has taken on and has still to do: its own people, the offices and the coordination."""
    office = any(seat.kind == OFFICE for seat in actor.seats)
    return allowed_if(
        actor.organisation_id == organisation_id or office or actor.has_role("coordination"),
        "Verpflichtungen und Aufgaben sehen die Organisation selbst und die Geschäftsstelle.",
    )


def may_note_replacement(actor: Actor, decision: DecisionAccess) -> Verdict:
    """That a decision takes the place of an earlier one: chair and office of the body that decided."""
    return all_of(
        may_read_decision(actor, decision),
        allowed_if(runs_meetings_of(actor, decision.body), "Das tragen Vorsitz und Geschäftsstelle ein."),
    )
