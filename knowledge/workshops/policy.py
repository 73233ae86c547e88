"""Who may know of a workshop, and who plans it. Pure."""

from dataclasses import dataclass

from app.core.permissions import Actor, Verdict, all_of, allowed_if, refused, shown_if

_PLANNERS = refused("Workshops planen Koordination und Moderation.").reason


@dataclass(frozen=True)
class WorkshopAccess:
    """Who leads a workshop and which organisations are invited."""

    moderator_id: int | None
    minute_taker_id: int | None
    organisation_ids: frozenset[int]


def leads(actor: Actor, workshop: WorkshopAccess) -> bool:
    """Whether the person moderates or takes the minutes."""
    return actor.person_id in (workshop.moderator_id, workshop.minute_taker_id)


def may_read_workshop(actor: Actor, workshop: WorkshopAccess) -> Verdict:
    """Coordination, those who lead it, and people of invited organisations; not administrators (DP-14)."""
    invited = actor.organisation_id in workshop.organisation_ids
    return shown_if(
        not actor.has_role("admin") and (actor.has_role("coordination") or leads(actor, workshop) or invited)
    )


def may_see_attendance(actor: Actor, workshop: WorkshopAccess) -> Verdict:
    """Who attends which case tells about the consent: only those who plan see the grid."""
    return shown_if(not actor.has_role("admin") and (actor.has_role("coordination") or leads(actor, workshop)))


def may_list_workshops(actor: Actor) -> Verdict:
    """Everyone but administrators; each row asks `may_read_workshop`."""
    return shown_if(not actor.has_role("admin"))


def may_plan_workshops(actor: Actor) -> Verdict:
    """A new workshop comes from the coordination or a moderator."""
    return allowed_if(actor.has_role("coordination", "moderator") and not actor.has_role("admin"), _PLANNERS)


def may_plan_workshop(actor: Actor, workshop: WorkshopAccess) -> Verdict:
    """This one is planned by the coordination and by the person who moderates it."""
    moderates = workshop.moderator_id is not None and actor.person_id == workshop.moderator_id
    return all_of(
        may_read_workshop(actor, workshop), allowed_if(actor.has_role("coordination") or moderates, _PLANNERS)
    )
