"""Preparing a case through the pages: each step saved alone, a second person checks, evidence counts at release."""

import re
from typing import Any

import pytest
from sqlmodel import col, func, select

from app.people.states import Visibility
from knowledge.cases.drafts import mark_of
from knowledge.cases.models import RemovedStation
from knowledge.cases.states import CaseState
from knowledge.gaps.models import Evidence, Gap
from tests.support.demo import Demo, hidden_fields, post
from tests.support.prepared import CONSENT, FRAME, STATION, begin, case_of, fill, stations_of, word_in

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def test_a_case_goes_from_a_neutral_word_to_its_release(demo: Demo) -> None:
    giver = demo.client("p-terhorst")
    key = fill(giver)
    station = stations_of(demo, key)[0]
    gap_id = gap(demo, "F-2025-05")
    finding = {"station": str(station.id), "text": "Die Frist kennt nur, wer schon da ist.", "gap": str(gap_id)}
    before = evidence(demo, gap_id)
    search = {**finding, "gap": "", "words": "F-2025-05"}
    offered = post(giver, f"/faelle/{key}/befunde/fehlstellen", search, at=f"/faelle/{key}/befunde/neu")
    assert f'value="{gap_id}"' in offered.get_data(as_text=True)
    assert post(giver, f"/faelle/{key}/befunde", finding, at=f"/faelle/{key}/befunde/neu").status_code == 303
    questions = {"questions": "Wer hätte die Frist sagen können?\n\nGibt es eine Ausnahme?", "shown": mark_of(())}
    assert post(giver, f"/faelle/{key}/fragen", questions, at=f"/faelle/{key}/befunde").status_code == 303
    assert post(giver, f"/faelle/{key}/zur-pruefung", at=f"/faelle/{key}/pruefung").status_code == 303
    assert giver.get(f"/faelle/{key}/rahmen").status_code == 403

    second = demo.client("p-albers")
    assert f"/faelle/{key}/zweite-pruefung" in second.get("/").get_data(as_text=True)
    at = f"/faelle/{key}/zweite-pruefung"
    assert post(second, f"/faelle/{key}/bestaetigen", {"changes": "Monate statt Daten"}, at=at).status_code == 303
    assert case_of(demo, key).state == CaseState.CHECKED
    assert post(second, f"/faelle/{key}/schritt", {"step": "freigeben"}, at=f"/faelle/{key}").status_code == 303
    assert case_of(demo, key).state == CaseState.RELEASED
    assert evidence(demo, gap_id) == before + 1
    assert "41 Tage ohne Leistung" in giver.get(f"/faelle/{key}").get_data(as_text=True)


def test_a_finding_points_at_no_gap_that_its_author_may_not_read(demo: Demo) -> None:
    with demo.session() as session:
        hidden = session.exec(select(Gap.id).where(col(Gap.visibility) == Visibility.COORDINATION)).first()
    giver = demo.client("p-terhorst")
    key = fill(giver)
    at = f"/faelle/{key}/befunde/neu"
    for gap_id in (hidden, 999_999, "x"):
        finding = {"station": str(stations_of(demo, key)[0].id), "text": "Ein Satz.", "gap": str(gap_id)}
        assert post(giver, f"/faelle/{key}/befunde", finding, at=at).status_code in (409, 422)


def gap(demo: Demo, key: str) -> int:
    with demo.session() as session:
        return session.exec(select(Gap.id).where(col(Gap.key) == key)).one() or 0


def evidence(demo: Demo, gap_id: int) -> int:
    with demo.session() as session:
        return session.exec(select(func.count(col(Evidence.id))).where(col(Evidence.gap_id) == gap_id)).one()


def test_only_case_managers_and_the_coordination_begin_a_case(demo: Demo) -> None:
    assert demo.client("p-brandes").get("/faelle/neu").status_code == 403
    assert demo.client("p-okafor").get("/faelle/neu").status_code == 200


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("month", "-3"),
        ("month", "999"),
        ("month", "drei"),
        ("month", "9" * 40),
        ("title", "x" * 10_000),
        ("text", "😀" * 5_000),
        ("legal_domain", "gibt-es-nicht"),
        ("agencies", ["jobcenter", "Jobcenter Sonderau"]),
        ("assessment", "bridge"),
        ("days_without_benefits", "-1"),
    ],
)
def test_a_wrong_station_is_refused_and_what_was_typed_stays(demo: Demo, field: str, typed: Any) -> None:
    client = demo.client("p-terhorst")
    key = begin(client)
    at = f"/faelle/{key}/stationen/neu"
    answer = post(client, f"/faelle/{key}/stationen", {**STATION, "what_helped": "", field: typed}, at=at)
    assert answer.status_code == 422
    assert stations_of(demo, key) == []
    if field != "text":
        assert STATION["text"] in answer.get_data(as_text=True)


