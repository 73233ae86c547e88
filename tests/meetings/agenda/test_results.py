"""What comes of an item without a decision, and what the next meeting takes along."""

from dataclasses import dataclass

import pytest

from meetings.agenda.results import is_open_end, needs_result, offered, state_after, to_carry_over
from meetings.agenda.states import ItemKind, ItemResult, ItemState


@dataclass
class Point:
    kind: ItemKind = ItemKind.DECISION
    state: ItemState = ItemState.OPEN
    result: ItemResult | None = None


@pytest.mark.parametrize("kind", list(ItemKind))
def test_every_kind_of_item_can_end_without_a_decision(kind: ItemKind) -> None:
    assert ItemResult.NOT_REACHED in offered(kind)
    assert (ItemResult.NOTED in offered(kind)) is not needs_result(kind)


@pytest.mark.parametrize(
    ("result", "state"),
    [
        (ItemResult.NOTED, ItemState.DONE),
        (ItemResult.WITHDRAWN, ItemState.DONE),
        (ItemResult.NO_DECISION, ItemState.DONE),
        (ItemResult.REFERRED, ItemState.DONE),
        (ItemResult.DEFERRED, ItemState.POSTPONED),
        (ItemResult.NOT_REACHED, ItemState.POSTPONED),
    ],
)
def test_what_goes_on_next_time_is_postponed(result: ItemResult, state: ItemState) -> None:
    assert state_after(result) == state


def test_a_decision_or_any_result_ends_an_item() -> None:
    assert is_open_end(Point(), decided=False)
    assert not is_open_end(Point(), decided=True)
    assert not is_open_end(Point(result=ItemResult.NO_DECISION), decided=False)
    assert not is_open_end(Point(state=ItemState.POSTPONED), decided=False)
    assert not is_open_end(Point(ItemKind.REPORT), decided=False)


def test_the_next_meeting_takes_along_what_was_put_off_and_what_nobody_got_to() -> None:
    deferred = Point(result=ItemResult.DEFERRED, state=ItemState.POSTPONED)
    untouched = Point(ItemKind.REPORT)
    done = Point(state=ItemState.DONE)
    opening = Point(ItemKind.PROCEDURAL, result=ItemResult.NOT_REACHED)

    assert to_carry_over([deferred, untouched, done, opening], ended=True) == [deferred, untouched]
    assert to_carry_over([deferred, untouched, done, opening], ended=False) == [deferred]
