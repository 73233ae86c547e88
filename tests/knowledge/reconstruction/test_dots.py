"""Dots: too few tell single people's dots and are not kept, groups need a name, and dots come from paper."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from app.core.database import every_tenant
from app.core.errors import DomainError, InvalidInput
from knowledge.reconstruction import card_actions, card_queries, cluster_actions, dot_actions
from knowledge.reconstruction.card_models import DotBallot
from knowledge.reconstruction.card_places import WHOLE_CASE
from knowledge.reconstruction.card_rules import DotRule, sums_count, told_of_nobody
from knowledge.reconstruction.card_states import CardKind
from knowledge.reconstruction.models import WorkshopRoom
from tests.knowledge.reconstruction.table import act, count, in_cards_phase, room_of, seen_by
from tests.knowledge.reconstruction.workshop import AUTHORITY, MODERATOR, ROOM, WELFARE
from tests.support.demo import Demo, hidden_fields

ON_SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
RULE = DotRule(3, 2)


@given(st.integers(0, 9), st.lists(st.integers(1, 9), max_size=1), st.integers(3, 5))
def test_sums_are_told_only_of_enough_people(on_phones: int, on_paper: list[int], cell: int) -> None:
    told = told_of_nobody(on_phones, on_paper, cell)
    if told:
        assert on_phones + sum(on_paper) >= cell
        assert on_phones not in range(1, cell), "the wall is known to everybody, so the rest must not be a few"


@given(st.integers(-2, 12), st.dictionaries(st.sampled_from("abc"), st.integers(-1, 30)))
def test_the_dots_of_a_wall_can_be_right(people: int, points: dict[str, int]) -> None:
    fits = (
        people > 0 and all(0 <= each <= 2 * people for each in points.values()) and sum(points.values()) <= 3 * people
    )
    assert sums_count(RULE, people, points).allowed == fits


def clusters(demo: Demo, moderator: Any, *names: str) -> list[str]:
    """Groups of one card each with these names."""
    at = room_of(demo, moderator).workshop_case_id or 0
    act(demo, moderator, card_actions.enter_cards, CardKind.BREAK, WHOLE_CASE, "\n".join(names), at)
    loose = seen_by(demo, moderator, card_queries.board).loose
    keys = [act(demo, moderator, cluster_actions.move_card, card.key, "neu").key for card in loose]
    for key, name in zip(keys, names, strict=True):
        act(demo, moderator, cluster_actions.name_cluster, key, cluster_actions.Sentence(then=name), 1)
    return keys


@ON_SQLITE
def test_the_dots_of_two_people_are_not_kept(demo: Demo) -> None:
    phones, moderator = in_cards_phase(demo, 3), demo.actor(MODERATOR)
    first, second = clusters(demo, moderator, "fehlt Geld", "fehlt Zeit")
    for given_by in (phones[:2], phones):
        act(demo, moderator, dot_actions.open_dots, RULE)
        for phone in given_by:
            act(demo, phone, dot_actions.give_dots, {first: 2, second: 1}, nobody=True)
        act(demo, moderator, dot_actions.close_dots)
        board = seen_by(demo, moderator, card_queries.board)
        enough = len(given_by) > 2
        assert (board.counted, board.withheld) == (enough, not enough)
        assert [each.row.dots for each in board.clusters] == ([6, 3] if enough else [0, 0])
        assert count(demo, DotBallot) == 0
        with demo.session() as session:
            dots = [each.dots for each in card_queries.outcome(session, room_of(demo, moderator).workshop_id)]
        assert dots[-2:] == ([6, 3] if enough else [None, None])
        html = demo.client(MODERATOR).get(f"{ROOM}/punkte/stand?schirm=moderator").get_data(as_text=True)
        assert ("ihr Ergebnis bleibt verborgen" in html) == (not enough)


@ON_SQLITE
def test_a_group_without_a_name_gets_no_dots(demo: Demo) -> None:
    (phone,), moderator = in_cards_phase(demo, 1), demo.actor(MODERATOR)
    named, nameless = clusters(demo, moderator, "fehlt Geld", "fehlt Zeit")
    act(demo, moderator, cluster_actions.name_cluster, nameless, cluster_actions.Sentence(), 2)
    with pytest.raises(DomainError, match="1 Gruppe hat noch keinen Namen"):
        act(demo, moderator, dot_actions.open_dots, RULE)
    act(demo, moderator, cluster_actions.name_cluster, nameless, cluster_actions.Sentence(when="jemand umzieht"), 3)
    act(demo, moderator, dot_actions.open_dots, RULE)
    act(demo, moderator, cluster_actions.name_cluster, nameless, cluster_actions.Sentence(), 4)
    with pytest.raises(InvalidInput, match="Gruppen haben sich geändert"):
        act(demo, phone, dot_actions.give_dots, {nameless: 1}, nobody=True)
    act(demo, phone, dot_actions.give_dots, {named: 1}, nobody=True)


def test_dots_come_from_paper_on_both_databases(demo: Demo) -> None:
    """Also the one walk through the room's pages on PostgreSQL: all screens in each phase that has a panel."""
    phones, moderator = in_cards_phase(demo, 3), demo.actor(MODERATOR)
    first, second = clusters(demo, moderator, "fehlt Geld", "fehlt Zeit")
    address = f"{ROOM}/punkte/papier"
    office = demo.client(MODERATOR)
    assert "noch nicht geöffnet" in office.get(f"{ROOM}/punkte/stand?schirm=moderator").get_data(as_text=True)
    assert "nicht geöffnet" in office.get(address).get_data(as_text=True)
    act(demo, moderator, dot_actions.open_dots, RULE)
    for person in (WELFARE, AUTHORITY):
        assert demo.client(person).get(address).status_code in (403, 404)

    def send(people: str, one: str, other: str) -> Any:
        fields = hidden_fields(office.get(address).get_data(as_text=True))
        return office.post(address, data={**fields, "people": people, f"dots-{first}": one, f"dots-{second}": other})

    for wrong in (("0", "1", "0"), ("2", "5", "0"), ("2", "4", "3"), ("2", "x", "0"), ("", "1", "1")):
        answer = send(*wrong)
        assert answer.status_code == 422, wrong
        assert f'value="{wrong[1] if wrong[1] != "x" else ""}"' in answer.get_data(as_text=True), "what was typed stays"
    assert send("2", "4", "2").status_code == 303
    assert send("2", "3", "2").status_code == 303, "replaced, not added"
    for phone in phones:
        act(demo, phone, dot_actions.give_dots, {first: 1}, nobody=True)
    assert "5 von 5 fertig" in office.get(f"{ROOM}/punkte/stand?schirm=moderator").get_data(as_text=True)
    act(demo, moderator, dot_actions.close_dots)
    board = seen_by(demo, moderator, card_queries.board)
    assert (board.rules.voters, [each.row.dots for each in board.clusters]) == (5, [6, 2])
    for position in (1, 2, 5, 7, 9, 10):
        stand_at(demo, position)
        for page in ("/moderation", "/beamer", "?ansicht=zeitstrahl", "?ansicht=karten", "?ansicht=punkte", "/fragen"):
            assert office.get(f"{ROOM}{page}").status_code == 200, (position, page)


def stand_at(demo: Demo, position: int) -> None:
    """Put the room into a phase."""
    with demo.database.session(demo.database.writing) as session, every_tenant(session):
        room = session.exec(select(WorkshopRoom)).one()
        room.position = position
        session.add(room)
        session.commit()
