"""Writes the county that `sketches` thinks up into a database that holds the demo county, in bulk.

A county grows as a whole: with its gaps grow the cases they were seen in, the workshops of these cases, the findings.
Nothing here is an action: no policy is asked and no act recorded, for it only makes a place to measure in.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Table, insert
from sqlmodel import Session, SQLModel, col, func, select

from app.core.database import SCOPE
from app.people.models import Municipality, PersonRole
from app.people.states import Role
from benchmarks.sketches import (
    CASES_PER_WORKSHOP,
    FIRST_DAY,
    SEED,
    CaseSketch,
    GapSketch,
    case_sketches,
    cases_behind,
    gap_sketches,
)
from knowledge.cases.models import Case, ClientConsent, Finding, Station
from knowledge.cases.states import CaseState, CaseTiming, ConsentForm
from knowledge.gaps.models import Evidence, Gap, GapFacet, GapHistory, GapIndicator, GapMunicipality
from knowledge.gaps.states import GapStatus, Polarity
from knowledge.workshops.models import Workshop, WorkshopCase
from knowledge.workshops.states import WorkshopState

Sketch = TypeVar("Sketch")
Values = dict[str, Any]
BATCH = 1000
KNOWN_TO_EVERY = 20
"""Every so many cases speak for the gap that `grow` is told is well known, so that one page grows with the county."""


@dataclass(frozen=True)
class Place:
    """The county that grows: its id, and the ids of its municipalities and case givers."""

    tenant_id: int
    municipalities: tuple[int, ...]
    givers: tuple[int, ...]


def grow(session: Session, start: int, stop: int, *, well_known: str | None = None, seed: int = SEED) -> dict[str, int]:
    """Add the gaps with the numbers from `start` up to `stop` and what belongs to them; rows by table.

    The session belongs to the county, which has municipalities and people who bring in cases; the caller commits.
    Growing in steps ends in the same county as growing at once.
    """
    writer = _BulkWriter(session, _place(session))
    writer.cases(case_sketches(cases_behind(start) if start else 0, cases_behind(stop), seed))
    writer.gaps(gap_sketches(start, stop, len(writer.place.municipalities), seed))
    if well_known:
        writer.testify(well_known)
    return writer.counts


def count_gaps(session: Session) -> int:
    """How many gaps the session's county has."""
    return session.exec(select(func.count()).select_from(Gap)).one()


def _place(session: Session) -> Place:
    municipalities = session.exec(select(Municipality.id).order_by(col(Municipality.id))).all()
    givers = (
        select(PersonRole.person_id).where(col(PersonRole.role) == Role.CASEMGMT).order_by(col(PersonRole.person_id))
    )
    people = session.exec(givers).all()
    return Place(session.info[SCOPE], tuple(id_ or 0 for id_ in municipalities), tuple(people))


