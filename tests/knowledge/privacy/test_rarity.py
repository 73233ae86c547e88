"""Which combinations of structured fields only few people share (DP-3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.privacy.rarity import FEW_INHABITANTS, rare_combination

codes = st.sets(st.sampled_from(["refugees", "single_parents", "disability", "minors", "skilled"]))
sizes = st.none() | st.integers(1, 12)
places = st.none() | st.integers(500, 200_000)


@pytest.mark.parametrize(
    ("inhabitants", "groups", "household", "rare"),
    [
        (FEW_INHABITANTS - 1, ["single_parents"], 2, True),
        (FEW_INHABITANTS, ["single_parents"], 2, False),
        (None, ["single_parents"], 2, False),
        (FEW_INHABITANTS - 1, [], 2, False),
        (FEW_INHABITANTS - 1, ["single_parents"], None, False),
    ],
)
def test_a_small_place_a_group_and_the_household_together_are_rare(
    inhabitants: int | None, groups: list[str], household: int | None, rare: bool
) -> None:
    found = rare_combination(inhabitants=inhabitants, groups=groups, household=household)
    assert (found is not None) == rare


def test_a_large_family_stands_out_in_a_small_place_even_without_a_group() -> None:
    found = rare_combination(inhabitants=9_000, groups=[], household=7)
    assert found is not None
    assert (found.small_place, found.large_household) == (True, True)


def test_many_details_are_rare_in_a_large_town_too() -> None:
    assert rare_combination(inhabitants=90_000, groups=["refugees", "disability"], household=4) is not None
    assert rare_combination(inhabitants=90_000, groups=["refugees"], household=4) is None
    assert rare_combination(inhabitants=90_000, groups=["refugees"], household=4, more=["health"]) is not None


@given(places, codes, sizes, codes)
def test_leaving_something_out_never_makes_a_combination_rarer(
    inhabitants: int | None, groups: set[str], household: int | None, more: set[str]
) -> None:
    if rare_combination(inhabitants=inhabitants, groups=groups, household=household, more=more) is None:
        assert rare_combination(inhabitants=None, groups=groups, household=household, more=more) is None
        assert rare_combination(inhabitants=inhabitants, groups=(), household=household, more=more) is None
        assert rare_combination(inhabitants=inhabitants, groups=groups, household=None, more=more) is None
        assert rare_combination(inhabitants=inhabitants, groups=groups, household=household) is None
