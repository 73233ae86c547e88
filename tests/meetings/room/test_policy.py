"""Who records presence and recusal."""

from collections.abc import Callable

import pytest

from app.core.permissions import Actor, SeatHeld, Verdict
from meetings.agenda.policy import MeetingAccess
from meetings.bodies.policy import BodyAccess
from meetings.room import policy
from meetings.room.policy import may_declare_recusal, may_record_presence

BODY = BodyAccess(9, chair_person_id=2)
RUNNING = MeetingAccess(BODY, "running")


def person(person_id: int, seat: str, *roles: str) -> Actor:
    return Actor(person_id, 1, 7, "bamf", frozenset(roles), (SeatHeld(person_id, 9, seat, False),), "T", "BAMF")


OFFICE, MEMBER = person(3, "office"), person(4, "voting")


def test_everyone_reports_themselves_and_the_office_reports_anyone() -> None:
    assert may_record_presence(MEMBER, RUNNING, person_id=4)
    assert not may_record_presence(MEMBER, RUNNING, person_id=5)
    assert may_record_presence(OFFICE, RUNNING, person_id=5)


def test_recusal_is_declared_by_the_seat_itself_or_recorded_by_the_office() -> None:
    assert may_declare_recusal(MEMBER, RUNNING, seat_id=4)
    assert not may_declare_recusal(MEMBER, RUNNING, seat_id=5)
    assert may_declare_recusal(OFFICE, RUNNING, seat_id=4)


@pytest.mark.parametrize("state", ["draft", "held", "closed", "cancelled"])
def test_nothing_is_recorded_outside_the_meeting(state: str) -> None:
    meeting = MeetingAccess(BODY, state)

    assert not may_record_presence(OFFICE, meeting, person_id=4)
    assert not may_declare_recusal(MEMBER, meeting, seat_id=4)


CHAIR, STRANGER = person(2, "voting"), Actor(9, 1, 7, "bamf", frozenset(), (), "T", "BAMF")
GUEST = Actor(8, 1, 7, "bamf", frozenset(), (), "T", "BAMF")
COORDINATION = Actor(7, 1, 7, "ki", frozenset({"coordination"}), (), "T", "KI")
WITH_GUEST = MeetingAccess(BODY, "running", frozenset({8}))


@pytest.mark.parametrize(
    ("rule", "states"),
    [
        (policy.may_lead_room, {"running", "paused"}),
        (policy.may_set_up_room, {"invited", "running", "paused"}),
        (policy.may_capture, {"running", "paused", "held"}),
        (policy.may_enter_presence, {"invited", "running", "paused", "held"}),
    ],
)
def test_what_leads_is_for_chair_and_office_in_its_time(rule: Callable[..., Verdict], states: set[str]) -> None:
    everything = ("draft", "scheduled", "invited", "running", "paused", "held", "closed", "cancelled")
    for state in everything:
        meeting = MeetingAccess(BODY, state, frozenset({8}))
        for leader in (OFFICE, CHAIR):
            assert bool(rule(leader, meeting)) is (state in states), state
        for other in (MEMBER, GUEST, STRANGER, COORDINATION):
            assert not rule(other, meeting)
    assert rule(STRANGER, RUNNING).hidden


def test_members_ask_for_the_floor_and_guests_are_called() -> None:
    assert policy.may_ask_for_floor(MEMBER, WITH_GUEST)
    assert policy.may_ask_for_floor(OFFICE, WITH_GUEST)
    assert not policy.may_ask_for_floor(GUEST, WITH_GUEST)
    assert not policy.may_ask_for_floor(COORDINATION, WITH_GUEST)
    assert policy.may_ask_for_floor(STRANGER, WITH_GUEST).hidden
    assert not policy.may_ask_for_floor(MEMBER, MeetingAccess(BODY, "held"))


def test_a_guest_does_not_follow_what_is_not_public() -> None:
    assert policy.sees_everything(MEMBER, WITH_GUEST)
    assert policy.sees_everything(COORDINATION, WITH_GUEST)
    assert not policy.sees_everything(GUEST, WITH_GUEST)
    assert not policy.sees_everything(person(4, "guest"), WITH_GUEST)
