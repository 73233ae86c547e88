"""The three screens over HTTP, their stream, the grid of times and the sheets on paper."""

import re
from typing import Any

import pytest
from sqlmodel import col, select

from app.core.live import RESET, Signal
from meetings.agenda.models import AgendaItem, MeetingGuest
from meetings.agenda.queries import meeting_by_key
from meetings.agenda.states import ItemPart
from meetings.room import actions, leading, live, setup, speeches
from meetings.room.live import Follower, allowed_view
from meetings.room.models import CapturedRow, Interruption, Presence, Recusal
from meetings.room.screen import View
from meetings.voting import actions as voting
from tests.exports.reading import Written, text_of
from tests.meetings.walk import (
    CHAIR,
    GUEST,
    MEETING,
    MEMBER,
    OFFICE,
    OUTSIDER,
    PLANNER,
    open_dots,
    run,
    run_with_everyone,
    seat_of,
)
from tests.support.demo import Demo, post

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
KEY = "LG-09"
LEAD, PART, WALL = f"{MEETING}/leiten", f"{MEETING}/dabei", f"{MEETING}/beamer"
TIMES, CODE = f"{MEETING}/anwesenheit/zeiten", f"{MEETING}/raum/code"


def status(demo: Demo, person: str, address: str) -> int:
    return demo.client(person).get(address).status_code


def test_who_may_open_which_screen(demo: Demo) -> None:
    run(demo)
    for person, led in ((OFFICE, 200), (CHAIR, 200), (MEMBER, 403), (GUEST, 403), (PLANNER, 403), (OUTSIDER, 404)):
        others = 404 if led == 404 else 200
        client = demo.client(person)
        assert [client.get(each).status_code for each in (LEAD, TIMES, CODE)] == [led] * 3, person
        assert [client.get(each).status_code for each in (PART, WALL, f"{MEETING}/raum/ich")] == [others] * 3, person
        for sheet in ("anwesenheit.pdf", "stimmzettel.docx"):
            assert client.get(f"{MEETING}/papier/{sheet}").status_code == led, person


def test_the_code_stands_only_on_a_wall_that_the_chair_opened(demo: Demo) -> None:
    run(demo)
    assert "ll-mcode__code" in demo.client(CHAIR).get(WALL).text
    assert "ll-mcode" not in demo.client(MEMBER).get(WALL).text


def hide_sixth(demo: Demo) -> None:
    """Put item 6 into the non-public part, with a title that can be looked for."""
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        item = session.exec(select(AgendaItem).where(col(AgendaItem.number) == "6")).first()
        assert item is not None
        item.part, item.title = ItemPart.NON_PUBLIC, "Geheimer Kanarienvogel"
        session.add(item)
        session.commit()


def test_what_is_not_public_stays_off_the_wall_and_from_guests(demo: Demo) -> None:
    run(demo)
    hide_sixth(demo)
    for _number in range(6):
        demo.perform(OFFICE, leading.call_next, KEY)
    assert "Kanarienvogel" in demo.client(MEMBER).get(PART).text
    assert "Kanarienvogel" in demo.client(OFFICE).get(LEAD).text
    for person, address in ((GUEST, PART), (GUEST, WALL), (OFFICE, WALL)):
        text = demo.client(person).get(address).text
        assert "Kanarienvogel" not in text
        assert "Nicht öffentlicher Punkt" in text
    demo.perform(OFFICE, setup.switch, KEY, "guests_out", True)
    assert "Kanarienvogel" in demo.client(OFFICE).get(WALL).text
    assert "Kanarienvogel" not in demo.client(GUEST).get(PART).text


def test_the_opening_of_a_poll_is_said_to_those_who_listen(demo: Demo) -> None:
    run_with_everyone(demo)
    place = re.compile(r'<p id="room-poll-said"[^>]*role="status">([^<]*)</p>')

    def said(person: str, address: str) -> list[str]:
        return place.findall(demo.client(person).get(address).text)

    assert [said(MEMBER, PART), said(GUEST, PART), said(OFFICE, LEAD)] == [[""]] * 3, "the place is there before"
    poll_id = open_dots(demo)
    words = ["Abstimmung eröffnet: Priorisierung der Themen für 2027"]
    assert [said(MEMBER, PART), said(GUEST, PART), said(OFFICE, LEAD)] == [words] * 3
    assert said(OFFICE, WALL) == [], "a wall has no listeners"
    demo.perform(OFFICE, voting.close_poll, poll_id)
    assert said(MEMBER, PART) == [""]
    hide_sixth(demo)
    open_dots(demo)
    assert (said(MEMBER, PART), said(GUEST, PART)) == (["Abstimmung eröffnet: Geheimer Kanarienvogel"], [""])


