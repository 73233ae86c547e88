"""How long the product takes from its start to its first answer, and what memory it holds, against bare Flask."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.counties import County
from benchmarks.processes import Memory, Program, memories, peer, product, settle, surroundings
from benchmarks.timing import median, ratio


@dataclass(frozen=True)
class Cost:
    """Seconds until the first answer, and the seconds that processors computed for it."""

    seconds: float
    cpu_seconds: float

    def times(self, other: "Cost") -> float:
        """How many times the other's seconds these are."""
        return ratio(self.seconds, other.seconds)

    def cpu_times(self, other: "Cost") -> float:
        """How many times the other's computing this is; steadier than `times` on a busy machine."""
        return ratio(self.cpu_seconds, other.cpu_seconds)


@dataclass(frozen=True)
class StartResult:
    """Median costs of several starts, and the memory of each process in MiB once nothing is left to do."""

    import_flask: Cost
    bare: Cost
    ours: Cost
    memory: tuple[Memory, ...]
    bare_memory: tuple[Memory, ...]
    times_bare_memory: float


def measure(county: County, folder: Path, repeats: int) -> StartResult:
    """Start each of the three by turns, `repeats` times; of several rounds the first does not count."""
    imports: list[Cost] = []
    bare: list[Cost] = []
    ours: list[Cost] = []
    memory: list[Memory] = []
    bare_memory: list[Memory] = []
    for place in range(repeats):
        imported = _import_flask()
        of_bare, bare_memory = _start(peer(folder))
        of_ours, memory = _start(product(county.url, county.data_dir))
        if place or repeats == 1:
            imports.append(imported)
            bare.append(of_bare)
            ours.append(of_ours)
    return StartResult(
        import_flask=_middle(imports),
        bare=_middle(bare),
        ours=_middle(ours),
        memory=tuple(memory),
        bare_memory=tuple(bare_memory),
        times_bare_memory=ratio(shares(memory), shares(bare_memory)),
    )


def shares(memory: list[Memory]) -> float:
    """What the processes take together, in MiB, shared pages counted once."""
    return sum(each.share for each in memory)


def _middle(costs: list[Cost]) -> Cost:
    return Cost(median([cost.seconds for cost in costs]), median([cost.cpu_seconds for cost in costs]))


def _start(program: Program) -> tuple[Cost, list[Memory]]:
    with program:
        settle(program.pid)
        return Cost(program.seconds, program.cpu_seconds), memories(program.pid)


def _import_flask() -> Cost:
    before, began = os.times(), time.perf_counter()
    subprocess.run([sys.executable, "-c", "import flask"], check=True, env=surroundings())
    seconds, after = time.perf_counter() - began, os.times()
    computed = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(seconds, computed)
