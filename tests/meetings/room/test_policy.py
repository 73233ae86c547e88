"""Who records presence and recusal."""

import pytest

from app.core.permissions import Actor, SeatHeld
from meetings.agenda.policy import MeetingAccess
from meetings.bodies.policy import BodyAccess
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
