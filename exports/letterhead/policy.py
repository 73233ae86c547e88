"""Who may change the county's look: the coordination; for one body also its office. Pure."""

from dataclasses import dataclass

from app.core.permissions import OFFICE, Actor, Verdict, allowed_if
from meetings.bodies.policy import BodyAccess, may_edit_body


@dataclass(frozen=True)
class Place:
    """What a letterhead holds for: one body, or without one every body that has none of its own."""

    access: BodyAccess | None


def may_see_letterheads(actor: Actor) -> Verdict:
    """The list of places; it names only those that the person may dress."""
    runs_an_office = any(seat.kind == OFFICE for seat in actor.seats)
    return allowed_if(
        runs_an_office or bool(may_dress(actor, Place(None))),
        "Briefkopf und Vorlagen pflegen Koordination und Geschäftsstellen.",
    )


def may_dress(actor: Actor, place: Place) -> Verdict:
    """See, upload, replace and remove what holds for this place."""
    if place.access is not None:
        return may_edit_body(actor, place.access)
    return allowed_if(
        actor.has_role("coordination", "admin"), "Briefkopf und Vorlagen des Kreises pflegt die Koordination."
    )
