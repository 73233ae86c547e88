"""Meetings on the screen: the list, one meeting, its items, its live parts."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from sqlmodel import col, select

from meetings.agenda.models import AgendaItem, AgendaItemSubject, Meeting
from meetings.agenda.states import ItemKind
from meetings.room import actions as room
from tests.meetings.walk import (
    ADVISOR,
    CHAIR,
    GUEST,
    ITEM,
    MEETING,
    MEMBER,
    OFFICE,
    OUTSIDER,
    PLANNER,
    cast,
    counted,
    invite,
    open_dots,
    run,
    run_with_everyone,
)
from tests.support.demo import Demo, post

READERS = [OFFICE, CHAIR, PLANNER, MEMBER, ADVISOR, GUEST]


def text(demo: Demo, person: str, address: str, status: int = 200) -> str:
    answer = demo.client(person).get(address)
    assert answer.status_code == status, (person, address)
    return " ".join(answer.get_data(as_text=True).split())


@pytest.mark.parametrize("person", READERS)
@pytest.mark.parametrize("address", [MEETING, f"{MEETING}/jetzt", f"{MEETING}/tagesordnung", ITEM])
def test_who_takes_part_reads_the_meeting(demo: Demo, person: str, address: str) -> None:
    assert demo.client(person).get(address).status_code == 200


@pytest.mark.parametrize(
    "address", [MEETING, f"{MEETING}/jetzt", f"{MEETING}/tagesordnung", ITEM, f"{MEETING}/anwesenheit"]
)
def test_an_outsider_does_not_learn_that_the_meeting_exists(demo: Demo, address: str) -> None:
    assert demo.client(OUTSIDER).get(address).status_code == 404


@pytest.mark.parametrize("address", ["/sitzungen/LG-99", f"{MEETING}/top/99", "/sitzungen/LG-99/top/1"])
def test_what_is_not_there_is_not_found(demo: Demo, address: str) -> None:
    assert demo.client(OFFICE).get(address).status_code == 404


def test_a_visitor_is_asked_to_sign_in(demo: Demo) -> None:
    assert demo.client().get(MEETING).status_code == 302


def test_the_list_holds_what_comes_and_what_was(demo: Demo) -> None:
    page = text(demo, MEMBER, "/sitzungen")
    upcoming, past = page.split("Vergangene Sitzungen", 1)
    assert "9. Sitzung der Lenkungsgruppe KIM" in upcoming
    assert "Donnerstag, 10. Dezember 2026" in upcoming
    assert past.index("8. Sitzung") < past.index("6. Sitzung")


def test_the_list_of_an_outsider_is_empty_but_names_the_bodies(demo: Demo) -> None:
    page = text(demo, OUTSIDER, "/sitzungen")
    assert "Es ist keine Sitzung geplant." in page
    assert "9. Sitzung" not in page
    assert "/gremien/lg-kim" in page


def test_the_list_can_be_narrowed_to_a_body(demo: Demo) -> None:
    assert "9. Sitzung" not in text(demo, MEMBER, "/sitzungen?gremium=pg-uebergang")
    assert "9. Sitzung" in text(demo, MEMBER, "/sitzungen?gremium=lg-kim")


def test_the_agenda_stands_in_its_order(demo: Demo) -> None:
    page = text(demo, MEMBER, MEETING)
    places = [page.index(f"TOP {number}</p>") for number in range(1, 11)]
    assert places == sorted(places)
    assert "140 von 150 Minuten verplant" in page


def test_the_next_step_says_what_it_does_and_what_its_guard_wants(demo: Demo) -> None:
    client = demo.client(OFFICE)
    post(client, f"{MEETING}/schritt", {"target": "scheduled"}, at=MEETING)
    page = client.get(MEETING).text
    assert "16 Tage, verlangt sind 14" in page
    assert 'datetime="2026-11-26"' in page
    assert "Einladung als versandt festhalten" in page


def test_a_late_invitation_stays_on_the_page_with_its_reason(demo: Demo) -> None:
    client = demo.client(OFFICE)
    post(client, f"{MEETING}/schritt", {"target": "scheduled"}, at=MEETING)
    answer = post(client, f"{MEETING}/schritt", {"target": "invited", "invited_on": "2026-12-01"}, at=MEETING)
    assert answer.status_code == 409
    assert "Die Ladungsfrist ist nicht gewahrt" in answer.text
    assert 'value="2026-12-01"' in answer.text


def test_the_whole_way_by_buttons(demo: Demo) -> None:
    client = demo.client(OFFICE)
    for step in ({"target": "scheduled"}, {"target": "invited", "invited_on": "2026-11-24"}, {"target": "running"}):
        answer = post(client, f"{MEETING}/schritt", step, at=MEETING)
        assert (answer.status_code, answer.headers["Location"]) == (303, MEETING)
    assert "Die Sitzung läuft." in client.get(MEETING).text


@pytest.mark.parametrize("person", [MEMBER, ADVISOR, GUEST])
def test_members_have_no_buttons_to_move_the_meeting(demo: Demo, person: str) -> None:
    assert "/schritt" not in text(demo, person, MEETING)


def test_a_member_gets_one_button_to_report_present(demo: Demo) -> None:
    invite(demo)
    client = demo.client(MEMBER)
    early = client.get(MEETING).text
    assert "Ihr Sitz: Stadt Brückfeld" in early
    assert "der Raum öffnet am Mittwoch, 9. Dezember 2026" in early
    assert "Ich bin anwesend" not in early
    assert "Dabei sein" not in early
    with time_machine.travel(datetime(2026, 12, 9, 9, tzinfo=UTC), tick=True):
        assert "Ich bin anwesend" in demo.client(MEMBER).get(MEETING).text
    assert post(client, f"{MEETING}/anwesend", at=MEETING).status_code == 303
    after = " ".join(client.get(MEETING).text.split())
    assert "Sie sind für Stadt Brückfeld anwesend" in after
    assert "1 von 16 Stimmberechtigten anwesend, nötig sind 8: nicht beschlussfähig." in after


def test_a_guest_has_no_seat_to_report(demo: Demo) -> None:
    run(demo)
    assert "Ich bin anwesend" not in text(demo, GUEST, MEETING)


def test_an_open_poll_calls_those_whose_vote_is_missing(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo)
    assert "Jetzt abstimmen" in text(demo, MEMBER, f"{MEETING}/jetzt")
    assert "Jetzt abstimmen" not in text(demo, OFFICE, f"{MEETING}/jetzt")
    cast(demo, MEMBER, poll_id, 1, 0, 0, 0)
    assert "Jetzt abstimmen" not in text(demo, MEMBER, f"{MEETING}/jetzt")


@pytest.mark.parametrize("address", [f"{MEETING}/jetzt", f"{MEETING}/tagesordnung"])
def test_live_parts_hold_no_form(demo: Demo, address: str) -> None:
    run_with_everyone(demo)
    open_dots(demo)
    assert not re.search(r"<(form|input|select|textarea)", text(demo, MEMBER, address))


def test_the_live_part_brings_the_state_for_the_head_of_the_page(demo: Demo) -> None:
    run(demo)
    fragment = text(demo, MEMBER, f"{MEETING}/jetzt")
    assert '<span id="meeting-state" hx-swap-oob="true">' in fragment
    assert "läuft" in fragment


def test_readers_may_follow_live_and_outsiders_may_not(demo: Demo) -> None:
    with demo.session() as session:
        meeting_id = session.exec(select(Meeting.id).where(col(Meeting.key) == "LG-09")).one()
    with demo.client(MEMBER).get(f"/live/meeting/{meeting_id}", buffered=False) as answer:
        assert (answer.status_code, answer.mimetype) == (200, "text/event-stream")
    for channel in (meeting_id, 999, "x"):
        assert demo.client(OUTSIDER).get(f"/live/meeting/{channel}").status_code == 404


def test_an_item_shows_proposal_vote_and_topics(demo: Demo) -> None:
    page = text(demo, MEMBER, ITEM)
    assert "Die Lenkungsgruppe beschließt die Rangfolge der Themen" in page
    assert "Bewertung nach Kriterien, dann Punktabfrage" in page
    assert "Schwere für die Betroffenen" in page
    assert '<a href="/themen/T-03">' in page
    assert 'rel="prev" href="/sitzungen/LG-09/top/5"' in page
    assert 'rel="next" href="/sitzungen/LG-09/top/7"' in page


def test_what_the_reader_must_not_know_of_is_not_named(demo: Demo) -> None:
    agreement = "Nahtloser Übergang vom AsylbLG in das SGB II"
    assert 'href="/vereinbarungen/ZV-2026-01"' in text(demo, MEMBER, f"{MEETING}/top/4")
    page = text(demo, GUEST, f"{MEETING}/top/4")
    assert 'href="/vereinbarungen/ZV-2026-01"' not in page
    assert agreement in page, "the title of the item itself is on the agenda"


def test_a_topic_that_the_reader_may_not_open_has_no_link(demo: Demo) -> None:
    page = text(demo, GUEST, ITEM)
    assert "Bleiberecht sichern" in page
    assert 'href="/themen/T-03"' not in page


def test_the_office_calls_an_item(demo: Demo) -> None:
    run(demo)
    client = demo.client(OFFICE)
    assert post(client, f"{ITEM}/aufruf", at=ITEM).status_code == 303
    assert "Aufgerufen:" in client.get(f"{MEETING}/jetzt").text
    assert post(demo.client(MEMBER), f"{ITEM}/aufruf", at=ITEM).status_code == 403


def test_recusal_is_shown_by_organisation(demo: Demo) -> None:
    run_with_everyone(demo)
    client = demo.client(MEMBER)
    assert post(client, f"{ITEM}/befangen", at=ITEM).status_code == 303
    assert "<li>Stadt Brückfeld</li>" in client.get(ITEM).text


def more_items(demo: Demo, number: int) -> None:
    def add(work: object) -> None:
        session = work.session  # type: ignore[attr-defined]
        meeting = session.exec(select(Meeting).where(col(Meeting.key) == "LG-09")).one()
        topics = session.exec(select(AgendaItemSubject.topic_id).where(col(AgendaItemSubject.topic_id).is_not(None)))
        topic_id = topics.first()
        for place in range(11, 11 + number):
            item = AgendaItem(
                meeting_id=meeting.id, position=place, number=str(place), title=f"Punkt {place}", kind=ItemKind.REPORT
            )
            session.add(item)
            session.flush()
            session.add(AgendaItemSubject(item_id=item.id, topic_id=topic_id))
        work.record("items.added", meeting, number=number)  # type: ignore[attr-defined]

    demo.perform(OFFICE, add)


def test_a_longer_agenda_costs_no_more_statements(demo: Demo) -> None:
    run_with_everyone(demo)
    client = demo.client(OFFICE)
    costs = []
    for added in (0, 20):
        if added:
            more_items(demo, added)
        for address in (MEETING, f"{MEETING}/jetzt", f"{MEETING}/tagesordnung", ITEM, "/sitzungen"):
            with counted(demo) as sent:
                client.get(address)
            costs.append(len(sent))
    assert costs[:5] == costs[5:]
    assert max(costs) <= 45


def test_more_people_cost_no_more_statements(demo: Demo) -> None:
    run(demo)
    client = demo.client(OFFICE)
    costs = []
    for present in (False, True):
        if present:
            demo.perform(OFFICE, room.record_everyone, "LG-09")
        with counted(demo) as sent:
            client.get(MEETING)
            client.get(f"{MEETING}/anwesenheit")
        costs.append(len(sent))
    assert costs[0] == costs[1]


def test_a_past_meeting_holds_no_stream_open(demo: Demo) -> None:
    assert "sse-connect" in text(demo, MEMBER, MEETING)
    assert "sse-connect" not in text(demo, MEMBER, "/sitzungen/LG-08")
