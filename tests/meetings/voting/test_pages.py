"""Polls on the screen: the ballot without scripts, a secret until the close, a result that can be counted again."""

import json
import re
from dataclasses import replace

import pytest

from meetings.room import actions as room
from meetings.voting import actions
from meetings.voting.actions import DotsWish
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
    TOPICS,
    cast,
    cast_all,
    closed_poll,
    counted,
    open_dots,
    run,
    run_with_everyone,
)
from tests.support.demo import Demo, post

THREE = {"p-diallo": (2, 1, 0, 0), "p-kessler": (1, 2, 0, 0), "p-marx": (0, 0, 2, 1)}
BUTTON = re.compile(r'id="ballot".*?<button[^>]*type="submit"[^>]*>(?:\s|<[^>]+>)*([^<]+)<', re.S)
DOTS_TO_CHANGE = replace(DotsWish(3, 2, 2, TOPICS).as_poll(), revote=True)
RULE = {"dots_per_seat": "3", "max_per_option": "2", "capacity": "2", "topics": list(TOPICS)}


def text(demo: Demo, person: str, address: str, status: int = 200) -> str:
    answer = demo.client(person).get(address)
    assert answer.status_code == status, (person, address)
    return " ".join(answer.get_data(as_text=True).split())


def test_the_office_sees_rule_and_electorate_before_it_opens(demo: Demo) -> None:
    run_with_everyone(demo)
    page = text(demo, OFFICE, f"{ITEM}/abstimmung")
    assert re.search(
        r'<input[^>]*value="3"[^>]*name="dots_per_seat"|<input[^>]*name="dots_per_seat"[^>]*value="3"', page
    )
    assert "Wer abstimmt" in page
    assert '<span class="ll-count">16</span>' in page
    assert "Jobcenter Kreis Sonderau" in page


def test_opening_leads_to_the_poll(demo: Demo) -> None:
    run_with_everyone(demo)
    answer = post(demo.client(OFFICE), f"{ITEM}/abstimmung", RULE)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/abstimmungen/1")


def test_a_double_click_opens_one_poll(demo: Demo) -> None:
    run_with_everyone(demo)
    client = demo.client(OFFICE)
    form = dict(re.findall(r'name="(csrf_token|once)"[^>]*value="([^"]+)"', client.get(f"{ITEM}/abstimmung").text))
    first, second = (client.post(f"{ITEM}/abstimmung", data={**RULE, **form}) for _click in range(2))
    assert first.headers["Location"] == second.headers["Location"] == "/abstimmungen/1"


def test_an_impossible_rule_is_explained_and_kept(demo: Demo) -> None:
    run_with_everyone(demo)
    answer = post(demo.client(OFFICE), f"{ITEM}/abstimmung", {**RULE, "max_per_option": "5"})
    assert answer.status_code == 422
    assert "Auf ein Thema können nicht mehr Punkte" in answer.text
    assert 'value="5"' in answer.text


def test_without_quorum_the_page_says_why_and_has_no_button(demo: Demo) -> None:
    run(demo)
    page = text(demo, OFFICE, f"{ITEM}/abstimmung")
    assert "Das Gremium ist nicht beschlussfähig." in page
    assert "0 von 16 Stimmberechtigten anwesend, nötig sind 8" in page
    assert 'id="open-poll"' not in page


def test_a_voter_gives_dots_without_scripts(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo)
    client = demo.client(MEMBER)
    page = client.get(f"/abstimmungen/{poll_id}").text
    assert "Ihre Stimme für Stadt Brückfeld" in page
    assert page.count('type="number"') == 4
    address = f"/abstimmungen/{poll_id}/stimme"
    answer = post(client, address, {"punkte-1": "2", "punkte-3": "1"}, at=f"/abstimmungen/{poll_id}")
    assert answer.status_code == 303
    after = client.get(f"/abstimmungen/{poll_id}").text
    assert "Ihre Stimme für Stadt Brückfeld ist abgegeben." in after
    assert "1 von 16 hat abgestimmt" in after
    assert 'type="number"' not in after


