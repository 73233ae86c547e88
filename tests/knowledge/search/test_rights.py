"""Rights are part of the search: what a person may not read leaves no trace in anything that comes back."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.search.audience import EVERYONE, body, role
from knowledge.search.backend import Results
from knowledge.search.documents import Kind, SearchDocument
from knowledge.search.index import WhooshIndex
from tests.knowledge.search.samples import CATALOGUE, document, keys, puts

MEMBER = {EVERYONE, role("member")}
COORDINATION = {EVERYONE, role("coordination")}
SECRET = document(
    "secret",
    "Ermittlungsverfahren Dunkelziffer",
    "Das Ermittlungsverfahren zur Dunkelziffer betrifft den Sprachkursträger. " * 3,
    kind=Kind.DECISION,
    audience=[role("coordination"), body(4)],
    facets={"status": ("confidential",)},
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    index = WhooshIndex(tmp_path_factory.mktemp("rights") / "index")
    index.rebuild(lambda: [*CATALOGUE, SECRET])
    return index


def test_those_who_may_find_it(index: WhooshIndex) -> None:
    assert keys(index.search("Dunkelziffer", COORDINATION)) == ["secret"]
    assert keys(index.search("Dunkelziffer", {body(4)})) == ["secret"]


def test_others_find_neither_the_document_nor_its_number(index: WhooshIndex) -> None:
    results = index.search("Dunkelziffer Sprachkurs", MEMBER)
    assert "secret" not in keys(results)
    assert results.total == len(results.hits) == index.search("Sprachkurs", MEMBER).total


def test_facet_counts_do_not_know_it(index: WhooshIndex) -> None:
    assert index.search("Sprachkurs", COORDINATION).facets["status"]["confidential"] == 1
    facets = index.search("Sprachkurs", MEMBER).facets
    assert "confidential" not in facets["status"]
    assert "decision" not in facets["kind"]


def test_its_key_is_of_no_use_to_others(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path / "index")
    index.apply(puts(document("F-2026-01", "Wohngeld", audience=[role("coordination")])))
    assert keys(index.search("F-2026-01", COORDINATION)) == ["F-2026-01"]
    assert index.search("F-2026-01", MEMBER).total == 0


def test_filters_do_not_reach_it(index: WhooshIndex) -> None:
    assert index.search("Sprachkurs", MEMBER, kinds=[Kind.DECISION]).total == 0
    assert index.search("Sprachkurs", MEMBER, facets={"status": ["confidential"]}).total == 0


def test_corrections_do_not_spell_out_its_words(index: WhooshIndex) -> None:
    assert index.search("Dunkelzifer", COORDINATION).corrected == "Dunkelziffer"
    results = index.search("Dunkelzifer", MEMBER)
    assert (results.corrections, results.corrected, results.hits) == ((), "", ())


def test_its_words_are_unknown_to_others_and_corrected_like_any_other(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path / "index")
    index.apply(puts(document("open", "Betreuung"), document("shut", "Betreuumg", audience=[role("admin")])))
    assert index.search("Betreuumg", MEMBER).corrected == "Betreuung"


def test_snippets_come_from_readable_documents_only(index: WhooshIndex) -> None:
    for query in ("Sprachkursträger", "Ermittlungsverfahren", '"Dunkelziffer betrifft"'):
        shown = str(index.search(query, MEMBER))
        assert "Dunkelziffer" not in shown
        assert "secret" not in shown


def test_its_nouns_do_not_take_compounds_apart(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path / "index")
    hidden = document("shut", "", "Das ist der Quarz, der Quarz und der Quarz.", audience=[role("admin")])
    index.apply(puts(document("open", "Platz"), hidden))
    assert keys(index.search("Quarzplatz", MEMBER)) == []


def test_nobody_finds_a_document_without_audience(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path / "index")
    index.apply(puts(document("a", "Wohngeld", audience=[])))
    assert index.search("Wohngeld", MEMBER).total == 0
    assert index.search("Wohngeld", []).total == 0


def test_a_document_that_becomes_confidential_disappears_at_once(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path / "index")
    opened = document("a", "Wohngeld")
    index.apply(puts(opened))
    assert keys(index.search("Wohngeld", MEMBER)) == ["a"]
    index.apply(puts(replace(opened, audience=frozenset({role("coordination")}))))
    assert index.search("Wohngeld", MEMBER) == index.search("Quastenflosser", MEMBER)


def test_tenants_share_no_folder(tmp_path: Path) -> None:
    one, other = WhooshIndex(tmp_path / "1"), WhooshIndex(tmp_path / "2")
    one.apply(puts(document("a", "Wohngeld")))
    other.apply(puts(document("b", "Kindergeld")))
    assert one.search("Kindergeld", MEMBER).total == 0


VOCABULARY = """
Kurs Kurse Sprachkurs Behörde Behördn Amt Jugendamt Jugend Kita Kindergarten Garten Gartn SGB II § 25a Platz Plätze
"""
WORDS = st.sampled_from(VOCABULARY.split())
TEXTS = st.lists(WORDS, max_size=8).map(lambda words: "Der " + " ".join(words))
DOCUMENTS = st.lists(
    st.tuples(TEXTS, TEXTS, st.booleans(), st.sampled_from(list(Kind)), st.sampled_from(["new", "done"])), max_size=8
)


def made(rows: Sequence[tuple[str, str, bool, Kind, str]]) -> list[SearchDocument]:
    return [
        document(
            f"d{number}", title, text, kind=kind, audience=[EVERYONE if everyone else "role:x"], facets={"s": (state,)}
        )
        for number, (title, text, everyone, kind, state) in enumerate(rows)
    ]


def found(documents: Sequence[SearchDocument], query: str) -> Results:
    with TemporaryDirectory() as folder:
        index = WhooshIndex(Path(folder) / "index")
        index.rebuild(lambda: documents)
        return index.search(query, MEMBER)


@settings(max_examples=40)
@given(DOCUMENTS, st.lists(WORDS, min_size=1, max_size=4).map(" ".join))
def test_a_search_is_the_same_as_if_the_hidden_documents_did_not_exist(
    rows: list[tuple[str, str, bool, Kind, str]], query: str
) -> None:
    documents = made(rows)
    assert found(documents, query) == found([each for each in documents if EVERYONE in each.audience], query)
