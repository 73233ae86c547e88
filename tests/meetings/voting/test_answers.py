"""Bad ballots are refused, good ones are counted alike by two programs: the house and the script that it publishes."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.ballots_recount import recount
from meetings.voting.answers import answer_errors, is_abstention, normal, places_to_ranking
from meetings.voting.ballot_files import CountedPaper, InvalidAnswer, count_file, file_of
from meetings.voting.majority import CountMismatch
from meetings.voting.methods.profile import Ballot, Kind, Option, Profile
from meetings.voting.methods.proportional import equal_shares, phragmen
from meetings.voting.poll_counting import count_poll, freeze_count, outcome_of, thaw_poll_count
from meetings.voting.poll_rule import PROPORTIONAL, InvalidPollRule, PollRule, RuleOption, thaw_rule
from meetings.voting.states import PollMethod

OPTIONS = tuple(RuleOption(key, key.upper()) for key in "abcd")
KEYS = [option.id for option in OPTIONS]


def rule(method: PollMethod, **more: Any) -> PollRule:
    """A rule of the method over four options."""
    if method == PollMethod.MAJORITY:
        return PollRule(method, **{"motion": "So sei es.", "majority": "simple_of_cast", **more})
    needed: dict[str, Any] = {"capacity": 2} if method in PROPORTIONAL else {}
    if method in (PollMethod.SCORE, PollMethod.RESISTANCE):
        needed["highest"] = 10
    if method == PollMethod.DOTS:
        needed |= {"dots_per_seat": 3, "max_per_option": 2}
    return PollRule(method, OPTIONS, **{**needed, **more})


@pytest.mark.parametrize(
    ("method", "answer", "kinds"),
    [
        (PollMethod.MAJORITY, {"answer": "maybe"}, {"unknown"}),
        (PollMethod.MAJORITY, {"answer": "invalid"}, {"unknown"}),
        (PollMethod.SCHULZE, {"ranking": [["a"], ["x"]]}, {"unknown"}),
        (PollMethod.SCHULZE, {"ranking": [["a"], ["a"]]}, {"twice"}),
        (PollMethod.SCHULZE, {"ranking": [["a"], [], ["b"]]}, {"gap"}),
        (PollMethod.SCHULZE, {"ranking": "abc"}, {"shape"}),
        (PollMethod.APPROVAL, {"approved": ["a", "x"]}, {"unknown"}),
        (PollMethod.APPROVAL, {"approved": ["a", "a"]}, {"twice"}),
        (PollMethod.APPROVAL, {}, {"shape"}),
        (PollMethod.SCORE, {"points": {"a": 11}}, {"too_much"}),
        (PollMethod.SCORE, {"points": {"a": -1}}, {"negative"}),
        (PollMethod.SCORE, {"points": {"a": "3"}}, {"shape"}),
        (PollMethod.SCORE, {"points": {"a": True}}, {"shape"}),
        (PollMethod.RESISTANCE, {"points": {"a": 1, "b": 2, "c": 3}}, {"missing"}),
        (PollMethod.DOTS, {"points": {"a": 2, "b": 2}}, {"too_many"}),
        (PollMethod.DOTS, {"points": {"a": 3}}, {"too_much"}),
        (PollMethod.DOTS, {"points": {"x": 1}}, {"unknown"}),
    ],
)
def test_a_bad_ballot_is_refused_and_never_counted(method: PollMethod, answer: dict[str, Any], kinds: set[str]) -> None:
    frozen = rule(method)
    assert {error.kind for error in answer_errors(frozen, answer)} == kinds
    if answer.get("answer") != "invalid":
        with pytest.raises(InvalidAnswer):
            file_of(frozen, [CountedPaper(answer)], {})


def test_places_without_gaps_become_a_ranking() -> None:
    assert places_to_ranking({"a": 2, "b": 1, "c": 2}) == [["b"], ["a", "c"]]
    gap = {"ranking": places_to_ranking({"a": 1, "b": 3})}
    assert [error.found for error in answer_errors(rule(PollMethod.SCHULZE), gap)] == [2]


@pytest.mark.parametrize(
    "broken",
    [
        {"method": PollMethod.APPROVAL, "options": OPTIONS[:1]},
        {"method": PollMethod.APPROVAL, "options": (OPTIONS[0], OPTIONS[0])},
        {"method": PollMethod.EQUAL_SHARES, "options": OPTIONS},
        {"method": PollMethod.GREEDY, "options": OPTIONS, "budget": 5},
        {"method": PollMethod.SCORE, "options": OPTIONS},
        {"method": PollMethod.MAJORITY, "motion": " ", "majority": "simple_of_cast"},
        {"method": PollMethod.MAJORITY, "motion": "Ja?", "majority": "loudest"},
    ],
)
def test_a_rule_by_which_nobody_could_vote_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(InvalidPollRule):
        PollRule(**broken)


RANKING = st.permutations(KEYS).flatmap(
    lambda order: st.lists(st.integers(0, 3), min_size=4, max_size=4).map(
        lambda places: {
            "ranking": [g for n in range(3) if (g := [o for o, p in zip(order, places, strict=True) if p == n])]
        }
    )
)
ANSWERS: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.RANKED: RANKING,
    Kind.APPROVAL: st.sets(st.sampled_from(KEYS)).map(lambda chosen: {"approved": sorted(chosen)}),
    Kind.SCORE: st.dictionaries(st.sampled_from(KEYS), st.integers(0, 10)).map(lambda points: {"points": points}),
    Kind.RESISTANCE: st.lists(st.integers(0, 10), min_size=4, max_size=4).map(
        lambda marks: {"points": dict(zip(KEYS, marks, strict=True))}
    ),
    Kind.RESOLUTION: st.sampled_from(["yes", "no", "abstain"]).map(lambda vote: {"answer": vote}),
}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_house_and_script_agree_on_any_profile_ties_included(data: st.DataObject) -> None:
    method = data.draw(st.sampled_from([m for m in PollMethod if m not in (PollMethod.DOTS, PollMethod.MAJORITY)]))
    more: dict[str, Any] = {}
    if method == PollMethod.EQUAL_SHARES:
        more["completion"] = data.draw(st.sampled_from(["", "phragmen"]))
    frozen = rule(method, **more)
    papers = [CountedPaper(answer) for answer in data.draw(st.lists(ANSWERS[frozen.kind], max_size=7))]
    text = file_of(frozen, papers, {})
    ours, theirs = count_file(text, frozen), recount(json.loads(text))
    assert set(ours.winners) == set(theirs["winners"]), text
    assert sorted(sorted(outcome) for outcome in ours.outcomes) == theirs["outcomes"], text


def test_what_a_ranking_does_not_name_stays_behind_what_it_names_in_a_late_round() -> None:
    """Given few options left, the last one that is named comes before one that is not."""
    rankings = [[["a", "b", "c", "d"]]] * 2 + [[["b", "c", "d"], ["a"]]] * 3 + [[["a"], ["b"], ["c"]]]
    frozen = rule(PollMethod.IRV)
    text = file_of(frozen, [CountedPaper({"ranking": ranking}) for ranking in rankings], {})
    assert recount(json.loads(text))["outcomes"] == [["b"], ["c"]]
    assert set(count_file(text, frozen).winners) == {"b", "c"}


@settings(max_examples=150, deadline=None)
@given(
    st.lists(ANSWERS[Kind.RESOLUTION], max_size=9),
    st.integers(0, 4),
    st.sampled_from(
        [
            "simple_of_cast",
            "absolute_of_present",
            "absolute_of_members",
            "two_thirds_of_cast",
            "three_quarters",
            "consent",
        ]
    ),
    st.sampled_from(["rejected", "chair_decides", "revote", "lot"]),
)
def test_the_votes_of_a_resolution_always_add_up(votes: list[Any], absent: int, majority: str, tie: str) -> None:
    entitled = len(votes) + absent
    frozen = rule(
        PollMethod.MAJORITY, majority=majority, tie=tie, members=entitled + 3, present=entitled + 1, recused=1
    )
    text, count = count_poll(frozen, [CountedPaper(vote) for vote in votes], entitled, "yes")
    assert count.votes is not None
    assert count.votes.entitled_present == entitled
    assert thaw_poll_count(freeze_count(count)) == count
    outcome = outcome_of(frozen, count)
    assert outcome is not None
    assert outcome.accepted == count.counted.accepted == recount(json.loads(text))["accepted"]


def test_more_votes_than_people_are_no_result() -> None:
    with pytest.raises(CountMismatch):
        count_poll(rule(PollMethod.MAJORITY), [CountedPaper({"answer": "yes"}, 4)], 3)


@pytest.mark.parametrize("method", [m for m in PollMethod if m != PollMethod.MAJORITY])
def test_a_poll_without_voters_and_one_of_abstentions_can_be_counted(method: PollMethod) -> None:
    frozen = rule(method)
    empty = {Kind.RANKED: {"ranking": []}, Kind.APPROVAL: {"approved": []}}.get(frozen.kind, {"points": {}})
    assert is_abstention(frozen, empty)
    for papers in ([], [CountedPaper(empty)] * 3):
        count_file(file_of(frozen, papers, {}), frozen)


def test_a_ballot_has_one_form_and_a_rule_one_text() -> None:
    frozen = rule(PollMethod.DOTS)
    assert normal(frozen, {"points": {"b": 1, "a": 0}}) == {"points": {"b": 1}}
    for method in PollMethod:
        assert thaw_rule(rule(method).canonical()) == rule(method)
    equal = [CountedPaper({"approved": ["b", "a"]}), CountedPaper({"approved": ["a", "b"]}, 2)]
    text = file_of(rule(PollMethod.APPROVAL), equal, {})
    assert json.loads(text)["ballots"] == [{"approved": ["a", "b"], "count": 3}]


def test_what_costs_nothing_costs_nothing() -> None:
    """A named cost of 0 is 0: it is taken up and leaves the purses as they were."""
    options = (Option("a", cost=0), Option("b", cost=2))  # type: ignore[arg-type]
    profile = Profile(Kind.APPROVAL, options, (Ballot(2, points={"a": 1, "b": 1}),))  # type: ignore[dict-item]
    assert profile.cost("a") == 0
    for method in (equal_shares, phragmen):
        assert method(profile, budget=2).outcomes == (("a", "b"),)  # type: ignore[arg-type]
