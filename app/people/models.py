"""The tables of tenants, their organisations, municipalities and persons, and of sign-in."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.core.tables import TenantOwned, enum_field, owned_by
from app.people.states import (
    CardAuthorRetention,
    FactSection,
    MunicipalityKind,
    Role,
    TenantKind,
    Visibility,
)


class Tenant(SQLModel, table=True):
    """A county or city that runs the programme. `fictional` data never mixes with real ones (DP-20)."""

    __tablename__ = "tenant"
    __table_args__ = (CheckConstraint("min_cell >= 1", name="min_cell_positive"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=64)
    name: str
    kind: TenantKind = enum_field(TenantKind, "kind")
    state: str = Field(default="NRW", max_length=64)
    region: str | None = None
    inhabitants: int | None = None
    language: str = Field(default="de", max_length=8)
    timezone: str = Field(default="Europe/Berlin", max_length=64)
    fictional: bool = False
    as_of: date | None = None
    notice: str | None = None
    direct_route_enabled: bool = False
    min_cell: int = 3
    case_retention_months: int = 12
    card_author_retention: CardAuthorRetention = enum_field(
        CardAuthorRetention, "card_author_retention", default=CardAuthorRetention.UNTIL_CLOSE
    )


class KeyNumber(TenantOwned, table=True):
    """The last number that was given in a series of keys (`F-2026`). It only rises, so that no key is given twice."""

    __tablename__ = "key_number"
    __table_args__ = (UniqueConstraint("tenant_id", "series"),)

    id: int | None = Field(default=None, primary_key=True)
    series: str = Field(max_length=32)
    last: int = 0


class TenantTerm(TenantOwned, table=True):
    """What this tenant calls a thing: steering → „Lenkungsgruppe“. No label: the tenant has no word for it."""

    __tablename__ = "tenant_term"
    __table_args__ = (UniqueConstraint("tenant_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=64)
    label: str | None = None


class FieldVisibility(TenantOwned, table=True):
    """Who may see a field, named as `cases.stations`."""

    __tablename__ = "field_visibility"
    __table_args__ = (UniqueConstraint("tenant_id", "field"),)

    id: int | None = Field(default=None, primary_key=True)
    field: str = Field(max_length=64)
    visibility: Visibility = enum_field(Visibility, "visibility")


class ProgrammeBlock(TenantOwned, table=True):
    """A block of the programme (Baustein, Handlungsfeld); `number` as the tenant writes it: 1 or III."""

    __tablename__ = "programme_block"
    __table_args__ = (UniqueConstraint("tenant_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    position: int = 0
    number: str = Field(max_length=16)
    content: str
    funding: str | None = None
    commitment: str | None = None


class StaffPost(TenantOwned, table=True):
    """Posts of the programme in full-time equivalents; `block` is the number of a programme block."""

    __tablename__ = "staff_post"

    id: int | None = Field(default=None, primary_key=True)
    position: int = 0
    block: str | None = Field(default=None, max_length=16)
    code: str | None = Field(default=None, max_length=64)
    label: str
    fte: float


class TenantFact(TenantOwned, table=True):
    """What is said about a tenant and has no column of its own; `value` is JSON, `path` its place in the source."""

    __tablename__ = "tenant_fact"
    __table_args__ = (UniqueConstraint("tenant_id", "section", "path"),)

    id: int | None = Field(default=None, primary_key=True)
    position: int = 0
    section: FactSection = enum_field(FactSection, "section", index=True)
    path: str
    value: str


class Municipality(TenantOwned, table=True):
    """A constituent municipality, with the time in which it takes part. None: nothing is known."""

    __tablename__ = "municipality"
    __table_args__ = (UniqueConstraint("tenant_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64)
    name: str
    kind: MunicipalityKind | None = enum_field(MunicipalityKind, "kind", default=None)
    inhabitants: int | None = None
    own_foreigners_authority: bool | None = None
    own_youth_office: bool | None = None
    casemgmt: bool | None = None
    valid_from: date | None = None
    valid_to: date | None = None


class Organisation(TenantOwned, table=True):
    """A member of the network; `type` is a code of the list agency_types, empty where it is not known."""

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("tenant_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64)
    name: str
    type: str = Field(default="", max_length=64, index=True)
    municipality_id: int | None = Field(default=None, foreign_key="municipality.id", index=True)


class Person(TenantOwned, table=True):
    """A person with an account. Without `password_hash` nobody can sign in with a password."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("tenant_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64)
    name: str
    email: str = Field(unique=True, max_length=254)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    password_hash: str | None = None
    active: bool = True
    language: str = Field(default="de", max_length=8)


class PersonRole(TenantOwned, table=True):
    """A role that a person has."""

    __tablename__ = "person_role"
    __table_args__ = (UniqueConstraint("person_id", "role"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = owned_by("person.id")
    position: int = 0
    role: Role = enum_field(Role, "role")


class SignInSession(SQLModel, table=True):
    """A signed-in browser. The database keeps only the hash of its token, and nothing about the device."""

    __tablename__ = "sign_in_session"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    person_id: int = owned_by("person.id")
    created_at: datetime
    seen_at: datetime
    expires_at: datetime = Field(index=True)


class RateBucket(SQLModel, table=True):
    """How often something was tried in the window that began at `window_start`."""

    __tablename__ = "rate_bucket"
    __table_args__ = (UniqueConstraint("bucket", "window_start"),)

    id: int | None = Field(default=None, primary_key=True)
    bucket: str = Field(max_length=64)
    window_start: datetime = Field(index=True)
    count: int = 0
