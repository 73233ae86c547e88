"""The tables of structural gaps and of the topics that bundle them.

What a body decided about them is kept by the meetings, which know the gaps; not the other way round.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from app.people.states import Visibility
from knowledge.gaps.states import GapFacetName, GapStatus, LineageKind, Polarity, SolvableAt, TopicState


class Topic(TenantOwned, table=True):
    """A cross-case topic: what a body ranks and decides about. `brief` is the text of its one page, in Markdown.

    `contact_role` says whom to ask: a role, never a name. `version` counts changes. A topic that was merged keeps its
    key and names the one that took it in; a topic that was split off names the one that it came from.
    """

    __tablename__ = "topic"
    __table_args__ = (UniqueConstraint("tenant_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64)
    title: str
    guiding_question: str | None = None
    state: TopicState = enum_field(TopicState, "state", default=TopicState.DRAFT, index=True)
    rank: int | None = None
    brief: str | None = None
    contact_role: str | None = None
    version: int = 1
    changed_at: datetime | None = None
    merged_into_id: int | None = Field(default=None, foreign_key="topic.id", index=True)
    split_from_id: int | None = Field(default=None, foreign_key="topic.id", index=True)


class Gap(TenantOwned, table=True):
    """A structural gap. Severity and frequency are anchored scales 1–4; `reports` counts independent reports.

    `owner_id` is the person of the coordination who looks after it, `version` rises with every change of its text.
    """

    __tablename__ = "gap"
    __table_args__ = (
        UniqueConstraint("tenant_id", "key"),
        CheckConstraint("severity BETWEEN 1 AND 4", name="severity_scale"),
        CheckConstraint("frequency BETWEEN 1 AND 4", name="frequency_scale"),
        CheckConstraint("reports >= 0", name="reports_not_negative"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64)
    title: str
    summary: str
    solvable_at: SolvableAt = enum_field(SolvableAt, "solvable_at", index=True)
    severity: int
    frequency: int
    status: GapStatus = enum_field(GapStatus, "status", default=GapStatus.REPORTED, index=True)
    visibility: Visibility = enum_field(Visibility, "visibility", default=Visibility.COORDINATION, index=True)
    first_reported: date = Field(index=True)
    reports: int = 0
    report_source: str | None = None
    evidence_note: str | None = None
    deadline: date | None = Field(default=None, index=True)
    deadline_note: str | None = None
    deferred_until: date | None = Field(default=None, index=True)
    deferred_reason: str | None = None
    topic_id: int | None = Field(default=None, foreign_key="topic.id", index=True)
    topic_position: int | None = None
    merged_into_id: int | None = Field(default=None, foreign_key="gap.id", index=True)
    owner_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})


class GapFacet(TenantOwned, table=True):
    """A code of a gap, from the taxonomy list that belongs to the facet."""

    __tablename__ = "gap_facet"
    __table_args__ = (
        UniqueConstraint("gap_id", "facet", "key"),
        Index("ix_gap_facet_counted", "tenant_id", "facet", "key", "gap_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    gap_id: int = owned_by("gap.id")
    facet: GapFacetName = enum_field(GapFacetName, "facet")
    key: str = Field(max_length=64, index=True)
    position: int = 0


class GapMunicipality(TenantOwned, table=True):
    """A municipality in which the gap was seen."""

    __tablename__ = "gap_municipality"
    __table_args__ = (UniqueConstraint("gap_id", "municipality_id"),)

    id: int | None = Field(default=None, primary_key=True)
    gap_id: int = owned_by("gap.id")
    municipality_id: int = Field(foreign_key="municipality.id", index=True)
    position: int = 0


class Evidence(TenantOwned, table=True):
    """A station that speaks for or against a gap. For: it goes with its finding, so the two never disagree."""

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("gap_id", "station_id", "polarity"),
        Index("ix_evidence_counted", "station_id", "polarity", "tenant_id", "gap_id"),
        CheckConstraint("(polarity = 'for') = (finding_id IS NOT NULL)", name="supported_by_finding"),
    )

    id: int | None = Field(default=None, primary_key=True)
    gap_id: int = owned_by("gap.id")
    station_id: int = owned_by("station.id", index=False)
    finding_id: int | None = owned_by("finding.id", nullable=True)
    polarity: Polarity = enum_field(Polarity, "polarity", default=Polarity.FOR)
    position: int = 0
    text: str | None = None


class GapIndicator(TenantOwned, table=True):
    """A figure that shows the gap, before and after, as it was reported."""

    __tablename__ = "gap_indicator"

    id: int | None = Field(default=None, primary_key=True)
    gap_id: int = owned_by("gap.id")
    position: int = 0
    label: str
    before: str | None = None
    after: str | None = None
    period: str | None = None
    source: str | None = None


class Escalation(TenantOwned, table=True):
    """That a gap was reported to the state or the federation, and what came back. `version` counts changes."""

    __tablename__ = "escalation"

    id: int | None = Field(default=None, primary_key=True)
    gap_id: int = Field(foreign_key="gap.id", ondelete="CASCADE", unique=True)
    addressee: str
    via: str | None = None
    sent_on: date | None = None
    answer: str | None = None
    answered_on: date | None = None
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})


class GapHistory(TenantOwned, table=True):
    """A step in a gap's life: who moved it when, and why. Rows are only ever added; the database refuses the rest.

    `cause_kind` and `cause_id` name what caused the step as the trace does, e.g. the decision of a meeting.
    """

    __tablename__ = "gap_history"

    id: int | None = Field(default=None, primary_key=True)
    gap_id: int = owned_by("gap.id")
    at: datetime
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    source: GapStatus | None = enum_field(GapStatus, "source", default=None)
    target: GapStatus = enum_field(GapStatus, "target")
    reason: str | None = None
    cause_kind: str | None = Field(default=None, max_length=32)
    cause_id: int | None = None


class GapLineage(TenantOwned, table=True):
    """That the gap `source_id` was merged into `target_id`, or that `target_id` was split off from `source_id`.

    `reports` is how many reports went along, `took_topic` whether the target took its topic over.
    """

    __tablename__ = "gap_lineage"

    id: int | None = Field(default=None, primary_key=True)
    kind: LineageKind = enum_field(LineageKind, "kind")
    source_id: int = owned_by("gap.id")
    target_id: int = owned_by("gap.id")
    at: datetime
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    reason: str | None = None
    reports: int = 0
    took_topic: bool = False
    undone_at: datetime | None = None
    undone_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)


class GapMove(TenantOwned, table=True):
    """A row that went from one gap to the other with a merging or splitting: the name of its part, and its id.

    `said` is what the row was known by then (for a topic: the place in it), since ids are given anew; None: not noted.
    """

    __tablename__ = "gap_move"

    id: int | None = Field(default=None, primary_key=True)
    lineage_id: int = owned_by("gap_lineage.id")
    part: str = Field(max_length=32)
    row_id: int
    said: str | None = None
