"""The tables of reports, of what was written about them, and, apart from them, of how reporters can be reached.

A report has no key of a person without an account: neither address nor device is kept, and of the secret link only
the hash of its token. The link of someone who left an e-mail address is made again from `ReportContact.seed` and the
installation's key, which is not in the database.
"""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from knowledge.privacy.states import HitVerdict
from knowledge.reports.states import Author, Frequency, ReportFacetName, ReportState


class Report(TenantOwned, table=True):
    """A report of a possible gap. `happened` and `wish` are empty once they were withdrawn."""

    __tablename__ = "report"
    __table_args__ = (UniqueConstraint("tenant_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64)
    state: ReportState = enum_field(ReportState, "state", default=ReportState.RECEIVED, index=True)
    received_at: datetime = Field(index=True)
    language: str = Field(default="de", max_length=8)
    token_hash: str = Field(unique=True, max_length=64)
    reporter_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    happened: str
    wish: str = ""
    municipality_id: int | None = Field(default=None, foreign_key="municipality.id", index=True)
    frequency: Frequency = enum_field(Frequency, "frequency", default=Frequency.UNKNOWN)
    gap_id: int | None = Field(default=None, foreign_key="gap.id", index=True)
    reason: str | None = None


class ReportFacet(TenantOwned, table=True):
    """A code of a report, from the taxonomy list that belongs to the facet."""

    __tablename__ = "report_facet"
    __table_args__ = (UniqueConstraint("report_id", "facet", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = owned_by("report.id")
    facet: ReportFacetName = enum_field(ReportFacetName, "facet")
    key: str = Field(max_length=64)
    position: int = 0


class ReportContact(TenantOwned, table=True):
    """Where a reporter may be asked back, `email` encrypted (`addresses`); erased when its day has come (DP-8)."""

    __tablename__ = "report_contact"
    __table_args__ = (UniqueConstraint("report_id"),)

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = owned_by("report.id", index=False)
    email: str
    seed: str = Field(max_length=64)
    erase_on: date = Field(index=True)


class ReportMessage(TenantOwned, table=True):
    """A reply of the coordination, or an answer of the reporter."""

    __tablename__ = "report_message"

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = owned_by("report.id")
    at: datetime
    author: Author = enum_field(Author, "author")
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    text: str


class ReportStep(TenantOwned, table=True):
    """A step in a report's life. Rows are only ever added; they go with the report."""

    __tablename__ = "report_step"

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = owned_by("report.id")
    at: datetime
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    source: ReportState | None = enum_field(ReportState, "source", default=None)
    target: ReportState = enum_field(ReportState, "target")


class ReportHit(TenantOwned, table=True):
    """What a person decided about a marked passage; `hit` is the hash of the passage, never the passage."""

    __tablename__ = "report_hit"
    __table_args__ = (UniqueConstraint("report_id", "hit"),)

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = owned_by("report.id", index=False)
    hit: str = Field(max_length=16)
    verdict: HitVerdict = enum_field(HitVerdict, "verdict")
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    at: datetime
