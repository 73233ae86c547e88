"""Measurements as tables for people and as one JSON file for comparison."""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.cold_start import StartResult, shares
from benchmarks.pages import TARGET_MILLISECONDS, PageResult, over_target
from benchmarks.processes import Memory
from benchmarks.tables import table
from benchmarks.write_queue import WriteResult


def machine() -> dict[str, Any]:
    """What was measured on, and when."""
    return {
        "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 2),
    }


def start_lines(found: StartResult) -> list[str]:
    """Cold start and memory."""
    costs = {"import flask": found.import_flask, "bare Flask": found.bare, "lueckenlos serve": found.ours}
    rows = [
        [
            name,
            f"{cost.seconds:.2f}",
            f"{cost.times(found.import_flask):.1f}",
            f"{cost.times(found.bare):.1f}",
            f"{cost.cpu_seconds:.2f}",
            f"{cost.cpu_times(found.bare):.1f}",
        ]
        for name, cost in costs.items()
    ]
    starts = table(("first answer", "s", "× import flask", "× bare Flask", "computed s", "× bare Flask"), rows)
    memory = [_memory_row(f"lueckenlos {each.role}", each) for each in found.memory]
    memory += [_memory_row(f"bare {each.role}", each) for each in found.bare_memory]
    return [
        *starts,
        "",
        *table(("memory, MiB", "resident", "peak", "share"), memory),
        f"  together {shares(list(found.memory)):.0f} MiB, {found.times_bare_memory:.1f} × bare Flask",
    ]


def page_lines(results: Sequence[PageResult]) -> list[str]:
    """The pages of all sizes, and those that miss the aim."""
    rows = [
        [
            result.backend,
            f"{result.gaps:,}",
            result.page,
            f"{result.p50:.1f}",
            f"{result.p95:.1f}",
            f"{result.ratio:.0f}",
            f"{result.kilobytes:.0f}",
            "/".join(map(str, result.statements)),
            str(result.requests),
        ]
        for result in results
    ]
    titles = ("database", "gaps", "page", "p50 ms", "p95 ms", "× bare page", "KiB", "SQL", "requests")
    slow = [
        f"  over {TARGET_MILLISECONDS} ms: {_where(result)}, p95 {result.p95:.0f} ms" for result in over_target(results)
    ]
    return [*table(titles, rows, words=3), *slow]


def _where(result: PageResult) -> str:
    return f"{result.page} at {result.gaps:,} gaps on {result.backend}"


def write_lines(results: Sequence[WriteResult]) -> list[str]:
    """The write queue."""
    rows = [
        [str(r.writers), f"{r.per_second:.0f}", f"{r.ratio:.2f}", f"{r.p50:.1f}", f"{r.p95:.1f}", f"{r.computed:.1f}"]
        for r in results
    ]
    lines = table(("writers", "actions/s", "× fdatasync", "p50 ms", "p95 ms", "computed ms"), rows)
    return [*lines, f"  the disk: {results[0].disk_per_second:.0f} fdatasync/s" if results else ""]


def _memory_row(name: str, memory: Memory) -> list[str]:
    return [name, f"{memory.resident:.0f}", f"{memory.peak:.0f}", f"{memory.share:.0f}"]


def save(folder: Path, found: Mapping[str, Any]) -> Path:
    """Write everything to a file named after the moment; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{datetime.now(UTC):%Y%m%d-%H%M%S}.json"
    path.write_text(json.dumps({"machine": machine(), **found}, default=_plain, indent=1, ensure_ascii=False) + "\n")
    return path


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} has no place in a report")
