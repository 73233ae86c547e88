"""Who casts a ballot and who reads a result."""

from dataclasses import replace

from app.core.permissions import Actor, SeatHeld
from meetings.agenda.policy import MeetingAccess
from meetings.bodies.policy import BodyAccess
from meetings.voting.policy import (
    PollAccess,
    may_cast,
    may_close_poll,
    may_open_poll,
    may_prepare_poll,
    may_read_poll,
    may_read_result,
    seat_to_cast,
)

MEETING = MeetingAccess(BodyAccess(9, chair_person_id=2), "running")
POLL = PollAccess(
    MEETING,
    "open",
    electorate=frozenset({1, 4}),
    occupants={1: 11, 4: 44, 6: 66},
)


def person(person_id: int, seat_id: int, kind: str = "voting", deputy: bool = False, body_id: int = 9) -> Actor:
    seats = (SeatHeld(seat_id, body_id, kind, deputy),)
    return Actor(person_id, 1, 7, "jobcenter", frozenset({"member"}), seats, "Holger Brandes", "Jobcenter")


HOLDER, DEPUTY = person(11, 1), person(12, 1, deputy=True)
ADVISER = person(66, 6, "advisory")
CHAIR = person(2, 3)
STRANGER = person(90, 70, body_id=77)


def test_an_entitled_and_present_member_casts() -> None:
    assert may_cast(HOLDER, POLL)
    seat = seat_to_cast(HOLDER, POLL)
    assert seat is not None
    assert seat.seat_id == 1


def test_the_deputy_casts_only_while_sitting_on_the_seat() -> None:
    assert not may_cast(DEPUTY, POLL)

    replaced = replace(POLL, occupants={1: 12})

    assert may_cast(DEPUTY, replaced)
    assert not may_cast(HOLDER, replaced)


def test_holder_and_deputy_may_cast_where_only_the_seat_was_recorded() -> None:
    unnamed = replace(POLL, occupants={1: None})

    assert may_cast(HOLDER, unnamed)
    assert may_cast(DEPUTY, unnamed)


def test_an_absent_member_cannot_vote() -> None:
    assert not may_cast(HOLDER, replace(POLL, occupants={}))


def test_a_seat_outside_the_frozen_electorate_cannot_vote() -> None:
    assert not may_cast(HOLDER, replace(POLL, electorate=frozenset({4})))


def test_a_recused_seat_cannot_vote_and_reads_why() -> None:
    assert "Befangenheit" in may_cast(HOLDER, replace(POLL, recused=frozenset({1}))).reason


def test_an_advisory_seat_cannot_vote_even_if_listed() -> None:
    assert not may_cast(ADVISER, replace(POLL, electorate=frozenset({1, 6})))


def test_nobody_votes_before_the_opening_or_after_the_close() -> None:
    for state in ("draft", "closed", "published", "voided"):
        assert not may_cast(HOLDER, replace(POLL, state=state))


def test_a_seat_votes_once_unless_the_rule_lets_it_change_its_mind() -> None:
    done = replace(POLL, cast=frozenset({1}))

    assert "bereits abgestimmt" in may_cast(HOLDER, done).reason
    assert may_cast(HOLDER, replace(done, revote_allowed=True))


def test_for_someone_outside_the_meeting_the_poll_does_not_exist() -> None:
    assert may_cast(STRANGER, POLL).hidden
    assert may_read_poll(STRANGER, POLL).hidden
    assert may_read_result(STRANGER, replace(POLL, state="published")).hidden


def test_chair_and_office_prepare_open_and_close() -> None:
    for predicate in (may_prepare_poll, may_open_poll, may_close_poll):
        assert predicate(CHAIR, MEETING)
        assert not predicate(HOLDER, MEETING)


def test_nobody_reads_an_interim_result_not_even_the_chair() -> None:
    assert not may_read_result(CHAIR, POLL)


def test_between_close_and_publication_only_chair_and_office_read_the_result() -> None:
    closed = replace(POLL, state="closed")

    assert may_read_result(CHAIR, closed)
    assert not may_read_result(HOLDER, closed)
    assert may_read_result(HOLDER, replace(POLL, state="published"))
