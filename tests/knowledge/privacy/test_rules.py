"""What the first privacy check finds, measured on our own sentences, and what it leaves alone."""

import re
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.privacy.patterns import iban_is_valid, tax_id_is_valid
from knowledge.privacy.rules import HARMLESS, REPLACE, Kind, check, decided, marked, replaced, undecided
from knowledge.privacy.wording import KIND_LABELS

MARK = re.compile(r"\[\[(\w+):(.*?)\]\]")
SENTENCES = [
    line
    for line in Path(__file__).with_name("sentences.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
PLACES = ("Ostervelde", "Jobcenter Sonderau", "Kreis Sonderau")
WORDS = {kind: kind.value for kind in Kind}


def plain(line: str) -> str:
    return MARK.sub(lambda match: match[2], line)


def wanted(line: str) -> Counter[tuple[str, str]]:
    return Counter((match[1], match[2]) for match in MARK.finditer(line))


def found(line: str) -> Counter[tuple[str, str]]:
    return Counter((hit.kind.value, hit.text) for hit in check(plain(line), PLACES))


def test_the_sample_is_large_enough_to_mean_something() -> None:
    assert len(SENTENCES) >= 120
    assert sum(not wanted(line) for line in SENTENCES) >= 45


@pytest.mark.parametrize("line", SENTENCES)
def test_each_sentence_is_marked_as_its_author_meant_it(line: str) -> None:
    assert found(line) == wanted(line)


def test_precision_and_recall_on_the_sample_are_what_we_promise() -> None:
    right = sum((found(line) & wanted(line)).total() for line in SENTENCES)
    marked_by_us = sum(found(line).total() for line in SENTENCES)
    meant = sum(wanted(line).total() for line in SENTENCES)
    assert right / marked_by_us >= 0.95
    assert right / meant >= 0.95


@pytest.mark.parametrize(
    ("blank", "name"),
    [("\u00a0", "no-break space"), ("\u202f", "narrow space"), ("\u00ad ", "soft hyphen"), (" \u200b", "zero width")],
)
def test_invisible_characters_hide_nothing(blank: str, name: str) -> None:
    del name
    text = f"Frau{blank}Yilmaz, IBAN DE89{blank}3704{blank}0044{blank}0532{blank}0130{blank}00"
    hits = check(text)
    assert [hit.kind for hit in hits] == [Kind.NAME, Kind.IBAN]
    assert all(text[hit.start : hit.end] == hit.text for hit in hits)


def test_a_wrong_checksum_is_no_iban() -> None:
    assert iban_is_valid("DE89 3704 0044 0532 0130 00")
    assert not iban_is_valid("DE89 3704 0044 0532 0130 01")
    assert not any(hit.kind is Kind.IBAN for hit in check("DE89 3704 0044 0532 0130 01"))


@given(st.integers(0, 9), st.integers(0, 10))
def test_one_wrong_digit_makes_a_tax_number_wrong(digit: int, place: int) -> None:
    right = "86095742719"
    changed = right[:place] + str(digit) + right[place + 1 :]
    assert tax_id_is_valid(changed) == (changed == right)


@given(st.text(max_size=300))
def test_hits_lie_in_the_text_in_order_and_never_overlap(text: str) -> None:
    hits = check(text, PLACES)
    assert all(0 <= hit.start < hit.end <= len(text) and text[hit.start : hit.end] == hit.text for hit in hits)
    assert all(before.end <= after.start for before, after in pairwise(hits))
    assert "".join(piece.text for piece in marked(text, hits)) == text


@given(st.lists(st.sampled_from([plain(line) for line in SENTENCES]), min_size=2, max_size=5))
def test_what_is_found_in_a_sentence_is_found_in_a_longer_text(lines: list[str]) -> None:
    alone = sum(len(check(line, PLACES)) for line in lines)
    assert len(check("\n".join(lines), PLACES)) == alone


@pytest.mark.parametrize("piece", ["0 ", "1", "a@", "Az. ", "Frau ", "AB-", "12.", "DE89 ", "A-", "x.", "(0", "\u00ad"])
def test_a_hostile_text_costs_little_time(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    began = time.perf_counter()
    check(text, PLACES)
    assert time.perf_counter() - began < 2


def test_a_municipality_is_found_with_and_without_the_word_for_its_kind() -> None:
    found = [
        hit.text
        for hit in check("In der GEMEINDE OSTERVELDE und in Ostervelde, nicht ostervelde.", ("Gemeinde Ostervelde",))
    ]
    assert found == ["GEMEINDE OSTERVELDE", "Ostervelde"]


def test_allowed_words_never_count() -> None:
    assert check("Familie Ahorn und Birke", allowed=("Ahorn",)) == []


def test_a_decision_survives_changes_elsewhere_in_the_text_and_covers_each_place() -> None:
    before = check("Frau Yilmaz kam am 12.03.2024.")
    after = check("Gestern schrieb Frau Yilmaz. Später rief Frau Yilmaz an, am 12.03.2024.")
    verdicts = decided(before, {before[0].key: HARMLESS, "unknown": HARMLESS, before[1].key: "nonsense"})
    assert [hit.text for hit in undecided(after, verdicts)] == ["12.03.2024"]


def test_only_what_a_human_wants_replaced_is_replaced() -> None:
    text = "Frau Yilmaz kam am 12.03.2024."
    hits = check(text)
    verdicts = {hits[0].key: REPLACE, hits[1].key: HARMLESS}
    assert replaced(text, hits, WORDS, verdicts) == "[name] kam am 12.03.2024."
    assert replaced(text, hits, WORDS, {}) == text


def test_every_kind_of_hit_has_its_word() -> None:
    assert set(KIND_LABELS) == set(Kind)
