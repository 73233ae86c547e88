"""Decisions on the screen: recording, the register, one decision with its thread."""

import re

import pytest
from sqlmodel import col, select

from meetings.agenda.models import Meeting
from meetings.agenda.states import DecisionKind
from meetings.decisions.models import Decision
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
    closed_poll,
    counted,
    open_dots,
    run_with_everyone,
)
from tests.support.demo import Demo, post

THREE = {"p-diallo": (2, 1, 0, 0), "p-kessler": (1, 2, 0, 0), "p-marx": (0, 0, 2, 1)}
PAGE = f"{ITEM}/beschluss"
COUNT = {"in_favour": "14", "against": "0", "abstained": "2", "not_cast": "0", "attempt": "1"}


def text(demo: Demo, person: str, address: str, status: int = 200) -> str:
    answer = demo.client(person).get(address)
    assert answer.status_code == status, (person, address)
    return " ".join(answer.get_data(as_text=True).split())


def topic_ids(page: str) -> list[str]:
    return re.findall(r'name="topics" value="(\d+)"', page)


def test_the_form_proposes_text_topics_and_what_will_move(demo: Demo) -> None:
    closed_poll(demo, THREE)
    page = text(demo, OFFICE, PAGE)
    assert "gemäß Ergebnis der Punktabfrage. Priorisierung: gemeinsamer Rang 1 „Bleiberecht sichern" in page
    assert len(topic_ids(page)) == 4
    assert page.count("checked") == 5, "four topics and the way of deciding"
    assert "16 Stimmberechtigte wirken mit." in page
    assert "vorgelegt → <strong>priorisiert</strong>, Rang 1" in page
    assert "16 von 16 Stimmberechtigten anwesend, nötig sind 8: beschlussfähig." in page


def test_a_topic_without_points_is_not_proposed(demo: Demo) -> None:
    closed_poll(demo, {"p-diallo": (2, 1, 0, 0)})
    page = text(demo, OFFICE, PAGE)
    assert page.count("checked") == 3
    assert "Rang 3" not in page


def test_recording_leads_to_the_decision(demo: Demo) -> None:
    closed_poll(demo, THREE)
    client = demo.client(OFFICE)
    chosen = topic_ids(client.get(PAGE).text)
    answer = post(client, PAGE, {**COUNT, "text": "So beschlossen.", "topics": chosen})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/beschluesse/D-09-1")
    page = " ".join(client.get("/beschluesse/D-09-1").text.split())
    assert "So beschlossen." in page
    assert "einstimmig bei 2 Enthaltungen angenommen" in page
    assert "Ja: 14, Nein: 0, Enthaltungen: 2" in page
    assert "16 von 16 Stimmberechtigten anwesend" in page
    assert "Svenja Albers" in page
    assert "Ergebnis mit allen Zahlen" in page


