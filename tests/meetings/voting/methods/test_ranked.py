"""Rankings: duels, Schulze, instant runoff, Borda, plurality, against worked examples and plain definitions."""

import itertools
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.voting.methods.counting import count
from meetings.voting.methods.profile import Ballot, Kind, Option, Profile
from meetings.voting.methods.ranked import duels_of


def ranked(ids: str, *ballots: tuple[int, str]) -> Profile:
    """Ballots such as (9, "a bc"): groups from best to worst."""
    options = tuple(Option(letter) for letter in ids)
    return Profile(Kind.RANKED, options, tuple(Ballot(n, tuple(map(tuple, order.split()))) for n, order in ballots))


SCHULZE_2011 = ranked(
    "abcde",
    (5, "a c b e d"),
    (5, "a d e c b"),
    (8, "b e d a c"),
    (3, "c a b e d"),
    (7, "c a e b d"),
    (2, "c b a d e"),
    (7, "d c e b a"),
    (8, "e b a d c"),
)
"""The first example of Schulze's paper: 45 voters, order E, A, C, B, D."""


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    ids = "abcd"[: draw(st.integers(1, 4))]
    ballots = []
    for _ in range(draw(st.integers(0, 6))):
        order = draw(st.permutations(ids))[: draw(st.integers(0, len(ids)))]
        cuts = draw(st.lists(st.booleans(), min_size=len(order), max_size=len(order)))
        groups: list[list[str]] = []
        for letter, joined in zip(order, cuts, strict=True):
            if joined and groups:
                groups[-1].append(letter)
            else:
                groups.append([letter])
        ballots.append(Ballot(draw(st.integers(1, 5)), tuple(map(tuple, groups))))
    return Profile(Kind.RANKED, tuple(Option(letter) for letter in ids), tuple(ballots))


def test_the_example_of_the_paper() -> None:
    found = count(SCHULZE_2011, "schulze")

    assert found.winners == ("e",)
    assert found.ranking == (("e",), ("a",), ("c",), ("b",), ("d",))
    assert (found.duels["a"]["b"], found.duels["e"]["d"], found.duels["c"]["b"]) == (20, 31, 29)


def strongest(profile: Profile, one: str, other: str) -> int:
    """The strongest path by trying all of them."""
    duels = duels_of(profile)
    between = [letter for letter in profile.ids if letter not in (one, other)]
    best = 0
    for length in range(len(between) + 1):
        for middle in itertools.permutations(between, length):
            path = (one, *middle, other)
            best = max(best, min(duels[a][b] - duels[b][a] for a, b in itertools.pairwise(path)))
    return best


@given(profiles())
@settings(max_examples=60, deadline=None)
def test_schulze_is_what_its_definition_says(profile: Profile) -> None:
    paths = {(a, b): strongest(profile, a, b) for a, b in itertools.permutations(profile.ids, 2)}

    expected = {a for a in profile.ids if all(paths[a, b] >= paths[b, a] for b in profile.ids if b != a)}

    assert set(count(profile, "schulze").winners) == expected


@given(profiles())
@settings(max_examples=60, deadline=None)
def test_who_wins_every_duel_wins_by_schulze(profile: Profile) -> None:
    duels = duels_of(profile)
    for one in profile.ids:
        if all(duels[one][other] > duels[other][one] for other in duels[one]):
            assert count(profile, "schulze").winners == (one,)


def runoff_winners(profile: Profile, left: frozenset[str]) -> frozenset[str]:
    """Every order of striking out, without any short cut."""
    if len(left) <= 1:
        return left
    scores = dict.fromkeys(left, Fraction(0))
    for ballot in profile.ballots:
        named = {letter for group in ballot.ranking for letter in group}
        groups = [*ballot.ranking, tuple(letter for letter in profile.ids if letter not in named)]
        top = next(here for group in groups if (here := [letter for letter in group if letter in left]))
        for letter in top:
            scores[letter] += Fraction(ballot.count, len(top))
    fewest = min(scores.values())
    return frozenset().union(*(runoff_winners(profile, left - {o}) for o in left if scores[o] == fewest))


@given(profiles())
@settings(max_examples=60, deadline=None)
def test_the_runoff_follows_every_tie(profile: Profile) -> None:
    assert set(count(profile, "irv").winners) == runoff_winners(profile, frozenset(profile.ids))


def test_a_runoff_strikes_out_the_weakest() -> None:
    found = count(ranked("abc", (8, "a b c"), (7, "b a c"), (4, "c b a")), "irv")

    assert found.winners == ("b",)
    assert found.ranking == (("b",), ("a",), ("c",))


@given(profiles())
@settings(max_examples=60, deadline=None)
def test_borda_shares_out_all_points(profile: Profile) -> None:
    scores = count(profile, "borda").scores
    n = len(profile.ids)

    assert sum(scores.values()) == profile.voters * n * (n + 1) // 2


def test_borda_by_hand() -> None:
    scores = count(ranked("abc", (9, "a bc"), (12, "b c"), (3, "c a")), "borda").scores

    assert scores == {"a": Fraction(45), "b": Fraction(105, 2), "c": Fraction(93, 2)}


@given(profiles())
@settings(max_examples=60, deadline=None)
def test_first_places_are_as_many_as_ballots(profile: Profile) -> None:
    assert sum(count(profile, "plurality").scores.values()) == profile.voters
