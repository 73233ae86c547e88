"""The life of a poll and who may vote in it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.voting.rules import POLL_LIFECYCLE, PollFacts, SeatView, electorate, voting_units

CHAIR = frozenset({"chair"})
READY = PollFacts(
    rule_frozen=True, options=4, electorate=14, quorum_reached=True, meeting_running=True, has_reason=True
)


def test_a_poll_opens_closes_and_is_published() -> None:
    for source, target in (("draft", "open"), ("open", "closed"), ("closed", "published")):
        assert POLL_LIFECYCLE.check(source, target, CHAIR, READY)


def test_a_closed_poll_does_not_open_again() -> None:
    assert "open" not in POLL_LIFECYCLE.targets("closed")
    assert POLL_LIFECYCLE.targets("voided") == ()


@pytest.mark.parametrize(
    ("missing", "word"),
    [
        (replace(READY, meeting_running=False), "laufender Sitzung"),
        (replace(READY, quorum_reached=False), "beschlussfähig"),
        (replace(READY, options=1), "zwei Möglichkeiten"),
        (replace(READY, electorate=0), "niemand"),
        (replace(READY, rule_frozen=False), "Abstimmungsregel"),
        (replace(READY, secret=True, electorate=4), "geheime"),
    ],
)
def test_a_poll_does_not_open_while_something_is_missing(missing: PollFacts, word: str) -> None:
    assert word in POLL_LIFECYCLE.check("draft", "open", CHAIR, missing).reason


def test_five_voters_are_enough_for_a_secret_poll() -> None:
    assert POLL_LIFECYCLE.check("draft", "open", CHAIR, replace(READY, secret=True, electorate=5))


def test_voiding_needs_a_reason() -> None:
    assert POLL_LIFECYCLE.check("published", "voided", CHAIR, READY)
    assert not POLL_LIFECYCLE.check("published", "voided", CHAIR, replace(READY, has_reason=False))


@given(st.sampled_from(sorted(POLL_LIFECYCLE.states)), st.sets(st.sampled_from(["member", "coordination", "admin"])))
def test_members_move_no_poll(source: str, roles: set[str]) -> None:
    assert POLL_LIFECYCLE.open_targets(source, roles, READY) == ()


JOBCENTER, CARITAS, OFFICE, ADVISER = (
    SeatView(1, 71, "voting"),
    SeatView(2, 72, "voting"),
    SeatView(3, 73, "office"),
    SeatView(4, 74, "advisory"),
)
BODY = (ADVISER, OFFICE, CARITAS, JOBCENTER)


def ids(seats: tuple[SeatView, ...]) -> list[int]:
    return [seat.seat_id for seat in seats]


def test_only_voting_seats_vote() -> None:
    assert ids(electorate(BODY, present={1, 2, 3, 4})) == [1, 2]


def test_an_absent_seat_cannot_vote() -> None:
    assert ids(electorate(BODY, present={2, 3})) == [2]


def test_a_recused_seat_cannot_vote() -> None:
    assert ids(electorate(BODY, present={1, 2}, recused={1})) == [2]


def test_one_vote_per_organisation() -> None:
    second = SeatView(9, 71, "voting")

    assert ids(electorate([*BODY, second], {1, 2, 9}, vote_unit="organisation")) == [1, 2]
    assert ids(electorate([*BODY, second], {1, 2, 9}, vote_unit="seat")) == [1, 2, 9]


def test_the_second_seat_of_an_organisation_votes_when_the_first_is_recused() -> None:
    second = SeatView(9, 71, "voting")

    assert ids(electorate([*BODY, second], {1, 2, 9}, recused={1})) == [2, 9]


def test_the_quorum_counts_what_the_vote_unit_says() -> None:
    second = SeatView(9, 71, "voting")

    assert voting_units([*BODY, second]) == {71, 72}
    assert voting_units([*BODY, second], "seat") == {1, 2, 9}


some_seats = st.lists(
    st.builds(SeatView, st.integers(1, 20), st.integers(1, 6), st.sampled_from(["voting", "advisory", "guest"])),
    unique_by=lambda seat: seat.seat_id,
)


@given(some_seats, st.sets(st.integers(1, 20)), st.sets(st.integers(1, 20)), st.randoms())
def test_no_organisation_votes_twice_whatever_the_order(seats, present, recused, random) -> None:
    entitled = electorate(seats, present, recused)
    shuffled = seats.copy()
    random.shuffle(shuffled)

    organisations = [seat.organisation_id for seat in entitled]
    assert len(organisations) == len(set(organisations))
    assert set(electorate(shuffled, present, recused)) == set(entitled)
    assert not {seat.seat_id for seat in entitled} & recused
