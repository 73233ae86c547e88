"""The second stage of ranking."""

import pytest

from knowledge.search.second_stage import Coverage, QueryWord, groups, rerank


def word(*forms: tuple[str, float], rarity: float = 1.0) -> QueryWord:
    return QueryWord(rarity, forms)


def test_a_word_is_seen_inside_a_compound() -> None:
    assert Coverage([word(("spielplatz", 1.0))]).of(" kinderspielplatze ") == 1.0


def test_a_short_word_counts_as_a_whole_only() -> None:
    coverage = Coverage([word(("kurs", 1.0))])
    assert coverage.of(" kurs ") == 1.0
    assert coverage.of(" kursbuch ") == 0.0


def test_a_typing_error_costs_only_the_letter_groups_it_touches() -> None:
    covered = Coverage([word(("kinderbetreuubg", 1.0))]).of(" kinderbetreuung ")
    assert 0.7 < covered < 1.0


def test_the_best_form_of_a_word_counts() -> None:
    coverage = Coverage([word(("abh", 1.0), ("auslanderbehorde", 0.7))])
    assert coverage.of(" auslanderbehorde ") == pytest.approx(0.7)


def test_rare_words_count_more() -> None:
    coverage = Coverage([word(("fiktion", 1.0), rarity=3.0), word(("termin", 1.0), rarity=1.0)])
    assert coverage.of(" fiktion ") == pytest.approx(0.75)


def test_nothing_asked_covers_nothing() -> None:
    assert Coverage([]).of(" kurs ") == 0.0
    assert rerank([], []) == []


def test_the_better_covered_document_moves_up() -> None:
    found = [(1, 2.0, " warten "), (2, 1.9, " kinderbetreuung ")]
    assert [number for number, _ in rerank(found, [word(("betreuung", 1.0))])] == [2, 1]


def test_letter_groups_have_five_letters() -> None:
    assert groups("kursen") == ("kurse", "ursen")
    assert groups("kurs") == (" kurs ",)
