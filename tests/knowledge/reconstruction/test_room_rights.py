"""What the room keeps from whom: locked organisations, people put out, old and foreign tokens, other workshops."""

import pytest
from sqlalchemy import text as sql
from sqlmodel import col, select

from app.core.database import every_tenant
from knowledge.cases.models import Case, Station
from knowledge.reconstruction import opening
from knowledge.reconstruction.access import room_for
from knowledge.reconstruction.states import Screen
from tests.knowledge.reconstruction.workshop import (
    AUTHORITY,
    KEY,
    MODERATOR,
    ROOM,
    SECOND,
    THIRD,
    WELFARE,
    at,
    go,
    knock,
    open_room,
    participants,
    press,
    room_row,
)
from tests.support.demo import Demo, hidden_fields, post
from tests.support.time import NOW

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)

EVERY_ADDRESS = (
    ROOM,
    f"{ROOM}?ansicht=fall",
    f"{ROOM}?ansicht=zeitstrahl",
    f"{ROOM}?ansicht=karten",
    f"{ROOM}/moderation",
    f"{ROOM}/beamer",
    f"{ROOM}/teil/kopf",
    f"{ROOM}/teil/zeitstrahl",
    f"{ROOM}/teil/zeitstrahl?schirm=projector",
    f"{ROOM}/teil/zeitstrahl?schirm=moderator",
    f"{ROOM}/teil/leute",
    f"{ROOM}/teil/steuerung",
)


def at_the_locked_case(demo: Demo) -> None:
    """The room tells the third case, which authorities must not hear."""
    moderator = demo.client(MODERATOR)
    html = moderator.get(f"{ROOM}/fall/6").get_data(as_text=True)
    moderator.post(f"{ROOM}/fall/6", data={**hidden_fields(html), "at": at(demo)})
    go(demo, moderator, 4)


def secrets_of(demo: Demo, case: str) -> list[str]:
    """Words that only somebody who may read the case can know: its title and its stations."""
    with demo.session() as session:
        found = session.exec(select(Case).where(col(Case.key) == case)).one()
        stations = session.exec(select(Station.title).where(col(Station.case_id) == found.id))
        return [found.title, found.household, *stations]


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_locked_organisation_learns_nothing_of_the_case(demo: Demo, signed_in: bool) -> None:
    code = open_room(demo)
    if signed_in:
        client = demo.client(AUTHORITY)
        post(client, f"{ROOM}/beitreten", at=ROOM)
    else:
        client = knock(demo, code, "Jobcenter", "Herr Amt")
        press(demo.client(MODERATOR), "admit_all")
    at_the_locked_case(demo)
    for address in EVERY_ADDRESS:
        text = client.get(address, follow_redirects=True).get_data(as_text=True)
        for secret in secrets_of(demo, THIRD):
            assert secret not in text, (address, secret)
    assert "geht ohne Sie weiter" in client.get(ROOM).get_data(as_text=True)


def test_the_same_phone_sees_the_first_case_before(demo: Demo) -> None:
    code = open_room(demo)
    phone = knock(demo, code, "Jobcenter", "Herr Amt")
    moderator = demo.client(MODERATOR)
    press(moderator, "admit_all")
    go(demo, moderator, 4)
    text = phone.get(f"{ROOM}?ansicht=zeitstrahl").get_data(as_text=True)
    assert secrets_of(demo, "erle")[2] in text
    assert secrets_of(demo, SECOND)[2] not in text


def test_who_waits_or_was_put_out_sees_nothing(demo: Demo) -> None:
    code = open_room(demo)
    phone, moderator = knock(demo, code), demo.client(MODERATOR)
    go(demo, moderator, 4)
    secrets = secrets_of(demo, "erle")
    person = participants(demo)[-1].id
    for button in ("", f"admit:{person}", f"out:{person}"):
        if button:
            press(moderator, button)
        for address in EVERY_ADDRESS:
            text = phone.get(address, follow_redirects=True).get_data(as_text=True)
            if not button.startswith("admit"):
                assert not any(secret in text for secret in secrets), (button, address)
    assert "Sie sind nicht im Raum" in phone.get(ROOM).get_data(as_text=True)


def test_a_phone_never_reads_the_names_or_the_buttons_of_those_who_lead(demo: Demo) -> None:
    code = open_room(demo)
    phone = knock(demo, code)
    knock(demo, code, "AWO", "Berta Beispiel")
    press(demo.client(MODERATOR), "admit_all")
    for address in EVERY_ADDRESS:
        text = phone.get(address, follow_redirects=True).get_data(as_text=True)
        assert "Berta Beispiel" not in text
        assert 'name="do" value="go:' not in text


