"""Fields, alternatives, filters and synonyms in the index."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from knowledge.search.audience import EVERYONE, role
from knowledge.search.backend import Also
from knowledge.search.documents import Kind, version
from knowledge.search.index import WhooshIndex
from knowledge.search.synonyms import Group
from tests.knowledge.search.samples import CATALOGUE, MOMENT, document, keys, puts

ALL = {EVERYONE}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    index = WhooshIndex(tmp_path_factory.mktemp("operators") / "index")
    index.rebuild(lambda: CATALOGUE)
    return index


def test_a_word_may_be_wanted_in_the_title(catalogue: WhooshIndex) -> None:
    assert set(keys(catalogue.search("Wartezeit", ALL))) == {"kurs-betreuung", "schulplatz"}
    assert keys(catalogue.search("titel:Wartezeit", ALL)) == ["schulplatz"]
    assert keys(catalogue.search("Wartezeit -titel:Wartezeit", ALL)) == ["kurs-betreuung"]


def test_a_key_may_be_wanted(catalogue: WhooshIndex) -> None:
    assert keys(catalogue.search("kennung:LEISTUNG", ALL)) == ["leistung"]
    assert catalogue.search("Wartezeit kennung:leistung", ALL).total == 0


def test_one_of_two_phrases_is_enough(catalogue: WhooshIndex) -> None:
    assert set(keys(catalogue.search('"kleinen Kindern" oder "vier Monate"', ALL))) == {"kurs-betreuung", "schulplatz"}
    assert catalogue.search('"kleinen Kindern" "vier Monate"', ALL).total == 0


def test_words_in_capitals_join_and_exclude(catalogue: WhooshIndex) -> None:
    assert set(keys(catalogue.search("Wartezeit", ALL))) == {"kurs-betreuung", "schulplatz"}
    assert keys(catalogue.search("Wartezeit NICHT Kinder", ALL)) == keys(catalogue.search("Wartezeit -Kinder", ALL))
    assert catalogue.search("Wartezeit UND Fiktionsbescheinigung", ALL).total == 0
    assert set(keys(catalogue.search("Wartezeit ODER Fiktionsbescheinigung", ALL))) == {
        "kurs-betreuung",
        "schulplatz",
        "leistung",
    }


def test_what_codes_are_called_is_found_behind_words_of_the_text(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path / "index")
    called = replace(document("called", "Anderes"), labels=("Wohnen", "Ausländerbehörde"))
    index.apply(puts(called, document("text", "Anderes", "Es geht um das Wohnen."), document("none", "Anderes")))
    assert keys(index.search("Wohnen", ALL)) == ["text", "called"]
    assert keys(index.search("Ausländerbehörden", ALL)) == ["called"]
    assert not any(piece.marked for piece in index.search("Wohnen", ALL).hits[1].snippet)


def test_a_facet_may_be_unwanted(catalogue: WhooshIndex) -> None:
    assert keys(catalogue.search("Wartezeit", ALL, without={"life_domain": ["education"]})) == ["kurs-betreuung"]


def test_a_filter_alone_shows_everything_that_passes_the_newest_first(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path / "index")
    old = document("old", "Alt", updated=MOMENT - timedelta(days=3), facets={"s": ("a",)})
    index.apply(puts(old, document("new", "Neu", facets={"s": ("a",)}), document("other", "Anderes")))
    assert keys(index.search("", ALL, facets={"s": ["a"]})) == ["new", "old"]
    assert keys(index.search("-Neu", ALL, facets={"s": ["a"]})) == ["old"]
    assert index.search("", ALL).total == 0


def test_hits_can_be_ordered_by_age(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path / "index")
    best = document("best", "Wohngeld Wohngeld", updated=MOMENT - timedelta(days=3))
    index.apply(puts(best, document("new", "Anderes", "Am Ende steht Wohngeld.")))
    assert keys(index.search("Wohngeld", ALL)) == ["best", "new"]
    assert keys(index.search("Wohngeld", ALL, newest=True)) == ["new", "best"]
    assert index.search("Wohngeld", ALL, newest=True).hits[0].updated == MOMENT


def test_a_hit_says_by_which_synonym_it_was_found(catalogue: WhooshIndex) -> None:
    results = catalogue.search("ABH", ALL)
    assert results.also == (Also("ABH", "Ausländerbehörde"),)
    assert results.hits[0].also == ("Ausländerbehörde",)
    assert catalogue.search("Ausländerbehörde", ALL).hits[0].also == ()


def test_a_synonym_that_only_hidden_documents_have_is_not_mentioned(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path / "index")
    index.apply(puts(document("open", "ABH"), document("shut", "Ausländeramt", audience=[role("coordination")])))
    assert index.search("ABH", ALL).also == ()
    assert index.search("ABH", {EVERYONE, role("coordination")}).also == (Also("ABH", "Ausländeramt"),)


def test_other_synonyms_apply_at_once_and_some_in_one_direction(catalogue: WhooshIndex) -> None:
    groups = [Group(("Amtsweg", "Fiktionsbescheinigung"), one_way=True)]
    assert keys(catalogue.search("Amtsweg", ALL, synonyms=groups))[0] == "leistung"
    assert catalogue.search("Fiktionsbescheinigung", ALL, synonyms=groups).also == ()
    assert catalogue.search("ABH", ALL, synonyms=groups).total == 0


def test_a_facet_that_only_hidden_documents_have_is_like_an_unknown_one(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path / "index")
    hidden = document("shut", "Kurs", kind=Kind.DECISION, audience=[role("x")], facets={"status": ("secret",)})
    index.apply(puts(document("open", "Kurs", facets={"status": ("known",)}), hidden))
    for facet, value, unknown in (("status", "secret", "nonsense"), ("kind", "decision", "nonsense")):
        assert index.search("Kurs", ALL, facets={facet: [value]}) == index.search(
            "Kurs", ALL, facets={facet: [unknown]}
        )
        assert index.search("", ALL, facets={facet: [value]}).total == 0
        excluded = index.search("Kurs", ALL, without={facet: [value]})
        assert excluded == index.search("Kurs", ALL, without={facet: [unknown]})


STORMS = [
    "a" * 10_000,
    "*" * 500,
    '"' * 999,
    "((" * 400,
    "\u202eKurs\u202c",
    "\x00\x07Kurs\x1f",
    "art:" * 200,
    "-" * 900,
]
WORDY = [" ".join(f"titel:w{number}" for number in range(400)), " ".join(f"wort{number}" for number in range(300))]


@pytest.mark.parametrize("query", [*STORMS, *WORDY])
def test_a_storm_of_signs_is_answered(catalogue: WhooshIndex, query: str) -> None:
    results = catalogue.search(query, ALL)
    assert results.total >= len(results.hits)


def test_the_order_of_facets_and_labels_makes_no_other_version() -> None:
    one = replace(document("x", "Kurs", facets={"s": ("a", "b")}), labels=("Wohnen", "Jobcenter"))
    other = replace(document("x", "Kurs", facets={"s": ("b", "a")}), labels=("Jobcenter", "Wohnen"))
    assert version(one) == version(other) != version(replace(one, labels=("Wohnen",)))