def follower(demo: Demo, person: str, wanted: View) -> Follower:
    house, actor = demo.app.extensions["lueckenlos"], demo.actor(person)
    with demo.session() as session:
        meeting = meeting_by_key(session, KEY)
        assert meeting is not None
        view = allowed_view(actor, meeting, wanted)
        assert view is not None
        return Follower(house, actor, meeting, view)


def told(who: Follower, number: int, *names: str) -> dict[str, str]:
    """The events after these signals, by name."""
    batch = [Signal(number, 1, "meeting:1", name) for name in names]
    frames = [frame.partition("\n") for frame in who.tell(batch)]
    return {head.removeprefix("event: "): body for head, _newline, body in frames if head.startswith("event: ")}


@pytest.fixture
def renderings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the parts that were rendered."""
    seen: list[str] = []
    original = live._render

    def render(session: Any, meeting: Any, name: str, view: View, now: Any) -> str:
        seen.append(f"{view}:{name}")
        return original(session, meeting, name, view, now)

    monkeypatch.setattr(live, "_render", render)
    return seen


def test_two_hundred_phones_cost_one_rendering(demo: Demo, renderings: list[str]) -> None:
    run(demo)
    with demo.app.test_request_context():
        phones = [follower(demo, MEMBER, View.MEMBER) for _number in range(3)] * 70
        first = told(phones[0], 900, "agenda")
        assert [told(phone, 900, "agenda") for phone in phones] == [first] * 210
        assert renderings == ["dabei:kopf"]
        told(phones[0], 901, "agenda")
        assert renderings == ["dabei:kopf"] * 2


def test_everybody_hears_what_is_theirs(demo: Demo) -> None:
    run(demo)
    with demo.app.test_request_context():
        member, office, guest = (follower(demo, who, View.LEAD) for who in (MEMBER, OFFICE, GUEST))
        own, other = (actions.personal(demo.actor(who).person_id) for who in (MEMBER, OFFICE))
        assert set(told(member, 900, "captured", "presence", own)) == {"kopf", "ich"}
        assert set(told(member, 900, other)) == set()
        assert set(told(office, 900, "captured")) == {"erfasst"}
        assert set(told(member, 0, RESET)) == {"kopf", "redeliste", "ich"}
        assert set(told(office, 0, RESET)) == {*live.PARTS, "ich"}
        assert set(told(guest, 0, RESET)) == {"kopf", "redeliste", "ich"}


def test_a_right_that_has_gone_ends_the_stream(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    run(demo)
    monkeypatch.setattr(live, "LOOK_AGAIN_SECONDS", 0.0)
    who = follower(demo, GUEST, View.MEMBER)
    assert who.listening()
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        for row in session.exec(select(MeetingGuest)).all():
            session.delete(row)
        session.commit()
    assert not who.listening()


def test_no_live_part_holds_a_form(demo: Demo) -> None:
    run(demo)
    demo.perform(OFFICE, leading.call_next, KEY)
    demo.perform(OFFICE, actions.record_everyone, KEY)
    demo.perform(MEMBER, speeches.ask, KEY)
    with demo.app.test_request_context():
        for view, person in ((View.LEAD, OFFICE), (View.MEMBER, MEMBER), (View.WALL, MEMBER)):
            for name, html in told(follower(demo, person, view), 0, RESET).items():
                assert not re.search(r"<(form|input|select|textarea)", html), name
    answer = demo.client(MEMBER).get(f"{MEETING}/raum/ich", headers={"HX-Request": "true"})
    assert not re.search(r"<(form|input|select|textarea)", answer.text)


def test_a_phone_says_everything_with_one_form_and_no_script(demo: Demo) -> None:
    run(demo)
    client = demo.client(MEMBER)
    for wish, words in (
        ("come", "Sie sind für"),
        ("floor", "Wortmeldung zurückziehen"),
        ("withdraw", "Zu Wort melden"),
        ("order", "Zur Geschäftsordnung"),
        ("go", "Sie sind noch nicht als anwesend erfasst"),
    ):
        assert post(client, PART, {"do": wish}).status_code == 303
        assert words in client.get(PART).text
    assert post(client, PART, {"do": "dance"}).status_code == 422
    refused = post(client, PART, {"do": "go"})
    assert refused.status_code == 409
    assert "nicht als anwesend erfasst" in refused.get_data(as_text=True)


def test_the_leading_page_leads_without_a_script(demo: Demo) -> None:
    run(demo)
    client = demo.client(OFFICE)
    for pressed in ("next", "quorum", "on:list_closed", "finish", "next"):
        assert post(client, LEAD, {"do": pressed}).status_code == 303, pressed
    assert (
        post(
            client, f"{LEAD}/festhalten", {"kind": "motion", "text": "Vertagen", "item": "", "person": ""}, at=LEAD
        ).status_code
        == 303
    )
    with demo.session() as session:
        row = session.exec(select(CapturedRow)).one()
    motion = f"{LEAD}/antrag/{row.id}"
    assert post(client, motion, {"result": "rejected", "in_favour": "3", "against": "7"}).status_code == 303
    text = " ".join(client.get(LEAD).text.split())
    assert "3 Ja, 7 Nein, 0 Enthaltungen" in text
    recusal = {"recusal_item": "2", "seat": seat_of(demo, "awo"), "recusal_reason": "relatives", "left_room": "y"}
    assert post(client, f"{LEAD}/befangen", recusal, at=LEAD).status_code == 303
    lift = f"{LEAD}/top/2/wirkt-mit/{seat_of(demo, 'awo')}"
    assert post(client, lift, at=LEAD).status_code == 303
    assert post(client, f"{LEAD}/redezeit", {"minutes": "3"}, at=LEAD).status_code == 303
    assert post(client, f"{LEAD}/redeliste", {"speaker": demo.actor(GUEST).person_id}, at=LEAD).status_code == 303
    assert post(client, f"{LEAD}/unterbrechen", {"reason": "Lüften"}, at=LEAD).status_code == 303
    assert "Die Sitzung ist unterbrochen: Lüften" in client.get(PART).text
    with demo.session() as session:
        assert session.exec(select(Interruption)).one().reason == "Lüften"
        assert session.exec(select(Recusal)).one().until is not None


def test_what_no_button_sends_is_refused(demo: Demo) -> None:
    run(demo)
    client = demo.client(OFFICE)
    for pressed in ("", "nope", "call", "call:x", "on:meeting_id", "drop:1:2", "next:1", "floor:-1"):
        assert post(client, LEAD, {"do": pressed}).status_code == 422, pressed


def test_the_office_types_times_from_the_paper(demo: Demo) -> None:
    run(demo)
    client, seat, person = demo.client(OFFICE), seat_of(demo, "awo"), demo.actor("p-marx").person_id
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        meeting = meeting_by_key(session, KEY)
        assert meeting is not None
        meeting.meeting.date = meeting.meeting.date.replace(month=11, day=20) if meeting.meeting.date else None
        session.add(meeting.meeting)
        session.commit()
    row = {f"person-{seat}": str(person), f"since-{seat}": "14:05", f"until-{seat}": "15:30"}
    assert post(client, TIMES, {**row, f"until-{seat}": "spät"}).status_code == 422
    assert post(client, TIMES, {f"until-{seat}": "15:00"}).status_code == 422
    assert post(client, TIMES, row).status_code == 303
    assert "14:05 Uhr – 15:30 Uhr" in client.get(TIMES).text
    with demo.session() as session:
        found = session.exec(select(Presence)).one()
    assert (found.since.hour, found.since.minute) == (13, 5)
    assert post(client, TIMES, {f"drop-{found.id}": "1"}).status_code == 303
    with demo.session() as session:
        assert session.exec(select(Presence)).all() == []


def test_the_sheets_name_seats_deputies_and_what_is_voted_on(demo: Demo) -> None:
    client = demo.client(OFFICE)
    for name in ("anwesenheit", "stimmzettel"):
        answer = client.get(f"{MEETING}/papier/{name}.pdf")
        assert answer.data.startswith(b"%PDF")
        assert answer.headers["Cache-Control"] == "no-store"
    list_ = text_of(Written(client.get(f"{MEETING}/papier/anwesenheit.docx").data).body)
    assert "Holger Brandes" in list_
    assert "i. V. Simone Vogt" in list_
    ballots = text_of(Written(client.get(f"{MEETING}/papier/stimmzettel.docx").data).body)
    assert "Ergebniszettel: TOP 4" in ballots
    assert "TOP 3" not in ballots
