"""Cards, clusters, dots and questions over HTTP, as phones and those who lead see them."""

import re
from typing import Any

import pytest
from sqlmodel import col, select

from app.core.records import AuditEntry, UsedKey
from knowledge.reconstruction.card_models import CardAuthor, CardCluster, DotBallot, WorkshopCard
from tests.knowledge.reconstruction.workshop import MINUTES, MODERATOR, ROOM, at, go, knock, open_room, press, room_row
from tests.support.demo import Demo, hidden_fields, post

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)

DESK = f"{ROOM}/moderation"
PHONE = f"{ROOM}?ansicht=karten"
DOTS = f"{ROOM}?ansicht=punkte"


def text_of(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code, answer.location)
    return str(answer.get_data(as_text=True))


def in_cards_phase(demo: Demo, phones: int = 1) -> tuple[Any, list[Any]]:
    """A moderator and phones in the card phase of the first case."""
    code = open_room(demo)
    found = [knock(demo, code) for _each in range(phones)]
    moderator = demo.client(MODERATOR)
    press(moderator, "admit_all")
    go(demo, moderator, 5)
    return moderator, found


def write(client: Any, text: str, kind: str = "break", **more: str) -> Any:
    return post(client, f"{ROOM}/karten/neu", {"kind": kind, "text": text, **more}, at=PHONE)


def rows(demo: Demo, table: Any) -> list[Any]:
    with demo.session() as session:
        return list(session.exec(select(table).order_by(col(table.id))))


def press_button(client: Any, address: str, **fields: str) -> Any:
    return post(client, address, fields, at=DESK)


def a_cluster(demo: Demo, moderator: Any, *texts: str) -> CardCluster:
    """Cards from paper in one new cluster."""
    text = "\n".join(texts)
    post(moderator, f"{ROOM}/karten/nachtrag", {"kind": "break", "text": text, "at": str(case_at(demo))})
    first, *others = [card for card in rows(demo, WorkshopCard) if card.cluster_id is None]
    press_button(moderator, f"{ROOM}/gruppen/legen", card=first.key, target="neu")
    cluster = rows(demo, CardCluster)[-1]
    for card in others:
        press_button(moderator, f"{ROOM}/gruppen/legen", card=card.key, target=cluster.key)
    return cluster


def case_at(demo: Demo) -> int:
    return room_row(demo).workshop_case_id or 0


def test_a_card_lies_covered_until_it_is_uncovered(demo: Demo) -> None:
    moderator, (phone, other) = in_cards_phase(demo, 2)
    assert write(phone, "Der Bescheid kam zu spät").status_code == 303
    assert "Der Bescheid kam zu spät" in text_of(phone, PHONE)
    assert "Noch 4 Karten" in text_of(phone, PHONE)
    assert "Der Bescheid" not in text_of(other, PHONE)
    wall = text_of(moderator, f"{ROOM}/beamer")
    assert "1 verdeckte Karte" in wall
    assert "Der Bescheid" not in wall
    assert "Der Bescheid kam zu spät" in text_of(moderator, DESK)
    assert press_button(moderator, f"{ROOM}/karten/aufdecken", card="").status_code == 303
    assert "Der Bescheid kam zu spät" in text_of(other, PHONE)
    assert "Der Bescheid kam zu spät" in text_of(moderator, f"{ROOM}/beamer")


def test_nothing_that_stays_says_who_wrote_a_card(demo: Demo) -> None:
    moderator, _phones = in_cards_phase(demo)
    author = demo.client(MINUTES)
    post(author, f"{ROOM}/beitreten", at=ROOM)
    before = {key.id for key in rows(demo, UsedKey)}
    assert write(author, "Keiner rief zurück").status_code == 303
    keys = [key for key in rows(demo, UsedKey) if key.id not in before]
    with demo.session() as session:
        acts = session.exec(select(AuditEntry).where(col(AuditEntry.action) == "card.posted")).all()
    assert [(act.person_id, act.organisation_id, act.object_type) for act in acts] == [(None, None, "workshop")]
    assert [key.person_id for key in keys] == [0]
    assert "Kaya" not in re.findall(r"(?s)<div id=\"covered\".*?</div>", text_of(moderator, DESK))[0]


