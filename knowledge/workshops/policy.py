"""Who may know of a workshop. Pure."""

from dataclasses import dataclass

from app.core.permissions import Actor, Verdict, shown_if


@dataclass(frozen=True)
class WorkshopAccess:
    """Who leads a workshop and which organisations are invited."""

    moderator_id: int | None
    minute_taker_id: int | None
    organisation_ids: frozenset[int]


def may_read_workshop(actor: Actor, workshop: WorkshopAccess) -> Verdict:
    """Coordination, those who lead it, and people of invited organisations; not administrators (DP-14)."""
    leads = actor.person_id in (workshop.moderator_id, workshop.minute_taker_id)
    invited = actor.organisation_id in workshop.organisation_ids
    return shown_if(not actor.has_role("admin") and (actor.has_role("coordination") or leads or invited))


def may_see_attendance(actor: Actor, workshop: WorkshopAccess) -> Verdict:
    """Who attends which case tells about the consent: only those who plan see the grid."""
    leads = actor.person_id in (workshop.moderator_id, workshop.minute_taker_id)
    return shown_if(not actor.has_role("admin") and (actor.has_role("coordination") or leads))
