"""Neutral words, households in bands, letters of stations, circles of a consent: pure rules."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.cases.drafts import EVERYBODY, NO_AUTHORITIES, NOBODY, ROOMS, WELFARE, StationDraft, problem_of, room_of
from knowledge.cases.household import household_words, size
from knowledge.cases.names import TREES, free_words, key_of, offered, station_prefix, word_of
from knowledge.cases.rules import AUTHORITY_TYPES, locked_organisation_types
from knowledge.privacy.person_names import FIRST_NAMES


def test_every_word_has_a_key_of_its_own_and_is_nobodys_first_name() -> None:
    assert len({key_of(word) for word in TREES}) == len(TREES)
    assert not FIRST_NAMES.intersection(TREES)


@given(st.sets(st.sampled_from([key_of(word) for word in TREES])))
def test_a_word_in_use_is_not_offered(used: set[str]) -> None:
    assert not {key_of(word) for word in free_words(used)} & used
    assert offered(used, len(used))


def test_when_all_words_are_used_a_second_round_begins() -> None:
    used = {key_of(word) for word in TREES}
    assert free_words(used)[0] == f"{TREES[0]} 2"
    assert word_of(key_of(f"{TREES[0]} 2")) == f"{TREES[0]} 2"


@pytest.mark.parametrize("key", ["familie-meier", "buche-x", ""])
def test_a_key_that_is_no_word_of_ours_has_none(key: str) -> None:
    assert word_of(key) is None


def test_stations_of_two_cases_have_different_letters() -> None:
    keys = [key_of(word) for word in TREES]
    prefixes = [station_prefix(key, keys) for key in keys]
    assert len(set(prefixes)) == len(prefixes)


@pytest.mark.parametrize(
    ("bands", "words"),
    [
        ((2, "27_39", 1, "primary"), "zwei Erwachsene (27 bis 39 Jahre), ein Kind im Grundschulalter"),
        ((1, None, 0, None), "eine erwachsene Person"),
        ((0, None, 1, "secondary"), "ein Kind an weiterführenden Schulen"),
        ((3, None, 3, None), "drei oder mehr Erwachsene, drei oder mehr Kinder"),
    ],
)
def test_a_household_is_said_in_bands(bands: tuple[int, str | None, int, str | None], words: str) -> None:
    assert household_words(*bands) == words


def test_the_size_of_a_household_counts_what_is_stated() -> None:
    assert size(None, None) is None
    assert size(2, None) == 2
    assert size(1, 3) == 4


def test_each_circle_is_wider_than_the_one_before() -> None:
    locked = [locked_organisation_types(ROOMS[room]) for room in (NOBODY, WELFARE, NO_AUTHORITIES, EVERYBODY)]
    for narrow, wide in combinations(locked, 2):
        assert wide < narrow
    assert locked[2] == AUTHORITY_TYPES
    assert locked[3] == frozenset()


@pytest.mark.parametrize("room", list(ROOMS))
def test_a_circle_is_found_again_in_its_scopes(room: str) -> None:
    assert room_of(ROOMS[room]) == room


@given(st.integers(-10, 1000), st.text(max_size=200))
def test_a_station_is_right_or_says_what_is_wrong(month: int, title: str) -> None:
    problem = problem_of(StationDraft(month, title, "sgb2", "housing"))
    assert (problem is None) == (0 <= month <= 240 and bool(title) and len(title) <= 120)
