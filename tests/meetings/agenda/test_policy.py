"""Who may read, plan and conduct a meeting."""

import pytest

from app.core.permissions import Actor, SeatHeld
from meetings.agenda.policy import (
    MeetingAccess,
    may_conduct_meeting,
    may_edit_agenda,
    may_plan_meeting,
    may_read_meeting,
)
from meetings.bodies.policy import BodyAccess

BODY = BodyAccess(body_id=9, chair_person_id=2)
MEETING = MeetingAccess(BODY, "running", guest_person_ids=frozenset({30}))


def person(person_id: int, *roles: str, seat: str | None = None, body_id: int = 9, deputy: bool = False) -> Actor:
    seats = (SeatHeld(person_id, body_id, seat, deputy),) if seat else ()
    return Actor(person_id, 1, 7, "jobcenter", frozenset(roles), seats, "Holger Brandes", "Jobcenter")


CHAIR = person(2, "member", "chair", seat="voting")
OFFICE = person(3, "coordination", "moderator", seat="office")
MEMBER = person(4, "member", seat="voting")
DEPUTY = person(5, "deputy", seat="voting", deputy=True)
ADVISER = person(6, "advisor", seat="advisory")
GUEST = person(30, "expert")
COORDINATION = person(8, "coordination")
STRANGER = person(10, "member", "chair", seat="voting", body_id=77)
ADMIN = person(11, "admin")


@pytest.mark.parametrize("actor", [CHAIR, OFFICE, MEMBER, DEPUTY, ADVISER, GUEST, COORDINATION])
def test_the_body_its_guests_and_the_coordination_read_the_meeting(actor: Actor) -> None:
    assert may_read_meeting(actor, MEETING)


@pytest.mark.parametrize("actor", [STRANGER, ADMIN])
def test_for_everyone_else_the_meeting_does_not_exist(actor: Actor) -> None:
    assert may_read_meeting(actor, MEETING).hidden
    assert may_conduct_meeting(actor, MEETING).hidden


@pytest.mark.parametrize("actor", [CHAIR, OFFICE])
def test_chair_and_office_conduct_it(actor: Actor) -> None:
    assert may_conduct_meeting(actor, MEETING)


@pytest.mark.parametrize("actor", [MEMBER, DEPUTY, ADVISER, GUEST, COORDINATION])
def test_nobody_else_conducts_it_not_even_a_coordination_without_office_seat(actor: Actor) -> None:
    verdict = may_conduct_meeting(actor, MEETING)

    assert not verdict
    assert not verdict.hidden


def test_chair_office_and_coordination_plan() -> None:
    assert [bool(may_plan_meeting(actor, BODY)) for actor in (CHAIR, OFFICE, COORDINATION, MEMBER)] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("state", ["held", "closed", "cancelled"])
def test_the_agenda_of_a_held_meeting_is_not_edited(state: str) -> None:
    assert may_edit_agenda(OFFICE, MEETING)
    assert not may_edit_agenda(OFFICE, MeetingAccess(BODY, state))
