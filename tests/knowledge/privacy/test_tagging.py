"""Names by part of speech, what narrows a case down, and that no text holds the check up."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.privacy import tagging
from knowledge.privacy.narrowing import narrowing
from knowledge.privacy.patterns import Kind
from knowledge.privacy.rules import check
from knowledge.privacy.spans import Spans
from tests.support.time import computed


def named(text: str) -> list[str]:
    return [hit.text for hit in check(text) if hit.kind == Kind.NAME]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Gestern kam Okonkwo mit der Schwester zum Amt.", ["Okonkwo"]),
        ("Der Antrag von Rojda Xelîl lag im falschen Fach.", ["Rojda Xelîl"]),
        ("Im Zimmer saß Tesfay von Habtom.", ["Tesfay von Habtom"]),
        ("Das Kind heißt Mehret und wartet.", ["Mehret"]),
        ("Ihr Sohn Farhad besucht die zweite Klasse.", ["Farhad"]),
        ("Frau Rojda Xelîl kam allein.", ["Frau Rojda Xelîl"]),
        ("Das BAMF und das AufenthG in Detmold, Syrien und der EU.", []),
        ("Ohne Hilfe hätte die Familie den Termin verpasst.", []),
        ("Die Familie von Detmold nach Gütersloh zu schicken hilft niemandem.", []),
        ("Die Klientin A. M. bat um Rückruf. Z. B. am Montag.", ["A. M."]),
        ("gestern war amina wieder beim amt und keiner da", ["amina"]),
        ("Meins", []),
        ("Papierkram und Lotsin", []),
    ],
)
def test_names_are_found_where_no_title_stands(text: str, names: list[str]) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Das Essen war kalt, in Essen war es warm.", ["Essen"]),
        ("Der Iraner und die rumänische Mutter.", ["Iraner", "rumänische"]),
        ("Die Türen sind offen, die Spanne ist groß, das Turnier vorbei.", []),
        ("Es kostet 2024 Euro und steht in Nr. 2024.", []),
        ("Die 34-jährige Frau und ein Kind, 5 Jahre alt.", ["34-jährige", "5 Jahre alt"]),
        ("Erwachsene (30 bis 40 Jahre), Kinder im Kita-Alter.", []),
        ("Georg aus Georgien.", ["Georgien"]),
    ],
)
def test_what_narrows_a_case_down(text: str, found: list[str]) -> None:
    assert [text[start:end] for _kind, start, end in sorted(narrowing(text), key=lambda each: each[1])] == found


@given(
    st.lists(st.tuples(st.sampled_from([Kind.NAME, Kind.PLACE]), st.integers(0, 60), st.integers(1, 12)), max_size=20)
)
def test_marked_stretches_never_overlap(taken: list[tuple[Kind, int, int]]) -> None:
    spans = Spans("ab cd ef gh " * 8)
    for kind, start, length in taken:
        spans.take(kind, start, start + length)
    ordered = spans.in_order()
    assert ordered == sorted(ordered)
    assert all(one[1] <= other[0] for one, other in pairwise(ordered))


LOADS_THE_MODEL = "Gestern ging Aylin mit Demir zum Amt."
"""Whichever test of a process is the first to need the model pays for its loading."""


@settings(max_examples=8, deadline=None)
@given(st.text(alphabet="Aa0 .-@ßĞ\n\u00ad", min_size=1, max_size=6))
def test_no_repeated_piece_holds_the_check_up(piece: str) -> None:
    check(LOADS_THE_MODEL, in_case=True)
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    assert computed(lambda: check(text, in_case=True)) < 4


def test_a_megabyte_of_capitalised_words_comes_to_an_end() -> None:
    check(LOADS_THE_MODEL)
    words = (f"{chr(65 + number % 26)}{number % 9973:b}" for number in range(90_000))
    text = " ".join(words).replace("0", "u").replace("1", "la")[:1_000_000]
    assert computed(lambda: check(text)) < 20


def test_a_word_without_end_is_not_analysed() -> None:
    found: list[object] = []
    assert computed(lambda: found.extend(tagging.names_by_part_of_speech("A" + "b" * 50_000))) < 1
    assert found == []
