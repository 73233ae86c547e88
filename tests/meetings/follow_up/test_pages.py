"""From what was captured in a meeting to a task that leaves the list when the body took note."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from app.core.errors import ChangedMeanwhile, InvalidInput
from app.core.lifecycle import RefusedMove
from app.core.records import MailOutbox
from app.people.models import Organisation
from meetings.agenda.automatic import suggested
from meetings.agenda.queries import meeting_by_key
from meetings.follow_up import actions
from meetings.follow_up.actions import ReportDraft, TaskDraft
from meetings.follow_up.queries import tasks_of_body
from meetings.follow_up.reminders import remind_all
from tests.meetings.minutes.walking import hold
from tests.meetings.walk import MEMBER, OFFICE, OUTSIDER, run
from tests.support.demo import Demo, post

LIST = "/beschlusskontrolle"
DUE = date(2026, 12, 1)
IN_CHARGE, ORGANISATION = "p-brandes", "jobcenter"


def organisation(demo: Demo) -> int:
    with demo.session() as session:
        return session.exec(select(col(Organisation.id)).where(col(Organisation.key) == ORGANISATION)).one() or 0


def set_one(demo: Demo) -> str:
    draft = TaskDraft("Merkblatt übersetzen", organisation(demo), DUE)
    task: Any = demo.perform(OFFICE, actions.set_task, "D-08-3", draft)
    return str(task.key)


def version(demo: Demo, key: str) -> int:
    with demo.session() as session:
        return next(each.version for each in tasks_of_body(session, 1) if each.key == key)


def test_a_task_is_reported_on_noted_and_gone(demo: Demo) -> None:
    key = set_one(demo)
    page = demo.client(IN_CHARGE).get(LIST).get_data(as_text=True)
    assert "Merkblatt übersetzen" in page
    assert "rot: offen" in page
    typed = {"state": "done_reported", "text": "Ist gedruckt.", "version": "1"}
    answer = post(demo.client(IN_CHARGE), f"{LIST}/{key}/bericht", typed, at=f"{LIST}/{key}")
    assert answer.status_code == 303, answer.get_data(as_text=True)
    with pytest.raises(ChangedMeanwhile):
        demo.perform(IN_CHARGE, actions.report, key, ReportDraft("in_progress", "Doch nicht."), 1)
    for not_begun_or_before_the_report in ("LG-09", "LG-08"):
        with pytest.raises(RefusedMove):
            demo.perform(OFFICE, actions.note_end, key, not_begun_or_before_the_report, 2)
    run(demo)
    demo.perform(OFFICE, actions.note_end, key, "LG-09", 2)
    client = demo.client(OFFICE)
    assert "Merkblatt übersetzen" not in client.get(LIST).get_data(as_text=True)
    everything = client.get(f"{LIST}?alle=1").get_data(as_text=True)
    assert "zur Kenntnis genommen" in everything
    assert "Ist gedruckt." in client.get(f"{LIST}/{key}").get_data(as_text=True)


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_a_day_that_is_over_is_asked_about(demo: Demo) -> None:
    office, address = demo.client(OFFICE), "/beschluesse/D-08-3/auftrag"
    typed = {"text": "Merkblatt übersetzen", "organisation": str(organisation(demo)), "due": "2026-11-01"}
    answer = post(office, address, typed)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Dieser Tag ist schon vorbei" in page
    assert "und so ist es gemeint" in page
    assert "Merkblatt übersetzen" in page, "what was typed is still there"
    assert post(office, address, {**typed, "past_is_meant": "y"}).status_code == 303


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_who_sees_and_does_what(demo: Demo) -> None:
    key = set_one(demo)
    assert demo.client(OUTSIDER).get(f"{LIST}/{key}").status_code == 404
    assert "Merkblatt" not in demo.client(OUTSIDER).get(LIST).get_data(as_text=True)
    member = demo.client(MEMBER)
    assert "Bericht abgeben" not in member.get(f"{LIST}/{key}").get_data(as_text=True)
    assert member.get("/beschluesse/D-08-3/auftrag").status_code in (403, 404)
    for address in (f"{LIST}?ampel=green", f"{LIST}?organisation=AWO", f"{LIST}?q=Merkblatz", f"{LIST}?eigene=1"):
        assert "Merkblatt übersetzen" not in member.get(address).get_data(as_text=True)
    assert "Merkblatt übersetzen" in member.get(f"{LIST}?ampel=red&gremium=lg-kim&q=merkblatt").get_data(as_text=True)
    for address in ("/export/beschlusskontrolle?format=json", f"{LIST}.docx", f"{LIST}.pdf"):
        assert member.get(address).status_code == 200
    assert "Merkblatt" in member.get("/export/beschlusskontrolle?format=csv").get_data(as_text=True)
    assert "Merkblatt" not in demo.client(OUTSIDER).get("/export/beschlusskontrolle?format=csv").get_data(as_text=True)


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_captured_tasks_come_on_the_list_once_and_the_agenda_knows(demo: Demo) -> None:
    hold(demo)
    page = demo.client(OFFICE).get("/sitzungen/LG-09").get_data(as_text=True)
    assert "Aufträge übernehmen" in page
    assert len(demo.perform(OFFICE, actions.take_over, "LG-09")) == 2
    with pytest.raises(InvalidInput):
        demo.perform(OFFICE, actions.take_over, "LG-09")
    with demo.session() as session:
        meeting = meeting_by_key(session, "LG-09")
        assert meeting is not None
        titles = [item.title for name, item in suggested(session, meeting) if name.startswith("follow_up")]
    assert titles == ["Beschlusskontrolle"]


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_those_in_charge_are_reminded_once_for_each_day(demo: Demo) -> None:
    key = set_one(demo)
    house = demo.app.extensions["lueckenlos"]
    now = datetime(2026, 11, 24, 7, tzinfo=ZoneInfo("Europe/Berlin"))

    def letters() -> list[str]:
        with demo.app.test_request_context():
            remind_all(house, now)
        with demo.session() as session:
            rows = session.exec(select(MailOutbox).where(col(MailOutbox.reference) == f"task:{key}")).all()
        assert not [row for row in rows if "Merkblatt" in row.text + row.subject], "a letter names no content"
        return [row.recipient for row in rows]

    first = letters()
    assert first
    assert letters() == first
    later = ReportDraft("in_progress", "Läuft.", DUE + timedelta(days=3))
    demo.perform(IN_CHARGE, actions.report, key, later, version(demo, key))
    assert len(letters()) == 2 * len(first)
