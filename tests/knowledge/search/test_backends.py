"""What every search backend must do: find in German, filter, count, obey rights. Whoosh and PostgreSQL alike."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from knowledge.search.audience import EVERYONE, body, role
from knowledge.search.backend import Piece, Results
from knowledge.search.documents import Kind, Put, Remove
from knowledge.search.synonyms import Group
from tests.knowledge.search.backends import Folders, Index, Place, tenants
from tests.knowledge.search.samples import CATALOGUE, MOMENT, document, keys, puts

ALL = {EVERYONE}
MEMBER = {EVERYONE, role("member")}
COORDINATION = {EVERYONE, role("coordination")}
SECRET = document(
    "F-2026-99",
    "Ermittlungsverfahren Dunkelziffer",
    "Das Ermittlungsverfahren zur Dunkelziffer betrifft den Sprachkursträger. " * 3,
    kind=Kind.DECISION,
    audience=[role("coordination"), body(4)],
    facets={"status": ("confidential",)},
)


@pytest.fixture(scope="module", params=["whoosh", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    if request.param == "whoosh":
        yield Folders(Path(tmp_path_factory.mktemp("indexes")))
        return
    with tenants(request.getfixturevalue("postgres_server")) as place:
        yield place


@pytest.fixture
def index(place: Place) -> Index:
    return place.fresh()


@pytest.fixture(scope="module")
def catalogue(place: Place) -> Index:
    index = place.fresh()
    index.rebuild(lambda: CATALOGUE)
    return index


@pytest.fixture(scope="module")
def guarded(place: Place) -> Index:
    index = place.fresh()
    index.rebuild(lambda: [*CATALOGUE, SECRET])
    return index


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Kurse", "kurs-betreuung"),
        ("Platz an der Schule", "schulplatz"),
        ("behoerde fuer auslaender", "leistung"),
        ("ABH", "leistung"),
        ("SGB-II", "leistung"),
        ("§25a", "bleiberecht"),
        ("25b", "bleiberecht"),
        ("Berater*innen", "beratung"),
        ("Arzt", "beratung"),
        ("Kinderbetreung", "kurs-betreuung"),
        ("Ausländerbehröde", "leistung"),
        ("Wie komme ich vom AsylbLG ins Bürgergeld?", "leistung"),
    ],
)
def test_what_people_type_finds_what_they_mean(catalogue: Index, query: str, first: str) -> None:
    assert keys(catalogue.search(query, ALL))[:1] == [first]


@pytest.mark.parametrize(
    "query", ["", "und die", "-Kurs", "§", "Quastenflosser", '""', "\0", "1\0", "' OR 1=1 --", ":v1"]
)
def test_nothing_to_look_for_finds_nothing(catalogue: Index, query: str) -> None:
    assert catalogue.search(query, ALL).hits == ()


def test_an_index_never_written_finds_nothing(index: Index) -> None:
    assert index.search("Wohngeld", ALL) == Results()
    assert (index.similar(ALL, text="Wohngeld"), index.suggest(ALL, "Wohn"), index.versions()) == ((), (), {})
    assert index.needs_rebuild()


def test_the_title_counts_more_than_the_body(index: Index) -> None:
    index.apply(puts(document("body", "Anderes", "Das Kontingent."), document("title", "Kontingent", "Anderes")))
    assert keys(index.search("Kontingent", ALL)) == ["title", "body"]


def test_a_key_in_the_query_puts_its_document_first(index: Index) -> None:
    talkative = document("F-2026-07", "F 2026 01", "Siehe F-2026-01, immer wieder F-2026-01. " * 5)
    index.apply(puts(talkative, document("F-2026-01", "Wohngeld"), document("7", "Sitzung 7")))
    assert keys(index.search("wie steht es um f-2026-01", ALL))[0] == "F-2026-01"
    assert keys(index.search("kennung:F-2026-07", ALL)) == ["F-2026-07"]
    assert keys(index.search("Wohngeld 7", ALL))[0] == "F-2026-01"


def test_of_equal_documents_the_newer_comes_first(index: Index) -> None:
    index.apply(puts(document("old", "Wohngeld", updated=MOMENT - timedelta(days=9)), document("new", "Wohngeld")))
    assert keys(index.search("Wohngeld", ALL)) == ["new", "old"]


def test_the_newest_come_first_where_that_is_asked_for(index: Index) -> None:
    worse = document("new", "Anderes", "Wohngeld, unter anderem, und noch vieles mehr")
    index.apply(puts(document("old", "Wohngeld", updated=MOMENT - timedelta(days=9)), worse))
    assert keys(index.search("Wohngeld", ALL)) == ["old", "new"]
    assert keys(index.search("Wohngeld", ALL, newest=True)) == ["new", "old"]


def test_phrases_stand_as_they_are_quoted_with_stop_words_as_gaps(index: Index) -> None:
    index.apply(
        puts(document("a", "Runder Tisch Wohnen", "Kurs für Eltern"), document("b", "Tisch rund", "Kurs Eltern"))
    )
    assert keys(index.search("„runder Tisch“", ALL)) == ["a"]
    assert keys(index.search('"Tisch Wohnen"', ALL)) == ["a"]
    assert keys(index.search('"Kurs für Eltern"', ALL)) == ["a"]
    assert keys(index.search('"Wohnen Kurs"', ALL)) == [], "no phrase runs from the title into the body"
    assert keys(index.search('"Runder Tisch" oder "Tisch rund"', ALL)) == ["b", "a"]
    assert keys(index.search("titel:Tisch -titel:Wohnen", ALL)) == ["b"]


def test_a_typing_error_within_a_phrase_is_forgiven_unless_asked_literally(index: Index) -> None:
    index.apply(puts(document("a", "Runder Tisch Wohnungslosigkeit"), document("b", "Wohnungslosigkeit Tisch")))
    assert keys(index.search('"Tisch Wohnungslosikgeit"', ALL)) == ["a"]
    assert keys(index.search('"Tisch Wohnungslosikgeit"', ALL, literal=True)) == []


def test_an_excluded_word_must_not_occur(catalogue: Index) -> None:
    assert keys(catalogue.search("Wartezeit -Zuzug", ALL)) == ["kurs-betreuung"]
    assert keys(catalogue.search('Wartezeit -"erster Schultag"', ALL)) == ["kurs-betreuung"]
    assert keys(catalogue.search('Wartezeit -"Schultag erster"', ALL)) == ["schulplatz", "kurs-betreuung"]


def test_what_was_meant_is_said_in_the_spelling_of_a_document(catalogue: Index) -> None:
    results = catalogue.search("Termin bei der Auslnäderbehörde", ALL)
    assert results.corrections == (("Auslnäderbehörde", "Ausländerbehörde"),)
    assert results.corrected == "Termin bei der Ausländerbehörde"
    assert catalogue.search("Sprachkurses Behörde Ärztin ABH", ALL).corrections == ()
    assert catalogue.search("Auslnäderbehörde", ALL, literal=True) == Results(facets={})


def test_snippets_and_titles_mark_what_matched(catalogue: Index) -> None:
    (hit,) = catalogue.search("Fiktionsbescheinigung", ALL).hits
    assert Piece("Fiktionsbescheinigung", True) in hit.snippet
    assert (hit.url, hit.kind, hit.updated) == ("/gap/leistung", Kind.GAP, MOMENT)
    assert catalogue.search("Sprachkurs", ALL).hits[0].title_pieces[0] == Piece("Sprachkurse", True)
    assert catalogue.search("Sprachkurs", ALL, snippets=False).hits[0].snippet == ()


def test_kinds_and_facets_filter_and_are_counted(catalogue: Index) -> None:
    everything = catalogue.search("Wartezeit Leistung Beratung Prüfung", ALL)
    assert everything.facets["kind"] == {"gap": 4, "solution": 1}
    assert everything.total == len(everything.hits) == 5
    solutions = catalogue.search("Wartezeit Leistung Beratung Prüfung", ALL, kinds=[Kind.SOLUTION])
    assert keys(solutions) == ["beratung"]
    assert solutions.facets["kind"] == {"gap": 4, "solution": 1}, "the counts say what another choice would give"
    assert solutions.facets["life_domain"] == {"work_training": 1}


def test_values_of_one_facet_widen_and_facets_narrow(catalogue: Index) -> None:
    facets = {"life_domain": ["education", "language"]}
    assert set(keys(catalogue.search("Wartezeit", ALL, facets=facets))) == {"schulplatz", "kurs-betreuung"}
    assert keys(catalogue.search("Wartezeit", ALL, facets=facets | {"status": ["monitoring"]})) == ["schulplatz"]
    assert keys(catalogue.search("Wartezeit", ALL, facets={"status": ["no such state"]})) == []
    assert keys(catalogue.search("Wartezeit", ALL, without={"status": ["monitoring"]})) == ["kurs-betreuung"]


def test_a_filter_alone_gives_all_that_passes(catalogue: Index) -> None:
    assert keys(catalogue.search("", ALL, kinds=[Kind.SOLUTION])) == ["beratung"]
    assert catalogue.search("", ALL, without={"status": ["monitoring"]}).total == len(CATALOGUE) - 1


def test_pages_show_every_hit_once(index: Index) -> None:
    index.apply(puts(*(document(f"d{n}", "Kurs", f"Kurs {'Sprache ' * (n % 7)}") for n in range(100))))
    pages = [keys(index.search("Kurs Sprache", ALL, limit=30, offset=offset)) for offset in (0, 30, 60, 90, 120)]
    assert sorted(key for page in pages for key in page) == sorted(f"d{n}" for n in range(100))
    assert index.search("Kurs", ALL, limit=0).total == 100


def test_synonyms_come_with_the_search_and_are_named(catalogue: Index) -> None:
    own = (Group(("Hort", "Betreuung")), Group(("Umzug", "Wartezeit Zuzug"), one_way=True))
    results = catalogue.search("Hort", ALL, synonyms=own)
    assert keys(results) == ["kurs-betreuung"]
    assert [(one.word, one.other) for one in results.also] == [("Hort", "Betreuung")]
    assert results.hits[0].also == ("Betreuung",)
    assert keys(catalogue.search("Umzug", ALL, synonyms=own))[0] == "schulplatz"
    assert keys(catalogue.search("Hort", ALL, synonyms=())) == []


def test_similar_leaves_the_thing_itself_and_what_is_hidden_out(guarded: Index) -> None:
    found = guarded.similar(MEMBER, like=(Kind.GAP, "kurs-betreuung"))
    assert [hit.key for hit in found] == ["schulplatz"]
    assert guarded.similar(MEMBER, like=(Kind.DECISION, SECRET.key)) == ()
    text = "Ermittlungsverfahren gegen den Sprachkursträger: Dunkelziffer"
    assert [hit.key for hit in guarded.similar(COORDINATION, text=text)][:1] == [SECRET.key]
    assert SECRET.key not in [hit.key for hit in guarded.similar(MEMBER, text=text)]
    assert guarded.similar(MEMBER, like=(Kind.GAP, "kurs-betreuung"), kinds=[Kind.SOLUTION]) == ()


def test_suggestions_are_titles_and_words_of_titles_that_may_be_read(guarded: Index) -> None:
    assert [each.text for each in guarded.suggest(MEMBER, "wart")] == ["Wartezeit", CATALOGUE[1].title]
    assert [each.text for each in guarded.suggest(MEMBER, "Zuzug Wart")] == ["Zuzug Wartezeit", CATALOGUE[1].title]
    assert guarded.suggest(MEMBER, "dunkel") == guarded.suggest(MEMBER, "f-2026") == ()
    assert {each.text for each in guarded.suggest(COORDINATION, "dunkel")} == {"Dunkelziffer", SECRET.title}
    assert [each.key for each in guarded.suggest(COORDINATION, "f-2026")] == [SECRET.key]


def test_others_find_neither_a_hidden_document_nor_its_number_nor_its_words(guarded: Index) -> None:
    assert keys(guarded.search("Dunkelziffer", COORDINATION)) == keys(guarded.search("Dunkelziffer", {body(4)}))
    assert keys(guarded.search("Dunkelziffer", COORDINATION)) == [SECRET.key]
    assert "decision" not in guarded.search("Sprachkurs", MEMBER).facets["kind"]
    assert guarded.search("Sprachkurs", MEMBER, facets={"status": ["confidential"]}) == guarded.search(
        "Sprachkurs", MEMBER, facets={"status": ["no such state"]}
    )
    assert guarded.search(f"kennung:{SECRET.key}", MEMBER).total == 0


def test_a_search_is_the_same_as_if_hidden_documents_did_not_exist(guarded: Index, catalogue: Index) -> None:
    for query in (
        "Sprachkurs Wartezeit",
        "Dunkelziffer Kurs",
        "Dunkelzifer Kurs",
        f"{SECRET.key} Kurs",
        '-"Dunkel" Kurs',
    ):
        assert guarded.search(query, MEMBER) == catalogue.search(query, MEMBER)


def test_its_nouns_do_not_take_compounds_apart(index: Index) -> None:
    hidden = document("shut", "", "Das ist der Quarz, der Quarz und der Quarz.", audience=[role("admin")])
    index.apply(puts(document("open", "Platz"), hidden))
    assert keys(index.search("Quarzplatz", MEMBER)) == []


def test_nobody_finds_a_document_without_audience(index: Index) -> None:
    index.apply(puts(document("a", "Wohngeld", audience=[])))
    assert index.search("Wohngeld", MEMBER).total == index.search("Wohngeld", []).total == 0


def test_a_document_that_becomes_confidential_disappears_at_once(index: Index) -> None:
    opened = document("a", "Wohngeld")
    index.apply(puts(opened))
    index.apply(puts(replace(opened, audience=frozenset({role("coordination")}))))
    assert index.search("Wohngeld", MEMBER) == index.search("Quastenflosser", MEMBER)
    assert index.suggest(MEMBER, "Wohn") == ()


def test_tenants_share_nothing(place: Place) -> None:
    one, other = place.fresh(), place.fresh()
    one.apply(puts(document("a", "Wohngeld")))
    other.apply(puts(document("b", "Kindergeld")))
    assert one.search("Kindergeld", MEMBER).total == 0
    assert one.versions().keys() == {(Kind.GAP, "a")}


def test_the_last_change_of_a_document_in_a_batch_wins(index: Index) -> None:
    first, second = document("a", "Wohngeld"), document("a", "Kindergeld")
    index.apply([Put(first), Put(second), Put(document("b", "Wohngeld")), Remove(Kind.GAP, "b")])
    index.apply([Put(first), Remove(Kind.GAP, "a"), Put(second), Put(second)])
    assert index.count() == 1
    assert keys(index.search("Kindergeld", ALL)) == ["a"]
    assert keys(index.search("Wohngeld", ALL)) == []


def test_equal_keys_of_different_kinds_are_different_documents(index: Index) -> None:
    index.apply(puts(document("1", "Wohngeld"), document("1", "Wohngeld", kind=Kind.TOPIC)))
    index.apply([Remove(Kind.TOPIC, "1"), Remove(Kind.MEETING, "1")])
    assert [hit.kind for hit in index.search("Wohngeld", ALL).hits] == [Kind.GAP]


def test_texts_with_letters_that_no_database_takes_are_found_as_well(index: Index) -> None:
    index.apply(
        puts(document("a", "Wohn\0geld \x1f 🦔", "Kurs\0Kurs \\N \t 'x' {y}, \"z\"", facets={"a'b": ('c,"d',)}))
    )
    assert keys(index.search("Kurs", ALL)) == ["a"]
    assert index.search("Kurs", ALL).facets["a'b"] == {'c,"d': 1}