def test_the_same_card_sent_twice_arrives_once(demo: Demo) -> None:
    _moderator, (phone,) = in_cards_phase(demo)
    for _again in range(2):
        answer = phone.post(
            f"{ROOM}/karten/neu",
            data={**hidden_fields(text_of(phone, PHONE)), "kind": "idea", "text": "Ein Lotse", "card": "meine-1"},
            headers={"Accept": "application/json"},
        )
        assert answer.json == {"sent": True}
    assert len(rows(demo, WorkshopCard)) == 1


def test_one_card_too_many_is_refused_in_words_and_kept(demo: Demo) -> None:
    _moderator, (phone,) = in_cards_phase(demo)
    for number in range(5):
        assert write(phone, f"Beobachtung {number}").status_code == 303
    assert "Alle Ihre Karten sind geschrieben" in text_of(phone, PHONE)
    refused = write(phone, "Eine sechste")
    assert refused.status_code == 409
    assert "Eine sechste" in refused.get_data(as_text=True)
    assert len(rows(demo, WorkshopCard)) == 5


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("x" * 10_000, 422),
        ("👩‍👩‍👧‍👦" * 140, 303),
        ("👩‍👩‍👧‍👦" * 141, 422),
        ("   ", 422),
        ("<script>alert(1)</script>", 303),
    ],
    ids=["long", "emoji", "too many emoji", "blank", "html"],
)
def test_bad_input_is_refused_with_the_text_and_good_input_is_not(demo: Demo, text: str, status: int) -> None:
    moderator, (phone,) = in_cards_phase(demo)
    answer = write(phone, text)
    assert answer.status_code == status
    if status == 422 and text.strip():
        assert text in answer.get_data(as_text=True)
    press_button(moderator, f"{ROOM}/karten/aufdecken", card="")
    assert "<script>alert" not in text_of(phone, PHONE)


def test_a_pasted_table_becomes_one_line_and_says_so(demo: Demo) -> None:
    _moderator, (phone,) = in_cards_phase(demo)
    write(phone, "Monat\tStelle\n3\tSozialamt")
    assert "Monat Stelle 3 Sozialamt" in (html := text_of(phone, PHONE))
    assert "zu einer verbunden" in html


def test_a_doubtful_passage_is_shown_and_may_be_sent(demo: Demo) -> None:
    _moderator, (phone,) = in_cards_phase(demo)
    doubtful = "Herr Yilmaz bekam am 03.04.2025 keine Antwort"
    asked = write(phone, doubtful)
    assert asked.status_code == 422
    assert "Trotzdem senden" in asked.get_data(as_text=True)
    assert rows(demo, WorkshopCard) == []
    assert write(phone, doubtful, looked="1").status_code == 303


def test_a_card_that_waited_does_not_land_on_another_case(demo: Demo) -> None:
    _moderator, (phone,) = in_cards_phase(demo)
    assert write(phone, "Von vorhin", at=str(case_at(demo) + 1)).status_code == 409
    assert rows(demo, WorkshopCard) == []


def test_a_covered_card_is_taken_back_an_uncovered_one_stays(demo: Demo) -> None:
    moderator, (phone, other) = in_cards_phase(demo, 2)
    write(phone, "Erste")
    write(phone, "Zweite")
    first, second = rows(demo, WorkshopCard)
    back = f"{ROOM}/karten/zuruecknehmen"
    assert post(other, back, {"card": first.key}, at=PHONE).status_code == 404
    assert post(phone, back, {"card": first.key}, at=PHONE).status_code == 303
    press_button(moderator, f"{ROOM}/karten/aufdecken", card=second.key)
    assert post(phone, back, {"card": second.key}, at=PHONE).status_code == 409
    assert [card.text for card in rows(demo, WorkshopCard)] == ["Zweite"]


def test_cards_are_put_together_named_and_put_back(demo: Demo) -> None:
    moderator, (phone,) = in_cards_phase(demo)
    cluster = a_cluster(demo, moderator, "Akte liegt", "Niemand zuständig")
    page = f"{ROOM}/gruppen/{cluster.key}"
    named = post(moderator, page, {"version": "1", "when": "jemand wechselt", "then": "ruht alles"})
    assert named.status_code == 303
    assert "Wenn jemand wechselt, dann ruht alles" in text_of(phone, PHONE)
    late = post(moderator, page, {"version": "1", "when": "etwas anderes"})
    assert late.status_code == 409
    assert "etwas anderes" in late.get_data(as_text=True)
    assert "jemand wechselt" in late.get_data(as_text=True)
    assert press_button(moderator, f"{ROOM}/gruppen/zurueck").status_code == 303
    assert [card.cluster_id for card in rows(demo, WorkshopCard)].count(None) == 1


