"""Taking compounds apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.analysis import fold, neutral
from knowledge.search.compounds import CompoundSplitter, lexicon, nouns_of
from knowledge.search.synonyms import shipped

SPLITTER = CompoundSplitter(lexicon({}, shipped().nouns))

SPLITS = {
    "Sprachkurs": "sprache kurs",
    "Sprachkursträger": "sprache kurs trager",
    "Kursplätze": "kurs platze",
    "Integrationskurse": "integration kurs",
    "Ausländerbehörde": "auslander behorde",
    "Einbürgerungsbehörde": "einburgerung behorde",
    "Kinderbetreuung": "kinder betreuung",
    "Schulplatz": "schule platz",
    "Wartezeit": "warte zeit",
    "Jobcenter": "job center",
    "Jugendämter": "jugend amter",
    "Arbeitsamt": "arbeit amt",
    "Leistungslücke": "leistung lucke",
    "Aufenthaltstitel": "aufenthalt titel",
    "Aufenthaltserlaubnis": "aufenthalt erlaubnis",
    "Zielvereinbarung": "ziel vereinbarung",
    "Krankenversicherung": "kranke versicherung",
    "Versicherungsschutz": "versicherung schutz",
    "Familiennachzug": "familie nachzug",
    "Beratungsstellen": "beratung stelle",
    "Gesundheitsamt": "gesundheit amt",
    "Mietvertrag": "miete vertrag",
    "Verwaltungsgericht": "verwaltung gericht",
    "Staatsangehörigkeit": "staat angehorigkeit",
    "Kindergartenplatz": "kinder garten platz",
    "Grundschulkinder": "grund schule kinder",
    "Notunterkunft": "not unterkunft",
    "Nutzungsgebühren": "nutzung gebuhr",
    "Beschlussfähigkeit": "beschluss fahigkeit",
}


@pytest.mark.parametrize(("word", "parts"), SPLITS.items())
def test_compounds_of_the_field_are_taken_apart(word: str, parts: str) -> None:
    assert SPLITTER.parts(fold(word)) == tuple(parts.split())


WHOLE = "Integration Information Migration Entwicklung Niederschrift Mutter Montag insgesamt Samt Partnerschaft Amt"


@pytest.mark.parametrize("word", WHOLE.split())
def test_words_that_are_no_compounds_stay_whole(word: str) -> None:
    assert SPLITTER.parts(neutral(fold(word))) == ()


def test_the_parts_of_a_part_are_found_as_well() -> None:
    splitter = CompoundSplitter({"sprachkurs": 900, "platz": 900, "sprache": 3, "kurs": 3})
    assert splitter.parts("sprachkursplatz") == ("sprachkurs", "platz", "sprache", "kurs")


def test_nouns_are_the_capitalised_words_within_sentences() -> None:
    assert nouns_of("Der Kurs beginnt. Eltern warten, weil Kurs und Betreuung fehlen.") == {"kurs": 2, "betreuung": 1}


def test_a_noun_must_be_seen_twice_or_be_shipped() -> None:
    assert set(lexicon({"kurs": 2, "krus": 1}, ["Behörde"])) == {"kurs", "behorde"}


@given(
    st.text(alphabet="abdeiklnrstu", max_size=40),
    st.dictionaries(st.text(alphabet="abdeiklnrstu", min_size=1, max_size=9), st.integers(1, 999), max_size=30),
)
def test_every_part_is_a_known_noun_and_never_the_whole_word(word: str, nouns: dict[str, int]) -> None:
    parts = CompoundSplitter(nouns).parts(word)
    assert set(parts) <= set(nouns)
    assert word not in parts
    assert len(parts) != 1