def test_an_old_or_invented_token_leads_to_the_door(demo: Demo) -> None:
    code = open_room(demo)
    phone = knock(demo, code)
    token = phone.get_cookie("lueckenlos-raum")
    assert token is not None
    assert token.http_only
    assert token.same_site == "Lax"
    thief = demo.client()
    thief.set_cookie("lueckenlos-raum", "a" * 64)
    assert thief.get(ROOM).location.endswith("/w")
    post(phone, f"{ROOM}/verlassen", at=ROOM)
    again = demo.client()
    again.set_cookie("lueckenlos-raum", token.value)
    assert again.get(ROOM).location.endswith("/w")


def test_a_token_opens_no_other_workshop(demo: Demo) -> None:
    phone = knock(demo, open_room(demo))
    for address in ("", "/moderation", "/beamer", "/teil/kopf", "/strom"):
        assert phone.get(f"/workshops/W-2026-1/raum{address}").status_code == 303
    for address in ("/workshops/W-2026-1", "/faelle/erle", "/fehlstellen"):
        assert "/anmelden" in phone.get(address).location


def test_an_administrator_does_not_find_the_room(demo: Demo) -> None:
    open_room(demo)
    with demo.session() as session:
        actor = demo.actor(MODERATOR)
        admin = type(actor)(**{**vars(actor), "roles": frozenset({"admin", "coordination"})})
        assert room_for(session, KEY, admin, NOW) is None


def test_wrong_codes_are_counted_and_stopped(demo: Demo) -> None:
    visitor = demo.client()
    answers = [visitor.get(f"/w/ZZZZ{number:02d}").status_code for number in range(42)]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_a_renewed_code_replaces_the_old_one_and_keeps_who_is_in(demo: Demo) -> None:
    code = open_room(demo)
    phone, moderator = knock(demo, code), demo.client(MODERATOR)
    press(moderator, "admit_all")
    press(moderator, "code")
    assert room_row(demo).code != code
    assert demo.client().get(f"/w/{code}").status_code == 404
    assert "beginnt gleich" in phone.get(ROOM).get_data(as_text=True)


def test_a_form_that_is_sent_twice_brings_one_person(demo: Demo) -> None:
    code = open_room(demo)
    phone = demo.client()
    html = phone.get(f"/w/{code}").get_data(as_text=True)
    data = {**hidden_fields(html), "organisation": "own", "name": "Anna", "promise": "y"}
    for _twice in range(2):
        assert phone.post(f"/w/{code}", data=data).status_code == 303
    assert len(participants(demo)) == 2


@pytest.mark.parametrize(
    "data", [{}, {"name": "Anna"}, {"name": "Anna", "organisation": "1"}, {"organisation": "own", "promise": "y"}]
)
def test_name_organisation_and_promise_are_asked_for(demo: Demo, data: dict[str, str]) -> None:
    code = open_room(demo)
    assert post(demo.client(), f"/w/{code}", data).status_code == 422
    assert len(participants(demo)) == 1


def test_hidden_stations_are_on_no_screen(demo: Demo) -> None:
    open_room(demo)
    with demo.database.session(demo.database.writing) as session, every_tenant(session):
        session.connection().execute(sql("UPDATE station SET hidden = true WHERE case_id = 4 AND position = 1"))
        session.commit()
    moderator = demo.client(MODERATOR)
    go(demo, moderator, 4)
    hidden = secrets_of(demo, "erle")[3]
    for address in EVERY_ADDRESS:
        assert hidden not in moderator.get(address, follow_redirects=True).get_data(as_text=True)


def test_the_projector_shows_nothing_before_the_case_begins(demo: Demo) -> None:
    code = open_room(demo)
    wall, moderator = knock(demo, code, "Beamer", ""), demo.client(MODERATOR)
    press(moderator, f"admit:{participants(demo)[-1].id}")
    assert secrets_of(demo, "erle")[0] not in wall.get(f"{ROOM}/beamer").get_data(as_text=True)
    go(demo, moderator, 1)
    assert secrets_of(demo, "erle")[0] in wall.get(f"{ROOM}/beamer").get_data(as_text=True)
    with demo.session() as session:
        room = room_for(session, KEY, demo.actor(WELFARE), NOW, Screen.PROJECTOR)
        assert room is not None
        assert room.case is None


def test_a_workshop_opens_only_once(demo: Demo) -> None:
    open_room(demo)
    with pytest.raises(Exception, match="nicht vorgesehen"):
        demo.perform(MODERATOR, opening.open_room, KEY)
