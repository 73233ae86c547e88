"""The tables of polls. Rule and electorate are frozen when a poll opens, the count when it closes."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from meetings.voting.states import PollMethod, PollMode, PollState


class Poll(TenantOwned, table=True):
    """A vote on an item. `rule`, `tally` and `file` are frozen texts, each with its hash; `file` is the ballot file.

    A voided poll stays with its reason; the one that is run instead of it names it in `replaces_id`.
    """

    __tablename__ = "poll"

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="agenda_item.id", index=True)
    title: str
    method: PollMethod = enum_field(PollMethod, "method")
    mode: PollMode = enum_field(PollMode, "mode", default=PollMode.UNNAMED)
    state: PollState = enum_field(PollState, "state", default=PollState.OPEN, index=True)
    rule: str
    rule_sha256: str = Field(max_length=64)
    opened_at: datetime | None = None
    opened_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    closed_at: datetime | None = None
    closed_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    papers: str | None = None
    """What the office entered from paper: JSON, ballots with how often each lay in the box."""
    tally: str | None = None
    tally_sha256: str | None = Field(default=None, max_length=64)
    file: str | None = None
    file_sha256: str | None = Field(default=None, max_length=64)
    voided_at: datetime | None = None
    voided_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    void_reason: str | None = None
    replaces_id: int | None = Field(default=None, foreign_key="poll.id", index=True)


class PollOption(TenantOwned, table=True):
    """What can be chosen; `topic_id` if the option is a topic."""

    __tablename__ = "poll_option"
    __table_args__ = (UniqueConstraint("poll_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    poll_id: int = owned_by("poll.id")
    position: int
    topic_id: int | None = Field(default=None, foreign_key="topic.id", index=True)
    title: str
    cost: int | None = None


class PollEntitlement(TenantOwned, table=True):
    """A seat that may vote in a poll: the electorate as it was when the poll opened.

    `person_id` sat there at that moment, if it was known who; `weight` is how many votes the seat has.
    """

    __tablename__ = "poll_entitlement"
    __table_args__ = (UniqueConstraint("poll_id", "seat_id"),)

    id: int | None = Field(default=None, primary_key=True)
    poll_id: int = owned_by("poll.id")
    seat_id: int = Field(foreign_key="seat.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    weight: int = 1


class Ballot(TenantOwned, table=True):
    """That a seat has cast, and by whom. One per seat and poll, by the database.

    `answer` is the ballot as the ballot file writes it (JSON); empty for dots, which are points, and for secret polls,
    whose ballots lie sealed elsewhere.
    """

    __tablename__ = "ballot"
    __table_args__ = (UniqueConstraint("poll_id", "seat_id"),)

    id: int | None = Field(default=None, primary_key=True)
    poll_id: int = owned_by("poll.id")
    seat_id: int = Field(foreign_key="seat.id", index=True)
    cast_by_id: int = Field(foreign_key="person.id", index=True)
    cast_at: datetime
    answer: str | None = None


class BallotPoint(TenantOwned, table=True):
    """What a ballot gives an option: dots, points, a rank, or 1 for a plain choice."""

    __tablename__ = "ballot_point"
    __table_args__ = (UniqueConstraint("ballot_id", "option_id"),)

    id: int | None = Field(default=None, primary_key=True)
    ballot_id: int = owned_by("ballot.id")
    option_id: int = owned_by("poll_option.id")
    points: int
