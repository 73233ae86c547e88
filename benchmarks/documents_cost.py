"""What minutes with 10, 100 and 1,000 agenda items cost as a Word document: seconds and memory, ours beside pandoc's.

The same content in three ways: as minutes by our writer, as Markdown by our writer, as Markdown by pandoc. The floor is
what it costs to turn the finished XML of our minutes into bytes with lxml and to zip it. Each runs in a process of its
own, by turns; the quickest of three rounds counts. Imports are left out of ours; pandoc is a program, its start belongs
to it.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from benchmarks.documents_parts import DIALECT, pandoc
from benchmarks.tables import table
from exports.docx import markdown_to_docx, write_minutes
from exports.minutes_text import write_markdown
from exports.pdf.minutes import write_minutes_pdf
from tests.exports.factories import long_minutes
from tools.places import ROOT, SetUpError

SIZES = (10, 100, 1_000)
ROUNDS = 3
WRITERS = {
    "floor": "floor: XML to bytes",
    "minutes": "ours, minutes",
    "markdown": "ours, Markdown",
    "pandoc": "pandoc, Markdown",
    "pdf": "ours, minutes as PDF",
}
WANTED = 1 / 3
"""Of pandoc's time, at a thousand items."""
TITLES = ("writer", "items", "seconds", "ms per item", "× floor", "× pandoc", "peak MiB")


class Cost(NamedTuple):
    """What one writer took: seconds, and MiB resident at most."""

    seconds: float
    mebibytes: float


def main() -> int:
    """Measure and print. Times fail no run; what misses the aim is said."""
    try:
        pandoc()
    except SetUpError as error:
        print(f"  left out: {error}")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        costs = {(writer, size): _least(writer, size, Path(folder)) for size in SIZES for writer in WRITERS}
    print("\n".join(table(TITLES, [_row(writer, size, costs) for writer in WRITERS for size in SIZES])))
    _judge(costs)
    return 0


def _least(writer: str, size: int, folder: Path) -> Cost:
    command = [sys.executable, "-m", __spec__.name, writer, str(size), str(folder)]
    rounds = []
    for _ in range(ROUNDS):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        rounds.append(Cost(*json.loads(done.stdout)))
    return min(rounds)


def _row(writer: str, size: int, costs: dict[tuple[str, int], Cost]) -> list[str]:
    cost = costs[writer, size]
    return [
        WRITERS[writer],
        f"{size:,}",
        f"{cost.seconds:.3f}",
        f"{1000 * cost.seconds / size:.2f}",
        f"{cost.seconds / costs['floor', size].seconds:.1f}",
        f"{cost.seconds / costs['pandoc', size].seconds:.2f}",
        f"{cost.mebibytes:.0f}",
    ]


def _judge(costs: dict[tuple[str, int], Cost]) -> None:
    few, many = SIZES[1:]
    for writer in ("minutes", "markdown"):
        share = costs[writer, many].seconds / costs["pandoc", many].seconds
        growth = costs[writer, many].seconds / costs[writer, few].seconds
        verdict = "within" if share <= WANTED else "over"
        print(
            f"  {WRITERS[writer]}: {share:.2f} of pandoc's time at {many:,} items, {verdict} the wanted third;", end=" "
        )
        print(f"    {many // few} times the items take {growth:.1f} times the time")


# One measurement in a process of its own


def measure(writer: str, size: int, folder: Path) -> Cost:
    """Write once; what this process (or the program that it starts) took."""
    minutes = long_minutes(size)
    tasks: dict[str, Callable[[], Callable[[], object]]] = {
        "floor": lambda: _floor(minutes),
        "minutes": lambda: lambda: write_minutes(minutes, folder / "minutes.docx"),
        "markdown": lambda: _markdown(write_markdown(minutes), folder),
        "pandoc": lambda: _pandoc(write_markdown(minutes), folder),
        "pdf": lambda: lambda: write_minutes_pdf(minutes, BytesIO()),
    }
    run = tasks[writer]()
    began = time.perf_counter()
    run()
    seconds = time.perf_counter() - began
    who = resource.RUSAGE_CHILDREN if writer == "pandoc" else resource.RUSAGE_SELF
    return Cost(seconds, resource.getrusage(who).ru_maxrss / 1024)


def _floor(minutes: object) -> Callable[[], object]:
    stream = BytesIO()
    write_minutes(minutes, stream)
    with ZipFile(stream) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    document = etree.fromstring(parts["word/document.xml"])

    def run() -> None:
        with ZipFile(BytesIO(), "w", ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, etree.tostring(document) if name == "word/document.xml" else content)

    return run


def _markdown(text: str, folder: Path) -> Callable[[], object]:
    return lambda: markdown_to_docx(text, folder / "markdown.docx")


def _pandoc(text: str, folder: Path) -> Callable[[], object]:
    (folder / "minutes.md").write_text(text, encoding="utf-8")
    command = [pandoc(), "-f", DIALECT, "-t", "docx", "-o", "pandoc.docx", "minutes.md"]
    return lambda: subprocess.run(command, cwd=folder, check=True, capture_output=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        name, items, where = sys.argv[1:]
        print(json.dumps(measure(name, int(items), Path(where))))
    else:
        sys.exit(main())
