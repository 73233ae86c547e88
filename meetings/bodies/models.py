"""The tables of bodies: their rules of procedure as data, mandates, seats and who holds them."""

import datetime as dt
from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from meetings.bodies.states import (
    BodyKind,
    ChangeKind,
    CircularRule,
    HiddenPart,
    MandatePointKind,
    MinutesAdoption,
    NoticeUnit,
    ObligationConsent,
    PartNumbering,
    SeatKind,
    TieRule,
    VoteUnit,
)


class Body(TenantOwned, table=True):
    """A body that meets and decides. `lead_id` and `moderation_id` are those of a project group."""

    __tablename__ = "body"
    __table_args__ = (UniqueConstraint("tenant_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64)
    name: str
    kind: BodyKind = enum_field(BodyKind, "kind", index=True)
    parent_id: int | None = Field(default=None, foreign_key="body.id", index=True)
    established: date | None = None
    ends: date | None = None
    purpose: str | None = None
    rhythm: str | None = None
    chair_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    office_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    lead_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    moderation_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    version: int = 1


class BodyRules(TenantOwned, table=True):
    """The rules of procedure of a body. `quorum` and `decision` name rules of the room and of the votes.

    A body without a row of its own follows its parent's. Periods are in calendar days, that of the invitation and the
    shorter one for urgent matters in days of their unit.
    """

    __tablename__ = "body_rules"

    id: int | None = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="body.id", ondelete="CASCADE", unique=True)
    vote_unit: VoteUnit = enum_field(VoteUnit, "vote_unit", default=VoteUnit.ORGANISATION)
    quorum: str = Field(default="half_of_voting_members", max_length=64)
    decision: str = Field(default="consensus_then_majority", max_length=64)
    tie: TieRule = enum_field(TieRule, "tie", default=TieRule.REJECTED)
    consent_of_obligated: ObligationConsent = enum_field(
        ObligationConsent, "consent_of_obligated", default=ObligationConsent.REQUIRED
    )
    secret_on_request_of: int | None = None
    invitation_days: int = 14
    notice_unit: NoticeUnit = enum_field(NoticeUnit, "notice_unit", default=NoticeUnit.CALENDAR)
    counts_send_day: bool = False
    counts_meeting_day: bool = True
    urgent_days: int | None = None
    urgent_unit: NoticeUnit | None = enum_field(NoticeUnit, "urgent_unit", default=None)
    supplement_days: int | None = None
    papers_days: int = 10
    part_numbering: PartNumbering = enum_field(PartNumbering, "part_numbering", default=PartNumbering.THROUGH)
    hidden_part: HiddenPart = enum_field(HiddenPart, "hidden_part", default=HiddenPart.HEADINGS)
    circular_decision: CircularRule = enum_field(
        CircularRule, "circular_decision", default=CircularRule.ALLOWED_UNLESS_OBJECTION
    )
    minutes_adoption: MinutesAdoption = enum_field(
        MinutesAdoption, "minutes_adoption", default=MinutesAdoption.NEXT_MEETING
    )
    minutes_objection_days: int | None = 14
    public: bool = False


class BodyChange(TenantOwned, table=True):
    """That somebody changed a body; `changes` is JSON, a list of [field, before, after]. Rows are only added."""

    __tablename__ = "body_change"

    id: int | None = Field(default=None, primary_key=True)
    body_id: int = owned_by("body.id")
    at: dt.datetime
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    kind: ChangeKind = enum_field(ChangeKind, "kind")
    changes: str


class Mandate(TenantOwned, table=True):
    """What a project group was asked to do. `reference` as the decision is cited: LG 8/2026, Beschluss 3."""

    __tablename__ = "mandate"

    id: int | None = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="body.id", ondelete="CASCADE", unique=True)
    reference: str | None = None
    problem: str
    question: str
    expected_result: str
    resources: str | None = None
    reporting: str | None = None


class MandatePoint(TenantOwned, table=True):
    """One line of a mandate's lists."""

    __tablename__ = "mandate_point"

    id: int | None = Field(default=None, primary_key=True)
    mandate_id: int = owned_by("mandate.id")
    kind: MandatePointKind = enum_field(MandatePointKind, "kind")
    position: int = 0
    text: str


class Seat(TenantOwned, table=True):
    """An organisation's seat in a body, in the time in which it has it."""

    __tablename__ = "seat"

    id: int | None = Field(default=None, primary_key=True)
    body_id: int = owned_by("body.id")
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    kind: SeatKind = enum_field(SeatKind, "kind", index=True)
    position: int = 0
    valid_from: date | None = None
    valid_to: date | None = None


class SeatHolder(TenantOwned, table=True):
    """Who sits on a seat: `rank` 0 holds it, 1 and up are the deputies in their order."""

    __tablename__ = "seat_holder"
    __table_args__ = (CheckConstraint("rank >= 0", name="rank_not_negative"),)

    id: int | None = Field(default=None, primary_key=True)
    seat_id: int = owned_by("seat.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    rank: int = 0
    valid_from: date | None = None
    valid_to: date | None = None


class TopicMandate(TenantOwned, table=True):
    """That a topic was given to a body."""

    __tablename__ = "topic_mandate"
    __table_args__ = (UniqueConstraint("topic_id", "body_id"),)

    id: int | None = Field(default=None, primary_key=True)
    topic_id: int = owned_by("topic.id")
    body_id: int = owned_by("body.id")
