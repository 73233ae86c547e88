"""The matrix: one mark per case and column, sums that add up, and no small number outside the coordination."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.cases.rules import TransitionNumbers
from knowledge.comparison.rules import Mark, Sighting, Sum, Telling, mark_of, matrix, telling
from knowledge.comparison.wording import Eyes

ASSESSMENTS = ("break", "bridge", "delay", "neutral", "turning_point")
sightings = st.lists(
    st.builds(Sighting, st.integers(1, 6), st.sampled_from("abcd"), st.sampled_from(ASSESSMENTS)), max_size=40
)


def test_a_cell_says_break_bridge_or_both() -> None:
    assert mark_of({"break", "delay"}) is Mark.BREAK
    assert mark_of({"bridge"}) is Mark.BRIDGE
    assert mark_of({"bridge", "break", "neutral"}) is Mark.BOTH
    assert mark_of({"delay"}) is Mark.OTHER


@given(sightings)
def test_sums_of_rows_and_columns_agree(seen: list[Sighting]) -> None:
    found = matrix(seen, [1, 2, 3, 4], ["a", "z"])
    assert sum(each.total for each in found.of_case.values()) == sum(each.total for each in found.of_column.values())
    assert sum(each.breaks for each in found.of_case.values()) == sum(each.breaks for each in found.of_column.values())
    assert all(each.breaks <= each.total and each.bridges <= each.total for each in found.of_column.values())
    assert not {5, 6} & set(found.marks), "cases that are not compared show nothing"
    assert set(found.empty) == {"a", "z"} - set(found.columns)
    totals = [found.of_column[column].total for column in found.columns]
    assert totals == sorted(totals, reverse=True)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_outside_the_coordination_no_number_below_the_cell_is_told(bridges: int, breaks: int, other: int) -> None:
    numbers = TransitionNumbers(bridges, breaks, other)
    assert telling(numbers, 3, in_coordination=True) is Telling.ALL
    how = telling(numbers, 3, in_coordination=False)
    if how is Telling.ALL:
        assert all(part == 0 or part >= 3 for part in (bridges, breaks, other))
    if how is Telling.FEWER:
        assert numbers.total < 3
    else:
        assert numbers.total >= 3


def test_sums_are_told_by_right() -> None:
    few = Sum(2, 1, 1)
    assert Eyes(3, True).sum(few) == "2 (1 Bruch, 1 Brücke)"
    assert Eyes(3, False).sum(few) == "weniger als 3"
    assert Eyes(1, False).sum(few) == "weniger als 3", "a tenant may ask for more, never for less"
