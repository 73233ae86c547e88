"""A person's own calendar: one secret address, shown once, taken back at will, without a word of any case."""

import re

import pytest
import vobject
from icalendar import Calendar
from sqlmodel import select

from meetings.agenda.actions import move_meeting
from meetings.agenda.planning import cancel_meeting
from meetings.invitations.feed import hash_of, secret_for
from meetings.invitations.models import CalendarAddress
from tests.meetings.walk import GUEST, MEMBER, OFFICE, OUTSIDER
from tests.support.demo import Demo, hidden_fields, post

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def made(demo: Demo, person: str) -> str:
    """The person makes an address; its path."""
    client = demo.client(person)
    assert post(client, "/kalender").status_code == 303
    shown = client.get("/kalender").get_data(as_text=True)
    found = re.search(r'value="[^"]*(/kalender/[0-9a-f]{64}\.ics)"', shown)
    assert found
    assert found[1] not in client.get("/kalender").get_data(as_text=True), "it is shown once"
    return found[1]


def summaries(demo: Demo, path: str) -> list[tuple[str, str]]:
    """What stands in the calendar, as two parsers agree."""
    answer = demo.client().get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    calendar = Calendar.from_ical(answer.data)
    found = [(str(event["SUMMARY"]), str(event["STATUS"])) for event in calendar.walk("VEVENT")]
    other = vobject.readOne(answer.get_data(as_text=True))
    assert len(other.contents.get("vevent", [])) == len(found)
    return found


def test_the_calendar_holds_what_the_person_may_see_and_no_more(demo: Demo) -> None:
    path = made(demo, MEMBER)
    assert not any("9. Sitzung" in summary for summary, _status in summaries(demo, path))
    demo.perform(OFFICE, move_meeting, "LG-09", "scheduled")
    assert any("9. Sitzung" in summary for summary, _status in summaries(demo, path))
    assert not any("9. Sitzung" in summary for summary, _status in summaries(demo, made(demo, OUTSIDER)))
    assert [summary for summary, _status in summaries(demo, made(demo, GUEST)) if "9. Sitzung" in summary]
    demo.perform(OFFICE, cancel_meeting, "LG-09", "Der Saal ist gesperrt")
    assert [status for summary, status in summaries(demo, path) if "9. Sitzung" in summary] == ["CANCELLED"]
    everything = demo.client().get(made(demo, OFFICE)).get_data(as_text=True)
    assert "Fallrekonstruktion" in everything
    assert not [name for name in ("Ahorn", "Birke", "Erle", "Weide", "gesperrt", "TOP") if name in everything]


@SQLITE
def test_an_address_is_replaced_and_taken_back_and_only_its_hash_is_kept(demo: Demo) -> None:
    first = made(demo, MEMBER)
    second = made(demo, MEMBER)
    assert demo.client().get(first).status_code == 404
    assert demo.client().get(second).status_code == 200
    with demo.session() as session:
        (row,) = session.exec(select(CalendarAddress)).all()
        assert row.secret_hash == hash_of(second.removeprefix("/kalender/").removesuffix(".ics"))
        assert row.secret_hash not in second
    client = demo.client(MEMBER)
    assert post(client, "/kalender/zuruecknehmen", at="/kalender").status_code == 303
    assert demo.client().get(second).status_code == 404
    assert demo.client().get(f"/kalender/{'0' * 64}.ics").status_code == 404
    assert demo.client().get(f"/kalender/{'0' * 5000}.ics").status_code == 404
    assert demo.client().get("/kalender").status_code == 302


@SQLITE
def test_the_same_form_sent_twice_makes_one_address(demo: Demo) -> None:
    client = demo.client(MEMBER)
    fields = hidden_fields(client.get("/kalender").get_data(as_text=True))
    for _time in range(2):
        assert client.post("/kalender", data=fields).status_code == 303
    shown = client.get("/kalender").get_data(as_text=True)
    found = re.search(r'value="[^"]*(/kalender/[0-9a-f]{64}\.ics)"', shown)
    assert found
    assert demo.client().get(found[1]).status_code == 200
    assert secret_for(b"k", 1, "a") != secret_for(b"k", 2, "a")
