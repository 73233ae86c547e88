"""The tables of minutes: one row per meeting, one block of Markdown per agenda item."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from meetings.minutes.states import MinutesState


class Minutes(TenantOwned, table=True):
    """The minutes of a meeting."""

    __tablename__ = "minutes"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", unique=True)
    state: MinutesState = enum_field(MinutesState, "state", default=MinutesState.DRAFTING, index=True)
    version: int = 1


class MinutesBlock(TenantOwned, table=True):
    """What is minuted on an item. `revision` grows by one with each saved change."""

    __tablename__ = "minutes_block"
    __table_args__ = (UniqueConstraint("minutes_id", "item_id"),)

    id: int | None = Field(default=None, primary_key=True)
    minutes_id: int = owned_by("minutes.id")
    item_id: int = owned_by("agenda_item.id")
    text: str = ""
    revision: int = 1
    updated_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    updated_at: datetime | None = None
