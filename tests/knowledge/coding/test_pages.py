"""The pages of text coding without JavaScript: for the case team, for others, and what they cost."""

import re
from typing import Any

import pytest
from sqlmodel import select

from knowledge.coding.models import Category, Coding
from tests.knowledge.coding.coded import CASE, category, coded, texts
from tests.support.demo import Demo, post

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
PAGE = f"/faelle/{CASE}/auswertung"


def html(demo: Demo, person: str, address: str, status: int = 200) -> str:
    answer = demo.client(person).get(address)
    assert answer.status_code == status, f"{address} answers {answer.status_code}"
    return str(answer.get_data(as_text=True))


def all_of(demo: Demo, table: Any) -> list[Any]:
    with demo.session() as session:
        return list(session.exec(select(table)).all())


def test_a_case_is_coded_by_choosing_sentences(demo: Demo) -> None:
    made = category(demo)
    client = demo.client("p-terhorst")
    page = client.get(PAGE).get_data(as_text=True)
    first, second = re.findall(r'<option value="(client_view-0:\d+:\d+)"', page)[:2]
    answer = post(client, PAGE, {"first": first, "last": second, "category": made.id, "memo": "Wartezeit"})
    assert answer.status_code == 303
    page = client.get(PAGE).get_data(as_text=True)
    assert "<mark" in page
    assert "Wartezeit" in page
    assert "Warten auf Bescheid" in page
    only_mine = html(demo, "p-albers", PAGE + "?wer=meine")
    assert "Sie haben noch nichts zugeordnet." in only_mine


def test_a_marked_passage_and_a_gap_by_its_key(demo: Demo) -> None:
    client = demo.client("p-albers")
    data = {"source": "client_view-0", "start": "1", "end": "20", "gap_key": "F-2026-01 · Titel"}
    assert post(client, PAGE, data).status_code == 303
    assert all_of(demo, Coding)[0].gap_id
    wrong = post(client, PAGE, {**data, "gap_key": "F-1999-99", "memo": "bleibt stehen"})
    assert wrong.status_code == 422
    assert "bleibt stehen" in wrong.get_data(as_text=True)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"category": "1"},
        {"first": "client_view-0:0:5"},
        {"first": "client_view-0:0:5", "last": "station_text-1:0:4", "category": "1"},
        {"first": "client_view-0:20:30", "last": "client_view-0:0:5", "category": "1"},
        {"source": "client_view-0", "start": "0", "end": "99999", "category": "1"},
        {"source": "station_text-999", "start": "0", "end": "5", "category": "1"},
        {"first": "client_view-0:0:5", "category": "1", "memo": "m" * 10_000},
        {"first": "client_view-0:0:5", "category": "x"},
    ],
)
def test_bad_input_is_answered_in_words(demo: Demo, data: dict[str, str]) -> None:
    category(demo)
    answer = post(demo.client("p-albers"), PAGE, data)
    assert answer.status_code == 422
    assert "Bitte" in answer.get_data(as_text=True) or "Stelle" in answer.get_data(as_text=True)
    assert all_of(demo, Coding) == []


def test_double_clicks_code_once(demo: Demo) -> None:
    made, client = category(demo), demo.client("p-albers")
    page = client.get(PAGE).get_data(as_text=True)
    tokens = dict(re.findall(r'name="(csrf_token|once)"[^>]*value="([^"]+)"', page))
    data = {**tokens, "source": "client_view-0", "start": "1", "end": "9", "category": made.id}
    assert [client.post(PAGE, data=data).status_code for _ in range(2)] == [303, 303]
    assert len(all_of(demo, Coding)) == 1


@pytest.mark.parametrize("person", ["p-brandes", "p-diallo", "p-steffens", "p-wieland", "p-oezer"])
def test_others_learn_nothing(demo: Demo, person: str) -> None:
    made = category(demo)
    coding = coded(demo, "p-terhorst", made)
    client = demo.client(person)
    addresses = [PAGE, f"{PAGE}/{coding.id}", f"{PAGE}/uebereinstimmung"]
    assert {client.get(address).status_code for address in addresses} <= {403, 404}
    if person != "p-steffens":
        codebook = ["/kategorien", f"/kategorien/{made.key}", "/kategorien/export.qdc", "/auswertung/export"]
        assert {client.get(address).status_code for address in codebook} == {404}


