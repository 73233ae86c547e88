"""Search as you type, and what is like a text: from readable documents alone."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.search import suggesting
from knowledge.search.audience import EVERYONE, role
from knowledge.search.backend import Hit, Suggestion
from knowledge.search.documents import Kind, SearchDocument
from knowledge.search.index import WhooshIndex
from tests.knowledge.search.samples import CATALOGUE, document, puts

ALL = {EVERYONE}
COORDINATION = {EVERYONE, role("coordination")}
SECRET = document(
    "F-2026-99",
    "Kinderheim Dunkelziffer",
    "Sprachkurse ohne Kinderbetreuung schließen Eltern aus, Dunkelziffer.",
    audience=[role("coordination")],
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    index = WhooshIndex(tmp_path_factory.mktemp("suggesting") / "index")
    index.rebuild(lambda: [*CATALOGUE, SECRET, document("F-2026-01", "Wartezeit beim Wohngeld")])
    return index


def texts(suggestions: Sequence[Suggestion]) -> list[str]:
    return [one.text for one in suggestions]


def test_words_and_titles_begin_like_what_is_typed(index: WhooshIndex) -> None:
    found = index.suggest(ALL, "kind")
    assert texts(found) == ["Kinderbetreuung", "Sprachkurse ohne Kinderbetreuung schließen Eltern aus"]
    assert (found[0].kind, found[1].url) == (None, "/gap/kurs-betreuung")


def test_all_words_count_and_only_the_last_may_be_unfinished(index: WhooshIndex) -> None:
    assert "Wochenlange Wartezeit zwischen Zuzug und Schulplatz" in texts(index.suggest(ALL, "Wartezeit schulpl"))
    assert texts(index.suggest(ALL, "wartez schulplatz")) == []
    assert "Wartezeit Wohngeld" in texts(index.suggest(ALL, "Wartezeit woh"))


def test_umlauts_may_be_typed_otherwise(index: WhooshIndex) -> None:
    assert "Prüfung" in texts(index.suggest(ALL, "prue"))


def test_a_key_is_completed(index: WhooshIndex) -> None:
    assert [one.key for one in index.suggest(ALL, "f-2026")] == ["F-2026-01"]


@pytest.mark.parametrize("typed", ["", " ", "k", "*", "((", '"', "\u202e", "x" * 10_000, "ki " * 3_000])
def test_nothing_that_is_typed_is_an_error(index: WhooshIndex, typed: str) -> None:
    index.suggest(ALL, typed)


def test_what_is_hidden_completes_nothing(index: WhooshIndex) -> None:
    assert "Kinderheim" in texts(index.suggest(COORDINATION, "kind"))
    assert index.suggest(ALL, "dunk") == ()
    assert "Kinderheim" not in texts(index.suggest(ALL, "kind"))
    assert index.suggest(ALL, "F-2026-9") == ()


def keys(hits: Sequence[Hit]) -> list[str]:
    return [hit.key for hit in hits]


def test_the_like_of_a_text_is_found(index: WhooshIndex) -> None:
    text = "Mütter können am Sprachkurs nicht teilnehmen, weil eine Kinderbetreuung fehlt und Eltern warten."
    assert keys(index.similar(ALL, text=text))[0] == "kurs-betreuung"
    assert all(0 < hit.score <= 1 for hit in index.similar(ALL, text=text))


def test_a_document_is_not_like_itself(index: WhooshIndex) -> None:
    assert keys(index.similar(COORDINATION, like=(Kind.GAP, "kurs-betreuung")))[0] == "F-2026-99"
    assert "kurs-betreuung" not in keys(index.similar(COORDINATION, like=(Kind.GAP, "kurs-betreuung")))


def test_a_hidden_document_is_like_nothing_and_has_no_like(index: WhooshIndex) -> None:
    assert (
        index.similar(ALL, like=(Kind.GAP, "F-2026-99")) == index.similar(ALL, like=(Kind.GAP, "gibt-es-nicht")) == ()
    )
    assert "F-2026-99" not in keys(index.similar(ALL, text="Sprachkurse ohne Kinderbetreuung, Dunkelziffer"))


def test_only_the_wanted_kinds_are_alike(index: WhooshIndex) -> None:
    assert index.similar(ALL, text="Sprachkurse ohne Kinderbetreuung", kinds=[Kind.MEETING]) == ()


def test_a_text_with_nothing_in_common_is_like_nothing(index: WhooshIndex) -> None:
    assert index.similar(ALL, text="Quastenflosser tauchen") == ()
    assert index.similar(ALL, text="") == ()


def test_an_empty_index_suggests_nothing(tmp_path: Path) -> None:
    empty = WhooshIndex(tmp_path / "index")
    assert (empty.suggest(ALL, "kind"), empty.similar(ALL, text="Kind"), dict(empty.versions())) == ((), (), {})


WORDS = st.sampled_from(
    ["Kurs", "Kurse", "Kita", "Kind", "Kinder", "Behörde", "Amt", "Jugendamt", "Jugend", "Platz", "SGB"]
)
TEXTS = st.lists(WORDS, max_size=6).map(" ".join)
ROWS = st.lists(st.tuples(TEXTS, TEXTS, st.booleans()), max_size=6)


def answers(documents: Sequence[SearchDocument], typed: str) -> tuple[object, ...]:
    with TemporaryDirectory() as folder:
        index = WhooshIndex(Path(folder) / "index")
        index.apply(puts(document("everyone", "Kinder in der Kita"), *documents))
        like = index.similar(ALL, like=(Kind.GAP, "everyone"))
        return index.suggest(ALL, typed), index.similar(ALL, text=f"{typed} Kurs Kind"), like


@settings(max_examples=25)
@given(ROWS, TEXTS)
def test_suggestions_and_likes_are_the_same_as_if_hidden_documents_did_not_exist(
    rows: list[tuple[str, str, bool]], typed: str
) -> None:
    documents = [
        document(f"d{number}", title, text, audience=[EVERYONE if everyone else "role:x"])
        for number, (title, text, everyone) in enumerate(rows)
    ]
    assert answers(documents, typed) == answers([each for each in documents if EVERYONE in each.audience], typed)


def test_typed_text_is_taken_apart() -> None:
    typed = suggesting.typed_words("  Wartezeit für Schulpl")
    assert typed == suggesting.Typed(("wartezeit", "fur"), "schulpl", "Wartezeit für ", "")
