"""The calendar, the register of decisions and the pages of organisations, in one walk."""

import io
import json
from datetime import date, timedelta

import pytest
from icalendar import Calendar
from pypdf import PdfReader
from sqlmodel import col, select

from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.work import Work
from app.people.models import Organisation
from meetings.agenda.states import DecisionKind
from meetings.agreements.models import Obligation
from meetings.decisions.models import Decision, DecisionSubject
from meetings.decisions.queries import Search, every_decision
from meetings.register.actions import replace
from tests.meetings.walk import ADVISOR, GUEST, HELD_BY, MEMBER, OFFICE, PLANNER, invite
from tests.support.demo import Demo, post

on_sqlite = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def let_it_oblige(work: Work, decision_id: int) -> None:
    obligation = (
        select(Obligation.agreement_id)
        .join(Organisation, col(Organisation.id) == col(Obligation.organisation_id))
        .where(col(Organisation.key) == "jobcenter")
    )
    row = DecisionSubject(decision_id=decision_id, agreement_id=work.session.exec(obligation).first())
    work.session.add(row)
    work.record("decision.recorded", row)


@on_sqlite
def test_the_calendar_shows_each_reader_their_meetings(demo: Demo) -> None:
    page = demo.client(MEMBER).get("/sitzungen/kalender?monat=2026-12").get_data(as_text=True)
    assert 'href="/sitzungen/LG-09"' in page
    assert "Dezember 2026" in page
    assert 'href="/sitzungen/LG-09"' not in demo.client(MEMBER).get("/sitzungen/kalender").get_data(as_text=True)
    other = demo.client(MEMBER).get("/sitzungen/kalender?monat=2026-12&gremium=pg-uebergang").get_data(as_text=True)
    assert 'href="/sitzungen/LG-09"' not in other
    assert demo.client(GUEST).get("/sitzungen/kalender?monat=2026-12&gremium=gibt-es-nicht").status_code == 200
    first = demo.statements(MEMBER, "/sitzungen/kalender?monat=1999-01")
    assert demo.statements(MEMBER, "/sitzungen/kalender?monat=2026-12") == first


@on_sqlite
def test_the_calendar_file_holds_what_the_reader_may_read_and_no_draft(demo: Demo) -> None:
    def days(person: str, body: str = "") -> str:
        answer = demo.client(person).get(f"/sitzungen/kalender.ics?gremium={body}")
        assert answer.mimetype == "text/calendar"
        (calendar,) = Calendar.from_ical(answer.data, multiple=True)
        return " ".join(str(each["summary"]) for each in calendar.walk("VEVENT"))

    assert "8. Sitzung" in days(MEMBER)
    assert "9. Sitzung" not in days(MEMBER)
    invite(demo)
    assert "9. Sitzung" in days(MEMBER)
    assert "9. Sitzung" not in days(MEMBER, "pg-uebergang")
    assert "8. Sitzung" not in days(GUEST)


@on_sqlite
def test_what_a_decision_replaced_is_searched_where_there_are_many(demo: Demo) -> None:
    with demo.session() as session:
        rows = every_decision(session, demo.actor(OFFICE), Search())
        newer, older = rows[0].decision, rows[-1].decision
    address = f"/beschluesse/{newer.key}/ersetzt"
    demo.perform(OFFICE, many_decisions, older.meeting_id, older.date)
    shown = demo.client(OFFICE).get(address).get_data(as_text=True)
    assert f'value="{older.key}"' not in shown
    assert "Es gibt mehr frühere Beschlüsse" in shown
    found = demo.client(OFFICE).get(f"{address}?q={older.key}").get_data(as_text=True)
    assert f'value="{older.key}"' in found
    one = demo.statements(OFFICE, "/beschluesse")
    assert demo.statements(OFFICE, "/beschluesse?q=Nummer") == one
    assert post(demo.client(OFFICE), address, {"older": "gibt-es-nicht"}).status_code == 422
    assert post(demo.client(OFFICE), address, {"older": older.key}).status_code == 303


def many_decisions(work: Work, meeting_id: int, day: date) -> None:
    for number in range(45):
        row = Decision(
            key=f"X-{number}", meeting_id=meeting_id, date=day + timedelta(days=1), kind=DecisionKind.CONCEPT,
            text=f"Nummer {number}", accepted=True,
        )  # fmt: skip
        work.session.add(row)
    work.record("decision.recorded", row)


