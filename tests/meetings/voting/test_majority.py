"""Resolutions: which majority carries them, what a tie means, and that the votes add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.voting.majority import (
    MAJORITY_RULES,
    CountMismatch,
    VoteCount,
    check_identity,
    evaluate,
    rule_for,
)

MEMBERS = 16


def accepted(rule: str, yes: int, no: int, abstain: int = 0, not_cast: int = 0) -> bool | None:
    return evaluate(MAJORITY_RULES[rule], VoteCount(yes, no, abstain, not_cast=not_cast), MEMBERS).accepted


@pytest.mark.parametrize(
    ("rule", "yes", "no", "abstain", "carried"),
    [
        ("simple_of_cast", 2, 1, 9, True),
        ("simple_of_cast", 6, 6, 0, False),
        ("absolute_of_present", 6, 1, 5, False),
        ("absolute_of_present", 7, 1, 4, True),
        ("absolute_of_members", 8, 0, 0, False),
        ("absolute_of_members", 9, 0, 0, True),
        ("two_thirds_of_cast", 8, 4, 2, True),
        ("two_thirds_of_cast", 7, 4, 2, False),
        ("two_thirds_of_members", 10, 0, 0, False),
        ("two_thirds_of_members", 11, 0, 0, True),
        ("three_quarters", 9, 3, 0, True),
        ("three_quarters", 8, 3, 0, False),
        ("unanimous_of_cast", 12, 0, 3, True),
        ("unanimous_of_cast", 12, 1, 0, False),
        ("unanimous_of_cast", 0, 0, 12, False),
        ("consent", 0, 0, 12, True),
        ("consent", 5, 1, 0, False),
    ],
)
def test_each_rule_carries_what_it_says(rule: str, yes: int, no: int, abstain: int, carried: bool) -> None:
    assert accepted(rule, yes, no, abstain) is carried


def test_those_who_say_nothing_count_against_a_majority_of_the_present() -> None:
    assert accepted("absolute_of_present", 6, 0, 0, not_cast=6) is False
    assert accepted("simple_of_cast", 6, 0, 0, not_cast=6) is True


def test_the_arithmetic_is_told() -> None:
    outcome = evaluate(MAJORITY_RULES["simple_of_cast"], VoteCount(9, 4, 1), MEMBERS)

    assert (outcome.accepted, outcome.base, outcome.needed) == (True, 13, 7)


def test_nobody_voting_carries_nothing() -> None:
    outcome = evaluate(MAJORITY_RULES["simple_of_cast"], VoteCount(0, 0, 14), MEMBERS)

    assert (outcome.accepted, outcome.kind) == (False, "no_votes")


@pytest.mark.parametrize(
    ("tie", "chair_vote", "carried", "kind"),
    [
        ("rejected", "yes", False, "tie_rejected"),
        ("chair_decides", "yes", True, "tie_chair_accepted"),
        ("chair_decides", "no", False, "tie_chair_rejected"),
        ("chair_decides", None, False, "tie_rejected"),
        ("revote", "yes", None, "tie_revote"),
        ("lot", None, None, "tie_lot"),
    ],
)
def test_a_tie_is_settled_by_the_rule_and_never_silently(tie, chair_vote, carried, kind) -> None:
    outcome = evaluate(rule_for("simple_of_cast", tie=tie), VoteCount(6, 6, 2), MEMBERS, chair_vote)

    assert (outcome.accepted, outcome.kind) == (carried, kind)


def test_consensus_is_sought_twice_then_the_simple_majority_decides() -> None:
    count = VoteCount(9, 4, 1)
    outcomes = [evaluate(rule_for("consensus_then_majority", attempt), count, MEMBERS) for attempt in (1, 2, 3)]

    assert [outcome.accepted for outcome in outcomes] == [False, False, True]
    assert outcomes[0].kind == "no_consensus"


def test_a_body_that_knows_only_consensus_never_outvotes() -> None:
    assert evaluate(rule_for("consensus", attempt=9), VoteCount(15, 1), MEMBERS).accepted is False


def test_an_unknown_way_of_deciding_is_an_error() -> None:
    with pytest.raises(KeyError):
        rule_for("by_volume")


def test_the_votes_must_add_up_to_the_people_in_the_room() -> None:
    check_identity(VoteCount(yes=9, no=3, abstain=1, invalid=0, not_cast=1, recused=1), present=15)
    with pytest.raises(CountMismatch) as caught:
        check_identity(VoteCount(yes=9, no=3, abstain=1), present=15)
    assert (caught.value.counted, caught.value.expected) == (13, 15)


few = st.integers(0, 12)
counts = st.builds(VoteCount, few, few, few, few, few, few)
rules = st.sampled_from(sorted(MAJORITY_RULES))


@given(counts)
def test_the_identity_holds_for_every_complete_count(count: VoteCount) -> None:
    present = count.yes + count.no + count.abstain + count.invalid + count.not_cast + count.recused

    check_identity(count, present)
    with pytest.raises(CountMismatch):
        check_identity(count, present + 1)


@given(counts, rules)
def test_another_yes_in_place_of_a_no_never_turns_a_resolution_down(count: VoteCount, rule: str) -> None:
    swapped = VoteCount(count.yes + 1, max(count.no - 1, 0), count.abstain)
    before = VoteCount(count.yes, max(count.no, 1), count.abstain)

    if evaluate(MAJORITY_RULES[rule], before, 60).accepted:
        assert evaluate(MAJORITY_RULES[rule], swapped, 60).accepted


@given(counts)
def test_simple_majority_means_more_yes_than_no(count: VoteCount) -> None:
    assert evaluate(MAJORITY_RULES["simple_of_cast"], count, 60).accepted == (count.yes > count.no)


@given(counts, rules)
def test_what_is_carried_has_the_votes_it_needed(count: VoteCount, rule: str) -> None:
    outcome = evaluate(MAJORITY_RULES[rule], count, 60)

    if outcome.accepted:
        assert count.yes >= outcome.needed
