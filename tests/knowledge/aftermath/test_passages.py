"""Stations that the round added: each marked passage is decided, not by its author alone, before a release."""

import re
from typing import Any

import pytest
from sqlmodel import col, select

from knowledge.cases.actions_stations import add_live_station
from knowledge.cases.drafts import StationDraft
from knowledge.cases.models import Case, Station
from knowledge.privacy.confirming import hits_in
from knowledge.workshops.models import Workshop
from knowledge.workshops.states import WorkshopState
from tests.support.demo import Demo, post

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
HERE = "/workshops/W-2026-2/nachbereitung"
TEXT = "Frau Yilmaz wartete lange."


def set_state(demo: Demo, state: WorkshopState) -> None:
    """The demo's second workshop in this state, not released."""
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        workshop = session.exec(select(Workshop).where(col(Workshop.key) == "W-2026-2")).one()
        workshop.state, workshop.released_on = state, None
        session.add(workshop)
        session.commit()


@pytest.fixture
def station(demo: Demo) -> Station:
    """A station that the moderator added in the workshop, having ticked its passage; the workshop is over."""
    set_state(demo, WorkshopState.RUNNING)
    with demo.session() as session:
        case_id = session.exec(select(Case.id).where(col(Case.key) == "erle")).one() or 0
    draft = StationDraft(5, "Anruf bei der Hotline", "sgb2", "subsistence", text=TEXT)
    ticked = [hit.key for hit in hits_in([TEXT], in_case=True)]
    added: Station = demo.perform("p-albers", add_live_station, case_id, draft, ticked)
    set_state(demo, WorkshopState.HELD)
    return added


def say(client: Any, verdict: str, reason: str = "") -> Any:
    """Answer the only marked passage."""
    page = client.get(HERE).get_data(as_text=True)
    (name,) = set(re.findall(r'name="verdict:([^"]+)"', page))
    return post(client, f"{HERE}/stellen", {f"verdict:{name}": verdict, f"reason:{name}": reason}, at=HERE)


def test_a_passage_holds_the_release_back_until_a_second_person_cleared_it(demo: Demo, station: Station) -> None:
    albers, kaya = demo.client("p-albers"), demo.client("p-kaya")
    page = albers.get(HERE).get_data(as_text=True)
    assert f'<mark class="ll-mark">{TEXT.split(maxsplit=1)[0]} {TEXT.split()[1]}' in page
    assert "1 markierte Stelle in ergänzten Stationen ist noch nicht entschieden." in page
    assert post(albers, f"{HERE}/vorlegen", at=HERE).status_code == 303
    refused = post(kaya, f"{HERE}/freigeben", at=HERE)
    assert refused.status_code == 409
    assert "markierte Stelle" in refused.get_data(as_text=True)
    assert say(albers, "harmless").status_code == 422
    assert say(albers, "harmless", "Erfundener Name aus einem Lehrbuch.").status_code == 303
    assert "wartet auf die zweite Person" in albers.get(HERE).get_data(as_text=True)
    assert post(kaya, f"{HERE}/freigeben", at=HERE).status_code == 409
    assert say(kaya, "harmless", "Auch für mich erkennt man niemanden.").status_code == 303
    assert post(kaya, f"{HERE}/freigeben", at=HERE).status_code == 303
    late = {"title": "Anders", "text": "Anders", "helped": "", "shown": ""}
    assert post(kaya, f"{HERE}/stationen/{station.id}", late).status_code == 409


def test_words_that_are_put_right_need_no_decision_and_are_presented_again(demo: Demo, station: Station) -> None:
    albers, address = demo.client("p-albers"), f"{HERE}/stationen/{station.id}"
    post(albers, f"{HERE}/vorlegen", at=HERE)
    form = albers.get(address).get_data(as_text=True)
    shown = re.search(r'name="shown"[^>]*value="([^"]+)"', form)
    assert shown
    words = {"title": "Anruf bei der Hotline", "text": "Die Mutter wartete lange.", "helped": ""}
    assert post(albers, address, {**words, "shown": "veraltet"}).status_code == 409
    assert post(albers, address, {**words, "shown": shown[1]}).status_code == 303
    page = albers.get(HERE).get_data(as_text=True)
    assert "ergänzten Stationen" not in page
    assert "Noch nicht vorgelegt" in page
    with demo.session() as session:
        row = session.exec(select(Station).where(col(Station.id) == station.id)).one()
        assert (row.text, row.month, row.legal_domain) == ("Die Mutter wartete lange.", 5, "sgb2")


def test_nobody_else_sees_or_changes_them(demo: Demo, station: Station) -> None:
    for person in ("p-brandes", "p-steffens", "p-okafor", "p-wieland"):
        client = demo.client(person)
        assert client.get(f"{HERE}/stationen/{station.id}").status_code == 404
        assert client.post(f"{HERE}/stellen").status_code in (400, 404)
    with demo.session() as session:
        other = session.exec(select(Station.id).where(col(Station.id) != station.id)).first()
    assert demo.client("p-albers").get(f"{HERE}/stationen/{other}").status_code == 404, "the others were checked before"
