"""The calendar, the register of decisions and the pages of organisations, in one walk."""

import json

import pytest
from sqlmodel import col, select

from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.work import Work
from app.people.models import Organisation
from meetings.agreements.models import Obligation
from meetings.decisions.models import DecisionSubject
from meetings.decisions.queries import Search, every_decision
from meetings.register.actions import replace
from tests.meetings.walk import ADVISOR, GUEST, HELD_BY, MEMBER, OFFICE, PLANNER
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
