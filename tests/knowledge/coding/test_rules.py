"""Keys, letters, parents, merging and blind rounds, as plain functions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.coding.rules import (
    Link,
    Target,
    above,
    is_candidate,
    is_hidden,
    may_stand_under,
    merge_plan,
    next_key,
    symbol_for,
    target_of,
)


def test_targets_have_one_name() -> None:
    assert str(Target("gap", 7)) == "gap:7"
    assert target_of("finding:12") == Target("finding", 12)
    for wrong in ("", "gap", "gap:", "gap:x", "case:3", "gap:-1"):
        with pytest.raises(ValueError, match="no target"):
            target_of(wrong)


def test_keys_only_rise() -> None:
    assert next_key([]) == "K-01"
    assert next_key(["K-02", "K-09", "Alt"]) == "K-10"


def test_each_category_gets_a_letter_of_its_own() -> None:
    assert symbol_for("Warten", []) == "W"
    assert symbol_for("Warten", ["W"]) == "A"
    assert symbol_for("–", []) == "A"
    assert len(symbol_for("Warten", [chr(code) for code in range(65, 91)])) == 2


@given(st.lists(st.text(max_size=8), max_size=60))
def test_no_letter_is_given_twice(names: list[str]) -> None:
    taken: list[str] = []
    for name in names:
        taken.append(symbol_for(name, taken))
    assert len(set(taken)) == len(taken)
    assert all(1 <= len(symbol) <= 2 for symbol in taken)


def test_nothing_stands_under_itself() -> None:
    parents = {1: None, 2: 1, 3: 2}
    assert above(3, parents) == [2, 1]
    assert may_stand_under(3, 1, parents)
    assert not may_stand_under(1, 3, parents)
    assert not may_stand_under(2, 2, parents)
    assert above(1, {1: 2, 2: 1}) == [2], "a circle in the rows does not hang"


@given(st.lists(st.integers(0, 5)), st.lists(st.integers(0, 5)))
def test_merging_leaves_each_place_once_and_loses_none(moving: list[int], there: list[int]) -> None:
    ours = [Link(number, (place, 1, 1)) for number, place in enumerate(dict.fromkeys(moving))]
    theirs = [Link(100 + number, (place, 1, 1)) for number, place in enumerate(dict.fromkeys(there))]
    plan = merge_plan(ours, theirs)
    assert sorted((*plan.moved, *plan.dropped)) == [link.id for link in ours]
    after = [link.place for link in theirs] + [link.place for link in ours if link.id in plan.moved]
    assert len(after) == len(set(after))
    assert set(after) == {link.place for link in (*ours, *theirs)}


def test_a_category_in_two_cases_is_a_candidate() -> None:
    assert not is_candidate([7, 7])
    assert is_candidate([7, 8])


def test_only_an_open_blind_round_hides() -> None:
    assert is_hidden(blind=True, round_open=True)
    assert not is_hidden(blind=True, round_open=False)
    assert not is_hidden(blind=False, round_open=True)
