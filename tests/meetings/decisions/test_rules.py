"""Ranks from a count, and the steps that follow from a decision."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.lifecycle import STEERING
from knowledge.gaps.rules import GAP_LIFECYCLE, TOPIC_LIFECYCLE
from meetings.decisions.rules import (
    GAP_STEPS,
    TOPIC_STEPS,
    AgreementStanding,
    GapStanding,
    Move,
    Ranked,
    TopicStanding,
    moves,
    number_of_decision,
    ranks,
)


def test_equals_share_a_rank_and_the_next_one_is_left_out() -> None:
    assert ranks((("a",), ("b", "c"), ("d",))) == (
        Ranked("a", 1, False),
        Ranked("b", 2, True),
        Ranked("c", 2, True),
        Ranked("d", 4, False),
    )


@given(st.lists(st.lists(st.text(min_size=1), min_size=1), max_size=6))
def test_the_rank_is_one_more_than_the_number_of_better_options(ranking: list[list[str]]) -> None:
    placed = ranks(ranking)

    for each in placed:
        assert each.rank == 1 + sum(other.rank < each.rank for other in placed)


def test_prioritising_gives_topics_their_rank_and_moves_their_gaps() -> None:
    steps = moves(
        "prioritise",
        [TopicStanding(3, "submitted", rank=1), TopicStanding(5, "submitted", rank=2)],
        [GapStanding(9, "submitted"), GapStanding(5, "submitted")],
    )

    assert steps == (
        Move("topic", 3, "submitted", "prioritised", 1),
        Move("topic", 5, "submitted", "prioritised", 2),
        Move("gap", 9, "submitted", "prioritised"),
        Move("gap", 5, "submitted", "prioritised"),
    )


def test_a_topic_without_a_rank_is_not_prioritised() -> None:
    assert moves("prioritise", [TopicStanding(3, "submitted")]) == ()


def test_a_mandate_puts_the_topic_to_work() -> None:
    assert moves("mandate", [TopicStanding(3, "prioritised", rank=1)], [GapStanding(9, "prioritised")]) == (
        Move("topic", 3, "prioritised", "mandated", 1),
        Move("gap", 9, "prioritised", "in_project"),
    )


def test_an_approved_agreement_starts_the_work_once_an_organisation_has_consented() -> None:
    gaps = [GapStanding(1, "in_project")]

    assert moves("approve_agreement", gaps=gaps, agreements=[AgreementStanding(7, "submitted", consents_given=7)]) == (
        Move("gap", 1, "in_project", "implementing"),
        Move("agreement", 7, "submitted", "approved"),
    )


def test_an_approved_agreement_without_consent_binds_nobody() -> None:
    gaps, agreements = [GapStanding(1, "in_project")], [AgreementStanding(7, "submitted")]

    assert moves("approve_agreement", gaps=gaps, agreements=agreements) == (
        Move("agreement", 7, "submitted", "approved"),
    )


def test_an_agreement_goes_back_for_revision() -> None:
    assert moves("return_agreement", agreements=[AgreementStanding(7, "submitted")]) == (
        Move("agreement", 7, "submitted", "returned"),
    )


@pytest.mark.parametrize(
    ("kind", "source", "target"),
    [
        ("defer", "submitted", "deferred"),
        ("escalate", "submitted", "escalated"),
        ("decline", "submitted", "declined"),
        ("resolve", "monitoring", "resolved"),
    ],
)
def test_other_decisions_move_the_gaps_they_name(kind: str, source: str, target: str) -> None:
    assert moves(kind, gaps=[GapStanding(4, source)]) == (Move("gap", 4, source, target),)


@pytest.mark.parametrize("kind", ["acknowledge", "membership", "concept", "report", "rules", "minutes"])
def test_these_decisions_move_nothing(kind: str) -> None:
    things = [GapStanding(number, state) for number, state in enumerate(sorted(GAP_LIFECYCLE.states))]

    assert moves(kind, [TopicStanding(3, "submitted", rank=1)], things, [AgreementStanding(7, "submitted", 1)]) == ()


def test_a_gap_in_another_state_stays_where_it_is() -> None:
    assert moves("prioritise", gaps=[GapStanding(4, "deferred"), GapStanding(5, "resolved")]) == ()


def test_every_step_of_a_decision_is_one_that_a_body_may_take() -> None:
    for lifecycle, table in ((GAP_LIFECYCLE, GAP_STEPS), (TOPIC_LIFECYCLE, TOPIC_STEPS)):
        by_body = {(step.source, step.target) for step in lifecycle.transitions if STEERING in step.by}
        for steps in table.values():
            assert set(steps.items()) <= by_body


def test_decision_numbers_go_on_after_the_highest() -> None:
    assert number_of_decision([]) == 1
    assert number_of_decision([1, 3]) == 4
