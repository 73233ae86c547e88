"""Attendance is told by items: from which on, up to which, and in which the seat was empty in between."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from meetings.minutes.attendance import THROUGHOUT, Attendance, Called, Stay, attendance, item_at, span

START = datetime(2026, 12, 10, 13, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


COURSE = (Called("1", at(5), at(10)), Called("2", at(10), at(30)), Called("3", at(30), at(60)))


def test_who_was_there_from_before_the_first_item_to_the_end_was_there_throughout() -> None:
    assert attendance([Stay(at(0), at(60))], COURSE) == THROUGHOUT


def test_who_came_late_or_went_early_is_told_by_the_item_that_was_dealt_with() -> None:
    assert attendance([Stay(at(12), at(60))], COURSE) == Attendance(since="2")
    assert attendance([Stay(at(0), at(31), went=True)], COURSE) == Attendance(until="3")


def test_who_left_the_room_for_a_recusal_did_not_go() -> None:
    assert attendance([Stay(at(0), at(12)), Stay(at(20), at(60))], COURSE) == THROUGHOUT


def test_an_absence_in_between_is_named() -> None:
    stays = [Stay(at(0), at(8), went=True), Stay(at(40), at(60), remote=True)]
    assert attendance(stays, COURSE) == Attendance(away=("1–3",), remote=True)


def test_without_called_items_nothing_is_claimed() -> None:
    assert attendance([Stay(at(12), at(20), went=True)], ()) == THROUGHOUT
    assert attendance([], COURSE) == THROUGHOUT


def test_spans_of_items() -> None:
    assert [span("", "4"), span("4", "4"), span("4", "6")] == ["4", "4", "4–6"]


@given(st.integers(0, 60))
def test_the_item_of_a_moment_is_the_last_that_was_called(minute: int) -> None:
    expected = [each.number for each in COURSE if each.at <= at(minute)]
    assert item_at(COURSE, at(minute)) == (expected[-1] if expected else "")
