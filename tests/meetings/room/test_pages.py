"""The attendance list on the screen."""

import re

import pytest

from meetings.room import actions
from tests.meetings.walk import (
    CHAIR,
    DEPUTY,
    GUEST,
    MEETING,
    MEMBER,
    OFFICE,
    PLANNER,
    invite,
    run,
    run_with_everyone,
    seat_of,
)
from tests.support.demo import Demo, post

PAGE = f"{MEETING}/anwesenheit"


def text(demo: Demo, person: str, address: str = PAGE) -> str:
    answer = demo.client(person).get(address)
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def test_the_list_names_organisations_holders_and_deputies(demo: Demo) -> None:
    run(demo)
    page = text(demo, OFFICE)
    assert "Stimmberechtigt" in page
    assert "0 von 16" in page
    assert "Holger Brandes · Vertretung Simone Vogt" in page


def test_the_office_brings_everyone_with_one_button(demo: Demo) -> None:
    run(demo)
    client = demo.client(OFFICE)
    answer = post(client, PAGE, {"all": "voting"})
    assert answer.status_code == 303
    page = " ".join(client.get(PAGE).text.split())
    assert "16 von 16 Stimmberechtigten anwesend, nötig sind 8: beschlussfähig." in page


def test_a_row_sends_who_comes_and_who_goes(demo: Demo) -> None:
    run(demo)
    client, seat = demo.client(CHAIR), seat_of(demo, "jobcenter")
    deputy = demo.actor(DEPUTY).person_id
    answer = post(client, PAGE, {"come": f"{seat}:{deputy}"})
    assert answer.headers["Location"] == f"{PAGE}#seat-{seat}"
    assert "Simone Vogt (Vertretung), anwesend seit" in " ".join(client.get(PAGE).text.split())
    assert post(client, PAGE, {"go": str(seat)}).status_code == 303
    assert "anwesend seit" not in client.get(PAGE).text


def test_a_double_click_is_one_arrival(demo: Demo) -> None:
    run(demo)
    client, seat = demo.client(OFFICE), seat_of(demo, "awo")
    form = dict(re.findall(r'name="(csrf_token|once)"[^>]*value="([^"]+)"', client.get(PAGE).text))
    come = {"come": f"{seat}:{demo.actor('p-marx').person_id}", **form}
    assert [client.post(PAGE, data=come).status_code for _click in range(2)] == [303, 303]
    assert "1 von 16" in client.get(PAGE).text


@pytest.mark.parametrize("pressed", [{}, {"all": "x"}, {"come": "x"}, {"come": "1"}, {"go": "1 or 1"}])
def test_what_no_button_sends_is_not_taken(demo: Demo, pressed: dict[str, str]) -> None:
    run(demo)
    assert post(demo.client(OFFICE), PAGE, pressed).status_code == 422


@pytest.mark.parametrize("person", [MEMBER, GUEST, PLANNER])
def test_others_read_the_list_without_its_buttons(demo: Demo, person: str) -> None:
    run_with_everyone(demo)
    page = text(demo, person)
    assert "Mariama Diallo" in page
    assert 'name="come"' not in page
    assert 'name="go"' not in page
    assert post(demo.client(person), PAGE, {"all": "voting"}).status_code == 403


def test_before_the_invitation_the_page_says_when(demo: Demo) -> None:
    page = text(demo, OFFICE)
    assert "Anwesenheit wird ab der Einladung bis zum Ende der Sitzung erfasst." in page
    assert 'name="come"' not in page


def test_the_live_list_holds_no_form(demo: Demo) -> None:
    run(demo)
    answer = demo.client(OFFICE).get(PAGE, headers={"HX-Request": "true"})
    assert answer.text.lstrip().startswith('<div id="places"')
    assert not re.search(r"<(form|input|select|textarea)", answer.text)
    assert 'form="attendance-form"' in answer.text


def test_someone_on_the_seat_is_named_to_the_other(demo: Demo) -> None:
    invite(demo)
    demo.perform(DEPUTY, actions.arrive, "LG-09")
    assert "Für Jobcenter Kreis Sonderau ist Simone Vogt anwesend." in text(demo, "p-brandes", MEETING)
