"""What the privacy check finds on the sample, no worse than was measured before; the sample itself means something."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import accumulate
from typing import Any

import pytest
import yaml

from benchmarks.privacy_rates import tables, whole_check
from benchmarks.privacy_sample import NAMES, Sentence, harmless, sample
from benchmarks.privacy_scores import Rates, measure
from knowledge.privacy.confirming import hits_in
from knowledge.privacy.patterns import Kind
from knowledge.privacy.person_names import FIRST_NAMES
from knowledge.privacy.rules import without_kind
from tests.support.demo import DEMO_FILE


@pytest.fixture(scope="module")
def sentences() -> list[Sentence]:
    return sample()


@pytest.fixture(scope="module")
def rates(sentences: list[Sentence]) -> Rates:
    return measure(sentences, whole_check)


def test_the_sample_is_large_and_its_names_are_not_the_ones_on_our_list(sentences: list[Sentence]) -> None:
    assert len(sentences) >= 800
    assert len(list(harmless())) >= 100
    firsts = [first for names, _lasts in NAMES.values() for first in names]
    assert len(NAMES) >= 12
    assert sum(first in FIRST_NAMES for first in firsts) / len(firsts) < 0.3
    assert all(sentence.text[item.start : item.end].strip() for sentence in sentences for item in sentence.items)


def test_structured_identifiers_are_found(rates: Rates) -> None:
    assert rates.recall("Kennung") >= 0.96
    assert rates.coverage("Kennung") >= 0.96


def test_people_are_found_with_and_without_a_title(rates: Rates) -> None:
    assert rates.recall("Name nach Anrede") == 1
    assert rates.recall("Name allein") >= 0.95
    assert rates.coverage("Name allein") >= 0.95


@pytest.mark.parametrize("origin", list(NAMES))
def test_people_of_every_origin_are_found(rates: Rates, origin: str) -> None:
    assert rates.recall(f"Name allein: {origin}") >= 0.85


def test_what_narrows_a_case_down_is_found(rates: Rates) -> None:
    assert rates.recall("Eingrenzung") >= 0.95


def test_it_seldom_cries_wolf(rates: Rates) -> None:
    assert rates.precision() >= 0.97
    assert rates.false_alarms() <= 0.03


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("no-break spaces", lambda letter, _place: "\u00a0" if letter == " " else letter),
        ("soft hyphens", lambda letter, place: letter + "\u00ad" if letter.isalpha() and place % 3 == 0 else letter),
        ("two blanks", lambda letter, _place: "  " if letter == " " else letter),
        ("tabs", lambda letter, place: "\t" if letter == " " and place % 2 else letter),
    ],
)
def test_how_a_text_is_typeset_hides_nothing(
    sentences: list[Sentence], rates: Rates, name: str, change: Callable[[str, int], str]
) -> None:
    del name
    changed = measure([_typeset(sentence, change) for sentence in sentences[::3]], whole_check)
    assert changed.recall() >= rates.recall() - 0.02


def test_an_identifier_is_found_across_a_line_break(sentences: list[Sentence]) -> None:
    broken = [_typeset(each, lambda letter, _place: "\n" if letter == " " else letter) for each in sentences[::3]]
    assert measure(broken, whole_check).recall("Kennung") >= 0.98


def test_people_are_found_in_capitals(sentences: list[Sentence]) -> None:
    loud = measure([_typeset(each, lambda letter, _place: _upper(letter)) for each in sentences[::3]], whole_check)
    assert loud.recall("Name nach Anrede") == 1
    assert loud.recall("Name allein") >= 0.9
    assert loud.recall("Kennung") >= 0.93
    assert loud.false_alarms() <= 0.06


def _upper(letter: str) -> str:
    return letter.upper() if len(letter.upper()) == 1 else letter


def _typeset(sentence: Sentence, change: Callable[[str, int], str]) -> Sentence:
    """The sentence with every letter changed, its items where they stand now."""
    pieces = [change(letter, place) for place, letter in enumerate(sentence.text)]
    at = [0, *accumulate(map(len, pieces))]
    items = tuple(replace(item, start=at[item.start], end=at[item.end]) for item in sentence.items)
    return Sentence("".join(pieces), items, sentence.in_case)


def test_the_known_weaknesses_are_measured_and_not_hidden(rates: Rates, sentences: list[Sentence]) -> None:
    assert rates.items["Bekannte Schwächen"] >= 10
    assert rates.recall("Bekannte Schwächen") < 1
    weak = [each for each in sentences if each.items and each.items[0].group == "Bekannte Schwächen"]
    assert "Bekannte Schwächen" in tables(weak)


def test_in_the_texts_of_a_whole_county_no_word_is_taken_for_a_name() -> None:
    county = yaml.safe_load(DEMO_FILE.read_text(encoding="utf-8"))
    parts = ("cases", "gaps", "topics", "past_solutions", "decisions", "agenda", "agreement")
    texts = [text for part in parts for text in _long_texts(county[part])]
    places = [without_kind(each["name"]) for each in county["municipalities"]]
    neutral = [each["key"] for each in county["cases"]]
    assert sum(len(text.split()) for text in texts) > 3000
    assert [hit.text for hit in hits_in(texts, allowed=[*places, *neutral]) if hit.kind == Kind.NAME] == []


def _long_texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _long_texts(each)
    elif isinstance(value, str) and len(value) > 40:
        yield value
