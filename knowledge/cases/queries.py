"""Reading cases: the list, and one case with its stations and findings."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from sqlmodel import Session, col, select

from app.core import clock
from app.core.permissions import Actor
from app.people.models import Municipality, Person
from knowledge.cases import access
from knowledge.cases.access import FoundCase
from knowledge.cases.models import (
    Case,
    CaseFacet,
    ClientConsent,
    ConsentScope,
    DeidentificationChange,
    DeidentificationCheck,
    Finding,
    OpenQuestion,
    Station,
    StationAgency,
)
from knowledge.cases.policy import may_read_case_giver, may_read_municipality
from knowledge.cases.rules import BREAK, BRIDGE, TransitionNumbers, transition_numbers
from knowledge.cases.states import CaseFacetName, CaseState
from knowledge.cases.wording import state_word
from knowledge.gaps.models import Gap
from knowledge.gaps.visibility import readable_gaps
from knowledge.workshops.models import Workshop

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True)
class CaseLine:
    """A case in a list: how many stations, breaks and bridges it has."""

    found: FoundCase
    stations: int
    breaks: int
    bridges: int

    @property
    def case(self) -> Case:
        """The case itself."""
        return self.found.case

    @property
    def workshop_id(self) -> int | None:
        """The workshop that reconstructs it."""
        return self.found.workshop.id if self.found.workshop else None

    @property
    def state_word(self) -> str:
        """Its state in words; released is what cases usually are, and is not said."""
        return "" if self.case.state == CaseState.RELEASED else state_word(self.case.state, self.found.submitted)


@dataclass(frozen=True)
class FindingRow:
    """A finding and the gap that it feeds, if the reader may read that gap."""

    finding: Finding
    gap: Gap | None


@dataclass(frozen=True)
class StationRow:
    """A station with the types of agencies in it and what it shows."""

    station: Station
    agencies: tuple[str, ...] = ()
    findings: tuple[FindingRow, ...] = ()


@dataclass(frozen=True)
class CheckRow:
    """The second person's check: who, when, what was changed."""

    check: DeidentificationCheck
    checked_by: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class CaseSheet:
    """What the page of a case shows to this reader. What they may not see is None."""

    found: FoundCase
    in_case_team: bool
    stations: tuple[StationRow, ...]
    groups: tuple[str, ...]
    sensitive: tuple[str, ...]
    consent: ClientConsent | None
    scopes: tuple[str, ...]
    check: CheckRow | None
    questions: tuple[str, ...]
    municipality: str | None = None
    giver: str | None = None
    numbers: dict[str, TransitionNumbers] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        """The case itself."""
        return self.found.case

    @property
    def workshop(self) -> Workshop | None:
        """The workshop that reconstructs it."""
        return self.found.workshop


def readable_cases(session: Session, actor: Actor) -> list[CaseLine]:
    """The cases that this person may read today, in the order of workshops and of their agendas. Four statements."""
    readable = access.readable_cases(session, actor, clock.today())
    rows = session.exec(
        select(Station.case_id, Station.assessment).where(
            col(Station.case_id).in_([found.id for found in readable]), col(Station.hidden).is_(False)
        )
    )
    seen = _grouped((case_id, str(assessment)) for case_id, assessment in rows)
    return [_line(found, seen.get(found.id, [])) for found in readable]


def _line(found: FoundCase, assessments: list[str]) -> CaseLine:
    return CaseLine(found, len(assessments), assessments.count(BREAK), assessments.count(BRIDGE))