def test_who_may_change_the_dots_is_told_that_they_are_in(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = demo.perform(OFFICE, actions.open_poll, "LG-09", "6", DOTS_TO_CHANGE).id
    address = f"/abstimmungen/{poll_id}"
    before = text(demo, MEMBER, address)
    assert "ist abgegeben" not in before
    assert BUTTON.findall(before) == ["Stimme abgeben"]
    for dots in ({"punkte-1": "2"}, {"punkte-2": "1"}):
        assert post(demo.client(MEMBER), f"{address}/stimme", dots, at=address).status_code == 303
        after = text(demo, MEMBER, address)
        assert "Ihre Stimme für Stadt Brückfeld ist abgegeben." in after
        assert BUTTON.findall(after) == ["Stimme ändern"]
    assert "1 von 16 hat abgestimmt" in after


@pytest.mark.parametrize(
    ("dots", "words"),
    [
        ({"punkte-1": "2", "punkte-2": "2"}, "Sie haben 4 Punkte vergeben, erlaubt sind 3."),
        ({"punkte-1": "3"}, "Möglich sind 0 bis 2 Punkte."),
        ({"punkte-1": "-1"}, "Möglich sind 0 bis 2 Punkte."),
        ({"punkte-1": "zwei"}, "punkte-1-error"),
    ],
)
def test_what_is_wrong_with_a_ballot_is_said_and_the_numbers_stay(demo: Demo, dots: dict[str, str], words: str) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo)
    answer = post(demo.client(MEMBER), f"/abstimmungen/{poll_id}/stimme", dots, at=f"/abstimmungen/{poll_id}")
    assert answer.status_code == 422
    assert words in answer.text
    assert all(f'value="{typed}"' in answer.text for typed in dots.values())


def test_a_second_ballot_is_a_conflict_in_words(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo)
    cast(demo, MEMBER, poll_id, 1, 0, 0, 0)
    answer = post(
        demo.client(MEMBER), f"/abstimmungen/{poll_id}/stimme", {"punkte-2": "1"}, at=f"/abstimmungen/{poll_id}"
    )
    assert answer.status_code == 409
    assert "Für diesen Sitz ist schon abgestimmt." in answer.text


def test_a_ballot_after_the_close_is_a_conflict_in_words(demo: Demo) -> None:
    poll_id = closed_poll(demo, THREE)
    answer = post(demo.client("p-bruns"), f"/abstimmungen/{poll_id}/stimme", {"punkte-2": "1"}, at=MEETING)
    assert answer.status_code == 409
    assert "Ihre Stimme wurde nicht gezählt." in answer.text


@pytest.mark.parametrize("person", [OFFICE, ADVISOR, GUEST, PLANNER])
def test_who_has_no_vote_gets_no_ballot_and_is_refused(demo: Demo, person: str) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo)
    assert 'type="number"' not in text(demo, person, f"/abstimmungen/{poll_id}")
    answer = post(
        demo.client(person), f"/abstimmungen/{poll_id}/stimme", {"punkte-1": "1"}, at=f"/abstimmungen/{poll_id}"
    )
    assert answer.status_code == 403
    assert "nicht stimmberechtigt" in answer.text


def test_an_absent_member_is_told_why_there_is_no_ballot(demo: Demo) -> None:
    run_with_everyone(demo)
    demo.perform(MEMBER, room.leave, "LG-09")
    poll_id = open_dots(demo)
    assert "nicht als anwesend erfasst" in text(demo, MEMBER, f"/abstimmungen/{poll_id}")


