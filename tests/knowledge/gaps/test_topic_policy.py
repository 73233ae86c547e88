"""Who may shape topics."""

from dataclasses import dataclass

import pytest

from app.core.permissions import Actor, SeatHeld
from knowledge.gaps.topic_policy import may_change_topic, may_read_topics, may_write_topics

ROLES = (
    "coordination", "moderator", "minutes", "casemgmt", "member", "deputy", "chair", "project_lead", "advisor",
    "expert", "admin", "dpo",
)  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """A topic as the predicates see it."""

    state: str = "draft"
    visibility: str = "network"
    is_merged: bool = False


def someone(role: str, *seats: SeatHeld) -> Actor:
    return Actor(1, 1, 1, "jobcenter", frozenset({role}), seats, "Eine Person", "Eine Stelle")


@pytest.mark.parametrize("role", ROLES)
def test_only_the_coordination_writes_and_everybody_reads_the_list(role: str) -> None:
    assert bool(may_write_topics(someone(role))) is (role == "coordination")
    assert may_read_topics(someone(role))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("visibility", ["coordination", "body", "network"])
def test_who_may_not_read_a_topic_does_not_learn_that_it_exists(role: str, visibility: str) -> None:
    verdict = may_change_topic(someone(role), Shape(visibility=visibility))
    if role == "coordination":
        assert verdict
    elif visibility == "network":
        assert not verdict
        assert not verdict.hidden
    else:
        assert verdict.hidden


def test_a_member_of_a_body_learns_why_not() -> None:
    seat = SeatHeld(1, 1, "voting", deputy=False)
    verdict = may_change_topic(someone("member", seat), Shape(visibility="body"))
    assert not verdict.hidden
    assert verdict.reason == "Themen pflegt die Koordination."


@pytest.mark.parametrize("state", ["prioritised", "mandated", "closed"])
def test_what_a_body_decided_about_is_nobodys_to_change(state: str) -> None:
    verdict = may_change_topic(someone("coordination"), Shape(state))
    assert "hat ein Gremium entschieden" in verdict.reason


def test_a_merged_topic_is_not_changed() -> None:
    assert "aufgegangen" in may_change_topic(someone("coordination"), Shape(is_merged=True)).reason
