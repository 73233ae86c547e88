"""`make bench`: measure start, pages, writing, voting, search, live rooms, documents; print ratios, keep them as JSON.

Exit code 1 if a page did not come, its number of SQL statements grows with the county, a ballot is lost or counted
twice, or our search ranks worse than another; times never fail a run.
"""

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import cold_start, counties, pages, report, voting, write_queue
from benchmarks.processes import ROOT

RESULTS = ROOT / "build" / "bench"
LONGEST = 600
PARTS = ("start", "pages", "writes", "voting", "search", "speed", "live", "meeting", "fidelity", "documents")
THOROUGH = pages.Effort(sizes=(100, 1_000, 10_000), requests=40, seconds=2.0)
QUICK = pages.Effort(sizes=(100, 1_000), requests=10, seconds=1.0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the parts that were asked for."""
    asked = _asked(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    began, found, complaints = time.monotonic(), dict[str, Any](), list[str]()
    RESULTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="work-", dir=RESULTS, ignore_cleanup_errors=True) as name:
        for part in asked.only or PARTS:
            part_began = time.monotonic()
            found[part] = _RUN[part](Path(name) / part, asked.quick, complaints)
            print(f"  ({time.monotonic() - part_began:.0f} s)\n", flush=True)
    path = report.save(RESULTS, {"quick": asked.quick, **found, "complaints": complaints})
    print(f"{path.relative_to(ROOT)} after {time.monotonic() - began:.0f} s")
    for complaint in complaints:
        print(f"FAILED: {complaint}")
    return 1 if complaints else 0


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="less of everything, SQLite only, under a minute")
    parser.add_argument("--only", action="append", choices=PARTS, help="only this part; may be given several times")
    return parser.parse_args(arguments)


def _start(folder: Path, quick: bool, _complaints: list[str]) -> cold_start.StartResult:
    _title("Cold start and memory: the demo county on SQLite")
    with counties.on_sqlite(folder) as county:
        county.index()
        found = cold_start.measure(county, folder, 1 if quick else 4)
    _show(report.start_lines(found))
    return found


def _pages(folder: Path, quick: bool, complaints: list[str]) -> list[pages.PageResult]:
    _title("Pages as the catalogue grows: one signed-in reader, one request after the other")
    effort, found = (QUICK if quick else THOROUGH), list[pages.PageResult]()
    for places in (counties.on_sqlite, counties.on_postgres):
        if places is counties.on_postgres and (quick or not counties.has_postgres()):
            print(f"  no PostgreSQL here: {'left out by --quick' if quick else 'its programs are not installed'}")
            continue
        with places(folder) as county:
            found += pages.measure(county, effort, folder)
    complaints += pages.complaints(found)
    _show(report.page_lines(found))
    return found


def _writes(folder: Path, quick: bool, _complaints: list[str]) -> list[write_queue.WriteResult]:
    _title("Writing: durable actions through the write queue on SQLite")
    with counties.on_sqlite(folder) as county:
        found = write_queue.measure(county, folder, 1.0 if quick else 5.0)
    _show(report.write_lines(found))
    return found


def _voting(folder: Path, quick: bool, complaints: list[str]) -> voting.VotingResult:
    """Ballots per second, a full hall, deaths of the server, counting, pages."""
    _title("Voting: durable ballots through the whole application, and what becomes of them")
    found = voting.measure(folder, voting.QUICK if quick else voting.SHORT)
    complaints += found.wrong
    _show(voting.lines(found))
    return found


def _search(_folder: Path, quick: bool, complaints: list[str]) -> str:
    """Relevance: how often the right answer stands first, ours against others."""
    return _program("Search: relevance", "benchmarks.search_relevance", quick, complaints)


def _speed(_folder: Path, quick: bool, complaints: list[str]) -> str:
    """Latency as the knowledge base grows, ours against others."""
    return _program("Search: latency", "benchmarks.search_latency", quick, complaints)


def _live(_folder: Path, quick: bool, complaints: list[str]) -> str:
    """Phones of a workshop that each post a card, and the screens that follow; a lost card fails the run."""
    return _program("Workshop: 10 and 100 phones", "benchmarks.workshop_live", quick, complaints)


def _meeting(_folder: Path, quick: bool, complaints: list[str]) -> str:
    """Screens that follow a meeting while one leads; one that is not reached fails the run."""
    return _program("Meeting: 10 and 200 screens", "benchmarks.meeting_live", quick, complaints)


def _fidelity(_folder: Path, quick: bool, complaints: list[str]) -> str:
    """Markdown in Word beside pandoc's; less faithful, or one wrong list number, fails the run."""
    return _program("Documents: what survives of Markdown in Word", "benchmarks.documents_fidelity", quick, complaints)


def _documents(_folder: Path, quick: bool, complaints: list[str]) -> str:
    """What long minutes cost, ours beside pandoc's."""
    return _program("Documents: minutes with 10 to 1,000 items", "benchmarks.documents_cost", quick, complaints)


def _program(title: str, module: str, quick: bool, complaints: list[str]) -> str:
    """Run a benchmark that is a program of its own, for at most ten minutes."""
    _title(title)
    if quick:
        print("  left out by --quick")
        return "left out"
    command = ["timeout", str(LONGEST), sys.executable, "-m", module]
    done = subprocess.run(command, cwd=ROOT, check=False)
    if done.returncode:
        complaints.append(f"{module} ended with {done.returncode} (124: not within {LONGEST} s)")
    return f"exit code {done.returncode}"


_RUN: dict[str, Callable[[Path, bool, list[str]], Any]] = {
    "start": _start,
    "pages": _pages,
    "writes": _writes,
    "voting": _voting,
    "search": _search,
    "speed": _speed,
    "live": _live,
    "meeting": _meeting,
    "fidelity": _fidelity,
    "documents": _documents,
}


def _title(text: str) -> None:
    print(text, flush=True)


def _show(lines: Sequence[str]) -> None:
    print("\n".join(lines), flush=True)


if __name__ == "__main__":
    sys.exit(main())
