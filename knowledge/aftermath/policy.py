"""Who reviews what a workshop found, and who releases it. Pure."""

from app.core.permissions import Actor, Verdict, all_of, allowed_if, shown_if
from knowledge.workshops.policy import WorkshopAccess, leads


def may_review(actor: Actor, workshop: WorkshopAccess) -> Verdict:
    """Moderation, minutes and coordination; which cases are on the page is for the cases' own policy."""
    return shown_if(not actor.has_role("admin") and (actor.has_role("coordination") or leads(actor, workshop)))


def may_release_workshop(actor: Actor, workshop: WorkshopAccess, ready_by_id: int | None) -> Verdict:
    """A second person, from the coordination or who leads the workshop, never the one who presented the findings."""
    return all_of(
        may_review(actor, workshop),
        allowed_if(ready_by_id is not None, "Die Auswertung ist noch nicht vorgelegt."),
        allowed_if(actor.person_id != ready_by_id, "Freigeben muss eine zweite Person, nicht die vorlegende."),
    )