def test_before_the_close_no_ballot_shows_anywhere(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo, dots=9000, each=9000)
    cast_all(demo, poll_id, {MEMBER: (7351, 0, 0, 0), CHAIR: (0, 0, 6113, 0)})
    addresses = [
        "/",
        "/sitzungen",
        MEETING,
        f"{MEETING}/jetzt",
        f"{MEETING}/tagesordnung",
        f"{MEETING}/niederschrift",
        ITEM,
        f"{ITEM}/abstimmung",
        f"{ITEM}/beschluss",
        f"/abstimmungen/{poll_id}",
        f"/abstimmungen/{poll_id}/stand",
        f"/abstimmungen/{poll_id}/schliessen",
        f"/abstimmungen/{poll_id}/stimmzettel.json",
        f"/faden/poll/{poll_id}",
        "/beschluesse",
        "/themen/T-03",
    ]
    for person in (OFFICE, CHAIR, PLANNER, MEMBER, "p-kessler"):
        client = demo.client(person)
        for address in addresses:
            page = client.get(address).text
            assert "7351" not in page, (person, address)
            assert "6113" not in page, (person, address)


@pytest.mark.parametrize("person", [OFFICE, CHAIR, MEMBER])
def test_before_the_close_nobody_gets_the_ballot_file(demo: Demo, person: str) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo)
    assert "verdeckt" in text(demo, person, f"/abstimmungen/{poll_id}/stimmzettel.json", 403)


def test_the_live_counter_holds_no_form_and_no_ballot(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo)
    cast_all(demo, poll_id, THREE)
    fragment = text(demo, MEMBER, f"/abstimmungen/{poll_id}/stand")
    assert "3 von 16 haben abgestimmt" in fragment
    assert f'hx-trigger="sse:poll-{poll_id}, sse:reset"' in fragment
    assert not re.search(r"<(form|input|button|select)", fragment)
    assert f'<p id="poll-{poll_id}-over" role="status" class="kern-sr-only"></p>' in fragment


def test_the_close_is_confirmed_with_its_consequences(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo)
    cast_all(demo, poll_id, THREE)
    page = text(demo, OFFICE, f"/abstimmungen/{poll_id}/schliessen")
    assert "13 Stimmen fehlen noch." in page
    assert "Caritasverband für den Kreis Sonderau" in page
    assert "AWO Kreisverband Sonderau" not in page
    answer = post(demo.client(OFFICE), f"/abstimmungen/{poll_id}/schliessen")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/abstimmungen/{poll_id}")


@pytest.mark.parametrize(("person", "status"), [(MEMBER, 403), (PLANNER, 403), (OUTSIDER, 404), (CHAIR, 200)])
def test_only_chair_and_office_get_to_the_close(demo: Demo, person: str, status: int) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo)
    assert demo.client(person).get(f"/abstimmungen/{poll_id}/schliessen").status_code == status


@pytest.mark.parametrize("person", [OFFICE, MEMBER, GUEST, PLANNER])
def test_after_the_close_everyone_in_the_meeting_reads_the_result(demo: Demo, person: str) -> None:
    poll_id = closed_poll(demo, THREE)
    page = text(demo, person, f"/abstimmungen/{poll_id}")
    assert "teilen sich mit je 3 Punkten den ersten Rang" in page
    assert "von 2 Organisationen" in page
    assert "Kapazität: 2 Themen" in page
    assert "9 vergebene und 0 übrige Punkte = 3 Stimmzettel × 3 Punkte" in page
    assert re.search(r"<code>[0-9a-f]{64}</code>", page)


def test_a_line_that_falls_into_a_tie_says_so_and_proposes_a_run_off(demo: Demo) -> None:
    poll_id = closed_poll(demo, THREE, capacity=1)
    page = text(demo, OFFICE, f"/abstimmungen/{poll_id}")
    assert "Die Grenze fällt in einen Gleichstand" in page
    assert "ist noch 1 Platz frei" in page
    assert "Stichwahl vorbereiten" in page
    preparation = text(demo, OFFICE, f"{ITEM}/abstimmung")
    assert len(re.findall(r'name="topics"[^>]*checked', preparation)) == 2


