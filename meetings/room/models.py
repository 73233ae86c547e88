"""The tables of a running meeting: presence as intervals, and recusals. Quorum and electorate are derived from them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from meetings.room.states import Source


class Presence(TenantOwned, table=True):
    """A seat is taken `since` a moment, `until` another or still. `person_id`: the holder or a deputy, if known."""

    __tablename__ = "presence"
    __table_args__ = (CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = owned_by("meeting.id")
    seat_id: int = Field(foreign_key="seat.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    since: datetime
    until: datetime | None = None
    source: Source = enum_field(Source, "source")


class Recusal(TenantOwned, table=True):
    """A seat that takes no part in an item (VwVfG § 20(4)): it neither votes nor counts for the quorum of that vote."""

    __tablename__ = "recusal"
    __table_args__ = (UniqueConstraint("item_id", "seat_id"),)

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = owned_by("agenda_item.id")
    seat_id: int = Field(foreign_key="seat.id", index=True)
    declared_at: datetime
    source: Source = enum_field(Source, "source")
    reason: str | None = None
