"""Reads of target agreements: the list, and one with everything that hangs on it, in a fixed number of statements."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Integer
from sqlmodel import Session, col, func, select

from app.core.permissions import Actor
from app.people.models import Organisation, Person
from knowledge.gaps.models import Gap, Topic
from knowledge.solutions.models import Solution
from meetings.agenda.models import Meeting
from meetings.agreements.models import (
    Agreement,
    AgreementGap,
    AgreementVersion,
    Goal,
    GoalIndicator,
    Measure,
    MeasureContributor,
    MonitoringAddressee,
    MonitoringPlan,
    Obligation,
    OrgConsent,
)
from meetings.agreements.policy import AgreementAccess, may_read_agreement
from meetings.agreements.rules import ConsentCount, count_consents
from meetings.bodies.models import Body


@dataclass(frozen=True)
class Line:
    """An agreement in the list: how many obligated organisations have consented, how far its measures are."""

    agreement: Agreement
    consents: ConsentCount
    measures: int
    measures_done: int


@dataclass(frozen=True)
class ObligationRow:
    """What an organisation takes on, and its answer."""

    obligation: Obligation
    organisation: Organisation
    consent: OrgConsent
    given_by: str


@dataclass(frozen=True)
class GoalRow:
    """A goal with its indicators and the names of the organisations that collect them."""

    goal: Goal
    indicators: tuple[tuple[GoalIndicator, str], ...]


@dataclass(frozen=True)
class MeasureRow:
    """A measure with who leads and helps, and the earlier solution it builds on."""

    measure: Measure
    lead: str
    contributors: tuple[str, ...]
    builds_on: Solution | None


@dataclass(frozen=True)
class Monitoring:
    """Who reports to whom, when."""

    plan: MonitoringPlan
    reporter: str
    addressees: tuple[str, ...]


@dataclass(frozen=True)
class AgreementSheet:
    """An agreement with everything that hangs on it."""

    agreement: Agreement
    body: Body | None
    topic: Topic | None
    meeting: Meeting | None
    gaps: tuple[Gap, ...]
    goals: tuple[GoalRow, ...]
    obligations: tuple[ObligationRow, ...]
    measures: tuple[MeasureRow, ...]
    monitoring: Monitoring | None
    versions: tuple[AgreementVersion, ...]
    access: AgreementAccess

    @property
    def consents(self) -> ConsentCount:
        """How the obligated organisations have answered."""
        return count_consents(row.consent.state for row in self.obligations)

    def obligation_of(self, organisation_id: int) -> ObligationRow | None:
        """What this organisation takes on."""
        return next((row for row in self.obligations if row.organisation.id == organisation_id), None)


def accesses(session: Session, agreements: list[Agreement]) -> dict[int, AgreementAccess]:
    """What the policy needs to know of each agreement. Three statements."""
    obligated: dict[int, set[int]] = defaultdict(set)
    ids = [agreement.id for agreement in agreements]
    rows = session.exec(
        select(Obligation.agreement_id, Obligation.organisation_id).where(col(Obligation.agreement_id).in_(ids))
    )
    for agreement_id, organisation_id in rows:
        obligated[agreement_id].add(organisation_id)
    meeting_ids = [agreement.meeting_id for agreement in agreements]
    deciding = dict(session.exec(select(Meeting.id, Meeting.body_id).where(col(Meeting.id).in_(meeting_ids))).all())
    leads = dict(session.exec(select(Body.id, Body.lead_id)).all())
    return {
        agreement.id or 0: AgreementAccess(
            agreement.body_id,
            frozenset({deciding[agreement.meeting_id]} if agreement.meeting_id in deciding else ()),
            frozenset(obligated[agreement.id or 0]),
            agreement.state,
            leads.get(agreement.body_id),
        )
        for agreement in agreements
    }


def readable(session: Session, actor: Actor) -> list[Line]:
    """The agreements that this person may read, newest first. Six statements."""
    rows = list(session.exec(select(Agreement).order_by(col(Agreement.key).desc())))
    known = accesses(session, rows)
    mine = [row for row in rows if may_read_agreement(actor, known[row.id or 0])]
    consents = _consents(session)
    measures = _measure_counts(session)
    return [Line(row, count_consents(consents[row.id or 0]), *measures.get(row.id or 0, (0, 0))) for row in mine]


def _consents(session: Session) -> dict[int, list[str]]:
    rows = session.exec(
        select(Obligation.agreement_id, OrgConsent.state).join(
            OrgConsent, col(OrgConsent.obligation_id) == col(Obligation.id)
        )
    )
    found: dict[int, list[str]] = defaultdict(list)
    for agreement_id, state in rows:
        found[agreement_id].append(state)
    return found


def _measure_counts(session: Session) -> dict[int, tuple[int, int]]:
    done = func.sum((col(Measure.status) == "done").cast(Integer))
    rows = session.exec(select(Measure.agreement_id, func.count(), done).group_by(col(Measure.agreement_id)))
    return {agreement_id: (count, finished or 0) for agreement_id, count, finished in rows}


def sheet_by_key(session: Session, key: str) -> AgreementSheet | None:
    """The agreement with this key and all that belongs to it."""
    agreement = session.exec(select(Agreement).where(col(Agreement.key) == key)).first()
    if agreement is None:
        return None
    return AgreementSheet(
        agreement=agreement,
        body=session.get(Body, agreement.body_id) if agreement.body_id else None,
        topic=session.get(Topic, agreement.topic_id) if agreement.topic_id else None,
        meeting=session.get(Meeting, agreement.meeting_id) if agreement.meeting_id else None,
        gaps=_gaps(session, agreement),
        goals=_goals(session, agreement),
        obligations=_obligations(session, agreement),
        measures=_measures(session, agreement),
        monitoring=_monitoring(session, agreement),
        versions=_versions(session, agreement),
        access=accesses(session, [agreement])[agreement.id or 0],
    )


def _gaps(session: Session, agreement: Agreement) -> tuple[Gap, ...]:
    statement = (
        select(Gap)
        .join(AgreementGap, col(AgreementGap.gap_id) == col(Gap.id))
        .where(col(AgreementGap.agreement_id) == agreement.id)
        .order_by(col(AgreementGap.position))
    )
    return tuple(session.exec(statement))


def _goals(session: Session, agreement: Agreement) -> tuple[GoalRow, ...]:
    goals = session.exec(select(Goal).where(col(Goal.agreement_id) == agreement.id).order_by(col(Goal.position))).all()
    rows = session.exec(
        select(GoalIndicator, Organisation.name)
        .join(Organisation, col(Organisation.id) == col(GoalIndicator.owner_id))
        .where(col(GoalIndicator.goal_id).in_([goal.id for goal in goals]))
        .order_by(col(GoalIndicator.position))
    ).all()
    return tuple(
        GoalRow(goal, tuple((indicator, owner) for indicator, owner in rows if indicator.goal_id == goal.id))
        for goal in goals
    )


def _obligations(session: Session, agreement: Agreement) -> tuple[ObligationRow, ...]:
    rows = session.exec(
        select(Obligation, Organisation, OrgConsent, Person.name)
        .join(Organisation, col(Organisation.id) == col(Obligation.organisation_id))
        .join(OrgConsent, col(OrgConsent.obligation_id) == col(Obligation.id))
        .outerjoin(Person, col(Person.id) == col(OrgConsent.given_by_id))
        .where(col(Obligation.agreement_id) == agreement.id)
        .order_by(col(Obligation.position))
    )
    return tuple(ObligationRow(obligation, org, consent, name or "") for obligation, org, consent, name in rows)


def _measures(session: Session, agreement: Agreement) -> tuple[MeasureRow, ...]:
    rows = session.exec(
        select(Measure, Organisation.name, Solution)
        .join(Organisation, col(Organisation.id) == col(Measure.lead_id))
        .outerjoin(Solution, col(Solution.id) == col(Measure.builds_on_id))
        .where(col(Measure.agreement_id) == agreement.id)
        .order_by(col(Measure.position))
    ).all()
    helpers = session.exec(
        select(MeasureContributor.measure_id, Organisation.name)
        .join(Organisation, col(Organisation.id) == col(MeasureContributor.organisation_id))
        .where(col(MeasureContributor.measure_id).in_([measure.id for measure, _lead, _solution in rows]))
        .order_by(col(MeasureContributor.position))
    ).all()
    return tuple(
        MeasureRow(measure, lead, tuple(name for of, name in helpers if of == measure.id), solution)
        for measure, lead, solution in rows
    )


def _monitoring(session: Session, agreement: Agreement) -> Monitoring | None:
    found = session.exec(
        select(MonitoringPlan, Organisation.name)
        .join(Organisation, col(Organisation.id) == col(MonitoringPlan.reporter_id))
        .where(col(MonitoringPlan.agreement_id) == agreement.id)
    ).first()
    if found is None:
        return None
    rows = session.exec(
        select(Body.name, MonitoringAddressee.text)
        .select_from(MonitoringAddressee)
        .outerjoin(Body, col(Body.id) == col(MonitoringAddressee.body_id))
        .where(col(MonitoringAddressee.plan_id) == found[0].id)
        .order_by(col(MonitoringAddressee.position))
    )
    return Monitoring(found[0], found[1], tuple(body or text or "" for body, text in rows))


def _versions(session: Session, agreement: Agreement) -> tuple[AgreementVersion, ...]:
    statement = (
        select(AgreementVersion)
        .where(col(AgreementVersion.agreement_id) == agreement.id)
        .order_by(col(AgreementVersion.version).desc())
    )
    return tuple(session.exec(statement))
