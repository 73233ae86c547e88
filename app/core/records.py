"""The tables of the ground floor: audit entries and their head, live events, used one-time keys, background jobs,
outgoing mail."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.core.jobs_states import JobState
from app.core.mail_states import MailState
from app.core.tables import TenantOwned, enum_field


class AuditEntry(TenantOwned, table=True):
    """One act, chained to the one before it. Holds keys, states and numbers, never content."""

    __tablename__ = "audit_entry"
    __table_args__ = (UniqueConstraint("tenant_id", "seq"),)

    id: int | None = Field(default=None, primary_key=True)
    seq: int
    at: datetime = Field(index=True)
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


class Job(TenantOwned, table=True):
    """Work that goes on after the answer: what, for whom, how far. `arguments` and `result` are JSON.

    `beat_at` is the last sign of life of the worker that has it; a silent one's job is taken up again.
    """

    __tablename__ = "job"

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=64)
    state: JobState = enum_field(JobState, "state", default=JobState.WAITING, index=True)
    arguments: str = "{}"
    person_id: int = Field(foreign_key="person.id", index=True)
    created_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    done: int = 0
    total: int = 0
    text: str = ""
    result: str = "{}"
    cancel_wanted: bool = False
    attempts: int = 0
    worker: str = Field(default="", max_length=128)
    beat_at: datetime | None = None


class PeriodicRun(SQLModel, table=True):
    """The last period in which work of the whole house was begun, so that several workers do it once."""

    __tablename__ = "periodic_run"

    name: str = Field(primary_key=True, max_length=64)
    period: int
    finished: bool = False
    worker: str = Field(default="", max_length=128)
    beat_at: datetime


class MailOutbox(TenantOwned, table=True):
    """A mail that waits, was handed to the mail server, or was given up; `problem` says why.

    `once` names what must be sent one time only. `claimed_until` is how long the deliverer that took it has for it.
    `calendar` is an appointment that goes with it, as iCalendar.
    """

    __tablename__ = "mail_outbox"
    __table_args__ = (UniqueConstraint("tenant_id", "once"),)

    id: int | None = Field(default=None, primary_key=True)
    recipient: str = Field(max_length=254)
    subject: str
    text: str
    reference: str = Field(max_length=64)
    unsubscribe: str | None = None
    calendar: str | None = None
    once: str | None = Field(default=None, max_length=96)
    message_id: str = Field(max_length=128)
    created_at: datetime = Field(index=True)
    state: MailState = enum_field(MailState, "state", default=MailState.WAITING, index=True)
    attempts: int = 0
    next_at: datetime
    claimed_until: datetime | None = None
    sent_at: datetime | None = None
    problem: str | None = None
