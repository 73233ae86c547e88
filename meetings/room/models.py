"""The tables of a running meeting: presence and items as intervals, recusals, findings, speeches, what was captured.

Quorum, electorate and the attendance list are derived from them. All moments are aware and in UTC.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from meetings.room.states import (
    CapturedKind,
    Departure,
    Mode,
    MotionResult,
    Occasion,
    RecusalReason,
    Source,
    SpeechKind,
)


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
    mode: Mode = enum_field(Mode, "mode", default=Mode.ONSITE)
    departure: Departure | None = enum_field(Departure, "departure", default=None)


class Recusal(TenantOwned, table=True):
    """A seat that takes no part in an item (VwVfG § 20(4)): it neither votes nor counts for the quorum of that vote.

    It holds from `declared_at` to the end of the item, or to `until` if it was lifted before. `decided`: the body
    itself said so.
    """

    __tablename__ = "recusal"

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = owned_by("agenda_item.id")
    seat_id: int = Field(foreign_key="seat.id", index=True)
    declared_at: datetime
    until: datetime | None = None
    source: Source = enum_field(Source, "source")
    reason: RecusalReason | None = enum_field(RecusalReason, "reason", default=None)
    decided: bool = False
    left_room: bool = False


class MeetingRoom(TenantOwned, table=True):
    """How the room of a meeting is set up; a meeting without a row has none of it.

    `needs_code`: who comes in person reports with the code on the wall. `guests_out`: the room is closed to guests, so
    that the wall may show what is not public. `speaking_minutes`: the time of one speech, 0 for no limit.
    """

    __tablename__ = "meeting_room"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", ondelete="CASCADE", unique=True)
    needs_code: bool = False
    remote_allowed: bool = False
    guests_out: bool = False
    list_closed: bool = False
    speaking_minutes: int = 0


class ItemSpan(TenantOwned, table=True):
    """A time in which an item was the current one."""

    __tablename__ = "item_span"
    __table_args__ = (CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = owned_by("meeting.id")
    item_id: int = owned_by("agenda_item.id")
    since: datetime
    until: datetime | None = None


class Interruption(TenantOwned, table=True):
    """A time in which the meeting was interrupted, and why."""

    __tablename__ = "interruption"
    __table_args__ = (CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = owned_by("meeting.id")
    since: datetime
    until: datetime | None = None
    reason: str | None = None


class QuorumFinding(TenantOwned, table=True):
    """That the quorum was stated, lost or regained, with its arithmetic; rows are only added."""

    __tablename__ = "quorum_finding"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = owned_by("meeting.id")
    item_id: int | None = Field(default=None, foreign_key="agenda_item.id", index=True)
    at: datetime
    occasion: Occasion = enum_field(Occasion, "occasion")
    reached: bool
    present: int
    entitled: int
    needed: int
    kind: str = Field(max_length=32)


class Speech(TenantOwned, table=True):
    """Somebody on the speakers list: asked, perhaps began, ended; or `gone` from the list without a word."""

    __tablename__ = "speech"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = owned_by("meeting.id")
    item_id: int | None = Field(default=None, foreign_key="agenda_item.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: SpeechKind = enum_field(SpeechKind, "kind", default=SpeechKind.CONTRIBUTION)
    position: int = 0
    asked_at: datetime
    began_at: datetime | None = None
    ended_at: datetime | None = None
    gone: bool = False


class CapturedRow(TenantOwned, table=True):
    """A note, a task or a motion from the floor, captured while the meeting went on.

    `person_id`: who has the task, or who moved the motion. `dropped`: it was taken back before the meeting was held.
    """

    __tablename__ = "captured"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = owned_by("meeting.id")
    item_id: int | None = Field(default=None, foreign_key="agenda_item.id", index=True)
    kind: CapturedKind = enum_field(CapturedKind, "kind")
    at: datetime
    text: str
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    due: date | None = None
    result: MotionResult | None = enum_field(MotionResult, "result", default=None)
    in_favour: int | None = None
    against: int | None = None
    abstained: int | None = None
    dropped: bool = False
    version: int = 1
