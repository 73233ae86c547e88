"""How long the product takes from its start to its first answer, and what memory it holds, against bare Flask."""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.counties import County
from benchmarks.processes import Memory, Program, memories, peer, product, settle
from benchmarks.timing import median, ratio


@dataclass(frozen=True)
class StartResult:
    """Median seconds of several starts, and the memory of each process in MiB once nothing is left to do."""

    import_flask: float
    bare: float
    ours: float
    times_import: float
    times_bare: float
    memory: tuple[Memory, ...]
    bare_memory: tuple[Memory, ...]
    times_bare_memory: float


def measure(county: County, folder: Path, repeats: int) -> StartResult:
    """Start each of the three by turns, `repeats` times."""
    imports: list[float] = []
    bare: list[float] = []
    ours: list[float] = []
    memory: list[Memory] = []
    bare_memory: list[Memory] = []
    for _ in range(repeats):
        imports.append(_import_flask())
        seconds, bare_memory = _start(lambda: peer(folder))
        bare.append(seconds)
        seconds, memory = _start(lambda: product(county.url, county.data_dir))
        ours.append(seconds)
    return StartResult(
        import_flask=median(imports),
        bare=median(bare),
        ours=median(ours),
        times_import=ratio(median(ours), median(imports)),
        times_bare=ratio(median(ours), median(bare)),
        memory=tuple(memory),
        bare_memory=tuple(bare_memory),
        times_bare_memory=ratio(shares(memory), shares(bare_memory)),
    )


def shares(memory: list[Memory]) -> float:
    """What the processes take together, in MiB, shared pages counted once."""
    return sum(each.share for each in memory)


def _start(make: Callable[[], Program]) -> tuple[float, list[Memory]]:
    with make() as program:
        settle(program.pid)
        return program.seconds, memories(program.pid)


def _import_flask() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import flask"], check=True)
    return time.perf_counter() - began
