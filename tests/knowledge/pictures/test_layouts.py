"""The drawings: every number is in the picture, nothing lies on something else, the same counts draw the same."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.pictures import bars, heat, ring
from knowledge.pictures.heat import Names

KEYS = st.sampled_from([f"key{number}" for number in range(9)])
FIELDS = st.dictionaries(st.tuples(KEYS, KEYS), st.integers(1, 40), min_size=1)


@given(FIELDS)
def test_every_count_has_its_own_field_on_the_map(counts: dict[tuple[str, str], int]) -> None:
    rows, columns = sorted({row for row, _ in counts}), sorted({column for _, column in counts})
    words = {key: f"Name von {key}" for key in (*rows, *columns)}
    drawn = heat.lay_out(counts, rows, columns, Names(words, words))
    assert {(field.row, field.column): field.number for field in drawn.fields} == counts
    assert len({(field.x, field.y) for field in drawn.fields}) == len(counts)
    assert all(field.x + heat.COLUMN <= drawn.width and field.y + heat.ROW <= drawn.height for field in drawn.fields)


@given(st.integers(1, 1000), st.integers(1, 1000))
def test_more_gaps_are_never_a_lighter_field(one: int, other: int) -> None:
    least, most = sorted((one, other))
    assert 1 <= heat.shade(least, most) <= heat.shade(most, most) == heat.STEPS


def pairs_of(agencies: int) -> dict[tuple[str, str], int]:
    keys = [f"a{number:02}" for number in range(agencies)]
    return {pair: 1 + number % 5 for number, pair in enumerate(combinations(keys, 2)) if number % 3}


@pytest.mark.parametrize("agencies", [2, 5, 24, 37])
def test_every_name_on_the_ring_has_a_line_of_its_own(agencies: int) -> None:
    taking_part = {f"a{number:02}": 1 for number in range(agencies)}
    drawn = ring.lay_out(pairs_of(agencies), taking_part)
    for side in (True, False):
        heights = sorted(agency.y for agency in drawn.agencies if agency.is_left == side)
        assert all(b - a >= 18 for a, b in pairwise(heights))
    assert {agency.key for agency in drawn.agencies} == set(taking_part)
    assert all(0 < agency.y < drawn.height for agency in drawn.agencies)


def test_only_so_many_lines_are_drawn_as_can_be_told_apart_and_the_strongest_of_them() -> None:
    pairs = pairs_of(37)
    drawn = ring.lay_out(pairs, {key: 1 for pair in pairs for key in pair})
    assert len(drawn.links) == ring.MOST_LINES
    assert drawn.left_out == len(pairs) - ring.MOST_LINES
    assert min(link.number for link in drawn.links) >= sorted(pairs.values(), reverse=True)[ring.MOST_LINES - 1]


def test_the_same_counts_give_the_same_ring_in_any_order() -> None:
    pairs = pairs_of(12)
    taking_part = {key: 1 for pair in pairs for key in pair}
    turned = dict(reversed(list(pairs.items())))
    assert ring.lay_out(pairs, taking_part) == ring.lay_out(turned, dict(reversed(list(taking_part.items()))))


def test_agencies_with_many_gaps_between_them_come_to_lie_close() -> None:
    order = ring.near_each_other(["a", "b", "c", "d", "e", "f"], {("a", "d"): 9, ("b", "e"): 9, ("c", "f"): 9})
    assert all(abs(order.index(a) - order.index(b)) in (1, 5) for a, b in (("a", "d"), ("b", "e"), ("c", "f")))


@given(st.dictionaries(st.sampled_from([*bars.WAY, "deferred", "declined"]), st.integers(0, 500)))
def test_bars_are_as_long_as_their_numbers_and_stay_inside(counts: dict[str, int]) -> None:
    states = [*bars.WAY, "deferred", "declined"]
    for width in (bars.WIDE, bars.NARROW):
        drawn = bars.lay_out_states(counts, states, width)
        assert [bar.key for bar in drawn.bars] == states
        assert all(bar.x + bar.width <= width - bars.NUMBER + 0.01 for bar in drawn.bars)
        by_number = sorted(drawn.bars, key=lambda bar: bar.number)
        assert [bar.width for bar in by_number] == sorted(bar.width for bar in drawn.bars)


@given(st.lists(st.integers(0, 4000), min_size=1))
def test_a_spread_runs_from_the_shortest_over_the_median_to_the_longest(days: list[int]) -> None:
    spread = bars.spread_of(days)
    assert spread.least <= spread.low <= spread.high <= spread.most
    assert (spread.least, spread.most, spread.number) == (min(days), max(days), len(days))
    assert spread.median in days


@given(st.dictionaries(st.sampled_from(bars.WAY), st.lists(st.integers(0, 4000), min_size=1), min_size=1))
def test_every_age_lies_on_the_axis(ages: dict[str, list[int]]) -> None:
    for width in (bars.WIDE, bars.NARROW):
        drawn = bars.lay_out_ages(ages, bars.WAY, width)
        assert {box.key for box in drawn.boxes} == set(ages)
        assert all(drawn.ticks[0].x <= box.least <= box.most <= drawn.ticks[-1].x + 0.01 for box in drawn.boxes)
        assert 2 <= len(drawn.ticks) <= 7
        assert drawn.ticks[-1].x <= width
