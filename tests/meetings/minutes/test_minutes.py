"""Minutes: who reads and writes them, and that two writers lose nothing."""

import io

import docx
import pytest

from meetings.agenda.outcomes import record_result
from meetings.agenda.states import ItemResult
from meetings.minutes.rules import SeatAtMeeting, StaleRevision, attended, excused, next_revision
from meetings.room.actions import record_arrival, record_departure
from tests.meetings.walk import run, seat_of
from tests.support.demo import Demo, hidden_fields, post

PAGE = "/sitzungen/LG-09/niederschrift"


def test_a_seat_is_attended_excused_or_taken_by_a_deputy() -> None:
    own = SeatAtMeeting("AWO", "voting", "Regina Marx", "Regina Marx")
    deputised = SeatAtMeeting("Jobcenter", "voting", "Holger Brandes", "Simone Vogt")
    empty = SeatAtMeeting("BAMF", "voting", "Tobias Naumann", None)
    advisory = SeatAtMeeting("Schulamt", "advisory", "Matthias Roth", None)
    seats = (own, deputised, empty, advisory)
    assert attended(seats, "voting") == (own, deputised)
    assert excused(seats) == (empty,)
    assert (own.substitute_for, deputised.substitute_for) == ("", "Holger Brandes")


def test_everybody_who_sat_on_a_seat_stands_in_the_minutes(demo: Demo) -> None:
    run(demo)
    seat = seat_of(demo, "jobcenter")
    for person in ("p-vogt", "p-brandes"):
        demo.perform("p-albers", record_arrival, "LG-09", seat, demo.actor(person).person_id)
        demo.perform("p-albers", record_departure, "LG-09", seat)
    page = demo.client("p-kaya").get(PAGE).get_data(as_text=True)
    assert "Simone Vogt, Holger Brandes" in page


def test_a_block_is_saved_only_over_the_text_that_was_seen() -> None:
    assert next_revision(3, 3) == 4
    with pytest.raises(StaleRevision):
        next_revision(4, 3)


@pytest.mark.parametrize(
    ("person", "status"), [("p-albers", 200), ("p-kaya", 200), ("p-wieland", 200), ("p-brandes", 404), ("p-ebert", 404)]
)
def test_a_draft_is_for_those_who_write_and_lead(demo: Demo, person: str, status: int) -> None:
    client = demo.client(person)
    assert client.get(PAGE).status_code == status
    assert client.get(f"{PAGE}.docx").status_code == status


@pytest.mark.parametrize(
    ("person", "status"), [("p-kaya", 200), ("p-albers", 200), ("p-wieland", 403), ("p-brandes", 404)]
)
def test_not_even_the_chair_writes_the_minutes(demo: Demo, person: str, status: int) -> None:
    assert demo.client(person).get(f"{PAGE}/top/3").status_code == status


def test_what_was_written_stands_on_the_page_and_in_the_document(demo: Demo) -> None:
    client = demo.client("p-kaya")
    text = "Die Koordinierende Stelle berichtet.\n\n- sechs Fälle\n- 30 Teilnahmen"
    answer = post(client, f"{PAGE}/top/3", {"text": text, "revision": "0"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{PAGE}#top-3")
    assert "<li>sechs Fälle</li>" in client.get(PAGE).get_data(as_text=True)
    document = docx.Document(io.BytesIO(client.get(f"{PAGE}.docx").data))
    words = [paragraph.text for paragraph in document.paragraphs]
    assert "Die Koordinierende Stelle berichtet." in words
    assert "sechs Fälle" in words


def test_two_who_write_at_once_lose_nothing(demo: Demo) -> None:
    first, second = demo.client("p-kaya"), demo.client("p-albers")
    opened = hidden_fields(second.get(f"{PAGE}/top/3").get_data(as_text=True))
    post(first, f"{PAGE}/top/3", {"text": "Der Text von Deniz.", "revision": "0"})
    conflict = second.post(f"{PAGE}/top/3", data={**opened, "text": "Der Text von Svenja.", "revision": "0"})
    page = conflict.get_data(as_text=True)
    assert conflict.status_code == 409
    assert "Der Text von Svenja." in page, "what was typed is still there"
    assert "Der Text von Deniz." in page, "what was stored is shown"
    merged = {**hidden_fields(page), "text": "Beide Texte.", "revision": "1"}
    assert second.post(f"{PAGE}/top/3", data=merged).status_code == 303
    assert "Beide Texte." in first.get(PAGE).get_data(as_text=True)


def test_a_form_sent_twice_saves_once(demo: Demo) -> None:
    client = demo.client("p-kaya")
    form = {**hidden_fields(client.get(f"{PAGE}/top/3").get_data(as_text=True)), "text": "Einmal.", "revision": "0"}
    first, again = client.post(f"{PAGE}/top/3", data=form), client.post(f"{PAGE}/top/3", data=form)
    assert first.status_code == again.status_code == 303
    assert first.headers["Location"] == again.headers["Location"]


def test_too_long_a_text_is_refused_and_kept(demo: Demo) -> None:
    answer = post(demo.client("p-kaya"), f"{PAGE}/top/3", {"text": "x" * 20_001, "revision": "0"})
    assert answer.status_code == 422
    assert "höchstens 20.000 Zeichen" in answer.get_data(as_text=True)
    assert "x" * 20_001 in answer.get_data(as_text=True)


def test_what_came_of_an_item_without_a_decision_stands_in_the_minutes(demo: Demo) -> None:
    run(demo)
    demo.perform("p-albers", record_result, "LG-09", "6", ItemResult.DEFERRED, "Die Zahlen fehlen noch.")

    page = demo.client("p-kaya").get(PAGE).get_data(as_text=True)
    document = docx.Document(io.BytesIO(demo.client("p-kaya").get(f"{PAGE}.docx").data))

    assert "vertagt" in page
    assert "Die Zahlen fehlen noch." in page
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Ergebnis: vertagt." in words
    assert "Die Zahlen fehlen noch." in words
