"""The explanations beside a result: they add up to the count that they explain."""

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from meetings.voting.methods.counting import Wish, count
from meetings.voting.methods.outcome import TooManyTies
from meetings.voting.methods.paths import steps_of, strongest_chain
from meetings.voting.methods.paying import loads_carried, shares_paid
from meetings.voting.methods.profile import Ballot, Kind, Option, Profile
from meetings.voting.methods.ranked import duels_of, schulze, strongest_paths
from meetings.voting.methods.readings import middle_mark, smallest_peak, supporters

IDS = "abcde"
orders = st.permutations(IDS).map(lambda order: tuple((option,) for option in order))
ranked = st.lists(st.builds(Ballot, st.integers(1, 4), orders), min_size=1, max_size=6).map(
    lambda ballots: Profile(Kind.RANKED, tuple(Option(each) for each in IDS), tuple(ballots))
)
ticks = st.sets(st.sampled_from(IDS), max_size=4).map(lambda chosen: dict.fromkeys(sorted(chosen), Fraction(1)))
approvals = st.lists(st.builds(lambda n, p: Ballot(n, points=p), st.integers(1, 4), ticks), min_size=1, max_size=6)
costs = st.lists(st.integers(1, 4), min_size=5, max_size=5)


@given(ranked)
def test_each_chain_is_as_strong_as_the_strongest_path(profile: Profile) -> None:
    duels, strength = duels_of(profile), strongest_paths(duels_of(profile), profile.ids)
    for one in IDS:
        for other in IDS:
            if one != other:
                chain = strongest_chain(duels, IDS, one, other)
                assert chain.strength == strength[one][other]
                assert all(
                    duels[a][b] - duels[b][a] == margin
                    for a, b, margin in zip(chain.options, chain.options[1:], chain.margins, strict=False)
                )


@given(ranked)
def test_every_place_below_the_first_is_explained(profile: Profile) -> None:
    counted = schulze(profile)
    explained = {step.lower for step in steps_of(counted.duels, counted.ranking)}
    assert explained == {option for group in counted.ranking[1:] for option in group}


@given(approvals, costs, st.integers(1, 8))
def test_what_was_paid_adds_up_to_the_costs(ballots: list[Ballot], prices: list[int], budget: int) -> None:
    options = tuple(Option(each, cost=Fraction(price)) for each, price in zip(IDS, prices, strict=True))
    profile = Profile(Kind.APPROVAL, options, tuple(ballots))
    wish = Wish(None, Fraction(budget), "phragmen")
    try:
        counted = count(profile, "equal_shares", wish)
    except TooManyTies:
        assume(False)
    tables = shares_paid(profile, None, Fraction(budget), "phragmen")
    chosen = tuple(purchase.option for table in tables for purchase in table.purchases)
    assert {frozenset(chosen)} <= {frozenset(outcome) for outcome in counted.outcomes}
    for table in tables:
        for place, purchase in enumerate(table.purchases):
            assert sum(payer.count * payer.paid[place] for payer in table.payers) == purchase.cost
            assert purchase.most == max(payer.paid[place] for payer in table.payers)
    first = tables[0]
    assert all(sum(payer.paid) + payer.left == first.share for payer in first.payers)
    loads = loads_carried(profile, None, Fraction(budget))[0]
    assert {frozenset(p.option for p in loads.purchases)} <= {
        frozenset(outcome) for outcome in count(profile, "phragmen", Wish(None, Fraction(budget))).outcomes
    }
    assert all(payer.left == sum(payer.paid) for payer in loads.payers)


def test_other_readings_of_points() -> None:
    options = (Option("a"), Option("b"))
    given_points = (Ballot(1, points={"a": Fraction(5)}), Ballot(2, points={"a": Fraction(0), "b": Fraction(2)}))
    profile = Profile(Kind.SCORE, options, given_points)
    assert supporters(profile).winners == ("b",)
    assert middle_mark(profile).scores == {"a": 0, "b": 2}
    assert smallest_peak(profile).winners == ("b",)
    nobody = Profile(Kind.SCORE, options, ())
    assert middle_mark(nobody).winners == ("a", "b")