def sheet(session: Session, actor: Actor, found: FoundCase) -> CaseSheet:
    """The case for this reader; hidden stations are the case team's alone. A fixed number of statements."""
    in_case_team = bool(may_read_case_giver(actor, found))
    stations = tuple(row for row in _stations(session, actor, found.id) if in_case_team or not row.station.hidden)
    facets = _facets(session, found.id)
    consent = session.exec(select(ClientConsent).where(col(ClientConsent.case_id) == found.id)).first()
    return CaseSheet(
        found=found,
        in_case_team=in_case_team,
        stations=stations,
        groups=facets.get(CaseFacetName.AFFECTED_GROUP, ()),
        sensitive=facets.get(CaseFacetName.SENSITIVE, ()),
        consent=consent,
        scopes=_scopes(session, consent),
        check=_check(session, found.id),
        questions=_questions(session, found.id),
        municipality=_municipality(session, found) if may_read_municipality(actor) else None,
        giver=_giver(session, found) if in_case_team else None,
        numbers=transition_numbers((row.station.transition, row.station.assessment) for row in stations),
    )


def _stations(session: Session, actor: Actor, case_id: int) -> list[StationRow]:
    stations = session.exec(
        select(Station).where(col(Station.case_id) == case_id).order_by(col(Station.month), col(Station.position))
    ).all()
    ids = [station.id or 0 for station in stations]
    agencies, findings = _agencies(session, ids), _findings(session, actor, ids)
    return [
        StationRow(station, tuple(agencies.get(station.id or 0, ())), tuple(findings.get(station.id or 0, ())))
        for station in stations
    ]


def _agencies(session: Session, station_ids: Collection[int]) -> dict[int, list[str]]:
    statement = (
        select(StationAgency.station_id, StationAgency.agency_type)
        .where(col(StationAgency.station_id).in_(station_ids))
        .order_by(col(StationAgency.position))
    )
    return _grouped(session.exec(statement))


def _findings(session: Session, actor: Actor, station_ids: Collection[int]) -> dict[int, list[FindingRow]]:
    statement = (
        select(Finding, Gap)
        .outerjoin(Gap, (col(Gap.id) == col(Finding.gap_id)) & readable_gaps(actor))
        .where(col(Finding.station_id).in_(station_ids))
        .order_by(col(Finding.position), col(Finding.id))
    )
    return _grouped((finding.station_id, FindingRow(finding, gap)) for finding, gap in session.exec(statement))


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    grouped: dict[K, list[V]] = {}
    for key, value in pairs:
        grouped.setdefault(key, []).append(value)
    return grouped


def _facets(session: Session, case_id: int) -> dict[CaseFacetName, tuple[str, ...]]:
    of_case = select(CaseFacet.facet, CaseFacet.key).where(col(CaseFacet.case_id) == case_id)
    rows = session.exec(of_case.order_by(col(CaseFacet.position)))
    return {CaseFacetName(facet): tuple(keys) for facet, keys in _grouped(rows).items()}


def _scopes(session: Session, consent: ClientConsent | None) -> tuple[str, ...]:
    if consent is None:
        return ()
    of_consent = select(ConsentScope.scope).where(col(ConsentScope.consent_id) == consent.id)
    return tuple(session.exec(of_consent.order_by(col(ConsentScope.position))))


def _check(session: Session, case_id: int) -> CheckRow | None:
    found = session.exec(
        select(DeidentificationCheck, Person.name)
        .join(Person, col(Person.id) == col(DeidentificationCheck.checked_by_id))
        .where(col(DeidentificationCheck.case_id) == case_id)
    ).first()
    if found is None:
        return None
    check, person = found
    changes = session.exec(
        select(DeidentificationChange.text)
        .where(col(DeidentificationChange.check_id) == check.id)
        .order_by(col(DeidentificationChange.position))
    ).all()
    return CheckRow(check, person, tuple(changes))


def _questions(session: Session, case_id: int) -> tuple[str, ...]:
    statement = (
        select(OpenQuestion.text).where(col(OpenQuestion.case_id) == case_id).order_by(col(OpenQuestion.position))
    )
    return tuple(session.exec(statement))


def _municipality(session: Session, found: FoundCase) -> str | None:
    return session.exec(select(Municipality.name).where(col(Municipality.id) == found.case.municipality_id)).first()


def _giver(session: Session, found: FoundCase) -> str | None:
    return session.exec(select(Person.name).where(col(Person.id) == found.giver_id)).first()
