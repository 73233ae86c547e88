"""Reading what a person typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.query import LONGEST_QUERY, MOST_FIELDS, Field, parse, without_field


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


def test_a_field_narrows_and_is_no_word() -> None:
    query = parse("Kurs status:behoben -art:sitzung")
    assert query.plain.split() == ["Kurs"]
    assert query.fields == (Field("status", "behoben", False, 5, 19), Field("kind", "sitzung", True, 20, 32))
    assert (query.wanted("status"), query.unwanted("kind")) == (("behoben",), ("sitzung",))


def test_a_field_takes_several_words_in_quotes() -> None:
    assert parse("Status:„in Prüfung“").wanted("status") == ("in Prüfung",)


def test_words_wanted_in_the_title_are_words_of_the_query_too() -> None:
    query = parse('titel:Wartezeit titel:"runder Tisch" -titel:Rat')
    assert query.wanted("title") == ("Wartezeit", "runder Tisch")
    assert query.plain.split() == ["Wartezeit", "runder", "Tisch"]


@pytest.mark.parametrize("text", ["Status: offen", "Berater:innen", "14:30 Uhr", "unbekannt:wert", "http://beispiel"])
def test_other_colons_are_passed_over(text: str) -> None:
    assert parse(text).fields == ()


def test_a_query_can_lose_one_of_its_fields() -> None:
    query = parse("Kurs status:behoben Eltern")
    assert without_field(query, query.fields[0]) == "Kurs Eltern"


@pytest.mark.parametrize("word", ["oder", "ODER", "|", "or"])
def test_phrases_with_oder_between_them_are_alternatives(word: str) -> None:
    assert parse(f'"ein Wort" {word} "zwei Worte" "drei"').required == (("ein Wort", "zwei Worte"), ("drei",))


@pytest.mark.parametrize("word", ["NICHT", "NOT"])
def test_a_word_in_capitals_excludes_what_follows_it(word: str) -> None:
    query = parse(f'Kurs {word} Eltern {word} "zwei Wörter" {word} art:sitzung')
    assert (query.excluded, query.plain.split()) == (("Eltern", "zwei Wörter"), ["Kurs"])
    assert (query.unwanted("kind"), query.wanted("kind")) == (("sitzung",), ())


@pytest.mark.parametrize(
    ("typed", "required", "plain"),
    [
        ("Kita UND Kurs Schule", (("Kita",), ("Kurs",)), "Kita Kurs Schule"),
        ("Kita AND Kurs", (("Kita",), ("Kurs",)), "Kita Kurs"),
        ("Kita ODER Hort Schule", (("Kita", "Hort"),), "Kita Hort Schule"),
        ("a OR b | c", (("a", "b", "c"),), "a b c"),
        ("a UND b ODER c", (("a",), ("b", "c")), "a b c"),
        ('"a b" ODER c', (("a b", "c"),), "a b c"),
        ('"a b" UND c', (("a b",), ("c",)), "a b c"),
    ],
)
def test_words_in_capitals_join_what_stands_beside_them(typed: str, required: object, plain: str) -> None:
    query = parse(typed)
    assert (query.required, query.plain.split()) == (required, plain.split())


@pytest.mark.parametrize("typed", ["Kita und Hort", "a oder b", "nicht a", "IN NOT", "UND", "ODER Hort", "NICHT UND a"])
def test_what_joins_nothing_is_a_word_like_others(typed: str) -> None:
    query = parse(typed)
    assert (query.required, query.excluded, query.plain) == ((), (), typed)


@given(
    st.lists(st.sampled_from(["UND", "ODER", "NICHT", "|", "-x", "wort", '"ein Satz"', "art:x", '"', "-"]), max_size=9)
)
def test_any_words_in_capitals_are_read(words: list[str]) -> None:
    query = parse(" ".join(words))
    assert len(query.plain) == len(query.text)
    assert not any(text in ("UND", "ODER", "NICHT", "|") for text in (*query.phrases, *query.excluded))


def test_a_storm_of_fields_is_cut_off() -> None:
    assert len(parse("art:x " * 160).fields) == MOST_FIELDS
