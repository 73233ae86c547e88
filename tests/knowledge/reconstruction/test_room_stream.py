"""The stream of the room: what each member hears, and when it ends."""

import pytest

from app.core import clock
from app.core.live import Signal
from knowledge.reconstruction.access import room_for
from knowledge.reconstruction.live import Ears
from knowledge.reconstruction.states import Screen
from tests.knowledge.reconstruction.workshop import KEY, MODERATOR, knock, open_room, participants, press
from tests.support.demo import Demo

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
NAMES = ("room", "people", "timeline", "cards", "clusters", "dots", "questions", "arrivals", "reset")


def batch(*names: str) -> list[Signal]:
    return [Signal(number, 1, "workshop:2", name) for number, name in enumerate(names, start=1)]


def ears_of(demo: Demo, who: object, screen: Screen = Screen.PHONE) -> Ears:
    with demo.session() as session:
        room = room_for(session, KEY, who, clock.now(), screen)  # type: ignore[arg-type]
    assert room is not None
    return Ears(demo.app.extensions["lueckenlos"], room)


def heard(ears: Ears) -> set[str]:
    return {each.name for each in ears.sift(batch(*NAMES))}


def test_who_leads_hears_everything(demo: Demo) -> None:
    open_room(demo)
    assert heard(ears_of(demo, demo.actor(MODERATOR), Screen.MODERATOR)) == set(NAMES)


def test_a_phone_is_not_woken_by_covered_cards_and_comings(demo: Demo) -> None:
    knock(demo, open_room(demo))
    press(demo.client(MODERATOR), "admit_all")
    assert heard(ears_of(demo, participants(demo)[-1].token_hash)) == set(NAMES) - {"people", "arrivals"}


def test_who_waits_hears_only_of_the_door(demo: Demo) -> None:
    knock(demo, open_room(demo))
    assert heard(ears_of(demo, participants(demo)[-1].token_hash)) == {"room", "people", "reset"}


def test_who_is_put_out_hears_it_and_nothing_more(demo: Demo) -> None:
    knock(demo, open_room(demo))
    moderator = demo.client(MODERATOR)
    press(moderator, "admit_all")
    row = participants(demo)[-1]
    ears = ears_of(demo, row.token_hash)
    press(moderator, f"out:{row.id}")
    assert [each.name for each in ears.sift(batch("cards", "room", "timeline"))] == ["room"]
    assert not ears.listening
