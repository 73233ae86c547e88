"""A tenant's first part as a demo file has it: meta, tenant, municipalities, organisations, people."""

from typing import Any

from sqlmodel import Session

from app.dataset.schema_demo import FORMAT
from app.dataset.tables_read import facts, keys, owned, plain, rows
from app.people.models import (
    FieldVisibility,
    Municipality,
    Organisation,
    Person,
    PersonRole,
    StaffPost,
    Tenant,
    TenantTerm,
)


def meta(session: Session, tenant: Tenant) -> dict[str, Any]:
    """What the data are."""
    return {
        "format": FORMAT,
        **facts(tenant, "language", "fictional", "as_of", "notice"),
        "field_visibility": {row.field: plain(row.visibility) for row in rows(session, FieldVisibility)},
    }


def tenant_facts(session: Session, tenant: Tenant) -> dict[str, Any]:
    """The tenant with terms, settings and posts."""
    settings = ("direct_route_enabled", "min_cell", "case_retention_months", "card_author_retention")
    return {
        **facts(tenant, "key", "name", "kind", "state"),
        "terminology": {row.name: row.label for row in rows(session, TenantTerm)},
        "settings": facts(tenant, *settings),
        "staffing": [
            {"block": int(row.block or 0), "label": row.label, "fte": row.fte} for row in rows(session, StaffPost)
        ],
    }


def municipalities(session: Session) -> list[dict[str, Any]]:
    """The municipalities."""
    names = ("key", "name", "kind", "inhabitants", "own_foreigners_authority", "own_youth_office", "casemgmt")
    return [facts(row, *names) for row in rows(session, Municipality)]


def organisations(session: Session) -> list[dict[str, Any]]:
    """The organisations."""
    places = keys(session, Municipality)
    return [
        facts(row, "key", "name", "type")
        | ({"municipality": places[row.municipality_id]} if row.municipality_id else {})
        for row in rows(session, Organisation)
    ]


def people(session: Session) -> list[dict[str, Any]]:
    """The persons with an account."""
    homes = keys(session, Organisation)
    roles = owned(session, PersonRole, "person_id")
    return [
        {
            **facts(row, "key", "name", "email"),
            "org": homes[row.organisation_id],
            "roles": [plain(role.role) for role in roles(row.id)],
        }
        for row in rows(session, Person)
    ]