def test_two_who_move_at_once_keep_both_moves(demo: Demo) -> None:
    moderator, _phones = in_cards_phase(demo)
    second = demo.client(MINUTES)
    post(second, f"{ROOM}/beitreten", at=ROOM)
    cluster = a_cluster(demo, moderator, "Eins")
    text = "Zwei\nDrei"
    post(moderator, f"{ROOM}/karten/nachtrag", {"kind": "break", "text": text, "at": str(case_at(demo))})
    two, three = rows(demo, WorkshopCard)[1:]
    press_button(moderator, f"{ROOM}/gruppen/legen", card=two.key, target=cluster.key)
    answer = post(second, f"{ROOM}/karten/{three.key}/legen", {"target": cluster.key})
    assert answer.status_code == 303
    assert {card.cluster_id for card in rows(demo, WorkshopCard)} == {cluster.id}
    post(second, f"{ROOM}/gruppen/zurueck", at=DESK)
    left = {card.key: card.cluster_id for card in rows(demo, WorkshopCard)}
    assert (left[two.key], left[three.key]) == (cluster.id, None), "each takes back their own move"


def test_a_cluster_is_linked_or_becomes_a_gap(demo: Demo) -> None:
    demo.index_now()
    moderator, (phone,) = in_cards_phase(demo)
    cluster = a_cluster(demo, moderator, "Kein Geld beim Wechsel vom Sozialamt zum Jobcenter")
    page = f"{ROOM}/gruppen/{cluster.key}"
    html = text_of(moderator, page)
    assert "F-2026-01" in html
    outcome = {"decision": "link", "pick": "F-2026-01", "solvable_at": "strategic"}
    assert post(moderator, f"{page}/ergebnis", outcome, at=page).status_code == 303
    assert "F-2026-01" in text_of(moderator, DESK)
    board = re.findall(r'(?s)<div id="board".*', text_of(phone, PHONE))[0]
    assert "bekannte Fehlstelle" in board
    assert "F-2026" not in board, "a phone without an account learns of no gap"
    post(moderator, page, {"version": "1", "when": "jemand wechselt", "then": "fehlt Geld"})
    new = {"decision": "new", "title": "Geld fehlt beim Wechsel", "solvable_at": "organisation"}
    assert post(moderator, f"{page}/ergebnis", new, at=page).status_code == 303
    assert "Geld fehlt beim Wechsel" in text_of(moderator, "/fehlstellen?q=Geld+fehlt+beim+Wechsel")


def test_dots_are_hidden_until_the_end_and_nobody_knows_whose(demo: Demo) -> None:
    moderator, (phone, other, third) = in_cards_phase(demo, 3)
    cluster = a_cluster(demo, moderator, "Eins")
    go(demo, moderator, 9)
    press_button(moderator, f"{ROOM}/punkte/oeffnen", each="3", per_cluster="2")
    assert "1 Gruppe hat noch keinen Namen" in text_of(moderator, DESK)
    post(moderator, f"{ROOM}/gruppen/{cluster.key}", {"version": "1", "then": "fehlt Geld"})
    assert press_button(moderator, f"{ROOM}/punkte/oeffnen", each="3", per_cluster="2").status_code == 303
    field = f"dots-{cluster.key}"
    too_many = post(phone, f"{ROOM}/punkte", {field: "3"}, at=DOTS)
    assert too_many.status_code == 422
    assert post(phone, f"{ROOM}/punkte", {field: "2"}, at=DOTS).status_code == 303
    assert "1 von 3 fertig" in text_of(moderator, DESK)
    for html in (text_of(moderator, DESK), text_of(other, DOTS), text_of(moderator, f"{ROOM}/beamer")):
        assert "2 Punkte" not in html
    assert post(other, f"{ROOM}/punkte", {field: "1"}, at=DOTS).status_code == 303
    assert post(phone, f"{ROOM}/punkte", {field: "1"}, at=DOTS).status_code == 303, "changed, not added"
    assert post(third, f"{ROOM}/punkte", {}, at=DOTS).status_code == 303
    assert press_button(moderator, f"{ROOM}/punkte/schliessen").status_code == 303
    assert rows(demo, CardCluster)[0].dots == 2
    assert rows(demo, DotBallot) == []
    assert "3 Personen haben Punkte vergeben" in text_of(phone, DOTS)
    assert post(phone, f"{ROOM}/punkte", {field: "1"}, at=DOTS).status_code == 409


