"""Phases and their clocks, without a database: the time is an argument."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.lifecycle import RefusedMove
from knowledge.reconstruction import rules
from knowledge.reconstruction.rules import LIFECYCLE, TEMPLATE, Clock, RoomFacts, remaining
from knowledge.reconstruction.states import PhaseKind

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
STEERS = {"moderator"}
seconds = st.integers(0, 20_000)
minutes = st.integers(rules.SHORTEST, rules.LONGEST)


def later(after: int) -> datetime:
    return NOW + timedelta(seconds=after)


def fresh() -> list[Clock]:
    return [Clock(length) for _kind, length in TEMPLATE]


def test_the_template_takes_between_75_and_90_minutes() -> None:
    assert 75 <= sum(length for _kind, length in TEMPLATE) <= 90
    assert [kind for kind, _length in TEMPLATE] == list(PhaseKind)


@given(minutes, seconds)
def test_a_started_clock_counts_down_and_over(length: int, after: int) -> None:
    clock = rules.start(Clock(length), NOW)
    assert remaining(clock, later(after)) == length * 60 - after


@given(minutes, seconds, seconds)
def test_a_pause_costs_no_time(length: int, ran: int, rested: int) -> None:
    paused = rules.pause(rules.start(Clock(length), NOW), later(ran))
    assert remaining(paused, later(ran + rested)) == length * 60 - ran
    again = rules.resume(paused, later(ran + rested))
    assert remaining(again, later(ran + rested)) == length * 60 - ran


@given(minutes, seconds, st.sampled_from([1, 5]), st.booleans())
def test_more_time_is_at_least_that_much_from_now_on(length: int, ran: int, more: int, paused: bool) -> None:
    clock = rules.start(Clock(length), NOW)
    clock = rules.pause(clock, later(ran)) if paused else clock
    longer = rules.extend(clock, more, later(ran))
    assert remaining(longer, later(ran)) == max(length * 60 - ran, 0) + more * 60


@given(minutes, seconds, seconds)
def test_coming_back_finds_what_was_left_and_at_least_a_minute(length: int, ran: int, away: int) -> None:
    left = rules.finish(rules.start(Clock(length), NOW), later(ran))
    back = rules.start(left, later(ran + away))
    assert remaining(back, later(ran + away)) == max(length * 60 - ran, rules.AGAIN_AT_LEAST)


@given(st.lists(st.tuples(st.integers(1, 10), st.integers(0, 600)), max_size=12))
def test_after_any_moves_exactly_one_phase_runs(moves: list[tuple[int, int]]) -> None:
    clocks, position, now = fresh(), 0, NOW
    for target, wait in moves:
        now += timedelta(seconds=wait)
        clocks = rules.moved(clocks, position, target, now)
        position = target
        assert [place for place, clock in enumerate(clocks, 1) if clock.is_running] == [target]
        assert all(clock.done_at is not None for clock in clocks[: target - 1])
        assert all(clock.done_at is None for clock in clocks[target - 1 :])


@given(seconds)
def test_a_skipped_phase_never_began(after: int) -> None:
    clocks = rules.moved(rules.moved(fresh(), 0, 1, NOW), 1, 3, later(after))
    assert clocks[1].started_at is None
    assert clocks[1].done_at is not None


@given(seconds)
def test_going_back_and_forth_keeps_the_later_phase_s_time(after: int) -> None:
    clocks = rules.moved(rules.moved(fresh(), 0, 1, NOW), 1, 2, NOW)
    clocks = rules.moved(clocks, 2, 1, later(after))
    assert remaining(clocks[1], later(after + 500)) == TEMPLATE[1][1] * 60 - after


@given(st.integers(0, 30), st.integers(0, 30))
def test_stations_are_told_one_by_one_and_all_are_there_afterwards(shown: int, every: int) -> None:
    assert rules.stations_seen(None, shown, every) == 0
    assert rules.stations_seen(PhaseKind.PRESENTATION, shown, every) == min(shown, every)
    assert rules.stations_seen(PhaseKind.CARDS, shown, every) == every


@given(st.text(max_size=40))
def test_whatever_is_typed_as_a_code_stays_short_and_plain(typed: str) -> None:
    code = rules.typed_code(typed)
    assert len(code) <= rules.CODE_LENGTH + 1
    assert all(each.isalnum() for each in code)


def test_a_code_is_read_as_people_type_it() -> None:
    assert rules.typed_code(" k7f-q4a ") == "K7FQ4A"


def test_letters_that_look_alike_are_not_used() -> None:
    assert not set("0OQI1lB8S5Z2") & set(rules.LETTERS) - {"Q"}


@pytest.mark.parametrize(
    ("code", "until", "state", "opens"),
    [
        ("K7FQ4A", NOW + timedelta(hours=1), "running", True),
        ("K7FQ4A", NOW + timedelta(hours=1), "paused", True),
        ("K7FQ4A", NOW, "running", False),
        ("K7FQ4A", NOW + timedelta(hours=1), "held", False),
        (None, None, "running", False),
    ],
)
def test_a_code_opens_today_and_while_the_workshop_goes_on(
    code: str | None, until: datetime | None, state: str, opens: bool
) -> None:
    assert rules.code_opens(code, until, state, NOW) is opens


@pytest.mark.parametrize("facts", [RoomFacts(), RoomFacts(2, 1)])
def test_a_room_does_not_open_without_released_cases(facts: RoomFacts) -> None:
    with pytest.raises(RefusedMove):
        LIFECYCLE.require("planned", "running", STEERS, facts)


def test_only_who_steers_moves_the_workshop_and_nothing_leads_back_from_its_end() -> None:
    assert LIFECYCLE.check("planned", "running", STEERS, RoomFacts(3))
    assert not LIFECYCLE.check("planned", "running", {"member"}, RoomFacts(3))
    assert LIFECYCLE.targets("held") == ()
