"""The index: finding in German, changing, rebuilding, and reading while others write."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.search.audience import EVERYONE
from knowledge.search.backend import IndexBusy, IndexUnreadable, Piece, Results
from knowledge.search.documents import Kind, Put, Remove
from knowledge.search.folder import IndexFolder
from knowledge.search.index import WhooshIndex
from knowledge.search.synonyms import Glossary
from tests.knowledge.search.samples import CATALOGUE, MOMENT, document, keys, puts

ALL = {EVERYONE}


@pytest.fixture
def index(tmp_path: Path) -> WhooshIndex:
    return WhooshIndex(tmp_path / "index")


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    index = WhooshIndex(tmp_path_factory.mktemp("search") / "catalogue")
    index.rebuild(lambda: CATALOGUE)
    return index


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Sprachkurs", "kurs-betreuung"),
        ("Kurse", "kurs-betreuung"),
        ("Betreuungsplatz für Kinder", "kurs-betreuung"),
        ("Schule", "schulplatz"),
        ("Platz an der Schule", "schulplatz"),
        ("behoerde fuer auslaender", "leistung"),
        ("AUSLÄNDERBEHÖRDE", "leistung"),
        ("ABH", "leistung"),
        ("JC", "leistung"),
        ("sgb 2", "leistung"),
        ("SGB-II", "leistung"),
        ("SGB", "leistung"),
        ("§25a", "bleiberecht"),
        ("§ 104c", "bleiberecht"),
        ("25b", "bleiberecht"),
        ("Berater*innen", "beratung"),
        ("berater", "beratung"),
        ("Arzt", "beratung"),
        ("Kinderbetreung", "kurs-betreuung"),
        ("Ausländerbehröde", "leistung"),
        ("Wartezeiten Schulplätze", "schulplatz"),
        ("Wie komme ich vom AsylbLG ins Bürgergeld?", "leistung"),
    ],
)
def test_what_people_type_finds_what_they_mean(catalogue: WhooshIndex, query: str, first: str) -> None:
    assert keys(catalogue.search(query, ALL))[:1] == [first]


@pytest.mark.parametrize("query", ["", "   ", "und die", "-Kurs", "§", "Quastenflosser", '""'])
def test_nothing_to_look_for_finds_nothing(catalogue: WhooshIndex, query: str) -> None:
    assert catalogue.search(query, ALL).hits == ()


def test_the_title_counts_more_than_the_body(index: WhooshIndex) -> None:
    index.apply(
        puts(document("body", "Anderes", "Das Kontingent ist voll."), document("title", "Kontingent", "Anderes"))
    )
    assert keys(index.search("Kontingent", ALL)) == ["title", "body"]


def test_a_key_in_the_query_puts_its_document_first(index: WhooshIndex) -> None:
    talkative = document("F-2026-07", "F 2026 01", "Siehe F-2026-01, immer wieder F-2026-01. " * 5)
    index.apply(puts(talkative, document("F-2026-01", "Wohngeld"), document("7", "Sitzung 7")))
    assert keys(index.search("F-2026-01", ALL))[0] == "F-2026-01"
    assert keys(index.search("wie steht es um f-2026-01", ALL))[0] == "F-2026-01"
    assert keys(index.search("Wohngeld 7", ALL))[0] == "F-2026-01"


def test_of_equal_documents_the_newer_comes_first(index: WhooshIndex) -> None:
    old = document("old", "Wohngeld", updated=MOMENT - timedelta(days=9))
    index.apply(puts(old, document("new", "Wohngeld")))
    assert keys(index.search("Wohngeld", ALL)) == ["new", "old"]


def test_a_phrase_must_stand_as_it_is_quoted(index: WhooshIndex) -> None:
    index.apply(puts(document("a", "Runder Tisch Wohnen"), document("b", "Tisch, rund. Wohnen")))
    assert keys(index.search("„runder Tisch“", ALL)) == ["a"]
    assert keys(index.search('"Tisch Wohnen"', ALL)) == ["a"]
    assert set(keys(index.search("runder Tisch", ALL))) == {"a", "b"}


def test_a_phrase_counts_its_stop_words_as_gaps(index: WhooshIndex) -> None:
    index.apply(puts(document("a", "Kurs für Eltern"), document("b", "Kurs Eltern")))
    assert keys(index.search('"Kurs für Eltern"', ALL)) == ["a"]


def test_a_typing_error_within_a_phrase_is_forgiven_unless_asked_literally(index: WhooshIndex) -> None:
    index.apply(puts(document("a", "Runder Tisch Wohnungslosigkeit"), document("b", "Wohnungslosigkeit Tisch")))
    assert keys(index.search('"Tisch Wohnungslosikgeit"', ALL)) == ["a"]
    assert keys(index.search('"Tisch Wohnungslosikgeit"', ALL, literal=True)) == []


def test_an_excluded_word_must_not_occur(catalogue: WhooshIndex) -> None:
    assert "schulplatz" in keys(catalogue.search("Wartezeit", ALL))
    assert keys(catalogue.search("Wartezeit -Zuzug", ALL)) == ["kurs-betreuung"]
    assert keys(catalogue.search('Wartezeit -"erster Schultag"', ALL)) == ["kurs-betreuung"]
    assert keys(catalogue.search('Wartezeit -"Schultag erster"', ALL)) == ["schulplatz", "kurs-betreuung"]


def test_what_was_meant_is_said_in_the_spelling_of_a_document(catalogue: WhooshIndex) -> None:
    results = catalogue.search("Termin bei der Auslnäderbehörde", ALL)
    assert results.corrections == (("Auslnäderbehörde", "Ausländerbehörde"),)
    assert results.corrected == "Termin bei der Ausländerbehörde"


def test_known_words_are_not_corrected(catalogue: WhooshIndex) -> None:
    assert catalogue.search("Sprachkurses Behörde Ärztin ABH", ALL).corrections == ()


def test_a_literal_search_corrects_nothing(catalogue: WhooshIndex) -> None:
    results = catalogue.search("Auslnäderbehörde", ALL, literal=True)
    assert (results.hits, results.corrections) == ((), ())


def test_snippets_mark_what_matched(catalogue: WhooshIndex) -> None:
    (hit,) = catalogue.search("Fiktionsbescheinigung", ALL).hits
    assert Piece("Fiktionsbescheinigung", True) in hit.snippet
    assert (hit.url, hit.kind) == ("/gap/leistung", Kind.GAP)


def test_titles_mark_what_matched(catalogue: WhooshIndex) -> None:
    hit = catalogue.search("Sprachkurs", ALL).hits[0]
    assert hit.title_pieces[0] == Piece("Sprachkurse", True)
    assert "".join(piece.text for piece in hit.title_pieces) == hit.title


def test_kinds_and_facets_filter_and_are_counted(catalogue: WhooshIndex) -> None:
    everything = catalogue.search("Wartezeit Leistung Beratung Prüfung", ALL)
    assert everything.facets["kind"] == {"gap": 4, "solution": 1}
    assert everything.total == len(everything.hits) == 5
    gaps = catalogue.search("Wartezeit Leistung Beratung Prüfung", ALL, kinds=[Kind.SOLUTION])
    assert keys(gaps) == ["beratung"]
    assert gaps.facets["kind"] == {"gap": 4, "solution": 1}, "the counts say what another choice would give"
    assert gaps.facets["life_domain"] == {"work_training": 1}


def test_values_of_one_facet_widen_and_facets_narrow(catalogue: WhooshIndex) -> None:
    facets = {"life_domain": ["education", "language"]}
    assert set(keys(catalogue.search("Wartezeit", ALL, facets=facets))) == {"schulplatz", "kurs-betreuung"}
    assert keys(catalogue.search("Wartezeit", ALL, facets=facets | {"status": ["monitoring"]})) == ["schulplatz"]
    assert keys(catalogue.search("Wartezeit", ALL, facets={"status": ["no such state"]})) == []


def test_pages_show_every_hit_once(index: WhooshIndex) -> None:
    index.apply(puts(*(document(f"d{n}", "Kurs", f"Kurs {'Sprache ' * (n % 7)}") for n in range(100))))
    pages = [keys(index.search("Kurs Sprache", ALL, limit=30, offset=offset)) for offset in (0, 30, 60, 90, 120)]
    assert sorted(key for page in pages for key in page) == sorted(f"d{n}" for n in range(100))
    assert index.search("Kurs", ALL, limit=0).total == 100


def test_the_last_change_of_a_document_in_a_batch_wins(index: WhooshIndex) -> None:
    first, second = document("a", "Wohngeld"), document("a", "Kindergeld")
    index.apply([Put(first), Put(second), Put(document("b", "Wohngeld")), Remove(Kind.GAP, "b")])
    index.apply([Put(first), Remove(Kind.GAP, "a"), Put(second), Put(second)])
    assert index.count() == 1
    assert keys(index.search("Kindergeld", ALL)) == ["a"]
    assert keys(index.search("Wohngeld", ALL)) == []


def test_equal_keys_of_different_kinds_are_different_documents(index: WhooshIndex) -> None:
    index.apply(puts(document("1", "Wohngeld"), document("1", "Wohngeld", kind=Kind.TOPIC)))
    index.apply([Remove(Kind.TOPIC, "1"), Remove(Kind.MEETING, "1")])
    assert [hit.kind for hit in index.search("Wohngeld", ALL).hits] == [Kind.GAP]


def test_many_small_changes_leave_one_of_each_document(index: WhooshIndex) -> None:
    for turn in range(12):
        index.apply(puts(*(document(f"d{n}", f"Kurs Runde{turn}") for n in range(turn % 5 + 1))))
    assert sorted(keys(index.search("Kurs", ALL))) == ["d0", "d1", "d2", "d3", "d4"]
    assert sorted(keys(index.search("Runde11", ALL))) == ["d0", "d1"]


def test_another_object_on_the_folder_sees_the_changes_at_once(index: WhooshIndex) -> None:
    reader = WhooshIndex(index.root)
    assert reader.search("Wohngeld", ALL) == Results()
    index.apply(puts(document("a", "Wohngeld")))
    assert keys(reader.search("Wohngeld", ALL)) == ["a"]
    index.rebuild(lambda: [document("b", "Wohngeld")])
    assert keys(reader.search("Wohngeld", ALL)) == ["b"]


def test_a_rebuild_replaces_everything_and_leaves_nothing_of_before_on_the_disk(index: WhooshIndex) -> None:
    index.apply(puts(document("a", "Zugvogel")))
    index.rebuild(lambda: [document("b", "Wohngeld"), document("b", "Wohngeld")])
    assert keys(index.search("Wohngeld", ALL)) == ["b"]
    assert index.search("Zugvogel", ALL).total == 0
    assert len(list(index.root.glob("index-*"))) == 1


def test_a_rebuild_that_fails_changes_nothing(index: WhooshIndex) -> None:
    index.apply(puts(document("a", "Wohngeld")))

    def broken() -> Iterator[object]:
        yield document("b", "Wohngeld")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        index.rebuild(broken)  # type: ignore[arg-type]
    assert keys(index.search("Wohngeld", ALL)) == ["a"]


def test_an_index_asks_for_a_rebuild_when_it_is_missing_foreign_or_outgrown(index: WhooshIndex) -> None:
    assert index.needs_rebuild()
    index.rebuild(lambda: [document("a", "Wohngeld")])
    assert not index.needs_rebuild()
    other = WhooshIndex(index.root, glossary=Glossary((), frozenset({"Wohnung"})))
    assert other.needs_rebuild()
    assert keys(other.search("Wohngeld", ALL)) == ["a"], "until then the old one serves"
    index.apply(puts(*(document(f"d{n}", "Kurs") for n in range(30))))
    assert index.needs_rebuild()


@pytest.mark.filterwarnings("ignore:unclosed file")  # Whoosh leaves a table of contents open that it cannot read
def test_a_broken_index_says_so_and_a_rebuild_heals_it(index: WhooshIndex) -> None:
    index.apply(puts(document("a", "Wohngeld")))
    for file in index.root.glob("index-*/*.toc"):
        file.write_bytes(b"\0" * 20)
    broken = WhooshIndex(index.root)
    with pytest.raises(IndexUnreadable):
        broken.search("Wohngeld", ALL)
    assert broken.needs_rebuild()
    broken.rebuild(lambda: [document("a", "Wohngeld")])
    assert keys(broken.search("Wohngeld", ALL)) == ["a"]


def test_a_build_that_vanished_says_so(index: WhooshIndex) -> None:
    index.apply(puts(document("a", "Wohngeld")))
    (build,) = index.root.glob("index-*")
    build.rename(index.root / "elsewhere")
    with pytest.raises(IndexUnreadable):
        WhooshIndex(index.root).search("Wohngeld", ALL)


def test_a_writer_gives_up_when_another_holds_the_index(index: WhooshIndex) -> None:
    index.apply(puts(document("a", "Wohngeld")))
    impatient = WhooshIndex(index.root, timeout=0)
    with writing(index), pytest.raises(IndexBusy):
        impatient.apply(puts(document("b", "Wohngeld")))
    impatient.apply(puts(document("b", "Wohngeld")))
    assert index.count() == 2


@contextmanager
def writing(index: WhooshIndex) -> Iterator[None]:
    with IndexFolder(index.root).writing(0):
        yield


def test_the_folder_belongs_to_the_server_alone(index: WhooshIndex) -> None:
    index.apply(puts(document("a", "Wohngeld")))
    assert index.root.stat().st_mode & 0o077 == 0
    assert all(build.stat().st_mode & 0o077 == 0 for build in index.root.glob("index-*"))


def test_readers_find_what_stays_while_another_commits_and_rebuilds(index: WhooshIndex) -> None:
    stays = document("stays", "Wohngeld")
    index.apply(puts(stays))
    done = threading.Event()
    failures: list[BaseException] = []
    searches = []

    def read() -> None:
        reader = WhooshIndex(index.root)
        try:
            while not done.is_set():
                searches.append(keys(reader.search("Wohngeld", ALL)))
        except Exception as error:  # noqa: BLE001 - whatever a reader meets is the test's finding
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for thread in readers:
        thread.start()
    for turn in range(40):
        index.apply([Put(replace(stays, body=f"Runde {turn}")), Put(document(f"d{turn}", "Kurs"))])
        if turn % 10 == 9:
            index.rebuild(lambda: [stays])
    done.set()
    for thread in readers:
        thread.join()
    assert failures == []
    assert searches
    assert {tuple(found) for found in searches} == {("stays",)}


def test_concurrent_writers_all_get_their_turn(index: WhooshIndex) -> None:
    threads = [
        threading.Thread(target=WhooshIndex(index.root).apply, args=(puts(document(f"d{n}", "Wohngeld")),))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert index.count() == 8


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.one_of(st.text(max_size=80), st.text(alphabet='Kurs SGBI§25a"„“-*:/()äöü<>&\n', max_size=80)))
def test_no_query_is_an_error(catalogue: WhooshIndex, query: str) -> None:
    results = catalogue.search(query, ALL)
    assert results.total >= len(results.hits)
    assert all(hit.score > 0 for hit in results.hits)