class _BulkWriter:
    """Many rows per statement, straight to the tables; each row gets the county's id."""

    def __init__(self, session: Session, place: Place) -> None:
        self._session = session
        self._connection = session.connection()
        self.place = place
        self.counts: dict[str, int] = {}

    def cases(self, sketches: Iterable[CaseSketch]) -> None:
        """Cases with their stations, consents and workshops."""
        for batch in _batches(sketches):
            ids = self._insert_for_ids(Case, [self._case(sketch) for sketch in batch])
            self._insert(ClientConsent, [_consent(case_id) for case_id in ids])
            stations = [_stations(case_id, sketch) for case_id, sketch in zip(ids, batch, strict=True)]
            self._insert(Station, [row for rows in stations for row in rows])
            self._workshops(ids, batch)

    def gaps(self, sketches: Iterable[GapSketch]) -> None:
        """Gaps with codes, places, figures, history, and the findings that speak for them."""
        stations = self._stations()
        for batch in _batches(sketches):
            ids = self._insert_for_ids(Gap, [_gap(sketch) for sketch in batch])
            made = list(zip(ids, batch, strict=True))
            self._insert(GapFacet, [row for gap_id, sketch in made for row in _facets(gap_id, sketch)])
            self._insert(GapIndicator, [row for gap_id, sketch in made for row in _indicators(gap_id, sketch)])
            self._insert(GapHistory, [row for gap_id, sketch in made for row in _history(gap_id, sketch)])
            self._insert(GapMunicipality, [row for gap_id, sketch in made for row in self._places(gap_id, sketch)])
            self._evidence([row for gap_id, sketch in made for row in _evidence(gap_id, sketch, stations)])

    def testify(self, key: str) -> None:
        """Let the first station of every so manieth case speak for this gap, unless it does already."""
        gap_id = self._session.exec(select(Gap.id).where(col(Gap.key) == key)).one()
        done = set(self._session.exec(select(Evidence.station_id).where(col(Evidence.gap_id) == gap_id)))
        stations = self._stations()
        chosen = [stations[case, 0] for case, station in stations if station == 0 and case % KNOWN_TO_EVERY == 0]
        self._evidence([_witness(gap_id, station, True, 0) for station in chosen if station not in done])

    def _stations(self) -> dict[tuple[int, int], int]:
        rows = self._session.exec(
            select(Station.id, Case.key, Station.position)
            .join(Case, col(Case.id) == col(Station.case_id))
            .where(col(Case.key).startswith("fall-"))
            .order_by(col(Case.id), col(Station.position))
        )
        return {(int(key.removeprefix("fall-")) - 1, position): id_ or 0 for id_, key, position in rows}

    def _evidence(self, rows: list[Values]) -> None:
        speaking = [row for row in rows if row["polarity"] == Polarity.FOR]
        findings = [
            {
                "station_id": row["station_id"],
                "gap_id": row["gap_id"],
                "position": 0,
                "text": "Niemand steuert den Wechsel.",
            }
            for row in speaking
        ]
        for row, finding_id in zip(speaking, self._insert_for_ids(Finding, findings), strict=True):
            row["finding_id"] = finding_id
        self._insert(Evidence, rows)

    def _workshops(self, case_ids: list[int], sketches: list[CaseSketch]) -> None:
        numbers = [int(sketch.key.removeprefix("fall-")) - 1 for sketch in sketches]
        new = [number // CASES_PER_WORKSHOP for number in numbers if number % CASES_PER_WORKSHOP == 0]
        self._insert(Workshop, [_workshop(number) for number in new])
        rows = self._session.exec(select(Workshop.key, Workshop.id).where(col(Workshop.key).startswith("werkstatt-")))
        ids = dict(rows.all())
        places = [(f"werkstatt-{number // CASES_PER_WORKSHOP}", number % CASES_PER_WORKSHOP) for number in numbers]
        self._insert(
            WorkshopCase,
            [
                {"workshop_id": ids[key], "case_id": case_id, "position": position}
                for case_id, (key, position) in zip(case_ids, places, strict=True)
            ],
        )

    def _case(self, sketch: CaseSketch) -> Values:
        return {
            "key": sketch.key,
            "title": sketch.title,
            "state": CaseState.RELEASED,
            "case_giver_type": "kim_casemgmt",
            "case_giver_id": self.place.givers[sketch.giver % len(self.place.givers)],
            "municipality_id": self.place.municipalities[sketch.place % len(self.place.municipalities)],
            "household": "Familie mit zwei Kindern",
            "anchor": "Zuweisung in die Kommune",
            "span_months": sketch.stations[-1].month,
            "timing": CaseTiming.CLOSED,
        }

    def _places(self, gap_id: int, sketch: GapSketch) -> Iterator[Values]:
        for position, place in enumerate(sketch.places):
            yield {"gap_id": gap_id, "municipality_id": self.place.municipalities[place], "position": position}

    def _insert(self, model: type[SQLModel], rows: list[Values]) -> None:
        if rows:
            self._connection.execute(insert(_table(model)), self._owned(rows))
        self._count(model, rows)

    def _insert_for_ids(self, model: type[SQLModel], rows: list[Values]) -> list[int]:
        table = _table(model)
        statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
        ids = list(self._connection.execute(statement, self._owned(rows)).scalars()) if rows else []
        self._count(model, rows)
        return ids

    def _owned(self, rows: list[Values]) -> list[Values]:
        return [{"tenant_id": self.place.tenant_id, **row} for row in rows]

    def _count(self, model: type[SQLModel], rows: list[Values]) -> None:
        name = _table(model).name
        self.counts[name] = self.counts.get(name, 0) + len(rows)


def _batches(sketches: Iterable[Sketch]) -> Iterator[list[Sketch]]:
    source = iter(sketches)
    while batch := list(islice(source, BATCH)):
        yield batch


def _table(model: type[SQLModel]) -> Table:
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


def _consent(case_id: int) -> Values:
    return {
        "case_id": case_id,
        "form": ConsentForm.WRITTEN,
        "obtained_month": "2026-02",
        "language_supported": True,
        "withdrawn": False,
    }


def _stations(case_id: int, sketch: CaseSketch) -> Iterator[Values]:
    for position, station in enumerate(sketch.stations):
        yield {
            "case_id": case_id,
            "key": f"S{position + 1}",
            "position": position,
            "month": station.month,
            "title": station.title,
            "legal_domain": station.legal_domain,
            "life_domain": station.life_domain,
            "transition": station.transition,
            "assessment": station.assessment,
            "text": f"{station.title}. Die Unterlagen lagen vor, die Entscheidung blieb aus.",
            "hidden": False,
        }


def _workshop(number: int) -> Values:
    day = FIRST_DAY + timedelta(days=7 * number % 2000)
    return {
        "key": f"werkstatt-{number}",
        "title": f"Fallwerkstatt {number + 1}",
        "date": day,
        "state": WorkshopState.RELEASED,
        "format": "in_person",
        "confidentiality_confirmed": 8,
        "released_on": day,
    }


def _gap(sketch: GapSketch) -> Values:
    deferred = sketch.status == GapStatus.DEFERRED
    return {
        "key": sketch.key,
        "title": sketch.title,
        "summary": sketch.summary,
        "solvable_at": sketch.solvable_at,
        "severity": sketch.severity,
        "frequency": sketch.frequency,
        "status": sketch.status,
        "visibility": sketch.visibility,
        "first_reported": sketch.first_reported,
        "reports": sketch.reports,
        "deferred_until": sketch.first_reported + timedelta(days=540) if deferred else None,
        "deferred_reason": "Die Landesregelung wird abgewartet." if deferred else None,
    }


def _facets(gap_id: int, sketch: GapSketch) -> Iterator[Values]:
    for facet, keys in sketch.codes.items():
        for position, key in enumerate(keys):
            yield {"gap_id": gap_id, "facet": facet, "key": key, "position": position}


def _indicators(gap_id: int, sketch: GapSketch) -> Iterator[Values]:
    for position, (label, before, after) in enumerate(sketch.figures):
        yield {
            "gap_id": gap_id,
            "position": position,
            "label": label,
            "before": before,
            "after": after,
            "period": "2026",
        }


def _history(gap_id: int, sketch: GapSketch) -> Iterator[Values]:
    source: GapStatus | None = None
    for day, target in sketch.steps:
        at = datetime.combine(day, time(9), UTC)
        yield {"gap_id": gap_id, "at": at, "person_id": None, "source": source, "target": target, "reason": None}
        source = target


def _evidence(gap_id: int, sketch: GapSketch, stations: dict[tuple[int, int], int]) -> Iterator[Values]:
    for position, witness in enumerate(sketch.witnesses):
        yield _witness(gap_id, stations[witness.case, witness.station], witness.speaks_for, position)


def _witness(gap_id: int | None, station_id: int, speaks_for: bool, position: int) -> Values:
    polarity, text = (Polarity.FOR, None) if speaks_for else (Polarity.AGAINST, "Hier gelang der Wechsel ohne Lücke.")
    return {
        "gap_id": gap_id,
        "station_id": station_id,
        "polarity": polarity,
        "position": position,
        "text": text,
        "finding_id": None,
    }
