"""The tables of the ground floor: audit entries and their head, live events, used one-time keys."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned


class AuditEntry(TenantOwned, table=True):
    """One act, chained to the one before it. Holds keys, states and numbers, never content."""

    __tablename__ = "audit_entry"
    __table_args__ = (UniqueConstraint("tenant_id", "seq"),)

    id: int | None = Field(default=None, primary_key=True)
    seq: int
    at: datetime
    person_id: int | None = None
    organisation_id: int | None = None
    action: str = Field(max_length=64)
    object_type: str = Field(max_length=64)
    object_key: str = Field(max_length=64)
    facts: str
    request_id: str = Field(max_length=64)
    prev: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class AuditHead(TenantOwned, table=True):
    """The end of a tenant's chain; its row lock puts the tenant's writers in one order."""

    __tablename__ = "audit_head"
    __table_args__ = (UniqueConstraint("tenant_id"),)

    id: int | None = Field(default=None, primary_key=True)
    seq: int = 0
    hash: str = Field(default="", max_length=64)


class LiveEvent(TenantOwned, table=True):
    """Something changed that somebody may be looking at; `id` is what a browser resumes from."""

    __tablename__ = "live_event"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    channel: str = Field(max_length=64, index=True)
    name: str = Field(max_length=64)


class UsedKey(TenantOwned, table=True):
    """A form's one-time key that has been used, and where its sender was sent."""

    __tablename__ = "used_key"
    __table_args__ = (UniqueConstraint("tenant_id", "person_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int
    key: str = Field(max_length=64)
    location: str
    at: datetime = Field(index=True)
