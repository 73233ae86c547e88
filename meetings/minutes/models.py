"""The tables of minutes: blocks of Markdown with every revision, signatures, objections, kept files, text modules."""

import datetime as dt
from datetime import datetime

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from meetings.minutes.states import FilePurpose, MinutesKind, MinutesState, SigningRole, Treatment


class Minutes(TenantOwned, table=True):
    """The minutes of a meeting. `content_sha256` is the hash of what the circulated and signed text says.

    `distribution` and `annexes` are printed at the end, one per line.
    """

    __tablename__ = "minutes"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", unique=True)
    state: MinutesState = enum_field(MinutesState, "state", default=MinutesState.DRAFTING, index=True)
    kind: MinutesKind = enum_field(MinutesKind, "kind", default=MinutesKind.CONDENSED)
    version: int = 1
    circulated_at: datetime | None = None
    objections_until: dt.date | None = None
    content_sha256: str | None = Field(default=None, max_length=64)
    signed_at: datetime | None = None
    adopted_on: dt.date | None = None
    adopted_in_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    distribution: str | None = None
    annexes: str | None = None


class MinutesBlock(TenantOwned, table=True):
    """What is minuted on an item. `revision` grows by one with each saved change.

    `drawn_from` is the generated text that the writer had in front of them; what is generated later differs from it.
    """

    __tablename__ = "minutes_block"
    __table_args__ = (UniqueConstraint("minutes_id", "item_id"),)

    id: int | None = Field(default=None, primary_key=True)
    minutes_id: int = owned_by("minutes.id")
    item_id: int = owned_by("agenda_item.id")
    text: str = ""
    revision: int = 1
    drawn_from: str | None = None
    updated_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    updated_at: datetime | None = None


class MinutesRevision(TenantOwned, table=True):
    """A text that was saved for a block; rows are only added."""

    __tablename__ = "minutes_revision"
    __table_args__ = (UniqueConstraint("block_id", "revision"),)

    id: int | None = Field(default=None, primary_key=True)
    block_id: int = owned_by("minutes_block.id", index=False)
    revision: int
    text: str
    by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    at: datetime


class MinutesSignature(TenantOwned, table=True):
    """That somebody signed the content with this hash, or refused to and why. One per role, never changed."""

    __tablename__ = "minutes_signature"
    __table_args__ = (UniqueConstraint("minutes_id", "role"),)

    id: int | None = Field(default=None, primary_key=True)
    minutes_id: int = owned_by("minutes.id", index=False)
    role: SigningRole = enum_field(SigningRole, "role")
    person_id: int = Field(foreign_key="person.id", index=True)
    name: str
    at: datetime
    content_sha256: str = Field(max_length=64)
    refused: bool = False
    reason: str | None = None


class MinutesObjection(TenantOwned, table=True):
    """An objection to minutes. Treated in a later meeting, it is printed in that meeting's minutes."""

    __tablename__ = "minutes_objection"

    id: int | None = Field(default=None, primary_key=True)
    minutes_id: int = owned_by("minutes.id")
    item_id: int | None = Field(default=None, foreign_key="agenda_item.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    name: str
    at: datetime
    text: str
    treatment: Treatment | None = enum_field(Treatment, "treatment", default=None)
    note: str | None = None
    treated_in_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    treated_at: datetime | None = None
    treated_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)


class KeptFile(TenantOwned, table=True):
    """A file as it left the house, byte for byte: the register of hashes that others can check theirs against."""

    __tablename__ = "kept_file"

    id: int | None = Field(default=None, primary_key=True)
    minutes_id: int = owned_by("minutes.id")
    decision_id: int | None = Field(default=None, foreign_key="decision.id", index=True)
    purpose: FilePurpose = enum_field(FilePurpose, "purpose")
    name: str
    sha256: str = Field(max_length=64, index=True)
    size: int
    content: bytes = Field(sa_type=LargeBinary)
    at: datetime
    by_id: int | None = Field(default=None, foreign_key="person.id", index=True)


class ExtractReturn(TenantOwned, table=True):
    """That the extract of a decision went back to where its paper came from; `noted_at`: they said they have it."""

    __tablename__ = "extract_return"
    __table_args__ = (UniqueConstraint("decision_id", "paper_id"),)

    id: int | None = Field(default=None, primary_key=True)
    decision_id: int = owned_by("decision.id", index=False)
    paper_id: int = owned_by("paper.id")
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    at: datetime
    noted_at: datetime | None = None
    noted_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)


class TextModule(TenantOwned, table=True):
    """A text that a body uses again and again in its minutes."""

    __tablename__ = "text_module"

    id: int | None = Field(default=None, primary_key=True)
    body_id: int = owned_by("body.id")
    title: str
    text: str
    position: int = 0
    version: int = 1
