"""How well search ranks German text: nDCG@10, MRR@10, recall of our engines and of others, all in one run.

    .venv/bin/python -m benchmarks.search_relevance

Questions come from `search_questions`, engines from `search_engines`. The variants: the question as asked; with one
typing error in one word; those whose word stands in the text only inside a compound, or the other way round; and with
umlauts typed as ae, oe, ue.
"""

import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks import search_engines, search_questions
from benchmarks.report import table
from benchmarks.search_engines import Engine, Text
from benchmarks.search_measures import Quality, chance, ndcg, quality
from benchmarks.search_questions import Question

DEPTH = 100
OURS = (search_engines.OURS_WHOOSH, search_engines.OURS_POSTGRES)
PEERS = (
    search_engines.TANTIVY,
    search_engines.STOCK_WHOOSH,
    search_engines.FTS5,
    search_engines.TS_RANK,
)


class Measured(NamedTuple):
    """What one engine reached with one variant; `gains` is the nDCG of every question."""

    engine: str
    variant: str
    quality: Quality
    gains: list[float]


def measure(engine: Engine, variant: str, questions: Sequence[Question]) -> Measured:
    """Ask every question."""
    rankings = [engine.ask(question.text, DEPTH).keys for question in questions]
    right = [{question.right} for question in questions]
    gains = [ndcg(ranking, of) for ranking, of in zip(rankings, right, strict=True)]
    return Measured(engine.name, variant, quality(rankings, right), gains)


def lines(name: str, found: Mapping[str, list[Measured]]) -> Iterator[str]:
    """The tables of one file of questions: all engines, one line each, per variant."""
    for variant, measured in found.items():
        peers = [each for each in measured if each.engine not in OURS]
        best = max(peers, key=lambda each: each.quality.ndcg, default=None)
        yield f"{name}, {variant}: {len(measured[0].gains)} questions"
        titles = (
            "engine",
            "nDCG@10",
            "MRR@10",
            "recall@10",
            "recall@100",
            f"× {best.engine}" if best else "×",
            "chance",
        )
        yield from table(titles, [_row(each, best) for each in measured])
        yield ""


def _row(measured: Measured, best: Measured | None) -> list[str]:
    ratio = measured.quality.ndcg / best.quality.ndcg if best and best.quality.ndcg else 0.0
    by_chance = chance(measured.gains, best.gains) if best and measured.engine in OURS else None
    return [
        measured.engine,
        *(f"{value:.3f}" for value in measured.quality),
        f"{ratio:.3f}",
        "" if by_chance is None else f"{by_chance:.3f}",
    ]


def behind(found: Mapping[str, list[Measured]]) -> list[str]:
    """Where an engine of ours is not the first, in sentences."""
    sentences = []
    for variant, measured in found.items():
        best = max((each for each in measured if each.engine not in OURS), key=lambda each: each.quality.ndcg)
        sentences += [
            f"{variant}: {each.engine} reaches {each.quality.ndcg:.3f}, {best.engine} {best.quality.ndcg:.3f}"
            for each in measured
            if each.engine in OURS and each.quality.ndcg < best.quality.ndcg
        ]
    return sentences


def run(path: Path, folder: Path) -> dict[str, list[Measured]]:
    """Measure all engines with one file of questions."""
    paragraphs, questions = search_questions.read(path)
    texts = [Text(key, "", body) for key, body in paragraphs.items()]
    asked = search_questions.variants(paragraphs, questions)
    found: dict[str, list[Measured]] = {variant: [] for variant in asked}
    with search_engines.engines(folder, texts, (*OURS, *PEERS)) as engines:
        for engine in engines:
            for variant, of_variant in asked.items():
                found[variant].append(measure(engine, variant, of_variant))
    return found


def main() -> int:
    """Print the tables; 1 if an engine of ours is behind another, 0 also when there are no questions."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        paths = search_questions.files()
    except search_questions.NoQuestions as reason:
        print(f"  left out: {reason}")
        return 0
    complaints: list[str] = []
    for path in paths:
        began = time.monotonic()
        with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            found = run(path, Path(folder))
        print("\n".join(lines(path.stem, found)), flush=True)
        print(f"  ({time.monotonic() - began:.0f} s)")
        complaints += [f"{path.stem}, {sentence}" for sentence in behind(found)]
    for complaint in complaints:
        print(f"  BEHIND: {complaint}")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
