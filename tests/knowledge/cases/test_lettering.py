"""Words keep their letters when they break, and lines keep to their width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.cases.lettering import text_width, wrap

words = st.text(st.characters(codec="latin-1", categories=["L", "N"]), min_size=1, max_size=30)
texts = st.lists(words, max_size=8).map(" ".join)


def test_short_words_share_a_line() -> None:
    assert wrap("Bewilligung nach SGB II", 200, 14) == ("Bewilligung nach SGB II",)


def test_a_long_title_breaks_between_words() -> None:
    assert wrap("Ankunft in der Kommune", 100, 14) == ("Ankunft in der", "Kommune")


def test_a_word_that_is_too_wide_breaks_with_a_hyphen() -> None:
    first, second = wrap("Krankenversicherung", 100, 14)

    assert first.endswith("-")
    assert first.rstrip("-") + second == "Krankenversicherung"


def test_a_word_with_a_hyphen_or_slash_breaks_there() -> None:
    assert wrap("Anerkennungs-Stelle", 110, 14) == ("Anerkennungs-", "Stelle")


@pytest.mark.parametrize("empty", ["", "   "])
def test_an_empty_text_is_one_empty_line(empty: str) -> None:
    assert wrap(empty, 100, 14) == ("",)


@given(texts, st.integers(30, 300))
def test_no_letter_is_lost(text: str, width: int) -> None:
    kept = "".join(wrap(text, width, 14)).replace("-", "").replace(" ", "")

    assert kept == text.replace("-", "").replace(" ", "")


@given(texts, st.integers(30, 300))
def test_no_line_is_wider_than_allowed(text: str, width: int) -> None:
    assert all(text_width(line, 14) <= width for line in wrap(text, width, 14))


@given(words, words)
def test_width_adds_up(first: str, second: str) -> None:
    assert text_width(first + second, 10) == pytest.approx(text_width(first, 10) + text_width(second, 10))
