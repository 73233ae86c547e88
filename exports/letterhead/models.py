"""The tables of a county's own look. What was replaced stays, so that it can be taken back."""

from datetime import datetime

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from exports.letterhead.states import Purpose


class BaseDocument(TenantOwned, table=True):
    """An uploaded letterhead or template, cleaned; of the county, or of one body.

    `slot` is what it is in use for ("minutes" or "minutes/3"), empty once it is replaced: one in use at a time.
    `notes` are codes of what was left out, one per line.
    """

    __tablename__ = "base_document"
    __table_args__ = (UniqueConstraint("tenant_id", "slot"),)

    id: int | None = Field(default=None, primary_key=True)
    purpose: Purpose = enum_field(Purpose, "purpose")
    body_id: int | None = owned_by("body.id", nullable=True)
    slot: str | None = Field(default=None, max_length=64)
    name: str = Field(max_length=200)
    content: bytes = Field(sa_type=LargeBinary)
    size: int
    sha256: str = Field(max_length=64)
    notes: str = ""
    at: datetime
    by_id: int | None = Field(default=None, foreign_key="person.id", index=True)


class PageHead(TenantOwned, table=True):
    """What the county, or a body, says of itself in the head and foot of PDFs; lines are one per row of text."""

    __tablename__ = "page_head"
    __table_args__ = (UniqueConstraint("tenant_id", "slot"),)

    id: int | None = Field(default=None, primary_key=True)
    body_id: int | None = owned_by("body.id", nullable=True)
    slot: str | None = Field(default=None, max_length=64)
    lines: str = ""
    footer: str = ""
    logo: bytes | None = Field(default=None, sa_type=LargeBinary)
    logo_words: str = ""
    at: datetime
    by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
