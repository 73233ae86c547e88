"""Public German questions with the texts that answer them, and how people type them.

Files are in SQuAD format. Every paragraph is a document without a title, every question a query, its own paragraph the
one right hit. XQuAD (google-deepmind/xquad, CC BY-SA 4.0) is fetched and checked by its hash, if there is a way out;
LUECKENLOS_BENCH_QUESTIONS names other files, one after the other with a colon between.
"""

import hashlib
import json
import os
import random
import re
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError

from benchmarks.processes import ROOT
from knowledge.search.analysis import fold

VARIABLE = "LUECKENLOS_BENCH_QUESTIONS"
KEPT = ROOT / "build" / "bench" / "questions" / "xquad.de.json"
COMMIT = "7d30520c717524000f0d9d2f9c10a069acd9d285"
ADDRESS = f"https://raw.githubusercontent.com/google-deepmind/xquad/{COMMIT}/xquad.de.json"
SHA256 = "990b5d746746ed65ed4702ea5f35f99ffa4e2f1c390c07d003642acd937916f9"
PATIENCE = 20

SEED = 20261123
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
_NOUN = re.compile(r"\b[A-ZÄÖÜ][^\W\d_]{4,}")
_WORD = re.compile(r"[^\W\d_]{5,}")


class Question(NamedTuple):
    """A query and the key of its one right hit."""

    text: str
    right: str


class NoQuestions(Exception):
    """There is no file to measure with; the message is a whole sentence."""


def files() -> list[Path]:
    """The files to measure with; raises NoQuestions with what to do."""
    named = [Path(name) for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name]
    missing = [str(path) for path in named if not path.is_file()]
    if missing:
        raise NoQuestions(f"{VARIABLE} names files that do not exist: {', '.join(missing)}.")
    return named or [fetched()]


def fetched() -> Path:
    """XQuAD's German part below build/; fetched if it is not there yet."""
    if not KEPT.is_file():
        try:
            with urllib.request.urlopen(ADDRESS, timeout=PATIENCE) as answer:
                content = answer.read()
        except (URLError, TimeoutError) as error:
            raise NoQuestions(
                f"XQuAD could not be fetched ({error}). Put {ADDRESS} at {KEPT.relative_to(ROOT)},"
                f" or name another file in SQuAD format by {VARIABLE}."
            ) from error
        KEPT.parent.mkdir(parents=True, exist_ok=True)
        KEPT.write_bytes(content)
    if hashlib.sha256(KEPT.read_bytes()).hexdigest() != SHA256:
        raise NoQuestions(f"{KEPT.relative_to(ROOT)} is not the file that was meant; delete it.")
    return KEPT


def read(path: Path) -> tuple[dict[str, str], list[Question]]:
    """The paragraphs by key, and the questions."""
    paragraphs: dict[str, str] = {}
    questions: list[Question] = []
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            key = str(len(paragraphs))
            paragraphs[key] = paragraph["context"]
            questions += [Question(asked["question"], key) for asked in paragraph["qas"]]
    return paragraphs, questions


def variants(paragraphs: Mapping[str, str], questions: Sequence[Question]) -> dict[str, list[Question]]:
    """The same questions as people type them, and those whose word stands in the text only inside a compound."""
    dice = random.Random(SEED)
    return {
        "plain": list(questions),
        "typo": [Question(mistyped(each.text, dice), each.right) for each in questions],
        "compound": [each for each in questions if asks_for_a_compound(each.text, paragraphs[each.right])],
        "ascii": [Question(each.text.translate(ASCII), each.right) for each in questions if not each.text.isascii()],
    }


def mistyped(text: str, dice: random.Random) -> str:
    """The text with one insertion, deletion, replacement or swap in one of its longer words, past its first letter."""
    words = list(_WORD.finditer(text))
    if not words:
        return text
    longest = max(len(match.group()) for match in words)
    match = dice.choice([match for match in words if len(match.group()) >= min(7, longest)])
    word = match.group()
    at = dice.randrange(1, len(word) - 1)
    letter = dice.choice(LETTERS)
    edits = [
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ]
    return text[: match.start()] + dice.choice(edits) + text[match.end() :]


def asks_for_a_compound(question: str, text: str) -> bool:
    """Whether a noun of the question is no word of the text, but part of one, or has one of its nouns as a part.

    By letters alone, so that no splitter is favoured. Words that differ by an ending of up to three letters are one.
    """
    words = {fold(word) for word in _WORD.findall(text)}
    nouns = {fold(noun) for noun in _NOUN.findall(text)}
    return any(_is_inside(fold(noun), words, nouns) for noun in _NOUN.findall(question))


def _is_inside(noun: str, words: set[str], nouns: set[str]) -> bool:
    stem = noun[:-1] if len(noun) > 6 else noun
    if any(word.startswith(stem) and len(word) - len(stem) <= 3 for word in words):
        return False
    return any(stem in word for word in words) or any(part in noun and len(noun) - len(part) >= 4 for part in nouns)
