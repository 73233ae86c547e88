"""Agreement between two people: the examples that Krippendorff worked out, and what must hold for any data."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.coding.agreement import Counts, alpha, alpha_of, counts


def test_krippendorffs_binary_example() -> None:
    first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    found = alpha(list(zip(first, second, strict=True)))
    assert found == Fraction(2, 21)
    assert round(float(found or 0), 3) == 0.095


def test_krippendorffs_nominal_example_with_two_observers() -> None:
    found = alpha(list(zip("aabbdcccedda", "babbbcccedd" + "d", strict=True)))
    assert round(float(found or 0), 3) == 0.692


def test_krippendorffs_example_with_four_observers_and_missing_values() -> None:
    rows = ["123321412...", "123322412 5.3", ".33323422 51.", "123324412 51."]
    tidy = [row.replace(" ", "") for row in rows]
    units = [[None if row[number] == "." else row[number] for row in tidy] for number in range(12)]
    found = alpha(units)
    assert round(float(found or 0), 3) == 0.743


def test_nothing_to_compare_has_no_alpha() -> None:
    assert alpha([]) is None
    assert alpha([[1, None], [None, 2]]) is None
    assert alpha([[1, 1], [1, 1]]) is None, "where only one value occurs, chance explains everything"


def test_counts_say_who_marked_what() -> None:
    found = counts([True, True, False, False], [True, False, True, False])
    assert found == Counts(1, 1, 1, 1)
    assert found.units == 4
    assert found.used
    assert not Counts(neither=3).used
    with pytest.raises(ValueError, match="zip"):
        counts([True], [])


JUDGED = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=12)
LOOSE = st.lists(st.lists(st.sampled_from(["a", "b", None]), max_size=4), max_size=10)


@given(JUDGED)
def test_full_agreement_is_one(units: list[tuple[str, str]]) -> None:
    found = alpha([(first, first) for first, _second in units])
    assert found in (None, Fraction(1))


@given(LOOSE)
def test_alpha_is_never_above_one_and_one_only_without_disagreement(units: list[list[str | None]]) -> None:
    found = alpha(units)
    if found is None:
        return
    assert found <= 1
    disagree = any(len({value for value in unit if value}) > 1 for unit in units)
    assert (found == 1) == (not disagree)


@given(JUDGED, st.randoms(use_true_random=False))
def test_neither_the_order_of_units_nor_of_people_matters(units: list[tuple[str, str]], chance: object) -> None:
    mixed = [(second, first) for first, second in units]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert alpha(mixed) == alpha(units)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_alpha_of_counts_is_alpha_of_their_units(both: int, first: int, second: int, neither: int) -> None:
    counted = Counts(both, first, second, neither)
    a = [True] * (both + first) + [False] * (second + neither)
    b = [True] * both + [False] * first + [True] * second + [False] * neither
    assert counts(a, b) == counted
    assert alpha_of(counted) == alpha(list(zip(a, b, strict=True)))
