"""Counting gaps for the pictures: the gaps that the reader may read and has chosen, as the catalogue chooses them.

Each picture costs one statement. What is counted here are gaps; the one count of cases, `handovers`, is for the
coordination alone.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, product
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, and_, col, func, select

from app.core.permissions import Actor
from knowledge.cases.models import Case, ClientConsent, Station, StationAgency
from knowledge.gaps.catalogue import Choice, began, offered, says, since_when
from knowledge.gaps.evidence import GONE, graded
from knowledge.gaps.facets import MUNICIPALITY, STATUS
from knowledge.gaps.models import Gap, GapFacet
from knowledge.gaps.rules import MIN_CELL
from knowledge.gaps.states import GapFacetName, GapStatus
from knowledge.gaps.visibility import readable_gaps

EVIDENCE = "evidenz"


@dataclass(frozen=True)
class Viewer:
    """For whom which gaps are counted: the reader, what is chosen, the tenant's smallest count that may be shown."""

    actor: Actor
    choice: Choice
    min_cell: int = MIN_CELL


def chosen(viewer: Viewer, *, with_merged: bool = False) -> Any:
    """The ids of the gaps of this choice, as a SELECT. Merged gaps come only when asked for, as in the catalogue."""
    strength, choice = graded(), viewer.choice
    wanted = [each for each in offered(viewer.actor, strength, viewer.min_cell) if choice.values.get(each.name)]
    statement: Any = select(col(Gap.id)).where(
        readable_gaps(viewer.actor), *(facet.condition(choice.values[facet.name]) for facet in wanted)
    )
    if any(facet.name in (EVIDENCE, MUNICIPALITY.name) for facet in wanted):
        statement = statement.join(strength, strength.c.gap_id == col(Gap.id))
    if choice.words:
        statement = statement.where(says(choice.words))
    if not with_merged and not choice.values.get(STATUS.name):
        statement = statement.where(col(Gap.status) != GapStatus.MERGED)
    return statement


def total(session: Session, viewer: Viewer, *, with_merged: bool = False) -> int:
    """How many gaps are chosen."""
    ids = chosen(viewer, with_merged=with_merged).subquery()
    return session.exec(select(func.count()).select_from(ids)).one()


def domains_and_transitions(session: Session, viewer: Viewer) -> dict[tuple[str, str], int]:
    """How many gaps lie in each life domain at each transition; a gap counts in every pair that it has, "" for none."""
    domain, transition = sa.orm.aliased(GapFacet), sa.orm.aliased(GapFacet)
    ids = chosen(viewer).subquery()
    statement: Any = (
        select(col(domain.key), col(transition.key), func.count())
        .select_from(ids)
        .outerjoin(domain, _facet_of(domain, ids.c.id, GapFacetName.LIFE_DOMAIN))
        .outerjoin(transition, _facet_of(transition, ids.c.id, GapFacetName.TRANSITION))
        .group_by(col(domain.key), col(transition.key))
    )
    return {(row or "", column or ""): number for row, column, number in session.exec(statement)}


def interfaces(session: Session, viewer: Viewer) -> dict[tuple[str, str], int]:
    """How many gaps lie between each two agencies; a gap counts in every pair of those that take part."""
    one, other = sa.orm.aliased(GapFacet), sa.orm.aliased(GapFacet)
    ids = chosen(viewer).subquery()
    statement: Any = (
        select(col(one.key), col(other.key), func.count())
        .select_from(ids)
        .join(one, _facet_of(one, ids.c.id, GapFacetName.INTERFACE))
        .join(other, and_(_facet_of(other, ids.c.id, GapFacetName.INTERFACE), col(one.key) < col(other.key)))
        .group_by(col(one.key), col(other.key))
    )
    return {(a, b): number for a, b, number in session.exec(statement)}


def agencies(session: Session, viewer: Viewer) -> dict[str, int]:
    """In how many gaps each agency takes part."""
    statement: Any = (
        select(col(GapFacet.key), func.count())
        .where(col(GapFacet.facet) == GapFacetName.INTERFACE, col(GapFacet.gap_id).in_(chosen(viewer)))
        .group_by(col(GapFacet.key))
    )
    return dict(session.exec(statement).all())


def _facet_of(facet: Any, gap_id: Any, name: GapFacetName) -> Any:
    return and_(facet.gap_id == gap_id, facet.facet == name)


def states(session: Session, viewer: Viewer) -> dict[str, int]:
    """How many gaps stand in each state of their life, merged ones too."""
    ids = chosen(viewer, with_merged=True)
    statement: Any = select(col(Gap.status), func.count()).where(col(Gap.id).in_(ids)).group_by(col(Gap.status))
    return {str(state): number for state, number in session.exec(statement)}


def ages(session: Session, viewer: Viewer, today: date) -> dict[str, list[int]]:
    """For how many days the gaps have stood in their present state, state by state, in no order."""
    since = since_when()
    began_on = began(since)
    statement: Any = (
        sa.select(col(Gap.status), began_on, func.count())
        .outerjoin(since, since.c.gap_id == col(Gap.id))
        .where(col(Gap.id).in_(chosen(viewer)))
        .group_by(col(Gap.status), began_on)
    )
    found: dict[str, list[int]] = {}
    for state, day, number in session.exec(statement):
        found.setdefault(str(state), []).extend([max(0, (today - day).days)] * number)
    return found


@dataclass(frozen=True)
class Handover:
    """What the cases say about the way from one agency to the next: in how many distinct cases it broke or held."""

    source: str
    target: str
    breaks: int
    bridges: int


def handovers(session: Session) -> list[Handover]:
    """Ways from the agencies of one station to those of the next, over all cases with consent. For the coordination.

    The assessment is that of the station where the way arrives. Two statements.
    """
    stations = _stations(session)
    broken: Counter[tuple[str, str]] = Counter()
    held: Counter[tuple[str, str]] = Counter()
    for ways in stations.values():
        broken.update(_ways(ways, "break"))
        held.update(_ways(ways, "bridge"))
    pairs = sorted({*broken, *held}, key=lambda pair: (-broken[pair], -held[pair], pair))
    return [Handover(*pair, broken[pair], held[pair]) for pair in pairs]


Stations = list[tuple[frozenset[str], str]]
"""The stations of a case in their order: the agencies of each, and how it is assessed."""


def _ways(stations: Stations, assessment: str) -> set[tuple[str, str]]:
    """Each way once per case, however often the person went it."""
    return {
        (source, target)
        for (sources, _before), (targets, found) in pairwise(stations)
        if found == assessment
        for source, target in product(sources, targets - sources)
    }


def _stations(session: Session) -> dict[int, Stations]:
    statement = (
        select(Station.id, Station.case_id, Station.assessment)
        .join(Case, col(Case.id) == col(Station.case_id))
        .join(ClientConsent, col(ClientConsent.case_id) == col(Case.id))
        .where(col(Case.state).not_in(GONE), col(ClientConsent.withdrawn).is_(False), col(Station.hidden).is_(False))
        .order_by(col(Station.case_id), col(Station.position))
    )
    taking_part = _taking_part(session.exec(select(StationAgency.station_id, StationAgency.agency_type)))
    found: dict[int, Stations] = {}
    for station_id, case_id, assessment in session.exec(statement):
        found.setdefault(case_id, []).append((frozenset(taking_part.get(station_id or 0, ())), str(assessment)))
    return found


def _taking_part(rows: Iterable[tuple[int, str]]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for station_id, agency in rows:
        found.setdefault(station_id, set()).add(agency)
    return found
