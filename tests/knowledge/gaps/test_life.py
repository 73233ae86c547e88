"""A gap's life: deferral that ends by itself, escalation with an answer, reopening, and a history nobody can change."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from app.core import jobs
from app.core.audit import verify
from app.core.records import AuditEntry
from knowledge.gaps import actions
from knowledge.gaps.escalation import open_escalations
from knowledge.gaps.models import Escalation, Gap, GapHistory
from knowledge.search.models import SearchOutbox
from meetings.agenda.models import Meeting
from tests.support.demo import Demo, post
from tests.support.time import TODAY

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
DUE = datetime(2027, 3, 31, 9, tzinfo=UTC)


def gap(demo: Demo, key: str) -> Gap:
    with demo.session() as session:
        return session.exec(select(Gap).where(col(Gap.key) == key)).one()


def house(demo: Demo) -> Any:
    return demo.app.extensions["lueckenlos"]


def writing(demo: Demo) -> Session:
    return demo.database.session(demo.database.writing, demo.tenant_id)


def test_a_deferred_gap_comes_back_on_its_day_by_itself(demo: Demo) -> None:
    jobs.run_due(house(demo), datetime(2027, 3, 30, 9, tzinfo=UTC))
    assert gap(demo, "F-2026-10").status == "deferred"
    jobs.run_due(house(demo), DUE)
    row = gap(demo, "F-2026-10")
    assert row.status == "topic_store"
    with demo.session() as session:
        step = session.exec(
            select(GapHistory).where(col(GapHistory.gap_id) == row.id).order_by(col(GapHistory.id).desc())
        ).first()
        act = session.exec(select(AuditEntry).where(col(AuditEntry.action) == "gap.moved")).one()
        assert "F-2026-10" in session.exec(select(SearchOutbox.key)).all()
        assert list(verify(session)) == []
    assert step is not None
    assert (step.person_id, step.source, step.reason) == (None, "deferred", "Wiedervorlage")
    assert (act.person_id, act.object_key) == (None, "F-2026-10")
    life = demo.client("p-albers").get("/fehlstellen/F-2026-10/geschichte").get_data(as_text=True)
    assert "ohne Zutun einer Person" in life


@SQLITE
def test_a_review_happens_once_and_a_missed_day_is_made_up_for(demo: Demo) -> None:
    later = datetime(2027, 5, 2, 9, tzinfo=UTC)
    for _time in range(2):
        jobs.run_due(house(demo), later)
    with demo.session() as session:
        steps = session.exec(select(GapHistory).where(col(GapHistory.reason) == "Wiedervorlage")).all()
    assert len(steps) == 1


@SQLITE
def test_an_answer_opens_the_way_on_from_an_escalation(demo: Demo) -> None:
    client = demo.client("p-albers")
    at = "/fehlstellen/F-2026-06/eskalation"
    assert "Noch nicht möglich" in client.get("/fehlstellen/F-2026-06").get_data(as_text=True)
    typed = {"addressee": "Integrationsministerium", "via": "Brief", "sent_on": "2026-10-20", "version": "1"}
    early = {**typed, "answer": "Nein.", "answered_on": "2026-10-01"}
    for wrong in (
        {**typed, "answer": "Ja."},
        {**typed, "answered_on": "2026-11-01"},
        early,
        {**typed, "addressee": ""},
    ):
        assert post(client, at, wrong, at=at).status_code == 422
    assert post(client, at, {**typed, "answer": "Wird geprüft.", "answered_on": "2026-11-20"}, at=at).status_code == 303
    page = client.get("/fehlstellen/F-2026-06").get_data(as_text=True)
    assert "Wird geprüft." in page
    for target in ("monitoring", "topic_store"):
        assert f'value="{target}"' in page
    assert client.get("/fehlstellen/F-2026-01/eskalation").status_code == 404


@SQLITE
def test_open_escalations_say_how_long_they_wait_and_are_told_by_rights(demo: Demo) -> None:
    with demo.session() as session:
        sent = session.exec(select(Escalation.sent_on)).one()
        rows = open_escalations(session, demo.actor("p-albers"), TODAY)
    assert sent is not None
    assert [(row.gap.key, row.days) for row in rows] == [("F-2026-06", (TODAY - sent).days)]
    assert "F-2026-06" in demo.client("p-fricke").get("/fehlstellen/eskalationen").get_data(as_text=True)
    with writing(demo) as session:
        row = session.exec(select(Gap).where(col(Gap.key) == "F-2026-06")).one()
        row.visibility = "coordination"
        session.add(row)
        session.commit()
    assert "F-2026-06" not in demo.client("p-fricke").get("/fehlstellen/eskalationen").get_data(as_text=True)


@SQLITE
@pytest.mark.parametrize("state", ["resolved", "declined", "single_case"])
def test_new_evidence_on_a_closed_gap_stands_on_the_desk_and_one_button_reopens_it(demo: Demo, state: str) -> None:
    with writing(demo) as session:
        row = session.exec(select(Gap).where(col(Gap.key) == "F-2024-03")).one()
        row.status = state
        session.add(row)
        session.commit()
    client = demo.client("p-albers")
    assert "Wieder zu öffnen?" in client.get("/").get_data(as_text=True)
    assert 'id="reopen"' in client.get("/fehlstellen/F-2024-03").get_data(as_text=True)
    pressed = {"target": "in_review", "reason": "Neuer Beleg"}
    assert post(client, "/fehlstellen/F-2024-03/schritt", pressed, at="/fehlstellen/F-2024-03").status_code == 303
    assert gap(demo, "F-2024-03").status == "in_review"
    assert 'id="reopen"' not in client.get("/fehlstellen/F-2024-03").get_data(as_text=True)


def test_what_a_meeting_moved_leads_to_its_decision(demo: Demo) -> None:
    page = demo.client("p-albers").get("/fehlstellen/F-2024-03/geschichte").get_data(as_text=True)
    assert "in Wirkungsprüfung → behoben" in page
    assert 'href="/beschluesse/D-08-1"' in page
    theirs = demo.client("p-fricke").get("/fehlstellen/F-2024-03/geschichte").get_data(as_text=True)
    assert "in Wirkungsprüfung → behoben" in theirs
    assert "ohne Zutun" not in theirs


@SQLITE
def test_counter_evidence_is_counted_apart(demo: Demo) -> None:
    assert "Dagegen steht, dass es auch gelungen ist: 1 Fallrekonstruktion." in (
        demo.client("p-albers").get("/fehlstellen/F-2026-01").get_data(as_text=True)
    )
    assert "Dagegen steht" not in demo.client("p-brandes").get("/fehlstellen/F-2026-01").get_data(as_text=True)


@pytest.mark.parametrize("statement", ["UPDATE gap_history SET reason = 'x'", "DELETE FROM gap_history"])
def test_the_database_itself_refuses_to_change_a_gaps_history(demo: Demo, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), demo.database.writing.begin() as connection:
        connection.exec_driver_sql(statement)


@SQLITE
def test_the_dataset_tells_only_the_steps_that_its_decisions_name(demo: Demo) -> None:
    with demo.session() as session:
        found = session.exec(
            select(Gap.key, GapHistory.target, GapHistory.at).join(Gap, col(Gap.id) == col(GapHistory.gap_id))
        ).all()
        for key, target, _at in found:
            assert session.exec(select(Gap.status).where(col(Gap.key) == key)).one() == target
    days = {key: at.date() for key, _target, at in found}
    assert (days["F-2024-03"], days["F-2026-10"]) == (date(2026, 7, 2), date(2026, 7, 2))


@SQLITE
def test_while_a_meeting_goes_on_nobody_withdraws_what_was_put_to_it(demo: Demo) -> None:
    with writing(demo) as session:
        meeting = session.exec(select(Meeting).where(col(Meeting.key) == "LG-09")).one()
        meeting.state = "running"
        session.add(meeting)
        session.commit()
    with pytest.raises(actions.RefusedMove, match="Die Sitzung hat begonnen"):
        demo.perform("p-albers", actions.move_gap, "F-2026-09", "topic_store", "Zurück.")
