"""Who is in the room at a moment, and whether the body can decide."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.room.rules import (
    QUORUM_RULES,
    PresenceInterval,
    QuorumRule,
    occupants,
    overlaps,
    present_seats,
    quorum,
    seats_needed,
)

TWO_O_CLOCK = datetime(2026, 12, 10, 14, 0, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return TWO_O_CLOCK + timedelta(minutes=minutes)


def presence(seat: int, person: int, start: int, end: int | None = None) -> PresenceInterval:
    return PresenceInterval(seat, person, at(start), None if end is None else at(end))


def test_a_seat_is_present_from_its_arrival_until_it_leaves() -> None:
    intervals = [presence(1, 11, 0, 30), presence(2, 12, 10)]

    assert present_seats(intervals, at(-1)) == set()
    assert present_seats(intervals, at(0)) == {1}
    assert present_seats(intervals, at(10)) == {1, 2}
    assert present_seats(intervals, at(30)) == {2}


def test_whoever_comes_back_is_present_again() -> None:
    intervals = [presence(1, 11, 0, 20), presence(1, 11, 40)]

    assert present_seats(intervals, at(30)) == set()
    assert present_seats(intervals, at(40)) == {1}


def test_holder_and_deputy_share_one_seat() -> None:
    intervals = [presence(1, 11, 0, 60), presence(1, 99, 60)]

    assert occupants(intervals, at(59)) == {1: 11}
    assert occupants(intervals, at(60)) == {1: 99}
    assert present_seats(intervals, at(60)) == {1}


def test_two_people_cannot_be_on_one_seat_nor_one_person_on_two() -> None:
    there = [presence(1, 11, 0)]

    assert overlaps(there, presence(1, 99, 10))
    assert overlaps(there, presence(2, 11, 10))
    assert not overlaps(there, presence(2, 99, 10))
    assert not overlaps([presence(1, 11, 0, 10)], presence(1, 99, 10))


@given(
    st.lists(
        st.builds(presence, st.integers(1, 5), st.integers(1, 5), st.integers(0, 90), st.none() | st.integers(0, 120))
    ),
    st.integers(-10, 130),
)
def test_every_occupied_seat_is_present_and_the_other_way_round(intervals: list[PresenceInterval], minute: int) -> None:
    assert set(occupants(intervals, at(minute))) == present_seats(intervals, at(minute))


@pytest.mark.parametrize(
    ("rule", "entitled", "needed"),
    [
        ("half_of_voting_members", 16, 8),
        ("half_of_voting_members", 15, 8),
        ("more_than_half", 16, 9),
        ("more_than_half", 15, 8),
        ("more_than_half_min_three", 2, 3),
        ("more_than_half_min_three", 18, 10),
        ("two_thirds", 16, 11),
        ("none", 16, 1),
    ],
)
def test_the_number_needed_follows_from_the_rule(rule: str, entitled: int, needed: int) -> None:
    assert seats_needed(QUORUM_RULES[rule], entitled) == needed


def test_nine_of_sixteen_are_enough_for_half() -> None:
    statement = quorum(QUORUM_RULES["half_of_voting_members"], range(16), range(9))

    assert (statement.reached, statement.present, statement.entitled, statement.needed) == (True, 9, 16, 8)


def test_seats_without_a_vote_do_not_make_a_quorum() -> None:
    statement = quorum(QUORUM_RULES["half_of_voting_members"], range(16), [*range(7), 100, 101, 102])

    assert statement.kind == "too_few"
    assert statement.present == 7


def test_an_uninvited_member_spoils_the_quorum_where_the_rule_says_so() -> None:
    rule = QUORUM_RULES["more_than_half_min_three"]

    assert quorum(rule, range(5), range(5), all_invited=False).kind == "not_all_invited"
    assert quorum(QUORUM_RULES["more_than_half"], range(5), range(5), all_invited=False).reached


def test_the_second_call_is_quorate_whatever_the_number() -> None:
    rule = QUORUM_RULES["more_than_half_min_three"]

    assert not quorum(rule, range(16), range(2)).reached
    assert quorum(rule, range(16), range(2), second_call=True).kind == "second_call"
    assert not quorum(rule, range(16), [], second_call=True).reached
    assert not quorum(QUORUM_RULES["more_than_half"], range(16), range(2), second_call=True).reached


def test_a_body_without_voting_seats_decides_nothing() -> None:
    assert quorum(QUORUM_RULES["none"], [], []).kind == "no_seats"


quorum_rules = st.builds(QuorumRule, st.integers(0, 3), st.integers(3, 4), st.booleans(), st.integers(1, 4))
seats = st.sets(st.integers(1, 20))


@given(quorum_rules, seats, seats, st.integers(1, 20))
def test_one_more_person_never_loses_a_quorum(rule: QuorumRule, voting: set[int], present: set[int], seat: int) -> None:
    if quorum(rule, voting, present).reached:
        assert quorum(rule, voting, present | {seat}).reached


@given(st.integers(1, 40), st.integers(0, 40))
def test_more_than_half_means_just_that(entitled: int, present: int) -> None:
    statement = quorum(QUORUM_RULES["more_than_half"], range(entitled), range(min(present, entitled)))

    assert statement.reached == (2 * statement.present > entitled)
