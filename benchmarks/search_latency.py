"""How long a search takes as the knowledge base grows: ours as the application runs it, others bare, as ratios.

    .venv/bin/python -m benchmarks.search_latency 1000 10000 100000

Entries are thought up: words with the frequencies of natural language (Zipf), many of them compounds, a title of five
and a body of sixty words, one entry in five not for everybody. Queries have two to four words, one in five mistyped.
Ours answer with rights, corrections, counts of facets, second stage, marks and excerpts for twenty hits; the others
give ten keys. All queries are asked in three rounds, and of each the quickest counts: what else the machine does in
between is not the engine's.
"""

import random
import signal
import sys
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks import search_engines
from benchmarks.report import table
from benchmarks.search_engines import Engine, Text
from benchmarks.search_questions import mistyped
from benchmarks.timing import quantile, ratio
from knowledge.search.compounds import lexicon
from knowledge.search.stopwords import STOP_WORDS
from knowledge.search.synonyms import shipped

ENGINES = (
    search_engines.OURS_WHOOSH,
    search_engines.OURS_POSTGRES,
    search_engines.TANTIVY,
    search_engines.FTS5,
    search_engines.TS_RANK,
)
SIZES = (1_000, 10_000)
QUERIES = 300
ROUNDS = 3
COMPOUNDS = 40_000
TITLE, BODY = 5, 60
DEPTH = 10
SEED = 20261123


class Latency(NamedTuple):
    """Milliseconds of one engine over so many entries, and the seconds that it was built in."""

    engine: str
    entries: int
    p50: float
    p95: float
    built: float


class Words:
    """A vocabulary with natural frequencies."""

    def __init__(self, dice: random.Random) -> None:
        nouns = sorted(noun.capitalize() for noun in lexicon({}, shipped().nouns))
        compounds = {dice.choice(nouns) + dice.choice(nouns).lower() for _ in range(COMPOUNDS)}
        content = [*nouns, *sorted(compounds)]
        dice.shuffle(content)
        self._words = [*sorted(STOP_WORDS), *content]
        self._content = content
        self._dice = dice
        self._until = list(accumulate(1 / rank for rank in range(1, len(self._words) + 1)))
        self._content_until = list(accumulate(1 / rank for rank in range(1, len(content) + 1)))

    def text(self, words: int) -> str:
        """So many words, stop words among them."""
        return " ".join(self._dice.choices(self._words, cum_weights=self._until, k=words))

    def query(self, number: int) -> str:
        """Two to four words that mean something; the last of every fifth query is mistyped."""
        words = self._dice.choices(self._content, cum_weights=self._content_until, k=self._dice.randint(2, 4))
        text = " ".join(words)
        return mistyped(text, self._dice) if number % 5 == 4 else text


def entries(number: int) -> Iterator[Text]:
    """So many entries, the same each time; fewer are the beginning of more."""
    words = Words(random.Random(SEED))
    for shape in range(number):
        yield Text(f"e{shape}", words.text(TITLE), words.text(BODY), shape)


def queries(number: int) -> list[str]:
    """So many queries, the same each time."""
    words = Words(random.Random(SEED))
    return [words.query(place) for place in range(number)]


def measure(engine: Engine, size: int, asked: Sequence[str]) -> Latency:
    """Ask everything, one query after the other, round after round."""
    rounds = [[1_000 * engine.ask(query, DEPTH).seconds for query in asked] for _ in range(ROUNDS)]
    took = [min(times) for times in zip(*rounds, strict=True)]
    return Latency(engine.name, size, quantile(took, 0.5), quantile(took, 0.95), engine.built)


def run(sizes: Sequence[int]) -> Iterator[list[Latency]]:
    """All engines, size by size; each size with indexes of its own."""
    asked = queries(QUERIES)
    for size in sizes:
        with (
            TemporaryDirectory(ignore_cleanup_errors=True) as folder,
            search_engines.engines(Path(folder), list(entries(size)), ENGINES, as_in_the_application=True) as engines,
        ):
            yield [measure(engine, size, asked) for engine in engines]


def lines(measured: Sequence[Latency]) -> list[str]:
    """One size as a table."""
    compared = {each.engine: each for each in measured}
    peers = [compared[name] for name in (search_engines.TANTIVY, search_engines.FTS5) if name in compared]
    titles = ("engine", "entries", "p50 ms", "p95 ms", *(f"p95 × {peer.engine}" for peer in peers), "built, entries/s")
    rows = [
        [
            each.engine,
            f"{each.entries:,}",
            f"{each.p50:.1f}",
            f"{each.p95:.1f}",
            *(f"{ratio(each.p95, peer.p95):.1f}" for peer in peers),
            f"{ratio(each.entries, each.built):,.0f}",
        ]
        for each in measured
    ]
    return table(titles, rows)


def main(sizes: Sequence[int] = ()) -> int:
    """Print the tables as they come."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    for measured in run(sizes or SIZES):
        print("\n".join([*lines(measured), ""]), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main([int(size.replace("_", "")) for size in sys.argv[1:]]))
