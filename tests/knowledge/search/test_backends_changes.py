"""What every search backend must keep up: changes, rebuilds, crashes in the middle, many nodes at once."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from knowledge.search import postgres_store
from knowledge.search.audience import EVERYONE, role
from knowledge.search.backend import IndexBusy, Results
from knowledge.search.documents import Kind, Put, Remove, SearchDocument, version
from knowledge.search.synonyms import Glossary
from tests.knowledge.search.backends import Folders, Index, Place, Tenants, tenants
from tests.knowledge.search.samples import CATALOGUE, document, keys, puts
from tests.support.postgres import PostgresServer

ALL = {EVERYONE}


@pytest.fixture(scope="module")
def tables(postgres_server: PostgresServer) -> Iterator[Tenants]:
    with tenants(postgres_server) as place:
        yield place


@pytest.fixture(params=["whoosh", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "whoosh":
        return Folders(tmp_path)
    tables: Tenants = request.getfixturevalue("tables")
    return tables


@pytest.fixture
def index(place: Place) -> Index:
    return place.fresh()


def test_many_small_changes_leave_one_of_each_document(index: Index) -> None:
    for turn in range(12):
        index.apply(puts(*(document(f"d{n}", f"Kurs Runde{turn}") for n in range(turn % 5 + 1))))
    assert sorted(keys(index.search("Kurs", ALL))) == ["d0", "d1", "d2", "d3", "d4"]
    assert sorted(keys(index.search("Runde11", ALL))) == ["d0", "d1"]


def test_versions_are_those_of_the_documents(index: Index) -> None:
    index.rebuild(lambda: CATALOGUE)
    changed = replace(CATALOGUE[0], body="Neu")
    index.apply([Put(changed), Remove(CATALOGUE[1].kind, CATALOGUE[1].key)])
    expected = {(each.kind, each.key): version(each) for each in (changed, *CATALOGUE[2:])}
    assert index.versions() == expected


def test_changes_one_by_one_come_to_the_same_as_a_rebuild(place: Place) -> None:
    grown, built = place.fresh(), place.fresh()
    grown.rebuild(lambda: CATALOGUE[:1])
    grown.apply(puts(*(replace(each, body="Wartezeit " + each.body) for each in CATALOGUE[1:])))
    grown.apply([Remove(Kind.GAP, "leistung"), *puts(*CATALOGUE[1:])])
    built.rebuild(lambda: CATALOGUE)
    for query in ("Wartezeit Kinder", "Behörde", "Kurz Betreung", '"Regelangebot greift"'):
        found, expected = grown.search(query, ALL), built.search(query, ALL)
        assert sorted(keys(found)) == sorted(keys(expected))
        assert (found.total, found.facets) == (expected.total, expected.facets)


def test_another_node_sees_the_changes_at_once(place: Place, index: Index) -> None:
    other = place.again(index)
    assert other.search("Wohngeld", ALL) == Results()
    index.apply(puts(document("a", "Wohngeld")))
    assert keys(other.search("Wohngeld", ALL)) == ["a"]
    assert other.search("Wohngelt", ALL).corrections == (("Wohngelt", "Wohngeld"),)
    index.apply(puts(document("b", "Kindergeld")))
    assert other.search("Kindergelt", ALL).corrections == (("Kindergelt", "Kindergeld"),)
    index.rebuild(lambda: [document("b", "Elterngeld")])
    assert keys(other.search("Elterngelt", ALL)) == ["b"]
    assert other.search("Wohngelt", ALL).corrections == ()


def test_a_removed_word_is_nowhere_offered_any_more(index: Index) -> None:
    index.apply(puts(document("a", "Quastenflosser"), document("b", "Wohngeld")))
    assert keys(index.search("Quastenfloser", ALL)) == ["a"]
    index.apply([Remove(Kind.GAP, "a")])
    assert index.search("Quastenfloser", ALL) == Results()
    assert index.suggest(ALL, "Quast") == ()


def test_a_rebuild_replaces_everything(index: Index) -> None:
    index.apply(puts(document("a", "Zugvogel")))
    index.rebuild(lambda: [document("b", "Wohngeld"), document("b", "Wohngeld")])
    assert keys(index.search("Wohngeld", ALL)) == ["b"]
    assert index.search("Zugvogel", ALL).total == 0
    assert index.count() == 1


def test_a_rebuild_that_fails_changes_nothing(index: Index) -> None:
    index.apply(puts(document("a", "Wohngeld")))
    with pytest.raises(RuntimeError, match="went away"):
        index.rebuild(failing(lambda: None))
    assert keys(index.search("Wohngeld", ALL)) == ["a"]
    index.apply(puts(document("b", "Wohngeld")))
    assert index.count() == 2


def failing(cut: Callable[[], object]) -> Callable[[], Iterable[SearchDocument]]:
    """A source whose second reading ends in the middle, after something happened to everybody's connections."""
    readings = iter((False, True))

    def load() -> Iterator[SearchDocument]:
        breaks = next(readings)
        yield document("b", "Wohngeld")
        if breaks:
            cut()
            raise RuntimeError("the database went away")

    return load


