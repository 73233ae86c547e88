"""Who belongs to a body, who leads it, who runs its office. The other policies of meetings build on these."""

from dataclasses import dataclass

from app.core.permissions import ADVISORY, OFFICE, VOTING, Actor, Verdict, allowed_if


@dataclass(frozen=True)
class BodyAccess:
    """What the predicates need to know of a body; a project group is chaired by its lead."""

    body_id: int
    chair_person_id: int | None = None
    moderator_person_id: int | None = None


def is_chair(actor: Actor, body: BodyAccess) -> bool:
    """Whether the person chairs this very body; the role „chair“ alone says nothing about which one."""
    return body.chair_person_id is not None and actor.person_id == body.chair_person_id


def holds_office(actor: Actor, body: BodyAccess) -> bool:
    """Whether the person sits on an office seat of this body."""
    return actor.holds_seat(body.body_id, OFFICE)


def moderates(actor: Actor, body: BodyAccess) -> bool:
    """Whether the person was named as the moderator of this body, as project groups have one."""
    return body.moderator_person_id is not None and actor.person_id == body.moderator_person_id


def runs_meetings_of(actor: Actor, body: BodyAccess) -> bool:
    """Chair, office, or the moderation of a project group: those who may plan, conduct and record."""
    return is_chair(actor, body) or holds_office(actor, body) or moderates(actor, body)


def is_member(actor: Actor, body: BodyAccess) -> bool:
    """Whether the person has a seat of their own in the body, as holder or deputy; guests have none."""
    return actor.holds_seat(body.body_id, VOTING, ADVISORY, OFFICE)


def roles_in(actor: Actor, body: BodyAccess) -> frozenset[str]:
    """The person's roles as this body's lifecycles must see them: chair and office only where they are true."""
    here = {"chair"} if is_chair(actor, body) else set()
    if holds_office(actor, body) or moderates(actor, body):
        here.add("office")
    return (actor.roles - {"chair", "office"}) | here


def may_read_bodies(actor: Actor) -> Verdict:
    """Which bodies exist, who sits in them and by which rules they decide is open to every signed-in person."""
    return allowed_if(actor.tenant_id > 0, "Bitte melden Sie sich an.")


def may_read_body(actor: Actor, body: BodyAccess) -> Verdict:
    """Like the list; what the body discusses is the meeting's own question."""
    return may_read_bodies(actor)


def may_found_body(actor: Actor) -> Verdict:
    """A new body, project groups included, is set up by the coordination."""
    return allowed_if(actor.has_role("coordination"), "Gremien richtet die Koordination ein.")


def may_edit_body(actor: Actor, body: BodyAccess) -> Verdict:
    """Seats, deputies and rules of procedure: the coordination or the body's office."""
    return allowed_if(
        actor.has_role("coordination") or holds_office(actor, body),
        "Sitze und Regeln des Gremiums pflegt die Geschäftsstelle.",
    )