def test_a_question_is_kept_with_its_owner(demo: Demo) -> None:
    moderator, (phone,) = in_cards_phase(demo)
    go(demo, moderator, 10)
    html = text_of(moderator, DESK)
    owner = re.findall(r'<option value="(o\d+)">', html)[0]
    given = {"question": "Wer zahlt bis zum Bescheid?", "owner": owner, "due_on": "2026-12-01"}
    assert post(moderator, f"{ROOM}/fragen/neu", given, at=DESK).status_code == 303
    assert "Wer zahlt bis zum Bescheid?" in text_of(moderator, DESK)
    assert "Wer zahlt bis zum Bescheid?" in text_of(phone, f"{ROOM}/fragen")
    assert post(moderator, f"{ROOM}/fragen/neu", {**given, "owner": "p99999"}, at=DESK).status_code == 422


def test_the_close_forgets_the_authors(demo: Demo) -> None:
    moderator, (phone,) = in_cards_phase(demo)
    write(phone, "Vor dem Ende")
    assert len(rows(demo, CardAuthor)) == 1
    post(moderator, f"{ROOM}/ende", at=f"{ROOM}/ende")
    assert rows(demo, CardAuthor) == []
    assert [card.text for card in rows(demo, WorkshopCard)] == ["Vor dem Ende"]
    later = {"kind": "bridge", "text": "Der Lotse blieb dabei", "at": str(case_at(demo))}
    assert post(moderator, f"{ROOM}/karten/nachtrag", later).status_code == 303, "the day after"


LED = (
    "karten/aufdecken",
    "karten/anzahl",
    "karten/nachtrag",
    "gruppen/legen",
    "gruppen/zurueck",
    "gruppen/keine",
    "gruppen/keine/ergebnis",
    "gruppen/keine/entfernen",
    "karten/keine/legen",
    "punkte/oeffnen",
    "punkte/schliessen",
    "fragen/neu",
    "fragen/1/entfernen",
)
SEEN = ("karten/neu", "karten/meine", "karten/tafel", "karten/verdeckt", "punkte", "punkte/stand", "fragen")


def test_a_phone_leads_nothing(demo: Demo) -> None:
    _moderator, (phone,) = in_cards_phase(demo)
    for address in LED:
        answer = post(phone, f"{ROOM}/{address}", {"card": "x", "number": "3"}, at=PHONE)
        assert answer.status_code == 403, address


def test_who_may_not_see_the_case_sees_no_card(demo: Demo) -> None:
    code = open_room(demo)
    outside = knock(demo, code, "Jobcenter", "Herr Amt")
    moderator = demo.client(MODERATOR)
    press(moderator, "admit_all")
    asked = text_of(moderator, f"{ROOM}/fall/6")
    moderator.post(f"{ROOM}/fall/6", data={**hidden_fields(asked), "at": at(demo)})
    go(demo, moderator, 5)
    for address in (*SEEN, *LED):
        answer = outside.get(f"{ROOM}/{address}") if address in SEEN else post(outside, f"{ROOM}/{address}", at=ROOM)
        assert answer.status_code in (404, 403 if address == "karten/nachtrag" else 404), address


def test_the_screens_cost_the_same_however_many_cards_there_are(demo: Demo) -> None:
    moderator, _phones = in_cards_phase(demo)
    a_cluster(demo, moderator, "Eins")
    before = demo.statements(MODERATOR, DESK)
    text = "\n".join(f"Karte {number}" for number in range(60))
    post(moderator, f"{ROOM}/karten/nachtrag", {"kind": "idea", "text": text, "at": str(case_at(demo))})
    assert demo.statements(MODERATOR, DESK) == before
