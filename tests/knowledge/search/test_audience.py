"""Audience tokens of a person."""

from app.core.permissions import Actor, SeatHeld
from knowledge.search.audience import EVERYONE, MEMBERS, body, organisation, person, role, tokens_of


def test_a_person_holds_the_tokens_of_roles_seats_organisation_and_self() -> None:
    seat = SeatHeld(seat_id=1, body_id=7, kind="voting", deputy=False)
    actor = Actor(3, 1, 5, "jobcenter", frozenset({"member"}), (seat,), "Name", "Jobcenter")
    assert tokens_of(actor) == {EVERYONE, MEMBERS, person(3), organisation(5), role("member"), body(7)}


def test_a_guest_of_a_body_is_not_a_member() -> None:
    chair = SeatHeld(seat_id=1, body_id=7, kind="guest", deputy=False)
    actor = Actor(3, 1, 5, "jobcenter", frozenset({"expert"}), (chair,), "Name", "Jobcenter")
    assert MEMBERS not in tokens_of(actor)
