"""The second person: who checks and releases, what holds a case back, and what a draft needs before."""

import re

import pytest
from sqlmodel import col, select

from app.people.models import Municipality
from knowledge.cases.models import Case, DeidentificationCheck, Station
from knowledge.cases.states import CaseState
from tests.support.demo import Demo, post
from tests.support.prepared import FRAME, STATION, begin, case_of, fill

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def test_nobody_checks_or_releases_their_own_case(demo: Demo) -> None:
    client = demo.client("p-albers")
    key = fill(client)
    assert post(client, f"/faelle/{key}/zur-pruefung", at=f"/faelle/{key}/pruefung").status_code == 303
    assert client.get(f"/faelle/{key}/zweite-pruefung").status_code == 403
    for step in ("bestaetigen", "zurueckgeben"):
        sent = {"changes": "", "note": "so nicht"}
        assert post(client, f"/faelle/{key}/{step}", sent, at=f"/faelle/{key}").status_code == 403
    colleague = demo.client("p-kaya")
    at = f"/faelle/{key}/zweite-pruefung"
    assert post(colleague, f"/faelle/{key}/bestaetigen", {"changes": ""}, at=at).status_code == 303
    assert post(client, f"/faelle/{key}/schritt", {"step": "freigeben"}, at=f"/faelle/{key}").status_code == 403
    assert case_of(demo, key).state == CaseState.CHECKED


@pytest.mark.parametrize("person", ["p-brandes", "p-diallo", "p-wieland", "p-steffens"])
def test_a_draft_does_not_exist_for_others(demo: Demo, person: str) -> None:
    key = fill(demo.client("p-terhorst"))
    client = demo.client(person)
    for page in ("", "/rahmen", "/stationen", "/befunde", "/einwilligung", "/pruefung", "/zweite-pruefung"):
        assert client.get(f"/faelle/{key}{page}").status_code == 404, page
    assert client.get(f"/faelle/{key}/zugriffe").status_code == 404
    assert key not in client.get("/faelle").get_data(as_text=True)


def test_without_stations_or_consent_nothing_goes_to_the_second_person(demo: Demo) -> None:
    client = demo.client("p-terhorst")
    key = begin(client)
    page = client.get(f"/faelle/{key}/pruefung").get_data(as_text=True)
    assert "Der Zeitstrahl hat noch keine Station." in page
    assert "Die Einwilligung der Person ist noch nicht eingetragen." in page
    assert post(client, f"/faelle/{key}/zur-pruefung", at=f"/faelle/{key}/pruefung").status_code == 409
    assert client.get(f"/faelle/{key}").status_code == 200
    assert client.get(f"/faelle/{key}/stationen").status_code == 200


def test_a_name_holds_the_case_back_until_a_second_person_decides(demo: Demo) -> None:
    client = demo.client("p-terhorst")
    key = fill(client, text="Frau Yilmaz rief am 3. Mai an.")
    at = f"/faelle/{key}/pruefung"
    page = client.get(at).get_data(as_text=True)
    assert "Frau Yilmaz" in page
    assert "keine Anonymisierung" in page
    assert post(client, f"/faelle/{key}/zur-pruefung", at=at).status_code == 409
    names = re.findall(r'name="verdict:([^"]+)" value="harmless"', page)
    assert len(names) == 2
    verdicts = {f"verdict:{name}": "harmless" for name in names}
    refused = post(client, at, verdicts)
    assert refused.status_code == 422
    reasons = {f"reason:{name}": "erfunden" for name in names}
    assert post(client, at, verdicts | reasons).status_code == 303
    assert post(client, f"/faelle/{key}/zur-pruefung", at=at).status_code == 303

    second, there = demo.client("p-albers"), f"/faelle/{key}/zweite-pruefung"
    page = second.get(there).get_data(as_text=True)
    assert "erfunden" in page
    assert not re.search(r'name="verdict:[^>]*checked', page), "agreeing is a word of one's own"
    held = post(second, f"/faelle/{key}/bestaetigen", {"changes": ""}, at=there)
    assert held.status_code == 409
    assert "noch offene Hinweise" in held.get_data(as_text=True)
    assert post(second, there, verdicts | {f"reason:{name}": "gelesen" for name in names}).status_code == 303
    assert post(second, f"/faelle/{key}/bestaetigen", {"changes": ""}, at=there).status_code == 303


def test_what_was_made_coarser_is_not_said_by_its_name(demo: Demo) -> None:
    key = fill(demo.client("p-terhorst"))
    client = demo.client("p-terhorst")
    post(client, f"/faelle/{key}/zur-pruefung", at=f"/faelle/{key}/pruefung")
    second, there = demo.client("p-albers"), f"/faelle/{key}/zweite-pruefung"
    answer = post(second, f"/faelle/{key}/bestaetigen", {"changes": "Frau Yilmaz zu „die Frau“"}, at=there)
    assert answer.status_code == 422
    assert case_of(demo, key).state == CaseState.DRAFT


