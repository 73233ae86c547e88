"""Rows of a demo file's first part: tenant, municipalities, organisations, people."""

from sqlmodel import Session

from app.core.database import SCOPE
from app.dataset.building import Building
from app.dataset.schema_demo import DemoFile
from app.dataset.schema_people import OrganisationGiven, PersonGiven
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


def settle(session: Session, tenant: Tenant) -> None:
    """Write the tenant and let the session belong to it from here on."""
    session.add(tenant)
    session.flush()
    session.info[SCOPE] = tenant.id


def tenant_row(demo: DemoFile) -> Tenant:
    """The tenant with its settings."""
    given, meta, settings = demo.tenant, demo.meta, demo.tenant.settings
    return Tenant(
        key=given.key,
        name=given.name,
        kind=given.kind,
        state=given.state,
        language=meta.language,
        fictional=meta.fictional,
        as_of=meta.as_of,
        notice=meta.notice,
        direct_route_enabled=settings.direct_route_enabled,
        min_cell=settings.min_cell,
        case_retention_months=settings.case_retention_months,
        card_author_retention=settings.card_author_retention,
    )


def build_people(build: Building, demo: DemoFile) -> None:
    """Everything around the tenant, then who belongs to it."""
    build.add(TenantTerm(name=name, label=label) for name, label in demo.tenant.terminology.items())
    build.add(FieldVisibility(field=name, visibility=value) for name, value in demo.meta.field_visibility.items())
    build.add(
        StaffPost(position=index, block=str(post.block), label=post.label, fte=post.fte)
        for index, post in enumerate(demo.tenant.staffing)
    )
    build.add_keyed("municipalities", {given.key: Municipality(**given.model_dump()) for given in demo.municipalities})
    build.add_keyed("organisations", {given.key: _organisation(build, given) for given in demo.organisations})
    build.add_keyed("people", {given.key: _person(build, given, demo.meta.language) for given in demo.people})
    build.add(
        PersonRole(person_id=build.id("people", given.key), position=index, role=role)
        for given in demo.people
        for index, role in enumerate(given.roles)
    )


def _organisation(build: Building, given: OrganisationGiven) -> Organisation:
    home = build.id_or_none("municipalities", given.municipality)
    return Organisation(key=given.key, name=given.name, type=given.type, municipality_id=home)


def _person(build: Building, given: PersonGiven, language: str) -> Person:
    return Person(
        key=given.key,
        name=given.name,
        email=given.email.lower(),
        organisation_id=build.id("organisations", given.org),
        language=language,
    )
