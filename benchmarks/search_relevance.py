"""How well search ranks German text: nDCG@10 and MRR@10 of our index and of Whoosh as it comes, and their ratio.

Needs a file of questions in SQuAD format, by path in LUECKENLOS_BENCH_QUESTIONS. Every paragraph is a document
without a title, every question a query, and its own paragraph the one right hit. The variants: the question as asked;
with one typing error in one word; and with umlauts typed as ae, oe, ue.

    LUECKENLOS_BENCH_QUESTIONS=xquad.de.json .venv/bin/python benchmarks/search_relevance.py
"""

import json
import math
import os
import random
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from whoosh import analysis, fields, index, query

from knowledge.search.audience import EVERYONE
from knowledge.search.documents import Kind, SearchDocument
from knowledge.search.index import WhooshIndex

VARIABLE = "LUECKENLOS_BENCH_QUESTIONS"
WHERE = (
    f"Set {VARIABLE} to a file of German questions in SQuAD format, for example xquad.de.json of XQuAD\n"
    "(https://github.com/google-deepmind/xquad, CC BY-SA 4.0)."
)
DEPTH = 10
SEED = 20261123
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})

Search = Callable[[str], list[str]]


class Question(NamedTuple):
    """A query and the key of its one right hit."""

    text: str
    right: str


@dataclass(frozen=True)
class Quality:
    """Means over all queries, and the 95th percentile of their durations in milliseconds."""

    ndcg: float
    mrr: float
    slow: float


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


def variants(questions: Sequence[Question]) -> dict[str, list[Question]]:
    """The same questions as people type them."""
    chance = random.Random(SEED)
    return {
        "plain": list(questions),
        "typo": [Question(mistyped(each.text, chance), each.right) for each in questions],
        "ascii": [Question(each.text.translate(ASCII), each.right) for each in questions if not each.text.isascii()],
    }


def mistyped(text: str, chance: random.Random) -> str:
    """The text with one insertion, deletion, replacement or swap in one of its longer words, past its first letter."""
    words = list(re.finditer(r"[^\W\d_]{5,}", text))
    if not words:
        return text
    longest = max(len(match.group()) for match in words)
    match = chance.choice([match for match in words if len(match.group()) >= min(7, longest)])
    word = match.group()
    at = chance.randrange(1, len(word) - 1)
    letter = chance.choice(LETTERS)
    edits = [
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ]
    return text[: match.start()] + chance.choice(edits) + text[match.end() :]


def ours(paragraphs: dict[str, str], folder: Path) -> Search:
    """Search as the application runs it, with rights, corrections, facets and snippets."""
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    found = WhooshIndex(folder)
    found.rebuild(
        lambda: (
            SearchDocument(Kind.DOCUMENT, key, "", text, "/", frozenset({EVERYONE}), moment)
            for key, text in paragraphs.items()
        )
    )
    return lambda text: [hit.key for hit in found.search(text, {EVERYONE}, limit=DEPTH).hits]


def stock(paragraphs: dict[str, str], folder: Path) -> Search:
    """Whoosh as it comes: its German analyzer, any of the words, its BM25F."""
    folder.mkdir()
    german = analysis.LanguageAnalyzer("de")
    schema = fields.Schema(key=fields.ID(stored=True), body=fields.TEXT(analyzer=german))
    writer = index.create_in(str(folder), schema).writer()
    for key, text in paragraphs.items():
        writer.add_document(key=key, body=text)
    writer.commit()
    searcher = index.open_dir(str(folder)).searcher()

    def search(text: str) -> list[str]:
        terms = dict.fromkeys(token.text for token in german(text, mode="query"))
        hits = searcher.search(query.Or([query.Term("body", term) for term in terms]), limit=DEPTH)
        return [hit["key"] for hit in hits]

    return search


def measure(search: Search, questions: Sequence[Question]) -> Quality:
    """Ask every question."""
    ranks: list[int | None] = []
    durations: list[float] = []
    for question in questions:
        begun = time.perf_counter()
        keys = search(question.text)
        durations.append(1000 * (time.perf_counter() - begun))
        ranks.append(keys.index(question.right) if question.right in keys else None)
    found = [rank for rank in ranks if rank is not None]
    return Quality(
        ndcg=sum(1 / math.log2(rank + 2) for rank in found) / len(ranks),
        mrr=sum(1 / (rank + 1) for rank in found) / len(ranks),
        slow=sorted(durations)[int(0.95 * len(durations))],
    )


def lines(paragraphs: dict[str, str], questions: Sequence[Question], folder: Path) -> Iterator[str]:
    """The table, line by line."""
    yield f"{len(paragraphs)} paragraphs, {len(questions)} questions"
    yield f"{'':8}{'nDCG@10':>9}{'MRR@10':>9}{'p95 ms':>9}{'stock nDCG':>12}{'ratio':>8}"
    search, compared = ours(paragraphs, folder / "ours"), stock(paragraphs, folder / "stock")
    for name, asked in variants(questions).items():
        our, their = measure(search, asked), measure(compared, asked)
        ratio = our.ndcg / their.ndcg
        yield f"{name:8}{our.ndcg:9.4f}{our.mrr:9.4f}{our.slow:9.1f}{their.ndcg:12.4f}{ratio:8.3f}"


def main() -> int:
    """Print the table; 0 also when there is no file to measure with, after saying where to get one."""
    path = Path(os.environ.get(VARIABLE, ""))
    if not path.is_file():
        print(WHERE)
        return 0
    with TemporaryDirectory() as folder:
        for line in lines(*read(path), Path(folder)):
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
