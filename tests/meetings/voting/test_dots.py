"""Dot voting: the frozen rule, the ballot, the count, its ties and its capacity line."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.voting.dots import (
    DotsOption,
    DotsRule,
    InvalidBallot,
    InvalidRule,
    NegativeDots,
    TooFewDots,
    TooManyDots,
    TooManyOnOption,
    UnknownOption,
    ballot_errors,
    tally_dots,
    thaw,
)

TOPICS = (
    DotsOption("T-03", "Bleiberecht sichern: von § 104c zu §§ 25a und 25b"),
    DotsOption("T-04", "Erwachsen werden zwischen Jugendhilfe und Jobcenter"),
    DotsOption("T-05", "Verständigung sichern – Sprachmittlung im Kreis"),
    DotsOption("T-07", "EU-Zugewanderte: Ansprüche klären, bevor die Krise kommt"),
)
RULE = DotsRule(dots_per_seat=3, max_per_option=2, options=TOPICS)


def test_the_same_rule_has_the_same_text_and_hash() -> None:
    assert RULE.canonical() == replace(RULE).canonical()
    assert RULE.sha256() == replace(RULE).sha256()
    assert len(RULE.sha256()) == 64


@pytest.mark.parametrize(
    "changed",
    [
        replace(RULE, dots_per_seat=4),
        replace(RULE, max_per_option=1),
        replace(RULE, capacity=2),
        replace(RULE, vote_unit="seat"),
        replace(RULE, options=TOPICS[:3]),
        replace(RULE, options=(DotsOption("T-03", "Etwas anderes"), *TOPICS[1:])),
    ],
)
def test_any_change_of_the_rule_or_of_a_title_changes_the_hash(changed: DotsRule) -> None:
    assert changed.sha256() != RULE.sha256()


def test_the_frozen_text_gives_the_rule_back() -> None:
    rule = replace(RULE, capacity=2)

    assert thaw(rule.canonical()) == rule


def test_a_rule_of_another_method_is_refused() -> None:
    with pytest.raises(InvalidRule, match="borda"):
        thaw(RULE.canonical().replace('"method":"dots"', '"method":"borda"'))


@pytest.mark.parametrize("text", ["[]", "{}", '{"method":"borda"}', '{"method":"dots","options":[]}', "not json"])
def test_a_text_that_is_no_dots_rule_is_refused(text: str) -> None:
    with pytest.raises(InvalidRule):
        thaw(text)


@pytest.mark.parametrize(
    "broken",
    [
        {"options": TOPICS[:1]},
        {"options": (TOPICS[0], TOPICS[0])},
        {"max_per_option": 4},
        {"max_per_option": 0},
        {"capacity": 0},
        {"dots_per_seat": 9, "must_spend_all": True},
    ],
)
def test_a_rule_by_which_nobody_could_vote_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(InvalidRule):
        replace(RULE, **broken)


def test_a_ballot_within_the_rule_has_no_errors() -> None:
    assert ballot_errors(RULE, {"T-03": 2, "T-05": 1}) == ()


def test_dots_may_stay_unused() -> None:
    assert ballot_errors(RULE, {}) == ()
    assert ballot_errors(RULE, {"T-03": 1}) == ()


@pytest.mark.parametrize(
    ("points", "errors"),
    [
        ({"T-03": 2, "T-04": 2}, (TooManyDots(4, 3),)),
        ({"T-03": 3}, (TooManyOnOption("T-03", 3, 2),)),
        ({"T-99": 1}, (UnknownOption("T-99"),)),
        ({"T-03": -1, "T-04": 2}, (NegativeDots("T-03", -1),)),
        ({"T-03": 3, "T-04": 2}, (TooManyOnOption("T-03", 3, 2), TooManyDots(5, 3))),
    ],
)
def test_a_ballot_outside_the_rule_names_every_error(points: dict[str, int], errors: tuple[object, ...]) -> None:
    assert ballot_errors(RULE, points) == errors


def test_where_all_dots_must_be_spent_a_rest_is_an_error_but_abstaining_is_not() -> None:
    rule = replace(RULE, must_spend_all=True)

    assert ballot_errors(rule, {"T-03": 2}) == (TooFewDots(2, 3),)
    assert ballot_errors(rule, {}) == ()


def test_points_and_the_people_behind_them_are_counted_apart() -> None:
    tally = tally_dots(RULE, [{"T-03": 2, "T-04": 1}, {"T-03": 1, "T-05": 1}, {}])

    assert tally.points == {"T-03": 3, "T-04": 1, "T-05": 1, "T-07": 0}
    assert tally.voters == {"T-03": 2, "T-04": 1, "T-05": 1, "T-07": 0}
    assert (tally.ballots, tally.unused) == (3, 4)


def test_equal_options_share_a_rank() -> None:
    tally = tally_dots(RULE, [{"T-03": 2, "T-04": 1}, {"T-05": 1}])

    assert tally.ranking == (("T-03",), ("T-04", "T-05"), ("T-07",))
    assert tally.ties == (("T-04", "T-05"),)


def test_options_without_any_dots_are_no_tie_to_decide() -> None:
    assert tally_dots(RULE, [{"T-03": 1}]).ties == ()


def test_the_capacity_line_between_two_ranks_is_clear() -> None:
    tally = tally_dots(replace(RULE, capacity=2), [{"T-03": 2, "T-04": 1}])

    assert tally.cut is not None
    assert tally.cut.inside == ("T-03", "T-04")
    assert not tally.cut.falls_into_tie


def test_a_capacity_line_inside_a_tie_is_flagged_and_not_drawn() -> None:
    tally = tally_dots(replace(RULE, capacity=2), [{"T-03": 2, "T-04": 1}, {"T-05": 1}])

    assert tally.cut is not None
    assert tally.cut.falls_into_tie
    assert tally.cut.inside == ("T-03",)
    assert tally.cut.tied == ("T-04", "T-05")
    assert tally.cut.open_places == 1


def test_there_is_no_line_where_everything_fits() -> None:
    assert tally_dots(replace(RULE, capacity=4), [{"T-03": 1}]).cut is None
    assert tally_dots(RULE, [{"T-03": 1}]).cut is None


def test_a_ballot_that_breaks_the_rule_is_never_counted() -> None:
    with pytest.raises(InvalidBallot) as caught:
        tally_dots(RULE, [{"T-03": 1}, {"T-03": 3}])
    assert caught.value.errors == (TooManyOnOption("T-03", 3, 2),)


one_ballot = st.dictionaries(st.sampled_from(RULE.option_ids), st.integers(0, 2)).filter(
    lambda points: sum(points.values()) <= RULE.dots_per_seat
)
ballots = st.lists(one_ballot, max_size=16)


@given(ballots)
def test_every_dot_is_counted_or_unused(cast: list[dict[str, int]]) -> None:
    tally = tally_dots(RULE, cast)

    assert sum(tally.points.values()) + tally.unused == RULE.dots_per_seat * len(cast)


@given(ballots, st.randoms())
def test_the_order_of_the_ballots_does_not_matter(cast: list[dict[str, int]], random) -> None:
    shuffled = cast.copy()
    random.shuffle(shuffled)

    assert tally_dots(RULE, shuffled) == tally_dots(RULE, cast)


@given(ballots)
def test_every_option_has_exactly_one_rank_and_ranks_follow_the_points(cast: list[dict[str, int]]) -> None:
    tally = tally_dots(RULE, cast)

    assert sorted(option for group in tally.ranking for option in group) == sorted(RULE.option_ids)
    levels = [{tally.points[option] for option in group} for group in tally.ranking]
    assert all(len(level) == 1 for level in levels)
    assert [level.pop() for level in levels] == sorted({*tally.points.values()}, reverse=True)


@given(ballots, one_ballot)
def test_one_more_ballot_never_takes_points_away(cast: list[dict[str, int]], more: dict[str, int]) -> None:
    before, after = tally_dots(RULE, cast), tally_dots(RULE, [*cast, more])

    assert all(after.points[option] >= before.points[option] for option in RULE.option_ids)


@given(ballots, st.integers(1, 3))
def test_the_capacity_line_never_breaks_a_tie(cast: list[dict[str, int]], capacity: int) -> None:
    tally = tally_dots(replace(RULE, capacity=capacity), cast)

    assert tally.cut is not None
    assert len(tally.cut.inside) + tally.cut.open_places == capacity
    for group in tally.ranking:
        assert set(group) <= set(tally.cut.inside) or not set(group) & set(tally.cut.inside)
