"""Questions as people type them, and thought-up entries that are the same each time."""

import json
import random
from itertools import islice
from pathlib import Path

import pytest
from rapidfuzz.distance import OSA

from benchmarks import search_latency, search_questions
from benchmarks.search_measures import Quality
from benchmarks.search_questions import NoQuestions, Question
from benchmarks.search_relevance import Measured, behind

TEXTS = {"0": "Der Sprachkurs beginnt im Mai.", "1": "Die Behörde prüft den Antrag auf Wohngeld."}
QUESTIONS = [Question("Wann beginnt der Kurs?", "0"), Question("Wer prüft Anträge?", "1")]


def test_a_file_in_squad_format_gives_paragraphs_and_questions(tmp_path: Path) -> None:
    path = tmp_path / "questions.json"
    paragraphs = [{"context": TEXTS["0"], "qas": [{"question": QUESTIONS[0].text}]}, {"context": TEXTS["1"], "qas": []}]
    path.write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}), encoding="utf-8")
    assert search_questions.read(path) == (TEXTS, QUESTIONS[:1])


def test_a_typing_error_is_one_edit_in_one_word() -> None:
    dice = random.Random(1)
    for _ in range(200):
        assert OSA.distance(search_questions.mistyped("Wer prüft den Antrag?", dice), "Wer prüft den Antrag?") <= 1
    assert search_questions.mistyped("Wer bin ich", dice) == "Wer bin ich"


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Wann beginnt der Kurs heute?", "Der Sprachkurs beginnt.", False),
        ("Welche Sprachkurse gibt es?", "Der Sprachkurs beginnt.", False),
        ("Welche Kurse gibt es?", "Die Sprachkurse beginnen.", True),
        ("Welche Sprachkurse gibt es?", "Die Kurse der Sprache beginnen.", True),
        ("Was macht die Behörde?", "Die Behörden prüfen.", False),
    ],
)
def test_a_question_asks_for_a_compound_if_its_noun_is_only_part_of_a_word(
    question: str, text: str, expected: bool
) -> None:
    assert search_questions.asks_for_a_compound(question, text) == expected


def test_variants_keep_the_right_answer_and_are_the_same_each_time() -> None:
    found = search_questions.variants(TEXTS, QUESTIONS)
    assert found == search_questions.variants(TEXTS, QUESTIONS)
    assert found["plain"] == QUESTIONS
    assert found["ascii"] == [Question("Wer prueft Antraege?", "1")]
    assert [each.right for each in found["typo"]] == ["0", "1"]


def test_files_that_are_not_there_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(search_questions.VARIABLE, str(tmp_path / "missing.json"))
    with pytest.raises(NoQuestions, match=r"missing\.json"):
        search_questions.files()


def test_fewer_entries_are_the_beginning_of_more() -> None:
    assert list(islice(search_latency.entries(50), 5)) == list(search_latency.entries(5))
    assert search_latency.queries(5) == search_latency.queries(50)[:5]
    assert all(len(query.split()) in {2, 3, 4} for query in search_latency.queries(50))


def test_being_behind_is_said_of_ours_alone() -> None:
    def measured(engine: str, reached: float) -> Measured:
        return Measured(engine, "plain", Quality(reached, 0, 0, 0), [reached])

    found = {"plain": [measured("ours, Whoosh", 0.9), measured("ours, PostgreSQL", 0.7), measured("FTS5", 0.8)]}
    assert behind(found) == ["plain: ours, PostgreSQL reaches 0.700, FTS5 0.800"]
