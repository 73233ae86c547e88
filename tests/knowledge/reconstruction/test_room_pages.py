"""The room over HTTP: the door, the screens, the buttons, and what each of them tells whom."""

import re

import pytest

from exports.workshop_minutes import presence_of
from knowledge.workshops.states import WorkshopState
from tests.knowledge.reconstruction.workshop import (
    AUTHORITY,
    FIRST,
    GIVER,
    MINUTES,
    MODERATOR,
    ROOM,
    STRANGER,
    WELFARE,
    at,
    go,
    knock,
    open_room,
    participants,
    plan_again,
    press,
    room_row,
    workshop_row,
)
from tests.support.demo import Demo, hidden_fields, post

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def page_of(client: object, address: str) -> str:
    return client.get(address).get_data(as_text=True)  # type: ignore[attr-defined]


def test_a_moderator_opens_the_room_and_reads_the_code(demo: Demo) -> None:
    moderator = plan_again(demo).client(MODERATOR)
    assert "noch nicht geöffnet" in page_of(moderator, ROOM)
    answer = post(moderator, f"{ROOM}/oeffnen", at=ROOM)
    assert answer.location.endswith("/raum/moderation")
    html = page_of(moderator, f"{ROOM}/moderation")
    assert room_row(demo).code in html
    assert "<svg" in html
    assert "Fall beginnen" in html


def test_a_phone_knocks_waits_and_is_let_in(demo: Demo) -> None:
    code = open_room(demo)
    phone, moderator = knock(demo, code), demo.client(MODERATOR)
    assert "Bitte warten" in page_of(phone, ROOM)
    assert "Anna" in page_of(moderator, f"{ROOM}/moderation")
    waiting = participants(demo)[-1]
    assert press(moderator, f"admit:{waiting.id}").status_code == 303  # type: ignore[attr-defined]
    assert "Der Fall beginnt gleich" in page_of(phone, ROOM)


def test_all_who_wait_are_let_in_with_one_click_but_not_screens(demo: Demo) -> None:
    code = open_room(demo)
    phone, wall = knock(demo, code), knock(demo, code, "Beamer", "")
    press(demo.client(MODERATOR), "admit_all")
    assert "beginnt gleich" in page_of(phone, ROOM)
    assert "Bitte warten" in page_of(wall, ROOM)


def test_the_stations_appear_one_by_one(demo: Demo) -> None:
    open_room(demo)
    moderator = demo.client(MODERATOR)
    go(demo, moderator, 2)
    view = f"{ROOM}?ansicht=zeitstrahl"
    assert 'id="station-' not in page_of(moderator, view)
    press(moderator, f"station:{at(demo)}:0:1")
    press(moderator, f"station:{at(demo)}:0:1")
    assert len(re.findall('id="station-', page_of(moderator, view))) == 1
    go(demo, moderator, 4)
    assert len(re.findall('id="station-', page_of(moderator, view))) > 5


def test_two_who_press_next_at_once_move_one_phase(demo: Demo) -> None:
    open_room(demo)
    first, second = demo.client(MODERATOR), demo.client(MINUTES)
    stood = at(demo)
    assert press(first, f"go:{stood}:1").status_code == 303  # type: ignore[attr-defined]
    late = press(second, f"go:{stood}:1")
    assert late.status_code == 409  # type: ignore[attr-defined]
    assert "Inzwischen läuft Phase 1" in late.get_data(as_text=True)  # type: ignore[attr-defined]
    assert room_row(demo).position == 1


def test_a_station_is_added_and_a_wrong_one_comes_back_as_typed(demo: Demo) -> None:
    open_room(demo)
    moderator = demo.client(MODERATOR)
    go(demo, moderator, 4)
    station = {
        "at": at(demo),
        "month": "-3",
        "title": "Rückfrage beim Amt",
        "assessment": "delay",
        "legal_domain": "sgb2",
        "life_domain": "subsistence",
    }
    refused = post(moderator, f"{ROOM}/station", station, at=f"{ROOM}/moderation")
    assert refused.status_code == 422
    assert "Rückfrage beim Amt" in refused.get_data(as_text=True)
    unchosen = {**station, "month": "3", "assessment": "", "legal_domain": "", "life_domain": ""}
    html = post(moderator, f"{ROOM}/station", unchosen, at=f"{ROOM}/moderation").get_data(as_text=True)
    assert html.count("bitte wählen") == 3
    assert "Bitte wählen Sie den Rechtskreis." in html
    named = {**station, "month": "200", "title": "Herr Müller ruft an"}
    html = post(moderator, f"{ROOM}/station", named, at=f"{ROOM}/moderation").get_data(as_text=True)
    [ticked] = re.findall('name="harmless" value="([^"]+)"', html)
    html = post(moderator, f"{ROOM}/station", {**named, "harmless": ticked}, at=f"{ROOM}/moderation").get_data(True)
    assert "Zeitraum verlängern" in html
    assert f'name="harmless" value="{ticked}"' in html, "what was looked at stays looked at"
    taken = post(moderator, f"{ROOM}/station", {**station, "month": "3"}, at=f"{ROOM}/moderation")
    assert taken.status_code == 303, re.findall("kern-error[^<]*<[^<]*", taken.get_data(as_text=True))
    assert "Rückfrage beim Amt" in page_of(moderator, f"{ROOM}?ansicht=zeitstrahl")


