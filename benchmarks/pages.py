"""How long pages take as the catalogue grows, against bare pages of equal size asked for in turn with them.

The number of SQL statements of each page is read from the server's own request log; it must not grow with the county.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.counties import WELL_KNOWN, County
from benchmarks.processes import peer
from benchmarks.reader import Answer, Reader
from benchmarks.timing import median, quantile, ratio
from tests.support.server import Server

READER = "p-albers"
"""The coordination, who may see every gap: for this person all pages are longest."""

PAGES = {
    "desk": "/",
    "catalogue": "/fehlstellen",
    "filtered": "/fehlstellen?status=reported&status=in_review&lebensbereich=housing&lebensbereich=health"
    "&evidenz=B&evidenz=C&sortierung=beleg",
    "gap": f"/fehlstellen/{WELL_KNOWN}",
    "meeting": "/sitzungen/LG-09",
    "search": "/suche?q=Wartezeit Schulplatz Jobcenter",
}
TARGET_MILLISECONDS = 100
WARM_UP = 3


@dataclass(frozen=True)
class Effort:
    """How much to measure: sizes of the catalogue, requests per page at most, and seconds per page at most."""

    sizes: tuple[int, ...]
    requests: int
    seconds: float


@dataclass(frozen=True)
class PageResult:
    """One page at one size. Milliseconds; `ratio` is against the bare page's median; `statuses` as they came."""

    backend: str
    gaps: int
    page: str
    requests: int
    p50: float
    p95: float
    bare_p50: float
    ratio: float
    kilobytes: float
    statements: tuple[int, ...]
    statuses: tuple[int, ...]


def measure(county: County, effort: Effort, folder: Path) -> list[PageResult]:
    """All pages at all sizes; the county grows on the way."""
    found: list[PageResult] = []
    for gaps in effort.sizes:
        grown, indexed = county.grow_to(gaps), county.index()
        print(f"  {county.backend}: {gaps} gaps written in {grown:.1f} s, indexed in {indexed:.1f} s", flush=True)
        found += _at_this_size(county, gaps, effort, folder)
    return found


def _at_this_size(county: County, gaps: int, effort: Effort, folder: Path) -> list[PageResult]:
    with Server(county.url, county.data_dir) as server, peer(folder) as bare:
        with Reader(server.url) as reader, Reader(bare.url) as beside:
            reader.sign_in(READER)
            answers = {name: _in_turn(reader, beside, path, effort) for name, path in PAGES.items()}
        statements = _statements(server.said())
    return [_summed_up(county.backend, gaps, name, *pairs, statements) for name, pairs in answers.items()]


def _in_turn(reader: Reader, beside: Reader, path: str, effort: Effort) -> tuple[list[Answer], list[Answer]]:
    """The page and the bare page by turns, after a few that do not count."""
    size = len([reader.get(path) for _ in range(WARM_UP)][-1].body)
    ours: list[Answer] = []
    theirs: list[Answer] = []
    beside.get(f"/page/{size}")
    while len(ours) < effort.requests and sum(answer.seconds for answer in ours) < effort.seconds:
        ours.append(reader.get(path))
        theirs.append(beside.get(f"/page/{size}"))
    return ours, theirs


def _statements(log: str) -> dict[str, int]:
    """SQL statements by request id, from the lines that the server wrote."""
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    return {line["request_id"]: line["statements"] for line in lines if line.get("event") == "request"}


def _summed_up(
    backend: str, gaps: int, name: str, ours: list[Answer], theirs: list[Answer], statements: dict[str, int]
) -> PageResult:
    times = [answer.seconds * 1000 for answer in ours]
    bare = median([answer.seconds * 1000 for answer in theirs])
    return PageResult(
        backend=backend,
        gaps=gaps,
        page=name,
        requests=len(ours),
        p50=median(times),
        p95=quantile(times, 0.95),
        bare_p50=bare,
        ratio=ratio(median(times), bare),
        kilobytes=len(ours[-1].body) / 1024,
        statements=tuple(sorted({statements[answer.request_id] for answer in ours if answer.request_id in statements})),
        statuses=tuple(sorted({answer.status for answer in ours})),
    )


def complaints(results: Iterable[PageResult]) -> list[str]:
    """Why the run fails: a page that did not come, or one whose number of SQL statements is not the same throughout."""
    seen: dict[tuple[str, str], set[int]] = defaultdict(set)
    found = []
    for result in results:
        seen[result.backend, result.page] |= set(result.statements)
        if result.statuses != (200,):
            found.append(f"{PAGES[result.page]} answered {result.statuses} at {result.gaps} gaps on {result.backend}")
    for (backend, page), numbers in seen.items():
        if len(numbers) != 1:
            found.append(f"{PAGES[page]} took {sorted(numbers)} SQL statements on {backend}, depending on the county")
    return found


def over_target(results: Iterable[PageResult]) -> list[PageResult]:
    """Pages whose 95th percentile misses the project's aim; shown, never a reason to fail."""
    return [result for result in results if result.p95 > TARGET_MILLISECONDS]
