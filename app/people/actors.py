"""From a signed-in session to the actor that policies see.

Seats belong to a higher room, which hands in how to find them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, inspect
from sqlmodel import Session, col, select

from app.core.database import SCOPE
from app.core.permissions import Actor, SeatHeld
from app.people.models import Organisation, Person, PersonRole, SignInSession, Tenant
from app.people.rules import is_alive

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


@dataclass(frozen=True)
class Moment:
    """Now (aware, UTC), and the day that it is where the county is."""

    now: datetime
    today: date


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


def signed_in_by(session: Session, token_hash: str, seats: SeatSource, moment: Moment) -> SignedIn | None:
    """Who the token stands for, None if its session has run out or the person is not active. Two statements.

    Every page asks this: the token is looked up on the connection itself, in all counties, since it alone says which
    one; the session reads in that county from then on.
    """
    rows = session.connection().execute(_BY_TOKEN, {"token_hash": token_hash}).all()
    if not rows or not is_alive(rows[0].seen_at, rows[0].expires_at, moment.now):
        return None
    row = rows[0]
    session.info[SCOPE] = row.person_tenant_id
    actor = Actor(
        person_id=row.person_id,
        tenant_id=row.person_tenant_id,
        organisation_id=row.organisation_id,
        organisation_type=row.organisation_type,
        roles=frozenset(str(each.role) for each in rows if each.role is not None),
        seats=seats(session, row.person_id, moment.today),
        name=row.person_name,
        organisation_name=row.organisation_name,
    )
    tenant = _tenant(tuple(row)[-len(_TENANT) :])
    return SignedIn(row.session_id, row.seen_at, row.expires_at, tenant, actor, row.person_language)


@lru_cache(maxsize=64)
def _tenant(values: tuple[Any, ...]) -> Tenant:
    """The county with these values, for everybody who reads; nobody changes it, what is changed is loaded."""
    return Tenant(**dict(zip(_TENANT, values, strict=True)))


_TENANT: tuple[str, ...] = tuple(inspect(Tenant).columns.keys())
_BY_TOKEN: Any = (
    select(  # type: ignore[call-overload]
        col(SignInSession.id).label("session_id"),
        SignInSession.seen_at,
        SignInSession.expires_at,
        col(Person.id).label("person_id"),
        col(Person.tenant_id).label("person_tenant_id"),
        col(Person.name).label("person_name"),
        col(Person.language).label("person_language"),
        Person.organisation_id,
        col(Organisation.name).label("organisation_name"),
        col(Organisation.type).label("organisation_type"),
        PersonRole.role,
        *(getattr(Tenant, name).label(f"tenant_{name}") for name in _TENANT),
    )
    .join(Person, col(Person.id) == col(SignInSession.person_id))
    .join(Tenant, col(Tenant.id) == col(Person.tenant_id))
    .join(Organisation, col(Organisation.id) == col(Person.organisation_id))
    .outerjoin(PersonRole, col(PersonRole.person_id) == col(Person.id))
    .where(col(SignInSession.token_hash) == bindparam("token_hash"), col(Person.active).is_(True))
    .order_by(col(PersonRole.position))
)
