"""The rules of topics: the outline of a brief, keys, orders, and what may be merged or split."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.gaps.topic_rules import (
    HEADINGS,
    OPEN_STATES,
    Part,
    is_written,
    may_merge,
    may_split,
    moved,
    outline,
    passages,
    reordered,
    text_of,
)

KEYS = st.lists(st.text("ABC-12", min_size=1, max_size=4), unique=True, max_size=6)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_empty_outline_has_every_part_and_says_nothing(language: str) -> None:
    place = 1 if language == "en" else 0
    assert all(f"## {names[place]}" in outline(language) for names in HEADINGS.values())
    assert not is_written(outline(language))
    assert not is_written(None)
    assert not is_written(" \n\n")


@pytest.mark.parametrize("part", list(Part))
@pytest.mark.parametrize("place", [0, 1])
def test_every_part_is_found_by_its_heading_in_both_languages(part: Part, place: int) -> None:
    text = outline("en" if place else "de").replace(
        f"## {HEADINGS[part][place]}\n", f"## {HEADINGS[part][place]}\nHier."
    )
    assert text_of(text, part) == "Hier."
    assert [each.part for each in passages(text)] == [part]


def test_text_before_the_first_heading_tells_the_problem() -> None:
    assert text_of("Es hakt.\n\n## Belege\nDrei Fälle.", Part.PROBLEM) == "Es hakt."


def test_a_heading_of_ones_own_stays_a_part_of_its_own() -> None:
    (found,) = passages("## Zeitplan\nBis Mai.")
    assert (found.part, found.heading, found.text) == (None, "Zeitplan", "Bis Mai.")


def test_a_hash_in_a_block_of_code_is_no_heading() -> None:
    assert text_of("## Problem\n```\n# kein Titel\n```", Part.PROBLEM) == "```\n# kein Titel\n```"


@given(st.lists(st.sampled_from(["Satz.", "", "* Punkt", "Noch einer."]), max_size=6))
def test_no_line_of_a_brief_is_lost(lines: list[str]) -> None:
    brief = "## Problem\n" + "\n".join(lines) + "\n## Belege\n" + "\n".join(lines)
    kept = "\n".join(each.text for each in passages(brief)).split()
    assert kept == [word for line in [*lines, *lines] for word in line.split()]


@given(KEYS, st.integers(-3, 3), st.integers(0, 7))
def test_moving_keeps_every_gap(order: list[str], by: int, place: int) -> None:
    key = order[place % len(order)] if order else "X"
    assert sorted(moved(order, key, by)) == sorted(order)


def test_moving_goes_one_place_and_stops_at_the_ends() -> None:
    assert moved(["a", "b", "c"], "c", -1) == ["a", "c", "b"]
    assert moved(["a", "b", "c"], "a", 1) == ["b", "a", "c"]
    assert moved(["a", "b"], "a", -1) == ["a", "b"]
    assert moved(["a", "b"], "b", 1) == ["a", "b"]


@given(KEYS, KEYS)
def test_a_dragged_order_loses_no_gap_and_takes_in_no_stranger(order: list[str], wanted: list[str]) -> None:
    assert sorted(reordered(order, wanted)) == sorted(order)


def test_a_dragged_order_is_the_order() -> None:
    for wanted in permutations(["a", "b", "c"]):
        assert reordered(["a", "b", "c"], wanted) == list(wanted)
    assert reordered(["a", "b", "c"], ["c"]) == ["c", "a", "b"]


def test_a_split_leaves_a_gap_on_both_sides() -> None:
    assert may_split(["a", "b"], ["a"])
    assert "mindestens eine" in may_split(["a", "b"], []).reason
    assert "im bisherigen Thema bleiben" in may_split(["a", "b"], ["a", "b"]).reason
    assert "gehört nicht mehr" in may_split(["a", "b"], ["c"]).reason


@pytest.mark.parametrize("state", ["prioritised", "mandated", "closed"])
def test_topics_that_a_body_decided_about_are_not_merged(state: str) -> None:
    assert "schon entschieden" in may_merge("T-01", "T-02", state, "submitted").reason
    assert "schon entschieden" in may_merge("T-01", "T-02", "submitted", state).reason


def test_only_topics_in_one_state_are_merged_and_none_with_itself() -> None:
    for state in OPEN_STATES:
        assert may_merge("T-01", "T-02", state, state)
    assert "passen nicht zusammen" in may_merge("T-01", "T-02", *OPEN_STATES).reason
    assert "sich selbst" in may_merge("T-01", "T-01", "draft", "draft").reason