def test_emoji_and_pasted_tables_are_text_like_any_other(demo: Demo) -> None:
    client = demo.client("p-terhorst")
    pasted = "Stelle\tWoche\nKita\t2 😀\n<b>fett</b>"
    key = fill(client, text=pasted)
    assert stations_of(demo, key)[0].text == pasted
    assert "&lt;b&gt;fett" in client.get(f"/faelle/{key}").get_data(as_text=True)


def test_a_double_click_makes_one_station(demo: Demo) -> None:
    client = demo.client("p-terhorst")
    key = begin(client)
    page = client.get(f"/faelle/{key}/stationen/neu").get_data(as_text=True)
    for _time in range(2):
        assert client.post(f"/faelle/{key}/stationen", data={**hidden_fields(page), **STATION}).status_code == 303
    assert len(stations_of(demo, key)) == 1


def test_two_editors_of_a_station_see_both_texts(demo: Demo) -> None:
    giver, colleague = demo.client("p-terhorst"), demo.client("p-albers")
    key = fill(giver)
    address = f"/faelle/{key}/stationen/{stations_of(demo, key)[0].id}"
    first = giver.get(address).get_data(as_text=True)
    shown = re.search(r'name="shown"[^>]*value="([^"]+)"', first)
    assert shown
    other = {**STATION, "text": "Vom Kollegen.", "shown": shown[1]}
    assert post(colleague, address, other).status_code == 303
    late = giver.post(address, data={**hidden_fields(first), **STATION, "text": "Von mir.", "shown": shown[1]})
    page = late.get_data(as_text=True)
    assert late.status_code == 409
    assert "Vom Kollegen." in page
    assert "Von mir." in page
    assert stations_of(demo, key)[0].text == "Vom Kollegen."
    again = re.search(r'name="shown"[^>]*value="([^"]+)"', page)
    assert again
    sent = {**hidden_fields(page), **STATION, "text": "Von beiden.", "shown": again[1]}
    assert giver.post(address, data=sent).status_code == 303


def test_two_editors_of_the_frame_see_both_texts(demo: Demo) -> None:
    giver, colleague = demo.client("p-terhorst"), demo.client("p-albers")
    key = begin(giver)
    first = giver.get(f"/faelle/{key}/rahmen").get_data(as_text=True)
    shown = re.search(r'name="shown"[^>]*value="([^"]+)"', first)
    assert shown
    changed = {**FRAME, "anchor": "Ankunft", "shown": shown[1]}
    assert post(colleague, f"/faelle/{key}/rahmen", changed).status_code == 303
    late = {**hidden_fields(first), **FRAME, "anchor": "Zuzug", "shown": shown[1]}
    answer = giver.post(f"/faelle/{key}/rahmen", data=late)
    assert answer.status_code == 409
    assert "Ankunft" in answer.get_data(as_text=True)
    assert case_of(demo, key).anchor == "Ankunft"


def test_a_removed_station_comes_back_with_its_findings(demo: Demo) -> None:
    client = demo.client("p-terhorst")
    key = fill(client)
    station = stations_of(demo, key)[0]
    finding = {"station": str(station.id), "text": "Die Frist kennt niemand.", "gap": ""}
    assert post(client, f"/faelle/{key}/befunde", finding, at=f"/faelle/{key}/befunde/neu").status_code == 303
    at = f"/faelle/{key}/stationen"
    gone = post(client, f"{at}/{station.id}/entfernen", at=at)
    assert stations_of(demo, key) == []
    page = client.get(gone.location).get_data(as_text=True)
    number = re.search(r'name="entfernt"[^>]*value="(\d+)"', page)
    assert number
    assert post(client, f"{at}/zurueckholen", {"entfernt": number[1]}, at=gone.location).status_code == 303
    assert [each.key for each in stations_of(demo, key)] == [station.key]
    assert "Die Frist kennt niemand." in client.get(f"/faelle/{key}/befunde").get_data(as_text=True)


