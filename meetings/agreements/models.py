"""The tables of target agreements. An agreement comes into force per organisation, from its own `OrgConsent`."""

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from meetings.agreements.states import AgreementState, ConsentState, IndicatorKind, MeasureState


class Agreement(TenantOwned, table=True):
    """A target agreement that `body_id` drafts; `meeting_id` is the meeting it is submitted to."""

    __tablename__ = "agreement"
    __table_args__ = (UniqueConstraint("tenant_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64)
    title: str
    body_id: int | None = Field(default=None, foreign_key="body.id", index=True)
    topic_id: int | None = Field(default=None, foreign_key="topic.id", index=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    state: AgreementState = enum_field(AgreementState, "state", default=AgreementState.DRAFT, index=True)
    version: int = 1
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    situation: str
    guiding_goal: str
    data_protection: str | None = None
    escalation: str | None = None


class AgreementGap(TenantOwned, table=True):
    """A gap that the agreement is to close."""

    __tablename__ = "agreement_gap"
    __table_args__ = (UniqueConstraint("agreement_id", "gap_id"),)

    id: int | None = Field(default=None, primary_key=True)
    agreement_id: int = owned_by("agreement.id")
    gap_id: int = Field(foreign_key="gap.id", index=True)
    position: int = 0


class Goal(TenantOwned, table=True):
    """A goal with its five SMART parts."""

    __tablename__ = "goal"
    __table_args__ = (UniqueConstraint("agreement_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    agreement_id: int = owned_by("agreement.id")
    key: str = Field(max_length=16)
    position: int = 0
    text: str
    specific: str
    measurable: str
    accepted: str
    realistic: str
    timed: dt.date


class GoalIndicator(TenantOwned, table=True):
    """What a goal is measured by, in `unit`; `owner_id` is the organisation that collects it."""

    __tablename__ = "goal_indicator"
    __table_args__ = (UniqueConstraint("goal_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    goal_id: int = owned_by("goal.id")
    key: str = Field(max_length=16)
    position: int = 0
    kind: IndicatorKind = enum_field(IndicatorKind, "kind")
    label: str
    unit: str
    baseline: float | None = None
    baseline_period: str | None = None
    target: float
    due: dt.date = Field(index=True)
    source: str | None = None
    owner_id: int = Field(foreign_key="organisation.id", index=True)


class Obligation(TenantOwned, table=True):
    """What an organisation takes on."""

    __tablename__ = "obligation"
    __table_args__ = (UniqueConstraint("agreement_id", "organisation_id"),)

    id: int | None = Field(default=None, primary_key=True)
    agreement_id: int = owned_by("agreement.id")
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    position: int = 0
    text: str


class OrgConsent(TenantOwned, table=True):
    """An organisation's own consent to its obligation."""

    __tablename__ = "org_consent"
    __table_args__ = (
        CheckConstraint(
            "state = 'pending' OR (given_on IS NOT NULL AND given_by_id IS NOT NULL)", name="answer_has_date_and_person"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    obligation_id: int = Field(foreign_key="obligation.id", ondelete="CASCADE", unique=True)
    state: ConsentState = enum_field(ConsentState, "state", default=ConsentState.PENDING, index=True)
    given_on: dt.date | None = None
    given_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    reservation: str | None = None


class Measure(TenantOwned, table=True):
    """A measure towards a goal; `builds_on_id` is the earlier solution that it learns from."""

    __tablename__ = "measure"
    __table_args__ = (UniqueConstraint("agreement_id", "key"), CheckConstraint("start <= due", name="start_before_due"))

    id: int | None = Field(default=None, primary_key=True)
    agreement_id: int = owned_by("agreement.id")
    goal_id: int | None = Field(default=None, foreign_key="goal.id", index=True)
    key: str = Field(max_length=16)
    position: int = 0
    title: str
    text: str
    lead_id: int = Field(foreign_key="organisation.id", index=True)
    start: dt.date
    due: dt.date = Field(index=True)
    status: MeasureState = enum_field(MeasureState, "status", default=MeasureState.PLANNED, index=True)
    resources: str | None = None
    risk: str | None = None
    builds_on_id: int | None = Field(default=None, foreign_key="solution.id", index=True)


class MeasureContributor(TenantOwned, table=True):
    """An organisation that helps with a measure."""

    __tablename__ = "measure_contributor"
    __table_args__ = (UniqueConstraint("measure_id", "organisation_id"),)

    id: int | None = Field(default=None, primary_key=True)
    measure_id: int = owned_by("measure.id")
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    position: int = 0


class MonitoringPlan(TenantOwned, table=True):
    """Who reports how often, and when the effect is evaluated. `rule` says what raises the alarm."""

    __tablename__ = "monitoring_plan"

    id: int | None = Field(default=None, primary_key=True)
    agreement_id: int = Field(foreign_key="agreement.id", ondelete="CASCADE", unique=True)
    rhythm: str
    reporter_id: int = Field(foreign_key="organisation.id", index=True)
    first_report: dt.date
    evaluation_due: dt.date | None = None
    rule: str | None = None


class MonitoringAddressee(TenantOwned, table=True):
    """Whom the reports go to: a body of this tenant, or somebody outside by name."""

    __tablename__ = "monitoring_addressee"
    __table_args__ = (CheckConstraint("(body_id IS NULL) <> (text IS NULL)", name="body_or_text"),)

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = owned_by("monitoring_plan.id")
    position: int = 0
    body_id: int | None = Field(default=None, foreign_key="body.id", index=True)
    text: str | None = None


class AgreementVersion(TenantOwned, table=True):
    """What happened in a version of the agreement."""

    __tablename__ = "agreement_version"
    __table_args__ = (UniqueConstraint("agreement_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    agreement_id: int = owned_by("agreement.id")
    version: int
    date: dt.date
    note: str