def test_the_ballot_file_has_no_names_and_can_be_counted_again(demo: Demo) -> None:
    poll_id = closed_poll(demo, {**THREE, "p-bruns": (2, 1, 0, 0), "p-okafor": (0, 0, 0, 1)})
    answer = demo.client(MEMBER).get(f"/abstimmungen/{poll_id}/stimmzettel.json")
    file = json.loads(answer.text)
    assert (file["format"], file["kind"]) == ("lueckenlos-ballots/1", "dots")
    assert sorted(ballot["count"] for ballot in file["ballots"]) == [1, 1, 1, 2]
    sums: dict[str, int] = {}
    for ballot in file["ballots"]:
        for option, points in ballot["points"].items():
            sums[option] = sums.get(option, 0) + points * ballot["count"]
    titles = {option["id"]: option["title"] for option in file["options"]}
    assert sorted(sums.values(), reverse=True) == [5, 4, 2, 2]
    assert titles.keys() == sums.keys()
    assert "Diallo" not in answer.text


def test_fewer_than_five_ballots_are_not_shown_one_by_one(demo: Demo) -> None:
    """Given one ballot and the list of who took part, everybody could tell whose it is."""
    poll_id = closed_poll(demo, {MEMBER: (2, 1, 0, 0)})
    client = demo.client("p-fricke")
    page = client.get(f"/abstimmungen/{poll_id}").text
    assert "Alle Stimmzettel, ohne Namen" not in page
    assert "sie wären zuzuordnen" in page.lower()
    assert client.get(f"/abstimmungen/{poll_id}/stimmzettel.json").status_code == 404


def test_an_empty_ballot_is_an_abstention_only_when_that_is_said(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo)
    client = demo.client(MEMBER)
    empty = post(client, f"/abstimmungen/{poll_id}/stimme", {"punkte-1": ""}, at=f"/abstimmungen/{poll_id}")
    assert empty.status_code == 422
    assert "Kreuzen Sie „Enthaltung“ an" in empty.text
    both = {"abstain": "y", "punkte-1": "1"}
    torn = post(client, f"/abstimmungen/{poll_id}/stimme", both, at=f"/abstimmungen/{poll_id}")
    assert torn.status_code == 422
    assert "entweder Enthaltung oder eine Auswahl" in torn.text
    said = post(client, f"/abstimmungen/{poll_id}/stimme", {"abstain": "y"}, at=f"/abstimmungen/{poll_id}")
    assert said.status_code == 303


def test_an_outsider_does_not_learn_of_the_poll(demo: Demo) -> None:
    poll_id = closed_poll(demo, THREE)
    for address in (f"/abstimmungen/{poll_id}", f"/abstimmungen/{poll_id}/stand", "/abstimmungen/999"):
        assert demo.client(OUTSIDER).get(address).status_code == 404


def test_pages_cost_the_same_however_many_vote(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo)
    client = demo.client(OFFICE)
    costs = []
    for people in ((), ("p-diallo", "p-kessler", "p-marx", "p-bruns", "p-rehm", "p-pohl")):
        for person in people:
            cast(demo, person, poll_id, 1, 1, 0, 0)
        with counted(demo) as sent:
            client.get(f"/abstimmungen/{poll_id}")
            client.get(f"/abstimmungen/{poll_id}/stand")
        costs.append(len(sent))
    assert costs[0] == costs[1]


def test_the_close_tells_everyone(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo)
    page = text(demo, OFFICE, f"/abstimmungen/{poll_id}")
    assert f'hx-trigger="sse:poll-{poll_id}-closed"' in page
    demo.perform(OFFICE, actions.close_poll, poll_id)
    assert 'role="status">Die Abstimmung ist geschlossen.' in text(demo, MEMBER, f"/abstimmungen/{poll_id}/stand")
    assert "Ergebnis ansehen" in text(demo, MEMBER, f"/abstimmungen/{poll_id}/stand")
    said = '<p id="poll-said" class="kern-sr-only" role="status">'
    assert f"{said}</p>" in page
    assert f"{said}Die Abstimmung ist geschlossen." in text(demo, OFFICE, f"/abstimmungen/{poll_id}")
