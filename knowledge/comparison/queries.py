"""Reading cases to compare them: those that the reader may read today, with stations, findings and gaps.

Eight statements at most, however many cases there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, select

from app.core.permissions import Actor
from app.people.models import Municipality
from app.people.states import MunicipalityKind
from knowledge.cases import access
from knowledge.cases.access import FoundCase
from knowledge.cases.models import CaseFacet, Finding, Station
from knowledge.cases.rules import TransitionNumbers, transition_numbers
from knowledge.cases.states import CaseFacetName, CaseState
from knowledge.comparison.policy import may_filter_by_municipality
from knowledge.comparison.rules import Axis, Matrix, Sighting, matrix
from knowledge.gaps.models import Gap, GapMunicipality
from knowledge.gaps.states import GapStatus
from knowledge.gaps.visibility import readable_gaps

COMPARED = (CaseState.RELEASED, CaseState.CLOSED)
DONE = (GapStatus.MERGED, GapStatus.DECLINED, GapStatus.SINGLE_CASE, GapStatus.RESOLVED)
MOST_EMPTY = 30


@dataclass(frozen=True)
class Choice:
    """What is compared: the columns, and which stations and cases; empty means all."""

    axis: Axis = Axis.GAPS
    legal_domain: str = ""
    group: str = ""
    place: str = ""


@dataclass(frozen=True)
class Options:
    """What the filters offer: codes that occur in the cases of this reader."""

    legal_domains: tuple[str, ...]
    groups: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """The compared cases in the order of their workshops, the matrix, the gaps of its columns, and the transitions."""

    cases: tuple[FoundCase, ...]
    matrix: Matrix
    transitions: Mapping[str, TransitionNumbers]
    options: Options
    readable: int
    gaps: Mapping[str, Gap] = field(default_factory=dict)


@dataclass(frozen=True)
class _Stop:
    """A station with what is needed of it."""

    id: int
    case_id: int
    assessment: str
    legal_domain: str
    life_domain: str
    transition: str | None


def comparison(session: Session, actor: Actor, choice: Choice, today: date) -> Comparison:
    """The cases of this choice beside each other."""
    readable = [each for each in access.readable_cases(session, actor, today) if each.case.state in COMPARED]
    ids = [each.id for each in readable]
    groups, stops = _groups(session, ids), _stops(session, ids)
    places = _places(session, readable) if may_filter_by_municipality(actor) else {}
    chosen = [each for each in readable if _fits(each.id, choice, groups, places)]
    kept = {each.id for each in chosen}
    wanted = [
        stop
        for stop in stops
        if stop.case_id in kept and (not choice.legal_domain or stop.legal_domain == choice.legal_domain)
    ]
    touched = {stop.case_id for stop in wanted}
    rows = [each for each in chosen if each.id in touched or not choice.legal_domain]
    sightings, gaps, expected = _columns(session, actor, choice.axis, wanted)
    return Comparison(
        cases=tuple(rows),
        matrix=matrix(sightings, [each.id for each in rows], expected),
        transitions=transition_numbers((stop.transition, stop.assessment) for stop in wanted),
        options=_options(stops, groups, places),
        readable=len(readable),
        gaps=gaps,
    )


def _fits(case_id: int, choice: Choice, groups: Mapping[int, tuple[str, ...]], places: Mapping[int, str]) -> bool:
    """Without a right to places (`places` is empty then) that filter is not there."""
    if choice.group and choice.group not in groups.get(case_id, ()):
        return False
    return not (choice.place and places) or places.get(case_id) == choice.place


def _groups(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    rows = session.exec(
        select(CaseFacet.case_id, CaseFacet.key)
        .where(col(CaseFacet.case_id).in_(ids), col(CaseFacet.facet) == CaseFacetName.AFFECTED_GROUP)
        .order_by(col(CaseFacet.position))
    )
    found: dict[int, tuple[str, ...]] = {}
    for case_id, key in rows:
        found[case_id] = (*found.get(case_id, ()), key)
    return found


def _places(session: Session, cases: Sequence[FoundCase]) -> dict[int, str]:
    """The kind of municipality of each case."""
    kinds = dict(session.exec(select(Municipality.id, Municipality.kind)).all())
    found = {each.id: kinds.get(each.case.municipality_id) for each in cases}
    return {case_id: str(kind) for case_id, kind in found.items() if kind is not None}


def _stops(session: Session, ids: Sequence[int]) -> list[_Stop]:
    """The stations that the case givers do not hide."""
    rows = session.exec(
        select(Station)
        .where(col(Station.case_id).in_(ids), col(Station.hidden).is_(False))
        .order_by(col(Station.case_id), col(Station.position))
    )
    return [
        _Stop(row.id or 0, row.case_id, row.assessment.value, row.legal_domain, row.life_domain, row.transition)
        for row in rows
    ]


def _columns(
    session: Session, actor: Actor, axis: Axis, stops: Sequence[_Stop]
) -> tuple[list[Sighting], dict[str, Gap], tuple[str, ...]]:
    """What was seen in which column, the gaps behind the columns, and columns that ought to be asked about."""
    if axis is Axis.LIFE_DOMAINS:
        return [Sighting(stop.case_id, stop.life_domain, stop.assessment) for stop in stops], {}, ()
    if axis is Axis.LEGAL_DOMAINS:
        return [Sighting(stop.case_id, stop.legal_domain, stop.assessment) for stop in stops], {}, ()
    by_id = {stop.id: stop for stop in stops}
    rows = session.exec(
        select(Finding.station_id, Gap)
        .join(Gap, col(Gap.id) == col(Finding.gap_id))
        .where(col(Finding.station_id).in_(list(by_id)), readable_gaps(actor))
    ).all()
    gaps = {gap.key: gap for _station_id, gap in rows}
    sightings = [Sighting(by_id[at].case_id, gap.key, by_id[at].assessment) for at, gap in rows]
    everywhere = _county_wide(session, actor)
    gaps |= {gap.key: gap for gap in everywhere}
    return sightings, gaps, tuple(gap.key for gap in everywhere)


def _county_wide(session: Session, actor: Actor) -> list[Gap]:
    """Open gaps that name no municipality: every case might know them."""
    named = select(GapMunicipality.gap_id)
    return list(
        session.exec(
            select(Gap)
            .where(readable_gaps(actor), col(Gap.id).not_in(named), col(Gap.status).not_in(DONE))
            .order_by(col(Gap.key))
        )
    )


def _options(stops: Sequence[_Stop], groups: Mapping[int, tuple[str, ...]], places: Mapping[int, str]) -> Options:
    kinds = set(places.values())
    return Options(
        legal_domains=tuple(sorted({stop.legal_domain for stop in stops})),
        groups=tuple(sorted({group for of in groups.values() for group in of})),
        places=tuple(kind.value for kind in MunicipalityKind if kind.value in kinds),
    )
