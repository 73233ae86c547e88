"""Reading one gap with everything around it that its page shows. A fixed number of statements."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from app.core.permissions import Actor
from app.people.models import Municipality, Person
from knowledge.cases.models import Case, Station
from knowledge.gaps.evidence import GONE, Strength, against, lost_some, strengths
from knowledge.gaps.facts import since
from knowledge.gaps.models import (
    Escalation,
    Evidence,
    Gap,
    GapFacet,
    GapHistory,
    GapIndicator,
    GapMunicipality,
    Topic,
)
from knowledge.gaps.states import GapFacetName, Polarity
from knowledge.gaps.visibility import readable_topics, visible_levels
from knowledge.solutions.models import Solution, SolutionGap
from knowledge.workshops.models import Workshop, WorkshopCase


@dataclass(frozen=True)
class EvidenceLine:
    """One station that speaks for or against a gap; for the coordination's eyes. `evidence_id` names the link."""

    evidence_id: int
    case_key: str
    station_key: str
    month: int
    assessment: str
    finding_id: int | None
    workshop: Workshop | None
    text: str | None


@dataclass(frozen=True)
class HistoryLine:
    """One step of a gap's life and who took it."""

    step: GapHistory
    person: str | None


@dataclass(frozen=True)
class GapSheet:
    """What the page of a gap shows to everyone who may read it; `against` are distinct cases of counter-evidence."""

    gap: Gap
    facets: dict[GapFacetName, tuple[str, ...]]
    municipalities: tuple[str, ...]
    strength: Strength
    since: date
    indicators: tuple[GapIndicator, ...]
    escalation: Escalation | None
    solutions: tuple[Solution, ...]
    topic: Topic | None
    history: tuple[HistoryLine, ...]
    against: int
    owner: str | None
    lost: bool = False

    def codes(self, name: str) -> tuple[str, ...]:
        """The codes of one facet."""
        return self.facets.get(GapFacetName(name), ())


def gap_by_key(session: Session, key: str) -> Gap | None:
    """The gap of this key."""
    return session.exec(select(Gap).where(col(Gap.key) == key)).first()


def gap_by_target(session: Session, key: str, target: str) -> Gap | None:
    """The gap of this key; the address also names the gap that it is to be merged with."""
    del target
    return gap_by_key(session, key)


def indicators_of(session: Session, gap_id: int) -> tuple[GapIndicator, ...]:
    """The indicators of a gap in their order. One statement."""
    return tuple(_of_gap(session, GapIndicator, gap_id))


def gap_by_id(session: Session, gap_id: int | None) -> Gap | None:
    """The gap of this id."""
    return session.exec(select(Gap).where(col(Gap.id) == gap_id)).first()


def sheet(session: Session, actor: Actor, gap: Gap) -> GapSheet:
    """The gap with all that belongs to it, as far as this reader may see it."""
    gap_id = gap.id or 0
    return GapSheet(
        gap=gap,
        facets=codes_of(session, gap_id),
        municipalities=_municipalities(session, gap_id),
        strength=strengths(session, [gap_id]).get(gap_id, Strength()),
        since=since(session, gap),
        indicators=tuple(_of_gap(session, GapIndicator, gap_id)),
        escalation=session.exec(select(Escalation).where(col(Escalation.gap_id) == gap_id)).first(),
        solutions=_solutions(session, actor, gap_id),
        topic=session.exec(select(Topic).where(col(Topic.id) == gap.topic_id, readable_topics(actor))).first(),
        history=history(session, gap_id),
        against=against(session, gap_id),
        owner=session.exec(select(Person.name).where(col(Person.id) == gap.owner_id)).first(),
        lost=lost_some(session, gap_id),
    )


def _of_gap(session: Session, table: type[GapIndicator], gap_id: int) -> Collection[GapIndicator]:
    return session.exec(select(table).where(col(table.gap_id) == gap_id).order_by(col(table.position))).all()


def codes_of(session: Session, gap_id: int) -> dict[GapFacetName, tuple[str, ...]]:
    """The codes of a gap by facet, each in its order. One statement."""
    statement = (
        select(GapFacet.facet, GapFacet.key).where(col(GapFacet.gap_id) == gap_id).order_by(col(GapFacet.position))
    )
    found: dict[GapFacetName, tuple[str, ...]] = {}
    for facet, key in session.exec(statement):
        name = GapFacetName(facet)
        found[name] = (*found.get(name, ()), key)
    return found


def _municipalities(session: Session, gap_id: int) -> tuple[str, ...]:
    statement = (
        select(Municipality.name)
        .join(GapMunicipality, col(GapMunicipality.municipality_id) == col(Municipality.id))
        .where(col(GapMunicipality.gap_id) == gap_id)
        .order_by(col(GapMunicipality.position))
    )
    return tuple(session.exec(statement))


def _solutions(session: Session, actor: Actor, gap_id: int) -> tuple[Solution, ...]:
    statement = (
        select(Solution)
        .join(SolutionGap, col(SolutionGap.solution_id) == col(Solution.id))
        .where(col(SolutionGap.gap_id) == gap_id, col(Solution.visibility).in_(visible_levels(actor)))
        .order_by(col(SolutionGap.gap_position), col(Solution.key))
    )
    return tuple(session.exec(statement))


def history(session: Session, gap_id: int) -> tuple[HistoryLine, ...]:
    """Every step of the gap, the earliest first. One statement."""
    statement = (
        select(GapHistory, Person.name)
        .outerjoin(Person, col(Person.id) == col(GapHistory.person_id))
        .where(col(GapHistory.gap_id) == gap_id)
        .order_by(col(GapHistory.at), col(GapHistory.id))
    )
    return tuple(HistoryLine(step, person) for step, person in session.exec(statement))


def evidence_lines(session: Session, gap_id: int, polarity: Polarity) -> tuple[EvidenceLine, ...]:
    """The stations that speak for or against the gap. Only for readers whom `may_read_evidence` lets see them."""
    statement = (
        select(Evidence, Station, Case.key, Workshop)
        .join(Station, col(Station.id) == col(Evidence.station_id))
        .join(Case, col(Case.id) == col(Station.case_id))
        .outerjoin(WorkshopCase, col(WorkshopCase.case_id) == col(Case.id))
        .outerjoin(Workshop, col(Workshop.id) == col(WorkshopCase.workshop_id))
        .where(col(Evidence.gap_id) == gap_id, col(Evidence.polarity) == polarity, col(Case.state).not_in(GONE))
        .order_by(col(Evidence.position), col(Evidence.id))
    )
    return tuple(
        EvidenceLine(
            evidence.id or 0,
            case,
            station.key,
            station.month,
            station.assessment,
            evidence.finding_id,
            workshop,
            evidence.text,
        )
        for evidence, station, case, workshop in session.exec(statement)
    )
