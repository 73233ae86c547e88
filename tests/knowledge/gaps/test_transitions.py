"""Every step of a gap's life for every role, every step that is none, and that no way leads out of the table."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.core.lifecycle import STEERING
from app.people.states import Role
from knowledge.gaps.rules import GAP_LIFECYCLE, GRADES, INCOMPLETE, NEEDED, GapFacts, missing

ROLES = [*(role.value for role in Role), STEERING]
STATES = sorted(GAP_LIFECYCLE.states)
STEPS = {(step.source, step.target): step for step in GAP_LIFECYCLE.transitions}
NO_STEPS = [pair for pair in product(STATES, STATES) if pair not in STEPS]
TODAY = date(2027, 3, 31)
EVERYTHING = GapFacts(
    evidence_grade="A",
    is_complete=True,
    has_target_gap=True,
    has_reason=True,
    has_topic=True,
    has_brief=True,
    direct_route_enabled=True,
    has_decision=True,
    review_on=TODAY,
    has_addressee=True,
    has_mandate=True,
    agreement_approved=True,
    consents_given=2,
    measures=3,
    effect_rating="effective",
    has_new_evidence=True,
    answer_recorded=True,
    today=TODAY,
)
flags = st.booleans()
facts = st.builds(
    GapFacts,
    evidence_grade=st.sampled_from(GRADES),
    is_complete=flags,
    has_target_gap=flags,
    has_reason=flags,
    has_topic=flags,
    has_brief=flags,
    direct_route_enabled=flags,
    has_decision=flags,
    review_on=st.none() | st.dates(date(2027, 1, 1), date(2027, 12, 31)),
    has_addressee=flags,
    meeting_has_begun=flags,
    has_mandate=flags,
    agreement_approved=flags,
    consents_given=st.integers(0, 3),
    measures=st.integers(0, 3),
    open_measures=st.integers(0, 3),
    effect_rating=st.none() | st.just("partly"),
    has_new_evidence=flags,
    answer_recorded=flags,
    today=st.just(TODAY),
)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("pair", list(STEPS), ids="-".join)
def test_a_step_is_open_to_its_roles_alone_when_all_facts_are_there(pair: tuple[str, str], role: str) -> None:
    assert bool(GAP_LIFECYCLE.check(*pair, {role}, EVERYTHING)) == (role in STEPS[pair].by)


@pytest.mark.parametrize("pair", NO_STEPS, ids="-".join)
def test_every_other_step_is_refused_to_everybody(pair: tuple[str, str]) -> None:
    verdict = GAP_LIFECYCLE.check(*pair, set(ROLES), EVERYTHING)
    assert not verdict
    assert verdict.reason == "Dieser Schritt ist im jetzigen Stand nicht vorgesehen."


def test_an_incomplete_gap_stays_out_of_the_topic_store_and_the_guard_says_so() -> None:
    verdict = GAP_LIFECYCLE.check("in_review", "topic_store", {"coordination"}, replace(EVERYTHING, is_complete=False))
    assert (bool(verdict), verdict.reason) == (False, INCOMPLETE)


@given(st.dictionaries(st.sampled_from(list(NEEDED)), st.integers(0, 3)))
def test_what_is_missing_is_exactly_what_has_too_few_codes(codes: dict[str, int]) -> None:
    assert set(missing(codes)) == {facet for facet, number in NEEDED.items() if codes.get(facet, 0) < number}


@given(facts, st.sampled_from(list(STEPS)))
def test_no_step_is_allowed_without_what_it_needs(known: GapFacts, pair: tuple[str, str]) -> None:
    source, target = pair
    if not GAP_LIFECYCLE.check(source, target, STEPS[pair].by, known):
        return
    if target in ("prioritised", "deferred", "escalated", "resolved"):
        assert known.has_decision
    if (source, target) == ("in_review", "topic_store"):
        assert known.is_complete
        assert known.evidence_grade != "D"


class ALife(RuleBasedStateMachine):
    """A gap that anybody pushes anywhere, with a history beside it."""

    @initialize()
    def is_reported(self) -> None:
        """Every life begins with a report."""
        self.state = "reported"
        self.before_merging = ""
        self.history: list[tuple[str, str]] = []

    @rule(target_state=st.sampled_from(STATES), roles=st.sets(st.sampled_from(ROLES), min_size=1), known=facts)
    def somebody_tries_a_step(self, target_state: str, roles: set[str], known: GapFacts) -> None:
        """Allowed steps are taken and written down; refused ones change nothing."""
        if GAP_LIFECYCLE.check(self.state, target_state, roles, known):
            self.before_merging = self.state
            self.history.append((self.state, target_state))
            self.state = target_state

    @precondition(lambda self: self.state == "merged")
    @rule()
    def the_merging_is_taken_back(self) -> None:
        """The one way out of `merged`, and it leads only to where the gap was."""
        self.history.append(("merged", self.before_merging))
        self.state = self.before_merging

    @invariant()
    def it_is_in_a_known_state_that_the_history_ends_in(self) -> None:
        """The history is a chain from the report to now: no step is lost and none is invented."""
        assert self.state in GAP_LIFECYCLE.states
        chain = ["reported", *(target for _source, target in self.history)]
        assert chain[-1] == self.state
        assert [source for source, _target in self.history] == chain[:-1]

    @invariant()
    def what_was_merged_came_from_review_or_store(self) -> None:
        """No gap that a body deals with disappears by merging."""
        assert all(source in ("in_review", "topic_store") for source, target in self.history if target == "merged")


ALife.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestNoWayLeadsOutOfTheTable = ALife.TestCase
