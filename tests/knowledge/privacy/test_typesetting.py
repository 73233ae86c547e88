"""Both views of a text are as long as the text, and leave alone what is not theirs."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.privacy.rules import check
from knowledge.privacy.typesetting import in_small_letters, unbroken


@given(st.text())
def test_whatever_is_found_in_a_view_stands_at_the_same_place(text: str) -> None:
    assert len(unbroken(text)) == len(in_small_letters(text)) == len(text)


def test_only_single_breaks_are_joined_and_only_lines_in_capitals_are_changed() -> None:
    assert unbroken("a\nb\n\nc") == "a b\n\nc"
    assert in_small_letters("HERR YILMAZ WEIß ES\nDas SGB II gilt.") == "Herr Yilmaz Weiß ES\nDas SGB II gilt."
    assert in_small_letters("SGB II, BAMF") == "SGB II, BAMF"


def test_a_number_across_a_break_is_one_passage() -> None:
    text = "Die Kaution liegt auf DE89 3704 \n 0044 0532\n0130 00 fest."
    (hit,) = check(text)
    assert text[hit.start : hit.end] == "DE89 3704 \n 0044 0532\n0130 00"
    assert check("Es waren 3\n\n4 Termine.") == []
