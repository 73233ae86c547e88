"""The tables of decisions. A recorded decision is never edited; a later one amends it."""

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from meetings.agenda.states import DecisionKind
from meetings.decisions.states import DecisionMode, SubjectRelation


class Decision(TenantOwned, table=True):
    """A decision with its count. `accepted` None: nothing was to be accepted or rejected."""

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("tenant_id", "key"),
        CheckConstraint("in_favour >= 0 AND against >= 0 AND abstained >= 0", name="counts_not_negative"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    item_id: int | None = Field(default=None, foreign_key="agenda_item.id", index=True)
    poll_id: int | None = Field(default=None, foreign_key="poll.id", index=True)
    date: dt.date = Field(index=True)
    mode: DecisionMode = enum_field(DecisionMode, "mode", default=DecisionMode.MEETING)
    kind: DecisionKind = enum_field(DecisionKind, "kind", index=True)
    text: str
    in_favour: int = 0
    against: int = 0
    abstained: int = 0
    accepted: bool | None = None
    result_text: str | None = None
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)


class DecisionSubject(TenantOwned, table=True):
    """What a decision is about: exactly one gap, topic, agreement or body."""

    __tablename__ = "decision_subject"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN gap_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN topic_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN agreement_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN body_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="exactly_one_subject",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    decision_id: int = owned_by("decision.id")
    relation: SubjectRelation = enum_field(SubjectRelation, "relation", default=SubjectRelation.CONCERNS)
    position: int = 0
    gap_id: int | None = Field(default=None, foreign_key="gap.id", index=True)
    topic_id: int | None = Field(default=None, foreign_key="topic.id", index=True)
    agreement_id: int | None = Field(default=None, foreign_key="agreement.id", index=True)
    body_id: int | None = Field(default=None, foreign_key="body.id", index=True)


class TopicDecision(TenantOwned, table=True):
    """The meeting in which a topic got its present rank and state."""

    __tablename__ = "topic_decision"

    id: int | None = Field(default=None, primary_key=True)
    topic_id: int = Field(foreign_key="topic.id", ondelete="CASCADE", unique=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
