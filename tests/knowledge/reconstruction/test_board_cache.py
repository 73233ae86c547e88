"""The board that phones share is drawn once, is never older than its room, and opens to nobody who may not see it."""

import pytest

from knowledge.reconstruction import card_actions, cluster_actions, entering
from knowledge.reconstruction.board_cache import LONGEST_SECONDS, MOST, Boards, may_share
from knowledge.reconstruction.card_places import WHOLE_CASE
from knowledge.reconstruction.card_states import CardKind, ClusterDecision
from knowledge.reconstruction.cluster_actions import Outcome
from tests.knowledge.reconstruction.table import act, in_cards_phase, room_of
from tests.knowledge.reconstruction.workshop import MODERATOR, ROOM, knock, participants, room_row
from tests.support.demo import Demo

BOARD = f"{ROOM}/karten/tafel?schirm=phone"


def test_a_drawing_is_kept_for_its_key_and_for_seconds() -> None:
    moment, drawn = [0.0], list[str]()
    boards = Boards(now=lambda: moment[0])

    def draw() -> str:
        drawn.append(f"drawing {len(drawn)}")
        return drawn[-1]

    assert [boards.drawn((1,), draw), boards.drawn((1,), draw), boards.drawn((2,), draw)] == [
        "drawing 0",
        "drawing 0",
        "drawing 1",
    ]
    moment[0] = LONGEST_SECONDS
    assert boards.drawn((1,), draw) == "drawing 2"
    for number in range(3 * MOST):
        boards.drawn((number,), draw)
    assert len(boards._kept) == MOST


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_phones_share_the_board_and_nobody_else_does(demo: Demo) -> None:
    in_cards_phase(demo, 1)
    moderator = demo.actor(MODERATOR)
    phone, gone = (knock(demo, room_row(demo).code or "", name=name) for name in ("Anna", "Bert"))
    for row in participants(demo)[-2:]:
        act(demo, moderator, entering.admit, row.id)
    at = room_of(demo, moderator).workshop_case_id or 0
    assert "Erste" not in phone.get(BOARD).get_data(as_text=True)
    act(demo, moderator, card_actions.enter_cards, CardKind.BREAK, WHOLE_CASE, "Erste Karte", at)
    assert "Erste Karte" in phone.get(BOARD).get_data(as_text=True), "a change is seen at once"
    with demo.session() as session:
        card = session.connection().exec_driver_sql("SELECT key FROM workshop_card").scalar()
    cluster = act(demo, moderator, cluster_actions.move_card, card, "neu").key
    act(demo, moderator, cluster_actions.decide, cluster, Outcome(ClusterDecision.LINK, gap_key="F-2026-01"))
    leading = demo.client(MODERATOR)
    for client, sees_gap in ((phone, False), (leading, True), (gone, False), (leading, True)):
        assert ("F-2026-01" in client.get(BOARD).get_data(as_text=True)) == sees_gap
    act(demo, moderator, entering.put_out, participants(demo)[-1].id)
    answer = gone.get(BOARD)
    assert answer.status_code in (302, 303, 403, 404)
    assert "Erste Karte" not in answer.get_data(as_text=True)
    assert "Erste Karte" in phone.get(BOARD).get_data(as_text=True)
    assert not may_share(room_of(demo, moderator))
