"""The shape of a demo file's workshops, cases, gaps, topics and past solutions."""

import datetime as dt
from typing import Annotated

from app.dataset.values import (
    AffectedGroup,
    AgencyType,
    BodyKey,
    CaseKey,
    Clock,
    Count,
    DecisionKey,
    Distinct,
    GapKey,
    GapKind,
    Key,
    Lax,
    LegalDomain,
    LifeDomain,
    MeetingKey,
    Month,
    MunicipalityKey,
    OrganisationKey,
    PersonKey,
    Scale,
    ShortKey,
    SolutionKey,
    SolutionKind,
    Strictly,
    Text,
    TopicKey,
    TransitionCode,
    WorkshopKey,
)
from app.people.states import Visibility
from knowledge.cases.states import CaseTiming, CheckResult, ConsentForm, ConsentScopeName, StationAssessment
from knowledge.gaps.states import GapStatus, SolvableAt, TopicState
from knowledge.solutions.states import EffectRating
from knowledge.workshops.states import WorkshopFormat, WorkshopState


class WorkshopCaseGiven(Strictly):
    """A case in a workshop and who attends it."""

    case: CaseKey
    start: Clock
    end: Clock
    orgs: Distinct[OrganisationKey]


class WorkshopGiven(Strictly):
    """A workshop."""

    key: Key
    title: Text
    date: dt.date
    start: Clock
    end: Clock
    place: Text
    format: Annotated[WorkshopFormat, Lax]
    moderation: PersonKey
    minutes: PersonKey
    question: Text
    participants_orgs: Distinct[OrganisationKey]
    confidentiality_confirmed: Count
    cases: list[WorkshopCaseGiven] = []
    state: Annotated[WorkshopState, Lax]
    released_on: dt.date | None = None


class ConsentGiven(Strictly):
    """The consent of the person whose case it is."""

    form: Annotated[ConsentForm, Lax]
    obtained_month: Month
    scopes: Distinct[Annotated[ConsentScopeName, Lax]]
    language_supported: bool
    withdrawn: bool = False


class CheckGiven(Strictly):
    """The de-identification check."""

    changed: list[Text] = []
    checked_by: PersonKey
    checked_on: dt.date
    result: Annotated[CheckResult, Lax]


class FindingGiven(Strictly):
    """A finding of a station."""

    gap: GapKey
    text: Text


class StationGiven(Strictly):
    """A station of the timeline."""

    key: ShortKey
    month: Count
    title: Text
    legal_domain: LegalDomain
    life_domain: LifeDomain
    transition: TransitionCode | None = None
    agencies: Distinct[AgencyType]
    assessment: Annotated[StationAssessment, Lax]
    text: Text
    what_helped: Text | None = None
    findings: list[FindingGiven] = []


class CaseGiven(Strictly):
    """A case."""

    key: Key
    title: Text
    workshop: WorkshopKey
    case_giver_type: AgencyType
    case_giver: PersonKey | None
    municipality: MunicipalityKey | None
    household: Text
    affected_groups: Distinct[AffectedGroup]
    anchor: Text
    span_months: Count
    timing: Annotated[CaseTiming, Lax]
    sensitive: Distinct[LifeDomain] = []
    consent: ConsentGiven
    deidentification: CheckGiven | None = None
    client_view: Text | None = None
    stations: list[StationGiven]
    questions: list[Text] = []


class EvidenceGiven(Strictly):
    """A station that speaks for a gap."""

    case: CaseKey
    station: str


class CounterEvidenceGiven(EvidenceGiven):
    """A station at which it worked."""

    text: Text


class GapIndicatorGiven(Strictly):
    """A figure before and after."""

    label: Text
    before: Text | None = None
    after: Text | None = None
    period: Text | None = None


class EscalationGiven(Strictly):
    """The report to the state or the federation."""

    addressee: Text
    via: Text | None = None
    sent_on: dt.date | None = None
    answer: Text | None = None
    by_decision: DecisionKey


class GapGiven(Strictly):
    """A structural gap."""

    key: Key
    title: Text
    summary: Text
    life_domains: Distinct[LifeDomain]
    legal_domains: Distinct[LegalDomain]
    interface: Distinct[AgencyType]
    transitions: Distinct[TransitionCode] = []
    affected_groups: Distinct[AffectedGroup]
    municipalities: Distinct[MunicipalityKey] = []
    kinds: Distinct[GapKind]
    solvable_at: Annotated[SolvableAt, Lax]
    severity: Scale
    frequency: Scale
    status: Annotated[GapStatus, Lax]
    first_reported: dt.date
    deadline: dt.date | None = None
    deadline_note: Text | None = None
    deferred_until: dt.date | None = None
    deferred_reason: Text | None = None
    evidence: Distinct[EvidenceGiven] = []
    evidence_note: Text | None = None
    counter_evidence: list[CounterEvidenceGiven] = []
    reports: Count
    report_source: Text | None = None
    indicators: list[GapIndicatorGiven] = []
    escalation: EscalationGiven | None = None
    solutions: Distinct[SolutionKey] = []
    topic: TopicKey | None = None
    visibility: Annotated[Visibility, Lax]


class TopicGiven(Strictly):
    """A cross-case topic."""

    key: Key
    title: Text
    gaps: Distinct[GapKey]
    state: Annotated[TopicState, Lax]
    rank: Count | None = None
    decided_in: MeetingKey | None = None
    body: BodyKey | None = None


class Period(Strictly):
    """From month to month; no end: it goes on."""

    start: Month
    end: Month | None = None


class SolutionGiven(Strictly):
    """Something that was tried."""

    key: Key
    title: Text
    kind: SolutionKind
    period: Period
    gaps: Distinct[GapKey] = []
    effect: Annotated[EffectRating, Lax]
    description: Text
    result: Text | None = None
    lessons: list[Text] = []
    transfer: Text | None = None
    orgs: Distinct[OrganisationKey] = []
    cost: Text | None = None
    documents: list[Text] = []