def test_an_index_asks_for_a_rebuild_when_it_is_missing_foreign_or_outgrown(place: Place, index: Index) -> None:
    assert index.needs_rebuild()
    index.rebuild(lambda: [document("a", "Wohngeld")])
    assert not index.needs_rebuild()
    other = place.again(index, glossary=Glossary((), frozenset({"Wohnung"})))
    assert other.needs_rebuild()
    assert keys(other.search("Wohngeld", ALL)) == ["a"], "until then the old one serves"
    index.apply(puts(*(document(f"d{n}", "Kurs") for n in range(30))))
    assert index.needs_rebuild()


def test_only_one_node_is_the_indexer(place: Place, index: Index) -> None:
    other = place.again(index)
    with index.indexing() as mine, other.indexing() as theirs:
        assert (mine, theirs) == (True, False)
    with other.indexing() as theirs:
        assert theirs


def test_nodes_find_what_stays_while_others_commit_and_rebuild(place: Place, index: Index) -> None:
    stays = document("stays", "Wohngeld")
    index.apply(puts(stays))
    done = threading.Event()
    failures: list[BaseException] = []
    searches: list[tuple[str, ...]] = []

    def read(reader: Index) -> None:
        try:
            while not done.is_set():
                searches.append(tuple(keys(reader.search("Wohngelt", ALL))))
        except Exception as error:  # noqa: BLE001 - whatever a reader meets is the test's finding
            failures.append(error)

    readers = [threading.Thread(target=read, args=(place.again(index),)) for _ in range(2)]
    for thread in readers:
        thread.start()
    for turn in range(20):
        index.apply([Put(replace(stays, body=f"Runde {turn}")), Put(document(f"d{turn}", "Kurs"))])
        if turn % 5 == 4:
            index.rebuild(lambda: [stays])
    done.set()
    for thread in readers:
        thread.join()
    assert failures == []
    assert set(searches) == {("stays",)}