def test_remove_review_and_rounds_by_buttons(demo: Demo) -> None:
    made = category(demo)
    coding = coded(demo, "p-terhorst", made)
    giver, office = demo.client("p-terhorst"), demo.client("p-albers")
    assert post(office, f"{PAGE}/{coding.id}/bestaetigen", at=PAGE).status_code == 303
    assert "bestätigt" in html(demo, "p-terhorst", PAGE)
    assert post(office, f"{PAGE}/{coding.id}/pruefung-zuruecknehmen", at=PAGE).status_code == 303
    assert post(giver, f"{PAGE}/{coding.id}", {"memo": "neu"}, at=PAGE).status_code == 303
    other = category(demo, "Zuständigkeit unklar")
    assert "Kodierung anders sehen" in html(demo, "p-albers", f"{PAGE}/{coding.id}")
    assert post(office, f"{PAGE}/{coding.id}", {"category": other.id}, at=PAGE).status_code == 303
    assert "anders gesehen" in html(demo, "p-terhorst", PAGE)
    assert post(giver, f"{PAGE}/{coding.id}/entfernen", at=PAGE).status_code == 303
    assert "Zurückholen" in html(demo, "p-terhorst", PAGE)
    assert post(giver, f"{PAGE}/{coding.id}/zurueckholen", at=PAGE).status_code == 303
    assert post(office, f"{PAGE}/runde/verdecken", at=PAGE).status_code == 303
    assert "Verdeckte Runde 1" in html(demo, "p-terhorst", PAGE)
    assert "Die Runde ist noch verdeckt" in html(demo, "p-terhorst", f"{PAGE}/uebereinstimmung")
    assert post(office, f"{PAGE}/runde/abschliessen", at=PAGE).status_code == 303
    assert "Runde eröffnen" in html(demo, "p-albers", PAGE)
    agreement = html(demo, "p-albers", f"{PAGE}/uebereinstimmung")
    assert agreement.index("beide") < agreement.index("Krippendorffs Alpha")
    assert post(office, f"{PAGE}/runde", {"blind": "y"}, at=PAGE).status_code == 303
    assert "Verdeckte Runde 2" in html(demo, "p-albers", PAGE)


def test_the_codebook_by_forms(demo: Demo) -> None:
    client = demo.client("p-albers")
    assert "noch leer" in html(demo, "p-albers", "/kategorien")
    data = {"name": "Warten auf Bescheid", "definition": "Ein Amt entscheidet nicht.", "colour": "teal"}
    assert post(client, "/kategorien", data, at="/kategorien/neu").status_code == 303
    assert post(client, "/kategorien", {**data, "name": ""}, at="/kategorien/neu").status_code == 422
    named = post(client, "/kategorien", {**data, "rule": "Wenn Frau Yilmaz wartet"}, at="/kategorien/neu")
    assert named.status_code == 422
    assert "lässt niemanden erkennen" in named.get_data(as_text=True)
    edit = "/kategorien/K-01/bearbeiten"
    changed = {**data, "rule": "Nur nach Ablauf der Frist", "version": "1"}
    assert post(client, "/kategorien/K-01", changed, at=edit).status_code == 303
    conflict = post(client, "/kategorien/K-01", changed, at=edit)
    assert conflict.status_code == 409
    assert "Inzwischen steht dort" in conflict.get_data(as_text=True)
    assert post(client, "/kategorien/K-01/ruhe", at="/kategorien/K-01").status_code == 303
    assert "ruht" in html(demo, "p-albers", "/kategorien/K-01")
    assert post(client, "/kategorien/K-01/ruhe", at="/kategorien/K-01").status_code == 303
    other = category(demo, "Verzögerung")
    merge = "/kategorien/K-01/zusammenfuehren"
    assert post(client, merge, {"into": ""}, at=merge).status_code == 422
    assert post(client, merge, {"into": other.key}, at=merge).status_code == 303
    answer = client.get("/kategorien/K-01")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/kategorien/{other.key}")
    assert client.get(edit).status_code == 404


def test_a_category_that_recurs_becomes_a_gap_with_its_own_words(demo: Demo) -> None:
    made = category(demo)
    coded(demo, "p-kaya", made)
    coded(demo, "p-kaya", made, key="birke")
    page = html(demo, "p-albers", f"/kategorien/{made.key}")
    assert "kehrt wieder" in page
    assert "Als Ankerbeispiel nehmen" in page
    proposal = html(demo, "p-albers", f"/kategorien/{made.key}/fehlstelle")
    assert "was gemeint ist" in proposal
    quote = " ".join(texts(demo)[0].text.split()[:3])
    assert quote not in proposal


def test_the_anchor_example_is_shown_to_those_who_read_its_case(demo: Demo) -> None:
    made = category(demo)
    coding = coded(demo, "p-kaya", made, words=6)
    client = demo.client("p-albers")
    here = f"/kategorien/{made.key}"
    assert post(client, f"{here}/anker/{coding.passage_id}", at=here).status_code == 303
    assert all_of(demo, Category)[0].example_passage_id == coding.passage_id
    assert "Ankerbeispiel aus" in html(demo, "p-terhorst", here)
    outside = html(demo, "p-marx", here)
    assert "Ankerbeispiel aus" not in outside
    assert " ".join(texts(demo)[0].text.split()[:6]) not in outside


def test_markup_in_a_case_text_is_text(demo: Demo) -> None:
    made = category(demo)
    data = {"source": "client_view-0", "start": "1", "end": "9", "category": made.id, "memo": "<b>fett</b> & <script>"}
    assert post(demo.client("p-albers"), PAGE, data).status_code == 303
    assert "&lt;b&gt;fett" in html(demo, "p-albers", PAGE)


def test_a_page_costs_the_same_for_one_coding_and_for_many(demo: Demo) -> None:
    made = category(demo)
    coded(demo, "p-terhorst", made)
    few = {
        address: demo.statements("p-albers", address) for address in (PAGE, f"/kategorien/{made.key}", "/kategorien")
    }
    other = category(demo, "Andere")
    for number in range(1, 5):
        coded(demo, "p-terhorst", made, source=number)
        coded(demo, "p-kaya", other, source=number)
    many = {address: demo.statements("p-albers", address) for address in few}
    assert many == few
    assert max(many.values()) < 30
