"""Stations and findings that are added while a workshop runs, or right after: who may, and what counts at once."""

from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import Session, col, func, select

from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.records import LiveEvent
from knowledge.cases.actions_findings import add_finding, change_finding, mark_of_finding
from knowledge.cases.actions_stations import BeyondSpan, add_live_station, add_station, change_station
from knowledge.cases.drafts import StationDraft
from knowledge.cases.models import Case, Finding, Station
from knowledge.cases.states import FindingKind, StationAssessment
from knowledge.gaps.models import Evidence, Gap
from knowledge.gaps.states import Polarity
from knowledge.privacy.confirming import Unchecked
from knowledge.workshops.models import Workshop
from knowledge.workshops.states import WorkshopState
from tests.support.demo import Demo

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
DRAFT = StationDraft(5, "Anruf bei der Hotline", "sgb2", "subsistence", text="Niemand ging ans Telefon.")


def start(demo: Demo, key: str = "W-2026-2", state: WorkshopState = WorkshopState.RUNNING) -> None:
    def run(work: Any) -> None:
        row = work.session.exec(select(Workshop).where(col(Workshop.key) == key)).one()
        row.state = state
        work.session.add(row)
        work.record("workshop.moved", row)

    demo.perform("p-albers", run)


def case_id(session: Session, key: str) -> int:
    return session.exec(select(Case.id).where(col(Case.key) == key)).one() or 0


def id_of(demo: Demo, key: str) -> int:
    with demo.session() as session:
        return case_id(session, key)


@pytest.mark.parametrize("person", ["p-albers", "p-kaya"])
def test_moderator_and_minute_taker_add_a_station_while_the_workshop_runs(demo: Demo, person: str) -> None:
    start(demo)
    station = demo.perform(person, add_live_station, id_of(demo, "erle"), DRAFT)
    assert station.key
    with demo.session() as session:
        channels = session.exec(select(LiveEvent.channel, LiveEvent.name)).all()
        workshop_id = session.exec(select(Workshop.id).where(col(Workshop.key) == "W-2026-2")).one()
    assert (f"workshop:{workshop_id}", "timeline") in channels


@pytest.mark.parametrize("person", ["p-brandes", "p-diallo", "p-wieland"])
def test_others_add_none_and_do_not_learn_of_the_case(demo: Demo, person: str) -> None:
    start(demo)
    with pytest.raises(NotFound):
        demo.perform(person, add_live_station, id_of(demo, "weide"), DRAFT)


@pytest.mark.parametrize("state", [WorkshopState.HELD, WorkshopState.RELEASED, WorkshopState.PLANNED])
def test_nothing_is_added_before_or_after_the_workshop(demo: Demo, state: WorkshopState) -> None:
    start(demo, state=state)
    with pytest.raises(Forbidden):
        demo.perform("p-albers", add_live_station, id_of(demo, "erle"), DRAFT)


def test_a_released_case_takes_no_station_outside_the_room(demo: Demo) -> None:
    with pytest.raises(Forbidden):
        demo.perform("p-albers", add_station, id_of(demo, "erle"), DRAFT)
    with demo.session() as session:
        station = session.exec(select(Station).where(col(Station.case_id) == case_id(session, "erle"))).first()
    assert station is not None
    with pytest.raises(Forbidden):
        demo.perform("p-albers", change_station, station.id, DRAFT, "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"month": -3},
        {"month": 999},
        {"title": ""},
        {"text": "x" * 10_000},
        {"legal_domain": "erfunden"},
        {"agencies": ("Jobcenter Sonderau",)},
        {"assessment": StationAssessment.BRIDGE},
    ],
)
def test_a_wrong_draft_is_refused_in_the_action_too(demo: Demo, wrong: dict[str, Any]) -> None:
    start(demo)
    with pytest.raises(InvalidInput):
        demo.perform("p-albers", add_live_station, id_of(demo, "erle"), StationDraft(**{**vars(DRAFT), **wrong}))


def test_a_finding_of_a_released_case_counts_at_once_and_once(demo: Demo) -> None:
    start(demo)
    station = demo.perform("p-albers", add_live_station, id_of(demo, "erle"), DRAFT)
    gap_id = gap(demo)
    for text in ("Die Hotline ist nicht erreichbar.", "Sie ruft auch nicht zurück."):
        demo.perform("p-albers", add_finding, station.id, text, gap_id)
    demo.perform("p-albers", add_finding, station.id, "Ein Aushang half.", gap_id, FindingKind.COUNTERS)
    assert evidence(demo, station.id) == [Polarity.AGAINST, Polarity.FOR]


def gap(demo: Demo) -> int:
    with demo.session() as session:
        return session.exec(select(Gap.id).where(col(Gap.key) == "F-2026-01")).one() or 0


def evidence(demo: Demo, station_id: int) -> list[Polarity]:
    with demo.session() as session:
        return sorted(session.exec(select(Evidence.polarity).where(col(Evidence.station_id) == station_id)).all())


def test_a_finding_of_a_released_case_is_changed_in_the_review_only(demo: Demo) -> None:
    with demo.session() as session:
        statement = select(Finding).join(Station, col(Station.id) == col(Finding.station_id))
        finding = session.exec(statement.where(col(Station.case_id) == case_id(session, "ahorn"))).first()
    assert finding is not None
    given = "Anders.", finding.gap_id, finding.kind, mark_of_finding(finding)
    with pytest.raises(Forbidden):
        demo.perform("p-albers", change_finding, finding.id, *given)


def test_the_demo_has_every_station_still_in_its_order(demo: Demo) -> None:
    with demo.session() as session:
        rows = session.exec(
            select(Station.case_id, Station.position, Station.month).order_by(
                col(Station.case_id), col(Station.month), col(Station.position)
            )
        ).all()
        total = session.exec(select(func.count(col(Station.id)))).one()
    assert len(rows) == total
    assert list(rows) == sorted(rows, key=lambda row: (row[0], row[1]))


def test_a_station_beyond_the_case_asks_and_makes_it_longer(demo: Demo) -> None:
    start(demo)
    erle = id_of(demo, "erle")
    with demo.session() as session:
        span = session.exec(select(Case.span_months).where(col(Case.id) == erle)).one()
    late = replace(DRAFT, month=span + 1)
    with pytest.raises(BeyondSpan, match=f"die Station liegt in Monat {span + 1}"):
        demo.perform("p-albers", add_live_station, erle, late)
    demo.perform("p-albers", add_live_station, erle, replace(late, extends=True))
    with demo.session() as session:
        assert session.exec(select(Case.span_months).where(col(Case.id) == erle)).one() == span + 1


def test_what_could_point_at_a_person_is_confirmed_before_the_room_reads_it(demo: Demo) -> None:
    start(demo)
    erle = id_of(demo, "erle")
    told = replace(DRAFT, text="Frau Yilmaz ging nicht ans Telefon.")
    with pytest.raises(Unchecked) as refused:
        demo.perform("p-albers", add_live_station, erle, told)
    assert [hit.text for hit in refused.value.hits] == ["Frau Yilmaz"]
    demo.perform("p-albers", add_live_station, erle, told, tuple(hit.key for hit in refused.value.hits))
