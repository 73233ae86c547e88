"""Reads about people."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.core.database import every_tenant
from app.people.models import Organisation, Person, PersonRole, Tenant


@dataclass(frozen=True)
class DemoAccount:
    """An account of a fictional tenant that may be entered with one click."""

    key: str
    name: str
    organisation: str
    roles: tuple[str, ...]


def demo_accounts(session: Session) -> list[DemoAccount]:
    """The accounts of fictional tenants, in the order of their file. Two statements."""
    with every_tenant(session):
        people = session.exec(
            select(Person.id, Person.key, Person.name, Organisation.name)
            .join(Tenant, col(Tenant.id) == col(Person.tenant_id))
            .join(Organisation, col(Organisation.id) == col(Person.organisation_id))
            .where(col(Tenant.fictional).is_(True), col(Person.active).is_(True))
            .order_by(col(Person.id))
        ).all()
        roles: dict[int, list[str]] = {}
        for person_id, role in session.exec(select(PersonRole.person_id, PersonRole.role).order_by(col(PersonRole.id))):
            roles.setdefault(person_id, []).append(str(role))
    return [
        DemoAccount(key, name, organisation, tuple(roles.get(id_ or 0, ()))) for id_, key, name, organisation in people
    ]


def tenant_keys(session: Session) -> list[tuple[int, str]]:
    """Id and key of every tenant."""
    return [(id_ or 0, key) for id_, key in session.exec(select(Tenant.id, Tenant.key).order_by(col(Tenant.id)))]
