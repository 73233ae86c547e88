"""Paragraphs, sentences and pieces: nothing is lost, nothing is there twice."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from knowledge.coding.paragraphs import Span, paragraphs, pieces, sentences, touched

TEXT = st.text(alphabet="aB ä.!?\n🏠1", max_size=80)


def cut(text: str) -> list[str]:
    return [text[each.start : each.end] for part in paragraphs(text) for each in sentences(text, part)]


def test_lines_are_paragraphs_and_empty_ones_are_none() -> None:
    text = " Eins. \n\n \nZwei.\n"
    assert [text[each.start : each.end] for each in paragraphs(text)] == ["Eins.", "Zwei."]


def test_sentences_end_where_people_end_them() -> None:
    assert cut("Das kam an. Warum? „Weil es so ist.“ Gut!") == ["Das kam an.", "Warum?", "„Weil es so ist.“", "Gut!"]


def test_abbreviations_and_dates_end_no_sentence() -> None:
    text = "Am 3. Tag fehlte z. B. die Nr. 4 des Antrags. Danach ca. zwei Wochen nichts."
    assert cut(text) == ["Am 3. Tag fehlte z. B. die Nr. 4 des Antrags.", "Danach ca. zwei Wochen nichts."]


@given(TEXT)
def test_sentences_cover_every_letter_once(text: str) -> None:
    spans = [each for part in paragraphs(text) for each in sentences(text, part)]
    assert "".join("".join(text[each.start : each.end] for each in spans).split()) == "".join(text.split())
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(text[each.start : each.end].strip() == text[each.start : each.end] != "" for each in spans)


@given(TEXT, st.lists(st.tuples(st.integers(0, 80), st.integers(1, 20)), max_size=5))
def test_pieces_put_together_are_the_paragraph(text: str, raw: list[tuple[int, int]]) -> None:
    marks = [Span(start, start + length) for start, length in raw]
    for part in paragraphs(text):
        found = pieces(text, part, marks)
        assert "".join(piece.text for piece in found) == text[part.start : part.end]
        for piece in found:
            inside = Span(piece.start, piece.start + len(piece.text))
            assert set(piece.marks) == {number for number, mark in enumerate(marks) if mark.touches(inside)}


def test_overlapping_marks_share_a_piece() -> None:
    found = pieces("abcdef", Span(0, 6), [Span(0, 4), Span(2, 6)])
    assert [(piece.text, piece.marks, piece.beginning) for piece in found] == [
        ("ab", (0,), (0,)),
        ("cd", (0, 1), (1,)),
        ("ef", (1,), ()),
    ]


def test_units_are_touched_by_any_letter() -> None:
    assert touched([Span(0, 3), Span(4, 6)], [Span(2, 4)]) == [True, False]
