"""Many at once: posts, withdrawals, uncoverings and dots keep every count and every order."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import select

from app.core.database import every_tenant
from app.core.errors import DomainError
from app.core.work import Work
from knowledge.reconstruction import card_actions, card_erasing, card_queries, cluster_actions, dot_actions
from knowledge.reconstruction.access import RoomView
from knowledge.reconstruction.card_models import CardAuthor, DotBallot, WorkshopCard
from knowledge.reconstruction.card_rules import DotRule
from knowledge.reconstruction.models import WorkshopRoom
from tests.knowledge.reconstruction.table import act, count, draft, in_cards_phase, room_of, seen_by
from tests.knowledge.reconstruction.workshop import MODERATOR
from tests.support.demo import Demo


def at_once(calls: list[Any]) -> list[Any]:
    """Start all calls together; their results or the domain errors they raised."""

    def run(call: Any) -> Any:
        try:
            return call()
        except DomainError as error:
            return error

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_one_card_sent_ten_times_at_once_arrives_once(demo: Demo) -> None:
    (phone,) = in_cards_phase(demo, 1)
    at_once([lambda: act(demo, phone, card_actions.post_card, draft("dieselbe"), nobody=True)] * 10)
    assert count(demo, WorkshopCard) == 1


def test_ten_cards_of_one_person_at_once_are_five(demo: Demo) -> None:
    (phone,) = in_cards_phase(demo, 1)
    cards = [draft(f"karte-{number}") for number in range(10)]
    said = at_once([lambda card=card: act(demo, phone, card_actions.post_card, card, nobody=True) for card in cards])
    assert count(demo, WorkshopCard) == 5
    assert sum(isinstance(each, DomainError) for each in said) == 5


def test_forty_ballots_at_once_keep_every_limit_and_all_count(demo: Demo) -> None:
    phones = in_cards_phase(demo, 20)
    moderator = demo.actor(MODERATOR)
    for number in range(2):
        act(demo, phones[number], card_actions.post_card, draft(f"{number}"), nobody=True)
    act(demo, moderator, card_actions.uncover)
    with demo.session() as session:
        keys = list(session.exec(select(WorkshopCard.key)))
    first, second = (act(demo, moderator, cluster_actions.move_card, key, "neu").key for key in keys)
    for key in (first, second):
        act(demo, moderator, cluster_actions.name_cluster, key, cluster_actions.Sentence(then=f"Name {key}"), 1)
    act(demo, moderator, dot_actions.open_dots, DotRule(3, 2))
    ballots = [(phone, {first: 2, second: 1}) for phone in phones] * 2
    at_once([lambda each=each: act(demo, each[0], dot_actions.give_dots, each[1], nobody=True) for each in ballots])
    assert count(demo, DotBallot) == 20
    act(demo, moderator, dot_actions.close_dots)
    board = seen_by(demo, moderator, card_queries.board)
    assert [cluster.row.dots for cluster in board.clusters] == [40, 20]
    assert board.rules.voters == 20
    assert count(demo, DotBallot) == 0


steps = st.lists(
    st.tuples(st.sampled_from(["post", "withdraw", "uncover", "uncover one"]), st.integers(0, 1), st.integers(0, 9)),
    max_size=10,
)


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_any_interleaving_keeps_count_and_order(demo: Demo, walk: list[tuple[str, int, int]]) -> None:
    phones = fresh_table(demo)
    moderator = demo.actor(MODERATOR)
    written: list[set[str]] = [set(), set()]
    shown: list[str] = []
    for number, (step, who, which) in enumerate(walk):
        own = sorted(written[who])
        if step == "post":
            said = at_once(
                [lambda n=number, w=who: act(demo, phones[w], card_actions.post_card, draft(f"k{n}"), nobody=True)]
            )
            assert isinstance(said[0], DomainError) == (len(written[who]) >= 5)
        elif step == "withdraw" and own:
            key = own[which % len(own)]
            said = at_once([lambda k=key, w=who: act(demo, phones[w], card_actions.withdraw_card, k, nobody=True)])
            assert isinstance(said[0], DomainError) == (key in shown)
        elif step == "uncover":
            act(demo, moderator, card_actions.uncover)
        elif step == "uncover one" and own:
            act(demo, moderator, card_actions.uncover, own[which % len(own)])
        for each in (0, 1):
            written[each] = {card.key for card in seen_by(demo, phones[each], card_queries.mine).cards}
        seen = [card.key for card in seen_by(demo, phones[0], card_queries.board).loose]
        assert seen[: len(shown)] == shown, "what was uncovered keeps its place"
        shown = seen
    assert count(demo, CardAuthor) == len(written[0]) + len(written[1]) == count(demo, WorkshopCard)


def fresh_table(demo: Demo) -> list[str]:
    """The card phase without a card; opened by the first example, emptied for the others."""
    with demo.session() as session:
        opened = session.exec(select(WorkshopRoom)).first()
    if opened is None:
        return in_cards_phase(demo, 2)
    with demo.database.session(demo.database.writing) as session, every_tenant(session):
        session.connection().execute(text("DELETE FROM workshop_card"))
        session.commit()
    return ["hash-0", "hash-1"]


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_erasing_a_case_leaves_no_row_of_it(demo: Demo) -> None:
    (phone,) = in_cards_phase(demo, 1)
    moderator = demo.actor(MODERATOR)
    act(demo, phone, card_actions.post_card, draft("a"), nobody=True)
    act(demo, moderator, card_actions.uncover)
    case_id = room_of(demo, moderator).case_id or 0

    def erase(work: Work, room: RoomView) -> int:
        work.record("case.erased", room.workshop)
        return card_erasing.erase_of_case(work, case_id)

    assert act(demo, moderator, erase) == 2
    assert count(demo, WorkshopCard) == count(demo, CardAuthor) == 0
