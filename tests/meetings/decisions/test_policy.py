"""Who records a decision and who reads it."""

import pytest

from app.core.permissions import Actor, SeatHeld
from meetings.agenda.policy import MeetingAccess
from meetings.bodies.policy import BodyAccess
from meetings.decisions.policy import (
    DecisionAccess,
    may_amend_decision,
    may_read_decision,
    may_record_circular_decision,
    may_record_decision,
)

BODY = BodyAccess(9, chair_person_id=2)
RUNNING = MeetingAccess(BODY, "running")


def person(person_id: int, *roles: str, kind: str | None = None) -> Actor:
    seats = (SeatHeld(person_id, 9, kind, False),) if kind else ()
    return Actor(person_id, 1, 7, "drk", frozenset(roles), seats, "T", "DRK")


CHAIR, OFFICE, MEMBER = person(2, kind="voting"), person(3, kind="office"), person(4, kind="voting")
OUTSIDER, COORDINATION = person(5, "casemgmt"), person(6, "coordination")


def test_chair_and_office_record_decisions() -> None:
    assert may_record_decision(CHAIR, RUNNING)
    assert may_record_decision(OFFICE, RUNNING)
    assert not may_record_decision(MEMBER, RUNNING)
    assert not may_record_decision(COORDINATION, RUNNING)
    assert may_record_circular_decision(CHAIR, BODY)
    assert not may_record_circular_decision(MEMBER, BODY)


@pytest.mark.parametrize("state", ["draft", "invited", "closed"])
def test_decisions_are_recorded_between_opening_and_closing_only(state: str) -> None:
    assert not may_record_decision(CHAIR, MeetingAccess(BODY, state))


def test_after_the_meeting_there_are_amendments() -> None:
    held = MeetingAccess(BODY, "held")

    assert may_amend_decision(OFFICE, held)
    assert not may_amend_decision(MEMBER, held)


def test_the_body_and_the_coordination_read_decisions_others_once_they_are_published() -> None:
    internal, published = DecisionAccess(BODY), DecisionAccess(BODY, "network")

    assert all(may_read_decision(actor, internal) for actor in (CHAIR, OFFICE, MEMBER, COORDINATION))
    assert may_read_decision(OUTSIDER, internal).hidden
    assert may_read_decision(OUTSIDER, published)
