"""Who belongs to a body, leads it, keeps it."""

from app.core.permissions import Actor, SeatHeld
from meetings.bodies.policy import (
    BodyAccess,
    holds_office,
    is_chair,
    is_member,
    may_edit_body,
    may_found_body,
    may_read_bodies,
    may_read_body,
    roles_in,
    runs_meetings_of,
)

STEERING, PROJECT = BodyAccess(9, chair_person_id=2), BodyAccess(10)


def person(*roles: str, person_id: int = 2, seats: tuple[SeatHeld, ...] = ()) -> Actor:
    return Actor(person_id, 1, 7, "county_admin", frozenset(roles), seats, "Annegret Wieland", "Kreis")


def test_the_role_of_chair_holds_in_its_own_body_only() -> None:
    chair = person("member", "chair")

    assert is_chair(chair, STEERING)
    assert not is_chair(chair, PROJECT)
    assert roles_in(chair, STEERING) == {"member", "chair"}
    assert roles_in(chair, PROJECT) == {"member"}


def test_an_office_seat_makes_the_office_of_that_body() -> None:
    office = person("coordination", person_id=3, seats=(SeatHeld(1, 9, "office", False),))

    assert holds_office(office, STEERING)
    assert not holds_office(office, PROJECT)
    assert "office" in roles_in(office, STEERING)
    assert "office" not in roles_in(office, PROJECT)


def test_the_moderator_of_a_project_group_does_what_its_office_would() -> None:
    moderator = person("coordination", "moderator", person_id=3)
    project = BodyAccess(10, chair_person_id=8, moderator_person_id=3)

    assert runs_meetings_of(moderator, project)
    assert "office" in roles_in(moderator, project)
    assert not runs_meetings_of(moderator, STEERING)


def test_a_guest_is_no_member() -> None:
    assert not is_member(person(seats=(SeatHeld(1, 9, "guest", False),)), STEERING)
    assert is_member(person(seats=(SeatHeld(1, 9, "advisory", False),)), STEERING)


def test_bodies_are_open_to_read_and_kept_by_office_and_coordination() -> None:
    office = person(person_id=3, seats=(SeatHeld(1, 9, "office", False),))

    assert may_read_bodies(person())
    assert may_read_body(person(), STEERING)
    assert may_edit_body(office, STEERING)
    assert not may_edit_body(office, PROJECT)
    assert may_edit_body(person("coordination"), PROJECT)


def test_only_the_coordination_founds_a_body() -> None:
    assert may_found_body(person("coordination"))
    assert not may_found_body(person("chair", "admin"))