def test_a_decision_is_cited_found_and_replaced_without_being_edited(demo: Demo) -> None:
    with demo.session() as session:
        rows = every_decision(session, demo.actor(OFFICE), Search())
        newer, older = rows[0].decision, rows[-1].decision
    with pytest.raises(Forbidden):
        demo.perform(MEMBER, replace, newer.key, older.key, "")
    with pytest.raises(NotFound):
        demo.perform(GUEST, replace, newer.key, older.key, "")
    with pytest.raises(InvalidInput):
        demo.perform(OFFICE, replace, older.key, newer.key, "")
    client, address = demo.client(OFFICE), f"/beschluesse/{newer.key}/ersetzt"

    assert post(client, address, {"older": older.key, "note": "ab Januar"}).status_code == 303

    assert f"/beschluesse/{older.key}" in client.get(f"/beschluesse/{newer.key}").get_data(as_text=True)
    shown = demo.client(MEMBER).get(f"/beschluesse/{older.key}").get_data(as_text=True)
    assert "Ersetzt durch" in shown
    assert "ab Januar" in shown
    assert f"Lenkungsgruppe KIM Kreis Sonderau, Beschluss {older.key} vom" in shown
    assert f"http://localhost/beschluesse/{older.key}" in shown
    assert post(client, address, {"older": older.key}, at=f"/beschluesse/{newer.key}").status_code in (400, 422)
    with demo.session() as session:
        actor = demo.actor(MEMBER)
        replaced = every_decision(session, actor, Search(state="ersetzt"))
        assert [row.decision.key for row in replaced] == [older.key]
        assert older.key not in [row.decision.key for row in every_decision(session, actor, Search(state="gueltig"))]
        assert every_decision(session, actor, Search(organisation="jobcenter")) == []
        assert every_decision(session, actor, Search(organisation="gibt-es-nicht")) == []
    demo.perform(OFFICE, let_it_oblige, newer.id)
    with demo.session() as session:
        obliged = every_decision(session, demo.actor(MEMBER), Search(organisation="jobcenter"))
    assert [row.decision.key for row in obliged] == [newer.key]
    list_page = demo.client(MEMBER).get("/beschluesse?stand=ersetzt").get_data(as_text=True)
    assert older.key in list_page
    assert "/export/beschluesse?format=json&amp;stand=ersetzt" in list_page
    listed = json.loads(demo.client(MEMBER).get("/export/beschluesse?format=json&stand=ersetzt").data)
    assert older.key in json.dumps(listed)
    for suffix, start in (("pdf", b"%PDF-"), ("docx", b"PK")):
        with demo.client(MEMBER).get(f"/beschluesse.{suffix}?stand=ersetzt") as paper:
            assert paper.data.startswith(start)
    words = (
        PdfReader(io.BytesIO(demo.client(MEMBER).get("/beschluesse.pdf?stand=ersetzt").data)).pages[0].extract_text()
    )
    assert "1 Beschluss." in words
    assert "ersetzt" in words
    assert newer.text[:30] not in json.dumps(listed, ensure_ascii=False)


@on_sqlite
def test_everyone_sees_seats_and_only_the_organisation_and_the_office_see_duties(demo: Demo) -> None:
    with demo.session() as session:
        text = session.exec(select(Obligation.text).order_by(col(Obligation.id))).first() or ""
        assert text
    seen = {}
    for person in (HELD_BY, OFFICE, PLANNER, MEMBER, ADVISOR, GUEST):
        page = demo.client(person).get("/organisationen/jobcenter").get_data(as_text=True)
        assert "Holger Brandes" in page
        assert "Simone Vogt" in page
        seen[person] = "Verpflichtungen aus Vereinbarungen" in page
    assert seen == {HELD_BY: True, OFFICE: True, PLANNER: True, MEMBER: False, ADVISOR: False, GUEST: False}
    assert demo.client(GUEST).get("/organisationen").status_code == 200
    assert demo.client(GUEST).get("/organisationen/gibt-es-nicht").status_code == 404
    one = demo.statements(OFFICE, "/organisationen/vhs")
    assert demo.statements(OFFICE, "/organisationen/jobcenter") <= one + 12
