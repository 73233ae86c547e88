"""The life of a gap, the strength of its evidence, its order, and the counts that may be shown."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.lifecycle import STEERING
from knowledge.gaps.rules import (
    GAP_GUARDS,
    GAP_LIFECYCLE,
    TOPIC_LIFECYCLE,
    EvidenceItem,
    GapFacts,
    TopicFacts,
    count_evidence,
    evidence_grade,
    is_suppressed,
    priority,
    priority_key,
)
from knowledge.taxonomy.lists import gap_transitions, keys

COORDINATION = frozenset({"coordination"})
BODY = frozenset({STEERING})

EVERYTHING = GapFacts(
    evidence_grade="C",
    is_complete=True,
    has_target_gap=True,
    has_reason=True,
    has_topic=True,
    has_brief=True,
    direct_route_enabled=True,
    has_decision=True,
    review_on=date(2027, 3, 31),
    has_addressee=True,
    has_mandate=True,
    agreement_approved=True,
    consents_given=1,
    measures=6,
    effect_rating="effective",
    has_new_evidence=True,
    answer_recorded=True,
    today=date(2026, 12, 10),
)


def test_the_table_has_fourteen_states_and_twenty_five_steps() -> None:
    assert len(GAP_LIFECYCLE.states) == 14
    assert len(GAP_LIFECYCLE.transitions) == 25


def test_the_table_is_the_one_that_the_taxonomy_ships() -> None:
    shipped = [(move.source, move.target, frozenset(move.by), move.requires) for move in gap_transitions()]

    assert [(step.source, step.target, step.by, step.guard) for step in GAP_LIFECYCLE.transitions] == shipped
    assert GAP_LIFECYCLE.states == set(keys("gap_states"))
    assert TOPIC_LIFECYCLE.states == set(keys("topic_states"))


def test_every_guard_of_the_table_is_used() -> None:
    assert {step.guard for step in GAP_LIFECYCLE.transitions if step.guard} == set(GAP_GUARDS)


def test_every_state_is_reached_from_reported() -> None:
    reached, frontier = {"reported"}, ["reported"]
    while frontier:
        new = set(GAP_LIFECYCLE.targets(frontier.pop())) - reached
        reached |= new
        frontier.extend(new)

    assert reached == GAP_LIFECYCLE.states


def test_only_a_merged_gap_has_no_way_on() -> None:
    assert {state for state in GAP_LIFECYCLE.states if not GAP_LIFECYCLE.targets(state)} == {"merged"}


@pytest.mark.parametrize("step", GAP_LIFECYCLE.transitions, ids=lambda step: f"{step.source}-{step.target}")
def test_each_step_is_open_to_its_own_role_when_all_facts_are_there(step) -> None:
    other = BODY if step.by == COORDINATION else COORDINATION

    assert GAP_LIFECYCLE.check(step.source, step.target, step.by, EVERYTHING)
    assert not GAP_LIFECYCLE.check(step.source, step.target, other, EVERYTHING)


@pytest.mark.parametrize(
    "step",
    [step for step in GAP_LIFECYCLE.transitions if step.guard],
    ids=lambda step: f"{step.source}-{step.target}",
)
def test_each_guarded_step_is_refused_with_a_sentence_when_nothing_is_there(step) -> None:
    verdict = GAP_LIFECYCLE.check(step.source, step.target, step.by, GapFacts(meeting_has_begun=True))

    assert not verdict
    assert verdict.reason.endswith(".")


def test_a_single_case_without_a_second_voice_stays_out_of_the_topic_store() -> None:
    hint = replace(EVERYTHING, evidence_grade="D")

    assert not GAP_LIFECYCLE.check("in_review", "topic_store", COORDINATION, hint)


def test_no_project_without_a_decision_unless_the_direct_route_is_on() -> None:
    assert GAP_LIFECYCLE.check("topic_store", "in_project", COORDINATION, GapFacts(direct_route_enabled=True))
    assert not GAP_LIFECYCLE.check("topic_store", "in_project", COORDINATION, GapFacts())
    assert not GAP_LIFECYCLE.check("submitted", "in_project", BODY, EVERYTHING)


def test_deferring_needs_a_date_and_keeps_the_gap_until_then() -> None:
    without_date = replace(EVERYTHING, review_on=None)
    waiting = GapFacts(review_on=date(2027, 3, 31), today=date(2027, 3, 30))

    assert not GAP_LIFECYCLE.check("submitted", "deferred", BODY, without_date)
    assert not GAP_LIFECYCLE.check("deferred", "topic_store", COORDINATION, waiting)
    assert GAP_LIFECYCLE.check("deferred", "topic_store", COORDINATION, replace(waiting, today=date(2027, 3, 31)))


def test_new_evidence_brings_a_deferred_gap_back_early() -> None:
    early = GapFacts(review_on=date(2027, 3, 31), today=date(2026, 12, 1), has_new_evidence=True)

    assert GAP_LIFECYCLE.check("deferred", "topic_store", COORDINATION, early)


def test_an_approved_agreement_without_any_consent_binds_nobody() -> None:
    nobody = replace(EVERYTHING, consents_given=0)

    assert not GAP_LIFECYCLE.check("in_project", "implementing", BODY, nobody)


def test_a_gap_without_measures_does_not_pass_as_done() -> None:
    assert not GAP_LIFECYCLE.check("implementing", "monitoring", COORDINATION, replace(EVERYTHING, measures=0))
    assert not GAP_LIFECYCLE.check("implementing", "monitoring", COORDINATION, replace(EVERYTHING, open_measures=1))


def test_a_resolved_gap_reopens_only_on_new_evidence() -> None:
    assert GAP_LIFECYCLE.check("resolved", "in_review", COORDINATION, GapFacts(has_new_evidence=True))
    assert not GAP_LIFECYCLE.check("resolved", "in_review", COORDINATION, GapFacts())


@given(
    st.sampled_from(sorted(GAP_LIFECYCLE.states)),
    st.sampled_from(sorted(GAP_LIFECYCLE.states)),
    st.sets(st.sampled_from(["coordination", STEERING, "member", "chair", "admin"])),
)
def test_a_gap_never_skips_a_step(source: str, target: str, roles: set[str]) -> None:
    if GAP_LIFECYCLE.check(source, target, roles, EVERYTHING):
        assert target in GAP_LIFECYCLE.targets(source)


@given(st.sampled_from(sorted(GAP_LIFECYCLE.states)), st.sets(st.sampled_from(["member", "chair", "admin", "dpo"])))
def test_members_and_administrators_move_no_gap(source: str, roles: set[str]) -> None:
    assert GAP_LIFECYCLE.open_targets(source, roles, EVERYTHING) == ()


def test_a_topic_is_mandated_only_after_it_was_prioritised() -> None:
    facts = TopicFacts(has_gaps=True, has_brief=True, has_decision=True, has_mandate=True)

    assert not TOPIC_LIFECYCLE.check("submitted", "mandated", BODY, facts)
    assert TOPIC_LIFECYCLE.check("prioritised", "mandated", BODY, facts)


def test_a_topic_with_an_open_gap_is_not_closed() -> None:
    facts = TopicFacts(has_decision=True, open_gaps=1)

    assert not TOPIC_LIFECYCLE.check("mandated", "closed", BODY, facts)
    assert TOPIC_LIFECYCLE.check("mandated", "closed", BODY, replace(facts, open_gaps=0))


@pytest.mark.parametrize(
    ("cases", "organisations", "reports", "indicators", "grade"),
    [
        (3, 2, 0, 1, "A"),
        (3, 2, 9, 0, "B"),
        (3, 1, 9, 1, "C"),
        (2, 2, 0, 0, "B"),
        (2, 1, 0, 0, "D"),
        (1, 1, 1, 0, "C"),
        (1, 1, 0, 1, "C"),
        (1, 1, 0, 0, "D"),
        (0, 0, 9, 1, "D"),
    ],
)
def test_the_grade_follows_from_the_counts(
    cases: int, organisations: int, reports: int, indicators: int, grade: str
) -> None:
    assert evidence_grade(cases, organisations, reports, indicators) == grade


few = st.integers(0, 6)


@given(few, few, few, few, few, few, few, few)
def test_more_evidence_never_weakens_the_grade(
    cases: int, organisations: int, reports: int, indicators: int, a: int, b: int, c: int, d: int
) -> None:
    before = evidence_grade(cases, organisations, reports, indicators)
    after = evidence_grade(cases + a, organisations + b, reports + c, indicators + d)

    assert after <= before


def test_many_findings_of_one_case_count_once() -> None:
    findings = [EvidenceItem(case_id=1, organisation_id=5)] * 3 + [EvidenceItem(case_id=2, organisation_id=5)]

    count = count_evidence(findings)

    assert (count.cases, count.organisations) == (2, 1)


def test_a_withdrawn_case_is_no_longer_evidence() -> None:
    findings = [EvidenceItem(1, 5), EvidenceItem(2, 6, withdrawn=True)]

    count = count_evidence(findings)

    assert (count.cases, count.organisations) == (1, 1)


@given(st.lists(st.builds(EvidenceItem, st.integers(1, 4), st.integers(1, 4), st.booleans())), st.randoms())
def test_the_order_of_the_findings_does_not_matter(items: list[EvidenceItem], random) -> None:
    shuffled = items.copy()
    random.shuffle(shuffled)

    assert count_evidence(items) == count_evidence(shuffled)


def test_severity_breaks_the_tie_of_equal_products() -> None:
    rare_but_existential = priority_key(4, 2, "C", "F-2026-09")
    frequent_but_noticeable = priority_key(2, 4, "B", "F-2024-03")

    assert priority(4, 2) == priority(2, 4)
    assert sorted([frequent_but_noticeable, rare_but_existential])[0] == rare_but_existential


def test_small_counts_are_for_the_coordination_only() -> None:
    assert is_suppressed(2, 3, in_coordination=False)
    assert is_suppressed(0, 3, in_coordination=False)
    assert not is_suppressed(3, 3, in_coordination=False)
    assert not is_suppressed(1, 3, in_coordination=True)
