"""The tables of meetings and their agendas. Moments are aware and in UTC; `date` is the day in the tenant's zone."""

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from meetings.agenda.states import (
    AgendaVoteMethod,
    DecisionKind,
    ItemKind,
    ItemPart,
    ItemResult,
    ItemState,
    MeetingState,
    ShowResults,
    TemplatePlace,
)


class Meeting(TenantOwned, table=True):
    """A meeting of a body. `number` is the announced one; `held_number` counts the meetings that took place.

    `reason` says why it was called off, `urgency` why it was invited to at shorter notice. How to join from afar
    (`dial_in_…`) is for who is invited, never for the public.
    """

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("tenant_id", "key"), UniqueConstraint("body_id", "held_number"))

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64)
    body_id: int = Field(foreign_key="body.id", index=True)
    number: int | None = None
    held_number: int | None = None
    title: str
    date: dt.date | None = Field(default=None, index=True)
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    place: str | None = None
    dial_in_url: str | None = Field(default=None, max_length=500)
    dial_in_phone: str | None = Field(default=None, max_length=160)
    invited_on: dt.date | None = None
    papers_until: dt.date | None = None
    state: MeetingState = enum_field(MeetingState, "state", default=MeetingState.DRAFT, index=True)
    reason: str | None = None
    urgency: str | None = None
    version: int = 1


class MeetingGuest(TenantOwned, table=True):
    """A person who is invited to a meeting without a seat."""

    __tablename__ = "meeting_guest"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = owned_by("meeting.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    position: int = 0


class AgendaItem(TenantOwned, table=True):
    """An item of the agenda; `number` as printed (6, 6.1 or 4a), `minutes` planned, `outcome` for the minutes.

    `supplement`: it came after the invitation. `carried_from_id`: the item of an earlier meeting that it goes on with,
    of this body or of the one that referred it. `referred_to_id`: the body that it was handed over to.
    `suggestion`: the key of the suggestion that it was taken from.
    """

    __tablename__ = "agenda_item"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = owned_by("meeting.id")
    parent_id: int | None = owned_by("agenda_item.id", nullable=True)
    position: int = 0
    number: str | None = Field(default=None, max_length=16)
    title: str
    minutes: int = 0
    kind: ItemKind = enum_field(ItemKind, "kind")
    state: ItemState = enum_field(ItemState, "state", default=ItemState.OPEN)
    decision_kind: DecisionKind | None = enum_field(DecisionKind, "decision_kind", default=None)
    speaker_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    text: str | None = None
    proposal: str | None = None
    outcome: str | None = None
    result: ItemResult | None = enum_field(ItemResult, "result", default=None)
    result_note: str | None = None
    part: ItemPart = enum_field(ItemPart, "part", default=ItemPart.PUBLIC)
    supplement: bool = False
    carried_from_id: int | None = Field(default=None, foreign_key="agenda_item.id", index=True)
    referred_to_id: int | None = Field(default=None, foreign_key="body.id", index=True)
    suggestion: str | None = Field(default=None, max_length=120, index=True)
    version: int = 1


class AgendaItemSubject(TenantOwned, table=True):
    """What an item is about: exactly one gap, topic, solution or agreement."""

    __tablename__ = "agenda_item_subject"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN gap_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN topic_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN solution_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN agreement_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="exactly_one_subject",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = owned_by("agenda_item.id")
    position: int = 0
    gap_id: int | None = Field(default=None, foreign_key="gap.id", index=True)
    topic_id: int | None = Field(default=None, foreign_key="topic.id", index=True)
    solution_id: int | None = Field(default=None, foreign_key="solution.id", index=True)
    agreement_id: int | None = Field(default=None, foreign_key="agreement.id", index=True)


class AgendaVote(TenantOwned, table=True):
    """How an item is to be voted on, as planned; the poll freezes its own rule when it opens."""

    __tablename__ = "agenda_vote"

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="agenda_item.id", ondelete="CASCADE", unique=True)
    method: AgendaVoteMethod = enum_field(AgendaVoteMethod, "method")
    dots_per_organisation: int | None = None
    max_dots_per_topic: int | None = None
    show_results: ShowResults = enum_field(ShowResults, "show_results", default=ShowResults.AFTER_CLOSE)


class AgendaVoteCriterion(TenantOwned, table=True):
    """A criterion (code of priority_criteria) by which topics are scored before the vote."""

    __tablename__ = "agenda_vote_criterion"
    __table_args__ = (UniqueConstraint("vote_id", "criterion"),)

    id: int | None = Field(default=None, primary_key=True)
    vote_id: int = owned_by("agenda_vote.id")
    position: int = 0
    criterion: str = Field(max_length=64)


class AgendaTemplateItem(TenantOwned, table=True):
    """An item with which every new agenda of a body begins or ends."""

    __tablename__ = "agenda_template_item"

    id: int | None = Field(default=None, primary_key=True)
    body_id: int = owned_by("body.id")
    place: TemplatePlace = enum_field(TemplatePlace, "place", default=TemplatePlace.OPENING)
    position: int = 0
    title: str
    kind: ItemKind = enum_field(ItemKind, "kind")
    minutes: int = 0
    part: ItemPart = enum_field(ItemPart, "part", default=ItemPart.PUBLIC)


class MeetingAmendment(TenantOwned, table=True):
    """A dated correction of a held meeting or of one of its items, with its reason; the text corrected stays."""

    __tablename__ = "meeting_amendment"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = owned_by("meeting.id")
    item_id: int | None = owned_by("agenda_item.id", nullable=True)
    at: dt.datetime
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    text: str
    reason: str
