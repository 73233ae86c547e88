"""Small factories for tests of the ground floor: a county, an organisation, a person, an actor."""

from itertools import count

from sqlmodel import Session

from app.core.database import SCOPE, Database
from app.core.permissions import Actor
from app.people.models import Organisation, Person, Tenant
from app.people.states import TenantKind

_numbers = count(1)


def a_tenant(session: Session, key: str | None = None, **values: object) -> Tenant:
    """A county; the session works for it from now on."""
    key = key or f"kreis-{next(_numbers)}"
    tenant = Tenant(key=key, name=f"Kreis {key}", kind=TenantKind.COUNTY, **values)
    session.add(tenant)
    session.flush()
    session.info[SCOPE] = tenant.id
    return tenant


def an_organisation(session: Session, **values: object) -> Organisation:
    """An organisation of the session's tenant."""
    number = next(_numbers)
    row = Organisation(**{"key": f"org-{number}", "name": f"Organisation {number}", "type": "jobcenter", **values})
    session.add(row)
    session.flush()
    return row


def a_person(session: Session, organisation: Organisation, **values: object) -> Person:
    """A person of that organisation."""
    number = next(_numbers)
    given = {"key": f"p-{number}", "name": f"Person {number}", "email": f"p{number}@kim.example", **values}
    row = Person(organisation_id=organisation.id, **given)
    session.add(row)
    session.flush()
    return row


def actor_for(person: Person, *roles: str) -> Actor:
    """The person as policies see them."""
    return Actor(
        person.id or 0,
        person.tenant_id,
        person.organisation_id,
        "jobcenter",
        frozenset(roles),
        (),
        person.name,
        "Jobcenter",
    )


def a_county(database: Database, key: str | None = None) -> tuple[Tenant, Person]:
    """A county with one organisation and one person, committed."""
    with database.session(database.writing) as session:
        tenant = a_tenant(session, key)
        person = a_person(session, an_organisation(session))
        session.commit()
        return tenant, person
