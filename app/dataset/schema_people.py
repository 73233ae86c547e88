"""The shape of a demo file's first part: meta, tenant, municipalities, organisations, people."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from app.dataset.values import (
    AgencyType,
    Count,
    Distinct,
    Email,
    Figure,
    Key,
    Lax,
    MunicipalityKey,
    OrganisationKey,
    Strictly,
    Term,
    Text,
)
from app.people.states import CardAuthorRetention, MunicipalityKind, Role, TenantKind, Visibility

SettingsNumber = Annotated[int, Field(ge=1, le=1000)]


class Meta(Strictly):
    """What the file is."""

    format: Literal["kim-demo/1"]
    language: Annotated[str, Field(pattern="^[a-z]{2}$")] = "de"
    fictional: bool
    as_of: dt.date
    notice: Text | None = None
    field_visibility: dict[Term, Annotated[Visibility, Lax]] = {}


class TenantSettings(Strictly):
    """What a tenant sets."""

    direct_route_enabled: bool = False
    min_cell: SettingsNumber = 3
    case_retention_months: SettingsNumber = 12
    card_author_retention: Annotated[CardAuthorRetention, Lax] = CardAuthorRetention.UNTIL_CLOSE


class Post(Strictly):
    """Posts in full-time equivalents."""

    block: Annotated[int, Field(ge=1, le=99)]
    label: Text
    fte: Annotated[Figure, Field(gt=0)]


class TenantGiven(Strictly):
    """The tenant."""

    key: Key
    name: Text
    kind: Annotated[TenantKind, Lax]
    state: Term
    terminology: dict[Term, Text | None] = {}
    settings: TenantSettings = TenantSettings()
    staffing: list[Post] = []


class MunicipalityGiven(Strictly):
    """A municipality."""

    key: Key
    name: Text
    kind: Annotated[MunicipalityKind, Lax]
    inhabitants: Count
    own_foreigners_authority: bool
    own_youth_office: bool
    casemgmt: bool


class OrganisationGiven(Strictly):
    """An organisation."""

    key: Key
    name: Text
    type: AgencyType
    municipality: MunicipalityKey | None = None


class PersonGiven(Strictly):
    """A person with an account."""

    key: Key
    name: Text
    org: OrganisationKey
    roles: Distinct[Annotated[Role, Lax]]
    email: Email
