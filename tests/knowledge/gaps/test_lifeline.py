"""The row of steps that shows where a gap stands."""

import pytest

from knowledge.gaps.lifeline import WAY, steps
from knowledge.gaps.states import GapStatus


@pytest.mark.parametrize("status", list(GapStatus))
def test_exactly_one_step_is_the_present_one(status: GapStatus) -> None:
    line = steps(status.value)
    assert [key for key, state in line if state == "current"] == [status.value]
    states = [state for _key, state in line]
    assert states == sorted(states, key=["done", "current", "todo"].index)


def test_a_gap_on_the_way_has_all_steps() -> None:
    assert [key for key, _state in steps("in_project")] == list(WAY)


def test_a_deferred_gap_comes_back_through_the_store() -> None:
    assert [key for key, state in steps("deferred") if state == "todo"] == ["topic_store", "submitted"]


def test_a_declined_gap_leads_nowhere() -> None:
    assert steps("declined")[-1] == ("declined", "current")
