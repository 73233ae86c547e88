"""What an actor and a verdict say about themselves."""

from app.core.permissions import (
    ALLOWED,
    Actor,
    SeatHeld,
    all_of,
    allowed_if,
    hidden,
    refused,
    shown_if,
)


def member(*seats: SeatHeld, roles: frozenset[str] = frozenset({"member"})) -> Actor:
    return Actor(1, 1, 7, "jobcenter", roles, seats, "Holger Brandes", "Jobcenter")


def test_one_matching_role_is_enough() -> None:
    assert member().has_role("chair", "member")
    assert not member().has_role("chair", "coordination")
    assert not member().has_role()


def test_a_seat_counts_in_its_own_body_only() -> None:
    actor = member(SeatHeld(seat_id=3, body_id=9, kind="voting", deputy=False))

    assert actor.holds_seat(9)
    assert not actor.holds_seat(8)


def test_the_kind_of_seat_matters_when_kinds_are_named() -> None:
    actor = member(SeatHeld(seat_id=3, body_id=9, kind="advisory", deputy=False))

    assert actor.holds_seat(9, "voting", "advisory")
    assert not actor.holds_seat(9, "voting")


def test_the_deputy_of_a_seat_holds_it_too() -> None:
    assert member(SeatHeld(seat_id=3, body_id=9, kind="voting", deputy=True)).holds_seat(9, "voting")


def test_only_an_allowed_verdict_is_true() -> None:
    assert ALLOWED
    assert not refused("Das geht nicht.")
    assert not hidden()


def test_a_hidden_verdict_tells_nothing_about_the_thing() -> None:
    assert hidden().hidden
    assert not refused("Das geht nicht.").hidden


def test_conditions_become_verdicts() -> None:
    assert allowed_if(True, "Das geht nicht.") == ALLOWED
    assert allowed_if(False, "Das geht nicht.").reason == "Das geht nicht."
    assert shown_if(True) == ALLOWED
    assert shown_if(False).hidden


def test_the_first_refusal_is_the_one_that_is_told() -> None:
    assert all_of(ALLOWED, ALLOWED) == ALLOWED
    assert all_of(ALLOWED, refused("erstens"), refused("zweitens")).reason == "erstens"
