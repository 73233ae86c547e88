"""From a signed-in session to the actor that policies see.

Seats belong to a higher room, which hands in how to find them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from app.core.permissions import Actor, SeatHeld
from app.people.models import Organisation, Person, PersonRole, SignInSession, Tenant

SeatSource = Callable[[Session, int, date], tuple[SeatHeld, ...]]


@dataclass(frozen=True)
class SignedIn:
    """A live session: its row, the person's tenant and the actor."""

    session_id: int
    seen_at: datetime
    expires_at: datetime
    tenant: Tenant
    actor: Actor
    language: str


def actor_of(session: Session, person: Person, seats: SeatSource, today: date) -> Actor:
    """The person with organisation, roles and today's seats. Three statements."""
    organisation = session.exec(select(Organisation).where(col(Organisation.id) == person.organisation_id)).one()
    roles = session.exec(select(PersonRole.role).where(col(PersonRole.person_id) == person.id)).all()
    return Actor(
        person_id=person.id or 0,
        tenant_id=person.tenant_id,
        organisation_id=person.organisation_id,
        organisation_type=organisation.type,
        roles=frozenset(str(role) for role in roles),
        seats=seats(session, person.id or 0, today),
        name=person.name,
        organisation_name=organisation.name,
    )


def actor_by_id(session: Session, person_id: int, seats: SeatSource, today: date) -> Actor | None:
    """The actor of an active person, for work that goes on without a request; None if there is no such account."""
    statement = select(Person).where(col(Person.id) == person_id, col(Person.active).is_(True))
    person = session.exec(statement).first()
    return actor_of(session, person, seats, today) if person else None


def find_session(session: Session, token_hash: str) -> tuple[SignInSession, Person, Tenant] | None:
    """The session row of a token with its person and tenant; only of people who are still active."""
    statement = (
        select(SignInSession, Person, Tenant)
        .join(Person, col(Person.id) == col(SignInSession.person_id))
        .join(Tenant, col(Tenant.id) == col(Person.tenant_id))
        .where(col(SignInSession.token_hash) == token_hash, col(Person.active).is_(True))
    )
    return session.exec(statement).first()