def test_a_double_click_records_one_decision(demo: Demo) -> None:
    closed_poll(demo, THREE)
    client = demo.client(OFFICE)
    form = dict(re.findall(r'name="(csrf_token|once)"[^>]*value="([^"]+)"', client.get(PAGE).text))
    typed = {**COUNT, "text": "So beschlossen.", **form}
    first, second = (client.post(PAGE, data=typed) for _click in range(2))
    assert first.headers["Location"] == second.headers["Location"] == "/beschluesse/D-09-1"
    with demo.session() as session:
        meeting = session.exec(select(Meeting.id).where(col(Meeting.key) == "LG-09")).one()
        assert len(session.exec(select(Decision).where(col(Decision.meeting_id) == meeting)).all()) == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"in_favour": "10"}, "Die Stimmen gehen nicht auf: 12 sind gezählt, 16 Stimmberechtigte wirken mit."),
        ({"in_favour": ""}, "Bitte geben Sie die Zahl der Ja-Stimmen ein."),
        ({"in_favour": "-1"}, "Bitte geben Sie eine Zahl ab 0 ein."),
        ({"text": " "}, "Bitte geben Sie den Wortlaut des Beschlusses ein."),
        ({"against": "1", "in_favour": "13"}, "kein Einvernehmen"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(demo: Demo, typed: dict[str, str], words: str) -> None:
    closed_poll(demo, THREE)
    answer = post(demo.client(OFFICE), PAGE, {**COUNT, "text": "Ein eigener Wortlaut.", **typed})
    assert answer.status_code == 422
    assert words in " ".join(answer.text.split())
    assert typed.get("text", "Ein eigener Wortlaut.").strip() in answer.text
    assert f'value="{typed.get("in_favour", "14")}"' in answer.text


def test_what_is_only_noted_asks_for_no_votes(demo: Demo) -> None:
    run_with_everyone(demo)
    page = text(demo, OFFICE, f"{MEETING}/top/3/beschluss")
    assert 'name="in_favour"' not in page
    assert "Die Lenkungsgruppe nimmt den Bericht zur Kenntnis." in page
    answer = post(demo.client(OFFICE), f"{MEETING}/top/3/beschluss", {"text": "Zur Kenntnis genommen."})
    assert answer.headers["Location"] == "/beschluesse/D-09-1"


def test_a_mandate_offers_the_project_groups_and_ranked_topics(demo: Demo) -> None:
    run_with_everyone(demo)
    page = text(demo, OFFICE, f"{MEETING}/top/7/beschluss")
    assert "Projektgruppe Übergang AsylbLG – SGB II" in page
    assert "Verlässliche Aufenthaltsnachweise im Alltag" in page


@pytest.mark.parametrize(
    ("person", "status"),
    [(OFFICE, 200), (CHAIR, 200), (MEMBER, 403), (PLANNER, 403), (GUEST, 403), (OUTSIDER, 404)],
)
def test_only_chair_and_office_get_the_form(demo: Demo, person: str, status: int) -> None:
    run_with_everyone(demo)
    assert demo.client(person).get(PAGE).status_code == status


def test_before_the_meeting_there_is_nothing_to_record(demo: Demo) -> None:
    assert "bis zum Abschluss" in text(demo, OFFICE, PAGE, 403)


@pytest.mark.parametrize(
    ("person", "status"),
    [(OFFICE, 200), (CHAIR, 200), (MEMBER, 200), (ADVISOR, 200), (PLANNER, 200), (GUEST, 404), (OUTSIDER, 404)],
)
@pytest.mark.parametrize("key", ["D-08-2", "D-U-26-2"])
def test_a_decision_is_read_by_the_body_and_the_coordination(demo: Demo, person: str, status: int, key: str) -> None:
    assert demo.client(person).get(f"/beschluesse/{key}").status_code == status


def test_what_is_not_there_is_not_found(demo: Demo) -> None:
    assert demo.client(OFFICE).get("/beschluesse/D-99-1").status_code == 404


@pytest.mark.parametrize(("person", "number"), [(MEMBER, 6), (PLANNER, 6), (GUEST, 0), (OUTSIDER, 0)])
def test_the_register_holds_what_the_reader_may_read(demo: Demo, person: str, number: int) -> None:
    page = text(demo, person, "/beschluesse")
    assert len(re.findall(r'<a href="/beschluesse/D-[^"]+">', page)) == number
    assert f"{number} Beschlüsse, die Sie lesen dürfen." in page


@pytest.mark.parametrize(
    ("search", "keys"),
    [
        ("jahr=2025", ["D-06-2"]),
        ("art=prioritise", ["D-08-2", "D-06-2"]),
        ("art=prioritise&jahr=2026", ["D-08-2"]),
        ("gremium=lg-kim&art=escalate", ["D-U-26-2"]),
        ("gremium=pg-uebergang", []),
        ("q=ZURÜCKGESTELLT", ["D-08-4"]),
        ("q=d-08-3", ["D-08-3"]),
        ("q=100%25", []),
        ("q=_", []),
        ("jahr=x&art=x&seite=x", ["D-U-26-2", "D-08-4", "D-08-3", "D-08-2", "D-08-1", "D-06-2"]),
        ("seite=99&jahr=2025", ["D-06-2"]),
    ],
)
def test_the_register_can_be_searched(demo: Demo, search: str, keys: list[str]) -> None:
    page = text(demo, OFFICE, f"/beschluesse?{search}")
    assert re.findall(r'<a href="/beschluesse/(D-[^"]+)">', page) == keys
    assert ("Kein Beschluss passt dazu." in page) == (not keys)


def test_a_decision_stands_in_the_thread(demo: Demo) -> None:
    closed_poll(demo, THREE)
    client = demo.client(OFFICE)
    post(client, PAGE, {**COUNT, "text": "So beschlossen.", "topics": topic_ids(client.get(PAGE).text)})
    decision = client.get("/beschluesse/D-09-1").text
    sources = decision.split("Wohin?")[0]
    assert "TOP 6: Priorisierung der Themen für 2027" in sources
    assert "/fehlstellen/F-2026-09" in sources
    gap = client.get("/fehlstellen/F-2026-09").text.split("Wohin?")[1]
    for address in ("/themen/T-03", ITEM, "/abstimmungen/1", "/beschluesse/D-09-1"):
        assert f'href="{address}"' in gap, address


def test_a_mandate_follows_from_its_decision(demo: Demo) -> None:
    consequences = demo.client(OFFICE).get("/beschluesse/D-08-3").text.split("Wohin?")[1]
    assert 'href="/gremien/pg-uebergang"' in consequences
    assert 'href="/vereinbarungen/ZV-2026-01"' in consequences


def more_decisions(demo: Demo, number: int) -> None:
    def add(work: object) -> None:
        session = work.session  # type: ignore[attr-defined]
        meeting = session.exec(select(Meeting).where(col(Meeting.key) == "LG-08")).one()
        for place in range(number):
            kind = DecisionKind.REPORT
            session.add(
                Decision(key=f"D-08-{100 + place}", meeting_id=meeting.id, date=meeting.date, kind=kind, text="Ja.")
            )
        work.record("decisions.added", meeting)  # type: ignore[attr-defined]

    demo.perform(OFFICE, add)


def test_a_longer_register_costs_no_more_and_has_pages(demo: Demo) -> None:
    client = demo.client(OFFICE)
    costs = []
    for number in (0, 40):
        more_decisions(demo, number) if number else None
        for address in ("/beschluesse", "/sitzungen", "/gremien/lg-kim", "/sitzungen/LG-08"):
            with counted(demo) as sent:
                client.get(address)
            costs.append(len(sent))
    assert costs[:4] == costs[4:]
    page = client.get("/beschluesse?art=report").text
    assert 'href="/beschluesse?art=report&amp;seite=2"' in page
    assert len(re.findall(r'<a href="/beschluesse/D-', page)) == 25


def test_a_guest_is_offered_no_page_that_is_closed_to_guests(demo: Demo) -> None:
    closed_poll(demo, THREE)
    client = demo.client(OFFICE)
    post(client, PAGE, {**COUNT, "text": "So beschlossen.", "topics": topic_ids(client.get(PAGE).text)})
    guest = demo.client(GUEST)
    for address in (MEETING, f"{MEETING}/tagesordnung", ITEM, "/abstimmungen/1"):
        page = guest.get(address).text
        for link in re.findall(r'href="(/[^"#]*)', page):
            if not link.startswith("/static/"):
                assert guest.get(link).status_code in (200, 302, 303), (address, link)
        assert "D-09-1" not in page


def test_nothing_is_decided_while_the_vote_on_it_is_open(demo: Demo) -> None:
    run_with_everyone(demo)
    open_dots(demo)
    typed = {"text": "Die Rangfolge steht fest.", "in_favour": "16", "attempt": "1"}
    answer = post(demo.client(OFFICE), "/sitzungen/LG-09/top/6/beschluss", typed)
    assert answer.status_code == 422
    assert "läuft noch eine Abstimmung" in answer.text
    assert "Die Rangfolge steht fest." in answer.text