def test_a_returned_case_says_what_to_change(demo: Demo) -> None:
    giver = demo.client("p-terhorst")
    key = fill(giver)
    post(giver, f"/faelle/{key}/zur-pruefung", at=f"/faelle/{key}/pruefung")
    second, there = demo.client("p-kaya"), f"/faelle/{key}/zweite-pruefung"
    assert post(second, f"/faelle/{key}/zurueckgeben", {"note": ""}, at=there).status_code == 422
    note = {"note": "Station 1 ist zu genau."}
    assert post(second, f"/faelle/{key}/zurueckgeben", note, at=there).status_code == 303
    assert "Station 1 ist zu genau." in giver.get(f"/faelle/{key}").get_data(as_text=True)
    assert "bittet um Änderungen" in giver.get("/").get_data(as_text=True)
    assert giver.get(f"/faelle/{key}/rahmen").status_code == 200


def test_a_checked_case_that_is_changed_is_checked_again(demo: Demo) -> None:
    giver = demo.client("p-terhorst")
    key = fill(giver)
    post(giver, f"/faelle/{key}/zur-pruefung", at=f"/faelle/{key}/pruefung")
    second = demo.client("p-kaya")
    post(second, f"/faelle/{key}/bestaetigen", {"changes": "Monate"}, at=f"/faelle/{key}/zweite-pruefung")
    assert post(giver, f"/faelle/{key}/schritt", {"step": "entwurf"}, at=f"/faelle/{key}").status_code == 303
    assert case_of(demo, key).state == CaseState.DRAFT
    released = post(second, f"/faelle/{key}/schritt", {"step": "freigeben"}, at=f"/faelle/{key}")
    assert released.status_code == 409
    with demo.session() as session:
        check = session.exec(
            select(DeidentificationCheck).where(col(DeidentificationCheck.case_id) == case_of(demo, key).id)
        ).one()
        assert check.result.value == "returned"


def test_a_rare_combination_is_told_to_those_who_may_know_the_place(demo: Demo) -> None:
    giver, colleague = demo.client("p-terhorst"), demo.client("p-albers")
    key = begin(giver)
    with demo.session() as session:
        small = session.exec(select(Municipality.id).where(col(Municipality.inhabitants) < 15_000)).first()
    page = colleague.get(f"/faelle/{key}/rahmen").get_data(as_text=True)
    shown = re.search(r'name="shown"[^>]*value="([^"]+)"', page)
    assert shown
    sent = {**FRAME, "municipality": str(small), "shown": shown[1]}
    assert post(colleague, f"/faelle/{key}/rahmen", sent).status_code == 303
    assert "Seltene Kombination" in colleague.get(f"/faelle/{key}/pruefung").get_data(as_text=True)
    assert "Seltene Kombination" not in giver.get(f"/faelle/{key}/pruefung").get_data(as_text=True)


def test_whoever_wrote_in_a_draft_does_not_check_it(demo: Demo) -> None:
    giver, editor, third = (demo.client(each) for each in ("p-terhorst", "p-kaya", "p-albers"))
    key = fill(giver, text="Frau Yilmaz rief an.")
    with demo.session() as session:
        station = session.exec(
            select(Station.id).join(Case, col(Case.id) == col(Station.case_id)).where(col(Case.key) == key)
        ).first()
    at = f"/faelle/{key}/stationen/{station}"
    shown = re.search(r'name="shown"[^>]*value="([^"]+)"', editor.get(at).get_data(as_text=True))
    assert shown
    changed = {**STATION, "text": "Frau Yilmaz rief noch einmal an.", "shown": shown[1]}
    assert post(editor, at, changed).status_code == 303
    page = giver.get(f"/faelle/{key}/pruefung").get_data(as_text=True)
    (name,) = re.findall(r'name="verdict:([^"]+)" value="harmless"', page)
    said = {f"verdict:{name}": "harmless", f"reason:{name}": "erfunden"}
    post(giver, f"/faelle/{key}/pruefung", said)
    assert post(giver, f"/faelle/{key}/zur-pruefung", at=f"/faelle/{key}/pruefung").status_code == 303
    there = f"/faelle/{key}/zweite-pruefung"
    for person, status in ((editor, 409), (third, 303)):
        assert post(person, there, said).status_code == 303
        assert post(person, f"/faelle/{key}/bestaetigen", {"changes": ""}, at=there).status_code == status
    assert case_of(demo, key).state == CaseState.CHECKED