def test_concurrent_writers_all_get_their_turn(place: Place, index: Index) -> None:
    nodes = [place.again(index) for _ in range(6)]
    threads = [
        threading.Thread(target=node.apply, args=(puts(document(f"d{n}", "Wohngeld")),)) for n, node in enumerate(nodes)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert index.count() == index.search("Wohngeld", ALL).total == 6


class Cut(dict[str, tuple[str, ...]]):
    """Facets of a document at whose writing something happens."""

    def __init__(self, happens: Callable[[], object]) -> None:
        super().__init__()
        self._happens = happens
        self._reads = 0

    def items(self):  # type: ignore[no-untyped-def]
        """The second reading is the one in the middle of the writing, after the old state was taken off."""
        self._reads += 1
        if self._reads == 1:
            self._happens()
        return super().items()


@pytest.mark.postgres
def test_a_crash_of_the_database_in_the_middle_of_a_change_leaves_the_state_before(tables: Tenants) -> None:
    index = tables.fresh()
    index.apply(puts(document("a", "Wohngeld"), document("b", "Wohngeld")))
    broken = replace(document("a", "Kindergeld"), facets=Cut(tables.cut_connections))
    with pytest.raises(DBAPIError):
        index.apply([Remove(Kind.GAP, "b"), Put(broken)])
    assert sorted(keys(index.search("Wohngeld", ALL))) == ["a", "b"]
    index.apply(puts(document("a", "Kindergeld")))
    assert (keys(index.search("Wohngeld", ALL)), index.count()) == (["b"], 2)


@pytest.mark.postgres
def test_a_crash_of_the_database_in_the_middle_of_a_rebuild_leaves_the_state_before(tables: Tenants) -> None:
    index = tables.fresh()
    index.apply(puts(document("a", "Wohngeld")))
    with pytest.raises((DBAPIError, RuntimeError)):
        index.rebuild(failing(tables.cut_connections))
    assert keys(index.search("Wohngeld", ALL)) == ["a"]
    index.rebuild(lambda: [document("c", "Wohngeld")])
    assert keys(index.search("Wohngeld", ALL)) == ["c"]
    assert tables.rows("search_build", tables.tenant_of(index)) == 1


@pytest.mark.postgres
def test_a_rebuild_leaves_nothing_of_before_in_the_tables(tables: Tenants) -> None:
    index = tables.fresh()
    index.rebuild(lambda: [*CATALOGUE, document("a", "Zugvogel", audience=[role("admin")])])
    index.rebuild(lambda: [document("b", "Wohngeld")])
    names = ("search_build", "search_audience", "search_facets", "search_document", "search_text", "search_posting")
    counts = {name: tables.rows(name, tables.tenant_of(index)) for name in names}
    assert counts == {**dict.fromkeys(names, 1), "search_posting": 2}, (
        "one word, in the text and as a title's beginning"
    )


@pytest.mark.postgres
def test_what_is_taken_off_is_counted_nowhere(tables: Tenants) -> None:
    index = tables.fresh()
    index.apply(puts(document("a", "Wohngeld")))
    before = tables.rows("search_term", tables.tenant_of(index))
    index.apply(puts(*CATALOGUE, document("c", "Zugvogel", audience=[role("admin")])))
    index.apply([Remove(each.kind, each.key) for each in (*CATALOGUE, document("c"))])
    assert tables.rows("search_term", tables.tenant_of(index)) == before
    assert tables.rows("search_audience", tables.tenant_of(index)) == 1


@pytest.mark.postgres
def test_a_writer_gives_up_when_another_node_holds_the_index(tables: Tenants) -> None:
    index = tables.fresh()
    impatient = tables.again(index, timeout=0)
    with (
        postgres_store.writing(tables.database, tables.tenant_of(index), 0),
        pytest.raises(IndexBusy),
    ):
        impatient.apply(puts(document("b", "Wohngeld")))
    impatient.apply(puts(document("b", "Wohngeld")))
    assert index.count() == 1


VOCABULARY = """
Kurs Kurse Sprachkurs Behörde Behördn Amt Jugendamt Jugend Kita Kindergarten Garten Gartn SGB II § 25a Platz Plätze
ABH Jobcenter F-7 und -Kurs "Kurs Amt" titel:Amt kennung:d2
"""
WORDS = st.sampled_from(VOCABULARY.split())
TEXTS = st.lists(WORDS, max_size=8).map(lambda words: "Der " + " ".join(words))
DOCUMENTS = st.lists(
    st.tuples(TEXTS, TEXTS, st.booleans(), st.sampled_from(list(Kind)), st.sampled_from(["new", "done"])), max_size=8
)
QUERIES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
FILTERS = st.sampled_from([{}, {"s": ["new"]}, {"kind": ["gap", "topic"], "s": ["done"]}])


@pytest.mark.postgres
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DOCUMENTS, st.lists(QUERIES, min_size=1, max_size=4), FILTERS, st.booleans())
def test_both_backends_give_the_same(
    tables: Tenants,
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str, bool, Kind, str]],
    queries: list[str],
    filters: Mapping[str, list[str]],
    newest: bool,
) -> None:
    documents = [
        document(
            f"d{n}", title, text, kind=kind, audience=[EVERYONE if everyone else role("x")], facets={"s": (state,)}
        )
        for n, (title, text, everyone, kind, state) in enumerate(rows)
    ]
    on_disk, in_tables = Folders(tmp_path_factory.mktemp("same")).fresh(), tables.fresh()
    for index in (on_disk, in_tables):
        index.rebuild(lambda: documents)
    for query in queries:
        found = [each.search(query, ALL, facets=filters, newest=newest) for each in (on_disk, in_tables)]
        assert plain(found[0]) == plain(found[1])
        assert on_disk.suggest(ALL, query) == in_tables.suggest(ALL, query)
        alike = [{hit.key for hit in each.similar(ALL, text=query)} for each in (on_disk, in_tables)]
        assert alike[0] == alike[1]


def plain(results: Results) -> object:
    """All that a reader sees; scores as far as single and double precision agree, and equal ones in one order."""
    hits = sorted(
        (-round(hit.score, 3), hit.key, hit.kind, hit.title_pieces, hit.snippet, hit.also) for hit in results.hits
    )
    return hits, replace(results, hits=())
