"""The demo county goes in and comes out whole; it is loaded once, beside others, or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel, col, func, select

from app.core.database import SCOPE, Database
from app.dataset.dump import dump_demo
from app.dataset.loading import load_file
from app.dataset.problems import DataFileError
from app.people.models import Organisation, Tenant
from knowledge.gaps.models import Gap, Topic
from meetings.agenda.models import Meeting
from meetings.agenda.states import MeetingState
from meetings.bodies.models import Body
from meetings.decisions.models import Decision, DecisionSubject
from tests.support.changed_files import DEMO, GONE, changed, parsed


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A reading session of the county that was just loaded."""
    with database.session(database.writing) as writing:
        load_file(writing, DEMO)
        writing.commit()
        tenant_id = writing.info[SCOPE]
    with database.read(tenant_id) as session:
        yield session


def expected_counts() -> dict[str, int]:
    """Rows by table as the file implies them."""
    demo = parsed(DEMO)
    stations = [station for case in demo["cases"] for station in case["stations"]]
    seats = [seat for body in demo["bodies"] for seat in body["members"]]
    agreement, agenda = demo["agreement"], demo["agenda"]
    return {
        "tenant": 1,
        "municipality": len(demo["municipalities"]),
        "organisation": len(demo["organisations"]),
        "person": len(demo["people"]),
        "person_role": sum(len(person["roles"]) for person in demo["people"]),
        "body": len(demo["bodies"]),
        "seat": len(seats),
        "seat_holder": sum(("person" in seat) + ("deputy" in seat) for seat in seats),
        "workshop": len(demo["workshops"]),
        "case": len(demo["cases"]),
        "station": len(stations),
        "finding": sum(len(station.get("findings", [])) for station in stations),
        "evidence": sum(len(gap["evidence"]) + len(gap.get("counter_evidence", [])) for gap in demo["gaps"]),
        "gap": len(demo["gaps"]),
        "topic": len(demo["topics"]),
        "solution": len(demo["past_solutions"]),
        "decision": len(demo["decisions"]),
        "meeting": 3,
        "agenda_item": len(agenda["items"]),
        "goal": len(agreement["goals"]),
        "coding_category": len(demo["codebook"]),
        "coding_passage": len(demo["codings"]),
        "coding": sum(len(each["by"]) for each in demo["codings"]),
        "goal_indicator": sum(len(goal["indicators"]) for goal in agreement["goals"]),
        "obligation": len(agreement["obligations"]),
        "org_consent": len(agreement["obligations"]),
        "measure": len(agreement["measures"]),
        "agreement_version": len(agreement["history"]),
    }


def test_what_was_loaded_comes_out_as_it_went_in(session: Session):
    assert dump_demo(session, "kreis-sonderau") == parsed(DEMO)


def test_every_entity_of_the_file_has_its_row(session: Session):
    for table, number in expected_counts().items():
        found = session.connection().execute(select(func.count()).select_from(SQLModel.metadata.tables[table]))
        assert (table, found.scalar_one()) == (table, number)


def test_the_report_counts_what_was_written(database: Database):
    with database.session(database.writing) as session:
        report = load_file(session, DEMO)
    expected = expected_counts()
    expected.pop("tenant")
    assert report.tenant_key == "kreis-sonderau"
    assert {table: report.counts[table] for table in expected} == expected


def test_the_session_that_loaded_belongs_to_the_new_tenant(database: Database):
    with database.session(database.writing) as session:
        load_file(session, DEMO)
        tenant = session.exec(select(Tenant)).one()
        assert session.info[SCOPE] == tenant.id
        assert {row.tenant_id for row in session.exec(select(Organisation))} == {tenant.id}


def test_meetings_that_are_only_named_are_held_on_the_day_of_their_decisions(session: Session):
    held = session.exec(
        select(Meeting).where(col(Meeting.state) == MeetingState.HELD).order_by(col(Meeting.date))
    ).all()
    assert [(row.key, row.number, str(row.date)) for row in held] == [
        ("LG-06", 6, "2025-06-26"),
        ("LG-08", 8, "2026-07-02"),
    ]
    assert {row.title for row in held} == {"6. Sitzung der Lenkungsgruppe KIM", "8. Sitzung der Lenkungsgruppe KIM"}


def test_a_meeting_begins_at_the_clock_time_of_the_county(session: Session):
    meeting = session.exec(select(Meeting).where(col(Meeting.key) == "LG-09")).one()
    assert meeting.starts_at is not None
    assert meeting.starts_at.isoformat() == "2026-12-10T13:00:00+00:00"


def test_the_thread_runs_from_decisions_to_what_they_name(session: Session):
    keys = {}
    for table, column in ((Gap, "gap_id"), (Topic, "topic_id"), (Body, "body_id")):
        keys[column] = {row.id: row.key for row in session.exec(select(table))}
    found = {}
    for decision, subject in session.exec(
        select(Decision, DecisionSubject).where(col(Decision.id) == col(DecisionSubject.decision_id))
    ):
        named = {str(names[getattr(subject, column)]) for column, names in keys.items() if getattr(subject, column)}
        found.setdefault(decision.key, set()).update({f"{subject.relation.value} {name}" for name in named})
    assert found == {
        "D-06-2": {"concerns T-06"},
        "D-08-1": {"concerns F-2024-03"},
        "D-08-2": {"concerns T-01", "concerns T-02"},
        "D-08-3": {"concerns pg-uebergang", "concerns T-01"},
        "D-08-4": {"concerns F-2026-10"},
        "D-U-26-2": {"escalates F-2026-06"},
    }


def test_a_tenant_that_is_already_there_is_refused(session: Session, database: Database):
    with database.session(database.writing) as second, pytest.raises(DataFileError, match="diesen Mandanten gibt es"):
        load_file(second, DEMO)
    assert dump_demo(session, "kreis-sonderau") == parsed(DEMO)


def test_an_address_that_has_an_account_is_refused(session: Session, database: Database, tmp_path: Path):
    twin = changed(tmp_path, (("tenant", "key"), "kreis-zwilling"))
    with (
        database.session(database.writing) as second,
        pytest.raises(DataFileError, match="ein Konto mit dieser Adresse"),
    ):
        load_file(second, twin)


def test_two_counties_live_side_by_side(session: Session, database: Database, tmp_path: Path):
    addresses = [(("people", index, "email"), f"p{index}@twin.example") for index in range(len(parsed(DEMO)["people"]))]
    twin = changed(tmp_path, (("tenant", "key"), "kreis-zwilling"), *addresses)
    with database.session(database.writing) as second:
        load_file(second, twin)
        second.commit()
    assert dump_demo(session, "kreis-sonderau") == parsed(DEMO)
    assert [gap["key"] for gap in dump_demo(session, "kreis-zwilling")["gaps"]] == [
        gap["key"] for gap in parsed(DEMO)["gaps"]
    ]


def test_a_county_that_knows_little_yet_comes_out_as_it_went_in(database: Database, tmp_path: Path):
    lists = ("bodies", "workshops", "cases", "gaps", "topics", "past_solutions", "decisions", "people", "organisations")
    alone = ("agenda", "agreement", "codebook", "codings")
    file = changed(tmp_path, *[((name,), []) for name in lists], *[((name,), GONE) for name in alone])
    with database.session(database.writing) as session:
        load_file(session, file)
        assert dump_demo(session, "kreis-sonderau") == parsed(file)
