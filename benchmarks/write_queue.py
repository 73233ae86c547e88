"""How many actions the write queue makes durable per second, against how often the disk itself can promise to keep."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.counties import County
from benchmarks.processes import ROOT, surroundings
from benchmarks.timing import ratio

WRITERS = (1, 8, 32)
BLOCK, BLOCKS = 4096, 1024


@dataclass(frozen=True)
class WriteResult:
    """One number of writers: durable actions per second, their milliseconds, the disk's rate, and the ratio of both.

    `computed` is what one action cost the processor, in milliseconds: where actions wait for it, not for the disk,
    more writers do not bring more actions.
    """

    writers: int
    per_second: float
    p50: float
    p95: float
    computed: float
    disk_per_second: float
    ratio: float


def measure(county: County, folder: Path, seconds: float) -> list[WriteResult]:
    """Each number of writers for so many seconds; the disk before and after them."""
    before = disk_rate(folder, seconds / 2)
    command = [sys.executable, "-m", "gevent.monkey", "--module", "benchmarks.writers", county.url, str(seconds)]
    said = subprocess.run(
        [*command, *map(str, WRITERS)],
        check=True,
        cwd=ROOT,
        env=surroundings(),
        stdout=subprocess.PIPE,
        timeout=60 + 10 * seconds,
        text=True,
    ).stdout
    disk = (before + disk_rate(folder, seconds / 2)) / 2
    rows = [json.loads(line) for line in said.splitlines()]
    return [WriteResult(**row, disk_per_second=disk, ratio=ratio(row["per_second"], disk)) for row in rows]


def disk_rate(folder: Path, seconds: float) -> float:
    """How many times per second a block of 4 KiB is written over and promised with fdatasync, by one writer."""
    path = folder / "disk.probe"
    path.write_bytes(bytes(BLOCK * BLOCKS))
    handle = os.open(path, os.O_WRONLY)
    os.fsync(handle)
    written, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        os.pwrite(handle, os.urandom(BLOCK), BLOCK * (written % BLOCKS))
        os.fdatasync(handle)
        written += 1
    rate = written / (time.perf_counter() - began)
    os.close(handle)
    path.unlink()
    return rate
