"""A meeting under load: two hundred screens follow while one leads.

`python -m benchmarks.meeting_live [SCREENS…]` starts the product on a fresh demo county (SQLite, one process), lets so
many screens follow the steering group's meeting, and prints for each number: the time from the press of „Nächster
Punkt“ until the item stands on every screen, what it cost, and how long all take to be back after the server was
started anew in the middle, with nothing lost.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.counties import County
from benchmarks.processes import ROOT, cpu_seconds, memories, product, settle, surroundings
from benchmarks.report import table
from tests.meetings.walk import OFFICE, run_with_everyone
from tests.support.demo import Demo

NUMBERS = (10, 200)
KEY = "LG-09"
PEOPLE = (
    "p-wieland", "p-hartung", "p-diallo", "p-kessler", "p-sander", "p-wessel", "p-pohl", "p-marx", "p-steffens",
    "p-okafor", "p-bruns", "p-brandes", "p-rehm", "p-naumann", "p-oezer", "p-lindqvist",
)  # fmt: skip
ITEMS = ("1", "2", "3", "4", "5", "6", "7", "8")
LAST = "9"
TARGET = 1000.0
"""Milliseconds within which a screen shows what was called, for nineteen of twenty."""


@dataclass(frozen=True)
class Round:
    """One number of screens. Times in milliseconds; `cpu` in seconds for all calls; memory in MiB, `back` in s."""

    screens: int
    lost: int
    shown: tuple[float, float]
    after: tuple[float, float]
    back: float
    cpu: float
    resident: float
    kilobytes: float


def main(arguments: Sequence[str]) -> int:
    """Measure each number of screens on a server of its own."""
    rounds = []
    for number in [int(each) for each in arguments] or NUMBERS:
        with tempfile.TemporaryDirectory(prefix="meeting-") as name:
            rounds.append(measure(Path(name), number))
    for line in lines(rounds):
        print(line)
    return 1 if any(each.lost for each in rounds) else 0


def measure(folder: Path, screens: int) -> Round:
    """Prepare a running meeting, start the server, let the screens follow; start it anew in the middle."""
    county = County(f"sqlite:///{folder / 'live.sqlite'}", folder / "data")
    prepare(county)
    server = product(county.url, county.data_dir)
    with server:
        settle(server.pid)
        watchers = _watch(folder, server.url, screens)
        before = cpu_seconds(server.pid)
        _line(watchers, "restart")
        cpu = cpu_seconds(server.pid) - before
        resident = max((each.resident for each in memories(server.pid) if each.role == "worker"), default=0.0)
    with server:
        assert watchers.stdin is not None
        watchers.stdin.write("\n")
        watchers.stdin.flush()
        found = json.loads(_line(watchers, "{"))
        watchers.wait()
    return Round(
        screens=screens,
        lost=found["lost"],
        shown=tuple(found["shown"]),
        after=tuple(found["after"]),
        back=found["back"],
        cpu=cpu,
        resident=resident,
        kilobytes=found["kilobytes"],
    )


def _watch(folder: Path, url: str, screens: int) -> subprocess.Popen[str]:
    orders = folder / "orders.json"
    orders.write_text(
        json.dumps(
            {
                "url": url, "key": KEY, "leader": OFFICE, "people": PEOPLE, "screens": screens, "items": ITEMS,
                "last": LAST,
            }
        )
    )  # fmt: skip
    command = [sys.executable, "-m", "gevent.monkey", "--module", "benchmarks.meeting_screens", str(orders)]
    return subprocess.Popen(
        command, cwd=ROOT, env=surroundings(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def _line(watchers: subprocess.Popen[str], begins: str) -> str:
    """The next line that begins so; a program that ended says nothing more."""
    assert watchers.stdout is not None
    for line in watchers.stdout:
        if line.startswith(begins):
            return line
    raise RuntimeError(f"the screens ended with {watchers.wait()}")


def prepare(county: County) -> None:
    """A running meeting with all voting members present."""
    demo = Demo.over(county.url, county.data_dir)
    run_with_everyone(demo)
    demo.app.extensions["lueckenlos"].hub.close()
    demo.database.dispose()


def lines(rounds: Sequence[Round]) -> list[str]:
    """The rounds as a table, and what one more screen costs."""
    rows = [
        [
            str(each.screens),
            str(each.lost),
            *(f"{value:.0f}" for pair in (each.shown, each.after) for value in pair),
            f"{each.back:.1f}",
            f"{each.cpu:.1f}",
            f"{each.resident:.0f}",
            f"{each.kilobytes:.0f}",
        ]
        for each in rounds
    ]
    head = ("screens", "lost", "shown p50", "p95", "after restart p50", "p95", "back s", "CPU s", "MiB", "KiB each")
    found = table(head, rows)
    if len(rounds) > 1:
        few, many = rounds[0], rounds[-1]
        more = many.screens - few.screens
        found.append(
            f"  one more screen: {(many.cpu - few.cpu) / more / len(ITEMS) * 1000:.1f} ms of CPU for each call,"
            f" {(many.resident - few.resident) / more * 1024:.0f} KiB"
        )
    found.append(f"  target: shown p95 under {TARGET:.0f} ms with 200 screens")
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
