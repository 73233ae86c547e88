"""The arithmetic of the search benchmark, against numbers worked out by hand."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.search_measures import Quality, chance, mean, ndcg, quality, recall, reciprocal_rank

KEYS = st.lists(st.sampled_from("abcdefghijklmno"), unique=True)


@pytest.mark.parametrize(
    ("ranking", "right", "expected"),
    [
        ("abc", {"a"}, 1.0),
        ("bac", {"a"}, 1 / math.log2(3)),
        ("bca", {"a"}, 0.5),
        ("xyz", {"a"}, 0.0),
        ("", {"a"}, 0.0),
        ("abc", set(), 0.0),
        ("axb", {"a", "b"}, (1 + 0.5) / (1 + 1 / math.log2(3))),
        ("abcdefghijk", {"k"}, 0.0),
    ],
)
def test_gain_is_discounted_by_place_and_set_against_the_best_ranking(
    ranking: str, right: set[str], expected: float
) -> None:
    assert ndcg(list(ranking), right) == pytest.approx(expected)


def test_more_right_keys_than_places_can_still_be_perfect() -> None:
    assert ndcg(list("ab"), set("abcd"), depth=2) == pytest.approx(1.0)


@pytest.mark.parametrize(("ranking", "expected"), [("abc", 1.0), ("bca", 1 / 3), ("bcd", 0.0), ("bcdefghijka", 0.0)])
def test_the_reciprocal_rank_is_that_of_the_first_right_key(ranking: str, expected: float) -> None:
    assert reciprocal_rank(list(ranking), {"a"}) == pytest.approx(expected)
    assert reciprocal_rank(list("xab"), {"a", "b"}) == 0.5


def test_recall_is_the_share_found_so_deep() -> None:
    assert recall(list("axbx"), {"a", "b", "c", "d"}, 3) == 0.5
    assert recall(list("axbx"), {"a", "b"}, 1) == 0.5
    assert recall(list("abc"), set(), 3) == 0.0


def test_quality_is_the_mean_over_questions() -> None:
    found = quality([["a"], ["b", "a"], []], [{"a"}, {"a"}, {"a"}])
    assert found == pytest.approx(Quality((1 + 1 / math.log2(3)) / 3, 0.5, 2 / 3, 2 / 3))
    assert quality([], []) == Quality(0.0, 0.0, 0.0, 0.0)
    assert mean([]) == 0.0


@given(KEYS, st.sets(st.sampled_from("abcdefghijklmno")))
def test_all_measures_lie_between_nothing_and_everything(ranking: list[str], right: set[str]) -> None:
    for value in quality([ranking], [right]):
        assert 0 <= value <= 1 + 1e-9


@given(KEYS, st.sets(st.sampled_from("abcdefghijklmno"), min_size=1))
def test_no_order_is_better_than_the_right_keys_first(ranking: list[str], right: set[str]) -> None:
    ideal = sorted(ranking, key=lambda key: key not in right)
    assert ndcg(ranking, right) <= ndcg(ideal, right) + 1e-9


def test_equal_results_may_well_be_chance_and_a_clear_lead_may_not() -> None:
    assert chance([0.5, 1.0], [0.5, 1.0]) == 1.0
    assert chance([1.0] * 40, [0.5] * 40) < 0.01
    assert chance([1.0, 0.0] * 20, [0.0, 1.0] * 20) > 0.5


def test_chance_does_not_depend_on_who_is_named_first() -> None:
    dice = random.Random(7)
    ours, theirs = ([dice.random() for _ in range(30)] for _ in range(2))
    assert chance(ours, theirs) == chance(theirs, ours)