def test_what_was_removed_is_gone_once_the_draft_is_given_for_checking(demo: Demo) -> None:
    client = demo.client("p-terhorst")
    key = fill(client)
    at = f"/faelle/{key}/stationen"
    post(client, at, {**STATION, "title": "Zweite"}, at=f"{at}/neu")
    post(client, f"{at}/{stations_of(demo, key)[0].id}/entfernen", at=at)
    assert post(client, f"/faelle/{key}/zur-pruefung", at=f"/faelle/{key}/pruefung").status_code == 303
    with demo.session() as session:
        assert session.exec(select(func.count(col(RemovedStation.id)))).one() == 0


def test_stations_of_one_month_change_places(demo: Demo) -> None:
    client = demo.client("p-terhorst")
    key = fill(client)
    at = f"/faelle/{key}/stationen"
    post(client, at, {**STATION, "title": "Zweite"}, at=f"{at}/neu")
    post(client, at, {**STATION, "title": "Früher", "month": "0"}, at=f"{at}/neu")
    second = stations_of(demo, key)[2]
    assert post(client, f"{at}/{second.id}/verschieben", {"richtung": "hoch"}, at=at).status_code == 303
    assert [each.title for each in stations_of(demo, key)] == ["Früher", "Zweite", "Absage der Kita"]


def test_the_municipality_is_kept_when_the_case_giver_saves(demo: Demo) -> None:
    giver, colleague = demo.client("p-terhorst"), demo.client("p-albers")
    key = begin(giver)
    assert 'name="municipality"' not in giver.get(f"/faelle/{key}/rahmen").get_data(as_text=True)
    page = colleague.get(f"/faelle/{key}/rahmen").get_data(as_text=True)
    places = re.findall(r'<option[^>]*value="(\d+)"[^>]*>', page.split('name="municipality"')[1].split("</select>")[0])
    shown = re.search(r'name="shown"[^>]*value="([^"]+)"', page)
    assert shown
    sent = {**FRAME, "municipality": places[0], "shown": shown[1]}
    assert post(colleague, f"/faelle/{key}/rahmen", sent).status_code == 303
    page = giver.get(f"/faelle/{key}/rahmen").get_data(as_text=True)
    shown = re.search(r'name="shown"[^>]*value="([^"]+)"', page)
    assert shown
    changed = {**FRAME, "anchor": "Ankunft", "shown": shown[1]}
    assert post(giver, f"/faelle/{key}/rahmen", changed).status_code == 303
    assert case_of(demo, key).municipality_id == int(places[0])


def test_two_windows_do_not_take_the_same_word(demo: Demo) -> None:
    client = demo.client("p-terhorst")
    pages = [client.get("/faelle/neu").get_data(as_text=True) for _window in range(2)]
    word = word_in(pages[0])
    answers = [client.post("/faelle", data={**hidden_fields(page), "word": word, **FRAME}) for page in pages]
    assert [answer.status_code for answer in answers] == [303, 422]
    assert FRAME["anchor"] in answers[1].get_data(as_text=True)


def test_a_consent_of_the_future_is_none(demo: Demo) -> None:
    client = demo.client("p-terhorst")
    key = begin(client)
    for month in ("2027-01", "09/2026", "2026-13"):
        answer = post(client, f"/faelle/{key}/einwilligung", {**CONSENT, "obtained_month": month})
        assert answer.status_code == 422


def test_each_answer_of_the_consent_says_who_stays_outside(demo: Demo) -> None:
    client = demo.client("p-terhorst")
    page = client.get(f"/faelle/{begin(client)}/einwilligung").get_data(as_text=True)
    assert "Draußen bleiben" in page
    assert "Jobcenter" in page
    assert "Vermieter" in page


def test_the_list_can_be_narrowed_to_a_state(demo: Demo) -> None:
    client = demo.client("p-terhorst")
    key = begin(client)
    page = client.get("/faelle?stand=draft").get_data(as_text=True)
    assert f"/faelle/{key}" in page
    assert "/faelle/ahorn" not in page
    assert client.get("/faelle?stand=quatsch").status_code == 200
    assert "Kein Fall mit diesem Stand" in client.get("/faelle?stand=closed").get_data(as_text=True)


def test_pages_of_a_big_draft_cost_no_more_statements(demo: Demo) -> None:
    client = demo.client("p-terhorst")
    key = fill(client)
    pages = [f"/faelle/{key}{page}" for page in ("/stationen", "/befunde", "/pruefung")]
    small = [demo.statements("p-terhorst", page) for page in pages]
    at = f"/faelle/{key}/stationen"
    for number in range(6):
        post(client, at, {**STATION, "month": str(number), "title": f"Station {number}"}, at=f"{at}/neu")
    assert [demo.statements("p-terhorst", page) for page in pages] == small
