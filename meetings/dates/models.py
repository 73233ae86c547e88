"""The tables of this room: a search for a date, the days that are proposed, what each person says to them."""

import datetime as dt

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from meetings.dates.states import DateChoice, DatePollState


class DatePoll(TenantOwned, table=True):
    """A search for the date of a body's meeting; `meeting_id` is what came of it."""

    __tablename__ = "date_poll"

    id: int | None = Field(default=None, primary_key=True)
    body_id: int = owned_by("body.id")
    title: str
    place: str | None = None
    answer_until: dt.date | None = None
    state: DatePollState = enum_field(DatePollState, "state", default=DatePollState.OPEN, index=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    by_id: int = Field(foreign_key="person.id", index=True)
    at: dt.datetime


class DateOption(TenantOwned, table=True):
    """A proposed day with its times; moments are aware and in UTC."""

    __tablename__ = "date_option"
    __table_args__ = (UniqueConstraint("poll_id", "starts_at"),)

    id: int | None = Field(default=None, primary_key=True)
    poll_id: int = owned_by("date_poll.id")
    date: dt.date
    starts_at: dt.datetime
    ends_at: dt.datetime


class DateAnswer(TenantOwned, table=True):
    """What a person says to a proposed day; the last word stands."""

    __tablename__ = "date_answer"
    __table_args__ = (UniqueConstraint("option_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    option_id: int = owned_by("date_option.id")
    person_id: int = owned_by("person.id")
    choice: DateChoice = enum_field(DateChoice, "choice")
    at: dt.datetime
