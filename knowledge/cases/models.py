"""The tables of reconstructed cases. A case names types of agencies, never an agency, and months, never dates.

In which workshop a case is reconstructed is a row of the workshops' room.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from knowledge.cases.states import (
    CaseFacetName,
    CaseState,
    CaseTiming,
    CheckResult,
    ConsentForm,
    ConsentScopeName,
    FindingKind,
    StationAssessment,
)


class Case(TenantOwned, table=True):
    """A pseudonymised case. Month 0 is its `anchor` event; `case_giver_type` is a code of agency_types.

    The household is held in bands (`adults` and `children` end in „drei oder mehr“); `household` says it in words.
    A draft with `submitted_at` waits for the second person; `returned_note` says what that person wants changed.
    A draft that nobody checks is erased, counting from `created_on`.
    An erased case that still counts keeps `giver_organisation_id` instead of its giver.
    """

    __tablename__ = "case"
    __table_args__ = (UniqueConstraint("tenant_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64)
    title: str
    state: CaseState = enum_field(CaseState, "state", default=CaseState.DRAFT, index=True)
    case_giver_type: str = Field(max_length=64)
    case_giver_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    municipality_id: int | None = Field(default=None, foreign_key="municipality.id", index=True)
    household: str
    anchor: str
    span_months: int
    timing: CaseTiming = enum_field(CaseTiming, "timing")
    client_view: str | None = None
    erased_on: date | None = None
    adults: int | None = None
    adult_age: str | None = Field(default=None, max_length=32)
    children: int | None = None
    child_age: str | None = Field(default=None, max_length=32)
    created_on: date | None = None
    submitted_at: datetime | None = None
    returned_note: str | None = None
    giver_organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)


class CaseFacet(TenantOwned, table=True):
    """A code of a case: affected_groups for AFFECTED_GROUP, life_domains for SENSITIVE."""

    __tablename__ = "case_facet"
    __table_args__ = (UniqueConstraint("case_id", "facet", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = owned_by("case.id")
    facet: CaseFacetName = enum_field(CaseFacetName, "facet")
    key: str = Field(max_length=64)
    position: int = 0


class ClientConsent(TenantOwned, table=True):
    """That the person whose case it is has consented; the form itself stays outside (DP-4)."""

    __tablename__ = "client_consent"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id", ondelete="CASCADE", unique=True)
    form: ConsentForm = enum_field(ConsentForm, "form")
    obtained_month: str = Field(max_length=7)
    language_supported: bool
    withdrawn: bool = False
    withdrawn_on: date | None = None


class ConsentScope(TenantOwned, table=True):
    """One thing that a consent covers."""

    __tablename__ = "consent_scope"
    __table_args__ = (UniqueConstraint("consent_id", "scope"),)

    id: int | None = Field(default=None, primary_key=True)
    consent_id: int = owned_by("client_consent.id")
    scope: ConsentScopeName = enum_field(ConsentScopeName, "scope")
    position: int = 0


class DeidentificationCheck(TenantOwned, table=True):
    """The second person's look at a case before it is released (DP-4, DP-14)."""

    __tablename__ = "deidentification_check"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id", ondelete="CASCADE", unique=True)
    checked_by_id: int = Field(foreign_key="person.id", index=True)
    checked_on: date
    result: CheckResult = enum_field(CheckResult, "result")


class DeidentificationChange(TenantOwned, table=True):
    """What was changed in a case so that nobody recognises the person."""

    __tablename__ = "deidentification_change"

    id: int | None = Field(default=None, primary_key=True)
    check_id: int = owned_by("deidentification_check.id")
    position: int = 0
    text: str


class Station(TenantOwned, table=True):
    """A point of the timeline, `month` after the anchor. Domains and transition are codes of the taxonomy.

    `added_live`: the round added it in the workshop, after the case's check; the review looks at it.
    """

    __tablename__ = "station"
    __table_args__ = (UniqueConstraint("case_id", "key"), CheckConstraint("month >= 0", name="month_not_negative"))

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = owned_by("case.id")
    key: str = Field(max_length=16)
    position: int = 0
    month: int
    title: str
    legal_domain: str = Field(max_length=64, index=True)
    life_domain: str = Field(max_length=64, index=True)
    transition: str | None = Field(default=None, max_length=64, index=True)
    assessment: StationAssessment = enum_field(StationAssessment, "assessment", index=True)
    text: str
    what_helped: str | None = None
    hidden: bool = False
    duration_weeks: int | None = None
    days_without_benefits: int | None = None
    days_without_insurance: int | None = None
    added_live: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})


class StationAgency(TenantOwned, table=True):
    """A type of agency (code of agency_types) that took part in a station."""

    __tablename__ = "station_agency"
    __table_args__ = (UniqueConstraint("station_id", "agency_type"),)

    id: int | None = Field(default=None, primary_key=True)
    station_id: int = owned_by("station.id")
    position: int = 0
    agency_type: str = Field(max_length=64)


class Finding(TenantOwned, table=True):
    """What a station shows about the system; `gap_id` once it is known which structural gap it supports."""

    __tablename__ = "finding"

    id: int | None = Field(default=None, primary_key=True)
    station_id: int = owned_by("station.id")
    gap_id: int | None = Field(default=None, foreign_key="gap.id", index=True)
    position: int = 0
    text: str
    kind: FindingKind = enum_field(FindingKind, "kind", default=FindingKind.SUPPORTS)


class OpenQuestion(TenantOwned, table=True):
    """A question that the reconstruction left open."""

    __tablename__ = "open_question"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = owned_by("case.id")
    position: int = 0
    text: str


class RemovedStation(TenantOwned, table=True):
    """A station that was taken out of a draft, as JSON, until it is put back or the draft is given for checking."""

    __tablename__ = "removed_station"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = owned_by("case.id")
    removed_at: datetime
    content: str


class CaseAccessEntry(TenantOwned, table=True):
    """Who opened which case when, and nothing of what it says (DP-15)."""

    __tablename__ = "case_access_entry"
    __table_args__ = (Index("ix_case_access_entry_case_id_at", "case_id", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = owned_by("case.id", index=False)
    person_id: int = Field(foreign_key="person.id", index=True)
    at: datetime = Field(index=True)
