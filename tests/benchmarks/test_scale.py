"""The thought-up county: as many gaps as asked for, complete, and the same each time."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, SQLModel, col, func, select

from benchmarks.scale import count_gaps, grow
from benchmarks.sketches import STATIONS_PER_CASE, GapSketch, case_sketches, cases_behind, gap_sketches
from knowledge.cases.models import Case, Finding, Station
from knowledge.gaps.evidence import strengths
from knowledge.gaps.models import Evidence, Gap, GapFacet, GapHistory, GapIndicator, GapMunicipality
from knowledge.gaps.states import Polarity
from knowledge.workshops.models import Workshop, WorkshopCase
from tests.support.demo import Demo
from tests.support.time import TODAY

GROWN = (
    Case,
    Station,
    Finding,
    Workshop,
    WorkshopCase,
    Gap,
    GapFacet,
    GapHistory,
    GapIndicator,
    GapMunicipality,
    Evidence,
)


def grown(demo: Demo, *steps: tuple[int, int], well_known: str | None = None) -> dict[str, int]:
    counts: dict[str, int] = {}
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        for start, stop in steps:
            for table, rows in grow(session, start, stop, well_known=well_known).items():
                counts[table] = counts.get(table, 0) + rows
        session.commit()
    return counts


def rows_of(session: Session, model: type[SQLModel]) -> int:
    return session.exec(select(func.count()).select_from(model)).one()


def said_of(sketches: Iterable[GapSketch]) -> set[tuple[str, ...]]:
    """Titles, codes and witnesses of gaps as flat facts, each with the gap's key."""
    found: set[tuple[str, ...]] = set()
    for sketch in sketches:
        found.add((sketch.key, sketch.title, sketch.summary, sketch.status))
        found |= {(sketch.key, facet, code) for facet, codes in sketch.codes.items() for code in codes}
        found |= {
            (
                sketch.key,
                f"fall-{witness.case + 1}",
                f"S{witness.station + 1}",
                "for" if witness.speaks_for else "against",
            )
            for witness in sketch.witnesses
        }
    return found


def said_in(session: Session) -> set[tuple[str, ...]]:
    """The same, read from the database, of all gaps."""
    statements: tuple[Any, ...] = (
        select(Gap.key, Gap.title, Gap.summary, Gap.status),
        select(Gap.key, GapFacet.facet, GapFacet.key).join(GapFacet, col(GapFacet.gap_id) == col(Gap.id)),
        select(Gap.key, Case.key, Station.key, Evidence.polarity)
        .join(Evidence, col(Evidence.gap_id) == col(Gap.id))
        .join(Station, col(Station.id) == col(Evidence.station_id))
        .join(Case, col(Case.id) == col(Station.case_id)),
    )
    return {tuple(str(value) for value in row) for statement in statements for row in session.exec(statement)}


def test_the_county_gets_as_many_gaps_as_asked_for(demo: Demo) -> None:
    with demo.session() as session:
        before = {model: rows_of(session, model) for model in GROWN}
    counts = grown(demo, (0, 60))
    assert counts["gap"] == 60
    with demo.session() as session:
        assert count_gaps(session) == before[Gap] + 60
        for model in GROWN:
            assert rows_of(session, model) - before[model] == counts[str(model.__tablename__)] > 0


@pytest.mark.parametrize("steps", [((0, 40),), ((0, 13), (13, 40))])
def test_the_same_county_comes_out_at_once_and_in_steps(demo: Demo, steps: tuple[tuple[int, int], ...]) -> None:
    with demo.session() as session:
        before, cases = said_in(session), rows_of(session, Case)
    grown(demo, *steps)
    with demo.session() as session:
        assert said_in(session) - before == said_of(gap_sketches(0, 40, 6))
        assert rows_of(session, Case) == cases + cases_behind(40)


def test_findings_stand_behind_what_speaks_for_a_gap(demo: Demo) -> None:
    grown(demo, (0, 60))
    with demo.session() as session:
        pairs = session.exec(
            select(Evidence.gap_id, Finding.gap_id, Evidence.station_id, Finding.station_id)
            .join(Finding, col(Finding.id) == col(Evidence.finding_id))
            .where(col(Evidence.polarity) == Polarity.FOR)
        ).all()
        assert len(pairs) > 20
        assert all(of_gap == found and station == where for of_gap, found, station, where in pairs)
        grades = {strength.grade for strength in strengths(session, session.exec(select(Gap.id)).all()).values()}
        assert grades == {"A", "B", "C", "D"}


def test_a_well_known_gap_gathers_evidence_as_the_county_grows(demo: Demo) -> None:
    def cases() -> int:
        with demo.session() as session:
            gap_id = session.exec(select(Gap.id).where(col(Gap.key) == "F-2026-01")).one()
            return strengths(session, [gap_id or 0])[gap_id or 0].cases

    before = cases()
    grown(demo, (0, 100), (100, 600), well_known="F-2026-01")
    assert cases() == before + 3


@given(number=st.integers(0, 5000), seed=st.integers(0, 3))
def test_a_gap_is_witnessed_only_by_cases_that_are_there(number: int, seed: int) -> None:
    (sketch,) = gap_sketches(number, number + 1, 6, seed)
    assert all(witness.case < cases_behind(number + 1) for witness in sketch.witnesses)
    assert all(witness.station < STATIONS_PER_CASE for witness in sketch.witnesses)
    assert len({(witness.case, witness.station) for witness in sketch.witnesses}) == len(sketch.witnesses)


@given(number=st.integers(0, 5000))
def test_a_gap_ends_where_its_history_ends_and_nothing_lies_in_the_future(number: int) -> None:
    (sketch,) = gap_sketches(number, number + 1, 6)
    days = [day for day, _status in sketch.steps]
    assert sketch.steps[-1][1] == sketch.status
    assert days == sorted(days)
    assert sketch.first_reported <= days[0]
    assert days[-1] <= TODAY


@given(number=st.integers(0, 500))
def test_another_seed_gives_another_county(number: int) -> None:
    assert list(case_sketches(number, number + 1)) != list(case_sketches(number, number + 1, seed=1))
