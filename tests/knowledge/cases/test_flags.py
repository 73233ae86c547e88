"""Labels on poles: no label lies on another label or on another's pole, whatever stands close together."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.cases.flags import GAP, Flag, hang, row_offsets, spread

POLE = 11.0


def flag(left: float, width: float, height: float = 34) -> Flag:
    return Flag(left, left + width, left + POLE + 7 + width, height)


def test_labels_with_room_stand_in_the_first_row() -> None:
    assert hang([flag(0, 100), flag(200, 100), flag(400, 100)]) == (0, 0, 0)


def test_where_the_next_label_is_in_the_way_the_earlier_one_hangs_lower() -> None:
    assert hang([flag(0, 100), flag(50, 100)]) == (1, 0)


def test_three_close_together_hang_like_stairs() -> None:
    assert hang([flag(0, 100), flag(30, 100), flag(60, 100)]) == (2, 1, 0)


def test_nothing_hangs_without_labels() -> None:
    assert hang([]) == ()
    assert row_offsets([], (), 8) == (0.0,)


def test_rows_are_as_high_as_their_highest_label() -> None:
    flags = [flag(0, 100, height=51), flag(30, 100, height=34), flag(200, 100, height=17)]

    assert row_offsets(flags, (1, 0, 0), 8) == (0, 42, 101)


crowds = st.lists(st.tuples(st.integers(0, 400), st.integers(20, 200)), min_size=1, max_size=12).map(
    lambda pairs: [
        flag(left, width)
        for left, (_, width) in zip(spread(sorted(float(x) for x, _ in pairs), 28), pairs, strict=True)
    ]
)


def span(each: Flag, row: int) -> tuple[float, float]:
    return (each.left, each.right) if row == 0 else (each.left + POLE, each.right_below)


@given(crowds)
def test_two_labels_of_one_row_never_touch(flags: list[Flag]) -> None:
    rows = hang(flags)

    for number, (each, row) in enumerate(zip(flags, rows, strict=True)):
        for other, other_row in zip(flags[number + 1 :], rows[number + 1 :], strict=True):
            if row == other_row:
                assert span(each, row)[1] + GAP <= span(other, row)[0]


@given(crowds)
def test_no_pole_runs_through_a_label_that_hangs_nearer(flags: list[Flag]) -> None:
    rows = hang(flags)

    for each, row in zip(flags, rows, strict=True):
        pole = each.left + POLE
        for other, other_row in zip(flags, rows, strict=True):
            if other is not each and other_row < row:
                left, right = span(other, other_row)
                assert not left < pole < right


@given(st.lists(st.floats(0, 500), max_size=12).map(sorted), st.integers(1, 40))
def test_neighbours_are_moved_apart_and_keep_their_order(positions: list[float], distance: int) -> None:
    placed = spread(positions, distance)

    assert all(b - a >= distance - 1e-6 for a, b in pairwise(placed))
    assert all(after >= before for before, after in zip(positions, placed, strict=True))


def test_what_stands_apart_is_not_moved() -> None:
    assert spread([0, 50, 100], 28) == pytest.approx((0, 50, 100))
