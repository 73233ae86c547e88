"""Reading what a person typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.query import LONGEST_QUERY, parse


@pytest.mark.parametrize("quoted", ['"zwei Wörter"', "„zwei Wörter“", "»zwei Wörter«", "“zwei Wörter”"])
def test_all_kinds_of_quotes_make_a_phrase(quoted: str) -> None:
    query = parse(f"Kurs {quoted}")
    assert query.phrases == ("zwei Wörter",)
    assert query.plain.split() == ["Kurs", "zwei", "Wörter"]


def test_a_minus_before_a_word_or_a_phrase_excludes_it() -> None:
    query = parse('Kurs -Eltern -"zwei Wörter"')
    assert query.excluded == ("Eltern", "zwei Wörter")
    assert query.plain.split() == ["Kurs"]


@pytest.mark.parametrize("text", ["SGB-II", "Berater/-innen", "Kurs - Eltern", "2024-2026", '"offen', "-", '""', "- -"])
def test_other_signs_are_passed_over(text: str) -> None:
    query = parse(text)
    assert query.excluded == ()
    assert query.phrases in ((), ("",))


@given(st.text(alphabet=st.sampled_from('ab -"„“”«»*§\n'), max_size=40))
def test_offsets_in_the_plain_query_are_those_of_the_text(text: str) -> None:
    query = parse(text)
    assert len(query.plain) == len(query.text)
    assert all(plain in (" ", there) for plain, there in zip(query.plain, query.text, strict=True))


def test_the_end_of_an_endless_query_is_cut_off() -> None:
    assert len(parse("a" * 10_000).text) == LONGEST_QUERY
