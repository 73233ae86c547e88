"""Marks, spread, score, and what other weights would make of the order. Pure."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.scoring.rules import (
    Criterion,
    InvalidScoring,
    Marks,
    ScoredTopic,
    ScoringRule,
    is_complete,
    next_topic,
    refused_marks,
    thaw_scoring,
)
from meetings.scoring.states import ShownWhen
from meetings.scoring.weighing import Cell, cells_of, most_disputed, order_of, score_of, tips, variants

RULE = ScoringRule(
    (Criterion("severity", "Schwere", 3), Criterion("reach", "Reichweite", 2)),
    (ScoredTopic("1", "T-01", "Eins"), ScoredTopic("2", "T-02", "Zwei"), ScoredTopic("3", "T-03", "Drei")),
)
KEYS = [(topic.id, criterion.key) for topic in RULE.topics for criterion in RULE.criteria]
marks = st.dictionaries(st.sampled_from(KEYS), st.one_of(st.none(), st.integers(0, 4)))


def cell(*given_marks: int, unknown: int = 0) -> Cell:
    """A cell of these marks."""
    return Cell(tuple(sorted(given_marks)), unknown)


def test_the_spread_is_counted_from_the_middle() -> None:
    apart = cell(0, 3, 3, 3, 4)
    assert (apart.lowest, apart.highest, apart.far, apart.share, apart.disputed) == (0, 4, 1, Fraction(1, 5), False)
    assert cell(0, 3, 3, 4).disputed
    assert not cell(2, 3, 3, 4).disputed
    assert cell(0, 0, 4, 4).share == 1
    assert cell().mean is None
    assert not cell(4).disputed


def test_the_score_is_the_weighted_mean_out_of_a_hundred() -> None:
    sheets: list[Marks] = [{("1", "severity"): 4, ("1", "reach"): 2}, {("1", "severity"): 2, ("1", "reach"): None}]
    cells = cells_of(RULE, sheets)
    assert score_of(RULE, cells, "1", RULE.weights) == Fraction(100 * (3 * 3 + 2 * 2), 4 * 5)
    assert score_of(RULE, cells, "2", RULE.weights) is None
    assert cells["1", "reach"].unknown == 1
    only = cells_of(RULE, [{("2", "severity"): 1}])
    assert score_of(RULE, only, "2", RULE.weights) == 25
    assert order_of(RULE, cells).groups == (("1",), ("2", "3"))


def test_what_tips_the_first_place_is_the_nearest_weight() -> None:
    sheet = {("1", "severity"): 4, ("1", "reach"): 0, ("2", "severity"): 0, ("2", "reach"): 4, ("3", "severity"): 1}
    cells = cells_of(RULE, [sheet])
    assert order_of(RULE, cells).first == ("1",)
    found = {tip.criterion: (tip.weight, tip.first) for tip in tips(RULE, cells)}
    assert found == {"severity": (2, ("1", "2")), "reach": (3, ("1", "2"))}
    kinds = {(each.kind, each.criterion): each.order.first for each in variants(RULE, cells)}
    assert kinds["alike", ""] == ("1", "2")
    assert kinds["without", "severity"] == ("2",)
    assert kinds["double", "severity"] == ("1",)


def test_a_leader_in_everything_cannot_be_tipped() -> None:
    sheet = {(topic, key): 4 if topic == "1" else 1 for topic, key in KEYS}
    assert tips(RULE, cells_of(RULE, [sheet])) == ()


@given(st.lists(marks, max_size=6))
def test_scores_stay_between_0_and_100_and_every_topic_has_one_place(sheets: list[dict[tuple[str, str], int]]) -> None:
    cells = cells_of(RULE, sheets)
    order = order_of(RULE, cells)
    assert sorted(topic for group in order.groups for topic in group) == ["1", "2", "3"]
    assert all(score is None or 0 <= score <= 100 for score in order.scores.values())
    assert all(c.lowest <= (c.mean or 0) <= c.highest for c in cells.values() if c.number)
    assert all(sum(c.counts(4)) == c.number <= len(sheets) for c in cells.values())
    for tip in tips(RULE, cells):
        changed = order_of(RULE, cells, {**RULE.weights, tip.criterion: tip.weight}).first
        assert changed == tip.first != order.first
    assert set(most_disputed(cells)) <= {key for key, each in cells.items() if each.disputed}


@given(st.lists(marks, min_size=1, max_size=6), st.randoms())
def test_the_order_of_the_sheets_changes_nothing(sheets: list[dict[tuple[str, str], int]], chance: object) -> None:
    mixed = list(sheets)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert cells_of(RULE, mixed) == cells_of(RULE, sheets)


def test_a_rule_is_frozen_and_read_back() -> None:
    assert thaw_scoring(RULE.canonical()) == RULE
    assert len(RULE.sha256()) == 64
    early = ScoringRule(RULE.criteria, RULE.topics, ShownWhen.ANSWERED, late=False)
    assert thaw_scoring(early.canonical()) == early
    for broken in ("{}", "[]", "no", '{"criteria":[],"topics":[],"shown":"closed"}'):
        with pytest.raises(InvalidScoring):
            thaw_scoring(broken)
    with pytest.raises(InvalidScoring):
        ScoringRule((Criterion("severity", "Schwere", 11),), RULE.topics)
    with pytest.raises(InvalidScoring):
        ScoringRule(RULE.criteria, ())


def test_marks_beside_the_rule_are_refused() -> None:
    assert refused_marks(RULE, {("1", "severity"): 4, ("2", "reach"): None}) == ()
    beside = {("9", "severity"): 1, ("1", "colour"): 1, ("1", "reach"): 5, ("2", "reach"): -1}
    assert set(refused_marks(RULE, beside)) == set(beside)


def test_a_sheet_leads_from_open_topic_to_open_topic() -> None:
    one = [("1", "severity"), ("1", "reach")]
    assert next_topic(RULE, "1", one) == "2"
    assert next_topic(RULE, "3", one) == "2"
    assert next_topic(RULE, "1", KEYS) is None
    assert is_complete(RULE, dict.fromkeys(KEYS))
    assert not is_complete(RULE, dict.fromkeys(one))
