"""The tables of circulars. Text, rule and electorate are frozen when a circular is sent, the count when it ends."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from meetings.circular.states import CircularKind, CircularState, Voice


class Circular(TenantOwned, table=True):
    """A motion that a body decides in writing. `note` says why it was stopped or withdrawn."""

    __tablename__ = "circular"
    __table_args__ = (UniqueConstraint("tenant_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64)
    body_id: int = Field(foreign_key="body.id", index=True)
    title: str
    text: str
    reason: str | None = None
    kind: CircularKind = enum_field(CircularKind, "kind")
    state: CircularState = enum_field(CircularState, "state", default=CircularState.RUNNING, index=True)
    opened_at: datetime
    opened_by_id: int = Field(foreign_key="person.id", index=True)
    deadline: datetime
    reminded_at: datetime | None = None
    rule: str
    rule_sha256: str = Field(max_length=64)
    closed_at: datetime | None = None
    closed_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    note: str | None = None
    tally: str | None = None
    tally_sha256: str | None = Field(default=None, max_length=64)
    file: str | None = None
    file_sha256: str | None = Field(default=None, max_length=64)
    decision_id: int | None = Field(default=None, foreign_key="decision.id", index=True)
    reported_meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)


class CircularVoice(TenantOwned, table=True):
    """A seat that may answer, and its answer. One per seat, by the database."""

    __tablename__ = "circular_voice"
    __table_args__ = (UniqueConstraint("circular_id", "seat_id"),)

    id: int | None = Field(default=None, primary_key=True)
    circular_id: int = owned_by("circular.id")
    seat_id: int = Field(foreign_key="seat.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    answer: Voice | None = enum_field(Voice, "answer", default=None, nullable=True)
    reason: str | None = None
    answered_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    answered_at: datetime | None = None
