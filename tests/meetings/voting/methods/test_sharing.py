"""Points and capacity: approval, score, resistance, equal shares, Phragmén, greedy."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.voting.methods.counting import Wish, count
from meetings.voting.methods.profile import BadProfile, Ballot, Kind, Option, Profile


def approvals(ids: str, *ballots: tuple[int, str], costs: dict[str, int] | None = None) -> Profile:
    options = tuple(Option(i, cost=Fraction(costs[i]) if costs else None) for i in ids)
    return Profile(
        Kind.APPROVAL, options, tuple(Ballot(n, points=dict.fromkeys(chosen, Fraction(1))) for n, chosen in ballots)
    )


@st.composite
def elections(draw: st.DrawFn) -> tuple[Profile, int]:
    ids = "abcde"[: draw(st.integers(1, 5))]
    some = st.lists(st.tuples(st.integers(1, 4), st.sets(st.sampled_from(ids)).map(sorted).map("".join)), max_size=6)
    return approvals(ids, *draw(some)), draw(st.integers(1, len(ids)))


def test_approval_names_a_tie() -> None:
    found = count(approvals("abc", (2, "ab"), (1, "c"), (1, "bc")), "approval", Wish(seats=2))

    assert found.scores == {"a": 2, "b": 3, "c": 2}
    assert found.outcomes == (("b", "a"), ("b", "c"))
    assert found.winners == ("a", "b", "c")


def test_the_least_resistance_wins() -> None:
    options = (Option("stay"), Option("new"))
    ballots = (Ballot(2, points={"stay": Fraction(5), "new": Fraction(1)}), Ballot(1, points={"new": Fraction(7)}))

    assert count(Profile(Kind.RESISTANCE, options, ballots), "resistance").winners == ("new",)


def test_a_minority_gets_its_share() -> None:
    """60 want a, b, c; 40 want d, e, f: by plain approval the 40 get nothing of three seats."""
    profile = approvals("abcdef", (60, "abc"), (40, "def"))

    assert set(count(profile, "approval", Wish(seats=3)).outcomes[0]) == {"a", "b", "c"}
    for method in ("equal_shares", "phragmen"):
        for outcome in count(profile, method, Wish(seats=3)).outcomes:
            assert len(set(outcome) & set("def")) == 1, method


def test_phragmen_by_hand() -> None:
    """Loads: a at 1/3; then b at (1 + 1/3)/2 = 2/3 against c at 1; then c."""
    found = count(approvals("abc", (1, "ab"), (1, "a"), (1, "ab")), "phragmen", Wish(seats=2))

    assert found.outcomes == (("a", "b"),)


def test_equal_shares_by_hand_with_costs() -> None:
    """Budget 6 among 3: a costs 3 and all want it, so 1 each; b costs 2 and only one wants it, who has 1 left."""
    profile = approvals("ab", (2, "a"), (1, "ab"), costs={"a": 3, "b": 2})

    assert count(profile, "equal_shares", Wish(budget=Fraction(6))).outcomes == (("a",),)
    completed = Wish(budget=Fraction(6), completion="phragmen")
    assert count(profile, "equal_shares", completed).outcomes == (("a", "b"),)


def test_greedy_takes_what_still_fits() -> None:
    profile = approvals("abc", (5, "a"), (4, "b"), (3, "c"), costs={"a": 6, "b": 5, "c": 4})

    assert count(profile, "greedy", Wish(budget=Fraction(10))).outcomes == (("a", "c"),)


@given(elections())
@settings(max_examples=80, deadline=None)
def test_no_cohesive_group_goes_without(given_: tuple[Profile, int]) -> None:
    """Justified representation: who could fill a seat alone and agrees on an option has one of theirs in."""
    profile, seats = given_
    for method in ("equal_shares", "phragmen"):
        for outcome in count(profile, method, Wish(seats=seats)).outcomes:
            for option in profile.ids:
                left_out = [
                    ballot.count
                    for ballot in profile.ballots
                    if ballot.of(option) and not any(ballot.of(chosen) for chosen in outcome)
                ]
                assert sum(left_out) * seats < profile.voters or not left_out, method


@given(elections())
@settings(max_examples=80, deadline=None)
def test_capacity_is_never_exceeded_and_phragmen_fills_it(given_: tuple[Profile, int]) -> None:
    profile, seats = given_
    assert all(len(outcome) <= seats for outcome in count(profile, "equal_shares", Wish(seats=seats)).outcomes)
    assert all(len(outcome) == seats for outcome in count(profile, "phragmen", Wish(seats=seats)).outcomes)


@given(elections(), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_of_ballots_and_options_changes_nothing(given_: tuple[Profile, int], random: object) -> None:
    profile, seats = given_
    ballots, options = list(profile.ballots), list(profile.options)
    random.shuffle(ballots)  # type: ignore[attr-defined]
    random.shuffle(options)  # type: ignore[attr-defined]
    shuffled = Profile(profile.kind, tuple(options), tuple(ballots))
    for method in ("approval", "equal_shares", "phragmen", "greedy"):
        first, second = (
            {frozenset(outcome) for outcome in count(each, method, Wish(seats=seats)).outcomes}
            for each in (profile, shuffled)
        )
        assert first == second, method


@pytest.mark.parametrize(
    ("method", "wish"),
    [("schulze", Wish()), ("equal_shares", Wish()), ("approval", Wish(seats=9)), ("majority", Wish())],
)
def test_what_does_not_fit_is_refused_with_a_sentence(method: str, wish: Wish) -> None:
    with pytest.raises(BadProfile):
        count(approvals("ab", (1, "a")), method, wish)


def test_ballots_that_make_no_sense_are_refused() -> None:
    for ballot in (Ballot(-1), Ballot(1, (("x",),)), Ballot(1, (("a",), ("a",)))):
        with pytest.raises(BadProfile):
            Profile(Kind.RANKED, (Option("a"),), (ballot,))