def test_an_account_joins_with_one_click(demo: Demo) -> None:
    open_room(demo)
    member = demo.client(WELFARE)
    assert "Zusagen und beitreten" in page_of(member, ROOM)
    assert post(member, f"{ROOM}/beitreten", at=ROOM).status_code == 303
    assert "beginnt gleich" in page_of(member, ROOM)


def test_a_second_leader_promises_before_they_see_the_case(demo: Demo) -> None:
    open_room(demo)
    second = demo.client(MINUTES)
    for screen in ("", "/moderation", "/beamer"):
        html = page_of(second, ROOM + screen)
        assert "Zusagen und beitreten" in html
        assert "Erle" not in html
    assert post(second, f"{ROOM}/beitreten", at=ROOM).status_code == 303
    assert "Fall beginnen" in page_of(second, f"{ROOM}/moderation")
    assert participants(demo)[-1].confirmed_at is not None


def test_a_screen_is_a_projector_and_nobody(demo: Demo) -> None:
    code = open_room(demo)
    moderator, wall = demo.client(MODERATOR), knock(demo, code, "Beamer", "")
    knock(demo, code)
    assert "Alle einlassen" not in page_of(moderator, f"{ROOM}/moderation"), "it lets one in, and „einlassen“ does that"
    for each in participants(demo)[-2:]:
        press(moderator, f"admit:{each.id}")
    go(demo, moderator, 1)
    assert wall.get(ROOM).location.endswith("/raum/beamer")
    assert wall.get(f"{ROOM}/beamer").status_code == 200
    with demo.session() as session:
        present = presence_of(session, workshop_row(demo).id or 0)
    assert {each.organisation.split()[0]: each.people for each in present} == {
        "Caritasverband": 1,
        "Kommunales": 1,
    }
    post(moderator, f"{ROOM}/ende", at=f"{ROOM}/ende")
    assert workshop_row(demo).confidentiality_confirmed == 2


def test_the_room_is_closed_for_everybody(demo: Demo) -> None:
    code = open_room(demo)
    phone, moderator = knock(demo, code), demo.client(MODERATOR)
    press(moderator, "admit_all")
    assert "Workshop beenden?" in page_of(moderator, f"{ROOM}/ende")
    assert post(moderator, f"{ROOM}/ende", at=f"{ROOM}/ende").status_code == 303
    row = workshop_row(demo)
    assert row.state == WorkshopState.HELD
    assert row.confidentiality_confirmed == 2
    assert phone.get(ROOM).status_code == 303, "the token is forgotten"
    assert demo.client().get(f"/w/{code}").status_code == 404
    assert "beendet" in page_of(moderator, ROOM)


def test_the_screens_keep_the_rules_of_the_house(demo: Demo) -> None:
    code = open_room(demo)
    phone, moderator = knock(demo, code), demo.client(MODERATOR)
    press(moderator, "admit_all")
    post(phone, f"{ROOM}/zeichen", {"do": "hand"}, at=ROOM)
    for position in range(1, 11):
        go(demo, moderator, position)
        for address in ("?ansicht=fall", "?ansicht=zeitstrahl", "?ansicht=karten", "?ansicht=punkte"):
            assert phone.get(ROOM + address).status_code == 200
        assert moderator.get(f"{ROOM}/moderation").status_code == 200
        wall = moderator.get(f"{ROOM}/beamer")
        assert wall.status_code == 200
        assert "Anna" not in wall.get_data(as_text=True)
    for name in ("kopf", "zeitstrahl", "leute", "steuerung"):
        assert moderator.get(f"{ROOM}/teil/{name}?schirm=moderator").status_code == 200


def test_who_must_go_out_is_named_before_the_next_case(demo: Demo) -> None:
    code = open_room(demo)
    knock(demo, code, "Jobcenter", "Herr Amt")
    moderator = demo.client(MODERATOR)
    press(moderator, "admit_all")
    asked = page_of(moderator, f"{ROOM}/fall/6")
    assert "Herr Amt" in asked
    answer = moderator.post(f"{ROOM}/fall/6", data={**hidden_fields(asked), "at": at(demo)})
    assert answer.status_code == 303
    assert room_row(demo).workshop_case_id == 6


def test_who_is_not_invited_does_not_find_the_room(demo: Demo) -> None:
    open_room(demo)
    assert demo.client(STRANGER).get(ROOM).status_code == 404
    assert demo.client().get(ROOM).location.endswith("/w")


@pytest.mark.parametrize("person", [AUTHORITY, GIVER, WELFARE])
def test_nobody_but_the_moderation_steers(demo: Demo, person: str) -> None:
    open_room(demo)
    member = demo.client(person)
    post(member, f"{ROOM}/beitreten", at=ROOM)
    html = page_of(member, f"{ROOM}?ansicht=fall")
    refused = member.post(f"{ROOM}/steuern", data={**hidden_fields(html), "do": f"go:{at(demo)}:1"})
    assert refused.status_code == 403
    assert FIRST not in refused.get_data(as_text=True).lower()
