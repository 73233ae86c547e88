"""Typing errors."""

from collections import defaultdict

import pytest

from knowledge.search.spelling import nearest, weight


def vocabulary(*words: str) -> dict[int, list[str]]:
    by_length: dict[int, list[str]] = defaultdict(list)
    for word in words:
        by_length[len(word)].append(word)
    return by_length


WORDS = vocabulary("behorde", "betreuung", "bedeutung", "sprache", "kurs")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("behrode", "behorde"), ("behord", "behorde"), ("betreuumg", "betreuung"), ("sprachee", "sprache")],
)
def test_the_nearest_word_is_found(typed: str, meant: str) -> None:
    assert nearest(typed, [WORDS], lambda _: 1) == [(meant, 1)]


def test_two_edits_are_allowed_in_long_words_only() -> None:
    assert nearest("betrueumg", [WORDS], lambda _: 1) == [("betreuung", 2)]
    assert nearest("sprxxhe", [WORDS], lambda _: 1) == []


def test_short_words_are_left_alone() -> None:
    assert nearest("kusr", [WORDS], lambda _: 1) == []


def test_words_that_stand_nowhere_visible_do_not_exist() -> None:
    assert nearest("behrode", [WORDS], lambda _: 0) == []


def test_a_hidden_nearer_word_does_not_keep_a_visible_one_away() -> None:
    words = vocabulary("betreuung", "betreuend")
    assert nearest("betreuun", [words], {"betreuung": 0, "betreuend": 3}.__getitem__) == [("betreuend", 2)]


def test_of_equally_near_words_the_most_frequent_come_first_and_three_at_most() -> None:
    words = vocabulary("kasse", "masse", "tasse", "rasse")
    counts = {"kasse": 5, "masse": 9, "tasse": 1, "rasse": 2}
    assert [word for word, _ in nearest("xasse", [words], counts.__getitem__)] == ["masse", "kasse", "rasse"]


def test_corrections_weigh_less_the_farther_and_the_later_they_are() -> None:
    assert weight(1, 0) > weight(2, 0) > weight(2, 1)
