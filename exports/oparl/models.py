"""The tables of publication: which bodies publish, and what was published of a meeting."""

from datetime import datetime

from sqlmodel import Field

from app.core.tables import TenantOwned


class OparlBody(TenantOwned, table=True):
    """A body that publishes, or did. The row stays when it is switched off: harvesters must learn of it."""

    __tablename__ = "oparl_body"

    id: int | None = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="body.id", ondelete="CASCADE", unique=True)
    is_on: bool = True
    first_at: datetime
    modified_at: datetime = Field(index=True)


class OparlMeeting(TenantOwned, table=True):
    """What was published of a meeting: `content` is JSON as `content.Published` writes it, without any address."""

    __tablename__ = "oparl_meeting"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", ondelete="CASCADE", unique=True)
    is_withdrawn: bool = False
    first_at: datetime = Field(index=True)
    modified_at: datetime = Field(index=True)
    content: str
