"""How long a card is, how many one has left, what a ballot may hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.reconstruction.card_rules import (
    DotRule,
    ballot_counts,
    cards_left,
    cluster_sentence,
    counted,
    length,
    lines_of,
    one_line,
)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("", 0),
        ("Bescheid", 8),
        ("Größe", 5),
        ("Gro\u0308ße", 5),
        ("👩‍👩‍👧‍👦", 1),
        ("👍🏽", 1),
        ("❤️", 1),
        ("🇩🇪🇹🇷", 2),
        ("🇩", 1),
        ("a🇩🇪b👍", 4),
    ],
)
def test_a_character_is_what_people_see(text: str, seen: int) -> None:
    assert length(text) == seen


@given(st.text(max_size=300))
def test_no_text_is_longer_to_people_than_to_the_computer(text: str) -> None:
    assert 0 <= length(text) <= len(text)


@given(st.text(max_size=300))
def test_a_card_is_one_line_and_tidying_it_again_changes_nothing(text: str) -> None:
    tidy = one_line(text)
    assert not set(tidy.text) & set("\n\r\t")
    assert one_line(tidy.text).text == tidy.text
    assert not one_line(tidy.text).joined


def test_a_pasted_table_says_that_its_lines_were_joined() -> None:
    assert one_line("Monat\tStelle\r\n3\tSozialamt") == one_line("Monat Stelle 3 Sozialamt").__class__(
        "Monat Stelle 3 Sozialamt", joined=True
    )
    assert not one_line("  ein Satz \n").joined


def test_one_line_is_one_card_and_bullets_are_no_text() -> None:
    assert lines_of("- Erste\n\n • Zweite\n   \n– Dritte - mit Strich") == ["Erste", "Zweite", "Dritte - mit Strich"]


@given(st.integers(1, 20), st.integers(0, 40))
def test_nobody_has_less_than_no_card_left(limit: int, written: int) -> None:
    assert cards_left(limit, written) == max(0, limit - written)


def test_a_cluster_is_named_as_far_as_it_is_filled_in() -> None:
    assert cluster_sentence("a", "b", "c") == "Wenn a, dann b, weil c"
    assert cluster_sentence("", "b", "") == "Dann b"
    assert cluster_sentence("", "", "") == ""


points = st.dictionaries(st.sampled_from("abcdef"), st.integers(-1, 6), max_size=6)


@given(points)
def test_a_ballot_that_counts_keeps_every_limit(ballot: dict[str, int]) -> None:
    rule = DotRule(3, 2)
    fits = (
        set(ballot) <= set("abcde")
        and all(0 <= number <= 2 for number in ballot.values())
        and sum(ballot.values()) <= 3
    )
    assert ballot_counts(rule, ballot, "abcde").allowed == fits


@given(st.lists(points, max_size=30))
def test_clusters_without_dots_stay_and_no_dot_is_lost(ballots: list[dict[str, int]]) -> None:
    sums = counted("abcde", ballots)
    assert list(sums) == list("abcde")
    assert sum(sums.values()) == sum(number for ballot in ballots for key, number in ballot.items() if key != "f")
