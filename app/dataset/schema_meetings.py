"""The shape of a demo file's decisions, agenda and agreement."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from app.dataset.schema_proceedings import AmendmentGiven, AnswerGiven
from app.dataset.values import (
    AgreementKey,
    BodyKey,
    Clock,
    Count,
    Criterion,
    Distinct,
    Figure,
    GapKey,
    Key,
    Lax,
    MeetingKey,
    OrganisationKey,
    PersonKey,
    ShortKey,
    SolutionKey,
    Strictly,
    Text,
    TopicKey,
)
from meetings.agenda.states import AgendaVoteMethod, DecisionKind, ItemKind, ItemPart, MeetingState, ShowResults
from meetings.agreements.states import AgreementState, ConsentState, IndicatorKind, MeasureState

ITEM_NUMBER = r"^[A-Z]?[1-9][0-9]{0,2}[a-z]{0,2}(\.[1-9][0-9]{0,2}[a-z]{0,2}){0,2}$"
"""A number as it is printed: 6, 6.1, 4a, N2."""


class VotesGiven(Strictly):
    """The count of a decision."""

    in_favour: Count
    against: Count
    abstained: Count


class DecisionGiven(Strictly):
    """A decision; without a meeting it was made in writing."""

    key: Key
    meeting: Key | None
    date: dt.date
    kind: Annotated[DecisionKind, Lax]
    text: Text
    votes: VotesGiven


class ItemVoteGiven(Strictly):
    """How an item is to be voted on."""

    method: Annotated[AgendaVoteMethod, Lax]
    criteria: Distinct[Criterion] = []
    dots_per_organisation: Annotated[int, Field(ge=1, le=100)] | None = None
    max_dots_per_topic: Annotated[int, Field(ge=1, le=100)] | None = None
    show_results: Annotated[ShowResults, Lax] = ShowResults.AFTER_CLOSE


class ItemGiven(Strictly):
    """An agenda item. One below another has its number in front („6.1“), a supplement a letter behind („4a“)."""

    number: Annotated[int, Field(ge=1, le=999)] | Annotated[str, Field(pattern=ITEM_NUMBER)]
    title: Text
    minutes: Count
    kind: Annotated[ItemKind, Lax]
    decision_kind: Annotated[DecisionKind, Lax] | None = None
    speaker: PersonKey | None = None
    gaps: Distinct[GapKey] = []
    topics: Distinct[TopicKey] = []
    solutions: Distinct[SolutionKey] = []
    agreement: AgreementKey | None = None
    vote: ItemVoteGiven | None = None
    part: Annotated[ItemPart, Lax] = ItemPart.PUBLIC
    supplement: bool = False
    text: Text | None = None
    proposal: Text | None = None


class AgendaGiven(Strictly):
    """A meeting with its agenda."""

    key: Key
    body: BodyKey
    title: Text
    date: dt.date
    start: Clock
    end: Clock
    place: Text
    dial_in_url: Text | None = None
    dial_in_phone: Text | None = None
    urgency: Text | None = None
    reason: Text | None = None
    invited_on: dt.date | None = None
    papers_until: dt.date | None = None
    state: Annotated[MeetingState, Lax]
    guests: Distinct[PersonKey] = []
    items: list[ItemGiven]
    answers: list[AnswerGiven] = []
    amendments: list[AmendmentGiven] = []


class SmartGiven(Strictly):
    """The five parts of a SMART goal."""

    specific: Text
    measurable: Text
    accepted: Text
    realistic: Text
    timed: dt.date


class GoalIndicatorGiven(Strictly):
    """What a goal is measured by."""

    key: ShortKey
    kind: Annotated[IndicatorKind, Lax]
    label: Text
    unit: Text
    baseline: Figure | None
    baseline_period: Text | None = None
    target: Figure
    due: dt.date
    source: Text | None = None
    owner: OrganisationKey


class GoalGiven(Strictly):
    """A goal."""

    key: ShortKey
    text: Text
    smart: SmartGiven
    indicators: list[GoalIndicatorGiven] = []


class ObligationGiven(Strictly):
    """An obligation and the organisation's own consent."""

    org: OrganisationKey
    text: Text
    consent: Annotated[ConsentState, Lax]
    consent_on: dt.date | None = None
    by: PersonKey | None = None
    reservation: Text | None = None


class MeasureGiven(Strictly):
    """A measure."""

    key: ShortKey
    title: Text
    text: Text
    lead: OrganisationKey
    contributors: Distinct[OrganisationKey] = []
    start: dt.date
    due: dt.date
    status: Annotated[MeasureState, Lax]
    resources: Text | None = None
    goal: str
    builds_on: SolutionKey | None = None
    risk: Text | None = None


class MonitoringGiven(Strictly):
    """Who reports when to whom; `to` names a body of the file or somebody outside."""

    rhythm: Text
    reporter: OrganisationKey
    first_report: dt.date
    evaluation_due: dt.date | None = None
    to: list[Text] = []
    rule: Text | None = None


class VersionGiven(Strictly):
    """What happened in a version."""

    version: Count
    date: dt.date
    note: Text


class AgreementGiven(Strictly):
    """A target agreement."""

    key: Key
    title: Text
    body: BodyKey | None = None
    topic: TopicKey | None = None
    gaps: Distinct[GapKey] = []
    state: Annotated[AgreementState, Lax]
    version: Count
    meeting: MeetingKey | None = None
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    situation: Text
    guiding_goal: Text
    goals: list[GoalGiven] = []
    obligations: list[ObligationGiven] = []
    measures: list[MeasureGiven] = []
    monitoring: MonitoringGiven | None = None
    data_protection: Text | None = None
    escalation: Text | None = None
    history: list[VersionGiven] = []
