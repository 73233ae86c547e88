"""The tables of this room: letters that were sent, answers to them, addresses of personal calendars."""

import datetime as dt

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from meetings.invitations.states import AnswerKind, LetterKind


class MeetingLetter(TenantOwned, table=True):
    """One mail about a meeting to one person. Rows are only added; `bounced_at` is noted by hand when a mail came back.

    `sequence` is the calendar's (RFC 5545), `plan` the fingerprint of day, times and place that the receiver knows
    since, `supplements` how many supplements of the agenda. `mail_once` finds the mail in the outbox.
    """

    __tablename__ = "meeting_letter"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = owned_by("meeting.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    recipient: str = Field(max_length=254)
    kind: LetterKind = enum_field(LetterKind, "kind")
    sequence: int = 0
    plan: str = Field(max_length=64)
    supplements: int = 0
    at: dt.datetime
    mail_once: str = Field(max_length=96, index=True)
    bounced_at: dt.datetime | None = None


class MeetingAnswer(TenantOwned, table=True):
    """The answer for a seat, or of a guest who has none; `person_id` comes, or does not. The last word stands."""

    __tablename__ = "meeting_answer"
    __table_args__ = (UniqueConstraint("meeting_id", "seat_id"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = owned_by("meeting.id")
    seat_id: int | None = owned_by("seat.id", nullable=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: AnswerKind = enum_field(AnswerKind, "kind")
    by_id: int = Field(foreign_key="person.id", index=True)
    at: dt.datetime


class CalendarAddress(TenantOwned, table=True):
    """The secret address of a person's calendar. Only the hash of its secret is kept; without the row it is gone."""

    __tablename__ = "calendar_address"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE", unique=True)
    secret_hash: str = Field(max_length=64, unique=True)
    created_at: dt.datetime
