"""The quorum over time, the clock of an agenda, the speakers list and the code on the wall: pure rules."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.room import checkin
from meetings.room.course import free_of_overlaps, moments, quorum_course
from meetings.room.rules import (
    QUORUM_RULES,
    PresenceInterval,
    QuorumRule,
    QuorumStatement,
    overlaps,
    present_seats,
    quorum,
)
from meetings.room.speaking import Waiting, moved, queue
from meetings.room.states import SpeechKind
from meetings.room.timing import PlannedItem, Span, item_at, spent_on, timing

START = datetime(2026, 12, 10, 13, 0, tzinfo=UTC)
SEATS = range(1, 17)
RULES = st.sampled_from(sorted(QUORUM_RULES))


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def judge(rule: QuorumRule) -> object:
    def finding(present: Collection[int]) -> QuorumStatement:
        return quorum(rule, SEATS, present)

    return finding


@st.composite
def afternoons(draw: st.DrawFn) -> list[PresenceInterval]:
    """Presences as the room takes them: nothing that overlaps is let in."""
    taken: list[PresenceInterval] = []
    for _number in range(draw(st.integers(0, 30))):
        start = draw(st.integers(0, 120))
        end = draw(st.none() | st.integers(start + 1, 130))
        new = PresenceInterval(
            draw(st.sampled_from(SEATS)), draw(st.integers(1, 20)), at(start), at(end) if end else None
        )
        if not overlaps(taken, new):
            taken.append(new)
    return taken


@given(afternoons())
def test_what_the_room_lets_in_never_overlaps(intervals: list[PresenceInterval]) -> None:
    assert free_of_overlaps(intervals)


@given(afternoons(), st.integers(-5, 140))
def test_a_seat_counts_once_however_its_people_change(intervals: list[PresenceInterval], minute: int) -> None:
    here = [each for each in intervals if each.covers(at(minute))]
    assert len(present_seats(intervals, at(minute))) == len(here)


@given(afternoons(), RULES)
def test_the_turns_alternate_and_say_what_holds_until_the_next(intervals: list[PresenceInterval], name: str) -> None:
    finding = judge(QUORUM_RULES[name])
    turns = quorum_course(intervals, finding, START)  # type: ignore[arg-type]

    reached = [turn.statement.reached for turn in turns]
    assert all(before != after for before, after in pairwise(reached))
    for moment in [START, *moments(intervals)]:
        if moment < START:
            continue
        now = [turn for turn in turns if turn.at <= moment][-1]
        assert now.statement.reached == quorum(QUORUM_RULES[name], SEATS, present_seats(intervals, moment)).reached


@given(afternoons(), st.sampled_from(SEATS))
def test_who_stays_all_the_time_never_loses_a_quorum(intervals: list[PresenceInterval], seat: int) -> None:
    finding = judge(QUORUM_RULES["more_than_half"])
    others = [each for each in intervals if each.seat_id != seat]
    with_them = [*others, PresenceInterval(seat, None, START)]
    for moment in moments(with_them):
        before = finding(present_seats(others, moment))  # type: ignore[operator]
        after = finding(present_seats(with_them, moment))  # type: ignore[operator]
        assert after.reached or not before.reached


def test_nobody_there_is_no_turn() -> None:
    assert quorum_course([], judge(QUORUM_RULES["more_than_half"])) == []  # type: ignore[arg-type]


def test_an_item_that_was_called_twice_has_both_times() -> None:
    spans = [Span(1, at(0), at(10)), Span(2, at(10), at(15)), Span(1, at(15))]

    assert spent_on(spans, 1, at(20)) == timedelta(minutes=15)
    assert item_at(spans, at(12)) == 2
    assert item_at(spans, at(10)) == 2
    assert item_at(spans, at(-1)) is None


def test_the_end_moves_only_when_the_current_item_is_over_its_time() -> None:
    items = [PlannedItem(1, 10, ahead=False), PlannedItem(2, 20, ahead=False), PlannedItem(3, 30, ahead=True)]
    spans = [Span(1, at(0), at(15)), Span(2, at(15))]

    early, late = timing(items, spans, at(20), at(60)), timing(items, spans, at(50), at(60))

    assert (early.due, early.ends, early.drift) == (at(35), at(65), timedelta(minutes=5))
    assert (late.ends, late.drift) == (at(80), timedelta(minutes=20))


def test_between_two_items_the_rest_counts_from_now() -> None:
    found = timing([PlannedItem(1, 30, ahead=True)], [], at(5), None)
    assert (found.current, found.due, found.ends, found.drift) == (None, None, at(35), None)


@given(
    st.lists(st.tuples(st.sampled_from(list(SpeechKind)), st.integers(0, 5)), max_size=8),
    st.integers(0, 9),
    st.sampled_from([-1, 1]),
)
def test_points_of_order_come_first_and_nobody_is_lost(
    asked: list[tuple[SpeechKind, int]], who: int, steps: int
) -> None:
    waiting = [Waiting(number, kind, position) for number, (kind, position) in enumerate(asked)]
    kinds = [each.kind == SpeechKind.POINT_OF_ORDER for each in queue(waiting)]
    assert kinds == sorted(kinds, reverse=True)

    positions = moved(waiting, who, steps)
    after = queue([Waiting(each.id, each.kind, positions.get(each.id, each.position)) for each in waiting])
    assert {each.id for each in after} == {each.id for each in waiting}
    before = [each.id for each in queue(waiting)]
    if positions:
        here = before.index(who)
        before[here], before[here + steps] = before[here + steps], before[here]
    assert [each.id for each in after] == before


@pytest.mark.parametrize(("later", "taken"), [(0, True), (100, True), (149, True), (240, False), (3600, False)])
def test_a_code_from_the_wall_holds_for_some_minutes(later: int, taken: bool) -> None:
    code = checkin.code_at(b"secret", 9, START)
    assert checkin.is_current(b"secret", 9, START + timedelta(seconds=later), f" {code.lower()} ") is taken


def test_a_code_opens_one_meeting_of_one_house_and_not_before_its_time() -> None:
    code = checkin.code_at(b"secret", 9, START)

    assert not checkin.is_current(b"secret", 10, START, code)
    assert not checkin.is_current(b"other", 9, START, code)
    assert not checkin.is_current(b"secret", 9, START - timedelta(minutes=1), code)
    assert 0 < checkin.fresh_for(START) <= checkin.SECONDS
